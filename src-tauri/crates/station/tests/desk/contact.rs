//! Whom to call is known before a session is chosen, and where the station cannot work.

use crate::rig::{Rig, roster, session};
use station::contract::{Command, Screen, StationView};

fn phone(view: &StationView) -> Option<&str> {
    view.contact.as_ref().map(|contact| contact.phone.as_str())
}

fn rig(setups: &[domain::setup::SessionSetup], sighted: bool) -> Rig {
    Rig::start(setups, roster(vec![], &[]), sighted)
}

#[test]
fn the_chosen_session_s_contact_comes_before_the_newest_one_s() {
    // The one added last has the first name, so that no order of names gives it away.
    let rig = rig(&[session("s2", "400-2"), session("s1", "400-1")], true);
    let view = rig.until("sign-in", |view| matches!(view.screen, Screen::SignIn { .. }));
    assert_eq!(phone(&view), Some("400-1"));
    rig.sign_in();
    let view = rig.until("the choice", |view| {
        matches!(view.screen, Screen::ChooseSession { .. })
    });
    assert_eq!(phone(&view), Some("400-1"));
    rig.choose("s2");
    let view = rig.until("home", |view| matches!(view.screen, Screen::Home(_)));
    assert_eq!(phone(&view), Some("400-2"));
    rig.give(Command::LeaveSession);
    let view = rig.until("the choice again", |view| view.setup.is_none());
    assert_eq!(phone(&view), Some("400-1"));
}

#[test]
fn a_station_without_networks_still_says_whom_to_call() {
    let rig = rig(&[session("s1", "400-1")], false);
    let view = rig.until("no networks", |view| view.screen == Screen::Broken);
    assert_eq!((phone(&view), view.setup.as_ref()), (Some("400-1"), None));
}

#[test]
fn nothing_known_is_nobody_to_call() {
    let rig = rig(&[], false);
    let view = rig.until("no networks", |view| view.screen == Screen::Broken);
    assert_eq!(view.contact, None);
    assert_eq!(station::broken("store_failed", "").contact, None);
}
