//! Straight edges: Hough's transform with the edge's own direction, then a least-squares fit.

use crate::edges::Edges;
use crate::geometry::{Line, Point};

/// Directions over half a turn.
const TURNS: usize = 180;
/// An edge votes for directions this far from its own.
const SLACK: usize = 3;
/// Lines that are looked at.
const MOST: usize = 76;
/// A stronger edge does not vote more than this many levels per element.
const STRONGEST: f32 = 24.0;
/// Two peaks nearer than this (directions, elements) are one line.
const APART: (usize, usize) = (4, 5);

/// A straight edge with where along it there is one.
pub(crate) struct Ruled {
    pub(crate) line: Line,
    /// Position of the first entry of the counts.
    start: f64,
    /// Up to each position: edges whose brighter side is that of the normal, and of the other side.
    counts: Vec<[u32; 2]>,
}

impl Ruled {
    /// Places from `a` to `b` along the line with an edge that is brighter towards the normal, with one that
    /// is brighter on the other side, and all places.
    pub(crate) fn support(&self, a: f64, b: f64) -> [f64; 3] {
        let last = self.counts.len() - 1;
        let index = |t: f64| ((t - self.start).round().max(0.0) as usize).min(last);
        let (from, to) = (index(a.min(b)), index(a.max(b)));
        let all = (a - b).abs().max(1.0);
        let part = |k: usize| f64::from(self.counts[to][k] - self.counts[from][k]);
        [part(0), part(1), all]
    }
}

/// The straightest and longest edges.
pub(crate) fn lines(edges: &Edges) -> Vec<Ruled> {
    let table: Vec<(f64, f64)> = (0..TURNS)
        .map(|i| (i as f64).to_radians())
        .map(|a| (a.cos(), a.sin()))
        .collect();
    let reach = (edges.width as f64).hypot(edges.height as f64).ceil() as usize + 2;
    let span = 2 * reach;
    let mut votes = vec![0.0_f32; TURNS * span];
    let all = edges.ridge.iter().enumerate();
    for (i, (gx, gy)) in all.filter_map(|(i, g)| g.map(|g| (i, g))) {
        let x = (i % edges.width) as f64 + 0.5;
        let y = (i / edges.width) as f64 + 0.5;
        let turn = f64::from(gy.atan2(gx)).to_degrees().rem_euclid(180.0).round() as usize;
        let weight = gx.hypot(gy).min(STRONGEST).sqrt();
        for k in 0..=2 * SLACK {
            let turn = (turn + TURNS + k - SLACK) % TURNS;
            let (c, s) = table[turn];
            let r = (x * c + y * s + reach as f64).round() as usize;
            votes[turn * span + r.min(span - 1)] += weight;
        }
    }
    peaks(&mut votes, span)
        .into_iter()
        .filter_map(|(turn, r)| {
            let (c, s) = table[turn];
            let rough = Line {
                normal: Point::new(c, s),
                offset: r as f64 - reach as f64,
            };
            let line = fitted(edges, rough)?;
            Some(ruled(edges, line))
        })
        .collect()
}

fn peaks(votes: &mut [f32], span: usize) -> Vec<(usize, usize)> {
    // The greatest of each direction, kept up to date where votes are struck out.
    let best_of = |row: &[f32]| {
        let best = row.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1));
        best.map_or((0, 0.0), |(r, v)| (r, *v))
    };
    let mut best: Vec<(usize, f32)> = votes.chunks_exact(span).map(best_of).collect();
    let mut found = vec![];
    while found.len() < MOST {
        let top = best.iter().enumerate().max_by(|a, b| a.1.1.total_cmp(&b.1.1));
        let Some((turn, (r, vote))) = top.map(|(t, b)| (t, *b)) else {
            break;
        };
        if vote < 20.0 {
            break;
        }
        found.push((turn, r));
        for k in 0..=2 * APART.0 {
            let unwrapped = turn + TURNS + k - APART.0;
            // Past half a turn the same line has the opposite offset.
            let flipped = !(TURNS..2 * TURNS).contains(&unwrapped);
            let middle = if flipped { span - 1 - r } else { r };
            let other = unwrapped % TURNS;
            let row = &mut votes[other * span..][..span];
            let to = (middle + APART.1 + 1).min(span);
            row[middle.saturating_sub(APART.1)..to].fill(0.0);
            best[other] = best_of(row);
        }
    }
    found
}

/// The line through the edges near a rough one; twice, the second time with what is near the first fit.
fn fitted(edges: &Edges, rough: Line) -> Option<Line> {
    let mut line = rough;
    for near in [2.5, 1.5] {
        let places: Vec<(Point, f64)> = walk(edges, &line, near)
            .filter_map(|(_, p, g)| g.map(|g| (p, g)))
            .map(|(p, g)| (p, f64::from(g.0.hypot(g.1).min(STRONGEST))))
            .collect();
        let fit = Line::fit(places.iter().copied())?;
        // The same sense as before.
        line = if fit.normal.dot(line.normal) < 0.0 {
            Line {
                normal: Point::new(-fit.normal.x, -fit.normal.y),
                offset: -fit.offset,
            }
        } else {
            fit
        };
    }
    Some(line)
}

/// Every place along a line inside the picture with the edge that lies there across the line.
fn walk(edges: &Edges, line: &Line, near: f64) -> impl Iterator<Item = (f64, Point, Option<(f32, f32)>)> {
    let corners = [
        (0.0, 0.0),
        (edges.width as f64, 0.0),
        (0.0, edges.height as f64),
        (edges.width as f64, edges.height as f64),
    ];
    let positions = corners.map(|(x, y)| line.position(Point::new(x, y)));
    let from = positions.iter().copied().fold(f64::MAX, f64::min).floor() as i64;
    let to = positions.iter().copied().fold(f64::MIN, f64::max).ceil() as i64;
    let steps = near.ceil() as i32;
    (from..=to).map(move |t| {
        let t = t as f64;
        let foot = line.at(t);
        let mut best: Option<(Point, (f32, f32), f64)> = None;
        for step in -steps..=steps {
            let p = foot.plus(f64::from(step), line.normal);
            if let Some(g) = edges.at(p.x, p.y) {
                let across = line.normal.dot(Point::new(f64::from(g.0), f64::from(g.1)));
                let size = f64::from(g.0.hypot(g.1));
                // Within 15 degrees of the line's normal.
                if across.abs() > 0.966 * size && best.is_none_or(|(.., b)| size > b) {
                    let centre = Point::new(p.x.floor() + 0.5, p.y.floor() + 0.5);
                    if line.distance(centre).abs() <= near {
                        best = Some((centre, g, size));
                    }
                }
            }
        }
        (t, best.map_or(foot, |b| b.0), best.map(|b| b.1))
    })
}

fn ruled(edges: &Edges, line: Line) -> Ruled {
    let mut counts = vec![[0, 0]];
    let mut start = 0.0;
    for (i, (t, _, edge)) in walk(edges, &line, 1.6).enumerate() {
        if i == 0 {
            start = t;
        }
        let mut sum = counts[counts.len() - 1];
        if let Some((gx, gy)) = edge {
            let bright = line.normal.dot(Point::new(f64::from(gx), f64::from(gy))) > 0.0;
            sum[usize::from(!bright)] += 1;
        }
        counts.push(sum);
    }
    Ruled { line, start, counts }
}
