//! The form of the report as JSON.

use super::sample::{full, items, report, specification, still};
use domain::quality::Stage;
use domain::setup::QualityPolicy;
use quality::report::{QualityReport, SCHEMA};
use quality::{Assessed, Confidence, RuleRow, Rules};

#[test]
fn a_report_survives_json() {
    let report = full();
    let text = serde_json::to_string(&report).unwrap();
    assert_eq!(serde_json::from_str::<QualityReport>(&text).unwrap(), report);
    assert_eq!(report.schema, SCHEMA);
}

#[test]
fn an_unknown_key_is_refused() {
    let mut value = serde_json::to_value(full()).unwrap();
    value["stages"][0]["assessment"]["surprise"] = true.into();
    assert!(serde_json::from_value::<QualityReport>(value).is_err());
}

#[test]
fn every_result_finds_its_rule_in_the_report_itself() {
    let report = full();
    let results: Vec<_> = report
        .stages
        .iter()
        .flat_map(|stage| &stage.assessment.results)
        .collect();
    assert_eq!(
        results.len(),
        report.rules.len(),
        "each rule stands on one of the two pictures"
    );
    for result in results {
        assert!(report.rule(&result.check).is_some(), "{}", result.check);
    }
}

#[test]
fn numbers_say_how_far_they_can_be_trusted() {
    let report = full();
    let numbers = |id: &str| report.rule(id).unwrap().numbers;
    assert_eq!(numbers("yaw"), Some(Confidence::B));
    assert_eq!(numbers("pitch"), Some(Confidence::C));
    assert_eq!(
        numbers("crown"),
        Some(Confidence::A),
        "the framing rules share a section"
    );
    assert!(numbers("file_crown").is_some(), "by the photo specification");
    assert_eq!(numbers("make_up"), None);
    let operator = report
        .rules
        .iter()
        .filter(|rule| rule.assessed == Assessed::Operator);
    assert!(operator.clone().count() > 5);
    operator.for_each(|rule| assert_eq!(rule.numbers, None, "{}", rule.id));
}

#[test]
fn a_changed_policy_is_told() {
    let of = |policy: QualityPolicy| {
        let rules = Rules::under(&policy).unwrap();
        report(&rules, still(&rules), None).policy
    };
    let plain = of(QualityPolicy::default());
    assert_eq!((plain.name.as_str(), plain.changed), ("strict", false));
    let mut policy = QualityPolicy::default();
    policy
        .force
        .insert("mouth".to_owned(), domain::quality::Force::Off);
    let changed = of(policy);
    assert_eq!((changed.name.as_str(), changed.changed), ("strict", true));
}

#[test]
fn the_words_of_an_exception_stay_with_the_person() {
    let text = serde_json::to_string(&full()).unwrap();
    assert!(text.contains("S-004") && !text.contains("childhood"));
}

#[test]
fn the_measurements_of_the_sample_are_those_of_the_rows() {
    let rules = Rules::strict().unwrap();
    let demanded = |row: &&RuleRow| row.is_demanded_by(&specification());
    let rows: Vec<_> = rules
        .at(Stage::Finished)
        .filter(demanded)
        .map(|row| row.id.clone())
        .collect();
    let items: Vec<_> = items().iter().map(|item| format!("file_{}", item.id)).collect();
    assert_eq!(rows, items);
}
