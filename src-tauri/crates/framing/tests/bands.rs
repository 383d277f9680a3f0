//! Any set of bands against random heads: what the solver gives obeys them, what it refuses has no crop, and only
//! bands that may give way do.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

use domain::specification::{Band, PhotoSpecification, Quantity, Range};
use framing::{Head, Room, Shortage, solve};
use proptest::prelude::*;

/// A specification of these bands on a photo of 400 by 500 pixels.
fn specification(bands: Vec<Band>, max_scale: f32) -> PhotoSpecification {
    PhotoSpecification {
        width_px: 400,
        height_px: 500,
        bands,
        centre_max_px: 10.0,
        max_scale,
        ..photo::specification::builtin().unwrap().remove(0)
    }
}

fn photo_value(head: &Head, of: Quantity, scale: f32, up: f32) -> f32 {
    let value = head.value(of).unwrap();
    if of.is_row() {
        scale * value - up
    } else {
        scale * value
    }
}

/// Looks for any crop on a grid, with nothing of the solver's algebra.
fn any_crop(head: &Head, room: &Room, spec: &PhotoSpecification) -> bool {
    (1..=300)
        .map(|step| step as f32 * spec.max_scale / 300.0)
        .any(|scale| {
            let left = room.extend_left || head.axis * scale >= 190.0;
            let right = room.extend_right || (room.width - head.axis) * scale >= 190.0;
            let wide = room.extend_left || room.extend_right || room.width * scale >= 400.0;
            left && right
                && wide
                && (-300..=1500).any(|up| {
                    let up = up as f32;
                    (up >= 0.0 || room.extend_top)
                        && room.height * scale - up >= 500.0
                        && spec
                            .gating()
                            .all(|band| band.range.contains(photo_value(head, band.of, scale, up)))
                })
        })
}

prop_compose! {
    /// A band round where a head of some size would have it, wide or narrow, mostly binding.
    fn band(of: Quantity)(
        size in 80f32..170.0,
        top in 20f32..120.0,
        width in 0.1f32..0.6,
        gates in 0u8..8,
        gives_way in 0u8..4,
    ) -> Band {
        let middle = match of {
            Quantity::Crown => top,
            Quantity::Eyes => top + 0.84 * size,
            Quantity::Chin => top + 1.5 * size,
            Quantity::FaceWidth => size,
            Quantity::HeadHeight => 1.5 * size,
            Quantity::EyeDistance => 0.45 * size,
        };
        let side = if of.is_row() || of == Quantity::HeadHeight { 500.0 } else { 400.0 };
        let range = Range { min: (middle * (1.0 - width)).max(0.0), max: (middle * (1.0 + width)).min(side) };
        Band { of, range, aim: Some(range.middle()), gates: gates > 0, gives_way: gives_way / 3 }
    }
}

fn bands() -> impl Strategy<Value = Vec<Band>> {
    proptest::sample::subsequence(Quantity::ALL.to_vec(), 1..=4)
        .prop_flat_map(|chosen| chosen.into_iter().map(|of| band(of).boxed()).collect::<Vec<_>>())
}

prop_compose! {
    fn sitting()(
        width in 400f32..2000.0,
        height in 400f32..2000.0,
        face in 0.08f32..0.4,
        tall in 0.6f32..1.2,
        x in 0.3f32..0.7,
        y in 0.15f32..0.6,
        permissions in 0u8..8,
    ) -> (Head, Room) {
        let face_width = face * width.min(height);
        let eyes = y * height;
        let head = Head {
            crown: Some(eyes - tall * face_width),
            hair: None,
            eyes,
            chin: eyes + 0.67 * face_width,
            axis: x * width,
            face_width,
            eye_distance: 0.45 * face_width,
        };
        let room = Room {
            width,
            height,
            extend_top: permissions & 1 > 0,
            extend_left: permissions & 2 > 0,
            extend_right: permissions & 4 > 0,
        };
        (head, room)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_bands_are_obeyed_or_truly_out_of_reach((head, room) in sitting(), bands in bands(), max_scale in 0.5f32..1.1) {
        let spec = specification(bands, max_scale);
        match solve(&head, &room, &spec) {
            Ok(found) => {
                for band in spec.gating().filter(|band| !found.gave_way.contains(&band.of)) {
                    let at = photo_value(&head, band.of, found.plan.scale, found.plan.top * found.plan.scale);
                    let near = at >= band.range.min - 0.05 && at <= band.range.max + 0.05;
                    prop_assert!(near, "{:?} {at}", band);
                }
                for of in &found.gave_way {
                    prop_assert!(spec.band(*of).unwrap().gives_way > 0);
                }
                prop_assert!(found.plan.scale <= max_scale + 1e-4);
                prop_assert!(found.plan.row(room.height) >= 499.9);
                if !found.gave_way.is_empty() {
                    prop_assert!(!any_crop(&head, &room, &spec), "it need not have given way: {:?}", found);
                }
            }
            Err(refusal) => {
                let firm = spec.bands.iter().filter(|band| band.gives_way == 0).copied().collect();
                let cut = head.crown.unwrap() <= 0.0;
                prop_assert!(cut || !any_crop(&head, &room, &specification(firm, max_scale)), "{:?}", refusal);
            }
        }
    }
}

/// A photo with two demands that no head of these proportions meets at once.
fn torn(gives_way: u8) -> PhotoSpecification {
    let band = |of, min, max, gives_way| Band {
        of,
        range: Range { min, max },
        aim: None,
        gates: true,
        gives_way,
    };
    specification(
        vec![
            band(Quantity::Crown, 10.0, 20.0, gives_way),
            band(Quantity::Eyes, 100.0, 140.0, 0),
            band(Quantity::FaceWidth, 200.0, 220.0, 0),
        ],
        1.0,
    )
}

#[test]
fn the_weaker_band_gives_way_and_is_named() {
    let head = Head {
        crown: Some(200.0),
        hair: None,
        eyes: 500.0,
        chin: 720.0,
        axis: 700.0,
        face_width: 300.0,
        eye_distance: 135.0,
    };
    let room = Room {
        width: 1400.0,
        height: 1600.0,
        extend_top: false,
        extend_left: false,
        extend_right: false,
    };
    let refusal = solve(&head, &room, &torn(0)).unwrap_err();
    assert_eq!(refusal.unmet[0].what, Shortage::Proportions, "{refusal:?}");
    let found = solve(&head, &room, &torn(1)).unwrap();
    assert_eq!(found.gave_way, [Quantity::Crown]);
    assert!((100.0..=140.0).contains(&found.plan.row(head.eyes)), "{found:?}");
}

#[test]
fn a_band_of_a_weak_source_is_aimed_at_and_never_stops() {
    let drawn = Band {
        of: Quantity::HeadHeight,
        range: Range {
            min: 300.0,
            max: 320.0,
        },
        aim: Some(310.0),
        gates: false,
        gives_way: 0,
    };
    let head = Head {
        crown: Some(200.0),
        hair: None,
        eyes: 300.0,
        chin: 400.0,
        axis: 500.0,
        face_width: 130.0,
        eye_distance: 60.0,
    };
    let room = Room {
        width: 1000.0,
        height: 1000.0,
        extend_top: true,
        extend_left: true,
        extend_right: true,
    };
    let found = solve(&head, &room, &specification(vec![drawn], 1.0)).unwrap();
    assert!(
        found.plan.scale <= 1.0,
        "200 pixels are not enlarged to 310: {found:?}"
    );
}
