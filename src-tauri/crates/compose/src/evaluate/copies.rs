//! Copies of a picture that should change no verdict: mirrored, encoded again, scaled, skin brighter and darker.

mod pixels;
mod skin;

pub use pixels::{encoded_again, mirrored, scaled, thumbnail};
pub use skin::skin_times;

use super::book::Book;
use super::seen::Looked;
use super::subject::Subject;
use domain::face::FaceAnalysis;
use domain::picture::Picture;
use domain::quality::{CheckResult, Force, Verdict};
use quality::Limits;
use serde::Serialize;

/// A value nearer to its limit than this share of the limit may change its verdict.
const NEAR: f64 = 0.1;
/// Change of the skin's luminance.
const SKIN: f32 = 0.2;

/// What was found on one copy.
#[derive(Debug, Clone)]
pub struct CopySeen {
    /// `mirrored`, `jpeg90`, `scaled`, `brighter` or `darker`.
    pub copy: &'static str,
    /// What was found.
    pub looked: Looked,
}

/// Makes the copies of a picture; those of the skin only where there is a face.
pub fn made(picture: &Picture, analysis: &FaceAnalysis) -> Vec<(&'static str, Picture)> {
    let face = analysis.face.as_ref();
    let skin = |factor: f32| face.and_then(|face| skin_times(picture, face, factor));
    let copies = [
        ("mirrored", mirrored(picture)),
        ("jpeg90", encoded_again(picture, 90)),
        ("scaled", scaled(picture, 0.8)),
        ("brighter", skin(1.0 + SKIN)),
        ("darker", skin(1.0 - SKIN)),
    ];
    copies
        .into_iter()
        .filter_map(|(name, copy)| Some((name, copy?)))
        .collect()
}

/// A verdict that a copy changed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// The picture.
    pub file: String,
    /// The copy.
    pub copy: &'static str,
    /// Id of the rule.
    pub rule: String,
    /// Verdict on the picture.
    pub was: Verdict,
    /// Verdict on the copy.
    pub became: Verdict,
    /// Value on the picture.
    pub value: Option<f64>,
    /// Value on the copy.
    pub copy_value: Option<f64>,
    /// Distance of the picture's value from its nearest limit over that limit; `None` without value or limit.
    pub away: Option<f64>,
    /// True when the copy changes what the rule measures.
    pub natural: bool,
    /// True when the value is more than a tenth from its limit and the change is not natural: it counts.
    pub counts: bool,
}

/// An angle that the mirrored copy moved too far.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AngleChange {
    /// The picture.
    pub file: String,
    /// Id of the rule, or `pose.yaw`, `pose.pitch`, `pose.roll`.
    pub angle: String,
    /// Degrees on the picture.
    pub value: f64,
    /// Degrees on the copy, its sign turned back where a mirror turns it.
    pub copy_value: f64,
}

/// What the copies of a picture changed.
pub fn changes(subject: &Subject, book: &Book, limits: &Limits) -> Vec<Change> {
    let Ok(before) = &subject.seen else {
        return Vec::new();
    };
    // The numbers as a table, so that a rule's warning and failure are found by its id.
    let numbers = toml::Table::try_from(limits).unwrap_or_default();
    let mut changes = Vec::new();
    for copy in &subject.copies {
        for was in &before.assessment.results {
            let Some(became) = copy.looked.result(&was.check) else {
                continue;
            };
            if was.force == Force::Off || was.verdict == became.verdict {
                continue;
            }
            let natural = book.natural(copy.copy, &was.check);
            let away = away(was, &numbers);
            // What could not be measured before has no distance; what no longer can be has lost its verdict.
            let far = measured(was) && away.is_none_or(|away| away > NEAR);
            changes.push(Change {
                file: subject.row.file.clone(),
                copy: copy.copy,
                rule: was.check.clone(),
                was: was.verdict,
                became: became.verdict,
                value: was.value,
                copy_value: became.value,
                away,
                natural,
                counts: far && !natural,
            });
        }
    }
    changes
}

const fn measured(result: &CheckResult) -> bool {
    result.value.is_some()
}

/// Distance of a value from the nearest of its limits, as a share of that limit.
pub fn away(result: &CheckResult, numbers: &toml::Table) -> Option<f64> {
    let value = result.value?;
    let limit = numbers.get(&result.check).and_then(|rule| rule.get("limit"));
    let number = |key: &str| limit?.get(key)?.as_float();
    let signed = [result.min, result.max].into_iter().flatten();
    let turned = [number("warn"), number("fail")].into_iter().flatten();
    // A rule's own numbers bound the size of its value; the limits of a result have its sign.
    let signed = signed.map(|limit| (value - limit).abs() / limit.abs().max(f64::EPSILON));
    let turned = turned.map(|limit| (value.abs() - limit.abs()).abs() / limit.abs().max(f64::EPSILON));
    signed.chain(turned).reduce(f64::min)
}

/// Angles that the mirrored copy moved by more than the book allows.
pub fn moved_angles(subject: &Subject, book: &Book) -> Vec<AngleChange> {
    let mirrored = subject.copies.iter().find(|copy| copy.copy == "mirrored");
    let (Ok(before), Some(copy)) = (&subject.seen, mirrored) else {
        return Vec::new();
    };
    let mut pairs: Vec<(String, f64, f64)> = Vec::new();
    if let (Some(p), Some(q)) = (before.pose, copy.looked.pose) {
        pairs.push(("pose.yaw".into(), f64::from(p.yaw), -f64::from(q.yaw)));
        pairs.push(("pose.pitch".into(), f64::from(p.pitch), f64::from(q.pitch)));
        pairs.push(("pose.roll".into(), f64::from(p.roll), -f64::from(q.roll)));
    }
    for was in before
        .assessment
        .results
        .iter()
        .filter(|result| result.unit == "deg")
    {
        let became = copy.looked.result(&was.check).and_then(|result| result.value);
        if let (Some(value), Some(became)) = (was.value, became) {
            let turns = book.mirror.turned.contains(&was.check);
            pairs.push((was.check.clone(), value, if turns { -became } else { became }));
        }
    }
    pairs
        .into_iter()
        .filter(|(_, p, q)| (p - q).abs() > book.mirror.most_deg)
        .map(|(angle, value, copy_value)| AngleChange {
            file: subject.row.file.clone(),
            angle,
            value,
            copy_value,
        })
        .collect()
}
