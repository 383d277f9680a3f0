use super::filter;
use std::borrow::Cow;

/// Smoothness of the estimate and how much a step in alpha adds to it (Germer et al. 2020).
const SMOOTH: f32 = 5e-3;
const STEP: f32 = 0.1;
/// Pixels this much person keep their own colour.
const OWN: f32 = 0.985;
/// Pixels below this show none of it.
const NONE: f32 = 0.002;
/// Levels larger than this are worked out only where alpha is partial; the smaller ones carry colours from
/// there to everywhere.
const FINE: usize = 160;

/// One size of the pyramid.
struct Level<'a> {
    width: usize,
    height: usize,
    image: Cow<'a, [[f32; 3]]>,
    alpha: Cow<'a, [f32]>,
}

/// Estimates the person's own colours where alpha is partial: foreground and background colour of each pixel
/// such that their mixture is the picture and both are smooth, from coarse to fine.
pub(super) fn foreground(image: &[[f32; 3]], alpha: &[f32], width: usize, height: usize) -> Vec<[f32; 3]> {
    let mut levels = vec![Level {
        width,
        height,
        image: Cow::Borrowed(image),
        alpha: Cow::Borrowed(alpha),
    }];
    while let Some(last) = levels.last().filter(|level| level.width > 1 || level.height > 1) {
        let next = halved(last);
        levels.push(next);
    }
    let mean = |keep: &dyn Fn(f32) -> bool| {
        let chosen: Vec<&[f32; 3]> = image
            .iter()
            .zip(alpha)
            .filter(|(_, a)| keep(**a))
            .map(|(i, _)| i)
            .collect();
        let count = chosen.len().max(1) as f32;
        std::array::from_fn(|c| chosen.iter().map(|colour| colour[c]).sum::<f32>() / count)
    };
    let mut front = vec![mean(&|a| a > 0.9)];
    let mut back = vec![mean(&|a| a < 0.1)];
    let mut coarse = (1, 1);
    for level in levels.iter().rev() {
        front = enlarged(&front, coarse, level);
        back = enlarged(&back, coarse, level);
        coarse = (level.width, level.height);
        for at in 0..level.image.len() {
            if level.alpha[at] > OWN {
                front[at] = level.image[at];
            } else if level.alpha[at] < NONE {
                back[at] = level.image[at];
            }
        }
        let sweeps = if level.width.max(level.height) <= 32 {
            10
        } else {
            2
        };
        for _ in 0..sweeps {
            sweep(level, &mut front, &mut back);
        }
    }
    front
}

/// One pass; each pixel takes the values that fit itself and its neighbours best.
fn sweep(level: &Level<'_>, front: &mut [[f32; 3]], back: &mut [[f32; 3]]) {
    let (width, height) = (level.width, level.height);
    let fine = width.max(height) > FINE;
    for y in 0..height {
        for x in 0..width {
            let at = y * width + x;
            let a = level.alpha[at];
            if fine && !(NONE..=OWN).contains(&a) {
                continue;
            }
            let neighbours = [
                if x > 0 { at - 1 } else { at },
                if x + 1 < width { at + 1 } else { at },
                if y > 0 { at - width } else { at },
                if y + 1 < height { at + width } else { at },
            ];
            let weights = neighbours.map(|n| SMOOTH + STEP * (a - level.alpha[n]).abs());
            let sum: f32 = weights.iter().sum();
            let (ff, fb, bb) = (a * a + sum, a * (1.0 - a), (1.0 - a) * (1.0 - a) + sum);
            let inverse = 1.0 / (ff * bb - fb * fb);
            for c in 0..3 {
                let mut right_front = a * level.image[at][c];
                let mut right_back = (1.0 - a) * level.image[at][c];
                for (n, weight) in neighbours.iter().zip(weights) {
                    right_front += weight * front[*n][c];
                    right_back += weight * back[*n][c];
                }
                front[at][c] = ((bb * right_front - fb * right_back) * inverse).clamp(0.0, 1.0);
                back[at][c] = ((ff * right_back - fb * right_front) * inverse).clamp(0.0, 1.0);
            }
        }
    }
}

fn halved(level: &Level<'_>) -> Level<'static> {
    let (width, height) = (level.width, level.height);
    let (alpha, _) = level.alpha.as_chunks::<1>();
    Level {
        width: width.div_ceil(2),
        height: height.div_ceil(2),
        image: filter::halve(&level.image, width, height).into(),
        alpha: filter::halve(alpha, width, height).into_flattened().into(),
    }
}

fn enlarged(colours: &[[f32; 3]], (width, height): (usize, usize), level: &Level<'_>) -> Vec<[f32; 3]> {
    let columns: Vec<usize> = (0..level.width)
        .map(|x| (x * width / level.width).min(width - 1))
        .collect();
    let mut out = Vec::with_capacity(level.image.len());
    for y in 0..level.height {
        let row = &colours[(y * height / level.height).min(height - 1) * width..][..width];
        out.extend(columns.iter().map(|x| row[*x]));
    }
    out
}
