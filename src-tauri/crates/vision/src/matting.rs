//! The person's alpha in the photo's crop, by MODNet.

use crate::models::{Later, Models};
use crate::session::Network;
use crate::shrink::{Part, resized};
use domain::picture::{Mask, Picture};
use domain::port::{AnalysisFault, Matting};
use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::pixels::F32;
use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer};
use std::path::Path;

const ID: &str = "modnet";
/// The crop's longer side in the network: the best edge for the time (quality-measures §4.1).
const LONG_SIDE: f32 = 672.0;
/// The network wants sides that are multiples of this.
const STEP: f32 = 32.0;

/// The plain alpha of the network, at the crop's size; fusing it with the person mask and with the wall's
/// colour is the photo's business. About 0.4 s on one thread; uses two.
pub struct ModnetMatting {
    network: Option<Network>,
    /// Where to get the network from; `None` when it is kept for good.
    later: Option<Later>,
    long_side: f32,
    resizer: Resizer,
}

impl ModnetMatting {
    /// Builds the network.
    ///
    /// # Errors
    /// [`AnalysisFault`] when the network cannot be built from its file.
    pub fn new(models: &Models) -> Result<Self, AnalysisFault> {
        Ok(Self {
            network: Some(models.photo_network(ID)?),
            later: None,
            long_side: LONG_SIDE,
            resizer: Resizer::new(),
        })
    }

    /// Builds the network when it is wanted, and gives it back while it rests: it takes as much memory as all that
    /// look at the live picture together. `dir` is the folder the models were opened from.
    ///
    /// # Errors
    /// [`AnalysisFault`] when the models do not name it.
    pub fn on_demand(models: &Models, dir: &Path) -> Result<Self, AnalysisFault> {
        Ok(Self {
            network: None,
            later: Some(models.later(dir, ID)?),
            long_side: LONG_SIDE,
            resizer: Resizer::new(),
        })
    }

    /// The network, built if need be.
    fn network(&mut self) -> Result<&mut Network, AnalysisFault> {
        match (&mut self.network, &self.later) {
            (Some(network), _) => Ok(network),
            (empty @ None, Some(later)) => Ok(empty.insert(later.photo_network()?)),
            (None, None) => Err(AnalysisFault::Model { what: ID.to_owned() }),
        }
    }

    /// The same with the crop's longer side at `long_side` pixels in the network: 512 is the economy setting, and what
    /// others run, so that speeds compare.
    #[must_use]
    pub const fn at(mut self, long_side: u16) -> Self {
        self.long_side = long_side as f32;
        self
    }
}

impl std::fmt::Debug for ModnetMatting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ModnetMatting")
    }
}

impl Matting for ModnetMatting {
    fn matte(&mut self, crop: &Picture) -> Result<Mask, AnalysisFault> {
        let (width, height) = network_size(crop.width(), crop.height(), self.long_side);
        let failed = |detail: &str| AnalysisFault::Inference {
            what: ID.to_owned(),
            detail: detail.to_owned(),
        };
        let fitted = resized(
            &mut self.resizer,
            crop,
            Part::whole(crop),
            (width, height),
            FilterType::CatmullRom,
        )
        .ok_or_else(|| failed("the crop cannot be resampled"))?;
        let input = planes(&fitted);
        let shape = [1, 3, height as usize, width as usize];
        let network = self.network()?;
        let [alpha] = network.run(&shape, &input, ["output"])?;
        let expected = width as usize * height as usize;
        if alpha.len() != expected {
            return Err(network.wrong_size(expected, alpha.len()));
        }
        let values = stretched(
            &mut self.resizer,
            alpha,
            (width, height),
            (crop.width(), crop.height()),
        );
        values
            .and_then(|values| Mask::new(crop.width(), crop.height(), values))
            .ok_or_else(|| failed("the alpha cannot be resampled"))
    }

    fn ready(&mut self) -> Result<(), AnalysisFault> {
        self.network().map(|_| ())
    }

    fn rest(&mut self) {
        if self.later.is_some() {
            self.network = None;
        }
    }
}

/// Columns and rows of the network's input for a crop.
fn network_size(width: u32, height: u32, long_side: f32) -> (u32, u32) {
    let scale = long_side / width.max(height) as f32;
    let side = |length: u32| ((length as f32 * scale / STEP).round().max(1.0) * STEP) as u32;
    (side(width), side(height))
}

/// Three planes of -1..=1.
fn planes(picture: &Picture) -> Vec<f32> {
    let channel = |offset: usize| {
        picture
            .pixels()
            .iter()
            .skip(offset)
            .step_by(3)
            .map(|value| f32::from(*value) / 127.5 - 1.0)
    };
    channel(0).chain(channel(1)).chain(channel(2)).collect()
}

/// The alpha at another size, kept in 0..=1.
fn stretched(resizer: &mut Resizer, alpha: Vec<f32>, from: (u32, u32), to: (u32, u32)) -> Option<Vec<f32>> {
    let pixels: Vec<F32> = alpha.into_iter().map(F32::new).collect();
    let source = TypedImageRef::new(from.0, from.1, &pixels).ok()?;
    let mut target = TypedImage::<F32>::new(to.0, to.1);
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::CatmullRom));
    resizer.resize_typed(&source, &mut target, &options).ok()?;
    Some(
        target
            .pixels()
            .iter()
            .map(|pixel| pixel.0.clamp(0.0, 1.0))
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_network_sees_the_crop_at_its_shape() {
        assert_eq!(network_size(480, 640, LONG_SIDE), (512, 672));
        assert_eq!(network_size(512, 512, 512.0), (512, 512));
        assert_eq!(network_size(1, 1, LONG_SIDE), (672, 672));
        assert_eq!(network_size(10, 4000, LONG_SIDE), (32, 672));
    }
}
