//! What the sitter's screen is told on the way of one sitter, and what it is never told.

use crate::camera::{at_the_camera, only, reviewed, session_under, smiling};
use crate::rig::{NUMBER, Rig, roster, row, session};
use crate::sitter::Sitter;
use domain::Personal;
use domain::quality::TickAnswer;
use proptest::prelude::*;
use station::contract::{Command, Screen, SitterCamera, SitterHead, SitterScreen, SitterView};
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};
use tempfile::tempdir;

/// The name of the sitter on the roster of these tests.
const NAME: &str = "陈思涵";
/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(20);

/// Everything the screen was told until `holds` held, the view in which it did last.
fn until(views: &Receiver<SitterView>, what: &str, holds: impl Fn(&SitterView) -> bool) -> Vec<SitterView> {
    let end = Instant::now() + PATIENCE;
    let mut told = vec![];
    while Instant::now() < end {
        if let Ok(view) = views.recv_timeout(Duration::from_millis(50)) {
            let found = holds(&view);
            told.push(view);
            if found {
                return told;
            }
        }
    }
    panic!("{what}: never in {told:?}");
}

fn camera(view: &SitterView) -> Option<&SitterCamera> {
    match &view.screen {
        SitterScreen::Camera(camera) => Some(camera),
        _ => None,
    }
}

/// The name as a whole, and the numbers that are nobody's business.
fn told_too_much(view: &SitterView, secrets: &[&str]) -> Option<String> {
    let text = serde_json::to_string(view).unwrap();
    let found = secrets.iter().find(|secret| text.contains(**secret));
    found.map(|secret| format!("{secret} in {text}"))
}

#[test]
fn a_sitter_is_led_from_the_notes_to_the_accepted_photo_and_never_named_in_full() {
    let policy = only("strict", &["mouth"]);
    let rig = at_the_camera(tempdir().unwrap(), &session_under(policy), &Sitter::default());
    let views = rig.sitter_views();
    let mut all = until(&views, "the count", |view| {
        camera(view).is_some_and(|camera| camera.countdown.is_some())
    });
    let view = all.last().unwrap();
    assert_eq!(
        view.person,
        Some(SitterHead {
            masked_name: "陈*涵".into(),
            class_name: "护理 2401 班".into(),
            ticket: String::new(),
        })
    );
    let counting = camera(view).unwrap();
    assert!(
        counting.live && counting.good && counting.outline.fits,
        "{counting:?}"
    );
    assert_eq!(counting.instruction.as_deref(), Some("good"));
    assert!(counting.guide.width > 0.0 && counting.frame_width > 0);
    all.extend(until(&views, "judged", |view| view.screen == SitterScreen::Wait));
    let page = reviewed(&rig, "the still", |_| true);
    for tick in page.ticks {
        rig.give(Command::Tick {
            tick: tick.id,
            answer: TickAnswer::Fits,
        });
    }
    rig.give(Command::Accept);
    all.extend(until(&views, "accepted", |view| {
        view.screen == SitterScreen::Done { stored: false }
    }));
    for (before, view) in all.iter().zip(all.iter().skip(1)) {
        assert!(view.revision > before.revision, "each snapshot has its number");
        assert_ne!(
            (&before.person, &before.screen),
            (&view.person, &view.screen),
            "a snapshot that shows nothing new"
        );
    }
    let secrets = [NAME, NUMBER, "400", "zhoumin", "s1:1"];
    let leak = all.iter().find_map(|view| told_too_much(view, &secrets));
    assert_eq!(leak, None);
}

#[test]
fn between_sitters_and_before_the_enrolment_is_confirmed_nobody_is_named() {
    let people = roster(vec![row(NAME)], &[]);
    let rig = Rig::start(&[session("s1", "400")], people, true);
    let views = rig.sitter_views();
    rig.sign_in();
    rig.choose("s1");
    rig.until(
        "the roster",
        |view| matches!(&view.screen, Screen::Home(home) if home.people.len() == 1),
    );
    rig.give(Command::Begin {
        enrolment: "s1:1".into(),
    });
    rig.until("the person", |view| view.person.is_some());
    let told: Vec<_> = views.try_iter().collect();
    assert!(!told.is_empty(), "the present view comes at once");
    for view in told {
        assert_eq!((view.person, view.screen), (None, SitterScreen::Welcome));
    }
}

#[test]
fn an_instruction_for_the_sitter_is_shown_and_the_outline_goes_when_the_head_is_in_place() {
    let policy = only("strict", &["mouth"]);
    let rig = at_the_camera(tempdir().unwrap(), &session_under(policy), &smiling());
    let views = rig.sitter_views();
    let told = until(&views, "close your lips", |view| {
        camera(view).is_some_and(|c| c.instruction.as_deref() == Some("teeth"))
    });
    let page = camera(told.last().unwrap()).unwrap();
    assert!(
        page.outline.fits && !page.good && page.countdown.is_none(),
        "{page:?}"
    );
    // While the operator reads the queue nobody looks, and nothing is said.
    rig.give(Command::OpenQueue);
    let told = until(&views, "silence", |view| {
        camera(view).is_some_and(|camera| camera.instruction.is_none())
    });
    let page = camera(told.last().unwrap()).unwrap();
    assert!(page.live && !page.good && !page.outline.fits, "{page:?}");
}

#[test]
fn what_only_the_operator_can_mend_is_not_said_to_the_sitter() {
    // Too little light: the operator is told to switch the lamps on.
    let dark = Sitter {
        light: 0.12,
        ..Sitter::default()
    };
    let policy = only("strict", &["exposure"]);
    let rig = at_the_camera(tempdir().unwrap(), &session_under(policy), &dark);
    let views = rig.sitter_views();
    let view = rig.until("too dark", |view| match &view.screen {
        Screen::Capture(page) => page.instruction.as_deref() == Some("too_dark"),
        _ => false,
    });
    let told = until(&views, "that round", |told| {
        told.revision >= view.revision || camera(told).is_some()
    });
    for view in told.iter().filter_map(camera) {
        let said = view
            .instruction
            .as_deref()
            .and_then(quality::Instruction::from_code);
        assert!(said.is_none_or(|i| !i.for_operator()), "{said:?}");
    }
    let page = camera(told.last().unwrap()).unwrap();
    assert_eq!((page.instruction.as_deref(), page.good), (None, false));
    assert!(page.outline.fits, "the head stands well in the dark");
}

proptest! {
    /// Two letters or more: a name of one letter has nothing to leave out.
    #[test]
    fn no_name_survives_its_mask(name in "[一-龥]{2,4}|[A-Z][a-z]{1,9}( [A-Z][a-z]{1,9})?") {
        let view = SitterView {
            revision: 1,
            person: Some(SitterHead {
                masked_name: Personal::new(name.clone()).masked_name(),
                class_name: "护理 2401 班".into(),
                ticket: "037".into(),
            }),
            screen: SitterScreen::Welcome,
        };
        prop_assert_eq!(told_too_much(&view, &[&name]), None);
    }
}
