//! A square part of a picture, turned to any angle, sampled into a network's input.

use domain::geometry::Point;
use domain::picture::Picture;

/// A square that may be turned and may reach beyond its picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Region {
    /// Its centre, in picture pixels.
    pub(crate) centre: Point,
    /// Length of a side, in picture pixels.
    pub(crate) side: f32,
    /// Angle of its upper side against the picture's, clockwise, in radians.
    pub(crate) angle: f32,
}

/// What lies beyond the edge of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Beyond {
    /// The nearest pixel of the edge, again and again.
    Edge,
    /// Black.
    Black,
}

impl Region {
    /// The place in the picture of a position in the region; 0..=1 from its upper left corner.
    pub(crate) fn to_picture(self, u: f32, v: f32) -> Point {
        let (sin, cos) = self.angle.sin_cos();
        let (x, y) = ((u - 0.5) * self.side, (v - 0.5) * self.side);
        Point::new(self.centre.x + cos * x - sin * y, self.centre.y + sin * x + cos * y)
    }

    /// False when a number in it cannot be used: not finite, or no area.
    pub(crate) fn is_usable(self) -> bool {
        self.centre.x.is_finite()
            && self.centre.y.is_finite()
            && self.angle.is_finite()
            && self.side.is_finite()
            && self.side >= 1.0
    }

    /// Samples the region bilinearly to `size` times `size` RGB pixels of 0..=1, row by row, into `out`.
    pub(crate) fn sample(self, picture: &Picture, size: usize, beyond: Beyond, out: &mut Vec<f32>) {
        out.clear();
        out.reserve(size * size * 3);
        let (width, height) = (picture.width() as usize, picture.height() as usize);
        let pixels = picture.pixels();
        let (right, bottom) = ((width - 1) as f32, (height - 1) as f32);
        let (sin, cos) = self.angle.sin_cos();
        let step = self.side / size as f32;
        for row in 0..size {
            let v = (row as f32 + 0.5 - size as f32 / 2.0) * step;
            for column in 0..size {
                let u = (column as f32 + 0.5 - size as f32 / 2.0) * step;
                // Centres of pixels lie at whole numbers from here on.
                let x = self.centre.x + cos * u - sin * v - 0.5;
                let y = self.centre.y + sin * u + cos * v - 0.5;
                let far = x <= -1.0 || y <= -1.0 || x >= right + 1.0 || y >= bottom + 1.0;
                if far && beyond == Beyond::Black {
                    out.extend([0.0; 3]);
                    continue;
                }
                let fade = if beyond == Beyond::Black { coverage(x, right) * coverage(y, bottom) } else { 1.0 };
                let (x, y) = (x.clamp(0.0, right), y.clamp(0.0, bottom));
                let (left, top) = (x as usize, y as usize);
                let (fx, fy) = (x - left as f32, y - top as f32);
                let here = (top * width + left) * 3;
                let across = if left + 1 < width { 3 } else { 0 };
                let down = if top + 1 < height { width * 3 } else { 0 };
                for channel in here..here + 3 {
                    let at = |offset: usize| f32::from(pixels[channel + offset]);
                    let upper = at(0) + (at(across) - at(0)) * fx;
                    let lower = at(down) + (at(down + across) - at(down)) * fx;
                    out.push((upper + (lower - upper) * fy) * fade / 255.0);
                }
            }
        }
    }
}

/// How much of a bilinear sample at `position` lies within `0..=last`.
fn coverage(position: f32, last: f32) -> f32 {
    (1.0 + position.min(last - position)).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ramp() -> Picture {
        let pixels = (0..32u8).flat_map(|y| (0..64u8).flat_map(move |x| [x * 4, y * 8, 7])).collect();
        Picture::new(64, 32, pixels).unwrap()
    }

    #[test]
    fn an_upright_region_of_the_same_scale_copies_pixels() {
        let region = Region { centre: Point::new(20.0, 12.0), side: 8.0, angle: 0.0 };
        let mut out = Vec::new();
        region.sample(&ramp(), 8, Beyond::Edge, &mut out);
        assert_eq!(out.len(), 8 * 8 * 3);
        let first: Vec<f32> = out[..3].iter().map(|value| value * 255.0).collect();
        assert!((first[0] - 64.0).abs() < 1e-3 && (first[1] - 64.0).abs() < 1e-3, "{first:?}");
    }

    #[test]
    fn a_sample_is_the_pixel_at_the_place_it_came_from() {
        let region = Region { centre: Point::new(31.0, 16.0), side: 14.0, angle: 0.6 };
        let mut out = Vec::new();
        region.sample(&ramp(), 20, Beyond::Edge, &mut out);
        for (row, column) in [(0, 0), (3, 17), (19, 19), (10, 4)] {
            let place = region.to_picture((column as f32 + 0.5) / 20.0, (row as f32 + 0.5) / 20.0);
            let red = out[(row * 20 + column) * 3] * 255.0;
            let green = out[(row * 20 + column) * 3 + 1] * 255.0;
            assert!((red - (place.x - 0.5) * 4.0).abs() < 0.02, "{red} at {place:?}");
            assert!((green - (place.y - 0.5) * 8.0).abs() < 0.02, "{green} at {place:?}");
        }
    }

    #[test]
    fn beyond_the_picture_is_black_or_its_edge() {
        let region = Region { centre: Point::new(-40.0, -40.0), side: 8.0, angle: 0.3 };
        let mut out = Vec::new();
        region.sample(&ramp(), 4, Beyond::Black, &mut out);
        assert!(out.iter().all(|value| *value == 0.0));
        region.sample(&ramp(), 4, Beyond::Edge, &mut out);
        assert!(out.chunks(3).all(|pixel| pixel[0] == 0.0 && (pixel[2] - 7.0 / 255.0).abs() < 1e-6));
    }
}
