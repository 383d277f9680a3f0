//! A picture fitted into a detector's square input, aspect kept, black around it.

use crate::shrink::{Part, resized};
use domain::geometry::Point;
use domain::picture::Picture;
use fast_image_resize::{FilterType, Resizer};

/// A filled input and the way back to the picture.
pub(crate) struct Letterbox {
    /// RGB of -1..=1, `size` times `size`.
    pub(crate) tensor: Vec<f32>,
    size: f32,
    offset: Point,
    scale: Point,
    origin: Point,
}

impl Letterbox {
    /// Fits `part` of the picture, with a margin of `margin` picture pixels in which the part's edge is
    /// repeated, into a square of `size` pixels. `None` when the part does not lie in the picture.
    pub(crate) fn fit(
        resizer: &mut Resizer,
        picture: &Picture,
        part: Part,
        margin: u32,
        size: u32,
    ) -> Option<Self> {
        let (full_width, full_height) = (part.width + 2 * margin, part.height + 2 * margin);
        let scale = size as f32 / full_width.max(full_height) as f32;
        let side = |length: u32| ((length as f32 * scale).round() as u32).clamp(1, size);
        let (width, height) = (side(part.width), side(part.height));
        let small = resized(resizer, picture, part, (width, height), FilterType::Bilinear)?;
        let (outer_width, outer_height) = (side(full_width).max(width), side(full_height).max(height));
        let (left, top) = ((size - width) / 2, (size - height) / 2);
        let inside = |position: u32, outer: u32| {
            let start = (size - outer) / 2;
            (start..start + outer).contains(&position)
        };
        let mut tensor = Vec::with_capacity((size * size * 3) as usize);
        for y in 0..size {
            for x in 0..size {
                let rgb = if inside(x, outer_width) && inside(y, outer_height) {
                    small.at(i64::from(x) - i64::from(left), i64::from(y) - i64::from(top))
                } else {
                    [0; 3]
                };
                tensor.extend(rgb.map(|value| (f32::from(value) - 127.5) / 127.5));
            }
        }
        Some(Self {
            tensor,
            size: size as f32,
            offset: Point::new(left as f32, top as f32),
            scale: Point::new(
                width as f32 / part.width as f32,
                height as f32 / part.height as f32,
            ),
            origin: Point::new(part.x as f32, part.y as f32),
        })
    }

    /// The place in the picture of a position in the input; 0..=1 from its upper left corner.
    pub(crate) fn to_picture(&self, u: f32, v: f32) -> Point {
        Point::new(
            (u * self.size - self.offset.x) / self.scale.x + self.origin.x,
            (v * self.size - self.offset.y) / self.scale.y + self.origin.y,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture that is white in one place only.
    fn spot(width: u32, height: u32, place: Part) -> Picture {
        let mut picture = Picture::filled(width, height, [0; 3]);
        for y in place.y..place.y + place.height {
            for x in place.x..place.x + place.width {
                let at = ((y * width + x) * 3) as usize;
                picture.pixels_mut()[at..at + 3].fill(255);
            }
        }
        picture
    }

    fn brightest(letterbox: &Letterbox, size: u32) -> Point {
        let (mut sum, mut u, mut v) = (0.0, 0.0, 0.0);
        for (index, pixel) in letterbox.tensor.chunks(3).enumerate() {
            let weight = f64::from(pixel[0] + 1.0);
            sum += weight;
            u += weight * ((index as u32 % size) as f64 + 0.5);
            v += weight * ((index as u32 / size) as f64 + 0.5);
        }
        letterbox.to_picture((u / sum) as f32 / size as f32, (v / sum) as f32 / size as f32)
    }

    #[test]
    fn a_spot_is_found_where_it_is() {
        let place = Part {
            x: 900,
            y: 300,
            width: 60,
            height: 60,
        };
        let picture = spot(1280, 720, place);
        let parts = [
            (Part::whole(&picture), 0),
            (
                Part {
                    x: 560,
                    y: 0,
                    width: 720,
                    height: 720,
                },
                0,
            ),
        ];
        for (part, margin) in parts.into_iter().chain([(Part::whole(&picture), 256)]) {
            let fitted = Letterbox::fit(&mut Resizer::new(), &picture, part, margin, 192).unwrap();
            assert_eq!(fitted.tensor.len(), 192 * 192 * 3);
            let found = brightest(&fitted, 192);
            assert!(
                found.distance(Point::new(930.0, 330.0)) < 2.0,
                "{found:?} in {part:?}"
            );
        }
    }

    #[test]
    fn one_pixel_is_a_picture_too() {
        let picture = Picture::filled(1, 1, [255; 3]);
        let fitted = Letterbox::fit(&mut Resizer::new(), &picture, Part::whole(&picture), 0, 128).unwrap();
        assert!(fitted.tensor.iter().all(|value| *value == 1.0));
    }
}
