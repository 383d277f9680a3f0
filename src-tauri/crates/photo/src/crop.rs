//! The crop solver: which part of the sample becomes the photo, and how large.
//!
//! Unknown are the scale `s` (photo pixels per sample pixel) and the offset `u = s · top`. Every demand is
//! linear in them:
//! `c0 ≤ s·crown − u ≤ c1`, `e0 ≤ s·eyes − u ≤ e1`, `f0 ≤ s·face ≤ f1`, `0 ≤ u ≤ s·H − height`,
//! the sides alike. Eliminating `u` leaves one interval for `s`, so the answer is exact and the terms that
//! bind name the reason when there is none.

use crate::departure::{Departure, DepartureCode, Departures};
use domain::specification::{PhotoSpecification, Range};
use serde::{Deserialize, Serialize};

/// A head in a sample, in the sample's pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Head {
    /// Row of the crown.
    pub crown: f32,
    /// Row of the eye line.
    pub eyes: f32,
    /// Column of the face's axis: the middle between the cheeks.
    pub axis: f32,
    /// Width between the outer edges of the cheeks.
    pub face_width: f32,
}

/// The sample round a head.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Room {
    /// Width of the sample.
    pub width: f32,
    /// Height of the sample.
    pub height: f32,
    /// Flat colour may go on above the upper edge: the person does not touch it.
    pub extend_top: bool,
    /// Flat colour may go on beyond the left edge.
    pub extend_left: bool,
    /// Flat colour may go on beyond the right edge.
    pub extend_right: bool,
}

/// A crop that meets the specification's geometry.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CropPlan {
    /// Photo pixels per sample pixel.
    pub scale: f32,
    /// Left edge of the photo in sample pixels; negative when extended.
    pub left: f32,
    /// Upper edge of the photo in sample pixels; negative when extended.
    pub top: f32,
    /// Rows of flat colour added above the sample, photo pixels.
    pub extended_top_px: u32,
    /// Columns of flat colour added at the left, photo pixels.
    pub extended_left_px: u32,
    /// Columns of flat colour added at the right, photo pixels.
    pub extended_right_px: u32,
    /// Crown to the upper edge as planned, photo pixels.
    pub crown_px: f32,
    /// Eye line to the upper edge as planned, photo pixels.
    pub eyes_px: f32,
    /// Face width as planned, photo pixels.
    pub face_width_px: f32,
    /// Face axis to the middle, positive to the right, photo pixels.
    pub off_centre_px: f32,
}

impl CropPlan {
    /// A position of the sample in the photo.
    pub fn map(&self, p: domain::geometry::Point) -> domain::geometry::Point {
        domain::geometry::Point::new((p.x - self.left) * self.scale, (p.y - self.top) * self.scale)
    }
}

/// Distances the plan keeps from the ends of the bands, photo pixels, the first that is possible: the finished
/// file is measured anew, and two measurements of one head differ by a few pixels.
pub(crate) const CLEARANCES: [f32; 3] = [5.0, 2.0, 0.0];

/// Solves for the crop exactly: with some clearance from the ends of the bands where that is possible.
///
/// # Errors
/// The demands that cannot be met, the most useful instruction first.
pub fn solve(head: &Head, room: &Room, spec: &PhotoSpecification) -> Result<CropPlan, Departures> {
    let mut plan = Err(Departures::one(DepartureCode::Proportions));
    for clearance in CLEARANCES {
        plan = plan.or_else(|_: Departures| solve_within(head, room, spec, clearance));
    }
    plan
}

/// Solves with a distance kept from the ends of the bands: first without adding anything, then with flat
/// colour where `room` permits it.
pub(crate) fn solve_within(
    head: &Head,
    room: &Room,
    spec: &PhotoSpecification,
    clearance: f32,
) -> Result<CropPlan, Departures> {
    let measures = [
        head.crown,
        head.eyes,
        head.axis,
        head.face_width,
        room.width,
        room.height,
    ];
    if measures.iter().any(|measure| !measure.is_finite()) {
        return Err(Departures::one(DepartureCode::Proportions));
    }
    if head.crown <= 0.0 {
        return Err(Departures::one(DepartureCode::CrownCutOff));
    }
    let bare = Room {
        extend_top: false,
        extend_left: false,
        extend_right: false,
        ..*room
    };
    let bands = Bands::of(spec, clearance);
    attempt(head, &bare, &bands, spec).or_else(|_| attempt(head, room, &bands, spec))
}

struct Bands {
    crown: Range,
    eyes: Range,
    face: Range,
    centre: f32,
    max_scale: f32,
}

impl Bands {
    fn of(spec: &PhotoSpecification, clearance: f32) -> Self {
        let inside = |band: &Range| {
            let by = clearance.min((band.max - band.min) / 4.0);
            Range {
                min: band.min + by,
                max: band.max - by,
            }
        };
        Self {
            crown: inside(&spec.crown_px),
            eyes: inside(&spec.eyes_px),
            face: inside(&spec.face_width_px),
            centre: (spec.centre_max_px - clearance).max(0.0),
            max_scale: spec.max_scale,
        }
    }
}

/// One end of the interval for the scale, and what it means when it binds.
type Term = (f32, DepartureCode);

fn attempt(
    head: &Head,
    room: &Room,
    bands: &Bands,
    spec: &PhotoSpecification,
) -> Result<CropPlan, Departures> {
    let lowest = lowest_scales(head, room, bands, spec);
    let highest = highest_scales(head, bands);
    let low = lowest.iter().fold(0.0f32, |low, term| low.max(term.0));
    let high = highest.iter().fold(f32::INFINITY, |high, term| high.min(term.0));
    if low > high {
        return Err(explain(head, room, spec, &lowest, &highest, high));
    }
    let scale = (spec.face_width_target_px / head.face_width).clamp(low, high);
    let (height, width) = (spec.height_px as f32, spec.width_px as f32);

    let up_least = (scale * head.crown - bands.crown.max).max(scale * head.eyes - bands.eyes.max);
    let up_most = (scale * head.crown - bands.crown.min)
        .min(scale * head.eyes - bands.eyes.min)
        .min(scale * room.height - height);
    let wanted =
        ((scale * head.crown - spec.crown_target_px) + (scale * head.eyes - spec.eyes_target_px)) / 2.0;
    // Nothing is added above unless the bands demand it, and then no more than they demand.
    let up = wanted.max(0.0).min(up_most).max(up_least);
    // Without permission only rounding can lead beyond the edge.
    let up = if up >= 0.0 || !room.extend_top {
        up.max(0.0)
    } else {
        up.floor().max(up_least)
    };

    let side_least = if room.extend_left { f32::NEG_INFINITY } else { 0.0 };
    let side_most = if room.extend_right {
        f32::INFINITY
    } else {
        scale * room.width - width
    };
    let centred = scale * head.axis - width / 2.0;
    // A shift inside the tolerance is preferred to added colour.
    let inside = centred.clamp(0.0, (scale * room.width - width).max(0.0));
    let shift = (inside - centred).clamp(-bands.centre, bands.centre);
    let side = whole_beyond(
        (centred + shift).max(side_least).min(side_most),
        scale * room.width - width,
        (centred, bands.centre),
    );

    let extended = |pixels: f32| (pixels - 1e-2).max(0.0).ceil() as u32;
    Ok(CropPlan {
        scale,
        left: side / scale,
        top: up / scale,
        extended_top_px: extended(-up),
        extended_left_px: extended(-side),
        extended_right_px: extended(side + width - scale * room.width),
        crown_px: scale * head.crown - up,
        eyes_px: scale * head.eyes - up,
        face_width_px: scale * head.face_width,
        off_centre_px: scale * head.axis - side - width / 2.0,
    })
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

fn lowest_scales(head: &Head, room: &Room, bands: &Bands, spec: &PhotoSpecification) -> Vec<Term> {
    use DepartureCode::{FaceTooSmall, PictureTooSmall, RoomAbove, RoomBelow, RoomSides};
    let (width, height) = (spec.width_px as f32, spec.height_px as f32);
    let over = |demand: f32, there: f32| {
        if there > 0.0 {
            demand / there
        } else {
            f32::INFINITY
        }
    };
    let mut terms = vec![
        (over(bands.face.min, head.face_width), FaceTooSmall),
        (
            over(bands.eyes.min - bands.crown.max, head.eyes - head.crown),
            FaceTooSmall,
        ),
        (
            over(height - bands.crown.max, room.height - head.crown),
            RoomBelow,
        ),
        (over(height - bands.eyes.max, room.height - head.eyes), RoomBelow),
    ];
    if !room.extend_top {
        terms.push((over(bands.crown.min, head.crown), RoomAbove));
        terms.push((over(bands.eyes.min, head.eyes), RoomAbove));
        terms.push((over(height, room.height), PictureTooSmall));
    }
    let half = width / 2.0 - bands.centre;
    if !room.extend_left {
        terms.push((over(half, head.axis), RoomSides));
    }
    if !room.extend_right {
        terms.push((over(half, room.width - head.axis), RoomSides));
    }
    if !room.extend_left && !room.extend_right {
        terms.push((over(width, room.width), PictureTooSmall));
    }
    terms
}

fn highest_scales(head: &Head, bands: &Bands) -> Vec<Term> {
    use DepartureCode::{FaceTooSmall, Proportions, TooClose};
    let tall = head.eyes - head.crown;
    let proportion = if tall > 0.0 {
        (bands.eyes.max - bands.crown.min) / tall
    } else {
        f32::INFINITY
    };
    vec![
        (bands.face.max / head.face_width.max(1e-3), TooClose),
        (proportion, Proportions),
        (bands.max_scale, FaceTooSmall),
    ]
}

/// Turns the terms that bind into departures, the most useful first.
fn explain(
    head: &Head,
    room: &Room,
    spec: &PhotoSpecification,
    lowest: &[Term],
    highest: &[Term],
    high: f32,
) -> Departures {
    use DepartureCode::{
        FaceTooSmall, PictureTooSmall, Proportions, RoomAbove, RoomBelow, RoomSides, TooClose,
    };
    let mut codes: Vec<DepartureCode> = Vec::new();
    let mut binding: Vec<&Term> = lowest.iter().filter(|term| term.0 > high).collect();
    binding.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (_, code) in binding {
        if !codes.contains(code) {
            codes.push(*code);
        }
    }
    let scale_binds = high == spec.max_scale;
    // With the face at its widest and still no room, one step back mends all of it.
    let lacking = [RoomAbove, RoomBelow, RoomSides, PictureTooSmall];
    let kinds = codes.iter().filter(|code| lacking.contains(code)).count();
    if !scale_binds && (kinds > 1 || codes.contains(&RoomSides) || codes.contains(&PictureTooSmall)) {
        codes.insert(0, TooClose);
    }
    // Without enlarging, a face that is too small explains whatever else is missing.
    if let Some(at) = codes.iter().position(|code| *code == FaceTooSmall) {
        codes.remove(at);
        codes.insert(0, if scale_binds { FaceTooSmall } else { Proportions });
    }
    if codes.is_empty() {
        codes.push(
            highest
                .iter()
                .find(|term| term.0 == high)
                .map_or(Proportions, |term| term.1),
        );
    }
    Departures(
        codes
            .into_iter()
            .map(|code| measured(code, head, room, spec, high))
            .collect(),
    )
}

/// The best value within reach at the largest legal scale.
fn measured(
    code: DepartureCode,
    head: &Head,
    room: &Room,
    spec: &PhotoSpecification,
    high: f32,
) -> Departure {
    use DepartureCode::{FaceTooSmall, PictureTooSmall, RoomAbove, RoomBelow, RoomSides};
    let px = |value: f32, min: f32| Departure::of(code, value, Some(min), None, "px");
    match code {
        FaceTooSmall => px(head.face_width * high, spec.face_width_px.min),
        RoomAbove => px(head.crown * high, spec.crown_px.min),
        RoomBelow => {
            let crown = (room.height - head.crown) * high - (spec.height_px as f32 - spec.crown_px.max);
            let least = spec.height_px as f32 - spec.eyes_px.max;
            // Whichever of crown and eyes asks for more, said from the eyes.
            px(((room.height - head.eyes) * high).min(least + crown), least)
        }
        RoomSides => px(
            head.axis.min(room.width - head.axis) * high,
            spec.width_px as f32 / 2.0 - spec.centre_max_px,
        ),
        PictureTooSmall if room.width * high < spec.width_px as f32 => {
            px(room.width * high, spec.width_px as f32)
        }
        PictureTooSmall => px(room.height * high, spec.height_px as f32),
        _ => Departure::plain(code),
    }
}
