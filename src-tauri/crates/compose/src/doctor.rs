//! `station doctor`: what is well with a station and what needs a hand, each finding with its remedy; and the
//! mending of what can be mended without losing anything.

mod audit;
mod camera;
mod clock;
mod database;

mod disk;
mod finding;
mod limits;
mod mend;
mod models;
mod orphans;
mod packets;
mod patient;
mod server;

pub use finding::{Finding, Level, Report};
pub use limits::Limits;
pub use patient::{Link, Patient};

use crate::Settings;
use domain::Moment;

/// One check: what it is called, and what it finds.
type Check = (&'static str, fn(&Patient<'_>) -> Vec<Finding>);

/// Every check, in the order of the report.
const CHECKS: [Check; 9] = [
    ("database", database::check),
    ("audit", audit::check),
    ("packets", packets::check),
    ("orphans", orphans::check),
    ("disk", disk::check),
    ("server", server::check),
    ("clock", clock::check),
    ("camera", camera::check),
    ("models", models::check),
];

/// Looks at a station without changing anything, and says now and then how many packets are read, of how many.
pub fn examine(
    settings: &Settings,
    now: Moment,
    told: &mut dyn FnMut(usize, usize),
) -> Result<Report, DoctorFault> {
    Ok(report(&Patient::admit(settings, now, told)?))
}

/// The same, and mends what loses nothing; only looks when a station is running on the data folder.
pub fn mend(
    settings: &Settings,
    now: Moment,
    told: &mut dyn FnMut(usize, usize),
) -> Result<Report, DoctorFault> {
    let mut patient = Patient::admit(settings, now, told)?;
    let mut report = report(&patient);
    if !report.running {
        patient.let_go();
        mend::mend(settings, now, &mut report);
    }
    Ok(report)
}

/// Runs every check on what was gathered.
pub fn report(patient: &Patient<'_>) -> Report {
    let mut findings = vec![];
    for (name, check) in CHECKS {
        findings.extend(check(patient).into_iter().map(|finding| finding.of(name)));
    }
    Report {
        data: patient.settings.data.display().to_string(),
        running: patient.running,
        at: patient.now,
        findings,
    }
}

/// Why nothing could be examined.
#[derive(Debug, thiserror::Error)]
pub enum DoctorFault {
    /// There is no such data folder.
    #[error("there is no folder {0}; name the station's data folder with --data")]
    NoFolder(String),
    /// The program's own list of limits is not valid.
    #[error("the list of limits is not valid: {0}")]
    Limits(#[from] toml::de::Error),
}
