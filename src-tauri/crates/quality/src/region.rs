//! A set of pixels inside an upright window.

use domain::geometry::Point;

/// A set of pixels; everything outside its window does not belong to it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Region {
    x: i32,
    y: i32,
    width: usize,
    height: usize,
    cells: Vec<bool>,
}

/// The neighbourhood by which a region grows or shrinks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Brush {
    /// All pixels within this distance.
    Disc(i32),
    /// A square reaching this far to each side.
    Square(i32),
}

impl Region {
    /// All pixels of a picture for which `f` holds.
    pub(crate) fn of(width: usize, height: usize, mut f: impl FnMut(usize, usize) -> bool) -> Self {
        let mut cells = Vec::with_capacity(width * height);
        for y in 0..height {
            for x in 0..width {
                cells.push(f(x, y));
            }
        }
        Self {
            x: 0,
            y: 0,
            width,
            height,
            cells,
        }
    }

    /// A filled polygon with its outline, corners moved to the pixels they lie in (a closed eye keeps its line).
    pub(crate) fn polygon(corners: &[Point]) -> Self {
        let corners: Vec<(i32, i32)> = corners
            .iter()
            .map(|p| (p.x.floor() as i32, p.y.floor() as i32))
            .collect();
        let (Some(x0), Some(x1), Some(y0), Some(y1)) = (
            corners.iter().map(|c| c.0).min(),
            corners.iter().map(|c| c.0).max(),
            corners.iter().map(|c| c.1).min(),
            corners.iter().map(|c| c.1).max(),
        ) else {
            return Self {
                x: 0,
                y: 0,
                width: 0,
                height: 0,
                cells: Vec::new(),
            };
        };
        let (width, height) = ((x1 - x0 + 1) as usize, (y1 - y0 + 1) as usize);
        let mut region = Self {
            x: x0,
            y: y0,
            width,
            height,
            cells: vec![false; width * height],
        };
        let edges = || corners.iter().zip(corners.iter().cycle().skip(1));
        for y in y0..=y1 {
            let mut crossings: Vec<f32> = edges()
                .filter(|(p, q)| (p.1 <= y) != (q.1 <= y))
                .map(|(p, q)| p.0 as f32 + (y - p.1) as f32 / (q.1 - p.1) as f32 * (q.0 - p.0) as f32)
                .collect();
            crossings.sort_by(f32::total_cmp);
            for pair in crossings.chunks_exact(2) {
                for x in pair[0].ceil() as i32..=pair[1].floor() as i32 {
                    region.set(x, y, true);
                }
            }
        }
        for (p, q) in edges() {
            let steps = (q.0 - p.0).abs().max((q.1 - p.1).abs()).max(1);
            for i in 0..=steps {
                let t = i as f32 / steps as f32;
                let x = p.0 as f32 + t * (q.0 - p.0) as f32;
                let y = p.1 as f32 + t * (q.1 - p.1) as f32;
                region.set(x.round() as i32, y.round() as i32, true);
            }
        }
        region
    }

    /// Whether a pixel belongs to the set.
    pub(crate) fn contains(&self, x: i32, y: i32) -> bool {
        self.index(x, y).is_some_and(|i| self.cells[i])
    }

    /// Its pixels, row by row.
    pub(crate) fn pixels(&self) -> impl Iterator<Item = (i32, i32)> {
        self.cells
            .iter()
            .enumerate()
            .filter(|(_, inside)| **inside)
            .map(|(i, _)| (self.x + (i % self.width) as i32, self.y + (i / self.width) as i32))
    }

    /// How many pixels belong to it.
    pub(crate) fn count(&self) -> usize {
        self.cells.iter().filter(|inside| **inside).count()
    }

    /// Keeps the pixels for which `f` holds.
    pub(crate) fn kept(mut self, f: impl Fn(i32, i32) -> bool) -> Self {
        let (x, y, width) = (self.x, self.y, self.width);
        for (i, cell) in self.cells.iter_mut().enumerate() {
            *cell = *cell && f(x + (i % width) as i32, y + (i / width) as i32);
        }
        self
    }

    /// Takes another region out.
    pub(crate) fn without(self, other: &Self) -> Self {
        self.kept(|x, y| !other.contains(x, y))
    }

    /// Both together.
    pub(crate) fn joined(&self, other: &Self) -> Self {
        if self.cells.is_empty() {
            return other.clone();
        }
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        let right = (self.x + self.width as i32).max(other.x + other.width as i32);
        let low = (self.y + self.height as i32).max(other.y + other.height as i32);
        let (width, height) = ((right - x) as usize, (low - y) as usize);
        let mut region = Self {
            x,
            y,
            width,
            height,
            cells: vec![false; width * height],
        };
        for (px, py) in self.pixels().chain(other.pixels()) {
            region.set(px, py, true);
        }
        region
    }

    /// Grows by a brush.
    pub(crate) fn grown(&self, brush: Brush) -> Self {
        let (Brush::Disc(reach) | Brush::Square(reach)) = brush;
        let (width, height) = (self.width + 2 * reach as usize, self.height + 2 * reach as usize);
        let mut region = Self {
            x: self.x - reach,
            y: self.y - reach,
            width,
            height,
            cells: vec![false; width * height],
        };
        for (x, y) in self.pixels() {
            region.set(x, y, true);
            if self.is_rim(x, y, true) {
                brush.stroke(|dx, dy| region.set(x + dx, y + dy, true));
            }
        }
        region
    }

    /// Shrinks by a brush; beyond the window counts as outside.
    pub(crate) fn shrunk(&self, brush: Brush) -> Self {
        let mut region = self.clone();
        for y in self.y - 1..=self.y + self.height as i32 {
            for x in self.x - 1..=self.x + self.width as i32 {
                if !self.contains(x, y) && self.is_rim(x, y, false) {
                    brush.stroke(|dx, dy| region.set(x + dx, y + dy, false));
                }
            }
        }
        region
    }

    /// Without what is thinner than `2 * x + 1` by `2 * y + 1` pixels.
    pub(crate) fn opened(&self, x: i32, y: i32) -> Self {
        let box_at = |region: &Self, cx: i32, cy: i32, all: bool| {
            let mut cells = (-y..=y).flat_map(|dy| (-x..=x).map(move |dx| (cx + dx, cy + dy)));
            if all {
                cells.all(|(px, py)| region.contains(px, py))
            } else {
                cells.any(|(px, py)| region.contains(px, py))
            }
        };
        let core = self.clone().kept(|cx, cy| box_at(self, cx, cy, true));
        self.clone().kept(|cx, cy| box_at(&core, cx, cy, false))
    }

    /// The largest connected piece (edges and corners connect).
    pub(crate) fn largest_piece(&self) -> Self {
        self.largest_piece_touching(|_, _| true)
    }

    /// The largest connected piece that has a pixel for which `near` holds; empty when there is none.
    pub(crate) fn largest_piece_touching(&self, near: impl Fn(i32, i32) -> bool) -> Self {
        let mut seen = vec![false; self.cells.len()];
        let mut best: Vec<usize> = Vec::new();
        for start in 0..self.cells.len() {
            if seen[start] || !self.cells[start] {
                continue;
            }
            let mut piece = vec![start];
            seen[start] = true;
            let mut next = 0;
            while next < piece.len() {
                let (x, y) = (
                    (piece[next] % self.width) as i64,
                    (piece[next] / self.width) as i64,
                );
                next += 1;
                for (dx, dy) in [
                    (-1, -1),
                    (0, -1),
                    (1, -1),
                    (-1, 0),
                    (1, 0),
                    (-1, 1),
                    (0, 1),
                    (1, 1),
                ] {
                    let (nx, ny) = (x + dx, y + dy);
                    if nx < 0 || ny < 0 || nx >= self.width as i64 || ny >= self.height as i64 {
                        continue;
                    }
                    let i = ny as usize * self.width + nx as usize;
                    if self.cells[i] && !seen[i] {
                        seen[i] = true;
                        piece.push(i);
                    }
                }
            }
            let touches =
                |i: &usize| near(self.x + (i % self.width) as i32, self.y + (i / self.width) as i32);
            if piece.len() > best.len() && piece.iter().any(touches) {
                best = piece;
            }
        }
        let mut region = Self {
            cells: vec![false; self.cells.len()],
            ..self.clone()
        };
        best.iter().for_each(|i| region.cells[*i] = true);
        region
    }

    fn is_rim(&self, x: i32, y: i32, inside: bool) -> bool {
        [(-1, 0), (1, 0), (0, -1), (0, 1)]
            .iter()
            .any(|(dx, dy)| self.contains(x + dx, y + dy) != inside)
    }

    fn index(&self, x: i32, y: i32) -> Option<usize> {
        let (cx, cy) = (x - self.x, y - self.y);
        let inside = cx >= 0 && cy >= 0 && (cx as usize) < self.width && (cy as usize) < self.height;
        inside.then(|| cy as usize * self.width + cx as usize)
    }

    fn set(&mut self, x: i32, y: i32, value: bool) {
        if let Some(i) = self.index(x, y) {
            self.cells[i] = value;
        }
    }
}

impl Brush {
    fn stroke(self, mut touch: impl FnMut(i32, i32)) {
        let (Self::Disc(reach) | Self::Square(reach)) = self;
        for dy in -reach..=reach {
            for dx in -reach..=reach {
                if matches!(self, Self::Square(_)) || dx * dx + dy * dy <= reach * reach {
                    touch(dx, dy);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(from: f32, to: f32) -> Region {
        Region::polygon(&[
            Point::new(from, from),
            Point::new(to, from),
            Point::new(to, to),
            Point::new(from, to),
        ])
    }

    #[test]
    fn a_polygon_has_its_outline() {
        assert_eq!(square(2.0, 6.0).count(), 25);
        let line = Region::polygon(&[Point::new(0.0, 3.0), Point::new(9.0, 3.0)]);
        assert_eq!(line.count(), 10, "a closed lid keeps its line");
        assert_eq!(Region::polygon(&[]).count(), 0);
    }

    #[test]
    fn growing_and_shrinking_are_opposite_on_a_square() {
        let s = square(10.0, 20.0);
        let back = s.grown(Brush::Square(3)).shrunk(Brush::Square(3));
        assert_eq!(back.count(), s.count());
        assert_eq!(s.shrunk(Brush::Square(5)).count(), 1);
        assert_eq!(s.grown(Brush::Square(1)).count(), 13 * 13);
    }

    #[test]
    fn the_largest_piece_stays() {
        let two = square(0.0, 2.0).joined(&square(10.0, 15.0));
        assert_eq!(two.count(), 9 + 36);
        assert_eq!(two.largest_piece().count(), 36);
    }
}
