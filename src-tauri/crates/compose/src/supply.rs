//! What a station is supplied with before people come: operators, session set-ups, rosters.

use domain::Moment;
use domain::operator::{Operator, Role};
use domain::port::{Store, StoreFault};
use domain::roster::{Difference, GoneChoice, ImportCounts, RosterField, difference};
use domain::setup::{SessionSetup, SetupFault};
use roster::{Book, For, Plan, Progress, Roster, RosterFault, TextEncoding};
use sha2::{Digest, Sha256};
use station::Source;
use std::path::Path;

/// Who takes a roster from the command line, in the audit trail.
const BY_HAND: &str = "command-line";

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

/// A roster file of a session that is known here.
pub struct Opened {
    /// The file.
    pub book: Book,
    /// What its columns mean; changed before the rows are read.
    pub plan: Plan,
    setup: SessionSetup,
    file_name: String,
}

impl Opened {
    /// The field of a word of ours, or of a heading that is known.
    pub fn field(&self, heading: &str) -> Option<RosterField> {
        RosterField::of_word(heading).or_else(|| self.book.field(heading))
    }
}

/// The rows of a file and what they would change.
pub struct Prepared {
    /// The file.
    pub opened: Opened,
    /// Its rows.
    pub roster: Roster,
    /// What they change.
    pub difference: Difference,
}

/// Opens a roster file for a session that is known here, and keeps nothing; says now and then how far it is. Columns
/// that are only likely to mean something are left out, because nobody looks at them here.
pub fn open_roster(
    store: &dyn Store,
    session: &str,
    file: &Path,
    encoding: Option<TextEncoding>,
    told: &mut dyn FnMut(Progress),
) -> Result<Opened, SupplyFault> {
    let setup = store.setups()?.into_iter().find(|s| s.id == session);
    let setup = setup.ok_or_else(|| SupplyFault::NoSession(session.to_string()))?;
    let bytes = std::fs::read(file)?;
    let file_name = file
        .file_name()
        .map(|n| n.to_string_lossy().into_owned())
        .unwrap_or_default();
    let book = roster::open(&bytes, &file_name, encoding, told)?;
    if book.encoding().is_some_and(|encoding| !encoding.sure) {
        return Err(RosterFault::Encoding.into());
    }
    let mut plan = book.propose(&store.learned_headings(&setup.school)?);
    plan.only_sure();
    Ok(Opened {
        book,
        plan,
        setup,
        file_name,
    })
}

/// Reads the rows of an opened file and compares them with what is kept.
pub fn prepare_roster(
    store: &dyn Store,
    opened: Opened,
    told: &mut dyn FnMut(Progress),
) -> Result<Prepared, SupplyFault> {
    let (session, school) = (opened.setup.id.as_str(), opened.setup.school.as_str());
    let wanted = For {
        session,
        school,
        today: roster::today(),
    };
    let roster = opened.book.read(&opened.plan, wanted, told)?;
    let difference = difference(&store.kept_rows(session)?, &roster.rows, &roster.fields);
    Ok(Prepared {
        opened,
        roster,
        difference,
    })
}

/// Takes the good rows of a file; `told` gets how many of how many are done.
pub fn take_roster(
    store: &dyn Store,
    prepared: &Prepared,
    choice: GoneChoice,
    told: &mut dyn FnMut(usize, usize),
) -> Result<ImportCounts, SupplyFault> {
    let opened = &prepared.opened;
    let source = Source {
        file_name: opened.file_name.clone(),
        sha256: opened.book.sha256().to_string(),
        by: BY_HAND.to_string(),
        at: Moment(jiff::Timestamp::now().as_millisecond()),
    };
    let left_out = station::bad_rows(&prepared.roster.problems);
    let (session, school) = (&opened.setup.id, &opened.setup.school);
    let import = station::import_of(
        &prepared.difference,
        left_out,
        &opened.plan,
        session,
        school,
        choice,
        source,
    );
    let total = import.rows.len();
    Ok(
        store.apply_import(&import, &station::audit_line(&import), &mut |done| {
            told(done, total)
        })?,
    )
}

/// Takes the good rows of a roster file into a session; gives what could be read and what could not.
pub fn roster_file(store: &dyn Store, session: &str, file: &Path) -> Result<Roster, SupplyFault> {
    let opened = open_roster(store, session, file, None, &mut |_| {})?;
    let prepared = prepare_roster(store, opened, &mut |_| {})?;
    take_roster(store, &prepared, GoneChoice::Keep, &mut |_, _| {})?;
    Ok(prepared.roster)
}
