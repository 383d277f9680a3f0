//! Rows of the roster that were not taken are told and listed.

use crate::rig::{Rig, roster, row, session};
use station::contract::{Command, HomeScreen, RosterProblem, Screen, StationView};

fn home(view: &StationView) -> Option<&HomeScreen> {
    match &view.screen {
        Screen::Home(home) => Some(home),
        _ => None,
    }
}

#[test]
fn the_roster_page_lists_them_for_their_session_only() {
    let people = roster(vec![row("陈思涵")], &["2: document_number", "9: duplicate"]);
    let rig = Rig::start(&[session("s1", "400"), session("s2", "400")], people, true);
    rig.sign_in();
    rig.choose("s1");
    let told = |view: &StationView| {
        view.notice
            .as_ref()
            .is_some_and(|n| n.code == "fault.roster_rows")
    };
    let view = rig.until("the notice", told);
    assert_eq!(view.notice.as_ref().unwrap().args["count"], "2");
    let listed = [(2, "document_number"), (9, "duplicate")].map(|(row, code)| RosterProblem {
        row,
        code: code.into(),
    });
    let page = home(&view).unwrap();
    assert_eq!(
        (page.roster_problems.as_slice(), page.roster_problems_total),
        (&listed[..], 2)
    );
    assert_eq!(page.people.len(), 1, "the rest is in");

    // The notice goes with the next command, the list stays.
    rig.give(Command::Search { text: String::new() });
    let view = rig.until("no notice", |view| view.notice.is_none());
    assert_eq!(home(&view).unwrap().roster_problems, listed);

    rig.give(Command::LeaveSession);
    rig.choose("s2");
    let view = rig.until("the other roster page", |view| home(view).is_some());
    assert_eq!(home(&view).unwrap().roster_problems_total, 0);
}
