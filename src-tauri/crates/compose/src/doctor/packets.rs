//! Every packet that still has to arrive has its file, and every file its recorded hash.

use super::finding::{Finding, Mending};
use super::patient::Patient;

pub(super) fn check(patient: &Patient<'_>) -> Vec<Finding> {
    let health = match &patient.packets {
        None => return vec![],
        Some(Err(fault)) => {
            let remedy = "see that the packets folder is there and can be read";
            return vec![Finding::trouble("packets_unreadable", fault.to_string(), remedy)];
        }
        Some(Ok(health)) => health,
    };
    let remedy = "look for the file in a backup and put it back; else capture the person again. \
        station doctor --mend marks them, so that the queue page names them";
    let mut findings = vec![];
    for (code, what, packets) in [
        (
            "packet_missing",
            "files of waiting packets are not there",
            &health.missing,
        ),
        (
            "packet_damaged",
            "packet files do not have their recorded hash",
            &health.damaged,
        ),
    ] {
        if !packets.is_empty() {
            let sentence = format!("{}: {what}", packets.len());
            findings.push(
                Finding::trouble(code, sentence, remedy)
                    .about(packets)
                    .mended_by(Mending::Mark),
            );
        }
    }
    if findings.is_empty() {
        let sentence = format!(
            "every packet file has its recorded hash, {} of them",
            health.whole
        );
        findings.push(Finding::well("packets_whole", sentence));
    }
    findings
}
