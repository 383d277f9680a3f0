//! Quadrilaterals of straight edges that may be a card.

use crate::edges::Edges;
use crate::geometry::{Line, Point, Quad};
use crate::homography::Homography;
use crate::limits::Limits;
use crate::lines::Ruled;

/// A card may lie out of the picture by this share of the picture's longer side.
const OUTSIDE: f64 = 0.2;
/// Candidates that are looked at closely.
const MOST: usize = 10;
/// Opposite sides differ by no more than 30 degrees, neighbours stand at 55 to 125.
const OPPOSITE: f64 = 0.866;
const NEIGHBOUR: f64 = 0.574;
/// An edge beyond the corners counts this much against one along the sides.
const BEYOND: f64 = 0.5;

/// A candidate, in elements of the picture.
pub(crate) struct Candidate {
    pub(crate) quad: Quad,
    pub(crate) score: f64,
}

/// The best candidates, best first.
pub(crate) fn candidates(edges: &Edges, lines: &[Ruled], limits: &Limits) -> Vec<Candidate> {
    let long = edges.width.max(edges.height) as f64;
    let least = limits.find.least_width * long;
    let pairs = opposite_pairs(edges, lines, 0.5 * least);
    let mut found: Vec<Candidate> = vec![];
    for (i, first) in pairs.iter().enumerate() {
        for second in &pairs[i + 1..] {
            let cross = lines[first.0].line.normal.dot(lines[second.0].line.normal);
            if cross.abs() > NEIGHBOUR {
                continue;
            }
            let order = [first.0, second.0, first.1, second.1].map(|k| &lines[k]);
            let Some((quad, order)) = quad_of(order) else {
                continue;
            };
            let longest = (0..4).map(|k| quad.side_length(k)).fold(0.0, f64::max);
            if longest < least || !near_the_picture(edges, &quad) {
                continue;
            }
            let Some(score) = score(edges, &quad, order, limits) else {
                continue;
            };
            if let Some(upright) = upright(edges, &quad, limits) {
                let corners = upright
                    .0
                    .map(|p| Point::new(p.x * edges.scale, p.y * edges.scale));
                found.push(Candidate {
                    quad: Quad(corners),
                    score,
                });
            }
        }
    }
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    found.truncate(MOST);
    found
}

fn opposite_pairs(edges: &Edges, lines: &[Ruled], least: f64) -> Vec<(usize, usize)> {
    let middle = Point::new(edges.width as f64 / 2.0, edges.height as f64 / 2.0);
    let mut pairs = vec![];
    for i in 0..lines.len() {
        for j in i + 1..lines.len() {
            let (a, b) = (&lines[i].line, &lines[j].line);
            let turn = a.normal.dot(b.normal);
            if turn.abs() < OPPOSITE {
                continue;
            }
            let apart = (a.distance(middle) - turn.signum() * b.distance(middle)).abs();
            if apart >= least {
                pairs.push((i, j));
            }
        }
    }
    pairs
}

/// The corners of four lines, clockwise on screen, with the lines as the sides from corner to corner.
fn quad_of(lines: [&Ruled; 4]) -> Option<(Quad, [&Ruled; 4])> {
    let corner = |i: usize| lines[(i + 3) % 4].line.crossing(&lines[i].line);
    let quad = Quad([corner(0)?, corner(1)?, corner(2)?, corner(3)?]);
    if quad.convex() {
        return Some((quad, lines));
    }
    let [a, b, c, d] = quad.0;
    let back = Quad([a, d, c, b]);
    back.convex()
        .then_some((back, [lines[3], lines[2], lines[1], lines[0]]))
}

fn near_the_picture(edges: &Edges, quad: &Quad) -> bool {
    let (w, h) = (edges.width as f64, edges.height as f64);
    let slack = OUTSIDE * w.max(h);
    let near = |p: &Point| p.x > -slack && p.y > -slack && p.x < w + slack && p.y < h + slack;
    let inside = |p: &&Point| p.x > 0.0 && p.y > 0.0 && p.x < w && p.y < h;
    quad.0.iter().all(near) && quad.0.iter().filter(inside).count() >= 2
}

/// Part of a line that lies in the picture, as positions.
fn visible(edges: &Edges, line: &Line, from: f64, to: f64) -> Option<(f64, f64)> {
    let (w, h) = (edges.width as f64, edges.height as f64);
    let (foot, along) = (line.at(0.0), line.along());
    let (mut low, mut high) = (from.min(to), from.max(to));
    for (start, step, end) in [(foot.x, along.x, w), (foot.y, along.y, h)] {
        if step.abs() < 1e-9 {
            if start < 0.0 || start > end {
                return None;
            }
            continue;
        }
        let (a, b) = ((1.5 - start) / step, (end - 1.5 - start) / step);
        low = low.max(a.min(b));
        high = high.min(a.max(b));
    }
    (high - low > 2.0).then_some((low, high))
}

fn score(edges: &Edges, quad: &Quad, lines: [&Ruled; 4], limits: &Limits) -> Option<f64> {
    let short = (0..4).map(|i| quad.side_length(i)).fold(f64::MAX, f64::min);
    // The round corners have no straight edge.
    let round = short * limits.card.corner_mm / limits.card.height_mm;
    let (mut kept, mut all) = (0.0, 0.0);
    let mut brighter_inside = [0.0; 2];
    let centre = quad.centre();
    for (i, ruled) in lines.iter().enumerate() {
        let (a, b) = quad.side(i);
        let (a, b) = (ruled.line.position(a), ruled.line.position(b));
        let inwards = (b - a).signum() * round;
        let (from, to) = visible(edges, &ruled.line, a + inwards, b - inwards)?;
        let [plus, minus, length] = ruled.support(from, to);
        let share = plus.max(minus) / length;
        if share < limits.find.least_side {
            return None;
        }
        let side = usize::from(ruled.line.distance(centre) < 0.0);
        brighter_inside[side] += plus;
        brighter_inside[1 - side] += minus;
        let mut beyond = 0.0;
        let reach = 2.0 * round;
        for (corner, outwards) in [(a, -inwards.signum()), (b, inwards.signum())] {
            if let Some((from, to)) = visible(
                edges,
                &ruled.line,
                corner + 2.0 * outwards,
                corner + reach * outwards,
            ) {
                let [plus, minus, length] = ruled.support(from, to);
                beyond += 0.5 * (plus + minus).min(length) / length;
            }
        }
        kept += (b - a).abs() * (share - BEYOND * beyond);
        all += (b - a).abs();
    }
    let [yes, no] = brighter_inside;
    let one_way = yes.max(no) / (yes + no).max(1.0);
    let score = kept / all - 0.2 * (1.0 - one_way);
    (score >= limits.find.least_score).then_some(score)
}

/// The same corners with the card's upper left first, as far as its shape tells: the long side on top, and of
/// the two ways to hold it the one nearer to upright. `None` when the shape is not a card's.
fn upright(edges: &Edges, quad: &Quad, limits: &Limits) -> Option<Quad> {
    let middle = Point::new(edges.width as f64 / 2.0, edges.height as f64 / 2.0);
    let half = (limits.find.field_of_view_deg / 2.0).to_radians().tan();
    let focal = 0.5 * edges.width.max(edges.height) as f64 / half;
    let wanted = limits.card.width_mm / limits.card.height_mm;
    (0..4)
        .map(|by| quad.rolled(by))
        .filter(|quad| {
            Homography::onto(1.0, 1.0, quad)
                .is_some_and(|map| (map.ratio(focal, middle) / wanted - 1.0).abs() <= limits.find.ratio_slack)
        })
        .max_by(|a, b| rightness(a).total_cmp(&rightness(b)))
}

/// How far the top side runs to the right, -1..=1.
fn rightness(quad: &Quad) -> f64 {
    let (a, b) = quad.side(0);
    b.minus(a).unit().x
}
