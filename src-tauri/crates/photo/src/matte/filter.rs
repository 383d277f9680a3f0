/// Blurs a plane like a Gaussian of `sigma` (three box passes), edges repeated.
pub(super) fn gaussian(plane: &mut [f32], width: usize, height: usize, sigma: f32) {
    // Width of a box whose threefold use has the variance of the Gaussian.
    let radius = (((4.0 * sigma * sigma + 1.0).sqrt() - 1.0) / 2.0)
        .round()
        .max(1.0) as usize;
    let mut spare = vec![0.0; plane.len()];
    for _ in 0..3 {
        for row in 0..height {
            let at = row * width;
            box_row(&plane[at..at + width], &mut spare[at..at + width], radius);
        }
        box_columns(&spare, plane, width, height, radius);
    }
}

fn box_row(source: &[f32], out: &mut [f32], radius: usize) {
    let last = source.len() - 1;
    let mut sum = source[0] * radius as f32;
    for x in 0..=radius {
        sum += source[x.min(last)];
    }
    let share = 1.0 / (2 * radius + 1) as f32;
    for (x, value) in out.iter_mut().enumerate() {
        *value = sum * share;
        sum += source[(x + radius + 1).min(last)] - source[x.saturating_sub(radius)];
    }
}

fn box_columns(source: &[f32], out: &mut [f32], width: usize, height: usize, radius: usize) {
    let row = |y: usize| &source[y.min(height - 1) * width..][..width];
    let mut sums: Vec<f32> = row(0).iter().map(|v| v * radius as f32).collect();
    for y in 0..=radius {
        sums.iter_mut().zip(row(y)).for_each(|(sum, v)| *sum += v);
    }
    let share = 1.0 / (2 * radius + 1) as f32;
    for y in 0..height {
        let target = &mut out[y * width..][..width];
        let (enter, leave) = (row(y + radius + 1), row(y.saturating_sub(radius)));
        for x in 0..width {
            target[x] = sums[x] * share;
            sums[x] += enter[x] - leave[x];
        }
    }
}

/// Distance of every cell to the nearest cell where `inside` holds, in cells (chamfer 3-4, within 8 %);
/// very large when there is none.
pub(crate) fn distance(inside: &[bool], width: usize, height: usize) -> Vec<f32> {
    const FAR: f32 = 1e9;
    let mut map: Vec<f32> = inside.iter().map(|set| if *set { 0.0 } else { FAR }).collect();
    let (straight, diagonal) = (1.0, 4.0 / 3.0);
    for y in 0..height {
        for x in 0..width {
            let at = y * width + x;
            let mut best = map[at];
            if x > 0 {
                best = best.min(map[at - 1] + straight);
            }
            if y > 0 {
                best = best.min(map[at - width] + straight);
                if x > 0 {
                    best = best.min(map[at - width - 1] + diagonal);
                }
                if x + 1 < width {
                    best = best.min(map[at - width + 1] + diagonal);
                }
            }
            map[at] = best;
        }
    }
    for y in (0..height).rev() {
        for x in (0..width).rev() {
            let at = y * width + x;
            let mut best = map[at];
            if x + 1 < width {
                best = best.min(map[at + 1] + straight);
            }
            if y + 1 < height {
                best = best.min(map[at + width] + straight);
                if x > 0 {
                    best = best.min(map[at + width - 1] + diagonal);
                }
                if x + 1 < width {
                    best = best.min(map[at + width + 1] + diagonal);
                }
            }
            map[at] = best;
        }
    }
    map
}

/// A connected piece of a binary plane.
pub(crate) struct Piece {
    /// Its cells, as indices into the plane.
    pub(crate) cells: Vec<usize>,
    /// True when it touches the left, upper or right edge.
    pub(crate) at_edge: bool,
}

/// The pieces (four neighbours) of a binary plane.
pub(crate) fn pieces(inside: &[bool], width: usize, height: usize) -> Vec<Piece> {
    let mut seen = vec![false; inside.len()];
    let mut found = Vec::new();
    for start in 0..inside.len() {
        if !inside[start] || seen[start] {
            continue;
        }
        seen[start] = true;
        let mut cells = vec![start];
        let mut next = 0;
        let mut at_edge = false;
        while next < cells.len() {
            let at = cells[next];
            next += 1;
            let (x, y) = (at % width, at / width);
            at_edge |= x == 0 || y == 0 || x + 1 == width;
            let mut visit = |to: usize| {
                if inside[to] && !seen[to] {
                    seen[to] = true;
                    cells.push(to);
                }
            };
            if x > 0 {
                visit(at - 1);
            }
            if x + 1 < width {
                visit(at + 1);
            }
            if y > 0 {
                visit(at - width);
            }
            if y + 1 < height {
                visit(at + width);
            }
        }
        found.push(Piece { cells, at_edge });
    }
    found
}

/// Halves a plane of samples by averaging squares of two; odd ends average what is there.
pub(super) fn halve(plane: &[f32], width: usize, height: usize) -> Vec<f32> {
    let (w, h) = (width.div_ceil(2), height.div_ceil(2));
    let mut out = Vec::with_capacity(w * h);
    for y in 0..h {
        let (y0, y1) = (2 * y, (2 * y + 1).min(height - 1));
        for x in 0..w {
            let (x0, x1) = (2 * x, (2 * x + 1).min(width - 1));
            let sum = plane[y0 * width + x0]
                + plane[y0 * width + x1]
                + plane[y1 * width + x0]
                + plane[y1 * width + x1];
            out.push(sum / 4.0);
        }
    }
    out
}

/// Bilinear sample of a plane that was halved once, at a full-size pixel.
pub(super) fn at_half(plane: &[f32], width: usize, height: usize, x: usize, y: usize) -> f32 {
    let fx = ((x as f32 - 0.5) / 2.0).clamp(0.0, (width - 1) as f32);
    let fy = ((y as f32 - 0.5) / 2.0).clamp(0.0, (height - 1) as f32);
    let (x0, y0) = (fx as usize, fy as usize);
    let (x1, y1) = ((x0 + 1).min(width - 1), (y0 + 1).min(height - 1));
    let (fx, fy) = (fx - x0 as f32, fy - y0 as f32);
    let top = plane[y0 * width + x0] * (1.0 - fx) + plane[y0 * width + x1] * fx;
    let bottom = plane[y1 * width + x0] * (1.0 - fx) + plane[y1 * width + x1] * fx;
    top * (1.0 - fy) + bottom * fy
}
