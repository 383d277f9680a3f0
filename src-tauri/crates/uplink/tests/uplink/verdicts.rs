//! Verdicts by cursor, retakes, and the lock on what was approved.

use crate::rig::{Rig, queued};
use central::Judgement;
use domain::port::Central as _;
use domain::queue::ReviewState;

fn judgement(state: &str, reasons: &[&str]) -> Judgement {
    Judgement {
        state: state.into(),
        reasons: reasons.iter().map(|r| (*r).to_owned()).collect(),
        text: "请重拍 <b>".into(),
    }
}

#[test]
fn verdicts_are_pulled_by_cursor() {
    let mut rig = Rig::new();
    assert!(rig.uplink.verdicts(0).unwrap().is_empty());
    let mut packets: Vec<_> = (0..2).map(|_| queued(&rig.uplink.recipient(), None)).collect();
    for packet in &mut packets {
        packet.send(&mut rig.uplink).unwrap();
    }
    let (first, second) = (&packets[0].entry.packet, &packets[1].entry.packet);
    rig.central
        .judge(first, &judgement("rejected", &["shadow", "other"]))
        .unwrap();
    let pulled = rig.uplink.verdicts(0).unwrap();
    assert_eq!(pulled.len(), 1);
    assert_eq!(
        (&pulled[0].packet, pulled[0].state),
        (first, ReviewState::Rejected)
    );
    assert_eq!(pulled[0].reasons, ["shadow", "other"]);
    assert_eq!(pulled[0].text, "请重拍 <b>");

    rig.central.judge(second, &judgement("approved", &[])).unwrap();
    let next = rig.uplink.verdicts(pulled[0].cursor).unwrap();
    assert_eq!(next.iter().map(|v| &v.packet).collect::<Vec<_>>(), [second]);
    assert!(rig.uplink.verdicts(next[0].cursor).unwrap().is_empty());
}

#[test]
fn a_verdict_is_given_once_and_makes_sense() {
    let mut rig = Rig::new();
    let mut packet = queued(&rig.uplink.recipient(), None);
    packet.send(&mut rig.uplink).unwrap();
    let id = &packet.entry.packet;
    for (state, reasons) in [
        ("approved", &["other"][..]),
        ("rejected", &[]),
        ("rejected", &["?"]),
        ("maybe", &[]),
    ] {
        assert!(
            rig.central.judge(id, &judgement(state, reasons)).is_err(),
            "{state} {reasons:?}"
        );
    }
    rig.central.judge(id, &judgement("approved", &[])).unwrap();
    rig.central.judge(id, &judgement("approved", &[])).unwrap();
    let fault = rig
        .central
        .judge(id, &judgement("rejected", &["other"]))
        .unwrap_err();
    assert!(fault.to_string().contains("locked"), "{fault}");
    assert_eq!(rig.uplink.verdicts(0).unwrap().len(), 1);
}

#[test]
fn a_retake_replaces_a_rejected_photo_and_never_an_approved_one() {
    let mut rig = Rig::new();
    let mut first = queued(&rig.uplink.recipient(), None);
    first.send(&mut rig.uplink).unwrap();
    let first_id = first.entry.packet.parse().unwrap();
    rig.central
        .judge(&first.entry.packet, &judgement("rejected", &["blurred"]))
        .unwrap();
    let mut retake = queued(&rig.uplink.recipient(), Some(first_id));
    retake.send(&mut rig.uplink).unwrap();
    let held = rig.central.packets().unwrap();
    assert_eq!(held[1].retake_of, Some(first.entry.packet.clone()));

    rig.central
        .judge(&retake.entry.packet, &judgement("approved", &[]))
        .unwrap();
    let retake_id = retake.entry.packet.parse().unwrap();
    let fault = queued(&rig.uplink.recipient(), Some(retake_id))
        .send(&mut rig.uplink)
        .unwrap_err();
    assert!(
        !fault.temporary() && fault.to_string().contains("locked"),
        "{fault}"
    );
}
