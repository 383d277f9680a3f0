//! The card cut out, upright and without perspective.

use crate::geometry::{Point, Quad};
use crate::homography::Homography;
use domain::picture::Picture;

/// Width of a rectified card in elements: 85.60 mm at 300 to the inch, rounded up to an even number.
pub const WIDTH: u32 = 1012;
/// Height of a rectified card in elements: 53.98 mm at 300 to the inch.
pub const HEIGHT: u32 = 638;

/// Most samples a side for one element: a picture of 60 million elements needs no more.
const MOST_SAMPLES: u32 = 6;

/// Steps of the table from light to sRGB.
const FINE: usize = 1 << 15;

/// The card under `quad` as a picture of [`WIDTH`] x [`HEIGHT`]. Light is averaged as light, not as sRGB
/// numbers, over all of the picture that one element covers. What lies outside the picture is black; `None`
/// when the corners make no quadrilateral.
pub fn rectify(picture: &Picture, quad: &Quad) -> Option<Picture> {
    let map = Homography::onto(f64::from(WIDTH), f64::from(HEIGHT), quad)?;
    let linear: Vec<f32> = (0..=255_u8).map(to_linear).collect();
    // Fine enough that every level stays itself: the steepest one is 1 / 3294 wide.
    let srgb: Vec<u8> = (0..=FINE).map(|i| to_srgb(i as f32 / FINE as f32)).collect();
    let mut out = Picture::filled(WIDTH, HEIGHT, [0; 3]);
    let (w, h) = (f64::from(picture.width()), f64::from(picture.height()));
    for (y, row) in out.pixels_mut().chunks_exact_mut(WIDTH as usize * 3).enumerate() {
        for (x, rgb) in row.chunks_exact_mut(3).enumerate() {
            let middle = Point::new(x as f64 + 0.5, y as f64 + 0.5);
            // Reading between elements already takes in a little more than one.
            let covered = map.enlarges(middle).sqrt();
            let n = ((0.85 * covered).ceil() as u32).clamp(1, MOST_SAMPLES);
            let mut sum = [0.0_f32; 3];
            for j in 0..n {
                for i in 0..n {
                    let inside = |k: u32| (f64::from(k) + 0.5) / f64::from(n);
                    let at = map.apply(Point::new(x as f64 + inside(i), y as f64 + inside(j)));
                    if at.x < 0.0 || at.y < 0.0 || at.x > w || at.y > h {
                        continue;
                    }
                    let light = sample(picture, &linear, at);
                    sum.iter_mut().zip(light).for_each(|(s, l)| *s += l);
                }
            }
            let share = 1.0 / (n * n) as f32;
            rgb.iter_mut()
                .zip(sum)
                .for_each(|(o, s)| *o = srgb[((s * share * FINE as f32) + 0.5) as usize]);
        }
    }
    Some(out)
}

/// The same picture turned by 180 degrees.
pub fn turned(picture: &Picture) -> Picture {
    let pixels = picture
        .pixels()
        .chunks_exact(3)
        .rev()
        .flatten()
        .copied()
        .collect();
    // The number of elements is the same.
    Picture::new(picture.width(), picture.height(), pixels).unwrap_or_else(|| picture.clone())
}

fn sample(picture: &Picture, linear: &[f32], at: Point) -> [f32; 3] {
    let (x, y) = (at.x - 0.5, at.y - 0.5);
    let (left, top) = (x.floor(), y.floor());
    let (fx, fy) = ((x - left) as f32, (y - top) as f32);
    let (left, top) = (left as i64, top as i64);
    let corner = |dx: i64, dy: i64| picture.at(left + dx, top + dy).map(|v| linear[usize::from(v)]);
    let (a, b, c, d) = (corner(0, 0), corner(1, 0), corner(0, 1), corner(1, 1));
    std::array::from_fn(|i| {
        let upper = a[i] + (b[i] - a[i]) * fx;
        let lower = c[i] + (d[i] - c[i]) * fx;
        upper + (lower - upper) * fy
    })
}

/// IEC 61966-2-1.
fn to_linear(v: u8) -> f32 {
    let v = f32::from(v) / 255.0;
    if v <= 0.040_45 {
        v / 12.92
    } else {
        ((v + 0.055) / 1.055).powf(2.4)
    }
}

fn to_srgb(v: f32) -> u8 {
    let v = if v <= 0.003_130_8 {
        12.92 * v
    } else {
        1.055 * v.powf(1.0 / 2.4) - 0.055
    };
    (v * 255.0).round().clamp(0.0, 255.0) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_level_survives_the_way_through_light() {
        for v in 0..=255 {
            assert_eq!(to_srgb(to_linear(v)), v);
            let step = (to_linear(v) * FINE as f32 + 0.5) as usize;
            assert_eq!(to_srgb(step as f32 / FINE as f32), v);
        }
    }

    #[test]
    fn turned_twice_is_the_same() {
        let picture = Picture::new(2, 1, vec![1, 2, 3, 4, 5, 6]).unwrap();
        assert_eq!(turned(&picture).pixels(), [4, 5, 6, 1, 2, 3]);
        assert_eq!(turned(&turned(&picture)), picture);
    }
}
