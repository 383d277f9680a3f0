//! What a source says of an identity document: fields, pictures, and what is wrong with a picture.

use crate::Personal;
use crate::picture::Picture;
use crate::session::CardSide;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where a reading comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DocumentSource {
    /// The station's camera, one side at a time: pictures and no fields.
    Camera,
}

/// A field of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DocumentField {
    /// Name as written on it.
    Name,
    /// Its number.
    Number,
    /// Sex.
    Sex,
    /// Ethnic group.
    Ethnicity,
    /// Date of birth, `YYYY-MM-DD`.
    Birth,
    /// Address.
    Address,
    /// Who issued it.
    Issuer,
    /// First day of its validity, `YYYY-MM-DD`.
    ValidFrom,
    /// Last day of its validity, `YYYY-MM-DD`; not there when it has no end.
    ValidUntil,
}

impl DocumentField {
    /// Every field.
    pub const ALL: [Self; 9] = [
        Self::Name,
        Self::Number,
        Self::Sex,
        Self::Ethnicity,
        Self::Birth,
        Self::Address,
        Self::Issuer,
        Self::ValidFrom,
        Self::ValidUntil,
    ];
}

/// What one reading gave.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DocumentReading {
    /// Kind of document in the manifest's spelling, e.g. `resident_id`; `None` when the source cannot tell.
    pub kind: Option<String>,
    /// The fields that were read. Nobody has compared them with anything yet.
    pub fields: BTreeMap<DocumentField, Personal<String>>,
    /// Fields the source could not read; never guessed.
    pub unread: Vec<DocumentField>,
    /// Pictures of it.
    pub pictures: Vec<DocumentPicture>,
}

/// A picture of one side.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentPicture {
    /// The side that was asked for; whether it is that side nobody has checked.
    pub side: CardSide,
    /// The pixels: the card alone when it was found, else all the camera saw.
    pub picture: Personal<Picture>,
    /// The card was found and cut out.
    pub cut_out: bool,
    /// What was measured; nothing when nothing could be.
    pub findings: Vec<Finding>,
}

impl DocumentPicture {
    /// The worst of all findings; without any, nothing is assessed.
    pub fn judgement(&self) -> Judgement {
        judgement(&self.findings)
    }
}

/// What can be wrong with the picture of a card. Each has a message that says what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Flaw {
    /// Nothing in the picture looks like a card.
    NotFound,
    /// A corner lies outside the picture.
    Cut,
    /// A corner is covered.
    CornerCovered,
    /// Light is reflected.
    Glare,
    /// Edges are not sharp.
    Blur,
    /// Too few picture elements.
    TooSmall,
    /// Too dark.
    TooDark,
}

impl Flaw {
    /// Every flaw, in the order in which they are told.
    pub const ALL: [Self; 7] = [
        Self::NotFound,
        Self::Cut,
        Self::CornerCovered,
        Self::TooSmall,
        Self::TooDark,
        Self::Glare,
        Self::Blur,
    ];

    /// As in messages and the audit trail.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::Cut => "cut",
            Self::CornerCovered => "corner_covered",
            Self::Glare => "glare",
            Self::Blur => "blur",
            Self::TooSmall => "too_small",
            Self::TooDark => "too_dark",
        }
    }
}

/// What a measure says; the later, the worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Judgement {
    /// Nothing is wrong.
    Good,
    /// It cannot be decided: somebody has to look.
    NotAssessed,
    /// The picture is asked again.
    Bad,
}

/// One measure of a picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Finding {
    /// What was looked for.
    pub flaw: Flaw,
    /// What was found.
    pub judgement: Judgement,
    /// The measured value, in the unit of its table in `assets/card.toml`; `None` when it could not be measured.
    pub value: Option<f64>,
    /// From here on the picture is asked again; `None` where no number decides.
    pub limit: Option<f64>,
}

/// The worst of some findings.
pub fn judgement(findings: &[Finding]) -> Judgement {
    let worst = findings.iter().map(|f| f.judgement).max();
    worst.unwrap_or(Judgement::NotAssessed)
}

/// The first of the worst findings; `None` when nothing is wrong, or nothing was measured.
pub fn reason(findings: &[Finding]) -> Option<Flaw> {
    let worst = judgement(findings);
    let first = findings.iter().find(|f| f.judgement == worst);
    first.filter(|_| worst != Judgement::Good).map(|f| f.flaw)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(flaw: Flaw, judgement: Judgement) -> Finding {
        Finding {
            flaw,
            judgement,
            value: None,
            limit: None,
        }
    }

    #[test]
    fn the_worst_is_told_and_nothing_is_passed_without_a_measure() {
        assert_eq!(judgement(&[]), Judgement::NotAssessed);
        let findings = [
            finding(Flaw::Cut, Judgement::Good),
            finding(Flaw::Glare, Judgement::NotAssessed),
            finding(Flaw::Blur, Judgement::Bad),
        ];
        assert_eq!(reason(&findings), Some(Flaw::Blur));
        assert_eq!(reason(&findings[..2]), Some(Flaw::Glare));
        assert_eq!(reason(&findings[..1]), None);
    }

    #[test]
    fn every_flaw_is_listed_once() {
        let codes: std::collections::BTreeSet<&str> = Flaw::ALL.map(Flaw::code).into();
        assert_eq!(codes.len(), Flaw::ALL.len());
    }
}
