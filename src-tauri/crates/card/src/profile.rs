//! Brightness across an edge, at the picture's full resolution.

use crate::geometry::Point;
use domain::picture::Picture;

/// A direction in colour along which two sides differ; of length 1.
pub(crate) type Tone = [f64; 3];

/// Brightness, where no better direction is known.
pub(crate) const GREY: Tone = [0.577_350_3; 3];

/// Where a profile is steep.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Step {
    /// From the middle of the profile, in elements along its direction.
    pub(crate) offset: f64,
    /// Levels per element.
    pub(crate) slope: f64,
    /// Contrast over slope, in elements.
    pub(crate) width: f64,
}

/// How a profile is taken.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Probe {
    /// To both sides, in elements.
    pub(crate) half: f64,
    /// Between two samples, in elements.
    pub(crate) step: f64,
}

/// The colour at a place, between elements.
pub(crate) fn colour(picture: &Picture, at: Point) -> [f64; 3] {
    let (x, y) = (at.x - 0.5, at.y - 0.5);
    let (left, top) = (x.floor(), y.floor());
    let (fx, fy) = (x - left, y - top);
    let corner = |dx: i64, dy: i64| picture.at(left as i64 + dx, top as i64 + dy).map(f64::from);
    let (a, b, c, d) = (corner(0, 0), corner(1, 0), corner(0, 1), corner(1, 1));
    std::array::from_fn(|i| {
        let upper = a[i] + (b[i] - a[i]) * fx;
        let lower = c[i] + (d[i] - c[i]) * fx;
        upper + (lower - upper) * fy
    })
}

pub(crate) fn inside(picture: &Picture, p: Point, margin: f64) -> bool {
    let (w, h) = (f64::from(picture.width()), f64::from(picture.height()));
    p.x >= margin && p.y >= margin && p.x <= w - margin && p.y <= h - margin
}

/// The steepest places of a profile, steepest first, at most three; none where it leaves the picture.
pub(crate) fn steps(picture: &Picture, at: Point, along: Point, tone: Tone, probe: Probe) -> Vec<Step> {
    let n = (probe.half / probe.step).ceil() as i64;
    if n < 2
        || [-1.0, 1.0]
            .iter()
            .any(|s| !inside(picture, at.plus(s * probe.half, along), 0.0))
    {
        return vec![];
    }
    let across = Point::new(-along.y, along.x);
    let value = |k: i64| {
        let foot = at.plus(k as f64 * probe.step, along);
        // Three places side by side: less noise, the same edge.
        let sum: f64 = [-1.0, 0.0, 1.0]
            .iter()
            .map(|side| {
                let rgb = colour(picture, foot.plus(side * probe.step, across));
                rgb.iter().zip(tone).map(|(v, t)| v * t).sum::<f64>()
            })
            .sum();
        sum / 3.0
    };
    let values: Vec<f64> = (-n - 1..=n + 1).map(value).collect();
    let slopes: Vec<f64> = values
        .windows(3)
        .map(|v| (v[2] - v[0]) / (2.0 * probe.step))
        .collect();
    let mut found: Vec<Step> = (1..slopes.len() - 1)
        .filter(|&i| {
            let s = slopes[i].abs();
            s > 0.0 && s >= slopes[i - 1].abs() && s > slopes[i + 1].abs()
        })
        .map(|i| step_at(&values, &slopes, i, n, probe.step))
        .collect();
    found.sort_by(|a, b| b.slope.total_cmp(&a.slope));
    found.truncate(3);
    let least = found.first().map_or(0.0, |s| 0.3 * s.slope);
    found.retain(|s| s.slope >= least);
    found
}

fn step_at(values: &[f64], slopes: &[f64], i: usize, n: i64, step: f64) -> Step {
    let sign = slopes[i].signum();
    let s = |k: usize| sign * slopes[k];
    let bend = s(i - 1) - 2.0 * s(i) + s(i + 1);
    let shift = if bend < 0.0 {
        0.5 * (s(i - 1) - s(i + 1)) / bend
    } else {
        0.0
    };
    let ends = |go: &dyn Fn(usize) -> Option<usize>| {
        let mut k = i;
        while let Some(next) = go(k).filter(|&next| s(next) > 0.12 * s(i)) {
            k = next;
        }
        k
    };
    let first = ends(&|k| k.checked_sub(1));
    let last = ends(&|k| (k + 1 < slopes.len()).then_some(k + 1));
    // Slope k lies at value k + 1.
    let contrast = (values[last + 2] - values[first]).abs();
    Step {
        offset: (i as i64 - n) as f64 * step + shift * step,
        slope: s(i),
        width: contrast / s(i),
    }
}
