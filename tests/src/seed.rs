//! A data folder as a school would hand it out: settings, operators, a session.

use anyhow::Result;
use central::Greeting;
use compose::{Settings, supply};
use domain::operator::Role;
use domain::port::Store;
use std::fs;
use std::path::Path;
use store::StationStore;

/// The operator of the tests with the PIN.
pub const OPERATOR: (&str, &str) = ("zhoumin", "2468");
/// The supervisor of the tests with the PIN.
pub const SUPERVISOR: (&str, &str) = ("lizhuren", "135790");
/// The sample school's session.
pub const SESSION: &str = "sample-2027";

/// Writes settings and operators into a fresh data folder.
pub fn folder(data: &Path, greeting: &Greeting, camera: &str, models: &Path) -> Result<Settings> {
    settings(data, greeting, camera, models)?;
    let store = StationStore::open(data)?;
    operators(&store)?;
    drop(store);
    Ok(Settings::load(data)?)
}

/// Writes settings alone into a fresh data folder.
pub fn settings(data: &Path, greeting: &Greeting, camera: &str, models: &Path) -> Result<()> {
    settings_of("station-2", data, greeting, camera, models)
}

/// The same for a station of another id: a server binds each to its own key.
///
/// # Errors
/// As [`settings`].
pub fn settings_of(id: &str, data: &Path, greeting: &Greeting, camera: &str, models: &Path) -> Result<()> {
    fs::create_dir_all(data)?;
    let settings = format!(
        "[station]\nid = {id:?}\nname = \"2 号采集位\"\n\n[central]\nurl = {:?}\ntoken = {:?}\nrecipient = {:?}\nverifying_key = {:?}\n\n[camera]\nsource = {camera:?}\n\n[models]\nfolder = {:?}\n",
        greeting.url,
        greeting.token,
        greeting.recipient,
        greeting.verifying_key,
        models.display().to_string(),
    );
    Ok(fs::write(data.join("settings.toml"), settings)?)
}

/// The two people who run the desk.
pub fn operators(store: &dyn Store) -> Result<()> {
    supply::operator(store, OPERATOR.0, "周敏", Role::Operator, OPERATOR.1)?;
    supply::operator(store, SUPERVISOR.0, "李主任", Role::Supervisor, SUPERVISOR.1)?;
    Ok(())
}

/// Opens a station's store once the station that had it has let go: a process that ends keeps its locks
/// for a moment longer than its place in the process table.
pub fn open_store(data: &Path) -> Result<StationStore> {
    let until = std::time::Instant::now() + std::time::Duration::from_secs(15);
    loop {
        match StationStore::open(data) {
            Err(domain::port::StoreFault::InUse) if std::time::Instant::now() < until => {
                std::thread::sleep(std::time::Duration::from_millis(50));
            }
            other => return Ok(other?),
        }
    }
}
