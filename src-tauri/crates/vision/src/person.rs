//! Person against backdrop, around the main face.

use crate::models::Models;
use crate::region::{Beyond, Region};
use crate::session::Network;
use domain::face::{Face, PersonMask};
use domain::geometry::{Point, Rect};
use domain::picture::{Mask, Picture};
use domain::port::AnalysisFault;

/// Rows and columns of the network's input and output.
const SIZE: usize = 256;
/// Side of the square in face widths, and how much of it lies above the eyes (quality-measures §0.3).
const SIDE: f32 = 4.4;
const ABOVE_EYES: f32 = 1.6;
/// A narrow face counts as wide as this many inter-eye distances.
const LEAST_WIDTH: f32 = 1.9;

/// The person network; about 3 ms.
pub(crate) struct Person {
    network: Network,
    input: Vec<f32>,
}

impl Person {
    pub(crate) fn new(models: &Models) -> Result<Self, AnalysisFault> {
        Ok(Self {
            network: models.live_network("selfie_seg_256")?,
            input: Vec::new(),
        })
    }

    /// Person probability on the square around a face: sharp for far people too, where the whole frame
    /// would not be. `None` when the face has no usable size.
    pub(crate) fn mask(
        &mut self,
        picture: &Picture,
        face: &Face,
    ) -> Result<Option<PersonMask>, AnalysisFault> {
        let unit = face.width().max(LEAST_WIDTH * face.inter_eye_distance());
        let (eyes, side) = (face.eyes(), SIDE * unit);
        let bounds = Rect::new(eyes.x - side / 2.0, eyes.y - ABOVE_EYES * unit, side, side);
        let centre: Point = bounds.centre();
        let region = Region {
            centre,
            side,
            angle: 0.0,
        };
        if !region.is_usable() {
            return Ok(None);
        }
        region.sample(picture, SIZE, Beyond::Edge, &mut self.input);
        let [values] = self
            .network
            .run(&[1, SIZE, SIZE, 3], &self.input, ["activation_10"])?;
        let found = values.len();
        match Mask::new(SIZE as u32, SIZE as u32, values) {
            Some(mask) => Ok(Some(PersonMask { mask, region: bounds })),
            None => Err(self.network.wrong_size(SIZE * SIZE, found)),
        }
    }
}
