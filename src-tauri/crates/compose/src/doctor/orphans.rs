//! Files in the packet folder that belong to no packet.

use super::finding::{Finding, Mending};
use super::patient::Patient;

pub(super) fn check(patient: &Patient<'_>) -> Vec<Finding> {
    let Some(Ok(health)) = &patient.packets else {
        return vec![];
    };
    let mut findings = vec![];
    if !health.unknown.is_empty() {
        let sentence = format!(
            "{}: packet files that the database does not know",
            health.unknown.len()
        );
        let remedy = "station doctor --mend moves them to packets/unknown, where nothing is deleted; \
            station packet inspect says what they are";
        let finding = Finding::trouble("files_unknown", sentence, remedy).about(&health.unknown);
        findings.push(finding.mended_by(Mending::SetAside));
    }
    // A running station writes such files all the time.
    if !health.unfinished.is_empty() && !patient.running {
        let sentence = format!(
            "{}: files that a crash left half written",
            health.unfinished.len()
        );
        let remedy = "station doctor --mend removes them, and so does the station's next start";
        let finding = Finding::notice("files_unfinished", sentence, remedy).about(&health.unfinished);
        findings.push(finding.mended_by(Mending::Remove));
    }
    if findings.is_empty() {
        findings.push(Finding::well(
            "files_known",
            "every file in the packet folder belongs to a packet",
        ));
    }
    findings
}
