//! Upright patches of a picture, turned and scaled so that measures see every face alike.

use domain::geometry::Point;
use domain::picture::Picture;

/// A turn, a scale and a shift: picture pixels to patch pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Similarity {
    a: f32,
    b: f32,
    tx: f32,
    ty: f32,
}

impl Similarity {
    /// Brings `from` to `to`, scales by `scale` and turns a line at `angle` (radians, clockwise in the
    /// picture) level.
    pub(crate) fn levelling(from: Point, to: Point, scale: f32, angle: f32) -> Self {
        let (a, b) = (scale * angle.cos(), -scale * angle.sin());
        Self {
            a,
            b,
            tx: to.x - (a * from.x - b * from.y),
            ty: to.y - (b * from.x + a * from.y),
        }
    }

    /// Patch pixels a picture pixel.
    pub(crate) fn scale(&self) -> f32 {
        self.a.hypot(self.b)
    }

    /// Where a picture position lies in the patch.
    pub(crate) fn apply(&self, p: Point) -> Point {
        Point::new(
            self.a * p.x - self.b * p.y + self.tx,
            self.b * p.x + self.a * p.y + self.ty,
        )
    }

    /// Where a patch position lies in the picture.
    pub(crate) fn back(&self, p: Point) -> Point {
        let n = self.a * self.a + self.b * self.b;
        let (x, y) = (p.x - self.tx, p.y - self.ty);
        Point::new((self.a * x + self.b * y) / n, (self.a * y - self.b * x) / n)
    }
}

/// Most picture pixels read along one side for one patch pixel; more changes nothing that is measured.
const MOST_READS: i32 = 4;

/// Samples a patch: bilinear near the picture's own scale, the mean of a grid of pixels when it is
/// shrunk. Beyond the picture its edge is repeated.
pub(crate) fn patch(picture: &Picture, to_patch: &Similarity, width: u32, height: u32) -> Picture {
    let mut out = Picture::filled(width, height, [0; 3]);
    let reads = if to_patch.scale() > 0.6 {
        1
    } else {
        ((1.0 / to_patch.scale()).ceil() as i32).clamp(2, MOST_READS)
    };
    // Positions are continuous: the centre of pixel i lies at i + 0.5.
    let origin = to_patch.back(Point::new(0.5, 0.5));
    let right = to_patch.back(Point::new(1.5, 0.5));
    let (ux, uy) = (right.x - origin.x, right.y - origin.y);
    // The size that was taken, for sides of 0 are taken as 1.
    let width = out.width();
    let places = (0..out.height()).flat_map(|y| (0..width).map(move |x| (x as f32, y as f32)));
    for ((x, y), pixel) in places.zip(out.pixels_mut().chunks_exact_mut(3)) {
        let rgb = if reads == 1 {
            bilinear(
                picture,
                origin.x + ux * x - uy * y - 0.5,
                origin.y + uy * x + ux * y - 0.5,
            )
        } else {
            let mut sum = [0_u32; 3];
            for j in 0..reads {
                for k in 0..reads {
                    let sx = x + (k as f32 + 0.5) / reads as f32 - 0.5;
                    let sy = y + (j as f32 + 0.5) / reads as f32 - 0.5;
                    let rgb = nearest(
                        picture,
                        origin.x + ux * sx - uy * sy,
                        origin.y + uy * sx + ux * sy,
                    );
                    sum.iter_mut().zip(rgb).for_each(|(s, v)| *s += u32::from(v));
                }
            }
            let n = (reads * reads) as u32;
            sum.map(|s| ((s + n / 2) / n) as u8)
        };
        pixel.copy_from_slice(&rgb);
    }
    out
}

/// The pixel a continuous position lies in. Nearly every read lies inside, where nothing needs to be clamped: patches
/// of large pictures are made of sixteen reads a pixel.
fn nearest(picture: &Picture, x: f32, y: f32) -> [u8; 3] {
    if x >= 0.0 && y >= 0.0 && x < picture.width() as f32 && y < picture.height() as f32 {
        let i = (y as usize * picture.width() as usize + x as usize) * 3;
        if let Some(&[r, g, b]) = picture.pixels().get(i..i + 3) {
            return [r, g, b];
        }
    }
    picture.at(x.floor() as i64, y.floor() as i64)
}

fn bilinear(picture: &Picture, x: f32, y: f32) -> [u8; 3] {
    let (right, bottom) = ((picture.width() - 1) as f32, (picture.height() - 1) as f32);
    if x >= 0.0 && y >= 0.0 && x < right && y < bottom {
        // Nearly every read. Without the clamping of the border, and without `floor`, which is a call on processors
        // as old as this program allows, it is several times faster.
        let (x0, y0) = (x as usize, y as usize);
        let row = picture.width() as usize * 3;
        let i = y0 * row + x0 * 3;
        let pixels = picture.pixels();
        if let (Some(top), Some(low)) = (pixels.get(i..i + 6), pixels.get(i + row..i + row + 6)) {
            let corners = [
                [top[0], top[1], top[2]],
                [top[3], top[4], top[5]],
                [low[0], low[1], low[2]],
                [low[3], low[4], low[5]],
            ];
            return mixed(corners, x - x0 as f32, y - y0 as f32);
        }
    }
    let (x0, y0) = (x.floor(), y.floor());
    let at = |dx: i64, dy: i64| picture.at(x0 as i64 + dx, y0 as i64 + dy);
    mixed([at(0, 0), at(1, 0), at(0, 1), at(1, 1)], x - x0, y - y0)
}

/// The four pixels round a position, by how near they are to it.
fn mixed(corners: [[u8; 3]; 4], fx: f32, fy: f32) -> [u8; 3] {
    std::array::from_fn(|c| {
        let top = f32::from(corners[0][c]) * (1.0 - fx) + f32::from(corners[1][c]) * fx;
        let low = f32::from(corners[2][c]) * (1.0 - fx) + f32::from(corners[3][c]) * fx;
        (top * (1.0 - fy) + low * fy + 0.5) as u8
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tilted_line_becomes_level_and_back() {
        let (from, to) = (Point::new(300.0, 200.0), Point::new(240.0, 240.0));
        let turn = Similarity::levelling(from, to, 0.5, 10_f32.to_radians());
        let along = Point::new(
            300.0 + 100.0 * 10_f32.to_radians().cos(),
            200.0 + 100.0 * 10_f32.to_radians().sin(),
        );
        let p = turn.apply(along);
        assert!((p.x - 290.0).abs() < 0.01 && (p.y - 240.0).abs() < 0.01, "{p:?}");
        let b = turn.back(p);
        assert!(b.distance(along) < 0.01, "{b:?}");
    }

    #[test]
    fn shrinking_averages() {
        let mut checks = Picture::filled(64, 64, [0; 3]);
        for y in 0..64 {
            for x in 0..64 {
                if (x + y) % 2 == 0 {
                    checks.pixels_mut()[(y * 64 + x) * 3..][..3].copy_from_slice(&[255; 3]);
                }
            }
        }
        let half = Similarity::levelling(Point::new(32.0, 32.0), Point::new(8.0, 8.0), 0.25, 0.0);
        let small = patch(&checks, &half, 16, 16);
        let middle = i32::from(small.at(8, 8)[0]);
        assert!(
            (middle - 128).abs() < 20,
            "a fine check pattern becomes grey, not {middle}"
        );
    }
}
