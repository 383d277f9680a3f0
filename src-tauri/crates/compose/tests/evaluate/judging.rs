//! What a rule got right and wrong on one picture.

use crate::made::{book, looked, row, rules};
use compose::evaluate::judging::{Bench, Outcome, Source};
use compose::evaluate::tally::{RuleTally, Tally};
use domain::quality::{Force, Verdict};
use quality::Assessed;

fn outcomes(codes: &str, found: &[(&str, Verdict)]) -> impl Fn(&str) -> Outcome {
    let (rules, book) = (rules(), book());
    let bench = Bench {
        rules: &rules,
        book: &book,
    };
    let all = bench.outcomes(&row("n1.jpg", "", codes), &Ok(looked(found)), None);
    move |rule| all.iter().find(|(known, _)| known == rule).unwrap().1
}

#[test]
fn a_gating_rule_fires_by_failing_only() {
    let by = |verdict| outcomes("EARS", &[("ears", verdict)])("ears");
    assert_eq!(by(Verdict::Fail), Outcome::Caught);
    assert_eq!(by(Verdict::Asked), Outcome::Asked);
    assert_eq!(by(Verdict::Pass), Outcome::Missed);
    assert_eq!(by(Verdict::NotAssessed), Outcome::NotAssessed);
}

#[test]
fn a_hint_fires_by_asking_on_a_value() {
    let by = |codes, verdict| outcomes(codes, &[("headwear", verdict)])("headwear");
    assert_eq!(by("HAT", Verdict::Asked), Outcome::Caught);
    assert_eq!(by("HAT", Verdict::NotAssessed), Outcome::NotAssessed);
    assert_eq!(by("", Verdict::Asked), Outcome::FalseAlarm);
    assert_eq!(by("", Verdict::Pass), Outcome::Quiet);
    assert_eq!(by("", Verdict::NotAssessed), Outcome::QuietNotAssessed);
}

#[test]
fn an_operators_rule_is_asked() {
    assert_eq!(outcomes("NOCOLLAR", &[])("collar"), Outcome::Asked);
}

#[test]
fn one_rule_of_a_code_is_enough() {
    let caught = outcomes("BG", &[("background_lines", Verdict::Fail)]);
    assert_eq!(caught("background_lines"), Outcome::Caught);
    assert_eq!(caught("background_plain"), Outcome::Neither);
    let missed = outcomes("BG", &[]);
    assert_eq!(
        missed("background_plain"),
        Outcome::Missed,
        "the first is charged"
    );
    assert_eq!(missed("background_lines"), Outcome::Neither);
}

#[test]
fn companions_and_open_codes_count_neither_way() {
    let dark = outcomes(
        "LIGHT(dark)",
        &[
            ("noise", Verdict::Fail),
            ("exposure", Verdict::Fail),
            ("yaw", Verdict::Fail),
        ],
    );
    assert_eq!(dark("exposure"), Outcome::Caught);
    assert_eq!(dark("noise"), Outcome::Neither);
    assert_eq!(dark("yaw"), Outcome::FalseAlarm);
    assert_eq!(
        outcomes("ROLL(borderline)", &[("roll", Verdict::Fail)])("roll"),
        Outcome::Neither
    );
}

#[test]
fn a_derived_copy_is_judged_by_what_it_adds() {
    let (rules, book) = (rules(), book());
    let bench = Bench {
        rules: &rules,
        book: &book,
    };
    let source_row = row("n12_x.jpg", "", "EARS");
    let source_seen = Ok(looked(&[("mouth", Verdict::Fail)]));
    let copy = looked(&[
        ("mouth", Verdict::Fail),
        ("exposure", Verdict::Fail),
        ("yaw", Verdict::Fail),
        ("half_lit", Verdict::Fail),
    ]);
    let source = Source {
        row: &source_row,
        seen: &source_seen,
        fault: book.derived("dark"),
    };
    let all = bench.outcomes(&row("d_n12_dark.jpg", "", "LIGHT(dark)"), &Ok(copy), Some(source));
    let of = |rule: &str| all.iter().find(|(known, _)| known == rule).unwrap().1;
    assert_eq!(of("exposure"), Outcome::Caught);
    assert_eq!(of("mouth"), Outcome::Neither, "the source has it");
    assert_eq!(of("ears"), Outcome::Neither, "the source breaks it");
    assert_eq!(
        of("half_lit"),
        Outcome::Neither,
        "a companion by the row of the fault"
    );
    assert_eq!(of("yaw"), Outcome::FalseAlarm);
}

#[test]
fn a_refused_picture_is_assessed_by_nobody() {
    let (rules, book) = (rules(), book());
    let bench = Bench {
        rules: &rules,
        book: &book,
    };
    let all = bench.outcomes(&row("b1.jpg", "", "EARS"), &Err("corrupt".into()), None);
    let counted: Vec<_> = all.iter().filter(|(_, o)| *o != Outcome::Neither).collect();
    assert_eq!(counted, [&("ears".to_owned(), Outcome::NotAssessed)]);
}

#[test]
fn precision_is_right_fires_over_fires() {
    let mut tally = Tally::default();
    let outcomes = [
        (Outcome::Caught, 17),
        (Outcome::FalseAlarm, 3),
        (Outcome::Missed, 2),
        (Outcome::Asked, 1),
        (Outcome::Quiet, 5),
        (Outcome::Neither, 40),
    ];
    for (outcome, times) in outcomes {
        (0..times).for_each(|_| tally.add(outcome));
    }
    assert_eq!((tally.positives, tally.negatives), (20, 8));
    assert!((tally.precision().unwrap() - 0.85).abs() < 1e-9);
    let row = |force, tally: &Tally| RuleTally::new("ears", Assessed::Measured, force, tally.clone());
    assert!(row(Force::Gate, &tally).imprecise);
    assert!(!row(Force::Ask, &tally).imprecise, "a hint may be wrong");
    let few = Tally {
        caught: 0,
        false_alarms: 2,
        ..Tally::default()
    };
    assert!(!row(Force::Gate, &few).imprecise, "two fires say nothing");
    assert_eq!(Tally::default().precision(), None);
}
