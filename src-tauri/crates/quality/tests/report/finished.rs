//! Measurements of the finished file become results.

use super::sample::{items, specification};
use domain::quality::{Assessment, CheckResult, Force, Stage, Verdict};
use quality::{FileItem, FinishedFault, Rules, finished};

fn judged(items: &[FileItem]) -> Assessment {
    finished(&Rules::strict().unwrap(), &specification(), items).unwrap()
}

fn result<'a>(assessment: &'a Assessment, id: &str) -> &'a CheckResult {
    assessment.results.iter().find(|r| r.check == id).unwrap()
}

/// The list with one measurement changed.
fn with(id: &str, change: impl Fn(&mut FileItem)) -> Vec<FileItem> {
    let mut items = items();
    items.iter_mut().filter(|item| item.id == id).for_each(change);
    items
}

#[test]
fn a_right_file_passes_every_rule() {
    let assessment = judged(&items());
    assert!(assessment.acceptable(), "{assessment:?}");
    let judged = assessment.results.iter().filter(|r| r.verdict == Verdict::Pass);
    assert_eq!(judged.count(), items().len());
    // What the national specification does not state is off and says so.
    let chin = result(&assessment, "file_chin");
    assert_eq!(
        (chin.verdict, chin.force, chin.code.as_deref()),
        (Verdict::NotAssessed, Force::Off, Some("not_demanded"))
    );
    assert_eq!(result(&assessment, "file_bytes").value, Some(31_244.0));
}

#[test]
fn a_rule_without_measurement_is_not_assessed_and_stops() {
    for left_out in 0..items().len() {
        let mut items = items();
        let id = items.remove(left_out).id;
        let assessment = judged(&items);
        let result = result(&assessment, &format!("file_{id}"));
        assert_eq!(result.verdict, Verdict::NotAssessed, "{id}");
        assert_eq!(result.code.as_deref(), Some("not_measured"), "{id}");
        assert_eq!(assessment.stopping().count(), 1, "{id}");
    }
    let none = judged(&[]);
    assert_eq!(
        none.results.len(),
        Rules::strict().unwrap().at(Stage::Finished).count()
    );
    assert!(!none.acceptable());
}

#[test]
fn a_value_never_passes_by_half() {
    for value in [None, Some(f64::NAN), Some(f64::INFINITY)] {
        let assessment = judged(&with("crown", |item| item.value = value));
        assert_eq!(
            result(&assessment, "file_crown").verdict,
            Verdict::NotAssessed,
            "{value:?}"
        );
    }
    let refused = judged(&with("crown", |item| item.ok = false));
    assert_eq!(result(&refused, "file_crown").verdict, Verdict::Fail);
    let outside = judged(&with("crown", |item| item.value = Some(110.5)));
    assert_eq!(
        result(&outside, "file_crown").verdict,
        Verdict::Fail,
        "whatever the measurement says"
    );
}

#[test]
fn a_measurement_without_rule_or_standing_twice_is_an_error() {
    let rules = Rules::strict().unwrap();
    let mut odd = items();
    odd.extend(
        with("crown", |item| item.id = "nose".to_owned())
            .into_iter()
            .filter(|item| item.id == "nose"),
    );
    assert_eq!(
        finished(&rules, &specification(), &odd),
        Err(FinishedFault::WithoutRule("nose".to_owned()))
    );
    let mut doubled = items();
    doubled.extend(items().into_iter().filter(|item| item.id == "eyes"));
    assert_eq!(
        finished(&rules, &specification(), &doubled),
        Err(FinishedFault::Twice("eyes".to_owned()))
    );
}
