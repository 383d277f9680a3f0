//! Set-ups of sessions.

use crate::common::*;
use domain::port::Store;

#[test]
fn set_ups_are_kept_by_version() {
    let (_folder, store) = store();
    let text = include_str!("setup.json");
    let mut setup: domain::setup::SessionSetup = serde_json::from_str(text).unwrap();
    store.keep_setup(&setup).unwrap();
    setup.version = 3;
    setup.title = "new".into();
    store.keep_setup(&setup).unwrap();
    let mut older = setup.clone();
    older.version = 2;
    store.keep_setup(&older).unwrap();
    assert_eq!(store.setups().unwrap(), [setup]);
}

#[test]
fn the_newest_set_up_is_the_one_added_last() {
    let (_folder, store) = store();
    assert_eq!(store.newest_setup().unwrap(), None);
    let text = include_str!("setup.json");
    let first: domain::setup::SessionSetup = serde_json::from_str(text).unwrap();
    let named = |id: &str, version| {
        let mut setup = first.clone();
        (setup.id, setup.version) = (id.into(), version);
        setup
    };
    for setup in [named("z", 4), named("a", 2)] {
        store.keep_setup(&setup).unwrap();
    }
    assert_eq!(store.newest_setup().unwrap(), Some(named("a", 2)));
    // Neither what is known already nor an older version is news.
    for setup in [named("z", 4), named("z", 3)] {
        store.keep_setup(&setup).unwrap();
    }
    assert_eq!(store.newest_setup().unwrap(), Some(named("a", 2)));
    store.keep_setup(&named("z", 5)).unwrap();
    assert_eq!(store.newest_setup().unwrap(), Some(named("z", 5)));
}
