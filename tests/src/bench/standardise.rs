//! What making the photo costs.

use super::figure::{Figure, Targets, median};
use super::process::cpu_seconds;
use crate::{root, sitters};
use anyhow::{Context, Result};
use domain::picture::Picture;
use domain::port::Matting;
use domain::specification::Ground;
use std::time::Instant;
use vision::{Models, ModnetMatting};

const RUNS: usize = 6;

/// Measures the standardiser.
pub fn measure(targets: &Targets) -> Result<Vec<Figure>> {
    let scenes = sitters::scenes(&root::sitters(), &root::models())?;
    let bytes = std::fs::read(scenes.join("biden-right/0.jpg"))?;
    let camera = photo::decode::picture(&bytes, photo::decode::Limits::default())?.picture;
    let specification = photo::specification::builtin()?
        .into_iter()
        .next()
        .context("no specification")?;
    let mut sight = compose::open_sight(&root::models())?;
    let mut whole = |picture: &Picture| -> Result<(f64, f64, photo::StandardPhoto)> {
        let before = cpu_seconds(&[std::process::id()]);
        let analysis = sight.analyser.still(picture)?;
        let start = Instant::now();
        let (matting, analyser) = (sight.matting.as_mut(), sight.analyser.as_mut());
        let ground = Ground::AsSpecified;
        let photo = photo::standardise(picture, &analysis, &specification, ground, matting, analyser)?;
        let wall = start.elapsed().as_secs_f64() * 1_000.0;
        Ok((wall, cpu_seconds(&[std::process::id()]) - before, photo))
    };
    let pictures = [square(&camera)?, camera];
    let made = whole(&pictures[1])?.2;
    let (mut walls, mut cpu) = (vec![], 0.0);
    for picture in &pictures {
        for _ in 0..RUNS {
            let (wall, used, _) = whole(picture)?;
            walls.push(wall);
            cpu += used / (RUNS * pictures.len()) as f64;
        }
    }
    let bare = bare_matting(&pictures[0])?;
    let beside = format!(
        "{:.0} ms with the analysis, on 0.5 and 0.9 megapixels, against {:.0} ms",
        cpu * 1_000.0,
        bare * 1_000.0
    );
    Ok(vec![
        targets.figure(
            "standardise_ms",
            median(&walls),
            format!("median of {}, {} bytes", walls.len(), made.bytes.len()),
        )?,
        targets.figure("warm_cpu_ratio", cpu / bare, beside)?,
    ])
}

/// Processor time of one bare run of the network at 512 x 512, in this process.
fn bare_matting(picture: &Picture) -> Result<f64> {
    let mut network = ModnetMatting::new(&Models::open(&root::models())?)?.at(512);
    network.matte(picture)?;
    let before = cpu_seconds(&[std::process::id()]);
    for _ in 0..RUNS {
        network.matte(picture)?;
    }
    Ok((cpu_seconds(&[std::process::id()]) - before) / RUNS as f64)
}

/// The middle of a landscape picture, as high as wide.
fn square(picture: &Picture) -> Result<Picture> {
    let (width, side) = (picture.width() as usize, picture.height() as usize);
    let left = (width - side) / 2;
    let rows = picture.pixels().chunks_exact(width * 3);
    let pixels = rows.flat_map(|row| row[left * 3..(left + side) * 3].to_vec());
    Picture::new(side as u32, side as u32, pixels.collect()).context("no square")
}
