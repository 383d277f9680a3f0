//! Figures over several pictures.

use crate::made::{book, rules, subject};
use compose::evaluate::derived::{ReasonSeen, compare};
use compose::evaluate::judging::Bench;
use compose::evaluate::overall::{Overall, Share, largest_difference, overall};
use compose::evaluate::subject::Subject;
use domain::quality::Verdict;

fn figures(subjects: &[Subject]) -> Overall {
    let (rules, book) = (rules(), book());
    overall(
        subjects,
        Bench {
            rules: &rules,
            book: &book,
        },
    )
}

#[test]
fn a_bad_picture_is_accepted_when_nothing_stops_it() {
    let mut refused = subject("b4.jpg", "", "EARS", &[]);
    refused.seen = Err("corrupt".into());
    let found = figures(&[
        subject("b1.jpg", "", "EARS", &[("ears", Verdict::Fail)]),
        subject("b2.jpg", "", "EARS", &[("ears", Verdict::Asked)]),
        subject("b3.jpg", "", "EARS", &[("noise", Verdict::NotAssessed)]),
        refused,
        subject("b5.jpg", "", "NOCOLLAR", &[]),
        subject("n6.jpg", "", "EARS", &[]),
    ]);
    assert_eq!(found.accepted_bad.files, ["b2.jpg"]);
    assert_eq!(found.accepted_bad.of, 4, "clothes alone make no picture bad");
    assert_eq!(found.bad_stopped_for_their_fault.files, ["b1.jpg"]);
    assert_eq!(found.bad_stopped_unassessed.files, ["b3.jpg"]);
    assert_eq!(found.accepted_faulty.files, ["b2.jpg", "n6.jpg"]);
}

#[test]
fn clothes_and_open_codes_stop_no_good_portrait() {
    let codes = "CONTRAST(white on light wall),NOCOLLAR";
    let found = figures(&[
        subject("p1_neutral.jpg", "", codes, &[("cloth_wall", Verdict::Fail)]),
        subject(
            "p2_neutral.jpg",
            "x (judgement open: EARS)",
            codes,
            &[("ears", Verdict::Fail)],
        ),
        subject(
            "p3_neutral.jpg",
            "",
            codes,
            &[("crown", Verdict::Fail), ("noise", Verdict::NotAssessed)],
        ),
        subject("p4_neutral.jpg", "", codes, &[("headwear", Verdict::Asked)]),
        subject("p5_neutral.jpg", "", "EARS", &[("yaw", Verdict::Fail)]),
        subject("n6.jpg", "", codes, &[("yaw", Verdict::Fail)]),
    ]);
    assert_eq!(found.stopped_good.files, ["p3_neutral.jpg"]);
    assert_eq!(found.stopped_good.of, 4);
    assert_eq!(found.stopped_good_by[0].by, ["crown"]);
    assert_eq!(found.stopped_good_by[0].not_assessed, ["noise"]);
}

#[test]
fn groups_of_five_are_compared() {
    let share = |count, of| Share {
        count,
        of,
        files: Vec::new(),
    };
    let found = largest_difference([share(1, 5), share(0, 10), share(4, 4)].iter());
    assert!(
        (found.unwrap() - 0.2).abs() < 1e-9,
        "four people are not compared"
    );
    assert_eq!(largest_difference([share(1, 5), share(0, 4)].iter()), None);

    let people: Vec<Subject> = (0..10)
        .map(|i| {
            let group = if i < 5 { "a" } else { "b" };
            let found: &[(&str, Verdict)] = if i < 2 { &[("yaw", Verdict::Fail)] } else { &[] };
            subject(
                &format!("p{i}_neutral.jpg"),
                &format!("x; female, 20, {group}"),
                "NOCOLLAR",
                found,
            )
        })
        .collect();
    let found = figures(&people);
    assert_eq!(found.by_group.rates["a"].count, 2);
    assert!((found.by_group.largest_difference.unwrap() - 0.4).abs() < 1e-9);
    assert_eq!(found.by_sex.largest_difference, None, "one sex only");
}

#[test]
fn twins_are_told_by_the_rules_for_smiles() {
    let found = figures(&[
        subject("p1_smiling.jpg", "", "EXPR", &[("expression", Verdict::Asked)]),
        subject("p2_smiling.jpg", "", "EXPR", &[("mouth", Verdict::Fail)]),
        subject("p3_smiling.jpg", "", "EXPR", &[("brow_raise", Verdict::Asked)]),
        subject("p1_neutral.jpg", "", "", &[("mouth", Verdict::Warn)]),
    ]);
    assert_eq!((found.smiling_caught.count, found.smiling_caught.of), (2, 3));
    assert_eq!((found.neutral_flagged.count, found.neutral_flagged.of), (0, 1));
}

#[test]
fn derived_copies_add_their_reason_and_nothing_foreign() {
    let copy = |file: &str, codes: &str, found: &[(&str, Verdict)]| subject(file, "", codes, found);
    let subjects = [
        copy(
            "n12_x.jpg",
            "",
            &[("inter_eye", Verdict::Fail), ("glasses", Verdict::Warn)],
        ),
        copy(
            "d_n12_dark.jpg",
            "LIGHT(dark)",
            &[("exposure", Verdict::Fail), ("noise", Verdict::NotAssessed)],
        ),
        copy("d_n12_tiny.jpg", "LOWRES", &[("inter_eye", Verdict::Fail)]),
        copy("d_n12_mono.jpg", "MONO", &[("yaw", Verdict::Fail)]),
        copy(
            "d_n12_mirror.jpg",
            "none (control)",
            &[("gaze", Verdict::NotAssessed)],
        ),
        copy("d_n12_haze.jpg", "BLUR", &[("motion", Verdict::Warn)]),
        copy("d_n99_dark.jpg", "LIGHT(dark)", &[]),
    ];
    let found = compare(&subjects, &book());
    let seen: Vec<_> = found.iter().map(|c| (c.reason, c.foreign.join(" "))).collect();
    let expected = [
        (ReasonSeen::Added, ""),
        (ReasonSeen::OnSource, ""),
        (ReasonSeen::Missing, "yaw"),
        (ReasonSeen::None, "gaze"),
        (ReasonSeen::Added, ""),
        (ReasonSeen::Missing, ""),
    ];
    assert_eq!(
        seen,
        expected.map(|(reason, foreign)| (reason, foreign.to_owned()))
    );
    assert_eq!(found[5].source, None);
}
