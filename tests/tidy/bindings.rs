//! The types of the user interface are those of the station.

use acceptance::root::root;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use ts_rs::TS;

/// Writes the bindings of the contract below a folder.
fn write(folder: &Path) {
    use station::contract::{Command, SitterView, StationView};
    let config = ts_rs::Config::default()
        .with_out_dir(folder)
        .with_large_int("number");
    StationView::export_all(&config).expect("the view exports");
    SitterView::export_all(&config).expect("the sitter's view exports");
    Command::export_all(&config).expect("the commands export");
}

fn read(folder: &Path) -> BTreeMap<String, String> {
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "ts"))
        .map(|path| {
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            (name, fs::read_to_string(&path).expect("a binding"))
        })
        .collect()
}

#[test]
fn committed_bindings_are_current() {
    let committed = root().join("ui/src/lib/station/bindings");
    if std::env::var_os("STATION_WRITE_BINDINGS").is_some() {
        let _gone = fs::remove_dir_all(&committed);
        write(&committed);
    }
    let fresh = tempfile::tempdir().expect("a folder");
    write(fresh.path());
    let (fresh, committed) = (read(fresh.path()), read(&committed));
    let names = |all: &BTreeMap<String, String>| all.keys().cloned().collect::<Vec<_>>();
    assert_eq!(
        names(&fresh),
        names(&committed),
        "run the test with STATION_WRITE_BINDINGS=1"
    );
    for (name, text) in fresh {
        assert_eq!(
            Some(&text),
            committed.get(&name),
            "{name}: run the test with STATION_WRITE_BINDINGS=1"
        );
    }
}
