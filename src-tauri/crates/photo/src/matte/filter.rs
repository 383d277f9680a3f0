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
    for y in 0..height {
        let (above, rest) = map.split_at_mut(y * width);
        let row = &mut rest[..width];
        if y > 0 {
            from_row(row, &above[(y - 1) * width..]);
        }
        along(row.iter_mut());
    }
    for y in (0..height).rev() {
        let (above, below) = map.split_at_mut((y + 1) * width);
        let row = &mut above[y * width..];
        if y + 1 < height {
            from_row(row, &below[..width]);
        }
        along(row.iter_mut().rev());
    }
    map
}

const STRAIGHT: f32 = 1.0;
const DIAGONAL: f32 = 4.0 / 3.0;

/// Takes over what is nearer by way of the row beside.
fn from_row(row: &mut [f32], beside: &[f32]) {
    for (own, near) in row.iter_mut().zip(beside) {
        *own = own.min(near + STRAIGHT);
    }
    for (own, near) in row.iter_mut().zip(beside.iter().skip(1)) {
        *own = own.min(near + DIAGONAL);
    }
    for (own, near) in row.iter_mut().skip(1).zip(beside) {
        *own = own.min(near + DIAGONAL);
    }
}

/// Takes over what is nearer by way of the cell before.
fn along<'a>(row: impl Iterator<Item = &'a mut f32>) {
    let mut before = f32::INFINITY;
    for own in row {
        before = own.min(before + STRAIGHT);
        *own = before;
    }
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
    let mut left = inside.to_vec();
    let mut found = Vec::new();
    for start in 0..left.len() {
        if !left[start] {
            continue;
        }
        left[start] = false;
        let mut cells = vec![start];
        let mut next = 0;
        let mut at_edge = false;
        while next < cells.len() {
            let at = cells[next];
            next += 1;
            let (x, y) = (at % width, at / width);
            at_edge |= x == 0 || y == 0 || x + 1 == width;
            let mut visit = |to: usize| {
                if left[to] {
                    left[to] = false;
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
pub(super) fn halve<const N: usize>(plane: &[[f32; N]], width: usize, height: usize) -> Vec<[f32; N]> {
    let (w, h) = (width.div_ceil(2), height.div_ceil(2));
    let mut out = Vec::with_capacity(w * h);
    for y in 0..h {
        let upper = &plane[2 * y * width..][..width];
        let lower = &plane[(2 * y + 1).min(height - 1) * width..][..width];
        for (top, bottom) in upper.chunks(2).zip(lower.chunks(2)) {
            let (left, right) = (0, top.len() - 1);
            out.push(std::array::from_fn(|c| {
                (top[left][c] + top[right][c] + bottom[left][c] + bottom[right][c]) / 4.0
            }));
        }
    }
    out
}

/// Doubles a plane that was halved once, bilinearly, to `width` by `height`.
pub(super) fn doubled(half: &[f32], width: usize, height: usize) -> Vec<f32> {
    let (w, h) = (width.div_ceil(2), height.div_ceil(2));
    let mut out = Vec::with_capacity(width * height);
    let mut mixed = vec![0.0; w];
    for y in 0..height {
        let (above, below, share) = between(y, h);
        let (above, below) = (&half[above * w..][..w], &half[below * w..][..w]);
        for (to, (a, b)) in mixed.iter_mut().zip(above.iter().zip(below)) {
            *to = a * (1.0 - share) + b * share;
        }
        for x in 0..width {
            let (left, right, share) = between(x, w);
            out.push(mixed[left] * (1.0 - share) + mixed[right] * share);
        }
    }
    out
}

/// The two cells of a halved row of `cells` between which a full-size cell lies, and the second's share.
fn between(at: usize, cells: usize) -> (usize, usize, f32) {
    let last = cells - 1;
    let half = at / 2;
    if at.is_multiple_of(2) {
        (half.saturating_sub(1), half.min(last), 0.75)
    } else {
        (half.min(last), (half + 1).min(last), 0.25)
    }
}
