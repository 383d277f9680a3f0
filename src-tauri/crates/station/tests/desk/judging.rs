//! Policies, ticks and known exceptions, from the session's set-up to the review page.

use crate::camera::{at_the_camera, grant, only, review, reviewed, serve, session_under, smiling};
use crate::rig::{Rig, roster, session};
use crate::sitter::Sitter;
use domain::exception::ExceptionKind;
use domain::quality::{CheckResult, Force, TickAnswer, Verdict};
use station::contract::{Command, ReviewScreen, Screen};
use tempfile::tempdir;

fn tick(id: &str, answer: TickAnswer) -> Command {
    Command::Tick {
        tick: id.into(),
        answer,
    }
}

fn result<'a>(page: &'a ReviewScreen, check: &str) -> &'a CheckResult {
    page.results.iter().find(|result| result.check == check).unwrap()
}

fn told(rig: &Rig, code: &str) {
    rig.until(code, |view| view.notice.as_ref().is_some_and(|n| n.code == code));
}

#[test]
fn the_automatic_shutter_counts_without_ticks_and_the_still_asks_them() {
    let policy = only("strict", &["mouth", "make_up", "collar"]);
    let rig = at_the_camera(tempdir().unwrap(), &session_under(policy), &Sitter::default());
    let view = rig.until(
        "the count",
        |view| matches!(&view.screen, Screen::Capture(page) if page.countdown.is_some()),
    );
    let Screen::Capture(page) = view.screen else {
        unreachable!()
    };
    let asked = page.results.iter().any(|r| r.verdict == Verdict::Asked);
    assert!(page.good && !asked, "{:?}", page.results);
    // Nobody pressed anything: the count ended by itself.
    let page = reviewed(&rig, "the still", |_| true);
    let ids: Vec<_> = page.ticks.iter().map(|t| (t.id.as_str(), t.key)).collect();
    assert_eq!(ids, [("face", 2), ("clothes", 4)], "each under its own key");
    assert!(
        page.ticks
            .iter()
            .all(|t| !t.rects.is_empty() && !t.help.is_empty())
    );
    rig.give(Command::Accept);
    told(&rig, "refusal.ticks_open");
    rig.give(tick("face", TickAnswer::Fits));
    rig.give(tick("clothes", TickAnswer::Breaks));
    rig.give(Command::Accept);
    told(&rig, "refusal.not_acceptable");
    rig.give(tick("clothes", TickAnswer::Fits));
    reviewed(&rig, "acceptable", |page| page.acceptable);
    rig.give(Command::Accept);
    rig.until("accepted", |view| review(view).is_none());
}

#[test]
fn a_relaxed_policy_lets_a_smile_through_and_what_is_off_says_so() {
    for (base, stops) in [("strict", true), ("relaxed", false)] {
        let policy = only(base, &["mouth", "expression"]);
        let rig = at_the_camera(tempdir().unwrap(), &session_under(policy), &smiling());
        rig.give(Command::AutoShutter { on: false });
        rig.give(Command::Shutter);
        let page = reviewed(&rig, "the still", |_| true);
        let mouth = result(&page, "mouth");
        assert_eq!(mouth.verdict, Verdict::Fail, "{base}: {mouth:?}");
        let force = if stops { Force::Gate } else { Force::Advice };
        assert_eq!(mouth.force, force, "{base}");
        assert!(page.regions.iter().any(|region| region.check == "mouth"));
        let ears = result(&page, "ears");
        assert_eq!((ears.force, ears.verdict), (Force::Off, Verdict::NotAssessed));
        assert_eq!(ears.code.as_deref(), Some("off_by_policy"));
        for asked in &page.ticks {
            rig.give(tick(&asked.id, TickAnswer::Fits));
        }
        let page = reviewed(&rig, "answered", |page| {
            page.ticks.iter().all(|t| t.answer.is_some())
        });
        assert_eq!(page.acceptable, !stops, "{base}");
        let expression = result(&page, "expression").force;
        assert_eq!(expression == Force::Off, !stops, "{base}");
    }
}

#[test]
fn an_exception_eases_its_rules_and_comes_back_with_the_person() {
    let setup = session_under(only("strict", &["mouth", "make_up"]));
    let rig = at_the_camera(tempdir().unwrap(), &setup, &smiling());
    rig.give(Command::AutoShutter { on: false });
    rig.give(Command::Shutter);
    let page = reviewed(&rig, "the still", |_| true);
    assert_eq!(result(&page, "mouth").force, Force::Gate);
    assert!(!page.acceptable && page.exceptions.is_empty());
    // Of another kind: it changes nothing for the mouth.
    rig.give(grant(ExceptionKind::Spectacles));
    let page = reviewed(&rig, "judged anew", |page| page.exceptions.len() == 1);
    assert_eq!(result(&page, "mouth").force, Force::Gate);
    rig.give(grant(ExceptionKind::Injury));
    let page = reviewed(&rig, "judged anew", |page| page.exceptions.len() == 2);
    let mouth = result(&page, "mouth");
    assert_eq!((mouth.force, mouth.verdict), (Force::Advice, Verdict::Warn));
    rig.give(tick("face", TickAnswer::Fits));
    reviewed(&rig, "acceptable", |page| page.acceptable);

    // Another day, the same desk: the person brings it along, to the live picture too.
    let folder = rig.close();
    let rig = at_the_camera(folder, &setup, &smiling());
    let view = rig.until(
        "the exceptions",
        |view| matches!(&view.screen, Screen::Capture(page) if !page.results.is_empty()),
    );
    let Screen::Capture(page) = view.screen else {
        unreachable!()
    };
    let known = [ExceptionKind::Spectacles, ExceptionKind::Injury];
    assert_eq!(page.exceptions, known);
    let mouth = page.results.iter().find(|r| r.check == "mouth").unwrap();
    assert_eq!(mouth.force, Force::Advice, "{mouth:?}");
}

#[test]
fn an_exception_at_the_camera_changes_the_live_rules_at_once() {
    let setup = session_under(only("strict", &["mouth"]));
    let rig = at_the_camera(tempdir().unwrap(), &setup, &smiling());
    rig.give(Command::AutoShutter { on: false });
    let mouth = |force: Force| {
        move |screen: &Screen| match screen {
            Screen::Capture(page) => page
                .results
                .iter()
                .any(|r| r.check == "mouth" && r.force == force),
            _ => false,
        }
    };
    rig.until("stopped", |view| mouth(Force::Gate)(&view.screen));
    rig.give(grant(ExceptionKind::Injury));
    rig.until("eased", |view| mouth(Force::Advice)(&view.screen));
    // Left and begun again: it is the person's, not the sitting's.
    rig.give(Command::Leave);
    rig.until("the roster", |view| matches!(view.screen, Screen::Home(_)));
    serve(&rig);
    rig.until("still eased", |view| mouth(Force::Advice)(&view.screen));
}

#[test]
fn a_policy_that_cannot_be_used_is_refused_by_its_own_name() {
    let mut setup = session("s1", "400");
    setup.policy.quality.force.insert("crown".into(), Force::Off);
    let rig = Rig::start(&[setup], roster(vec![], &[]), true);
    rig.sign_in();
    rig.give(Command::ChooseSession { id: "s1".into() });
    told(&rig, "fault.quality_policy_invalid");
    let view = rig.until("no session", |view| view.setup.is_none());
    assert!(matches!(view.screen, Screen::ChooseSession { .. }));
}

#[test]
fn a_session_changes_its_specification_and_a_change_that_cannot_be_used_is_named() {
    let changed = |changes: serde_json::Value| {
        let mut setup = session_under(only("strict", &[]));
        setup.specification_changes = changes.as_object().unwrap().clone();
        setup
    };
    let wider = changed(serde_json::json!({ "centring": { "max_px": 20 } }));
    let rig = at_the_camera(tempdir().unwrap(), &wider, &Sitter::default());
    rig.until(
        "the wider band",
        |view| matches!(&view.screen, Screen::Capture(page) if page.specification.centre_max_px == 20.0),
    );
    for (changes, code) in [
        (
            serde_json::json!({ "centring": { "max_px": 900 } }),
            "fault.specification_impossible",
        ),
        (
            serde_json::json!({ "centring": { "max": 9 } }),
            "fault.specification_unreadable",
        ),
    ] {
        let rig = Rig::start(&[changed(changes)], roster(vec![], &[]), true);
        rig.sign_in();
        rig.give(Command::ChooseSession { id: "s1".into() });
        told(&rig, code);
        rig.until("no session", |view| view.setup.is_none());
    }
}
