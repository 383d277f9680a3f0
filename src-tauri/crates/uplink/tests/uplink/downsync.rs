//! What the reference server tells its stations, and what it takes back.

use crate::rig::{Queued, Rig, provisional, queued};
use central::{Judgement, Settling};
use domain::Personal;
use domain::change::{Change, WalkInBecomes, What};
use domain::eligibility::{Eligibility, EligibilityQuestion};
use domain::port::Central as _;
use domain::queue::ReviewState;
use uplink::Tus;

fn all(rig: &mut Rig, after: i64) -> Vec<Change> {
    let mut changes = Vec::new();
    loop {
        let last = changes.last().map_or(after, |change: &Change| change.cursor);
        let answer = rig.uplink.changes(last).unwrap();
        changes.extend(answer.changes);
        if !answer.more {
            return changes;
        }
    }
}

fn held(rig: &mut Rig) -> Queued {
    let mut packet = queued(&rig.uplink.recipient(), None);
    packet.send(&mut rig.uplink).unwrap();
    packet
}

fn rejected() -> Judgement {
    Judgement {
        state: "rejected".into(),
        reasons: vec!["shadow".into(), "other".into()],
        text: "请重拍 <b>".into(),
    }
}

#[test]
fn the_sample_school_comes_whole() {
    let mut rig = Rig::new();
    let changes = all(&mut rig, 0);
    let setups: Vec<_> = changes
        .iter()
        .filter_map(|change| match &change.what {
            What::Setup(setup) => Some(setup),
            _ => None,
        })
        .collect();
    assert_eq!(setups.len(), 1);
    assert_eq!(setups[0].fee.amount_fen, 2000);
    assert!(setups[0].agreement.text.contains("未满十四周岁"));
    let mut next_row = 1;
    let mut rows = Vec::new();
    for change in &changes {
        if let What::Roster(part) = &change.what {
            assert!(part.problems.is_empty() && part.removed.is_empty(), "{part:?}");
            assert_eq!(
                (part.session.as_str(), part.first_row),
                (setups[0].id.as_str(), next_row)
            );
            next_row += part.count;
            rows.extend(&part.rows);
        }
    }
    assert_eq!(rows.len(), 32);
    assert!(rows[0].prepaid);
    assert!(rows[3].not_eligible.as_deref().unwrap().contains("学籍科"));
    assert!(
        rows.iter()
            .all(|row| row.session == setups[0].id && !row.provisional)
    );
    let last = changes.last().unwrap().cursor;
    assert_eq!(
        rig.uplink.changes(last).unwrap(),
        domain::change::Changes::default()
    );
}

#[test]
fn the_server_says_who_may_be_photographed() {
    let mut rig = Rig::new();
    let mut ask = |name: &str, number: &str| {
        rig.uplink.eligibility(&EligibilityQuestion {
            session: "sample-2027".into(),
            name: Personal::new(name.into()),
            number: Personal::new(number.into()),
        })
    };
    assert_eq!(
        ask("陈思涵", "31010120060612902X").unwrap(),
        Eligibility::Eligible
    );
    let Eligibility::NotEligible { reason } = ask("张子墨", "320102200609179098").unwrap() else {
        panic!("the roster says no")
    };
    assert!(reason.contains("学籍科"));
    // Somebody else's number is nobody's.
    assert_eq!(ask("张子墨", "31010120060612902X").unwrap(), Eligibility::Unknown);
}

/// An enrolment that is nothing but a code has an id longer than any other.
#[test]
fn walk_ins_are_settled_under_the_longest_id() {
    let mut rig = Rig::new();
    let begin = all(&mut rig, 0).last().unwrap().cursor;
    let id = format!("sample-2027:code-{}", "a".repeat(64));
    let mut packet = provisional(&rig.uplink.recipient(), &id);
    packet.send(&mut rig.uplink).unwrap();
    rig.central
        .settle(&Settling {
            session: "sample-2027".into(),
            provisional: id.clone(),
            entry: None,
            reason: Some("不是本校学生".into()),
            differs: false,
        })
        .unwrap();
    let told = all(&mut rig, begin);
    let settled: Vec<_> = told
        .iter()
        .filter_map(|change| match &change.what {
            What::WalkIn(settled) => Some(settled),
            _ => None,
        })
        .collect();
    assert_eq!(settled.len(), 1, "{told:?}");
    assert_eq!(
        (settled[0].provisional.as_str(), &settled[0].becomes),
        (id.as_str(), &WalkInBecomes::Refused("不是本校学生".into()))
    );
}

#[test]
fn verdicts_and_twins_come_by_cursor() {
    let mut rig = Rig::new();
    let begin = all(&mut rig, 0).last().unwrap().cursor;
    let first = held(&mut rig);
    rig.central.judge(&first.entry.packet, &rejected()).unwrap();
    let told = all(&mut rig, begin);
    let verdict = told.iter().find_map(|change| match &change.what {
        What::Verdict(verdict) => Some(verdict),
        _ => None,
    });
    let verdict = verdict.unwrap();
    assert_eq!(
        (&verdict.packet, verdict.state),
        (&first.entry.packet, ReviewState::Rejected)
    );
    assert_eq!(
        (verdict.reasons.as_slice(), verdict.text.as_str()),
        (["shadow".to_owned(), "other".to_owned()].as_slice(), "请重拍 <b>")
    );
    assert!(all(&mut rig, told.last().unwrap().cursor).is_empty());
}

#[test]
fn a_packet_that_is_held_shows_its_photo() {
    let mut rig = Rig::new();
    let packet = held(&mut rig);
    assert_eq!(
        rig.uplink.photo(&packet.entry.packet).unwrap(),
        b"\xff\xd8\xffphoto"
    );
    let unknown = uuid::Uuid::now_v7().to_string();
    let fault = rig.uplink.photo(&unknown).unwrap_err();
    assert!(fault.to_string().contains("packet_unknown"), "{fault}");
    assert!(
        rig.uplink.photo("../keys").is_err(),
        "an id stays one part of the path"
    );
}

#[test]
fn a_packet_is_taken_back_before_and_after_it_arrived() {
    let mut rig = Rig::new();
    let arrived = held(&mut rig);
    for _ in 0..2 {
        rig.uplink.withdraw(&arrived.entry.packet, "拍错人").unwrap();
    }

    // Half of this one lies there; nobody will ever need it.
    let mut underway = queued(&rig.uplink.recipient(), None);
    rig.fault(central::Target::Commit, central::FaultKind::Status { code: 503 });
    underway.send(&mut rig.uplink).unwrap_err();
    rig.uplink.withdraw(&underway.entry.packet, "拍错人").unwrap();
    let mut tus = Tus::new(&rig.server(), "files").unwrap();
    let url = tus.known(underway.entry.upload_url.as_deref().unwrap()).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    assert_eq!(runtime.block_on(tus.find(&url, underway.entry.size)), Ok(None));

    // Sent all the same, by a station that does not know better.
    let fault = underway.send(&mut rig.uplink).unwrap_err();
    assert!(
        !fault.temporary() && fault.to_string().contains("withdrawn"),
        "{fault}"
    );

    let approved = held(&mut rig);
    let judgement = Judgement {
        state: "approved".into(),
        reasons: vec![],
        text: String::new(),
    };
    rig.central.judge(&approved.entry.packet, &judgement).unwrap();
    let fault = rig.uplink.withdraw(&approved.entry.packet, "拍错人").unwrap_err();
    assert!(
        !fault.temporary() && fault.to_string().contains("locked"),
        "{fault}"
    );
}
