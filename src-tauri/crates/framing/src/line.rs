//! Demands along one direction of the photo.
//!
//! A place `y` of the sample comes to lie at `s·y − o` in the photo, with one scale `s` and one offset `o`. Every
//! demand says that such a place lies between two photo rows. Eliminating `o` from each pair of places leaves an
//! interval for `s`; the pair whose end binds names the reason.

use crate::refusal::Shortage;
use domain::specification::{Quantity, Range};

/// What a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// A row of the head.
    Row(Quantity),
    /// The face's axis.
    Axis,
    /// The sample's edge at the photo's upper or left end.
    Begin,
    /// The sample's edge at the photo's lower or right end.
    End,
}

/// A place of the sample and where in the photo it must come to lie.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(crate) mark: Mark,
    /// Sample pixels.
    pub(crate) at: f32,
    /// Photo pixels; infinite where there is no end.
    pub(crate) least: f32,
    pub(crate) most: f32,
}

impl Place {
    pub(crate) const fn new(mark: Mark, at: f32, range: Range) -> Self {
        Self {
            mark,
            at,
            least: range.min,
            most: range.max,
        }
    }

    /// The sample's first row or column: the photo must not begin before it.
    pub(crate) const fn begin() -> Self {
        Self {
            mark: Mark::Begin,
            at: 0.0,
            least: f32::NEG_INFINITY,
            most: 0.0,
        }
    }

    /// The sample's last row or column at `size`: a photo of `side` pixels must not go on beyond it.
    pub(crate) const fn end(size: f32, side: f32) -> Self {
        Self {
            mark: Mark::End,
            at: size,
            least: side,
            most: f32::INFINITY,
        }
    }
}

/// One end of the interval for the scale, and what it means when it binds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Term {
    pub(crate) scale: f32,
    pub(crate) what: Shortage,
    /// The distance in the sample that must become `demand` photo pixels; `None` where no number says it.
    pub(crate) measure: Option<(f32, f32)>,
}

/// The interval for the scale: each term of the first list is a lower end, each of the second an upper one.
pub(crate) fn terms(places: &[Place]) -> (Vec<Term>, Vec<Term>) {
    let (mut lowest, mut highest) = (vec![], vec![]);
    for (i, first) in places.iter().enumerate() {
        for second in &places[i + 1..] {
            let (p, q) = if first.at <= second.at {
                (first, second)
            } else {
                (second, first)
            };
            let apart = q.at - p.at;
            let (demand, limit) = (q.least - p.most, q.most - p.least);
            if demand > 0.0 {
                let scale = if apart > 0.0 {
                    demand / apart
                } else {
                    f32::INFINITY
                };
                lowest.push(Term {
                    scale,
                    what: shortage(p.mark, q.mark),
                    measure: Some((apart, demand)),
                });
            }
            if limit.is_finite() && apart > 0.0 {
                highest.push(Term {
                    scale: (limit / apart).max(0.0),
                    what: Shortage::Proportions,
                    measure: None,
                });
            }
        }
    }
    (lowest, highest)
}

/// What it means when two places lie too near each other.
fn shortage(p: Mark, q: Mark) -> Shortage {
    match (p, q) {
        (Mark::Begin, Mark::End) | (Mark::End, Mark::Begin) => Shortage::PictureTooSmall,
        (Mark::Axis, _) | (_, Mark::Axis) => Shortage::RoomSides,
        (Mark::Begin, _) | (_, Mark::Begin) => Shortage::RoomAbove,
        (Mark::End, _) | (_, Mark::End) => Shortage::RoomBelow,
        (Mark::Row(_), Mark::Row(_)) => Shortage::FaceTooSmall,
    }
}

/// The offsets that keep every place between its rows at a scale: least and most, which cross when there is none.
pub(crate) fn offsets(places: &[Place], scale: f32) -> (f32, f32) {
    places
        .iter()
        .fold((f32::NEG_INFINITY, f32::INFINITY), |(least, most), place| {
            (
                least.max(scale * place.at - place.most),
                most.min(scale * place.at - place.least),
            )
        })
}
