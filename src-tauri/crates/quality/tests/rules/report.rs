//! The report that travels in the packet.

use super::{Sitter, assess, rules, specification};
use domain::quality::Stage;
use quality::Framing;
use quality::report::{ModelVersion, QualityReport, SCHEMA, StageResults};

fn report() -> QualityReport {
    let sitter = Sitter::default();
    let models = vec![ModelVersion {
        id: "face_landmarks_478".into(),
        sha256: "00".repeat(32),
    }];
    QualityReport::new(&specification(), rules().limits(), models).with(StageResults {
        stage: Stage::Still,
        width_px: sitter.size.0,
        height_px: sitter.size.1,
        framing: Framing::measure(
            Stage::Still,
            &sitter.picture(),
            &sitter.analysis(),
            &specification(),
            &rules(),
        ),
        assessment: assess(Stage::Still, &sitter),
    })
}

#[test]
fn a_report_survives_json() {
    let report = report();
    let text = serde_json::to_string(&report).unwrap();
    assert_eq!(serde_json::from_str::<QualityReport>(&text).unwrap(), report);
    assert_eq!(report.schema, SCHEMA);
    assert_eq!(
        report.stages[0].assessment.results.len(),
        rules().at(Stage::Still).count()
    );
}

#[test]
fn an_unknown_key_is_refused() {
    let mut value = serde_json::to_value(report()).unwrap();
    value["stages"][0]["assessment"]["surprise"] = true.into();
    assert!(serde_json::from_value::<QualityReport>(value).is_err());
}
