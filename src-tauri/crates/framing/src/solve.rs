//! The crop solver: exact and without search, see [`crate::line`].

use crate::head::Head;
use crate::line::{self, Mark, Place, Term};
use crate::plan::{CropPlan, Room};
use crate::refusal::{Refusal, Shortage, Unmet};
use domain::specification::{Band, PhotoSpecification, Quantity, Range};

/// Distances the plan keeps from the ends of the bands, photo pixels, the first that is possible: the finished
/// file is measured anew, and two measurements of one head differ by a few pixels.
pub(crate) const CLEARANCES: [f32; 3] = [5.0, 2.0, 0.0];

/// Tall hair that stays in the photo ends this far from its upper edge, photo pixels: a cut top would show.
const HAIR_INSIDE: f32 = 4.0;

/// A crop that obeys the specification.
#[derive(Debug, Clone, PartialEq)]
pub struct Solution {
    /// The crop.
    pub plan: CropPlan,
    /// Bands that gave way to others, as the specification permits; empty as a rule.
    pub gave_way: Vec<Quantity>,
}

/// A choice of bands that shall hold, and those that gave way for it.
pub(crate) struct Demands<'a> {
    bands: Vec<&'a Band>,
    pub(crate) gave_way: Vec<Quantity>,
}

impl<'a> Demands<'a> {
    /// Every choice that a specification permits, the strictest first: all bands, then without those that may give
    /// way, one after another. Never empty.
    pub(crate) fn of(spec: &'a PhotoSpecification) -> Vec<Self> {
        let mut bands: Vec<&Band> = spec.gating().collect();
        let mut gave_way = vec![];
        let mut choices = vec![];
        loop {
            choices.push(Self {
                bands: bands.clone(),
                gave_way: gave_way.clone(),
            });
            let weakest = (0..bands.len())
                .filter(|i| bands[*i].gives_way > 0)
                .max_by_key(|i| bands[*i].gives_way);
            let Some(weakest) = weakest else {
                return choices;
            };
            gave_way.push(bands.remove(weakest).of);
        }
    }
}

/// Solves for the crop exactly: with some clearance from the ends of the bands where that is possible, and with every
/// band unless one must give way.
///
/// # Errors
/// The demands that cannot be met, the most useful instruction first.
pub fn solve(head: &Head, room: &Room, spec: &PhotoSpecification) -> Result<Solution, Refusal> {
    let mut refused = None;
    for demands in Demands::of(spec) {
        for clearance in CLEARANCES {
            match solve_within(head, room, spec, &demands, clearance) {
                Ok(plan) => {
                    return Ok(Solution {
                        plan,
                        gave_way: demands.gave_way,
                    });
                }
                Err(refusal) => refused = Some(refusal),
            }
        }
    }
    Err(refused.unwrap_or_else(|| Refusal::plain(Shortage::Proportions, whole(room, spec))))
}

/// Solves with a distance kept from the ends of the bands: first without adding anything, then with flat
/// colour where `room` permits it.
pub(crate) fn solve_within(
    head: &Head,
    room: &Room,
    spec: &PhotoSpecification,
    demands: &Demands<'_>,
    clearance: f32,
) -> Result<CropPlan, Refusal> {
    let sized = room.width > 0.0 && room.height > 0.0;
    if !head.is_finite() || !sized {
        return Err(Refusal::plain(Shortage::Proportions, whole(room, spec)));
    }
    let attempt = Attempt {
        head,
        spec,
        bands: &demands.bands,
        clearance,
    };
    attempt.with(room)
}

/// The photo's proportions on the whole sample, for a head without numbers.
fn whole(room: &Room, spec: &PhotoSpecification) -> CropPlan {
    let scale =
        (spec.height_px as f32 / room.height.max(1.0)).max(spec.width_px as f32 / room.width.max(1.0));
    at(scale, 0.0, 0.0, room, spec)
}

fn at(scale: f32, side: f32, up: f32, room: &Room, spec: &PhotoSpecification) -> CropPlan {
    let extended = |pixels: f32| (pixels - 1e-2).max(0.0).ceil() as u32;
    CropPlan {
        scale,
        left: side / scale,
        top: up / scale,
        extended_top_px: extended(-up),
        extended_left_px: extended(-side),
        extended_right_px: extended(side + spec.width_px as f32 - scale * room.width),
    }
}

/// One choice of bands.
struct Attempt<'a> {
    head: &'a Head,
    spec: &'a PhotoSpecification,
    bands: &'a [&'a Band],
    clearance: f32,
}

impl Attempt<'_> {
    fn with(&self, room: &Room) -> Result<CropPlan, Refusal> {
        let bare = Room {
            extend_top: false,
            extend_left: false,
            extend_right: false,
            ..*room
        };
        self.exactly(&bare).or_else(|_| self.exactly(room))
    }

    fn exactly(&self, room: &Room) -> Result<CropPlan, Refusal> {
        let (rows, columns) = (self.rows(room), self.columns(room));
        let (mut lowest, mut highest) = line::terms(&rows);
        let (low_columns, high_columns) = line::terms(&columns);
        lowest.extend(low_columns);
        highest.extend(high_columns);
        self.lengths(&mut lowest, &mut highest);
        highest.push(Term {
            scale: self.spec.max_scale,
            what: Shortage::FaceTooSmall,
            measure: None,
        });
        let low = lowest.iter().fold(0.0f32, |low, term| low.max(term.scale));
        let high = highest
            .iter()
            .fold(f32::INFINITY, |high, term| high.min(term.scale));
        // A crown above the sample cannot be cropped back into it.
        let cut_off = self.head.crown.is_some_and(|crown| crown <= 0.0);
        let legal = low <= high && !cut_off;
        let scale = if legal {
            self.aimed_scale().clamp(low, high)
        } else {
            high
        };
        let plan = at(
            scale,
            self.side(room, scale),
            self.up(&rows, room, scale),
            room,
            self.spec,
        );
        if cut_off {
            return Err(Refusal::plain(Shortage::CrownCutOff, plan));
        }
        if legal {
            return Ok(plan);
        }
        let unmet = explain(&lowest, &highest, high, high == self.spec.max_scale);
        Err(Refusal { unmet, best: plan })
    }

    /// A band without its outermost pixels.
    fn inside(&self, range: Range) -> Range {
        let by = self.clearance.min((range.max - range.min) / 4.0);
        Range {
            min: range.min + by,
            max: range.max - by,
        }
    }

    fn rows(&self, room: &Room) -> Vec<Place> {
        let rows = self.bands.iter().filter(|band| band.of.is_row());
        let mut places: Vec<Place> = rows
            .filter_map(|band| {
                let at = self.head.value(band.of)?;
                Some(Place::new(Mark::Row(band.of), at, self.inside(band.range)))
            })
            .collect();
        if let Some(hair) = self.head.hair {
            let inside = Range {
                min: HAIR_INSIDE,
                max: f32::INFINITY,
            };
            places.push(Place::new(Mark::Row(Quantity::Crown), hair, inside));
        }
        if !room.extend_top {
            places.push(Place::begin());
        }
        // Below the head the person goes on: nothing is added there.
        places.push(Place::end(room.height, self.spec.height_px as f32));
        places
    }

    fn columns(&self, room: &Room) -> Vec<Place> {
        let width = self.spec.width_px as f32;
        let tolerance = (self.spec.centre_max_px - self.clearance).max(0.0);
        let axis = Range {
            min: width / 2.0 - tolerance,
            max: width / 2.0 + tolerance,
        };
        let mut places = vec![Place::new(Mark::Axis, self.head.axis, axis)];
        if !room.extend_left {
            places.push(Place::begin());
        }
        if !room.extend_right {
            places.push(Place::end(room.width, width));
        }
        places
    }

    fn lengths(&self, lowest: &mut Vec<Term>, highest: &mut Vec<Term>) {
        for band in self.bands.iter().filter(|band| !band.of.is_row()) {
            let Some(length) = self.head.value(band.of) else {
                continue;
            };
            let (range, length) = (self.inside(band.range), length.max(1e-3));
            lowest.push(Term {
                scale: range.min / length,
                what: Shortage::FaceTooSmall,
                measure: Some((length, range.min)),
            });
            highest.push(Term {
                scale: range.max / length,
                what: Shortage::TooClose,
                measure: None,
            });
        }
    }

    /// The scale at which the first length with an aim has it; else that which brings two rows to theirs.
    fn aimed_scale(&self) -> f32 {
        let aims = || {
            let bands = self.spec.bands.iter();
            bands.filter_map(|band| Some((band.of, self.head.value(band.of)?, band.aim?)))
        };
        let length = aims().find(|(of, value, _)| !of.is_row() && *value > 0.0);
        if let Some((_, value, aim)) = length {
            return aim / value;
        }
        let rows: Vec<_> = aims().filter(|(of, ..)| of.is_row()).collect();
        let pair = rows.first().zip(rows.last());
        pair.filter(|(first, last)| last.1 > first.1)
            .map_or(self.spec.max_scale, |(first, last)| {
                (last.2 - first.2) / (last.1 - first.1)
            })
    }

    fn up(&self, rows: &[Place], room: &Room, scale: f32) -> f32 {
        let aims: Vec<f32> = self
            .spec
            .bands
            .iter()
            .filter(|band| band.of.is_row())
            .filter_map(|band| Some(scale * self.head.value(band.of)? - band.aim?))
            .collect();
        let height = self.spec.height_px as f32;
        let wanted = if aims.is_empty() {
            scale * self.head.eyes - 0.4 * height
        } else {
            aims.iter().sum::<f32>() / aims.len() as f32
        };
        let (least, most) = line::offsets(rows, scale);
        // Nothing is added above unless the bands demand it, and then no more than they demand.
        let up = wanted.max(0.0).min(most).max(least);
        // Without permission only rounding can lead beyond the edge.
        if up >= 0.0 || !room.extend_top {
            up.max(0.0)
        } else {
            up.floor().max(least)
        }
    }

    fn side(&self, room: &Room, scale: f32) -> f32 {
        let width = self.spec.width_px as f32;
        let tolerance = (self.spec.centre_max_px - self.clearance).max(0.0);
        let centred = scale * self.head.axis - width / 2.0;
        // A shift inside the tolerance is preferred to added colour.
        let inside = centred.clamp(0.0, (scale * room.width - width).max(0.0));
        let shift = (inside - centred).clamp(-tolerance, tolerance);
        // Without permission the sample's edges hold, on either side alike, also where then nothing fits.
        let low = if room.extend_left { f32::NEG_INFINITY } else { 0.0 };
        let high = if room.extend_right {
            f32::INFINITY
        } else {
            scale * room.width - width
        };
        let held = if low <= high {
            (centred + shift).clamp(low, high)
        } else {
            f32::midpoint(low, high)
        };
        whole_beyond(held, scale * room.width - width, (centred, tolerance))
    }
}

/// Moves an offset beyond the left edge to a whole number of photo pixels, so that the sample begins on a
/// pixel's edge; towards the middle where the nearer pixel would lie too far from it.
fn whole_beyond(side: f32, most: f32, (centred, tolerance): (f32, f32)) -> f32 {
    let towards = if side > centred { side.floor() } else { side.ceil() };
    let near = (side.round() - centred).abs() <= tolerance;
    let whole = if near { side.round() } else { towards };
    if side < 0.0 && whole <= most.max(side) {
        whole
    } else {
        side
    }
}

/// Turns the terms that bind into what is said, the most useful first.
fn explain(lowest: &[Term], highest: &[Term], high: f32, scale_binds: bool) -> Vec<Unmet> {
    use Shortage::{FaceTooSmall, PictureTooSmall, Proportions, RoomAbove, RoomBelow, RoomSides, TooClose};
    let mut said: Vec<Unmet> = Vec::new();
    let mut binding: Vec<&Term> = lowest.iter().filter(|term| term.scale > high).collect();
    binding.sort_by(|a, b| b.scale.total_cmp(&a.scale));
    for term in binding {
        if said.iter().all(|unmet| unmet.what != term.what) {
            said.push(Unmet {
                what: term.what,
                value: term.measure.map(|(length, _)| length * high),
                min: term.measure.map(|(_, demand)| demand),
            });
        }
    }
    let plain = |what| Unmet {
        what,
        value: None,
        min: None,
    };
    // With the face at its widest and still no room, one step back mends all of it.
    let lacking = [RoomAbove, RoomBelow, RoomSides, PictureTooSmall];
    let kinds = said.iter().filter(|unmet| lacking.contains(&unmet.what)).count();
    let sides = said
        .iter()
        .any(|unmet| [RoomSides, PictureTooSmall].contains(&unmet.what));
    if !scale_binds && (kinds > 1 || sides) {
        said.insert(0, plain(TooClose));
    }
    // Without enlarging, a face that is too small explains whatever else is missing.
    if let Some(at) = said.iter().position(|unmet| unmet.what == FaceTooSmall) {
        let small = said.remove(at);
        said.insert(0, if scale_binds { small } else { plain(Proportions) });
    }
    if said.is_empty() {
        let reason = highest.iter().find(|term| term.scale == high);
        said.push(plain(reason.map_or(Proportions, |term| term.what)));
    }
    said
}
