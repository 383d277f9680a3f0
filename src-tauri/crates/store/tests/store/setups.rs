//! Set-ups of sessions.

use crate::common::*;
use domain::port::Store;
use store::StationStore;

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

/// What a station of the first version wrote: a list of checks that only advise, and no quality policy.
#[test]
fn a_set_up_of_the_first_schema_keeps_its_advisory_checks() {
    let folder = tempfile::tempdir().unwrap();
    let connection = earlier_database(folder.path(), 1);
    let text = include_str!("setup.json");
    let first = text.replace(
        r#""photograph_card":false"#,
        r#""photograph_card":false,"advisory_checks":["mouth","ears"]"#,
    );
    let row = ("s1", 1, first);
    let insert = "INSERT INTO setup (session, version, record) VALUES (?, ?, ?)";
    connection.execute(insert, row).unwrap();
    drop(connection);
    let store = StationStore::open(folder.path()).unwrap();
    let mut wanted: domain::setup::SessionSetup = serde_json::from_str(text).unwrap();
    for rule in ["mouth", "ears"] {
        let force = &mut wanted.policy.quality.force;
        force.insert(rule.to_string(), domain::quality::Force::Advice);
    }
    assert_eq!(store.setups().unwrap(), [wanted]);
}
