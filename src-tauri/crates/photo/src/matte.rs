//! From a matting network's alpha to a person on a flat background.
//!
//! The recipe: fuse the network with the person mask, keep the person's piece, sharpen the edge on the line
//! between hair and wall colour, estimate the person's own colours at the edge, and mix in the file's gamma
//! space, where the camera's sampling mixed the old edge. All radii scale with the head.

mod colour;
mod edge;
mod filter;
mod fuse;
mod gap;
mod neighbourhood;
mod wall;
mod wall_line;

#[cfg(test)]
mod tests;

use domain::picture::{Mask, Picture};

pub use edge::EdgeQuality;
pub(crate) use filter::{Piece, distance, pieces};
pub(crate) use wall::Wall;

/// The person cut out of a crop.
pub(crate) struct Cutout {
    /// Alpha of the person, one value a pixel of the crop.
    pub(crate) alpha: Vec<f32>,
    /// The person's colours, 0..=1; wall removed at the edge.
    pub(crate) foreground: Vec<[f32; 3]>,
}

/// Cuts the person out of `crop`. `network` is the matting network's alpha and `person` the person mask, both
/// of the crop's size; `unit` is the distance from eyes to chin divided by 120 px. `None` when no person is
/// left.
pub(crate) fn cut_out(crop: &Picture, network: &Mask, person: &Mask, unit: f32) -> Option<Cutout> {
    let (width, height) = (crop.width() as usize, crop.height() as usize);
    let mut fused = fuse::fuse(network, person, unit)?;
    let image: Vec<[f32; 3]> = crop
        .pixels()
        .chunks_exact(3)
        .map(|p| [p[0], p[1], p[2]].map(|v| f32::from(v) / 255.0))
        .collect();
    gap::open(&image, &mut fused, width, height, unit);
    let mut alpha = fused.alpha;
    wall_line::refine(&image, &mut alpha, width, height, unit);
    for value in &mut alpha {
        *value = ((*value - 0.03) / 0.94).clamp(0.0, 1.0);
    }
    let foreground = colour::foreground(&image, &alpha, width, height);
    Some(Cutout { alpha, foreground })
}

/// Puts a cut-out person on a flat colour.
pub(crate) fn compose(cutout: &Cutout, width: u32, height: u32, background: [u8; 3]) -> Option<Picture> {
    let mut pixels = Vec::with_capacity(cutout.alpha.len() * 3);
    for (alpha, colour) in cutout.alpha.iter().zip(&cutout.foreground) {
        for (own, flat) in colour.iter().zip(background) {
            pixels.push((own * 255.0 * alpha + f32::from(flat) * (1.0 - alpha) + 0.5) as u8);
        }
    }
    Picture::new(width, height, pixels)
}

/// Measures the edge of `photo`, which was made from `cutout` before `background`; `wall` is the old wall's
/// colour, when known.
pub(crate) fn edge_quality(
    cutout: &Cutout,
    photo: &Picture,
    background: [u8; 3],
    wall: Option<[u8; 3]>,
) -> Option<EdgeQuality> {
    EdgeQuality::measure(photo, &cutout.alpha, background, wall)
}
