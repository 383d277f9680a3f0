//! No noise: median of the finest diagonal wavelet on plain skin (Donoho and Johnstone, 1994), levels of 255.

use crate::check::{Check, Finding};
use crate::code::{Instruction, Reason};
use crate::edge_patch::LUMA_709;
use crate::face_source::FaceSource;
use crate::limits::{Confidence, Limit};
use crate::mesh;
use crate::raster::Plane;
use crate::region::Region;
use crate::scene::Scene;
use crate::statistics::median;
use serde::{Deserialize, Serialize};

pub(crate) const CHECK: Check = Check {
    id: "noise",
    unit: "levels",
    measure,
};

/// Numbers of `noise`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Noise {
    /// Clause, document or evidence behind the numbers.
    pub source: String,
    /// How far the numbers can be trusted.
    pub confidence: Confidence,
    /// Limit on the standard deviation of the noise, levels.
    pub limit: Limit,
    /// Larger faces are shrunk to this inter-eye distance, pixels: finer noise is not seen in a photo.
    pub most_inter_eye_px: f32,
}

/// Plain skin of the forehead.
const FOREHEAD: [usize; 14] = [109, 67, 103, 104, 69, 108, 151, 337, 299, 333, 332, 297, 338, 10];
/// Fewest pixels of plain skin.
const LEAST_PIXELS: usize = 60;
/// Median of |x| to standard deviation of a normal distribution.
const DEVIATIONS: f32 = 1.4826;

fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    let rule = &scene.limits.noise;
    let source = FaceSource::cut(scene.picture, scene.face()?, rule.most_inter_eye_px, LUMA_709);
    let source = source.ok_or(Reason::FaceCut)?;
    let skin = source
        .region(mesh::RIGHT_CHEEK)
        .joined(&source.region(mesh::LEFT_CHEEK))
        .joined(&source.region(FOREHEAD));
    let value = deviation(&source.grey, &skin).ok_or(Reason::FewPixels)?;
    let verdict = rule.limit.above(value, scene.was(CHECK.id));
    Ok(Finding::most(value, rule.limit.fail, verdict, Instruction::Noise).spread(rule.limit.dead_band))
}

/// Standard deviation of the noise on a region; what is smooth in either direction does not count.
fn deviation(grey: &Plane, region: &Region) -> Option<f32> {
    let mut details: Vec<f32> = region
        .pixels()
        .map(|(x, y)| (x as usize, y as usize))
        .map(|(x, y)| {
            (grey.at(x, y) - grey.at(x, y + 1) - grey.at(x + 1, y) + grey.at(x + 1, y + 1)).abs() / 2.0
        })
        .collect();
    if details.len() < LEAST_PIXELS {
        return None;
    }
    median(&mut details).map(|middle| DEVIATIONS * middle)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Noise of a known deviation: the sum of twelve uniform draws, from a linear congruence.
    fn noisy(deviation: f32) -> Plane {
        let mut state = 12_345_u32;
        let mut uniform = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / (1_u32 << 24) as f32
        };
        Plane::from_fn(80, 80, |x, y| {
            let normal = (0..12).map(|_| uniform()).sum::<f32>() - 6.0;
            120.0 + x as f32 * 0.8 + (y as f32 / 9.0).sin() * 6.0 + deviation * normal
        })
    }

    #[test]
    fn noise_of_a_known_strength_is_read_on_shaded_skin() {
        let all = Region::of(79, 79, |_, _| true);
        for known in [0.0, 2.0, 6.0, 12.0] {
            let read = super::deviation(&noisy(known), &all).unwrap();
            assert!((read - known).abs() < 0.15 * known + 0.1, "{known} reads {read}");
        }
    }
}
