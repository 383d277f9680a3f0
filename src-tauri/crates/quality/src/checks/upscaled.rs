//! Not enlarged: blur of the finest edges in the picture's own pixels. A camera's edges are 1 to 2 pixels wide; much
//! wider ones on a large face mean that fewer pixels were there than the picture has.

use crate::check::{Check, Finding};
use crate::code::{Instruction, Reason};
use crate::edge_patch::{LUMA_601, edge_widths};
use crate::face_source::FaceSource;
use crate::limits::{Confidence, Limit};
use crate::mesh;
use crate::region::{Brush, Region};
use crate::scene::Scene;
use domain::quality::Verdict;
use serde::{Deserialize, Serialize};

pub(crate) const CHECK: Check = Check {
    id: "upscaled",
    unit: "px",
    measure,
};

/// Numbers of `upscaled`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Upscaled {
    /// Clause, document or evidence behind the numbers.
    pub source: String,
    /// How far the numbers can be trusted.
    pub confidence: Confidence,
    /// Limit on the blur of the strongest edges, source pixels.
    pub limit: Limit,
    /// Below this inter-eye distance nothing is said, pixels: a small face cannot have been enlarged much.
    pub least_inter_eye_px: f32,
    /// The blur is read at no more than this inter-eye distance, pixels.
    pub most_inter_eye_px: f32,
}

fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    let rule = &scene.limits.upscaled;
    let face = scene.face()?;
    let source = FaceSource::cut(scene.picture, face, rule.most_inter_eye_px, LUMA_601);
    let source = source.ok_or(Reason::FaceCut)?;
    let n = (0.18 * source.inter_eye).max(1.0) as i32;
    let eyes = eye(&source, mesh::RIGHT_EYE, n).joined(&eye(&source, mesh::LEFT_EYE, n));
    let pixels: Vec<(usize, usize)> = source
        .clip(eyes)
        .pixels()
        .map(|(x, y)| (x as usize, y as usize))
        .collect();
    let (across, down) = edge_widths(&source.grey, &pixels).ok_or(Reason::FewPixels)?;
    let blur = across.min(down);
    let large = face.inter_eye_distance() >= rule.least_inter_eye_px;
    let wide = rule.limit.above(blur, scene.was(CHECK.id)) != Verdict::Pass;
    let verdict = if large && wide {
        Verdict::Warn
    } else {
        Verdict::Pass
    };
    Ok(Finding::most(blur, rule.limit.warn, verdict, Instruction::Blur).spread(rule.limit.dead_band))
}

fn eye(source: &FaceSource, ring: [usize; 16], reach: i32) -> Region {
    source.region(ring).grown(Brush::Square(reach))
}
