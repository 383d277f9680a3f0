//! What must hold for every sitter.

use super::{Sitter, assess, result};
use domain::quality::{Assessment, Force, Stage, Verdict};
use proptest::prelude::*;
use quality::{Instruction, codes, instruction};

fn verdicts(assessment: &Assessment) -> Vec<(String, Verdict)> {
    assessment
        .results
        .iter()
        .map(|r| (r.check.clone(), r.verdict))
        .collect()
}

prop_compose! {
    fn sitters()(
        yaw in -16.0_f32..16.0,
        pitch in -19.0_f32..15.0,
        roll in -10.0_f32..10.0,
        opening in 0.02_f32..0.1,
        look in -0.1_f32..0.1,
        gap in prop_oneof![Just(0.0_f32), 0.0_f32..0.1],
        x in 300.0_f32..420.0,
        y in 300.0_f32..450.0,
        ied in 90.0_f32..190.0,
        blue in any::<bool>(),
    ) -> Sitter {
        let mut sitter = Sitter { opening, look, gap, ied, ..Sitter::default() };
        sitter.pose = domain::face::HeadPose { yaw, pitch, roll };
        sitter.eyes = domain::geometry::Point::new(x, y);
        if blue {
            sitter.shirt = [60, 130, 200];
        }
        sitter
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    /// A mirror changes no verdict.
    #[test]
    fn a_mirror_keeps_every_verdict(sitter in sitters()) {
        for stage in [Stage::Live, Stage::Still] {
            let (plain, mirrored) = (assess(stage, &sitter), assess(stage, &sitter.mirrored()));
            for (p, q) in plain.results.iter().zip(&mirrored.results) {
                prop_assert!(
                    p.verdict == q.verdict || near_a_limit(p),
                    "{:?}: {p:?} became {q:?}", stage
                );
            }
        }
    }

    /// Every result has a known id in the list's order, a known code, and what stops has an instruction.
    #[test]
    fn results_speak_only_listed_codes(sitter in sitters(), still in any::<bool>()) {
        let stage = if still { Stage::Still } else { Stage::Live };
        let assessment = assess(stage, &sitter);
        let known = codes();
        let ids: Vec<_> = assessment.results.iter().map(|r| r.check.as_str()).collect();
        prop_assert_eq!(ids, known.checks);
        for r in &assessment.results {
            let list = if r.verdict == Verdict::NotAssessed { &known.reasons } else { &known.instructions };
            let code = r.code.as_deref();
            prop_assert_eq!(code.is_none(), r.verdict == Verdict::Pass, "{:?}", r);
            prop_assert!(code.is_none_or(|code| list.contains(&code)), "{:?}", r);
            prop_assert_eq!(r.value.is_none(), r.verdict == Verdict::NotAssessed);
            prop_assert!(known.units.contains(&r.unit.as_str()));
        }
        prop_assert_eq!(instruction(&assessment) == Instruction::Good, assessment.acceptable());
    }
}

/// Rounding may move a value across a limit it all but touches.
fn near_a_limit(r: &domain::quality::CheckResult) -> bool {
    let value = r.value.unwrap_or_default();
    [r.min, r.max]
        .iter()
        .flatten()
        .any(|limit| (value - limit).abs() <= 0.02 * limit.abs().max(1.0))
}

#[test]
fn skin_tone_moves_neither_exposure_nor_sharpness() {
    // From very fair to very dark under the same light: the white of the eye is the anchor.
    for skin in [
        [240, 214, 198],
        [214, 170, 145],
        [160, 112, 84],
        [96, 64, 48],
        [58, 38, 30],
    ] {
        let assessment = assess(
            Stage::Still,
            &Sitter {
                skin,
                ..Sitter::default()
            },
        );
        for check in [
            "exposure",
            "sharpness",
            "clipping",
            "half_lit",
            "eyes_open",
            "mouth",
        ] {
            assert_eq!(
                result(&assessment, check).verdict,
                Verdict::Pass,
                "{check} on skin {skin:?}"
            );
        }
        assert!(assessment.acceptable(), "skin {skin:?}: {assessment:?}");
    }
}

#[test]
fn resolution_moves_no_verdict() {
    let faults: [fn(&mut Sitter); 5] = [
        |_| {},
        |s| s.gap = 0.1,
        |s| s.look = 0.09,
        |s| s.left_light = 0.4,
        |s| s.shirt = [60, 130, 200],
    ];
    for fault in faults {
        let mut sitter = Sitter::default();
        fault(&mut sitter);
        let at_scale = |k: f32| verdicts(&assess(Stage::Still, &sitter.scaled(k)));
        let reference = at_scale(1.0);
        for k in [0.85, 1.4, 2.2] {
            assert_eq!(at_scale(k), reference, "scaled by {k}");
        }
    }
}

#[test]
fn only_shoulders_are_advice() {
    let assessment = assess(Stage::Still, &Sitter::default());
    let advice: Vec<_> = assessment
        .results
        .iter()
        .filter(|r| r.force == Force::Advice)
        .collect();
    assert_eq!(advice.len(), 1);
    assert_eq!(advice[0].check, "shoulders");
}
