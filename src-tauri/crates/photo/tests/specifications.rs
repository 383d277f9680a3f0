//! Specifications as data: the shipped ones have the numbers of their sources, broken ones are refused by name.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

use domain::specification::{BackgroundUse, PhotoSpecification, Quantity};
use framing::{Head, Room, solve};
use photo::specification::{SpecificationFault, builtin, changed, parse, records};
use std::path::Path;

const GRADUATION: &str = include_str!("../../../../assets/specifications/graduation-480x640.toml");

fn shipped(id: &str) -> PhotoSpecification {
    builtin().unwrap().into_iter().find(|spec| spec.id == id).unwrap()
}

#[test]
fn every_file_is_shipped_under_its_own_name() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../assets/specifications");
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            entry
                .unwrap()
                .path()
                .file_stem()
                .unwrap()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    let mut ids: Vec<String> = builtin().unwrap().into_iter().map(|spec| spec.id).collect();
    assert_eq!(
        ids[0], "graduation-480x640",
        "the one that is used where nobody chooses"
    );
    files.sort();
    ids.sort();
    assert_eq!(files, ids);
}

/// Id; pixels and density; bytes and least quality; what becomes of the background; what binds: quantity, least, most,
/// in photo pixels from the upper edge. Written down a second time from the sources.
type Row = (
    &'static str,
    (u32, u32, u32),
    (u32, u32, u8),
    BackgroundUse,
    &'static [(Quantity, f32, f32)],
);

const NUMBERS: [Row; 13] = {
    use BackgroundUse::{Replaced, Untouched};
    use Quantity::{Crown, EyeDistance, Eyes, FaceWidth, HeadHeight};
    const NATIONAL: &[(Quantity, f32, f32)] = &[
        (Crown, 50.0, 110.0),
        (Eyes, 200.0, 300.0),
        (FaceWidth, 180.0, 300.0),
    ];
    [
        (
            "graduation-480x640",
            (480, 640, 300),
            (20_480, 40_960, 60),
            Replaced,
            NATIONAL,
        ),
        (
            "graduation-480x640-light-blue",
            (480, 640, 300),
            (20_480, 40_960, 60),
            Replaced,
            NATIONAL,
        ),
        (
            "graduation-480x640-white",
            (480, 640, 300),
            (20_480, 40_960, 60),
            Replaced,
            NATIONAL,
        ),
        (
            "resident-id-358x441",
            (358, 441, 350),
            (14 * 1024, 20 * 1024, 70),
            Replaced,
            &[(FaceWidth, 193.0, 221.0), (Crown, 7.0, 21.0), (Eyes, 0.0, 234.0)],
        ),
        (
            "social-security-358x441",
            (358, 441, 350),
            (14 * 1024, 40 * 1024, 70),
            Replaced,
            &[(FaceWidth, 179.0, 255.0), (Crown, 7.0, 21.0), (Eyes, 0.0, 234.0)],
        ),
        (
            "driving-licence-260x378",
            (260, 378, 300),
            (14 * 1024, 30 * 1024, 70),
            Replaced,
            &[(HeadHeight, 224.0, 260.0), (Crown, 10.0, 20.0)],
        ),
        (
            "exit-entry-354x472",
            (354, 472, 300),
            (20 * 1024, 80 * 1024, 70),
            Replaced,
            &[(EyeDistance, 81.42, 116.82)],
        ),
        (
            "china-visa-354x472",
            (354, 472, 300),
            (40 * 1024, 120 * 1024, 70),
            Replaced,
            &[(FaceWidth, 191.0, 219.0), (Crown, 10.0, 70.0), (Eyes, 0.0, 215.0)],
        ),
        (
            "postgraduate-480x640",
            (480, 640, 300),
            (0, 10 * 1024 * 1024, 85),
            Replaced,
            &[(Eyes, 192.0, 320.0)],
        ),
        (
            "teacher-150x200",
            (150, 200, 300),
            (0, 200 * 1024, 85),
            Replaced,
            &[],
        ),
        (
            "us-visa-600x600",
            (600, 600, 300),
            (54_000, 240 * 1024, 60),
            Untouched,
            &[(HeadHeight, 300.0, 414.0), (Eyes, 186.0, 264.0)],
        ),
        (
            "uk-600x750",
            (600, 750, 300),
            (50 * 1024, 10 * 1024 * 1024, 85),
            Untouched,
            &[],
        ),
        (
            "schengen-413x531",
            (413, 531, 300),
            (0, 10 * 1024 * 1024, 85),
            Untouched,
            &[(HeadHeight, 377.6, 424.8)],
        ),
    ]
};

#[test]
fn each_has_the_numbers_of_its_source() {
    for (id, size, file, background, bands) in NUMBERS {
        let spec = shipped(id);
        assert_eq!((spec.width_px, spec.height_px, spec.density_dpi), size, "{id}");
        assert_eq!(
            (spec.min_bytes, spec.max_bytes, spec.min_jpeg_quality),
            file,
            "{id}"
        );
        assert_eq!(spec.background_use, background, "{id}");
        let mut found: Vec<_> = spec
            .gating()
            .map(|band| (band.of, band.range.min, band.range.max))
            .collect();
        let mut wanted = bands.to_vec();
        found.sort_by_key(|band| band.0);
        wanted.sort_by_key(|band| band.0);
        assert_eq!(found.len(), wanted.len(), "{id}: {found:?}");
        for (found, wanted) in found.iter().zip(&wanted) {
            let near = (found.1 - wanted.1).abs() < 0.1 && (found.2 - wanted.2).abs() < 0.1;
            assert!(found.0 == wanted.0 && near, "{id}: {found:?} is not {wanted:?}");
        }
        assert!(["A", "B"].contains(&spec.confidence.as_str()), "{id}");
        assert!(spec.max_scale <= 1.1);
    }
    assert_eq!(shipped("graduation-480x640").background_rgb, [100, 197, 255]);
    assert_eq!(
        shipped("graduation-480x640-white").background_rgb,
        [255, 255, 255]
    );
    let visa = shipped("us-visa-600x600");
    let larger = visa.resized(1200, 1200).unwrap();
    assert_eq!(larger.range(Quantity::HeadHeight).unwrap().max, 828.0);
    assert!(visa.resized(1200, 1100).is_none() && visa.resized(400, 400).is_none());
    assert!(shipped("resident-id-358x441").resized(716, 882).is_none());
}

#[test]
fn every_table_names_a_source_and_a_weak_one_never_binds() {
    for record in records().unwrap() {
        for band in &record.band {
            let trust = record.source(&band.source).unwrap().confidence;
            let bound = shipped(&record.id);
            let gates = bound.bands.iter().find(|b| b.of == band.of).unwrap().gates;
            assert_eq!(
                gates,
                ["A", "B", "D"].contains(&trust.letter()),
                "{} {:?}",
                record.id,
                band.of
            );
        }
    }
    let weak = GRADUATION.replacen("confidence = \"B\"", "confidence = \"C\"", 1);
    match parse(&weak).unwrap_err() {
        SpecificationFault::Impossible { key, .. } => {
            assert_eq!(key, "source", "its picture would bind")
        }
        other => panic!("{other}"),
    }
}

/// A head of average proportions before a large sample: eyes 0.84, chin 0.67 face widths from the eyes.
fn head(tall: f32) -> (Head, Room) {
    let face_width = 700.0;
    let eyes = 1600.0;
    let head = Head {
        crown: Some(eyes - tall * face_width),
        hair: None,
        eyes,
        chin: eyes + 0.67 * face_width,
        axis: 2000.0,
        face_width,
        eye_distance: 0.45 * face_width,
    };
    let room = Room {
        width: 4000.0,
        height: 5000.0,
        extend_top: false,
        extend_left: false,
        extend_right: false,
    };
    (head, room)
}

#[test]
fn an_average_head_fits_each_with_all_its_bands() {
    for spec in builtin().unwrap() {
        let (average, room) = head(0.84);
        let found =
            solve(&average, &room, &spec).unwrap_or_else(|refusal| panic!("{}: {refusal:?}", spec.id));
        assert!(found.gave_way.is_empty(), "{}: {found:?}", spec.id);
        // What is drawn but does not bind is where an average head lies, too.
        for band in &spec.bands {
            let value = average.value(band.of).unwrap();
            let at = if band.of.is_row() {
                found.plan.row(value)
            } else {
                found.plan.scale * value
            };
            let near = at >= band.range.min - 8.0 && at <= band.range.max + 8.0;
            assert!(near, "{}: {:?} lies at {at}", spec.id, band);
        }
    }
    // Piled-up hair on an identity card: the eyes count, the crown gives way.
    let (tall, room) = head(1.4);
    let found = solve(&tall, &room, &shipped("resident-id-358x441")).unwrap();
    assert_eq!(found.gave_way, [Quantity::Crown]);
    assert!(solve(&tall, &room, &shipped("social-security-358x441")).is_err());
}

#[test]
fn an_impossible_or_unknown_entry_is_refused_by_name() {
    let cases = [
        ("min = 50\nmax = 110", "min = 110\nmax = 50", "crown"),
        ("aim = 80", "aim = 20", "crown"),
        ("max = 300\naim = 250", "max = 900\naim = 250", "eyes"),
        (
            "min = 200\nmax = 300\naim = 250",
            "min = 20\nmax = 40\naim = 30",
            "eyes",
        ),
        ("min = 180", "min = nan", "face_width"),
        ("min_bytes = 20480", "min_bytes = 40960", "max_bytes"),
        (
            "min_jpeg_quality = 60",
            "min_jpeg_quality = 0",
            "min_jpeg_quality",
        ),
        ("width_px = 480", "width_px = 0", "width_px"),
        ("max_scale = 1.1", "max_scale = 1.2", "max_scale"),
        ("id = \"graduation-480x640\"", "id = \"../x\"", "id"),
        ("of = \"eyes\"", "of = \"crown\"", "band"),
        ("id = \"white\"", "id = \"light-blue\"", "background"),
        (
            "name = \"{document_number}.jpg\"",
            "name = \"../{document_number}.jpg\"",
            "name",
        ),
        ("name = \"{document_number}.jpg\"", "name = \"photo.jpg\"", "name"),
        ("max_px = 12", "max_px = 240", "max_px"),
        (
            "[centring]\nsource = \"ours\"",
            "[centring]\nsource = \"hearsay\"",
            "source",
        ),
        ("valid_from = \"2017\"", "valid_from = \"long ago\"", "valid_from"),
        ("width_mm = 33", "width_mm = 3300", "print"),
        ("max_delta_e = 4.0", "max_delta_e = 0.0", "max_delta_e"),
        ("unit = \"px\"\nmin = 50", "unit = \"mm\"\nmin = 50", "crown"),
    ];
    for (from, to, key) in cases {
        assert!(GRADUATION.contains(from), "{from}");
        match parse(&GRADUATION.replacen(from, to, 1)).unwrap_err() {
            SpecificationFault::Impossible { key: named, .. } => assert_eq!(named, key, "{to}"),
            other => panic!("{to}: {other}"),
        }
    }
    for (from, to) in [
        ("max_scale = 1.1", "max_scale = 1.1\nmirror = true"),
        ("version = 2", "version = 2\nrotation = \"allowed\""),
        ("max_bytes = 40960\n", ""),
        ("confidence = \"B\"", "confidence = \"certain\""),
        ("colour = \"srgb\"", "colour = \"cmyk\""),
        ("of = \"eyes\"", "of = \"nose\""),
        ("background = \"replaced\"", "background = \"painted\""),
        ("width_px = 480", "width_px = -480"),
    ] {
        assert!(GRADUATION.contains(from), "{from}");
        let fault = parse(&GRADUATION.replacen(from, to, 1)).unwrap_err();
        assert!(
            matches!(fault, SpecificationFault::Unreadable { .. }),
            "{to}: {fault}"
        );
    }
    assert!(matches!(
        parse("not toml ["),
        Err(SpecificationFault::Unreadable { .. })
    ));
    assert!(matches!(
        parse("based_on = \"passport-of-atlantis\""),
        Err(SpecificationFault::Unknown { .. })
    ));
}

#[test]
fn a_session_changes_numbers_and_nothing_unknown() {
    let changes = |json: serde_json::Value| changed("graduation-480x640", json.as_object().unwrap());
    let agency =
        changes(serde_json::json!({ "file": { "min_bytes": 30_720, "max_bytes": 61_440 } })).unwrap();
    assert_eq!((agency.min_bytes, agency.max_bytes), (30_720, 61_440));
    assert_eq!(
        agency.range(Quantity::Crown).unwrap().max,
        110.0,
        "the rest stays"
    );
    let fault = changes(serde_json::json!({ "file": { "least": 1 } })).unwrap_err();
    assert!(matches!(fault, SpecificationFault::Unreadable { .. }), "{fault}");
    let weak = changes(serde_json::json!({
        "sources": { "agency": { "document": "an agency's leaflet", "confidence": "C", "valid_from": "2026" } },
        "file": { "source": "agency", "min_bytes": 30_720 },
    }));
    assert!(
        matches!(weak, Err(SpecificationFault::Impossible { key: "source", .. })),
        "{weak:?}"
    );
    // Hearsay of an agency is drawn and stops nobody.
    let hearsay = changes(serde_json::json!({
        "sources": { "agency": { "document": "an agency's leaflet", "confidence": "C", "valid_from": "2026" } },
        "band": [
            { "source": "text", "of": "eyes", "unit": "px", "min": 200, "max": 300, "aim": 250 },
            { "source": "agency", "of": "head_height", "unit": "height", "min": 0.48, "max": 0.52 },
        ],
    }))
    .unwrap();
    assert!(hearsay.band(Quantity::HeadHeight).is_none() && hearsay.bands.len() == 2);
}
