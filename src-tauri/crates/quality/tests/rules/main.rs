//! The rules through the crate's own door: pictures and landmarks in, verdicts and instructions out.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod camera;
mod faults;
mod framing;
mod guidance;
mod invariants;
mod live;
mod photographs;
mod sitter;
mod walk;

use domain::quality::{Assessment, CheckResult, Force, Stage, Verdict};
use domain::specification::PhotoSpecification;
use sitter::Sitter;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..")
}

/// The specification the station is used with.
fn specification() -> PhotoSpecification {
    photo::specification::builtin().unwrap().remove(0)
}

fn rules() -> quality::Rules {
    quality::Rules::strict().unwrap()
}

fn assess(stage: Stage, sitter: &Sitter) -> Assessment {
    quality::assess(
        stage,
        &sitter.picture(),
        &sitter.analysis(),
        &specification(),
        &rules(),
    )
}

/// The result of one check.
fn result<'a>(assessment: &'a Assessment, check: &str) -> &'a CheckResult {
    assessment
        .results
        .iter()
        .find(|r| r.check == check)
        .unwrap_or_else(|| panic!("no check {check}"))
}

/// The rules that are broken, doubtful or not measured, as `id:code`; what is asked, advised or off is no complaint.
fn complaints(assessment: &Assessment) -> Vec<String> {
    let said = |r: &CheckResult| format!("{}:{}", r.check, r.code.clone().unwrap_or_default());
    assessment
        .results
        .iter()
        .filter(|r| {
            r.code.is_some() && r.verdict != Verdict::Asked && !matches!(r.force, Force::Advice | Force::Off)
        })
        .map(said)
        .collect()
}
