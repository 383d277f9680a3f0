//! The card in a picture.

use crate::edges::Edges;
use crate::geometry::{Point, Quad};
use crate::homography::Homography;
use crate::limits::Limits;
use crate::lines;
use crate::profile::{Probe, inside, steps};
use crate::quads;
use crate::refine::{self, Side};
use domain::picture::Picture;

/// An edge this far from where a corner's should be is another one; in millimetres.
const NEAR_MM: f64 = 0.32;
/// A corner is sharp when this share of its straight ends is seen.
const SHARP: f64 = 0.6;

/// A card that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Its corners in the picture, as if they were not rounded, beginning at the upper left. Which way up the
    /// card is held its outline does not tell: of both ways this is the one nearer to upright.
    pub quad: Quad,
    /// Share of each round corner that was seen; `None` for one outside the picture.
    pub corners: [Option<f64>; 4],
    /// Elements per millimetre along the side with the fewest.
    pub per_mm: f64,
    /// Width of the card's own edges in millimetres: of those seen across, and of those seen up and down.
    pub edge_mm: [f64; 2],
}

/// Finds the card that is seen best; `None` when nothing in the picture looks like one.
pub fn find(picture: &Picture, limits: &Limits) -> Option<Found> {
    let edges = Edges::of(picture);
    let lines = lines::lines(&edges);
    let candidates = quads::candidates(&edges, &lines, limits);
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let (found, rounded) = look(picture, &candidate.quad, edges.scale, limits)?;
            Some((found, candidate.score + rounded))
        })
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(found, _)| found)
}

/// A closer look at a candidate: sides at full resolution, then whether the corners are a card's. Also says
/// how sure that made it.
fn look(picture: &Picture, rough: &Quad, scale: f64, limits: &Limits) -> Option<(Found, f64)> {
    let sides = refine::sides(picture, rough, scale)?;
    let seen = sides.iter().map(|s| s.seen).fold(f64::MAX, f64::min);
    if seen < limits.find.least_side {
        return None;
    }
    let quad = refine::corners(&sides)?;
    let card = &limits.card;
    let map = Homography::onto(card.width_mm, card.height_mm, &quad)?;
    let mm = [card.width_mm, card.height_mm, card.width_mm, card.height_mm];
    let per_mm = (0..4)
        .map(|i| quad.side_length(i) / mm[i])
        .fold(f64::MAX, f64::min);
    let looks: Vec<Option<Look>> = (0..4)
        .map(|i| corner(picture, &map, &sides, i, per_mm, limits))
        .collect();
    let count = |holds: &dyn Fn(&Look) -> bool| looks.iter().flatten().filter(|l| holds(l)).count();
    let round = count(&|l| l.round >= limits.corner.bad);
    let sharp = count(&|l| l.sharp >= SHARP && l.round < limits.corner.doubt);
    // A sheet, a tile or a screen has sharp corners; of a card one may be covered.
    let clear = count(&|l| l.round >= limits.corner.doubt && l.sharp < SHARP);
    let inside = looks.iter().flatten().count();
    if sharp > 1 || clear < 2 || round < (inside - 1).max(2) {
        return None;
    }
    let sum: f64 = looks.iter().flatten().map(|l| l.round - l.sharp).sum();
    let found = Found {
        quad,
        corners: [0, 1, 2, 3].map(|i| looks[i].as_ref().map(|l| l.round)),
        per_mm,
        // Upper and lower sides are edges up and down.
        edge_mm: [
            sides[1].width.max(sides[3].width) / per_mm,
            sides[0].width.max(sides[2].width) / per_mm,
        ],
    };
    Some((found, 0.2 * sum))
}

/// What a corner looks like, each 0..=1.
struct Look {
    /// Share of the quarter circle along which there is an edge.
    round: f64,
    /// Share of the straight ends, where a rounded card has none, along which there is an edge.
    sharp: f64,
}

fn corner(
    picture: &Picture,
    map: &Homography,
    sides: &[Side; 4],
    i: usize,
    per_mm: f64,
    limits: &Limits,
) -> Option<Look> {
    let card = &limits.card;
    let (w, h, r) = (card.width_mm, card.height_mm, card.corner_mm);
    let at = [(0.0, 0.0), (w, 0.0), (w, h), (0.0, h)][i];
    // Towards the card's inside, along the two sides that meet here.
    let (dx, dy) = [(1.0, 1.0), (-1.0, 1.0), (-1.0, -1.0), (1.0, -1.0)][i];
    let place = |x: f64, y: f64| map.apply(Point::new(at.0 + dx * x, at.1 + dy * y));
    if [place(r, 0.0), place(0.0, r), place(1.0, 1.0)]
        .iter()
        .any(|p| !inside(picture, *p, 1.0))
    {
        return None;
    }
    let (before, after) = (&sides[(i + 3) % 4], &sides[i]);
    let edge = |from: Point, to: Point, least: f64| {
        let near = NEAR_MM * per_mm;
        let middle = Point::new((from.x + to.x) / 2.0, (from.y + to.y) / 2.0);
        let probe = Probe {
            half: from.distance(to) / 2.0,
            step: (0.06 * per_mm).max(0.35),
        };
        let along = to.minus(from).unit();
        [before, after].iter().any(|side| {
            let found = steps(picture, middle, along, side.tone, probe);
            found
                .iter()
                .any(|s| s.offset.abs() <= near && s.slope >= least * side.slope)
        })
    };
    let share = |hits: usize, of: usize| hits as f64 / of as f64;
    // Of the quarter circle only the part that a sharp corner's sides do not come near.
    let arc = (-4..=4).filter(|k| {
        let turn = (45.0 + 4.5 * f64::from(*k)).to_radians();
        let on = |radius: f64| place(r - radius * turn.cos(), r - radius * turn.sin());
        edge(on(r + 0.7), on(r - 0.7), 0.4)
    });
    let legs = [0.3, 0.5, 0.7, 0.9]
        .into_iter()
        .flat_map(|t| [(place(t, -0.5), place(t, 0.5)), (place(-0.5, t), place(0.5, t))]);
    Some(Look {
        round: share(arc.count(), 9),
        sharp: share(legs.filter(|(from, to)| edge(*from, *to, 0.45)).count(), 8),
    })
}
