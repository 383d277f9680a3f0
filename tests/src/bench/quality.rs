//! What the checks on a still cost.

use super::figure::{Figure, Targets, median};
use crate::{root, sitters};
use anyhow::{Context, Result};
use domain::quality::Stage;
use std::time::Instant;

const RUNS: usize = 15;

/// Measures the checks.
pub fn measure(targets: &Targets) -> Result<Vec<Figure>> {
    let scenes = sitters::scenes(&root::sitters(), &root::models())?;
    let bytes = std::fs::read(scenes.join("biden-right/0.jpg"))?;
    let picture = photo::decode::picture(&bytes, photo::decode::Limits::default())?.picture;
    let specification = photo::specification::builtin()?
        .into_iter()
        .next()
        .context("no specification")?;
    let rules = quality::Rules::strict()?;
    let mut sight = compose::open_sight(&root::models())?;
    let analysis = sight.analyser.still(&picture)?;
    let mut times = vec![];
    for _ in 0..RUNS {
        let start = Instant::now();
        let assessment = quality::assess(Stage::Still, &picture, &analysis, &specification, &rules);
        times.push(start.elapsed().as_secs_f64() * 1_000.0);
        anyhow::ensure!(!assessment.results.is_empty(), "no check ran");
    }
    Ok(vec![targets.figure(
        "still_checks_ms",
        median(&times),
        format!("median of {RUNS}, one thread"),
    )?])
}
