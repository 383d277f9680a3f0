//! What is wrong with the picture of a card.

use crate::find::{Found, find};
use crate::limits::Limits;
use crate::measure::{blur, brightness, glare, light};
use crate::rectify::{WIDTH, rectify};
use domain::document::{Finding, Flaw, Judgement, judgement, reason};
use domain::picture::Picture;

/// A judged picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// The card, if one was found.
    pub found: Option<Found>,
    /// The card cut out.
    pub card: Option<Picture>,
    /// Every measure that could be tried, in the order of [`Flaw::ALL`].
    pub findings: Vec<Finding>,
}

impl Seen {
    /// The worst of all.
    pub fn judgement(&self) -> Judgement {
        judgement(&self.findings)
    }

    /// The first of the worst findings; `None` when nothing is wrong.
    pub fn reason(&self) -> Option<Flaw> {
        reason(&self.findings)
    }
}

/// Finds the card, cuts it out and measures it.
pub fn judge(picture: &Picture, limits: &Limits) -> Seen {
    let found = find(picture, limits);
    let card = found.as_ref().and_then(|found| rectify(picture, &found.quad));
    let (Some(found), Some(card)) = (found, card) else {
        return Seen {
            found: None,
            card: None,
            findings: vec![told(Flaw::NotFound, Judgement::Bad)],
        };
    };
    let findings = measured(&found, &card, limits);
    Seen {
        found: Some(found),
        card: Some(card),
        findings,
    }
}

fn measured(found: &Found, card: &Picture, limits: &Limits) -> Vec<Finding> {
    let brightness = brightness(card);
    let blur = blurred(found, &brightness, limits);
    let cut = found.corners.iter().any(Option::is_none);
    vec![
        told(Flaw::NotFound, Judgement::Good),
        told(Flaw::Cut, if cut { Judgement::Bad } else { Judgement::Good }),
        corners(found, blur.judgement, limits),
        below(
            Flaw::TooSmall,
            found.per_mm,
            limits.too_small.doubt,
            limits.too_small.bad,
        ),
        below(
            Flaw::TooDark,
            light::median(&brightness),
            limits.too_dark.doubt,
            limits.too_dark.bad,
        ),
        above(
            Flaw::Glare,
            glare::area_mm2(card, limits),
            limits.glare.doubt,
            limits.glare.bad,
        ),
        blur,
    ]
}

const fn told(flaw: Flaw, judgement: Judgement) -> Finding {
    Finding {
        flaw,
        judgement,
        value: None,
        limit: None,
    }
}

fn above(flaw: Flaw, value: f64, doubt: f64, bad: f64) -> Finding {
    let judgement = if value >= bad {
        Judgement::Bad
    } else if value >= doubt {
        Judgement::NotAssessed
    } else {
        Judgement::Good
    };
    Finding {
        flaw,
        judgement,
        value: Some(value),
        limit: Some(bad),
    }
}

fn below(flaw: Flaw, value: f64, doubt: f64, bad: f64) -> Finding {
    let mirrored = above(flaw, -value, -doubt, -bad);
    Finding {
        value: Some(value),
        limit: Some(bad),
        ..mirrored
    }
}

/// The corner of which least was seen. Where edges are blurred, one that was not seen says nothing.
fn corners(found: &Found, blur: Judgement, limits: &Limits) -> Finding {
    let least = found.corners.iter().flatten().copied().fold(1.0, f64::min);
    let mut finding = below(Flaw::CornerCovered, least, limits.corner.doubt, limits.corner.bad);
    if blur == Judgement::Bad {
        finding.judgement = finding.judgement.min(Judgement::NotAssessed);
    }
    finding
}

/// The print's own edges; the card's rim only where there is no print, and never as proof that the print is sharp.
fn blurred(found: &Found, brightness: &[f32], limits: &Limits) -> Finding {
    let print = blur::widths_mm(brightness, WIDTH as usize, limits);
    let worse = |i: usize| print[i].unwrap_or(found.edge_mm[i]);
    let value = worse(0).max(worse(1));
    let mut finding = above(Flaw::Blur, value, limits.blur.doubt, limits.blur.bad);
    if print.contains(&None) {
        finding.judgement = finding.judgement.max(Judgement::NotAssessed);
    }
    finding
}
