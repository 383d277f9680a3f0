//! What a look-up costs among a million people.

use super::people::{Dice, SESSION, person};
use crate::bench::figure::{Figure, Targets, median, percentile};
use anyhow::{Result, ensure};
use domain::enrolment::matching::Sought;
use domain::port::Store;
use pinyin::ToPinyin;
use std::path::Path;
use std::time::Instant;
use store::StationStore;

const PEOPLE: usize = 1_000_000;
/// People merged at once.
const AT_ONCE: usize = 100_000;
const QUESTIONS: usize = 2_000;
/// As many as the screen shows.
const SHOWN: u32 = 50;

/// Questions as operators ask them, a fifth each: a whole student number, the end of a document number, a
/// name, the beginning of one in pinyin, initials.
pub(super) fn measure(targets: &Targets, folder: &Path) -> Result<Figure> {
    let data = tempfile::tempdir_in(folder)?;
    let store = StationStore::open(&data.path().join("station"))?;
    let filling = Instant::now();
    for first in (0..PEOPLE).step_by(AT_ONCE) {
        let people: Vec<_> = (first..first + AT_ONCE).map(person).collect();
        store.merge_roster(SESSION, &people)?;
    }
    let filled = filling.elapsed().as_secs_f64();
    let mut dice = Dice(7);
    let mut times = vec![];
    let mut slowest = [0.0_f64; 5];
    for question in 0..QUESTIONS {
        let wanted = person(dice.below(PEOPLE));
        let kind = question % slowest.len();
        let pinyin = spelled(wanted.name.as_str());
        let number = wanted.document_number.as_ref().map_or("", |n| n.as_str());
        let text = match kind {
            0 => wanted.student_number.clone(),
            1 => number.chars().skip(12).collect(),
            2 => wanted.name.as_str().to_string(),
            3 => pinyin.concat().chars().take(6).collect(),
            _ => pinyin.iter().filter_map(|sound| sound.chars().next()).collect(),
        };
        let start = Instant::now();
        let found = store.search(SESSION, &text, SHOWN)?;
        let time = start.elapsed().as_secs_f64() * 1_000.0;
        ensure!(!found.is_empty(), "nobody is found by {text}");
        ensure!(
            kind != 0 || found.first().is_some_and(|p| p.id == wanted.id),
            "not the one of {text}"
        );
        times.push(time);
        slowest[kind] = slowest[kind].max(time);
        // What the identity step asks.
        let start = Instant::now();
        let own = Sought {
            name: wanted.name.clone(),
            number: number.to_string().into(),
            ..Sought::default()
        };
        store.look_up(SESSION, &own)?;
        times.push(start.elapsed().as_secs_f64() * 1_000.0);
        // The same where the number on the document is another one: everything that nearly agrees is looked for.
        let turned: String = number.chars().rev().collect();
        let strange = Sought {
            number: turned.into(),
            ..own
        };
        let start = Instant::now();
        store.look_up(SESSION, &strange)?;
        times.push(start.elapsed().as_secs_f64() * 1_000.0);
    }
    let start = Instant::now();
    let classes = store.classes(SESSION)?.len();
    let classes_ms = start.elapsed().as_secs_f64() * 1_000.0;
    let bytes = std::fs::metadata(data.path().join("station/station.sqlite"))?.len();
    let shown: Vec<String> = slowest.iter().map(|ms| format!("{ms:.1}")).collect();
    let beside = format!(
        "median {:.2} ms; slowest by number, its end, name, pinyin, initials: {} ms; {classes} classes in {classes_ms:.0} ms; \
         filled in {filled:.0} s, {} MB",
        median(&times),
        shown.join(", "),
        bytes / 1_000_000,
    );
    targets.figure("lookup_p95_ms", percentile(&times, 95), beside)
}

/// A name's usual reading, by syllables.
fn spelled(name: &str) -> Vec<&'static str> {
    name.to_pinyin()
        .flatten()
        .map(|reading| reading.plain())
        .collect()
}
