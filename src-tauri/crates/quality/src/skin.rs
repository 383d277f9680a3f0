//! The person's own skin and hair as colours.
//!
//! Colour is taken as u = ln R/G, v = ln G/B and y = ln luminance of linear light: shade moves only y, so skin is told
//! from hair the same way on every skin tone and under every brightness.

use crate::face_patch::INTER_EYE;
use crate::head_patch::{EYES, HEIGHT, HeadPatch, WIDTH};
use crate::mesh;
use crate::region::Region;
use crate::statistics::median;

/// Light that is added before logarithms, so that black has one.
const FLOOR: f32 = 0.004;
/// The bridge and back of the nose, which nothing but skin covers.
const NOSE: [usize; 7] = [6, 197, 195, 5, 4, 51, 281];
/// Fewest pixels from which a colour is read.
const LEAST_PIXELS: usize = 60;
/// Fewest area of hair from which its colour is read, square inter-eye distances.
const LEAST_HAIR: f32 = 0.12;
/// Squared distance from skin beyond which a pixel above the face counts as hair.
const NOT_SKIN: f32 = 9.0;
/// Skin in shadow or in light may differ by this many of its own spreads where it meets hair.
const WIDER: f32 = 1.3;
const SHADE: (f32, f32) = (1.5, 2.0);
/// Likeness beyond which a pixel is skin wherever it lies: about 2.5 spreads.
const ALIKE: f32 = 6.3;
/// Shine: brighter than the cheeks by this much (ln), on the way from the skin's colour to neutral.
const SHINE: (f32, f32) = (0.15, 2.6);
const SHINE_MARGIN: f32 = 0.08;

/// A colour with its spread in u, v and y.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Tone {
    centre: [f32; 3],
    spread: [f32; 3],
}

impl Tone {
    /// Median and scaled median deviation, the spreads kept within bounds.
    fn of(pixels: &[[f32; 3]], factor: f32, bounds: [(f32, f32); 3]) -> Option<Self> {
        let mut tone = Self {
            centre: [0.0; 3],
            spread: [0.0; 3],
        };
        for axis in 0..3 {
            let mut values: Vec<f32> = pixels.iter().map(|p| p[axis]).collect();
            let centre = median(&mut values)?;
            values.iter_mut().for_each(|v| *v = (*v - centre).abs());
            let deviation = 1.4826 * median(&mut values)?;
            tone.centre[axis] = centre;
            tone.spread[axis] = (factor * deviation).clamp(bounds[axis].0, bounds[axis].1);
        }
        Some(tone)
    }

    /// Squared distance of a colour in spreads, each axis with a factor; brighter and darker have their own.
    fn distance(&self, colour: [f32; 3], chroma: f32, darker: f32, brighter: f32) -> f32 {
        let [u, v, y] = [0, 1, 2].map(|axis| (colour[axis] - self.centre[axis]) / self.spread[axis]);
        (u / chroma).powi(2) + (v / chroma).powi(2) + (y / if y < 0.0 { darker } else { brighter }).powi(2)
    }
}

/// Skin and hair of the person in a head patch.
pub(crate) struct Skin {
    tones: Vec<[f32; 3]>,
    skin: Tone,
    hair: Option<Tone>,
    face: Region,
}

impl Skin {
    /// Reads both; `None` when cheeks and nose are not in the picture.
    pub(crate) fn read(patch: &HeadPatch) -> Option<Self> {
        let tones: Vec<[f32; 3]> = patch
            .picture
            .pixels()
            .chunks_exact(3)
            .map(|rgb| tone([rgb[0], rgb[1], rgb[2]]))
            .collect();
        let at = |(x, y): (i32, i32)| tones[y as usize * WIDTH + x as usize];
        let reference = patch
            .region(mesh::RIGHT_CHEEK)
            .joined(&patch.region(mesh::LEFT_CHEEK))
            .joined(&patch.region(NOSE));
        let pixels: Vec<[f32; 3]> = reference.pixels().map(at).collect();
        if pixels.len() < LEAST_PIXELS {
            return None;
        }
        let skin = Tone::of(&pixels, 1.5, [(0.12, 0.30), (0.15, 0.36), (0.5, 0.8)])?;
        let top = patch.landmarks[10].y.min(EYES.y - 0.9 * INTER_EYE);
        let above = Region::of(WIDTH, HEIGHT, |x, y| {
            let near = (x as f32 - EYES.x).abs() < 0.9 * INTER_EYE && (y as f32) < top;
            near && patch.person(x as i32, y as i32) > 0.7
        });
        let hair: Vec<[f32; 3]> = patch
            .clip(above)
            .pixels()
            .map(at)
            .filter(|colour| skin.distance(*colour, 1.0, 1.0, 1.6) > NOT_SKIN)
            .collect();
        let enough = hair.len() as f32 > LEAST_HAIR * INTER_EYE * INTER_EYE;
        Some(Self {
            hair: enough
                .then(|| Tone::of(&hair, 1.3, [(0.12, 0.4), (0.15, 0.5), (0.45, 1.2)]))
                .flatten(),
            face: patch.region(mesh::OUTLINE),
            skin,
            tones,
        })
    }

    /// True when the pixel has the person's skin colour, shade allowed.
    pub(crate) fn is_skin(&self, x: i32, y: i32) -> bool {
        self.tone(x, y)
            .is_some_and(|colour| self.skin.distance(colour, 1.0, 1.0, 1.6) < ALIKE)
    }

    /// Skin rather than hair: used where skin meets hair, so deeper shade is allowed, and shine on the face itself
    /// (dark skin shows it most).
    pub(crate) fn is_skin_not_hair(&self, x: i32, y: i32) -> bool {
        let Some(colour) = self.tone(x, y) else {
            return false;
        };
        let skin = self.skin.distance(colour, WIDER, SHADE.0, SHADE.1);
        let nearer = self
            .hair
            .is_none_or(|hair| skin < hair.distance(colour, 1.0, 1.0, 1.0));
        (skin < NOT_SKIN && nearer) || (self.face.contains(x, y) && self.shines(colour))
    }

    fn shines(&self, colour: [f32; 3]) -> bool {
        let centre = self.skin.centre;
        let brighter = colour[2] - centre[2];
        let way = |axis: usize| {
            colour[axis] > centre[axis].min(0.0) - SHINE_MARGIN
                && colour[axis] < centre[axis].max(0.0) + SHINE_MARGIN
        };
        brighter > SHINE.0 && brighter < SHINE.1 && way(0) && way(1)
    }

    /// How far hair and skin lie apart, in spreads; `None` without hair.
    pub(crate) fn gap(&self) -> Option<f32> {
        self.hair.map(|hair| {
            let apart = |axis: usize| {
                let spread = hair.spread[axis].max(self.skin.spread[axis]);
                ((hair.centre[axis] - self.skin.centre[axis]) / spread).powi(2)
            };
            (0..3).map(apart).sum::<f32>().sqrt()
        })
    }

    fn tone(&self, x: i32, y: i32) -> Option<[f32; 3]> {
        let within = x >= 0 && y >= 0 && x < WIDTH as i32 && y < HEIGHT as i32;
        within.then(|| self.tones[y as usize * WIDTH + x as usize])
    }
}

fn tone(rgb: [u8; 3]) -> [f32; 3] {
    let [r, g, b] = crate::colour::linear(rgb);
    let luminance = 0.2126 * r + 0.7152 * g + 0.0722 * b;
    let (r, g, b) = (log(r), log(g), log(b));
    [r - g, g - b, log(luminance)]
}

/// Logarithm of light above the floor.
fn log(light: f32) -> f32 {
    (light + FLOOR).ln()
}
