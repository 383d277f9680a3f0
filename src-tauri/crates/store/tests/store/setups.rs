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
