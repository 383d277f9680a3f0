//! Finds every face of a picture with both detectors.

use crate::blazeface::BlazeFace;
use crate::detection::joined;
use crate::models::Models;
use crate::shrink::Part;
use domain::face::DetectedFace;
use domain::picture::Picture;
use domain::port::AnalysisFault;
use fast_image_resize::Resizer;

/// A picture longer than this against its shorter side is looked at in three squares instead of one.
const LONG: f32 = 1.15;

/// Both detectors.
pub(crate) struct FaceFinder {
    short: BlazeFace,
    full: BlazeFace,
    resizer: Resizer,
}

impl FaceFinder {
    pub(crate) fn new(models: &Models) -> Result<Self, AnalysisFault> {
        Ok(Self {
            short: BlazeFace::short_range(models)?,
            full: BlazeFace::full_range(models)?,
            resizer: Resizer::new(),
        })
    }

    /// The faces near the camera, or, when there is none, those further away; largest first.
    pub(crate) fn quick(&mut self, picture: &Picture) -> Result<Vec<DetectedFace>, AnalysisFault> {
        let Self { short, full, resizer } = self;
        let whole = Part::whole(picture);
        let mut found = short.detect(resizer, picture, whole, 0)?;
        if found.is_empty() {
            found = full.detect(resizer, picture, whole, 0)?;
        }
        Ok(joined(found))
    }

    /// Every face, small, far and cut ones too (quality-measures §2.1), largest first: short range, full
    /// range on the picture, on square tiles along its long side, and with a margin of 20 % around it.
    pub(crate) fn thorough(&mut self, picture: &Picture) -> Result<Vec<DetectedFace>, AnalysisFault> {
        let Self { short, full, resizer } = self;
        let whole = Part::whole(picture);
        let mut found = short.detect(resizer, picture, whole, 0)?;
        found.extend(full.detect(resizer, picture, whole, 0)?);
        for tile in tiles(picture.width(), picture.height()) {
            found.extend(full.detect(resizer, picture, tile, 0)?);
        }
        // Half faces at the border: the detector wants some space around them.
        let margin = picture.width().max(picture.height()) / 5;
        found.extend(full.detect(resizer, picture, whole, margin)?);
        Ok(joined(found))
    }
}

/// Squares of the shorter side along the longer one: three that overlap, or one of a nearly square picture.
fn tiles(width: u32, height: u32) -> Vec<Part> {
    let (side, long) = (width.min(height), width.max(height));
    let starts = if long as f32 > side as f32 * LONG {
        vec![0, (long - side) / 2, long - side]
    } else {
        vec![0]
    };
    starts
        .into_iter()
        .map(|start| {
            let (x, y) = if width >= height { (start, 0) } else { (0, start) };
            Part {
                x,
                y,
                width: side,
                height: side,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn tiles_lie_in_the_picture_and_reach_its_ends(width in 1u32..5000, height in 1u32..5000) {
            let tiles = tiles(width, height);
            for tile in &tiles {
                prop_assert!(tile.x + tile.width <= width && tile.y + tile.height <= height);
            }
            if tiles.len() == 3 {
                prop_assert_eq!(tiles[2].x + tiles[2].width, width);
                prop_assert_eq!(tiles[2].y + tiles[2].height, height);
            }
        }
    }
}
