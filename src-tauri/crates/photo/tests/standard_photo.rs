//! A drawn sitter becomes a photo that the specification accepts, or a refusal with the right reason.

#![allow(clippy::unwrap_used)]

mod scene;

use domain::face::FaceAnalysis;
use domain::geometry::Point;
use domain::specification::{Backdrop, BackgroundUse, Ground, PhotoSpecification};
use photo::{DepartureCode, StandardPhoto, StandardiseFault, standardise};
use scene::{DrawnFaces, DrawnWall, Scene};

fn spec() -> PhotoSpecification {
    photo::specification::builtin().unwrap().remove(0)
}

fn make(scene: &Scene) -> Result<StandardPhoto, StandardiseFault> {
    make_with(scene, &scene.analysis())
}

fn make_with(scene: &Scene, analysis: &FaceAnalysis) -> Result<StandardPhoto, StandardiseFault> {
    standardise(
        &scene.draw(),
        analysis,
        &spec(),
        Ground::AsSpecified,
        &mut DrawnWall,
        &mut DrawnFaces,
    )
}

fn comfortable() -> Scene {
    Scene {
        width: 1280,
        height: 960,
        face: 300.0,
        eyes: Point::new(640.0, 400.0),
    }
}

fn refusal(result: Result<StandardPhoto, StandardiseFault>) -> Vec<DepartureCode> {
    let Err(StandardiseFault::Departs(departures)) = result else {
        panic!("expected departures, got {result:?}");
    };
    departures.0.iter().map(|d| d.code).collect()
}

#[test]
fn a_comfortable_sample_becomes_a_photo_that_passes() {
    let photo = make(&comfortable()).unwrap();
    assert!(photo.inspection.accepted(), "{:?}", photo.inspection.departures);
    assert!(photo.inspection.items.iter().all(|item| item.ok));
    assert_eq!(photo.inspection.items.len(), 14);
    assert!(
        (20 * 1024..=40 * 1024).contains(&photo.bytes.len()),
        "{} bytes",
        photo.bytes.len()
    );
    assert!(photo.jpeg_quality >= 60);
    assert_eq!(photo.sha256.len(), 64);
    assert!((photo.crop.scale - 0.8).abs() < 0.01, "{:?}", photo.crop);
    assert_eq!(
        (
            photo.crop.extended_top_px,
            photo.crop.extended_left_px,
            photo.crop.extended_right_px
        ),
        (0, 0, 0)
    );
    assert!(
        photo
            .transformations
            .iter()
            .any(|line| line.starts_with("background rgb=100,197,255"))
    );
    assert!(
        !photo
            .transformations
            .iter()
            .any(|line| line.starts_with("extend"))
    );

    // One scan, as the simplest decoders want it, and read alike by the decoder of the samples.
    let outline = photo::outline::Outline::read(&photo.bytes).unwrap();
    assert!(outline.baseline && outline.complete && outline.scans == 1 && outline.metadata.is_empty());
    assert_eq!(outline.density_dpi, Some((300, 300)));
    let decoded = photo::decode::picture(&photo.bytes, Default::default())
        .unwrap()
        .picture;
    let mine = decoded.at(3, 3);
    assert!(
        mine[0].abs_diff(100) <= 2 && mine[1].abs_diff(197) <= 2 && mine[2].abs_diff(255) <= 2,
        "{mine:?}"
    );
}

#[test]
fn the_edge_shows_neither_the_wall_nor_a_rim() {
    let photo = make(&comfortable()).unwrap();
    let decoded = photo::decode::picture(&photo.bytes, Default::default())
        .unwrap()
        .picture;
    // Beside dark hair on a light wall a left-over of the wall would be lighter than both hair and background.
    let background: i32 = [100, 197, 255].iter().sum();
    let eyes = photo.crop.map(comfortable().eyes);
    let row = (eyes.y - 0.4 * comfortable().face * photo.crop.scale) as i64;
    let lightest = (60..420)
        .map(|x| decoded.at(x, row).iter().map(|v| i32::from(*v)).sum::<i32>())
        .max();
    assert!(
        lightest.unwrap() <= background + 24,
        "{lightest:?} against {background}"
    );
}

#[test]
fn flat_colour_extends_only_an_edge_the_person_leaves_free() {
    // The crown has 20 rows above it: at this size the photo needs more.
    let scene = Scene {
        eyes: Point::new(640.0, 272.0),
        ..comfortable()
    };
    let photo = make(&scene).unwrap();
    assert!(photo.crop.extended_top_px > 0, "{:?}", photo.crop);
    assert!(
        photo
            .transformations
            .iter()
            .any(|line| line.starts_with("extend top="))
    );

    // The head at the left with its shoulder over the edge: nothing may be added there.
    let scene = Scene {
        eyes: Point::new(200.0, 400.0),
        ..comfortable()
    };
    assert!(refusal(make(&scene)).contains(&DepartureCode::RoomSides));
}

#[test]
fn a_sample_without_room_or_pixels_is_refused_with_the_reason() {
    use DepartureCode::{CrownCutOff, FaceMissing, FaceSeveral, FaceTooSmall, RoomBelow};
    let small = Scene {
        face: 91.0,
        ..comfortable()
    };
    assert_eq!(refusal(make(&small))[0], FaceTooSmall);
    let cut = Scene {
        eyes: Point::new(640.0, 240.0),
        ..comfortable()
    };
    assert_eq!(refusal(make(&cut)), [CrownCutOff]);
    let low = Scene {
        eyes: Point::new(640.0, 640.0),
        ..comfortable()
    };
    assert_eq!(refusal(make(&low)), [RoomBelow]);

    let scene = comfortable();
    let nobody = FaceAnalysis {
        face: None,
        ..scene.analysis()
    };
    assert_eq!(refusal(make_with(&scene, &nobody)), [FaceMissing]);
    let mut two = scene.analysis();
    two.faces.push(two.faces[0].clone());
    assert_eq!(refusal(make_with(&scene, &two)), [FaceSeveral]);
}

#[test]
fn the_inspection_finds_what_is_wrong_with_a_file() {
    let photo = make(&comfortable()).unwrap();
    let spec = spec();
    let codes = |bytes: &[u8]| -> Vec<DepartureCode> {
        let found = photo::inspect(bytes, &spec, &mut DrawnFaces).unwrap();
        assert!(!found.accepted());
        found.departures.iter().map(|d| d.code).collect()
    };
    assert!(codes(b"nothing").contains(&DepartureCode::Undecodable));
    assert!(codes(&photo.bytes[..photo.bytes.len() / 2]).contains(&DepartureCode::Coding));

    let picture = photo::decode::picture(&photo.bytes, Default::default())
        .unwrap()
        .picture;
    let dense = photo::encode::jpeg(&picture, 85, 72).unwrap();
    assert!(codes(&dense).contains(&DepartureCode::Density));
    let rough = photo::encode::jpeg(&picture, 40, 300).unwrap();
    assert!(codes(&rough).contains(&DepartureCode::Quality));
    let mut grey = picture.clone();
    grey.pixels_mut()
        .chunks_exact_mut(3)
        .filter(|p| p[2] > 245 && p[0] < 110)
        .for_each(|p| p[0] = 140);
    let grey = codes(&photo::encode::jpeg(&grey, 85, 300).unwrap());
    assert!(grey.contains(&DepartureCode::BackgroundColour), "{grey:?}");
    let mut spot = picture.clone();
    for at in 0..400 {
        let (x, y) = (20 + at % 20, 30 + at / 20);
        spot.pixels_mut()[(y * 480 + x) * 3..][..3].copy_from_slice(&[200, 200, 200]);
    }
    let spot = codes(&photo::encode::jpeg(&spot, 85, 300).unwrap());
    assert!(spot.contains(&DepartureCode::BackgroundRemnant), "{spot:?}");
}

#[test]
fn a_window_that_cannot_be_met_is_named_and_never_padded() {
    let scene = comfortable();
    let still = scene.draw();
    let with = |min_bytes, max_bytes| {
        let spec = PhotoSpecification {
            min_bytes,
            max_bytes,
            ..spec()
        };
        refusal(standardise(
            &still,
            &scene.analysis(),
            &spec,
            Ground::AsSpecified,
            &mut DrawnWall,
            &mut DrawnFaces,
        ))
    };
    assert_eq!(with(900_000, 1_000_000), [DepartureCode::BytesTooFew]);
    assert_eq!(with(1_000, 4_000), [DepartureCode::BytesTooMany]);
}

/// The drawn wall as an accepted background that may stay.
fn may_stay(max_delta_e: f32) -> PhotoSpecification {
    let mut spec = spec();
    spec.background_use = BackgroundUse::Either;
    spec.backgrounds.push(Backdrop {
        id: "wall".into(),
        rgb: [205, 208, 205],
        max_delta_e,
    });
    spec
}

#[test]
fn a_background_that_stays_is_the_samples_own_and_must_be_an_accepted_one() {
    let scene = comfortable();
    let keep = |spec: &PhotoSpecification, ground| {
        standardise(
            &scene.draw(),
            &scene.analysis(),
            spec,
            ground,
            &mut DrawnWall,
            &mut DrawnFaces,
        )
    };
    let kept = keep(&may_stay(8.0), Ground::Untouched).unwrap();
    assert!(kept.untouched && kept.transformations.contains(&"background untouched".to_owned()));
    assert!(
        !kept
            .inspection
            .items
            .iter()
            .any(|item| item.id == "background_remnant")
    );
    let decoded = photo::decode::picture(&kept.bytes, Default::default())
        .unwrap()
        .picture;
    let corner = decoded.at(4, 4);
    assert!(
        corner
            .iter()
            .zip([205u8, 208, 205])
            .all(|(a, b)| a.abs_diff(b) < 12),
        "{corner:?} is not the wall"
    );
    assert!(!keep(&may_stay(8.0), Ground::AsSpecified).unwrap().untouched);
    // The national one leaves no choice, whatever is asked.
    assert!(!keep(&spec(), Ground::Untouched).unwrap().untouched);
    // A wall that is no accepted background is refused.
    let mut white = may_stay(8.0);
    white.backgrounds.pop();
    assert_eq!(
        refusal(keep(&white, Ground::Untouched)),
        [DepartureCode::BackgroundColour]
    );
}

#[test]
fn a_wall_that_is_the_background_already_is_left_alone() {
    let scene = comfortable();
    let on = |rgb| {
        let spec = PhotoSpecification {
            background_rgb: rgb,
            backgrounds: vec![Backdrop {
                id: "wall".into(),
                rgb,
                max_delta_e: 4.0,
            }],
            ..spec()
        };
        let ground = Ground::AsSpecified;
        standardise(
            &scene.draw(),
            &scene.analysis(),
            &spec,
            ground,
            &mut DrawnWall,
            &mut DrawnFaces,
        )
        .unwrap()
    };
    let same = on([205, 208, 205]);
    assert!(
        same.untouched && same.edge.is_none(),
        "{:?}",
        same.transformations
    );
    let other = on([240, 240, 240]);
    assert!(!other.untouched);
    let edge = other.edge.unwrap();
    assert!(edge.rim_excess_l < 0.5, "{edge:?}");
}
