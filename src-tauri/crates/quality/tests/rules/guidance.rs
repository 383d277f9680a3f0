//! One instruction at a time, the most helpful one, without flicker.

use domain::quality::{Assessment, CheckResult, Force, Verdict};
use quality::{Guidance, Steady, instruction};
use std::time::Duration;

fn broken(check: &str, code: &str, force: Force) -> CheckResult {
    CheckResult {
        check: check.into(),
        value: Some(1.0),
        unit: "px".into(),
        min: None,
        max: Some(0.0),
        verdict: Verdict::Fail,
        force,
        confidence: None,
        code: Some(code.into()),
    }
}

fn fails(codes: &[&str]) -> Assessment {
    let fine = CheckResult {
        verdict: Verdict::Pass,
        code: None,
        ..broken("one_face", "", Force::Absolute)
    };
    let results = codes.iter().map(|code| broken(code, code, Force::Gate));
    Assessment {
        results: std::iter::once(fine).chain(results).collect(),
        ticks: Vec::new(),
    }
}

fn advises(code: &str) -> Assessment {
    let mut assessment = fails(&[]);
    assessment.results.push(broken(code, code, Force::Advice));
    assessment
}

struct Screen(Steady);

impl Screen {
    fn at(&mut self, ms: u64, assessment: &Assessment) -> (String, bool) {
        let Guidance { code, good, .. } = self.0.next(assessment, Duration::from_millis(ms));
        (code, good)
    }

    fn shows(&mut self, ms: u64, assessment: &Assessment, code: &str, good: bool) {
        assert_eq!(self.at(ms, assessment), (code.to_owned(), good), "at {ms} ms");
    }
}

#[test]
fn what_helps_most_comes_first() {
    let all = fails(&[
        "blur",
        "half_lit",
        "teeth",
        "yaw",
        "move_left",
        "too_small",
        "two_faces",
    ]);
    assert_eq!(instruction(&all).code(), "two_faces");
    for (codes, first) in [
        (vec!["blur", "too_small", "move_left"], "too_small"),
        (vec!["roll", "crown_low", "eyes_closed"], "crown_low"),
        (vec!["half_lit", "gaze", "blue_clothes"], "gaze"),
        (vec!["blur", "wall_shadow"], "wall_shadow"),
    ] {
        assert_eq!(instruction(&fails(&codes)).code(), first);
    }
    assert_eq!(instruction(&Assessment::default()).code(), "no_face");
}

#[test]
fn an_instruction_stands_and_a_better_one_must_hold() {
    let mut screen = Screen(Steady::new());
    screen.shows(1000, &fails(&["yaw"]), "yaw", false);
    screen.shows(1100, &fails(&["too_small"]), "yaw", false);
    screen.shows(1550, &fails(&["too_small"]), "yaw", false); // held 450 ms, yaw stood only 550 ms
    screen.shows(1810, &fails(&["too_small"]), "too_small", false);
    screen.shows(2700, &fails(&["two_faces"]), "too_small", false);
    screen.shows(2900, &fails(&["too_small"]), "too_small", false); // the other did not hold
    screen.shows(3000, &fails(&["two_faces"]), "too_small", false);
    screen.shows(3390, &fails(&["two_faces"]), "too_small", false);
    screen.shows(3410, &fails(&["two_faces"]), "two_faces", false);
}

#[test]
fn good_needs_a_second_and_is_lost_at_once() {
    let mut screen = Screen(Steady::new());
    screen.shows(0, &fails(&["yaw"]), "yaw", false);
    screen.shows(2000, &fails(&[]), "yaw", false);
    screen.shows(2950, &fails(&[]), "yaw", false);
    screen.shows(3001, &fails(&[]), "good", true);
    screen.shows(3050, &fails(&["eyes_closed"]), "eyes_closed", false);
    screen.shows(3100, &fails(&[]), "eyes_closed", false);
    screen.shows(4090, &fails(&[]), "eyes_closed", false);
    screen.shows(4101, &fails(&[]), "good", true);
}

#[test]
fn good_from_the_first_frame_still_needs_its_second() {
    let mut screen = Screen(Steady::new());
    for ms in [5000, 5033, 5900] {
        screen.shows(ms, &fails(&[]), "good", false);
    }
    screen.shows(6010, &fails(&[]), "good", true);
}

#[test]
fn an_instruction_that_no_longer_applies_does_not_stand_forever() {
    let mut screen = Screen(Steady::new());
    screen.shows(0, &fails(&["yaw"]), "yaw", false);
    let mut last = String::new();
    for i in 1..60 {
        // Two others in turn, none of which ever holds.
        let codes = if i % 2 == 0 { ["too_small"] } else { ["move_left"] };
        last = screen.at(i * 33, &fails(&codes)).0;
    }
    assert_ne!(last, "yaw");
}

#[test]
fn advice_is_given_and_then_lets_the_shutter_go() {
    let mut screen = Screen(Steady::new());
    screen.shows(0, &advises("shoulders"), "shoulders", false);
    screen.shows(2500, &advises("shoulders"), "shoulders", false);
    screen.shows(3100, &advises("shoulders"), "shoulders", false);
    screen.shows(4200, &advises("shoulders"), "good", true);
}

#[test]
fn what_only_the_operator_can_do_is_marked() {
    let mut steady = Steady::new();
    assert!(steady.next(&fails(&["too_dark"]), Duration::ZERO).for_operator);
    assert!(!Steady::new().next(&fails(&["yaw"]), Duration::ZERO).for_operator);
}
