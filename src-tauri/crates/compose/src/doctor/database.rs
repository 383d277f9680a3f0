//! The database: readable, whole, and every row referring to rows that are there.

use super::finding::{Finding, Mending};
use super::patient::Patient;
use domain::port::StoreFault;
use store::inspect::Soundness;

const RESTORE: &str = "leave it as it is: move the data folder away, then station restore BACKUP into a new one; \
    packets that lie in its packets folder can be sent by hand";

pub(super) fn check(patient: &Patient<'_>) -> Vec<Finding> {
    let torn = |lines: &[String]| {
        vec![Finding::trouble("database_torn", "the database is damaged", RESTORE).about(lines)]
    };
    let inspection = match &patient.opened {
        None => {
            let remedy = "name the station's data folder with --data, or start the station once";
            return vec![Finding::trouble(
                "database_missing",
                "there is no database here",
                remedy,
            )];
        }
        Some(Err(newer @ StoreFault::Newer { .. })) => {
            let remedy = "use the program's newer version";
            return vec![Finding::trouble("database_newer", newer.to_string(), remedy)];
        }
        Some(Err(fault)) => return torn(&[fault.to_string()]),
        Some(Ok(inspection)) => inspection,
    };
    let mut findings = match &patient.soundness {
        Some(Soundness::Torn(lines)) => return torn(lines),
        Some(Soundness::Indexes(lines)) => {
            let remedy = "station doctor --mend makes them again";
            let finding = Finding::trouble("database_indexes", "indexes do not fit their tables", remedy);
            vec![finding.about(lines).mended_by(Mending::Reindex)]
        }
        Some(Soundness::Sound) | None => vec![Finding::well("database_sound", "the database is whole")],
    };
    match inspection.dangling() {
        Ok(rows) if rows.is_empty() => {}
        Ok(rows) => findings.push(
            Finding::trouble(
                "database_dangling",
                "rows refer to rows that are not there",
                RESTORE,
            )
            .about(&rows),
        ),
        Err(fault) => return torn(&[fault.to_string()]),
    }
    findings
}
