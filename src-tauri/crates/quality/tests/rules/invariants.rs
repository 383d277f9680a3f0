//! What must hold for every sitter.

use super::{Sitter, assess, result, rules};
use domain::quality::{Assessment, Force, Stage, Verdict};
use proptest::prelude::*;
use quality::{Instruction, codes, instruction};

/// Of all rules but those that only advise: `upscaled` is about resolution.
fn verdicts(assessment: &Assessment) -> Vec<(String, Verdict)> {
    assessment
        .results
        .iter()
        .filter(|r| r.force != Force::Advice)
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
                // Motion hangs on the width of edges as well, which its result does not show.
                prop_assert!(
                    p.verdict == q.verdict || near_a_limit(p) || p.check == "motion",
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
        let strict = rules();
        let known = codes().unwrap();
        let ids: Vec<_> = assessment.results.iter().map(|r| r.check.as_str()).collect();
        let rows: Vec<_> = strict.at(stage).map(|row| row.id.as_str()).collect();
        prop_assert_eq!(ids, rows);
        for r in &assessment.results {
            let code = r.code.as_deref();
            let listed = |code| known.reasons.contains(&code) || known.instructions.contains(&code);
            prop_assert!(r.verdict != Verdict::Pass || code.is_none(), "{:?}", r);
            prop_assert!(code.is_none_or(listed), "{:?}", r);
            let reason = code.is_some_and(|code| known.reasons.contains(&code));
            prop_assert!(r.verdict != Verdict::NotAssessed || (reason && r.value.is_none()), "{:?}", r);
            prop_assert!(r.unit.is_empty() || known.units.contains(&r.unit.as_str()));
            prop_assert!(r.confidence.is_none_or(|p| (0.5..=1.0).contains(&p)), "{:?}", r);
        }
        prop_assert_eq!(instruction(&assessment) == Instruction::Good, assessment.stopping().next().is_none());
        prop_assert!(assessment.ticks.len() <= 4 && (still || assessment.ticks.is_empty()));
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
        let stopping: Vec<_> = assessment.stopping().collect();
        assert!(stopping.is_empty(), "skin {skin:?}: {stopping:?}");
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
            let scaled = at_scale(k);
            let moved: Vec<_> = scaled.iter().zip(&reference).filter(|(p, q)| p != q).collect();
            assert!(moved.is_empty(), "scaled by {k}: {moved:?}");
        }
    }
}

#[test]
fn no_rule_passes_silently() {
    let assessment = assess(Stage::Still, &Sitter::default());
    let asked: Vec<_> = assessment
        .ticks
        .iter()
        .flat_map(|tick| tick.rules.clone())
        .collect();
    for r in &assessment.results {
        match r.verdict {
            Verdict::Asked => assert!(asked.contains(&r.check), "{} is asked by no tick", r.check),
            Verdict::Pass => assert!(r.value.is_some(), "{} passed unmeasured", r.check),
            Verdict::NotAssessed => assert!(r.code.is_some(), "{} has no reason", r.check),
            Verdict::Warn | Verdict::Fail => {}
        }
    }
    for rule in ["make_up", "contacts", "jewellery", "collar"] {
        assert!(
            asked.contains(&rule.to_owned()),
            "{rule} is measured by nothing and must be asked"
        );
    }
    let off = result(&assessment, "reshot");
    assert_eq!(off.code.as_deref(), Some("off_by_policy"));
}
