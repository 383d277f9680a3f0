//! Verdicts by cursor, retakes, and the lock on what was approved.

use crate::rig::{Rig, queued};
use central::Judgement;
use domain::port::Central as _;

fn judgement(state: &str, reasons: &[&str]) -> Judgement {
    Judgement {
        state: state.into(),
        reasons: reasons.iter().map(|r| (*r).to_owned()).collect(),
        text: "请重拍 <b>".into(),
    }
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
