//! A full report on a drawn sitter, without any measure: results are set by hand.

use domain::exception::{ExceptionKind, KnownException};
use domain::moment::Moment;
use domain::quality::{Assessment, CheckResult, Force, Stage, Tick, TickAnswer, Verdict};
use domain::specification::PhotoSpecification;
use quality::report::{ExceptionRecord, ModelVersion, QualityReport, StageResults};
use quality::{FileItem, Framing, Rules};

pub(crate) fn specification() -> PhotoSpecification {
    photo::specification::builtin().unwrap().remove(0)
}

/// What is measured on a finished file, all of it right.
pub(crate) fn items() -> Vec<FileItem> {
    [
        ("width", 480.0, "px", Some(480.0), Some(480.0)),
        ("height", 640.0, "px", Some(640.0), Some(640.0)),
        ("density", 300.0, "dpi", Some(300.0), Some(300.0)),
        ("bytes", 31_244.0, "bytes", Some(20_480.0), Some(40_960.0)),
        ("coding", 0.0, "count", None, Some(0.0)),
        ("quality", 88.0, "quality", Some(60.0), None),
        ("background_colour", 1.31, "ΔE", None, Some(5.0)),
        ("background_even", 2.04, "ΔE", None, Some(5.0)),
        ("background_remnant", 0.0, "px", None, Some(64.0)),
        ("faces", 1.0, "count", Some(1.0), None),
        ("crown", 82.0, "px", Some(50.0), Some(110.0)),
        ("eyes", 243.0, "px", Some(200.0), Some(300.0)),
        ("face_width", 231.0, "px", Some(180.0), Some(300.0)),
        ("centre", 3.2, "px", None, Some(12.0)),
    ]
    .map(|(id, value, unit, min, max)| FileItem {
        id: id.to_owned(),
        value: Some(value),
        unit: unit.to_owned(),
        min,
        max,
        ok: true,
    })
    .to_vec()
}

pub(crate) fn framing() -> Framing {
    Framing {
        face_width_px: 231.0,
        crown_px: Some(82.5),
        crown_cut: false,
        eyes_px: 243.0,
        chin_px: 398.0,
        eye_distance_px: 106.0,
        off_centre_px: 3.2,
        off_centre_max_px: 12.0,
        source_end_px: 655.0,
        inter_eye_px: 160.0,
        scale: 0.66,
    }
}

/// The still's results: some rules fail, some warn, some are asked, some could not be measured.
pub(crate) fn still(rules: &Rules) -> Assessment {
    let result = |(i, row): (usize, &quality::RuleRow)| {
        let asked = row.force == Force::Ask;
        let (verdict, code) = match row.id.as_str() {
            "yaw" | "half_lit" | "background_plain" => (Verdict::Fail, Some(row.id.as_str())),
            "glasses" | "hair_wall" | "mouth" => (Verdict::Warn, Some("glasses_off")),
            "noise" | "ears" => (Verdict::NotAssessed, Some("not_sharp")),
            _ if row.force == Force::Off => (Verdict::NotAssessed, Some("off_by_policy")),
            _ if asked && row.assessed == quality::Assessed::Operator => {
                (Verdict::Asked, row.help.as_deref())
            }
            "expression" | "headwear" => (Verdict::Asked, Some("expression")),
            _ => (Verdict::Pass, None),
        };
        let measured = row.assessed != quality::Assessed::Operator && verdict != Verdict::NotAssessed;
        let units = ["deg", "px", "ratio", "stops", "L*", "ΔE", "IED²"];
        CheckResult {
            check: row.id.clone(),
            value: measured.then_some((371.0 * (i as f64 + 1.0).powf(1.8)).round() / 1e4),
            unit: if measured {
                units[i % units.len()].to_owned()
            } else {
                String::new()
            },
            min: (measured && i % 3 == 0).then_some((i * i) as f64 / 64.0),
            max: measured.then_some(0.25 * (i * i) as f64 + 0.5),
            verdict,
            force: row.force,
            confidence: measured.then_some(0.975),
            code: code.map(str::to_owned),
        }
    };
    let results: Vec<CheckResult> = rules.at(Stage::Still).enumerate().map(result).collect();
    let answers = [
        Some(TickAnswer::Fits),
        Some(TickAnswer::Fits),
        Some(TickAnswer::Breaks),
        None,
    ];
    let tick = |(tick, answer): (&quality::TickRow, Option<TickAnswer>)| Tick {
        id: tick.id.clone(),
        rules: results
            .iter()
            .filter(|r| r.verdict == Verdict::Asked)
            .filter(|r| rules.row(&r.check).unwrap().tick.as_ref() == Some(&tick.id))
            .map(|r| r.check.clone())
            .collect(),
        answer,
    };
    let ticks = rules.ticks().iter().zip(answers).map(tick).collect();
    Assessment { results, ticks }
}

/// A picture without a face: nothing could be measured, nothing was asked.
pub(crate) fn faceless(rules: &Rules) -> Assessment {
    let mut assessment = still(rules);
    for result in &mut assessment.results {
        *result = CheckResult {
            value: None,
            min: None,
            max: None,
            confidence: None,
            verdict: Verdict::NotAssessed,
            code: Some("no_face".to_owned()),
            ..result.clone()
        };
    }
    assessment.ticks.clear();
    assessment
}

/// A report of these results and a finished file.
pub(crate) fn report(rules: &Rules, assessment: Assessment, framing: Option<Framing>) -> QualityReport {
    let models = [
        "face_detector",
        "face_landmarks_478",
        "face_blendshapes",
        "selfie_multiclass",
        "pose_landmarks",
    ]
    .map(|id| ModelVersion {
        id: id.to_owned(),
        sha256: "0f1e2d3c".repeat(8),
    });
    let known = KnownException {
        kind: ExceptionKind::Spectacles,
        reason: "worn since childhood".to_owned(),
        supervisor: "S-004".to_owned(),
        at: Moment(1_811_000_000_000),
    };
    QualityReport::new(
        &specification(),
        rules,
        models.to_vec(),
        vec![ExceptionRecord::from(&known)],
    )
    .with(StageResults {
        stage: Stage::Still,
        width_px: 900,
        height_px: 1200,
        framing,
        assessment,
    })
    .with(StageResults {
        stage: Stage::Finished,
        width_px: 480,
        height_px: 640,
        framing: None,
        assessment: quality::finished(rules, &specification(), &items()).unwrap(),
    })
}

pub(crate) fn full() -> QualityReport {
    let rules = Rules::strict().unwrap();
    report(&rules, still(&rules), Some(framing()))
}
