//! A sitter's scene whose every picture carries its number, for a replay camera that is watched on the screen.

use crate::mark;
use anyhow::{Context, Result};
use domain::picture::Picture;
use image::imageops::{FilterType, resize};
use std::fs;
use std::path::Path;

/// Quality of the JPEGs: as large as those of a camera.
const QUALITY: u8 = 92;

/// A size of the numbered pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// 1280 x 720, as the scenes are.
    P720,
    /// 1920 x 1080, enlarged from them.
    P1080,
}

impl Size {
    /// Width in pixels.
    pub const fn width(self) -> u32 {
        match self {
            Self::P720 => 1280,
            Self::P1080 => 1920,
        }
    }

    const fn height(self) -> u32 {
        self.width() * 9 / 16
    }
}

/// Adds to a replay camera's folder a scene made of another one of it, with the numbers of [`mark`] from 0
/// on; picture `n` of the replay carries `n` modulo [`mark::COUNT`]. Gives the mean size of its JPEGs in kB.
///
/// # Errors
/// When the other scene is not there, or the new one cannot be written.
pub fn add(camera: &Path, of: &str, scene: &str, size: Size) -> Result<f64> {
    let folder = camera.join(of);
    let mut files: Vec<_> = fs::read_dir(&folder)
        .with_context(|| format!("{} is no scene", folder.display()))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    files.sort();
    let pictures: Vec<Picture> = files
        .iter()
        .map(|file| enlarged(&fs::read(file)?, size))
        .collect::<Result<_>>()?;
    let target = camera.join(scene);
    fs::create_dir_all(&target)?;
    let mut bytes = 0;
    for (number, plain) in (0..mark::COUNT).zip(pictures.iter().cycle()) {
        let mut picture = plain.clone();
        mark::draw(&mut picture, number);
        let jpeg = photo::encode::jpeg(&picture, QUALITY, 72)?;
        bytes += jpeg.len();
        fs::write(target.join(format!("{number:02}.jpg")), jpeg)?;
    }
    Ok(bytes as f64 / f64::from(mark::COUNT) / 1_000.0)
}

fn enlarged(jpeg: &[u8], size: Size) -> Result<Picture> {
    let picture = photo::decode::picture(jpeg, photo::decode::Limits::default())?.picture;
    if picture.width() == size.width() {
        return Ok(picture);
    }
    let (width, height) = (picture.width(), picture.height());
    let image = image::RgbImage::from_raw(width, height, picture.pixels().to_vec()).context("no picture")?;
    let large = resize(&image, size.width(), size.height(), FilterType::CatmullRom);
    Picture::new(size.width(), size.height(), large.into_raw()).context("no picture")
}
