//! Sitters for the replay camera: portraits in the public domain, fetched at set-up, cut out and put
//! before a plain wall, as a 720p camera would see them at several places.

use crate::chance::Chance;
use anyhow::{Context, Result};
use compose::open_sight;
use domain::face::{Face, FaceAnalysis};
use domain::picture::{Mask, Picture};
use station::Sight;
use std::fs;
use std::path::{Path, PathBuf};

/// Size of the camera's picture.
const WIDTH: u32 = 1280;
/// Height of the camera's picture.
const HEIGHT: u32 = 720;
/// Pictures of one scene; they differ by their noise, as a camera's do.
const FRAMES: u64 = 6;
/// Changes when the scenes are made in another way.
const EDITION: &str = "scenes 7";

/// A sitter's portrait with the place of the person in it.
struct Portrait {
    picture: Picture,
    alpha: Mask,
    face: Face,
}

/// Where a sitter sits in the camera's picture.
struct Place {
    name: &'static str,
    /// Width of the face in picture pixels.
    face_width: f32,
    /// Eye line from the top in picture pixels.
    eyes: f32,
    /// Face axis from the middle in picture pixels.
    off: f32,
}

const PLACES: [Place; 4] = [
    Place {
        name: "right",
        face_width: 262.0,
        eyes: 304.0,
        off: 0.0,
    },
    Place {
        name: "left",
        face_width: 262.0,
        eyes: 304.0,
        off: -190.0,
    },
    Place {
        name: "small",
        face_width: 150.0,
        eyes: 400.0,
        off: 0.0,
    },
    Place {
        name: "high",
        face_width: 262.0,
        eyes: 190.0,
        off: 0.0,
    },
];

/// The people whose portraits were fetched.
const SITTERS: [&str; 2] = ["biden", "obama"];

/// One sitting, as a person at the desk can follow it: the place of a scene, none for the empty one, and
/// the seconds it stays. The last is long enough for the automatic shutter, and for three pictures by hand.
const SITTING: [(Option<&str>, u32); 4] = [
    (None, 4),
    (Some("left"), 5),
    (Some("small"), 5),
    (Some("right"), 20),
];

/// Makes the scenes of every sitter once; gives the folder the replay camera plays.
///
/// Scenes are named `biden-right`, `obama-small` and so on, `wall` is the empty place.
///
/// # Errors
/// When the portraits or networks are missing: `cargo xtask models` brings both.
pub fn scenes(pictures: &Path, models: &Path) -> Result<PathBuf> {
    let folder = pictures.join("scenes");
    let stamp = folder.join("edition.txt");
    if fs::read_to_string(&stamp).is_ok_and(|edition| edition == EDITION) {
        return Ok(folder);
    }
    let mut sight = open_sight(models)?;
    let fresh = pictures.join("scenes.new");
    if fresh.exists() {
        fs::remove_dir_all(&fresh)?;
    }
    write_scene(&fresh.join("wall"), wall)?;
    for sitter in SITTERS {
        let portrait = portrait(&pictures.join(format!("{sitter}.jpg")), &mut sight)?;
        let lean = lean(&portrait, &mut sight)?;
        for place in &PLACES {
            let scene = fresh.join(format!("{sitter}-{}", place.name));
            write_scene(&scene, |seed| seat(&portrait, place, lean, seed))?;
        }
    }
    fs::write(fresh.join("edition.txt"), EDITION)?;
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::rename(&fresh, &folder)?;
    Ok(folder)
}

/// The order that lets a replay camera show one sitter after the other, each finding the right place.
pub fn tour() -> String {
    let stops = SITTERS.iter().flat_map(|sitter| {
        SITTING.map(|(place, seconds)| {
            let scene = place.map_or_else(|| "wall".to_owned(), |place| format!("{sitter}-{place}"));
            format!("{scene}:{seconds}")
        })
    });
    format!("tour {}", stops.collect::<Vec<_>>().join(", "))
}

/// Tells a replay camera what to do: `play SCENE`, `tour …`, `stall`, `vanish`, `return`, ….
pub fn tell(folder: &Path, order: &str) -> Result<()> {
    Ok(fs::write(folder.join("replay.ctl"), order)?)
}

/// A copy of the scenes with orders of its own, so that two stations never hear each other's. The
/// pictures are linked, not copied.
pub fn stage(scenes: &Path, folder: &Path) -> Result<()> {
    for scene in fs::read_dir(scenes)? {
        let scene = scene?.path();
        if !scene.is_dir() {
            continue;
        }
        let target = folder.join(scene.file_name().unwrap_or_default());
        fs::create_dir_all(&target)?;
        for frame in fs::read_dir(&scene)? {
            let frame = frame?.path();
            let link = target.join(frame.file_name().unwrap_or_default());
            if fs::hard_link(&frame, &link).is_err() {
                fs::copy(&frame, &link)?;
            }
        }
    }
    tell(folder, "play wall")
}

fn portrait(file: &Path, sight: &mut Sight) -> Result<Portrait> {
    let bytes =
        fs::read(file).with_context(|| format!("{} is missing: run `cargo xtask models`", file.display()))?;
    let decoded = photo::decode::picture(&bytes, photo::decode::Limits::default())?.picture;
    // Head and chest are enough; the network sees them larger than the whole figure.
    let found: FaceAnalysis = sight.analyser.still(&decoded)?;
    let face = found
        .face
        .with_context(|| format!("no face in {}", file.display()))?;
    let bottom = (face.eyes().y + 4.2 * face.width()).min(decoded.height() as f32) as u32;
    let rows = decoded.pixels()[..(bottom * decoded.width() * 3) as usize].to_vec();
    let picture = Picture::new(decoded.width(), bottom, rows).context("an empty portrait")?;
    let alpha = sight.matting.matte(&picture)?;
    Ok(Portrait { picture, alpha, face })
}

fn write_scene(folder: &Path, draw: impl Fn(u64) -> Picture) -> Result<()> {
    fs::create_dir_all(folder)?;
    for seed in 0..FRAMES {
        let jpeg = photo::encode::jpeg(&draw(seed), 92, 72)?;
        fs::write(folder.join(format!("{seed}.jpg")), jpeg)?;
    }
    Ok(())
}

/// A light wall, a little darker towards the bottom, with a camera's noise.
fn wall(seed: u64) -> Picture {
    let mut picture = Picture::filled(WIDTH, HEIGHT, [0; 3]);
    let mut chance = Chance::from_seed(seed + 1);
    for (row, line) in picture
        .pixels_mut()
        .chunks_exact_mut(WIDTH as usize * 3)
        .enumerate()
    {
        let level = 236.0 - 5.0 * row as f32 / HEIGHT as f32;
        for pixel in line.chunks_exact_mut(3) {
            let n = noise(&mut chance);
            for (channel, tint) in pixel.iter_mut().zip([0.0, 0.5, -1.0]) {
                *channel = (level + tint + n).round().clamp(0.0, 255.0) as u8;
            }
        }
    }
    picture
}

/// How far the middle between the cheeks lies from the picture's middle, in face widths, when the eyes lie
/// there: the photo is centred on the cheeks.
fn lean(portrait: &Portrait, sight: &mut Sight) -> Result<f32> {
    let place = &PLACES[0];
    let found = sight.analyser.still(&seat(portrait, place, 0.0, 0))?;
    let face = found.face.context("no face in the scene")?;
    let axis = face.landmarks[234].point().middle(face.landmarks[454].point()).x;
    Ok((axis - WIDTH as f32 / 2.0 - place.off) / place.face_width)
}

fn seat(portrait: &Portrait, place: &Place, lean: f32, seed: u64) -> Picture {
    let mut picture = wall(seed);
    let scale = place.face_width / portrait.face.width();
    let middle = WIDTH as f32 / 2.0 - lean * place.face_width;
    let centre = (middle + place.off, place.eyes);
    let pose = Upright::of(&portrait.face);
    let step = (1.0 / scale).max(1.0);
    let (right, bottom) = (
        portrait.picture.width() as f32 - 1.0,
        portrait.picture.height() as f32 - 1.0,
    );
    for y in 0..HEIGHT {
        for x in 0..WIDTH {
            let (column, row) = pose.source(
                (x as f32 + 0.5 - centre.0) / scale,
                (y as f32 + 0.5 - centre.1) / scale,
            );
            if column < 0.0 || row < 0.0 || column > right {
                continue;
            }
            // Below the portrait its last row goes on: the chest fills the frame down to the edge.
            let row = row.min(bottom);
            // The network's soft border carries the old background; a steeper one keeps it out.
            let alpha = ((portrait.alpha.sample(column, row) - 0.4) / 0.5).clamp(0.0, 1.0);
            if alpha <= 0.0 {
                continue;
            }
            let colour = average(&portrait.picture, column, row, step);
            let at = ((y * WIDTH + x) * 3) as usize;
            for (channel, value) in picture.pixels_mut()[at..at + 3].iter_mut().zip(colour) {
                *channel = (value * alpha + f32::from(*channel) * (1.0 - alpha)).round() as u8;
            }
        }
    }
    picture
}

/// A sitter who sits up and faces the lens, as the guidance would have brought about: official portraits
/// lean and turn by more than the photo rules allow. The picture is turned back by the head's roll, and
/// the head, taken as an upright cylinder, by its yaw; the body stays as it is.
struct Upright {
    eyes: domain::geometry::Point,
    roll: f32,
    yaw: f32,
    /// Axis of the head beside the eyes, and its radius, in portrait pixels.
    axis: f32,
    radius: f32,
}

impl Upright {
    fn of(face: &Face) -> Self {
        let roll = face.pose.roll.to_radians();
        let eyes = face.eyes();
        let outline = face.landmarks[234].point().middle(face.landmarks[454].point());
        let axis = (outline.x - eyes.x) * roll.cos() + (outline.y - eyes.y) * roll.sin();
        Self {
            eyes,
            roll,
            yaw: face.pose.yaw.to_radians(),
            axis,
            radius: 0.62 * face.width(),
        }
    }

    /// Where a position beside and below the eyes of the upright sitter lies in the portrait.
    fn source(&self, across: f32, down: f32) -> (f32, f32) {
        let u = (across - self.axis) / self.radius;
        let turned = (u.clamp(-1.0, 1.0).asin() + self.yaw).sin() - u.clamp(-1.0, 1.0);
        // The turn ends at the sides of the head and at the neck.
        let fade = |value: f32, from: f32, to: f32| ((to - value) / (to - from)).clamp(0.0, 1.0);
        let weight = fade(u.abs(), 0.85, 1.25) * fade(down / self.radius, 1.7, 2.6);
        let across = across + turned * weight * self.radius;
        let (sin, cos) = self.roll.sin_cos();
        (
            self.eyes.x + across * cos - down * sin - 0.5,
            self.eyes.y + across * sin + down * cos - 0.5,
        )
    }
}

/// Mean colour of a square of side `step` round a position: scaling down without false edges.
fn average(picture: &Picture, x: f32, y: f32, step: f32) -> [f32; 3] {
    let reach = ((step - 1.0) / 2.0).ceil() as i64;
    let (cx, cy) = (x.round() as i64, y.round() as i64);
    let mut sum = [0.0; 3];
    let mut count = 0.0;
    for dy in -reach..=reach {
        for dx in -reach..=reach {
            let pixel = picture.at(cx + dx, cy + dy);
            sum.iter_mut().zip(pixel).for_each(|(s, p)| *s += f32::from(p));
            count += 1.0;
        }
    }
    sum.map(|s| s / count)
}

/// Repeatable noise of about one level: two draws make a triangle, near enough to a camera's.
fn noise(chance: &mut Chance) -> f32 {
    let mut draw = || chance.bits() as f32 / (1u32 << 24) as f32;
    (draw() + draw() - 1.0) * 2.5
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tour_names_only_scenes_that_are_made() {
        let order = tour();
        let stops: Vec<_> = order
            .strip_prefix("tour ")
            .unwrap_or_default()
            .split(", ")
            .collect();
        assert_eq!(stops.len(), SITTERS.len() * SITTING.len(), "{order}");
        for stop in stops {
            let scene = stop.split(':').next().unwrap_or_default();
            let made = SITTERS.iter().any(|sitter| {
                let place = scene.strip_prefix(sitter).and_then(|rest| rest.strip_prefix('-'));
                place.is_some_and(|name| PLACES.iter().any(|place| place.name == name))
            });
            assert!(made || scene == "wall", "{stop}");
        }
    }
}
