use super::filter;
use crate::lab::{Lab, delta_e, lab};
use domain::picture::Picture;

/// Pixels with less alpha than this show the wall only.
const NONE: f32 = 0.02;
/// Pixels this near to the person are left out: there the edge is mixed and coded.
const MARGIN: f32 = 4.0;
/// A wall seen in less than this share of the picture has not been measured.
const LEAST: f32 = 0.02;

/// The wall behind the person, as the crop shows it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Wall {
    /// Median colour, channel by channel, sRGB.
    pub(crate) rgb: [u8; 3],
    /// The same in L*a*b*.
    pub(crate) lab: Lab,
    /// 95th percentile of the wall's CIE76 distance from its median: shadow, fall-off, pattern and grain.
    pub(crate) evenness: f32,
    /// 99.5th percentile of that distance: something that hangs on the wall.
    pub(crate) worst: f32,
    /// Share of the picture that shows the wall clear of the person, 0..=1.
    pub(crate) share: f32,
}

impl Wall {
    /// Measures what lies clear of the person; `alpha` is the person's alpha on the crop's pixels. `None` when
    /// the sizes differ or too little wall is seen to say anything.
    pub(crate) fn measure(crop: &Picture, alpha: &[f32]) -> Option<Self> {
        let (width, height) = (crop.width() as usize, crop.height() as usize);
        if alpha.len() != width * height {
            return None;
        }
        // One pixel of each square of four says enough of a wall, and a square is the person's if one is.
        let (w, h) = (width.div_ceil(2), height.div_ceil(2));
        let mut person = vec![false; w * h];
        for (at, _) in alpha.iter().enumerate().filter(|(_, alpha)| **alpha >= NONE) {
            person[at / width / 2 * w + at % width / 2] = true;
        }
        let pixels: Vec<[u8; 3]> = filter::distance(&person, w, h)
            .iter()
            .enumerate()
            .filter(|(_, distance)| **distance > MARGIN / 2.0)
            .map(|(at, _)| crop.at((at % w * 2) as i64, (at / w * 2) as i64))
            .collect();
        let share = pixels.len() as f32 / person.len() as f32;
        if share < LEAST {
            return None;
        }
        let rgb = std::array::from_fn(|channel| median(&pixels, channel));
        let middle = lab(rgb);
        let mut apart: Vec<f32> = pixels.iter().map(|rgb| delta_e(lab(*rgb), middle)).collect();
        let mut percentile = |thousandths: usize| {
            let rank = (apart.len() * thousandths / 1000).min(apart.len() - 1);
            *apart.select_nth_unstable_by(rank, f32::total_cmp).1
        };
        let (evenness, worst) = (percentile(950), percentile(995));
        Some(Self {
            rgb,
            lab: middle,
            evenness,
            worst,
            share,
        })
    }

    /// CIE76 distance of the wall's median from a colour.
    pub(crate) fn delta_e(&self, to: [u8; 3]) -> f32 {
        delta_e(self.lab, lab(to))
    }

    /// True when the wall already is the background asked for: its median within `max_delta_e` of `rgb`, its
    /// evenness within the same limit, and nothing on it further off than twice that.
    pub(crate) fn meets(&self, rgb: [u8; 3], max_delta_e: f32) -> bool {
        self.delta_e(rgb) <= max_delta_e && self.evenness <= max_delta_e && self.worst <= 2.0 * max_delta_e
    }
}

/// Median of one channel; 0 of nothing.
fn median(pixels: &[[u8; 3]], channel: usize) -> u8 {
    let mut counts = [0usize; 256];
    pixels.iter().for_each(|p| counts[usize::from(p[channel])] += 1);
    let mut seen = 0;
    (0..=u8::MAX)
        .find(|value| {
            seen += counts[usize::from(*value)];
            2 * seen >= pixels.len()
        })
        .unwrap_or(0)
}
