//! A square part of a picture, turned to any angle, sampled into a network's input.

use domain::geometry::Point;
use domain::picture::Picture;

/// No place of any picture is further from its corner, in pixels.
const FARTHEST: f32 = 1e6;

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
        Point::new(
            self.centre.x + cos * x - sin * y,
            self.centre.y + sin * x + cos * y,
        )
    }

    /// False when it cannot be sampled: a number that is not finite, no area, or far off any picture.
    pub(crate) fn is_usable(self) -> bool {
        let near = |value: f32| value.is_finite() && value.abs() <= FARTHEST;
        near(self.centre.x)
            && near(self.centre.y)
            && self.angle.is_finite()
            && near(self.side)
            && self.side >= 1.0
    }

    /// Samples the region bilinearly to `size` times `size` RGB pixels of 0..=1, row by row, into `out`.
    pub(crate) fn sample(self, picture: &Picture, size: usize, beyond: Beyond, out: &mut Vec<f32>) {
        out.clear();
        out.resize(size * size * 3, 0.0);
        let (right, bottom) = ((picture.width() - 1) as f32, (picture.height() - 1) as f32);
        let (sin, cos) = self.angle.sin_cos();
        let step = self.side / size as f32;
        let from_middle = |index: usize| (index as f32 + 0.5 - size as f32 / 2.0) * step;
        for (row, line) in out.chunks_exact_mut(size * 3).enumerate() {
            let v = from_middle(row);
            for (column, rgb) in line.chunks_exact_mut(3).enumerate() {
                let u = from_middle(column);
                // Centres of pixels lie at whole numbers from here on.
                let x = self.centre.x + cos * u - sin * v - 0.5;
                let y = self.centre.y + sin * u + cos * v - 0.5;
                let sampled = if x >= 0.0 && y >= 0.0 && x < right && y < bottom {
                    within(picture, x, y)
                } else {
                    let fade = match beyond {
                        Beyond::Edge => 1.0,
                        Beyond::Black => coverage(x, right) * coverage(y, bottom),
                    };
                    at_the_edge(picture, x, y).map(|value| value * fade)
                };
                rgb.copy_from_slice(&sampled);
            }
        }
    }
}

/// Bilinear sample between four pixels that all lie in the picture.
fn within(picture: &Picture, x: f32, y: f32) -> [f32; 3] {
    let (pixels, row) = (picture.pixels(), picture.width() as usize * 3);
    let (left, top) = (x as usize, y as usize);
    let (fx, fy) = (x - left as f32, y - top as f32);
    let start = top * row + left * 3;
    let (upper, lower) = (&pixels[start..start + 6], &pixels[start + row..start + row + 6]);
    std::array::from_fn(|channel| {
        let mixed = |line: &[u8]| {
            let (a, b) = (f32::from(line[channel]), f32::from(line[channel + 3]));
            a + (b - a) * fx
        };
        let (above, below) = (mixed(upper), mixed(lower));
        (above + (below - above) * fy) * (1.0 / 255.0)
    })
}

/// Bilinear sample where the picture's edge goes on for ever.
fn at_the_edge(picture: &Picture, x: f32, y: f32) -> [f32; 3] {
    let (left, top) = (x.floor(), y.floor());
    let (fx, fy) = (x - left, y - top);
    let pixel = |dx: i64, dy: i64| picture.at(left as i64 + dx, top as i64 + dy).map(f32::from);
    let (a, b, c, d) = (pixel(0, 0), pixel(1, 0), pixel(0, 1), pixel(1, 1));
    std::array::from_fn(|i| {
        let (above, below) = (a[i] + (b[i] - a[i]) * fx, c[i] + (d[i] - c[i]) * fx);
        (above + (below - above) * fy) * (1.0 / 255.0)
    })
}

/// How much of a bilinear sample at `position` lies within `0..=last`, 0..=1.
fn coverage(position: f32, last: f32) -> f32 {
    (1.0 + position.min(last - position)).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ramp() -> Picture {
        let pixels = (0..32u8)
            .flat_map(|y| (0..64u8).flat_map(move |x| [x * 4, y * 8, 7]))
            .collect();
        Picture::new(64, 32, pixels).unwrap()
    }

    #[test]
    fn an_upright_region_of_the_same_scale_copies_pixels() {
        let region = Region {
            centre: Point::new(20.0, 12.0),
            side: 8.0,
            angle: 0.0,
        };
        let mut out = Vec::new();
        region.sample(&ramp(), 8, Beyond::Edge, &mut out);
        assert_eq!(out.len(), 8 * 8 * 3);
        let first: Vec<f32> = out[..3].iter().map(|value| value * 255.0).collect();
        assert!(
            (first[0] - 64.0).abs() < 1e-3 && (first[1] - 64.0).abs() < 1e-3,
            "{first:?}"
        );
    }

    #[test]
    fn a_sample_is_the_pixel_at_the_place_it_came_from() {
        let region = Region {
            centre: Point::new(31.0, 16.0),
            side: 14.0,
            angle: 0.6,
        };
        let mut out = Vec::new();
        region.sample(&ramp(), 20, Beyond::Edge, &mut out);
        for (row, column) in [(0, 0), (3, 17), (19, 19), (10, 4)] {
            let place = region.to_picture((column as f32 + 0.5) / 20.0, (row as f32 + 0.5) / 20.0);
            let red = out[(row * 20 + column) * 3] * 255.0;
            let green = out[(row * 20 + column) * 3 + 1] * 255.0;
            assert!((red - (place.x - 0.5) * 4.0).abs() < 0.02, "{red} at {place:?}");
            assert!(
                (green - (place.y - 0.5) * 8.0).abs() < 0.02,
                "{green} at {place:?}"
            );
        }
    }

    #[test]
    fn beyond_the_picture_is_black_or_its_edge() {
        let region = Region {
            centre: Point::new(-40.0, -40.0),
            side: 8.0,
            angle: 0.3,
        };
        let mut out = Vec::new();
        region.sample(&ramp(), 4, Beyond::Black, &mut out);
        assert!(out.iter().all(|value| *value == 0.0));
        region.sample(&ramp(), 4, Beyond::Edge, &mut out);
        assert!(
            out.chunks(3)
                .all(|pixel| pixel[0] == 0.0 && (pixel[2] - 7.0 / 255.0).abs() < 1e-6)
        );
    }
}
