//! One fault at a time: the rule it breaks says so with the right instruction, and no other rule does.

use super::{Sitter, assess, complaints, result};
use domain::geometry::Point;
use domain::quality::{Force, Stage, Verdict};

#[test]
fn a_good_sitter_passes_every_rule_live_and_still() {
    for stage in [Stage::Live, Stage::Still] {
        let assessment = assess(stage, &Sitter::default());
        assert_eq!(complaints(&assessment), Vec::<String>::new(), "{stage:?}");
        assert!(assessment.stopping().next().is_none());
        let asked: Vec<_> = assessment.ticks.iter().map(|tick| tick.id.as_str()).collect();
        let ticks: &[&str] = if stage == Stage::Still {
            &["face", "jewellery", "clothes"]
        } else {
            &[]
        };
        assert_eq!(
            asked, ticks,
            "what the drawing cannot show is asked, on the still only"
        );
    }
}

/// Breaks one thing and demands exactly these complaints.
fn check(broken: impl FnOnce(&mut Sitter), expected: &[&str]) {
    let mut sitter = Sitter::default();
    broken(&mut sitter);
    let assessment = assess(Stage::Still, &sitter);
    assert_eq!(complaints(&assessment), expected);
    let failed = |r: &&domain::quality::CheckResult| r.verdict == Verdict::Fail;
    assert!(assessment.results.iter().any(|r| failed(&r)), "nothing failed");
}

#[test]
fn head() {
    // The head turns, the eyes stay on the lens.
    let turned = |s: &mut Sitter| {
        s.pose.yaw = 14.0;
        s.look = -0.046;
    };
    check(turned, &["yaw:yaw"]);
    check(|s| s.pose.pitch = 15.5, &["pitch:pitch_up"]);
    check(|s| s.pose.pitch = -19.0, &["pitch:pitch_down"]);
    check(|s| s.pose.roll = -9.0, &["roll:roll"]);
    let tilted = Sitter {
        shoulder_tilt: 12.0,
        ..Sitter::default()
    };
    let tilted = assess(Stage::Still, &tilted);
    let shoulders = result(&tilted, "shoulders");
    assert_eq!(
        (shoulders.verdict, shoulders.code.as_deref()),
        (Verdict::Asked, Some("shoulders"))
    );
}

#[test]
fn a_nod_that_the_ears_do_not_confirm_only_warns() {
    let sitter = Sitter {
        pose: domain::face::HeadPose {
            pitch: 16.0,
            ..Sitter::default().pose
        },
        ..Sitter::default()
    };
    let mut analysis = sitter.analysis();
    analysis.faces[0].keypoints = Sitter::default().analysis().faces[0].keypoints;
    let assessment = quality::assess(
        Stage::Still,
        &sitter.picture(),
        &analysis,
        &super::specification(),
        &super::rules(),
    );
    assert_eq!(result(&assessment, "pitch").verdict, Verdict::Warn);
}

#[test]
fn the_sessions_own_sitters_level_the_camera() {
    let low_camera = |pitch: f32| Sitter {
        pose: domain::face::HeadPose {
            pitch,
            ..Sitter::default().pose
        },
        ..Sitter::default()
    };
    let judged = |rules: &quality::Rules| {
        let sitter = low_camera(10.0);
        let analysis = sitter.analysis();
        let assessment = quality::assess(
            Stage::Still,
            &sitter.picture(),
            &analysis,
            &super::specification(),
            rules,
        );
        result(&assessment, "pitch").clone()
    };
    let shipped = judged(&super::rules());
    assert_eq!((shipped.value, shipped.verdict), (Some(12.0), Verdict::Warn));
    let few = judged(&super::rules().levelled(&[5.0; 9]));
    assert_eq!(few, shipped, "nine sitters are too few");
    let levelled = judged(&super::rules().levelled(&[4.0, 5.0, 6.0, 5.0, 5.0, 5.0, -30.0, 5.0, 40.0, 5.0]));
    assert_eq!((levelled.value, levelled.verdict), (Some(5.0), Verdict::Pass));
    let wild = judged(&super::rules().levelled(&[80.0; 10]));
    assert_eq!(wild.value, Some(2.0), "the level moves by ten degrees at most");
}

#[test]
fn eyes_and_mouth() {
    // Eyes that are shut have no white to read the exposure from; the skin is bright enough for it.
    check(|s| s.opening = 0.01, &["eyes_open:eyes_closed", "gaze:eyes_shut"]);
    check(|s| s.look = 0.09, &["gaze:gaze"]);
    check(|s| s.gap = 0.1, &["mouth:teeth"]);
    check(|s| s.gap = 0.04, &["mouth:teeth"]);
}

#[test]
fn hair() {
    check(|s| s.fringe = true, &["forehead:forehead"]);
    check(|s| s.ears_covered = true, &["ears:ears"]);
    for light in [0.8, 1.25] {
        for (fringe, ears_covered) in [(false, false), (true, false), (false, true)] {
            let sitter = Sitter {
                fringe,
                ears_covered,
                ..Sitter::default()
            };
            let same = assess(Stage::Still, &sitter);
            let other = assess(Stage::Still, &Sitter { light, ..sitter });
            for rule in ["ears", "forehead", "brows", "glasses", "colour_cast"] {
                let (p, q) = (result(&same, rule).verdict, result(&other, rule).verdict);
                assert_eq!(p, q, "{rule} in light {light}");
            }
        }
    }
}

#[test]
fn light_and_sharpness() {
    check(|s| s.left_light = 0.4, &["half_lit:half_lit"]);
    check(
        |s| s.blur = 4,
        &["eyes_open:not_sharp", "gaze:not_sharp", "sharpness:blur"],
    );
    let dark = assess(
        Stage::Still,
        &Sitter {
            light: 0.08,
            ..Sitter::default()
        },
    );
    assert_eq!(result(&dark, "exposure").code.as_deref(), Some("too_dark"));
    assert_eq!(result(&dark, "exposure").verdict, Verdict::Fail);
    let bright = assess(
        Stage::Still,
        &Sitter {
            light: 2.6,
            ..Sitter::default()
        },
    );
    assert_eq!(result(&bright, "clipping").code.as_deref(), Some("too_bright"));
}

#[test]
fn clothes_and_wall() {
    check(|s| s.shirt = [60, 130, 200], &["clothes:blue_clothes"]);
    let navy = assess(
        Stage::Still,
        &Sitter {
            shirt: [30, 38, 70],
            ..Sitter::default()
        },
    );
    assert_eq!(
        result(&navy, "clothes").verdict,
        Verdict::Warn,
        "navy separates from light blue"
    );
    let white = Sitter {
        shirt: [222, 222, 220],
        ..Sitter::default()
    };
    let white = assess(Stage::Still, &white);
    assert_eq!(
        result(&white, "cloth_wall").verdict,
        Verdict::Fail,
        "white before white"
    );
    let grey = Sitter {
        shirt: [196, 196, 194],
        ..Sitter::default()
    };
    let grey = assess(Stage::Still, &grey);
    assert_eq!(
        result(&grey, "cloth_wall").verdict,
        Verdict::Asked,
        "hardly darker than the wall: the operator decides"
    );
    let framed = assess(
        Stage::Still,
        &Sitter {
            frame_on_wall: true,
            ..Sitter::default()
        },
    );
    assert_eq!(result(&framed, "background_lines").verdict, Verdict::Fail);
    let shadowed = assess(
        Stage::Still,
        &Sitter {
            shadow: 0.8,
            ..Sitter::default()
        },
    );
    assert_eq!(
        result(&shadowed, "wall_shadow").code.as_deref(),
        Some("wall_shadow")
    );
    assert_eq!(result(&shadowed, "wall_shadow").verdict, Verdict::Fail);
}

#[test]
fn bare_shoulders_and_somebody_at_the_border() {
    let dressed = assess(Stage::Still, &Sitter::default());
    assert_eq!(result(&dressed, "sleeves").verdict, Verdict::Pass);
    let bare = Sitter {
        shirt: Sitter::default().skin,
        ..Sitter::default()
    };
    let bare = assess(Stage::Still, &bare);
    assert_eq!(
        result(&bare, "sleeves").code.as_deref(),
        Some("sleeves"),
        "with no cloth at all"
    );

    let sitter = Sitter::default();
    let mut analysis = sitter.analysis();
    let person = analysis.person.as_mut().unwrap();
    let (region, side) = (person.region, person.mask.width());
    let beside = sitter.eyes.x + 2.1 * sitter.ied;
    for (i, value) in person.mask.values_mut().iter_mut().enumerate() {
        let (x, y) = (i as u32 % side, i as u32 / side);
        let at = Point::new(
            region.x + (x as f32 + 0.5) / side as f32 * region.width,
            region.y + (y as f32 + 0.5) / side as f32 * region.height,
        );
        if at.x > beside && (at.y - sitter.eyes.y).abs() < sitter.ied {
            *value = 1.0;
        }
    }
    let judged = |analysis: &domain::face::FaceAnalysis| {
        let (picture, spec) = (sitter.picture(), super::specification());
        let all = quality::assess(Stage::Still, &picture, analysis, &spec, &super::rules());
        result(&all, "bystander").verdict
    };
    assert_eq!(judged(&sitter.analysis()), Verdict::Pass);
    assert_eq!(judged(&analysis), Verdict::Warn);
}

#[test]
fn grey_pictures_are_not_judged_by_colour() {
    let grey = Sitter {
        skin: [160; 3],
        ..Sitter::default()
    };
    let assessment = assess(Stage::Still, &grey);
    let clothes = result(&assessment, "clothes");
    assert_eq!(
        (clothes.verdict, clothes.code.as_deref()),
        (Verdict::NotAssessed, Some("colour_unreliable"))
    );
}

#[test]
fn two_faces_and_none() {
    let sitter = Sitter::default();
    let mut analysis = sitter.analysis();
    let mut other = analysis.faces[0].clone();
    other.score = 0.9;
    analysis.faces.push(other);
    let picture = sitter.picture();
    let two = quality::assess(
        Stage::Still,
        &picture,
        &analysis,
        &super::specification(),
        &super::rules(),
    );
    assert_eq!(complaints(&two), ["one_face:two_faces"]);
    assert!(!two.overridable(), "nobody can override a second face");

    let nobody = domain::face::FaceAnalysis {
        width: 720,
        height: 960,
        ..Default::default()
    };
    let none = quality::assess(
        Stage::Still,
        &picture,
        &nobody,
        &super::specification(),
        &super::rules(),
    );
    assert_eq!(result(&none, "one_face").code.as_deref(), Some("no_face"));
    let others = none.results.iter().filter(|r| r.check != "one_face");
    assert!(others.clone().count() > 20);
    for other in others {
        let silent = matches!(other.verdict, Verdict::Pass | Verdict::Warn) || other.value.is_some();
        assert!(!silent, "{other:?} must not pass silently");
    }
}

#[test]
fn geometry_is_absolute() {
    let assessment = assess(
        Stage::Still,
        &Sitter {
            eyes: Point::new(360.0, 60.0),
            ..Sitter::default()
        },
    );
    let absolute: Vec<_> = assessment
        .results
        .iter()
        .filter(|r| r.force == Force::Absolute)
        .map(|r| r.check.as_str())
        .collect();
    assert_eq!(
        absolute,
        [
            "one_face",
            "face_width",
            "inter_eye",
            "centred",
            "crown",
            "eye_line",
            "chest"
        ]
    );
    assert!(!assessment.overridable());
}
