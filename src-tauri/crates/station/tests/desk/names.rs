//! A record found by its number says whether its name is the one verified.

use crate::rig::{NUMBER, Rig, roster, row, session};
use domain::identity::IdentityMethod;
use station::contract::{Command, EnrolmentScreen, Screen};

/// Somebody who was not called shows a document with this name; the record under the number is chosen.
fn found(on_roster: &str, typed: &str) -> EnrolmentScreen {
    let people = roster(vec![row(on_roster)], &[]);
    let rig = Rig::start(&[session("s1", "400")], people, true);
    rig.sign_in();
    rig.choose("s1");
    rig.until(
        "the roster",
        |view| matches!(&view.screen, Screen::Home(home) if home.people.len() == 1),
    );
    rig.give(Command::BeginUncalled);
    rig.give(Command::Consent {
        given: true,
        guardian: String::new(),
    });
    rig.give(Command::VerifyIdentity {
        name: typed.into(),
        number: NUMBER.into(),
        method: IdentityMethod::Typed,
    });
    let answered = |screen: &Screen| matches!(screen, Screen::Enrolment(page) if page.candidates.len() == 1);
    let view = rig.until("the record", |view| answered(&view.screen));
    if let Screen::Enrolment(EnrolmentScreen {
        chosen: None,
        name_same,
        ..
    }) = view.screen
    {
        assert!(!name_same, "nothing is chosen, so nothing is the same");
    }
    rig.give(Command::ChooseEnrolment { index: 0 });
    let chosen = |screen: &Screen| matches!(screen, Screen::Enrolment(page) if page.chosen == Some(0));
    match rig.until("chosen", |view| chosen(&view.screen)).screen {
        Screen::Enrolment(page) => page,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_same_name_is_called_the_same() {
    let page = found("陈思涵", " 陈思涵 ");
    assert!(!page.by_name && page.name_same);
}

#[test]
fn another_name_under_the_same_number_is_not() {
    let page = found("陈思涵", "陈思函");
    assert!(!page.by_name && !page.name_same);
    assert_eq!(page.candidates[0].name, "陈思涵");
}
