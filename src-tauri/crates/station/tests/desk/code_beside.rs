//! 采集码 beside a roster: bound at the camera, and refused for anybody else's capture.

use crate::code_shown::{CODE, OTHER, beside, pane, scanned, taken, to_the_camera, told};
use domain::Moment;
use domain::code::CaptureCode;
use domain::port::{Codes, Store};
use station::contract::{CodeCommand, Command, Screen};
use std::sync::atomic::Ordering;
use std::time::Duration;

#[test]
fn with_a_roster_no_picture_is_taken_before_the_code_was_shown() {
    let (rig, shown) = beside(&[(&[CODE], 1.0)]);
    to_the_camera(&rig);
    rig.give(Command::Shutter);
    rig.until("the code first", |view| told(view, "refusal.code_first"));
    // The automatic shutter waits as well, however good the picture is.
    std::thread::sleep(Duration::from_millis(3_800));
    let view = rig.until("still there", |view| pane(view).is_some());
    let Screen::Capture(page) = &view.screen else {
        return;
    };
    assert!(page.good && page.countdown.is_none() && pane(&view).unwrap().wanted);
    shown.store(1, Ordering::Relaxed);
    let view = rig.until("bound", taken);
    assert!(!pane(&view).unwrap().wanted);
    let id = CaptureCode::read(CODE).unwrap().id().clone();
    let holder = rig.store().code_holder("s1", &id).unwrap().unwrap();
    assert_eq!(holder.enrolment.id, "s1:1");
    rig.until("the picture", |view| matches!(view.screen, Screen::Review(_)));
}

#[test]
fn a_code_of_somebody_else_is_refused_at_the_camera_and_stops_the_shutter() {
    let (rig, _) = beside(&[]);
    let code = CaptureCode::read(OTHER).unwrap();
    let bound = domain::code::CodeBinding {
        session: "s1".into(),
        code: code.id().clone(),
        enrolment: "s1:2".into(),
        at: Moment(1_795_000_000_000),
    };
    let line = domain::audit::AuditEvent {
        at: Moment(1),
        operator: "zhoumin".into(),
        what: "code_bound".into(),
        subject: "s1:2".into(),
        detail: String::new(),
    };
    rig.store().bind_code(&bound, &line).unwrap();
    rig.enqueue_of("s1:2", &["p2"]);
    to_the_camera(&rig);
    rig.give(Command::AutoShutter { on: false });
    rig.give(scanned(OTHER));
    let view = rig.until("taken", |view| told(view, "refusal.code_taken"));
    assert_eq!(
        view.notice.as_ref().unwrap().args["name"],
        "欧阳*",
        "something of it stays hidden"
    );
    assert!(!taken(&view));
    rig.give(Command::Shutter);
    rig.until("no picture", |view| told(view, "refusal.code_of_another"));
    // The person's own, then another one by mistake: the first stays.
    rig.give(scanned(CODE));
    rig.until("bound", taken);
    rig.give(scanned("a third code that nobody has: 0123456789"));
    rig.until("not this person's", |view| told(view, "refusal.code_of_another"));
    rig.give(Command::Shutter);
    rig.until("no picture", |view| told(view, "refusal.code_of_another"));
    rig.give(Command::Code(CodeCommand::ReadCodeAgain));
    rig.give(Command::Shutter);
    rig.until("the picture", |view| matches!(view.screen, Screen::Review(_)));
    assert_eq!(
        rig.store().enrolment("s1:1").unwrap().unwrap().code.as_deref(),
        Some(CaptureCode::read(CODE).unwrap().id().as_str())
    );
}

/// The camera may have seen the next person's phone: before a photo carries the code, nothing is lost.
#[test]
fn a_code_read_by_mistake_is_let_go_until_a_photo_carries_it() {
    let (rig, _) = beside(&[]);
    to_the_camera(&rig);
    rig.give(Command::AutoShutter { on: false });
    rig.give(scanned(OTHER));
    rig.until("the wrong one", taken);
    rig.give(Command::Leave);
    // It is known of the person now; leaving did not help.
    to_the_camera(&rig);
    rig.give(scanned(CODE));
    rig.until("not the one before", |view| told(view, "refusal.code_of_another"));
    rig.give(Command::Code(CodeCommand::ReadCodeAgain));
    rig.until("forgotten", |view| {
        pane(view).is_some_and(|code| code.refused.is_none())
    });
    rig.give(Command::Code(CodeCommand::ReadCodeAgain));
    rig.give(Command::Shutter);
    rig.until("the code first", |view| told(view, "refusal.code_first"));
    assert_eq!(rig.store().enrolment("s1:1").unwrap().unwrap().code, None);
    let wrong = CaptureCode::read(OTHER).unwrap();
    assert_eq!(rig.store().code_holder("s1", wrong.id()).unwrap(), None);
    rig.give(scanned(CODE));
    rig.until("the person's own", taken);
    // Once a photo carries it, it stays.
    rig.enqueue(&["p1"]);
    rig.give(Command::Code(CodeCommand::ReadCodeAgain));
    rig.give(scanned(OTHER));
    rig.until("carried", |view| told(view, "refusal.code_of_another"));
    let own = CaptureCode::read(CODE).unwrap();
    assert_eq!(
        rig.store().enrolment("s1:1").unwrap().unwrap().code.as_deref(),
        Some(own.id().as_str())
    );
}

#[test]
fn a_code_that_is_known_calls_its_person_and_for_a_retake_it_must_be_the_same() {
    let (rig, _) = beside(&[]);
    to_the_camera(&rig);
    rig.give(scanned(CODE));
    rig.until("bound", taken);
    rig.give(Command::Leave);
    rig.until("the roster", |view| matches!(view.screen, Screen::Home(_)));
    rig.give(scanned(CODE));
    let view = rig.until("called", |view| matches!(view.screen, Screen::Identity(_)));
    assert_eq!(view.person.unwrap().name, "陈思涵");
    rig.give(scanned(CODE));
    rig.until("later", |view| told(view, "refusal.code_at_camera"));
    rig.give(Command::Leave);
    to_the_camera(&rig);
    rig.give(scanned(OTHER));
    rig.until("another code than before", |view| {
        told(view, "refusal.code_of_another")
    });
}
