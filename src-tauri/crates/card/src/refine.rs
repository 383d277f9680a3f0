//! The sides of a card to a fraction of an element.

use crate::geometry::{Line, Point, Quad};
use crate::profile::{GREY, Probe, Step, Tone, colour, inside, steps};
use domain::picture::Picture;

/// Places along one side.
const PLACES: usize = 56;
/// The part at each end that is left out: the corners are round.
const ENDS: f64 = 0.08;

/// A side found anew.
pub(crate) struct Side {
    pub(crate) line: Line,
    /// Colour direction across it.
    pub(crate) tone: Tone,
    /// Median steepness in levels per element.
    pub(crate) slope: f64,
    /// Median width of the edge in elements.
    pub(crate) width: f64,
    /// Share of the places in the picture at which the edge was found.
    pub(crate) seen: f64,
}

/// How many elements around a rough side are searched.
pub(crate) fn probe(scale: f64) -> Probe {
    Probe {
        half: 2.5 * scale + 3.0,
        step: (0.25 * scale).max(0.5),
    }
}

/// All four sides of a rough quadrilateral; `None` when one cannot be found.
pub(crate) fn sides(picture: &Picture, rough: &Quad, scale: f64) -> Option<[Side; 4]> {
    let side = |i: usize| {
        let (a, b) = rough.side(i);
        side(picture, a, b, scale)
    };
    Some([side(0)?, side(1)?, side(2)?, side(3)?])
}

/// Where four sides cross: the corners as if they were sharp.
pub(crate) fn corners(sides: &[Side; 4]) -> Option<Quad> {
    let corner = |i: usize| sides[(i + 3) % 4].line.crossing(&sides[i].line);
    let quad = Quad([corner(0)?, corner(1)?, corner(2)?, corner(3)?]);
    quad.convex().then_some(quad)
}

fn side(picture: &Picture, a: Point, b: Point, scale: f64) -> Option<Side> {
    let probe = probe(scale);
    let rough = Line::through(a, b);
    let places: Vec<Point> = (0..PLACES)
        .map(|i| ENDS + (1.0 - 2.0 * ENDS) * i as f64 / (PLACES - 1) as f64)
        .map(|t| a.plus(t, b.minus(a)))
        .filter(|p| inside(picture, *p, probe.half))
        .collect();
    if places.len() < PLACES / 4 {
        return None;
    }
    let tone = tone(picture, &places, rough.normal, probe.half);
    let found: Vec<(Point, Vec<Step>)> = places
        .iter()
        .map(|p| (*p, steps(picture, *p, rough.normal, tone, probe)))
        .collect();
    let grain = (0.5 * scale).max(1.0);
    let mut line = rough;
    for (round, loose) in [0.5 * probe.half, 0.25 * probe.half, 1.5 * grain, grain, grain]
        .into_iter()
        .enumerate()
    {
        let chosen: Vec<(Point, f64)> = found
            .iter()
            .filter_map(|(p, steps)| {
                let step = if round == 0 {
                    steps.first()
                } else {
                    nearest(steps, *p, &rough, &line)
                }?;
                let at = p.plus(step.offset, rough.normal);
                let off = line.distance(at) / loose;
                Some((at, step.slope.sqrt() / (1.0 + off * off).powi(2)))
            })
            .collect();
        line = Line::fit(chosen.iter().copied())?;
    }
    if line.normal.dot(rough.normal) < 0.0 {
        line = Line {
            normal: Point::new(-line.normal.x, -line.normal.y),
            offset: -line.offset,
        };
    }
    if let Some(inner) = inner(&found, &rough, &line, grain) {
        line = inner;
    }
    let on_it = on_line(&found, &rough, &line, 1.5 * grain);
    Some(Side {
        line,
        tone,
        slope: median(on_it.iter().map(|s| s.slope))?,
        width: median(on_it.iter().map(|s| s.width))?,
        seen: on_it.len() as f64 / places.len() as f64,
    })
}

/// The steps that lie on a line, one a place.
fn on_line(found: &[(Point, Vec<Step>)], rough: &Line, line: &Line, near: f64) -> Vec<Step> {
    let all = found.iter().filter_map(|(p, steps)| {
        let step = nearest(steps, *p, rough, line)?;
        let at = p.plus(step.offset, rough.normal);
        (line.distance(at).abs() <= near).then_some(*step)
    });
    all.collect()
}

/// A shadow draws a second edge outside the card's own, and on a pale desk the stronger one. The card's own is
/// the inner of two edges that run side by side.
fn inner(found: &[(Point, Vec<Step>)], rough: &Line, line: &Line, grain: f64) -> Option<Line> {
    // The card lies on the side of the normal: corners run clockwise.
    let places = found.iter().filter_map(|(p, steps)| {
        let inwards = |s: &&Step| line.distance(p.plus(s.offset, rough.normal)) > 1.5 * grain;
        let step = steps
            .iter()
            .filter(inwards)
            .max_by(|a, b| a.slope.total_cmp(&b.slope))?;
        Some(p.plus(step.offset, rough.normal))
    });
    let places: Vec<Point> = places.collect();
    let mut fit = Line::fit(places.iter().map(|p| (*p, 1.0)))?;
    for loose in [3.0 * grain, 1.5 * grain, grain] {
        let weight = |p: &Point| (1.0 + (fit.distance(*p) / loose).powi(2)).powi(-2);
        let near: Vec<(Point, f64)> = places.iter().map(|p| (*p, weight(p))).collect();
        fit = Line::fit(near.iter().copied())?;
    }
    if fit.normal.dot(rough.normal) < 0.0 {
        fit.normal = Point::new(-fit.normal.x, -fit.normal.y);
        fit.offset = -fit.offset;
    }
    let seen = on_line(found, rough, &fit, grain).len();
    (fit.normal.dot(line.normal) > 0.9995 && 10 * seen >= 7 * found.len()).then_some(fit)
}

fn nearest<'a>(steps: &'a [Step], place: Point, rough: &Line, line: &Line) -> Option<&'a Step> {
    let off = |s: &&Step| line.distance(place.plus(s.offset, rough.normal)).abs();
    steps.iter().min_by(|a, b| off(a).total_cmp(&off(b)))
}

/// The direction in colour from one side of a line to the other.
fn tone(picture: &Picture, places: &[Point], normal: Point, half: f64) -> Tone {
    let mut difference = [0.0; 3];
    for p in places {
        for far in [0.6, 1.0] {
            let one = colour(picture, p.plus(far * half, normal));
            let other = colour(picture, p.plus(-far * half, normal));
            for (d, (a, b)) in difference.iter_mut().zip(one.into_iter().zip(other)) {
                *d += (a - b) / (2 * places.len()) as f64;
            }
        }
    }
    let size = difference.iter().map(|d| d * d).sum::<f64>().sqrt();
    // Less is noise or a pattern; brightness then says more.
    if size < 6.0 {
        GREY
    } else {
        difference.map(|d| d / size)
    }
}

pub(crate) fn median(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}
