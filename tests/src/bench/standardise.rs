//! What making the photo costs.

use super::figure::{Figure, Targets, median};
use super::process::cpu_seconds;
use crate::{root, sitters};
use anyhow::{Context, Result};
use std::time::Instant;

const RUNS: usize = 8;

/// Measures the standardiser.
pub fn measure(targets: &Targets) -> Result<Vec<Figure>> {
    let scenes = sitters::scenes(&root::sitters(), &root::models())?;
    let bytes = std::fs::read(scenes.join("biden-right/0.jpg"))?;
    let picture = photo::decode::picture(&bytes, photo::decode::Limits::default())?.picture;
    let specification = photo::specification::builtin()?
        .into_iter()
        .next()
        .context("no specification")?;
    let mut sight = compose::open_sight(&root::models())?;
    let mut whole = || -> Result<(f64, f64, photo::StandardPhoto)> {
        let before = cpu_seconds(&[std::process::id()]);
        let analysis = sight.analyser.still(&picture)?;
        let start = Instant::now();
        let (matting, analyser) = (sight.matting.as_mut(), sight.analyser.as_mut());
        let ground = domain::specification::Ground::AsSpecified;
        let photo = photo::standardise(&picture, &analysis, &specification, ground, matting, analyser)?;
        let wall = start.elapsed().as_secs_f64() * 1_000.0;
        Ok((wall, cpu_seconds(&[std::process::id()]) - before, photo))
    };
    let mut made = whole()?.2;
    let (mut walls, mut cpu) = (vec![], 0.0);
    for _ in 0..RUNS {
        let (wall, used, photo) = whole()?;
        walls.push(wall);
        cpu += used / RUNS as f64;
        made = photo;
    }
    let crop = photo::cut(&picture, &made.crop, &specification).context("no crop")?;
    let before = cpu_seconds(&[std::process::id()]);
    for _ in 0..RUNS {
        sight.matting.matte(&crop)?;
    }
    let matte = (cpu_seconds(&[std::process::id()]) - before) / RUNS as f64;
    let beside = format!(
        "{:.0} ms with the analysis, against {:.0} ms",
        cpu * 1_000.0,
        matte * 1_000.0
    );
    Ok(vec![
        targets.figure(
            "standardise_ms",
            median(&walls),
            format!("median of {RUNS}, {} bytes", made.bytes.len()),
        )?,
        targets.figure("warm_cpu_ratio", cpu / matte, beside)?,
    ])
}
