//! 采集码 without a roster: the code is the enrolment.

use crate::code_shown::{
    CODE, PAY, alone, alone_id, confirm, confirm_of, consent, pane, scanned, taken, told,
};
use crate::rig::{PIN, Rig, SUPERVISOR};
use domain::Moment;
use domain::change::{Change, What};
use domain::code::CaptureCode;
use domain::enrolment::EnrolmentState;
use domain::port::{Codes, Store};
use domain::queue::{ReviewState, ReviewVerdict};
use station::contract::{CodeCommand, CodeSight, Command, Screen, StationView};
use std::sync::atomic::Ordering;
use std::time::Duration;

#[test]
fn without_a_roster_the_code_read_by_the_camera_is_the_enrolment() {
    let (rig, shown) = alone(&[(&[CODE], 1.0)]);
    rig.give(Command::BeginUncalled);
    shown.store(1, Ordering::Relaxed);
    std::thread::sleep(Duration::from_millis(400));
    let view = rig.until("the agreement", |view| pane(view).is_some());
    assert_eq!(
        pane(&view).unwrap().id,
        None,
        "the camera reads nothing before it is ticked"
    );
    rig.give(consent(""));
    let view = rig.until("read", taken);
    let code = pane(&view).unwrap();
    assert_eq!(
        (code.sight, code.alone, code.known),
        (CodeSight::Camera, true, false)
    );
    let id = CaptureCode::read(CODE).unwrap().id().clone();
    assert_eq!(code.id.as_ref(), Some(&id.short()));

    rig.give(confirm("陈思涵", false, true));
    rig.until("nobody asked", |view| told(view, "refusal.code_name_not_asked"));
    rig.give(confirm("陈思涵", true, false));
    rig.until("a child", |view| told(view, "refusal.guardian_missing"));
    assert_eq!(
        rig.store().enrolment(&alone_id(CODE)).unwrap(),
        None,
        "nothing kept so far"
    );
    rig.give(consent("陈建国"));
    rig.give(confirm("陈思涵", true, false));
    let view = rig.until("the fee", |view| matches!(view.screen, Screen::Payment(_)));
    let person = view.person.unwrap();
    assert_eq!(
        (person.masked_name.as_str(), person.name.as_str()),
        ("陈*涵", "陈思涵")
    );
    let proofs: Vec<_> = view
        .evidence
        .iter()
        .filter_map(|cell| cell.code.as_deref())
        .collect();
    assert_eq!(proofs, ["code", "own_code"]);
    let kept = rig.store().enrolment(&alone_id(CODE)).unwrap().unwrap();
    assert_eq!(
        (kept.provisional, kept.code.as_deref()),
        (true, Some(id.as_str()))
    );
    let holder = rig.store().code_holder("s1", &id).unwrap().unwrap();
    assert_eq!((holder.enrolment.id, holder.packet), (kept.id, None));
}

/// Serves somebody up to the fee, by scanner, with this name.
fn served_to_the_fee(rig: &Rig, text: &str, name: &str) {
    rig.give(scanned(text));
    rig.until("the code", taken);
    rig.give(consent(""));
    rig.give(confirm_of(text, name, true, true));
    rig.until("the fee", |view| matches!(view.screen, Screen::Payment(_)));
}

#[test]
fn the_same_code_twice_is_one_enrolment_and_a_photo_that_is_there_is_not_taken_again() {
    let (rig, _) = alone(&[]);
    served_to_the_fee(&rig, CODE, "");
    let view = rig.until("nameless", |view| view.person.is_some());
    let short = CaptureCode::read(CODE).unwrap().id().short();
    assert_eq!(view.person.unwrap().masked_name, short, "called by the code");
    rig.give(Command::Leave);
    // Back from the line: the same enrolment, now with a name.
    served_to_the_fee(&rig, CODE, "陈思涵");
    rig.give(Command::Leave);
    let view = rig.until("today's list", |view| {
        matches!(&view.screen, Screen::Home(home) if home.codes.as_ref().is_some_and(|rows| rows.len() == 1))
    });
    let Screen::Home(home) = &view.screen else { return };
    let line = &home.codes.as_ref().unwrap()[0];
    assert_eq!(
        (line.id.as_str(), line.name.as_str(), line.state),
        (short.as_str(), "陈思涵", EnrolmentState::ToCapture)
    );

    rig.enqueue_of(&alone_id(CODE), &["p1"]);
    rig.give(scanned(CODE));
    let view = rig.until("captured", |view| told(view, "refusal.already_captured"));
    let code = pane(&view).unwrap();
    let holder = code.holder.as_ref().unwrap();
    assert_eq!(
        (holder.name.as_str(), holder.looked, code.refused.as_deref()),
        ("陈*涵", false, Some("already_captured"))
    );
    rig.give(Command::Code(CodeCommand::LookWhoseCode {
        supervisor: SUPERVISOR.into(),
        pin: "0000".into(),
    }));
    rig.until("the PIN", |view| told(view, "fault.pin_wrong"));
    rig.give(Command::Code(CodeCommand::LookWhoseCode {
        supervisor: SUPERVISOR.into(),
        pin: PIN.into(),
    }));
    let view = rig.until("a supervisor looked", |view| {
        pane(view).is_some_and(|p| p.holder.as_ref().is_some_and(|h| h.looked))
    });
    assert_eq!(pane(&view).unwrap().holder.as_ref().unwrap().name, "陈思涵");
    rig.give(confirm("", true, true));
    rig.until("no way round", |view| told(view, "refusal.not_now"));
}

#[test]
fn a_retake_by_code_costs_nothing_and_another_name_for_it_is_refused() {
    let (rig, _) = alone(&[]);
    served_to_the_fee(&rig, CODE, "陈思涵");
    rig.give(Command::TakeCash { tendered_fen: 2000 });
    rig.until("paid", |view| matches!(view.screen, Screen::Notes));
    rig.give(Command::Leave);
    rig.enqueue_of(&alone_id(CODE), &["p1"]);
    let rejected = Change {
        cursor: 9_000,
        what: What::Verdict(ReviewVerdict {
            cursor: 9_000,
            packet: "p1".into(),
            state: ReviewState::Rejected,
            reasons: vec!["eyes_closed".into()],
            text: String::new(),
            at: Moment(3),
        }),
    };
    rig.until("sent", |view| view.queue.acknowledged == 1);
    rig.store().apply_change(&rejected).unwrap();
    rig.give(scanned(CODE));
    let view = rig.until("the code", taken);
    assert!(pane(&view).unwrap().known, "it was used here");
    rig.give(consent(""));
    rig.give(confirm("李明", true, true));
    let view = rig.until("another person", |view| told(view, "refusal.code_taken"));
    assert_eq!(view.notice.unwrap().args["name"], "陈*涵");
    rig.give(confirm("", true, true));
    let view = rig.until("the notes", |view| matches!(view.screen, Screen::Notes));
    assert!(view.person.unwrap().retake, "and no fee is asked");
    assert_eq!(
        rig.store()
            .enrolment(&alone_id(CODE))
            .unwrap()
            .unwrap()
            .name
            .as_str(),
        "陈思涵"
    );
}

#[test]
fn a_poor_code_and_several_codes_are_told_from_none() {
    let (rig, shown) = alone(&[
        (&[CODE], 0.35),
        (&["one", "two"], 1.0),
        (&[PAY], 1.0),
        (&[CODE], 1.0),
    ]);
    rig.give(Command::BeginUncalled);
    rig.give(consent(""));
    let sees =
        |sight: CodeSight| move |view: &StationView| pane(view).is_some_and(|code| code.sight == sight);
    for (picture, sight) in [
        (1, CodeSight::Poor),
        (0, CodeSight::Waiting),
        (2, CodeSight::Several),
    ] {
        shown.store(picture, Ordering::Relaxed);
        rig.until("the sight", sees(sight));
    }
    shown.store(3, Ordering::Relaxed);
    rig.until("it pays", |view| told(view, "refusal.code_payment"));
    // Said once: the camera goes on reading it.
    rig.give(consent(""));
    std::thread::sleep(Duration::from_millis(700));
    rig.until("silence", |view| view.notice.is_none());
    shown.store(4, Ordering::Relaxed);
    rig.until("read at last", taken);
}

/// The pictures, the fee and the name do not depend on the code: nothing of it is kept in plain.
#[test]
fn the_payload_is_kept_nowhere_on_the_station() {
    let (rig, _) = alone(&[]);
    served_to_the_fee(&rig, CODE, "陈思涵");
    let folder = rig.close();
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let path = file.unwrap().path();
        if path.is_file() {
            let bytes = std::fs::read(&path).unwrap();
            let found = bytes.windows(CODE.len()).any(|w| w == CODE.as_bytes());
            assert!(!found, "{}", path.display());
        }
    }
}
