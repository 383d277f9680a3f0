//! A light meter for setting a camera up: how the picture's lightness is spread, and how bright a face is.

use crate::colour::luma;
use crate::face_light::FaceLight;
use crate::face_patch::FacePatch;
use crate::rules::Rules;
use domain::face::FaceAnalysis;
use domain::picture::Picture;

/// Classes of the histogram, each four of 256 levels wide.
pub(crate) const CLASSES: usize = 64;
/// Luma at or below which a pixel shows nothing.
const BLACK: f32 = 4.0;

/// What the meter reads of one picture.
#[derive(Debug, Clone, PartialEq)]
pub struct LightReading {
    /// Share of the pixels in each of 64 equal classes of luma, dark first; adds up to 1.
    pub histogram: Vec<f32>,
    /// Share of the pixels that are black, luma 4 of 255 or less.
    pub black: f32,
    /// Share of the pixels that are clipped, above the luma at which the rules count skin as clipped.
    pub clipped: f32,
    /// The main face; `None` when there is none, or more than the meter could choose from.
    pub face: Option<FaceLevel>,
}

/// How bright a face is, by the numbers of the rules `exposure` and `clipping`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FaceLevel {
    /// The lighter of eye white and brightest skin, L*, as the exposure rule takes it.
    pub level: f32,
    /// Below this the face is too dark, L*.
    pub least: f32,
    /// Share of the face that is clipped.
    pub clipped: f32,
    /// Above this share it is too bright.
    pub most_clipped: f32,
}

impl FaceLevel {
    /// How much longer to expose, as a factor: 1 when nothing is to be changed. Errs on the dark side,
    /// because clipped skin is lost and dark skin is not.
    pub fn correction(&self) -> f32 {
        if self.clipped > self.most_clipped {
            0.8
        } else if self.level < self.least {
            // L* to luminance is a cube; half the way at most, so that it settles instead of swinging.
            let lacking = (self.least + 4.0) / self.level.max(10.0);
            lacking.powi(3).min(1.6)
        } else {
            1.0
        }
    }
}

/// Reads a picture. Every second pixel of every second row is counted, which is exact enough for shares.
pub fn meter(picture: &Picture, analysis: &FaceAnalysis, rules: &Rules) -> LightReading {
    let clipping = rules.limits().clipping.luma;
    let mut counts = [0_u32; CLASSES];
    let (mut black, mut clipped) = (0_u32, 0_u32);
    for y in (0..picture.height()).step_by(2) {
        for x in (0..picture.width()).step_by(2) {
            let luma = luma(picture.at(i64::from(x), i64::from(y)));
            counts[(luma as usize * CLASSES / 256).min(CLASSES - 1)] += 1;
            black += u32::from(luma <= BLACK);
            clipped += u32::from(luma > clipping);
        }
    }
    let all = counts.iter().sum::<u32>().max(1) as f32;
    LightReading {
        histogram: counts.iter().map(|count| *count as f32 / all).collect(),
        black: black as f32 / all,
        clipped: clipped as f32 / all,
        face: analysis.face.as_ref().map(|face| {
            let light = FaceLight::read(&FacePatch::cut(picture, face), clipping);
            FaceLevel {
                level: light
                    .eye_white
                    .map_or(light.brightest_skin, |white| white.l.max(light.brightest_skin)),
                least: rules.limits().exposure.limit.fail,
                clipped: light.clipped,
                most_clipped: rules.limits().clipping.limit.fail,
            }
        }),
    }
}
