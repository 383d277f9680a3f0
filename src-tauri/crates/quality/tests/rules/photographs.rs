//! The sitters' pictures (public domain, fetched by `cargo xtask models`) through the real networks.

use super::{result, root, rules, specification};
use domain::picture::Picture;
use domain::port::FaceAnalyser;
use domain::quality::{Assessment, Force, Stage, Verdict};

fn sitter(name: &str) -> Picture {
    let path = root().join("target/sitters").join(name);
    let image = image::open(&path)
        .unwrap_or_else(|e| panic!("{}: {e}; `cargo xtask models` fetches it", path.display()))
        .to_rgb8();
    Picture::new(image.width(), image.height(), image.into_raw()).unwrap()
}

fn stills(names: &[&str]) -> Vec<Assessment> {
    let models = vision::Models::open(&root().join("models/files"))
        .unwrap_or_else(|e| panic!("{e}; `cargo xtask models` makes them"));
    let mut analyser = vision::OnnxAnalyser::new(&models).unwrap();
    let assess = |name: &&str| {
        let picture = sitter(name);
        let analysis = analyser.still(&picture).unwrap();
        quality::assess(Stage::Still, &picture, &analysis, &specification(), &rules())
    };
    names.iter().map(assess).collect()
}

/// Picture, check, value of a run on which the pictures were looked at, and how far an honest change of
/// network or runtime may move it.
const GOLDEN: [(usize, &str, f64, f64); 12] = [
    (0, "yaw", 12.6, 1.0),
    (0, "roll", 10.9, 0.7),
    (0, "pitch", 6.9, 1.5),
    (0, "inter_eye", 118.6, 2.0),
    (0, "exposure", 56.7, 2.0),
    (0, "sharpness", 0.41, 0.05),
    (1, "yaw", 1.72, 1.0),
    (1, "mouth", 0.112, 0.012),
    (1, "gaze", 1.58, 2.0),
    (1, "half_lit", 0.16, 0.1),
    (2, "face_width", 99.8, 2.0),
    (2, "inter_eye", 41.8, 1.0),
];

#[test]
fn the_sitters_are_judged_as_people_would() {
    let found = stills(&["biden.jpg", "obama.jpg", "astronaut.png"]);
    let [neutral, smiling, far] = found.as_slice() else {
        panic!("three pictures")
    };

    for check in [
        "one_face",
        "yaw",
        "pitch",
        "eyes_open",
        "gaze",
        "mouth",
        "exposure",
        "clipping",
        "half_lit",
        "sharpness",
        "clothes",
    ] {
        let verdict = result(neutral, check).verdict;
        assert!(
            matches!(verdict, Verdict::Pass | Verdict::Warn),
            "{check}: {:?}",
            result(neutral, check)
        );
    }

    // He leans his head by eleven degrees, which MediaPipe's own landmarks confirm.
    let roll = result(neutral, "roll");
    assert_eq!(
        (roll.verdict, roll.code.as_deref()),
        (Verdict::Fail, Some("roll"))
    );

    let mouth = result(smiling, "mouth");
    assert_eq!(
        (mouth.verdict, mouth.force, mouth.code.as_deref()),
        (Verdict::Fail, Force::Gate, Some("teeth"))
    );

    let width = result(far, "face_width");
    assert_eq!((width.verdict, width.force), (Verdict::Fail, Force::Absolute));
    assert_eq!(width.code.as_deref(), Some("too_small"));
    assert_eq!(quality::instruction(far).code(), "too_small");

    for (picture, check, value, tolerance) in GOLDEN {
        let r = result(&found[picture], check);
        let near = r.value.is_some_and(|v| (v - value).abs() <= tolerance);
        assert!(
            near,
            "picture {picture}, {check}: {:?} is not {value} ± {tolerance}",
            r.value
        );
    }
}
