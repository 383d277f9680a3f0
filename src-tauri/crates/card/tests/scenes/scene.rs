//! A card on a desk before a pinhole camera, drawn by following the ray of every element to the plane of the
//! desk. No homography is used, so that what is drawn can contradict the one of the crate.

#[path = "drawing.rs"]
mod drawing;

use card::Point;
use domain::picture::Picture;
use drawing::{back_side, desk, front_side, glyphs};

pub(crate) const CARD: (f64, f64) = (85.60, 53.98);
const CORNER: f64 = 3.18;

/// What the card lies on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Desk {
    White,
    Dark,
    Wood,
    Tiles,
    Cloth,
    Stripes,
}

pub(crate) const DESKS: [Desk; 6] = [
    Desk::White,
    Desk::Dark,
    Desk::Wood,
    Desk::Tiles,
    Desk::Cloth,
    Desk::Stripes,
];

/// What lies on it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Thing {
    Nothing,
    /// The card, its front or its back.
    Card {
        front: bool,
    },
    /// Something flat and pale with sharp corners of this size in millimetres, printed or not.
    Sheet {
        width: f64,
        height: f64,
        print: bool,
    },
}

/// What hides a part of the card.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Spoilt {
    No,
    /// A reflection of this radius in millimetres, this far from the card's middle.
    Glare {
        x: f64,
        y: f64,
        radius: f64,
    },
    /// A finger tip of this radius over a corner.
    Finger {
        corner: usize,
        radius: f64,
    },
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Scene {
    pub(crate) size: (u32, u32),
    /// Card width as a share of the picture's width.
    pub(crate) share: f64,
    /// Middle of the card, as shares of the picture from its middle.
    pub(crate) shift: (f64, f64),
    /// Degrees in the plane of the picture.
    pub(crate) roll: f64,
    /// Degrees away from the picture's plane.
    pub(crate) tilt: f64,
    /// Degrees: about which axis.
    pub(crate) axis: f64,
    /// Focal length over width.
    pub(crate) focal: f64,
    pub(crate) desk: Desk,
    pub(crate) thing: Thing,
    /// Brightness at the left rim and at the right rim, 1 is plain.
    pub(crate) light: (f64, f64),
    /// Standard deviation of the noise in levels.
    pub(crate) noise: f64,
    /// Standard deviation of the blur in elements, across and down.
    pub(crate) blur: (f64, f64),
    pub(crate) spoilt: Spoilt,
    pub(crate) seed: u64,
}

impl Default for Scene {
    fn default() -> Self {
        Self {
            size: (1280, 720),
            share: 0.55,
            shift: (0.0, 0.0),
            roll: 2.0,
            tilt: 4.0,
            axis: 30.0,
            focal: 0.95,
            desk: Desk::Dark,
            thing: Thing::Card { front: true },
            light: (1.0, 0.92),
            noise: 2.0,
            blur: (0.6, 0.6),
            spoilt: Spoilt::No,
            seed: 1,
        }
    }
}

type Vector = [f64; 3];

fn dot(a: Vector, b: Vector) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

impl Scene {
    /// Right, down and away of the card's plane, and the card's middle, in millimetres before the camera.
    fn pose(&self) -> ([Vector; 3], Vector) {
        let (roll, tilt, axis) = (
            self.roll.to_radians(),
            self.tilt.to_radians(),
            self.axis.to_radians(),
        );
        let about = [axis.cos(), axis.sin(), 0.0];
        // Rodrigues.
        let turn = |v: Vector| -> Vector {
            let (c, s) = (tilt.cos(), tilt.sin());
            let k = dot(about, v) * (1.0 - c);
            let cross = [
                about[1] * v[2] - about[2] * v[1],
                about[2] * v[0] - about[0] * v[2],
                about[0] * v[1] - about[1] * v[0],
            ];
            std::array::from_fn(|i| v[i] * c + cross[i] * s + about[i] * k)
        };
        let right = turn([roll.cos(), roll.sin(), 0.0]);
        let down = turn([-roll.sin(), roll.cos(), 0.0]);
        let away = turn([0.0, 0.0, 1.0]);
        let f = self.focal * f64::from(self.size.0);
        let z = f * CARD.0 / (self.share * f64::from(self.size.0));
        let x = self.shift.0 * f64::from(self.size.0) * z / f;
        let y = self.shift.1 * f64::from(self.size.1) * z / f;
        ([right, down, away], [x, y, z])
    }

    /// Where a place of the card, in millimetres from its upper left, lies in the picture.
    pub(crate) fn project(&self, mm: (f64, f64)) -> Point {
        let ([right, down, _], middle) = self.pose();
        let (x, y) = (mm.0 - CARD.0 / 2.0, mm.1 - CARD.1 / 2.0);
        let p: Vector = std::array::from_fn(|i| middle[i] + x * right[i] + y * down[i]);
        let f = self.focal * f64::from(self.size.0);
        Point::new(
            f * p[0] / p[2] + f64::from(self.size.0) / 2.0,
            f * p[1] / p[2] + f64::from(self.size.1) / 2.0,
        )
    }

    /// The card's corners, as if they were sharp.
    pub(crate) fn corners(&self) -> [Point; 4] {
        [(0.0, 0.0), (CARD.0, 0.0), CARD, (0.0, CARD.1)].map(|p| self.project(p))
    }

    pub(crate) fn draw(&self) -> Picture {
        let (w, h) = self.size;
        let ([right, down, away], middle) = self.pose();
        let f = self.focal * f64::from(w);
        let depth = dot(away, middle);
        let mut light = vec![[0.0_f32; 3]; (w * h) as usize];
        for (i, cell) in light.iter_mut().enumerate() {
            let (x, y) = (i as u32 % w, i as u32 / w);
            for (dx, dy) in [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)] {
                let ray = [
                    (f64::from(x) + dx - f64::from(w) / 2.0) / f,
                    (f64::from(y) + dy - f64::from(h) / 2.0) / f,
                    1.0,
                ];
                let t = depth / dot(away, ray);
                let on: Vector = std::array::from_fn(|k| t * ray[k] - middle[k]);
                let rgb = self.colour(dot(on, right), dot(on, down));
                cell.iter_mut().zip(rgb).for_each(|(c, v)| *c += v as f32 / 4.0);
            }
            let across = f64::from(x) / f64::from(w);
            let level = self.light.0 + (self.light.1 - self.light.0) * across;
            cell.iter_mut().for_each(|v| *v *= level as f32);
        }
        let light = blurred(&light, w as usize, self.blur);
        let mut noise = Noise(self.seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        let pixels = light
            .into_iter()
            .flatten()
            .map(|v| {
                (f64::from(v) + self.noise * noise.next())
                    .round()
                    .clamp(0.0, 255.0) as u8
            })
            .collect();
        Picture::new(w, h, pixels).unwrap()
    }

    /// What lies `x`, `y` millimetres from the card's middle.
    fn colour(&self, x: f64, y: f64) -> [f64; 3] {
        match self.spoilt {
            Spoilt::Finger { corner, radius } => {
                let (sx, sy) = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)][corner];
                let (dx, dy) = (x - sx * CARD.0 / 2.0, y - sy * CARD.1 / 2.0);
                if dx.hypot(dy) < radius {
                    return [205.0, 150.0, 125.0];
                }
            }
            Spoilt::Glare { x: gx, y: gy, radius } => {
                let far = (x - gx).hypot(y - gy) / radius;
                if far < 1.6 {
                    let white = ((1.6 - far) / 0.6).min(1.0);
                    let under = self.plain(x, y);
                    return under.map(|v| v + white * (275.0 - v));
                }
            }
            Spoilt::No => {}
        }
        self.plain(x, y)
    }

    fn plain(&self, x: f64, y: f64) -> [f64; 3] {
        match self.thing {
            Thing::Card { front } if in_rounded(x, y, CARD, CORNER) => {
                let (x, y) = (x + CARD.0 / 2.0, y + CARD.1 / 2.0);
                if front { front_side(x, y) } else { back_side(x, y) }
            }
            Thing::Sheet { width, height, print } if in_rounded(x, y, (width, height), 0.0) => {
                let (x, y) = (x + width / 2.0, y + height / 2.0);
                if print && x > 4.0 && x < width - 4.0 && (y - 4.0).rem_euclid(6.0) < 2.4 && glyphs(x, y, 2.4)
                {
                    [50.0; 3]
                } else {
                    [222.0, 224.0, 220.0]
                }
            }
            _ => {
                let cast = match self.thing {
                    Thing::Card { .. } => in_rounded(x - 0.5, y - 0.7, CARD, CORNER),
                    Thing::Sheet { width, height, .. } => in_rounded(x - 0.3, y - 0.4, (width, height), 0.0),
                    Thing::Nothing => false,
                };
                let shade = if cast { 0.7 } else { 1.0 };
                desk(self.desk, x, y).map(|v| shade * v)
            }
        }
    }
}

fn in_rounded(x: f64, y: f64, size: (f64, f64), r: f64) -> bool {
    let dx = x.abs() - (size.0 / 2.0 - r);
    let dy = y.abs() - (size.1 / 2.0 - r);
    if dx > 0.0 && dy > 0.0 && r > 0.0 {
        dx.hypot(dy) <= r
    } else {
        dx <= r && dy <= r
    }
}

/// Sums of uniform numbers are near enough to a bell.
struct Noise(u64);

impl Noise {
    fn next(&mut self) -> f64 {
        let mut sum = 0.0;
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        for k in 0..4 {
            sum += (self.0 >> (16 * k) & 0xFFFF) as f64 / 65536.0 - 0.5;
        }
        sum * 1.732
    }
}

fn blurred(light: &[[f32; 3]], w: usize, sigma: (f64, f64)) -> Vec<[f32; 3]> {
    let once = |light: &[[f32; 3]], sigma: f64, stride: usize| -> Vec<[f32; 3]> {
        if sigma < 0.1 {
            return light.to_vec();
        }
        let reach = (3.0 * sigma).ceil() as i64;
        let kernel: Vec<f32> = (-reach..=reach)
            .map(|k| (-0.5 * (k as f64 / sigma).powi(2)).exp() as f32)
            .collect();
        let sum: f32 = kernel.iter().sum();
        let n = light.len();
        let (place, length) = if stride == 1 { (w, w) } else { (n, n / w) };
        (0..n)
            .map(|i| {
                let here = (i % place) / stride;
                let base = i - here * stride;
                let mut out = [0.0; 3];
                for (k, weight) in kernel.iter().enumerate() {
                    let at = (here as i64 + k as i64 - reach).clamp(0, length as i64 - 1) as usize;
                    let rgb = light[base + at * stride];
                    out.iter_mut().zip(rgb).for_each(|(o, v)| *o += weight / sum * v);
                }
                out
            })
            .collect()
    };
    let across = once(light, sigma.0, 1);
    once(&across, sigma.1, w)
}
