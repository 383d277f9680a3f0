//! The camera of this desk: there, and sending pictures.

use super::finding::Finding;
use super::patient::Patient;
use camera::Source;
use std::time::Duration;

pub(super) fn check(patient: &Patient<'_>) -> Vec<Finding> {
    if patient.running {
        return vec![Finding::notice(
            "camera_in_use",
            "the running station has the camera",
            "see its live picture, or close the station first",
        )];
    }
    let chosen = patient.inspection().and_then(|i| i.camera_choice().ok());
    let source = chosen
        .filter(|choice| !choice.source.is_empty())
        .and_then(|choice| choice.source.parse::<Source>().ok())
        .unwrap_or_else(|| patient.settings.camera.source.clone());
    let patience = Duration::from_millis(patient.limits.camera.patience_ms);
    let remedy =
        "see that the camera is plugged in, that no other program uses it, and that the system lets this one";
    let found = match camera::probe(&source, patience) {
        Ok(found) => found,
        Err(fault) => return vec![Finding::trouble(fault.code(), fault.to_string(), remedy)],
    };
    if found.is_empty() {
        return vec![Finding::trouble("camera_none", "no camera is there", remedy)];
    }
    found
        .iter()
        .map(|one| match &one.outcome {
            Ok(glimpse) => Finding::well(
                "camera_sends",
                format!(
                    "{} sends {} x {} after {} ms",
                    one.camera.name,
                    glimpse.width,
                    glimpse.height,
                    glimpse.after.as_millis()
                ),
            ),
            Err(fault) => Finding::trouble(fault.code(), format!("{}: {fault}", one.camera.name), remedy),
        })
        .collect()
}
