//! Specifications as data: the shipped ones are sound, broken ones are refused by name.

use photo::specification::{SpecificationFault, builtin, parse};

const GRADUATION: &str = include_str!("../../../../assets/specifications/graduation-480x640.toml");

#[test]
fn the_graduation_photo_has_the_numbers_of_its_source() {
    let spec = builtin().unwrap().remove(0);
    assert_eq!(spec.id, "graduation-480x640");
    assert_eq!((spec.width_px, spec.height_px, spec.density_dpi), (480, 640, 300));
    assert_eq!(
        (spec.min_bytes, spec.max_bytes, spec.min_jpeg_quality),
        (20 * 1024, 40 * 1024, 60)
    );
    assert_eq!(spec.background_rgb, [100, 197, 255]);
    assert_eq!((spec.crown_px.min, spec.crown_px.max), (50.0, 110.0));
    assert_eq!((spec.eyes_px.min, spec.eyes_px.max), (200.0, 300.0));
    assert_eq!((spec.face_width_px.min, spec.face_width_px.max), (180.0, 300.0));
}

#[test]
fn an_impossible_or_unknown_entry_is_refused_by_name() {
    let broken = |from: &str, to: &str| {
        assert!(GRADUATION.contains(from), "{from}");
        parse(&GRADUATION.replace(from, to)).unwrap_err()
    };
    let cases = [
        (
            "crown_px = { min = 50, max = 110 }",
            "crown_px = { min = 110, max = 50 }",
            "crown_px",
        ),
        ("crown_target_px = 80", "crown_target_px = 20", "crown_px"),
        (
            "eyes_px = { min = 200, max = 300 }",
            "eyes_px = { min = 200, max = 900 }",
            "eyes_px",
        ),
        (
            "face_width_px = { min = 180",
            "face_width_px = { min = nan",
            "face_width_px",
        ),
        ("min_bytes = 20480", "min_bytes = 40960", "max_bytes"),
        (
            "min_jpeg_quality = 60",
            "min_jpeg_quality = 0",
            "min_jpeg_quality",
        ),
        ("width_px = 480", "width_px = 0", "width_px"),
        ("max_scale = 1.0", "max_scale = -1.0", "max_scale"),
        ("confidence = \"B\"", "confidence = \"certain\"", "confidence"),
        ("id = \"graduation-480x640\"", "id = \"../x\"", "id"),
    ];
    for (from, to, key) in cases {
        match broken(from, to) {
            SpecificationFault::Impossible { key: named, .. } => assert_eq!(named, key, "{to}"),
            other => panic!("{to}: {other}"),
        }
    }
    for (from, to) in [
        ("max_scale = 1.0", "max_scale = 1.0\nmirror = true"),
        ("crown_px = { min = 50,", "crown_px = { mid = 3, min = 50,"),
        ("width_px = 480\n", ""),
        ("width_px = 480", "width_px = \"480\""),
    ] {
        assert_eq!(broken(from, to).code(), "specification_unreadable", "{to}");
    }
}
