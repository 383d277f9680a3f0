//! Any picture ends in a photo or in a named refusal: made ones, and those of a folder never seen.

use crate::booth::scenes;
use acceptance::root;
use anyhow::{Context, Result, ensure};
use compose::picture::standardise;
use domain::picture::Picture;
use domain::specification::PhotoSpecification;
use station::Sight;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

/// What became of a picture: its codes, none for a photo.
type Outcome = Vec<String>;

/// `STATION_PICTURES=DIR` takes the pictures of that folder instead of the made ones.
#[test]
fn every_picture_ends_in_a_photo_or_a_named_refusal() -> Result<()> {
    let mut bench = Bench::open()?;
    match std::env::var_os("STATION_PICTURES") {
        Some(folder) => bench.folder(PathBuf::from(folder)),
        None => bench.made(),
    }
}

struct Bench {
    sight: Sight,
    specification: PhotoSpecification,
    rules: quality::Rules,
}

impl Bench {
    fn open() -> Result<Self> {
        let specification = photo::specification::builtin()?
            .into_iter()
            .next()
            .context("no specification")?;
        let sight = compose::open_sight(&root::models())?;
        Ok(Self {
            sight,
            specification,
            rules: quality::Rules::strict()?,
        })
    }

    /// Puts one file through and looks at what came out with a decoder and a measurement of its own.
    fn judge(&mut self, name: &str, bytes: &[u8]) -> Result<Outcome> {
        let finished = match standardise(bytes, &self.specification, &self.rules, &mut self.sight) {
            Ok(finished) => finished,
            Err(refused) => {
                let codes = refused.codes();
                ensure!(
                    !codes.is_empty() && codes.iter().all(|code| !code.is_empty()),
                    "{name}: {refused}"
                );
                return Ok(codes);
            }
        };
        let again = photo::inspect(
            &finished.photo.bytes,
            &self.specification,
            self.sight.analyser.as_mut(),
        )?;
        ensure!(again.accepted(), "{name}: {:?}", again.departures);
        let decoded = image::load_from_memory(&finished.photo.bytes)?;
        ensure!((decoded.width(), decoded.height()) == (480, 640), "{name}");
        Ok(vec![])
    }

    fn folder(&mut self, folder: PathBuf) -> Result<()> {
        let mut counts: BTreeMap<String, u32> = BTreeMap::new();
        let mut pictures = 0;
        for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let path = entry?.path();
            if !path.is_file() {
                continue;
            }
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let outcome = self.judge(&name, &fs::read(&path)?)?;
            let word = outcome.first().cloned().unwrap_or_else(|| "photo".into());
            println!(
                "{name}: {}",
                if outcome.is_empty() {
                    "photo".into()
                } else {
                    outcome.join(", ")
                }
            );
            *counts.entry(word).or_default() += 1;
            pictures += 1;
        }
        println!("{pictures} pictures: {counts:?}");
        ensure!(pictures > 0, "no file in {}", folder.display());
        Ok(())
    }

    fn made(&mut self) -> Result<()> {
        let biden = load("biden.jpg")?;
        let upright = self.judge("upright", &jpeg(&biden)?)?;
        let turned = self.judge("turned", &turned(&biden)?)?;
        assert_eq!(turned, upright, "a camera held upright, told by EXIF");
        let beside = self.judge("two sitters", &jpeg(&side_by_side(&biden, &load("obama.jpg")?))?)?;
        assert_eq!(beside, ["two_faces"]);
        let wall = self.judge("wall", &fs::read(scenes()?.join("wall/0.jpg"))?)?;
        assert_eq!(wall.first().map(String::as_str), Some("no_face"), "{wall:?}");
        let tiny = self.judge("tiny", &jpeg(&small(&biden, 160))?)?;
        assert!(
            tiny.iter().any(|code| code == "too_small" || code == "no_face"),
            "{tiny:?}"
        );
        let seated = self.judge("scene", &fs::read(scenes()?.join("biden-right/0.jpg"))?)?;
        assert_eq!(
            seated,
            Vec::<String>::new(),
            "the sitter of the demo becomes a photo"
        );
        Ok(())
    }
}

fn load(name: &str) -> Result<Picture> {
    let file = root::sitters().join(name);
    let bytes = fs::read(&file)
        .with_context(|| format!("{} is missing: `cargo xtask models` brings it", file.display()))?;
    Ok(photo::decode::picture(&bytes, photo::decode::Limits::default())?.picture)
}

fn jpeg(picture: &Picture) -> Result<Vec<u8>> {
    Ok(photo::encode::jpeg(picture, 92, 72)?)
}

/// The pixels a quarter turn to the left, with the EXIF note (orientation 6) that turns them back.
fn turned(upright: &Picture) -> Result<Vec<u8>> {
    let (width, height) = (upright.width(), upright.height());
    let mut lying = Picture::filled(height, width, [0; 3]);
    for y in 0..height {
        for x in 0..width {
            put(
                &mut lying,
                y,
                width - 1 - x,
                upright.at(i64::from(x), i64::from(y)),
            );
        }
    }
    let plain = jpeg(&lying)?;
    // One directory with one entry: tag 0x0112, a short, one of them, 6.
    let exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let length = u16::try_from(exif.len() + 2)?.to_be_bytes();
    Ok([&plain[..2], &[0xff, 0xe1], &length, exif, &plain[2..]].concat())
}

fn side_by_side(left: &Picture, right: &Picture) -> Picture {
    let height = left.height().min(right.height());
    let mut both = Picture::filled(left.width() + right.width(), height, [230; 3]);
    for y in 0..height {
        for x in 0..both.width() {
            let (from, column) = if x < left.width() {
                (left, x)
            } else {
                (right, x - left.width())
            };
            put(&mut both, x, y, from.at(i64::from(column), i64::from(y)));
        }
    }
    both
}

/// Every so many-th pixel: coarse, as from a bad webcam.
fn small(picture: &Picture, width: u32) -> Picture {
    let step = f64::from(picture.width()) / f64::from(width);
    let mut small = Picture::filled(width, (f64::from(picture.height()) / step) as u32, [0; 3]);
    for y in 0..small.height() {
        for x in 0..width {
            let from = picture.at((f64::from(x) * step) as i64, (f64::from(y) * step) as i64);
            put(&mut small, x, y, from);
        }
    }
    small
}

fn put(picture: &mut Picture, x: u32, y: u32, colour: [u8; 3]) {
    let at = ((y * picture.width() + x) * 3) as usize;
    picture.pixels_mut()[at..at + 3].copy_from_slice(&colour);
}
