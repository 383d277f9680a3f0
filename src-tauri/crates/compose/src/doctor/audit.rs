//! The audit trail's chain of hashes.

use super::finding::Finding;
use super::patient::Patient;

pub(super) fn check(patient: &Patient<'_>) -> Vec<Finding> {
    let Some(inspection) = patient.inspection() else {
        return vec![];
    };
    let remedy = "tell the administrator: a line was changed or cut out; keep this data folder and compare it with a backup";
    vec![match inspection.audit() {
        Ok(Ok(lines)) => Finding::well("audit_whole", format!("the audit trail is whole, {lines} lines")),
        Ok(Err(line)) => Finding::trouble(
            "audit_broken",
            format!("the audit trail does not fit from line {line} on"),
            remedy,
        ),
        Err(fault) => Finding::trouble("audit_unreadable", fault.to_string(), remedy),
    }]
}
