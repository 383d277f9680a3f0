//! The figures over all pictures.

use super::judging::{Bench, fired_on};
use super::role::Role;
use super::subject::Subject;
use serde::Serialize;
use std::collections::BTreeMap;

/// Groups with fewer people are listed, but not compared.
const LEAST_PEOPLE: usize = 5;

/// Some of many pictures.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Share {
    /// How many.
    pub count: usize,
    /// Of how many.
    pub of: usize,
    /// Which.
    pub files: Vec<String>,
}

impl Share {
    /// Those of `all` for which `holds`.
    pub fn of<'a>(all: impl Iterator<Item = &'a Subject>, holds: impl Fn(&Subject) -> bool) -> Self {
        let mut share = Self::default();
        for subject in all {
            share.of += 1;
            if holds(subject) {
                share.count += 1;
                share.files.push(subject.row.file.clone());
            }
        }
        share
    }

    /// The share, 0..=1; 0 of none is 0.
    pub fn rate(&self) -> f64 {
        if self.of == 0 {
            0.0
        } else {
            self.count as f64 / self.of as f64
        }
    }
}

/// A good portrait that is stopped, and by what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stopped {
    /// The picture.
    pub file: String,
    /// Ids of the rules that say it is broken; the code of the refusal when it could not be decoded.
    pub by: Vec<String>,
    /// Ids of the gating rules that could not be assessed.
    pub not_assessed: Vec<String>,
}

/// Stopped good portraits by what people say of themselves.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Groups {
    /// Stopped and all, by the word people used.
    pub rates: BTreeMap<String, Share>,
    /// Largest difference of the rates of two groups with at least five people; `None` with fewer than two such.
    pub largest_difference: Option<f64>,
}

impl Groups {
    fn of(
        good: &[&Subject],
        stopped: impl Fn(&Subject) -> bool,
        word: impl Fn(&Subject) -> Option<&str>,
    ) -> Self {
        let mut members: BTreeMap<String, Vec<&Subject>> = BTreeMap::new();
        for subject in good {
            if let Some(word) = word(subject) {
                members.entry(word.to_owned()).or_default().push(subject);
            }
        }
        let rates: BTreeMap<String, Share> = members
            .into_iter()
            .map(|(word, subjects)| (word, Share::of(subjects.into_iter(), &stopped)))
            .collect();
        Self {
            largest_difference: largest_difference(rates.values()),
            rates,
        }
    }
}

/// Between the highest and the lowest rate of the groups that are large enough.
pub fn largest_difference<'a>(rates: impl Iterator<Item = &'a Share>) -> Option<f64> {
    let large: Vec<f64> = rates
        .filter(|share| share.of >= LEAST_PEOPLE)
        .map(Share::rate)
        .collect();
    if large.len() < 2 {
        return None;
    }
    let most = large.iter().copied().fold(f64::MIN, f64::max);
    let least = large.iter().copied().fold(f64::MAX, f64::min);
    Some(most - least)
}

/// Time of the checks of one still beyond the shared analysis, on one thread.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Times {
    /// Median, milliseconds.
    pub median: f64,
    /// Longest, milliseconds.
    pub most: f64,
}

/// The figures.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Overall {
    /// Bad pictures that nothing stops.
    pub accepted_bad: Share,
    /// Bad pictures that a rule stops which their row names.
    pub bad_stopped_for_their_fault: Share,
    /// Bad pictures that stop only because a gating rule could not be assessed.
    pub bad_stopped_unassessed: Share,
    /// All pictures but derived copies that have a face fault and that nothing stops.
    pub accepted_faulty: Share,
    /// Good portraits that something other than a clothing rule stops.
    pub stopped_good: Share,
    /// By what.
    pub stopped_good_by: Vec<Stopped>,
    /// The same by self-reported group.
    pub by_group: Groups,
    /// The same by self-reported sex.
    pub by_sex: Groups,
    /// Smiling portraits caught by a rule for smiles.
    pub smiling_caught: Share,
    /// Neutral portraits flagged by one.
    pub neutral_flagged: Share,
    /// Good portraits on which the operator is asked, by tick: how the ticks were taken as given.
    pub ticks_given: BTreeMap<String, usize>,
    /// Time of the checks.
    pub still_checks_ms: Times,
}

/// The good portraits: neutral ones without a face fault; where no picture has such a name, every picture with codes
/// for clothes and operator only.
pub fn good(subjects: &[Subject]) -> Vec<&Subject> {
    let clean = |s: &&Subject| !s.row.has_face_fault();
    if subjects.iter().any(|s| s.role == Role::Neutral) {
        subjects
            .iter()
            .filter(|s| s.role == Role::Neutral)
            .filter(clean)
            .collect()
    } else {
        subjects
            .iter()
            .filter(|s| s.role == Role::Found && s.row.counting().next().is_some())
            .filter(clean)
            .collect()
    }
}

/// Counts.
pub fn overall(subjects: &[Subject], bench: Bench<'_>) -> Overall {
    let good = good(subjects);
    let stopped_by = |s: &Subject| match &s.seen {
        Ok(looked) => bench
            .stops_good(&s.row, looked)
            .into_iter()
            .partition(|rule| fired_on(looked, rule)),
        Err(code) => (vec![code.clone()], Vec::new()),
    };
    let stopped = |s: &Subject| {
        let (by, not_assessed) = stopped_by(s);
        !by.is_empty() || !not_assessed.is_empty()
    };
    let of = |role: Role| subjects.iter().filter(move |s| s.role == role);
    let bad = || of(Role::Bad).filter(|s| s.row.has_face_fault());
    let smile = |s: &Subject| {
        s.seen
            .as_ref()
            .is_ok_and(|looked| bench.book.smile.iter().any(|rule| fired_on(looked, rule)))
    };
    let mut ticks = BTreeMap::new();
    for tick in good
        .iter()
        .filter_map(|s| s.seen.as_ref().ok())
        .flat_map(|l| &l.assessment.ticks)
    {
        *ticks.entry(tick.id.clone()).or_default() += 1;
    }
    Overall {
        accepted_bad: Share::of(bad(), Subject::accepted),
        bad_stopped_for_their_fault: Share::of(bad(), |s| {
            s.seen
                .as_ref()
                .is_ok_and(|looked| bench.stopped_for_its_fault(&s.row, looked))
        }),
        bad_stopped_unassessed: Share::of(bad(), |s| {
            let unassessed = |looked: &super::seen::Looked| {
                !looked.accepted() && !looked.stopping().any(super::seen::fires)
            };
            s.seen.as_ref().is_ok_and(unassessed)
        }),
        accepted_faulty: Share::of(
            subjects
                .iter()
                .filter(|s| s.role != Role::Derived && s.row.has_face_fault()),
            Subject::accepted,
        ),
        stopped_good: Share::of(good.iter().copied(), stopped),
        stopped_good_by: good
            .iter()
            .filter(|s| stopped(s))
            .map(|s| {
                let (by, not_assessed) = stopped_by(s);
                Stopped {
                    file: s.row.file.clone(),
                    by,
                    not_assessed,
                }
            })
            .collect(),
        by_group: Groups::of(&good, stopped, |s| {
            s.row.person.as_ref().map(|p| p.group.as_str())
        }),
        by_sex: Groups::of(&good, stopped, |s| s.row.person.as_ref().map(|p| p.sex.as_str())),
        smiling_caught: Share::of(of(Role::Smiling), smile),
        neutral_flagged: Share::of(of(Role::Neutral), smile),
        ticks_given: ticks,
        still_checks_ms: times(subjects),
    }
}

fn times(subjects: &[Subject]) -> Times {
    let mut all: Vec<f64> = subjects
        .iter()
        .filter_map(|s| s.seen.as_ref().ok())
        .map(|looked| looked.checks_ms)
        .collect();
    all.sort_by(f64::total_cmp);
    Times {
        median: all.get(all.len() / 2).copied().unwrap_or_default(),
        most: all.last().copied().unwrap_or_default(),
    }
}
