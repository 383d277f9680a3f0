//! The networks and the library that runs them.

use super::finding::Finding;
use super::patient::Patient;
use crate::models_folder;

pub(super) fn check(patient: &Patient<'_>) -> Vec<Finding> {
    let folder = models_folder(patient.settings);
    vec![match vision::Models::open(&folder) {
        Ok(models) => Finding::well(
            "models_present",
            format!("{} models are there, unaltered", models.versions().len()),
        ),
        Err(fault) => Finding::trouble(
            "model_missing",
            fault.to_string(),
            "install the program again, or set the models' folder in settings.toml",
        ),
    }]
}
