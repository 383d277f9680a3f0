//! Mending what loses nothing. A database that is torn, of a newer version or not there is never opened for it.

use super::finding::{Finding, Mending, Report};
use crate::Settings;
use domain::Moment;
use domain::audit::AuditEvent;
use domain::port::StoreFault;
use store::StationStore;

/// Findings after which the database is left exactly as it is.
const HANDS_OFF: [&str; 4] = [
    "database_torn",
    "database_missing",
    "database_newer",
    "database_dangling",
];

/// Mends every finding that says how, and marks it as mended.
pub(super) fn mend(settings: &Settings, now: Moment, report: &mut Report) {
    if report
        .findings
        .iter()
        .any(|finding| HANDS_OFF.contains(&finding.code))
    {
        return;
    }
    let store = match StationStore::open_to_mend(&settings.data) {
        Ok(store) => store,
        Err(StoreFault::InUse) => {
            report.running = true;
            return;
        }
        Err(fault) => return report.findings.push(refused(&fault)),
    };
    let mut refusals = vec![];
    // Indexes first: the rest looks rows up in them.
    report
        .findings
        .sort_by_key(|finding| finding.mending != Some(Mending::Reindex));
    for finding in &mut report.findings {
        let Some(mending) = finding.mending else { continue };
        match apply(&store, mending, &finding.subjects, now) {
            Ok(()) => finding.mended = true,
            Err(fault) => refusals.push(refused(&fault)),
        }
    }
    report.findings.append(&mut refusals);
    match store.checkpoint() {
        Ok(Some(_)) => {}
        Ok(None) => tracing::info!("somebody reads the database; its log stays"),
        Err(fault) => report.findings.push(refused(&fault)),
    }
}

fn apply(store: &StationStore, mending: Mending, subjects: &[String], now: Moment) -> Result<(), StoreFault> {
    let line = |what: &str| AuditEvent {
        at: now,
        operator: String::new(),
        what: what.to_string(),
        subject: String::new(),
        detail: "station doctor".to_string(),
    };
    match mending {
        Mending::Mark => store
            .mark_damaged(subjects, &line("mended_packet_marked"))
            .map(drop),
        Mending::SetAside => store
            .set_aside_unknown(subjects, &line("mended_file_set_aside"))
            .map(drop),
        Mending::Remove => store.remove_unfinished(subjects, &line("mended_file_removed")),
        Mending::Reindex => store.reindex(&line("mended_indexes")),
    }
}

fn refused(fault: &StoreFault) -> Finding {
    Finding::trouble(
        fault.code(),
        fault.to_string(),
        "see what the system says, then try again",
    )
    .of("mending")
}
