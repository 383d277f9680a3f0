//! What a station is supplied with before people come: operators, session set-ups, rosters.

use domain::operator::{Operator, Role};
use domain::port::{Store, StoreFault};
use domain::setup::{SessionSetup, SetupFault};
use sha2::{Digest, Sha256};
use std::path::Path;

/// Why supplies were not taken.
#[derive(Debug, thiserror::Error)]
pub enum SupplyFault {
    /// The file cannot be read.
    #[error("{0}")]
    Read(#[from] std::io::Error),
    /// Not TOML of a session set-up, or a key nobody knows.
    #[error("the session set-up is not valid: {0}")]
    Setup(#[from] toml::de::Error),
    /// The set-up lacks something or contradicts itself.
    #[error(transparent)]
    Rule(#[from] SetupFault),
    /// The quality policy names what does not exist, or changes what may not be changed.
    #[error(transparent)]
    Quality(#[from] quality::RulesFault),
    /// The roster cannot be read at all.
    #[error(transparent)]
    Roster(#[from] roster::RosterFault),
    /// The PIN is not 4 to 12 digits.
    #[error("a PIN has 4 to 12 digits")]
    Pin,
    /// The session is not known here.
    #[error("no session {0} here; add its set-up first")]
    NoSession(String),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreFault),
}

/// Adds or replaces an operator.
pub fn operator(store: &dyn Store, id: &str, name: &str, role: Role, pin: &str) -> Result<(), SupplyFault> {
    let digits = pin.len() >= 4 && pin.len() <= 12 && pin.bytes().all(|b| b.is_ascii_digit());
    if !digits {
        return Err(SupplyFault::Pin);
    }
    let operator = Operator {
        id: id.to_string(),
        name: name.to_string(),
        role,
    };
    Ok(store.keep_operator(&operator, pin)?)
}

/// Checks a set-up as a whole, the agreement's hash included.
pub fn checked(setup: SessionSetup) -> Result<SessionSetup, SetupFault> {
    setup.validate()?;
    let hash = hex::encode(Sha256::digest(setup.agreement.text.as_bytes()));
    if hash != setup.agreement.sha256 {
        return Err(SetupFault::AgreementHash);
    }
    Ok(setup)
}

/// Adds or replaces a session set-up from a TOML file; gives its id.
pub fn session(store: &dyn Store, file: &Path) -> Result<String, SupplyFault> {
    let setup = checked(toml::from_str(&std::fs::read_to_string(file)?)?)?;
    quality::Rules::under(&setup.policy.quality)?;
    store.keep_setup(&setup)?;
    Ok(setup.id)
}

/// Reads a roster file for a session that is known here, and keeps nothing; says now and then how far it is.
pub fn read_roster(
    store: &dyn Store,
    session: &str,
    file: &Path,
    told: &mut dyn FnMut(roster::Progress),
) -> Result<roster::Roster, SupplyFault> {
    let setups = store.setups()?;
    let setup = setups.iter().find(|s| s.id == session);
    let setup = setup.ok_or_else(|| SupplyFault::NoSession(session.to_string()))?;
    let bytes = std::fs::read(file)?;
    let name = file
        .file_name()
        .map(|n| n.to_string_lossy().into_owned())
        .unwrap_or_default();
    Ok(roster::read_telling(&bytes, &name, session, &setup.school, told)?)
}

/// Merges the good rows of a roster file into a session; gives what could be read and what could not.
pub fn roster_file(store: &dyn Store, session: &str, file: &Path) -> Result<roster::Roster, SupplyFault> {
    let read = read_roster(store, session, file, &mut |_| {})?;
    store.merge_roster(session, &read.rows)?;
    Ok(read)
}
