//! The pictures of the document on screen.

use crate::contract::{CardFinding, CardSideView, CardState};
use crate::desk::{Desk, Side};
use domain::document::{Finding, Flaw, Judgement, judgement, reason};
use domain::session::CardSide;

impl Desk {
    pub(super) fn card_sides(&self) -> Vec<CardSideView> {
        [CardSide::Front, CardSide::Back]
            .map(|side| side_view(side, self.cards.side(side)))
            .into()
    }
}

fn side_view(side: CardSide, here: &Side) -> CardSideView {
    let newest = here.asked.as_ref();
    let shown = newest.or(here.kept.as_ref());
    let state = match newest.map(|shot| judgement(&shot.findings)) {
        _ if here.awaits() => CardState::Taking,
        Some(Judgement::Bad) => CardState::Again,
        Some(_) => CardState::Look,
        None if here.kept.is_some() => CardState::Kept,
        None => CardState::Missing,
    };
    CardSideView {
        side,
        state,
        sample: shown.map(|shot| shot.sample.0),
        turns: shown.map_or(0, |shot| shot.turns),
        cut_out: shown.is_some_and(|shot| shot.cut_out),
        reason: newest.and_then(|shot| reason(&shot.findings)),
        findings: newest.map_or(vec![], |shot| findings(&shot.findings)),
        attempts: here.attempts,
        may_keep: here.may_keep(),
        by_eye: shown.is_some_and(|shot| shot.by_eye),
        kept: here.kept.is_some(),
    }
}

fn findings(all: &[Finding]) -> Vec<CardFinding> {
    let not_good = all.iter().filter(|f| f.judgement != Judgement::Good);
    not_good
        .map(|f| CardFinding {
            flaw: f.flaw,
            judgement: f.judgement,
            value: f.value.map_or_else(String::new, |v| with_unit(f.flaw, v)),
            limit: f.limit.map_or_else(String::new, |v| with_unit(f.flaw, v)),
        })
        .collect()
}

fn with_unit(flaw: Flaw, value: f64) -> String {
    match flaw {
        Flaw::Glare => format!("{value:.0} mm²"),
        Flaw::Blur => format!("{value:.2} mm"),
        Flaw::TooSmall => format!("{value:.1} px/mm"),
        Flaw::CornerCovered => format!("{:.0} %", 100.0 * value),
        Flaw::TooDark => format!("{value:.0}"),
        Flaw::NotFound | Flaw::Cut => String::new(),
    }
}
