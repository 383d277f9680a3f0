//! Compression damage (ISO/IEC 29794-5 CompressionArtifacts): steps at the borders of 8-pixel blocks, levels of 255.

use crate::check::{Check, Finding};
use crate::code::{Instruction, Reason};
use crate::edge_patch::{LUMA_601, shrunk_grey};
use crate::limits::{Confidence, Limit};
use crate::mesh;
use crate::raster::Plane;
use crate::scene::Scene;
use serde::{Deserialize, Serialize};

pub(crate) const CHECK: Check = Check {
    id: "compression",
    unit: "levels",
    measure,
};

/// Numbers of `compression`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Compression {
    /// Clause, document or evidence behind the numbers.
    pub source: String,
    /// How far the numbers can be trusted.
    pub confidence: Confidence,
    /// Limit on the step at block borders beyond that inside blocks, levels.
    pub limit: Limit,
    /// From this inter-eye distance on blocks are smaller than what a photo shows, and count less, pixels.
    pub full_inter_eye_px: f32,
}

const BLOCK: usize = 8;
/// Half side of the window round the face, pixels.
const REACH: u32 = 600;
/// Larger steps are edges of the picture and count as this much.
const EDGE: f32 = 12.0;

fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    let face = scene.face()?;
    let rule = &scene.limits.compression;
    let bridge = face.landmarks[mesh::BRIDGE].point();
    let window = |middle: f32, length: u32| {
        let from = (middle.max(0.0) as u32).saturating_sub(REACH) / BLOCK as u32 * BLOCK as u32;
        (from.min(length), (from + 2 * REACH).min(length))
    };
    let (x0, x1) = window(bridge.x, scene.picture.width());
    let (y0, y1) = window(bridge.y, scene.picture.height());
    if x1 < x0 + 4 * BLOCK as u32 || y1 < y0 + 4 * BLOCK as u32 {
        return Err(Reason::FewPixels);
    }
    let grey = shrunk_grey(scene.picture, [x0, y0, x1, y1], 1.0, LUMA_601);
    let seen = (rule.full_inter_eye_px / face.inter_eye_distance()).min(1.0);
    let value = blocking(&grey).max(0.0) * seen;
    let verdict = rule.limit.above(value, scene.was(CHECK.id));
    Ok(Finding::most(value, rule.limit.fail, verdict, Instruction::Compression).spread(rule.limit.dead_band))
}

/// The step at the borders of blocks minus the mean step elsewhere, the weaker direction, whatever the grid's phase.
fn blocking(grey: &Plane) -> f32 {
    let (width, height) = (grey.width(), grey.height());
    let mut across = [(0.0_f32, 0_u32); BLOCK];
    let mut down = [(0.0_f32, 0_u32); BLOCK];
    for y in 0..height - 1 {
        for x in 0..width - 1 {
            let here = grey.at(x, y);
            let add = |sums: &mut [(f32, u32); BLOCK], phase: usize, next: f32| {
                sums[phase].0 += (next - here).abs().min(EDGE);
                sums[phase].1 += 1;
            };
            add(&mut across, x % BLOCK, grey.at(x + 1, y));
            add(&mut down, y % BLOCK, grey.at(x, y + 1));
        }
    }
    let excess = |sums: [(f32, u32); BLOCK]| {
        let means = sums.map(|(sum, n)| sum / n.max(1) as f32);
        let most = means.iter().copied().fold(0.0, f32::max);
        most - (means.iter().sum::<f32>() - most) / (BLOCK - 1) as f32
    };
    excess(across).min(excess(down))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A shaded picture whose blocks each have a level of their own, with their grid at a phase.
    fn blocks(step: f32, phase: usize) -> Plane {
        Plane::from_fn(120, 104, |x, y| {
            let (bx, by) = ((x + phase) / BLOCK, (y + phase) / BLOCK);
            let level = if (bx + by) % 2 == 0 { step } else { 0.0 };
            100.0 + x as f32 * 0.3 + y as f32 * 0.2 + level
        })
    }

    #[test]
    fn blocks_are_found_at_every_phase_and_plain_shading_has_none() {
        assert!(blocking(&blocks(0.0, 0)).abs() < 0.05);
        for phase in 0..BLOCK {
            let read = blocking(&blocks(4.0, phase));
            assert!((3.0..5.0).contains(&read), "phase {phase} reads {read}");
        }
        let stripes = Plane::from_fn(120, 104, |x, _| if x % 8 < 4 { 90.0 } else { 140.0 });
        assert!(
            blocking(&stripes) < 0.5,
            "a striped cloth has borders in one direction only"
        );
    }
}
