//! Finder patterns alone: a code is there although nothing of it can be read.

use crate::bitmap::Bitmap;

/// The runs of a line through the middle of a finder pattern, in modules.
const RUNS: [f32; 5] = [1.0, 1.0, 3.0, 1.0, 1.0];
/// How much a run may differ, in modules.
const SLACK: f32 = 0.6;

/// One pattern: its middle, and how wide a module is.
#[derive(Clone, Copy)]
struct Pattern {
    x: f32,
    y: f32,
    module: f32,
}

/// True when three patterns of about one size stand there as corners of a code do.
pub(crate) fn three(bitmap: &Bitmap) -> bool {
    let found = patterns(bitmap);
    let corner = |a: &Pattern| {
        let like: Vec<&Pattern> = found
            .iter()
            .filter(|b| alike(a, b) && apart(a, b) > 10.0 * a.module)
            .collect();
        like.iter()
            .enumerate()
            .any(|(i, b)| like[i + 1..].iter().any(|c| right_angle(a, b, c)))
    };
    found.iter().any(corner)
}

fn alike(a: &Pattern, b: &Pattern) -> bool {
    (a.module / b.module - 1.0).abs() < 0.4
}

fn apart(a: &Pattern, b: &Pattern) -> f32 {
    (a.x - b.x).hypot(a.y - b.y)
}

/// The legs from `a` are about as long as each other and stand about upright on each other.
fn right_angle(a: &Pattern, b: &Pattern, c: &Pattern) -> bool {
    let (ab, ac) = (apart(a, b), apart(a, c));
    let cosine = ((b.x - a.x) * (c.x - a.x) + (b.y - a.y) * (c.y - a.y)) / (ab * ac);
    (ab / ac).max(ac / ab) < 1.5 && cosine.abs() < 0.35
}

fn patterns(bitmap: &Bitmap) -> Vec<Pattern> {
    let mut found: Vec<Pattern> = vec![];
    for y in (0..bitmap.height).step_by(2) {
        for (middle, module) in along(bitmap.width, |x| bitmap.is_dark(x, y)) {
            let column = middle as usize;
            let upright = along(bitmap.height, |y| bitmap.is_dark(column, y));
            let through = |(at, other): &(f32, f32)| {
                (at - y as f32).abs() < 1.5 * module && (other / module - 1.0).abs() < 0.5
            };
            let Some((at, _)) = upright.into_iter().find(through) else {
                continue;
            };
            let new = Pattern {
                x: middle,
                y: at,
                module,
            };
            if !found.iter().any(|old| apart(old, &new) < 4.0 * module) {
                found.push(new);
            }
        }
    }
    found
}

/// Middles of 1:1:3:1:1 along a line, and the width of a module there.
fn along(length: usize, dark: impl Fn(usize) -> bool) -> Vec<(f32, f32)> {
    let mut found = vec![];
    let mut runs: Vec<(usize, usize)> = vec![];
    let mut begun = 0;
    for i in 1..=length {
        if i < length && dark(i) == dark(begun) {
            continue;
        }
        runs.push((begun, i - begun));
        if dark(begun) && runs.len() >= 5 {
            let five = &runs[runs.len() - 5..];
            let module = five.iter().map(|(_, run)| *run as f32).sum::<f32>() / 7.0;
            let fits = |(run, wanted): (&(usize, usize), f32)| (run.1 as f32 / module - wanted).abs() < SLACK;
            if module >= 1.0 && five.iter().zip(RUNS).all(fits) {
                let (start, run) = five[2];
                found.push((start as f32 + run as f32 / 2.0, module));
            }
        }
        begun = i;
    }
    found
}
