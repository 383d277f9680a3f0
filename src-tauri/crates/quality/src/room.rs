//! Whether the still has room for the photo: the best crop, found without search.
//!
//! With scale s and u = s times the crop's top, every demand is linear in (s, u):
//! crown s·yc − u, eyes s·ye − u, width s·w inside their bands, and u + height ≤ s·H because the person
//! goes on below. Above and beside the person the plain backdrop may continue beyond the picture.

use domain::specification::PhotoSpecification;

/// Where the head lies in the still, in source pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Head {
    /// Row of the crown; `None` when unknown.
    pub(crate) crown: Option<f32>,
    /// Row of the eyes.
    pub(crate) eyes: f32,
    /// Column of the face's axis.
    pub(crate) axis: f32,
    /// Face width.
    pub(crate) width: f32,
}

/// The best crop: photo pixels a source pixel, and its top left corner in photo pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Crop {
    pub(crate) scale: f32,
    pub(crate) left: f32,
    pub(crate) top: f32,
}

impl Crop {
    /// Finds the scale nearest to the specification's target that meets every demand; when none does,
    /// the largest one allowed, so that what is missing shows in the numbers measured in the crop.
    /// `touches` tells whether the person touches the still's left and right border.
    pub(crate) fn best(
        head: &Head,
        (picture_width, picture_height): (f32, f32),
        touches: (bool, bool),
        spec: &PhotoSpecification,
    ) -> Self {
        let (width, height) = (spec.width_px as f32, spec.height_px as f32);
        let mut most = (spec.face_width_px.max / head.width).min(spec.max_scale);
        let mut least = (spec.face_width_px.min / head.width)
            .max((height - spec.eyes_px.max) / (picture_height - head.eyes).max(1.0));
        if let Some(crown) = head.crown {
            let depth = (head.eyes - crown).max(1.0);
            most = most.min((spec.eyes_px.max - spec.crown_px.min) / depth);
            least = least
                .max((spec.eyes_px.min - spec.crown_px.max) / depth)
                .max((height - spec.crown_px.max) / (picture_height - crown).max(1.0));
        }
        let target = spec.face_width_target_px / head.width;
        let scale = if least <= most {
            target.clamp(least, most)
        } else {
            most
        };
        let eyes = scale * head.eyes;
        let crown = head.crown.map(|crown| scale * crown);
        let (mut lowest, mut highest) = (eyes - spec.eyes_px.max, eyes - spec.eyes_px.min);
        let mut wanted = eyes - spec.eyes_target_px;
        if let Some(crown) = crown {
            lowest = lowest.max(crown - spec.crown_px.max);
            highest = highest.min(crown - spec.crown_px.min);
            wanted = (wanted + crown - spec.crown_target_px) / 2.0;
        }
        let end = scale * picture_height - height;
        // Half a pixel: the smallest scale meets this demand only up to rounding.
        if end >= lowest - 0.5 {
            highest = highest.min(end);
        }
        let top = wanted.clamp(lowest.min(highest), highest.max(lowest));
        let ideal = scale * head.axis - width / 2.0;
        let right_end = scale * picture_width - width;
        let left = match touches {
            (true, true) => ideal.clamp(0.0_f32.min(right_end), right_end.max(0.0)),
            (true, false) => ideal.max(0.0),
            (false, true) => ideal.min(right_end),
            (false, false) => ideal,
        };
        Self { scale, left, top }
    }
}
