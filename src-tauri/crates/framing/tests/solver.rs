//! The solver against random heads: what it gives obeys every band, and what it refuses has no crop.

#![allow(clippy::unwrap_used)]

use domain::specification::{PhotoSpecification, Quantity, Range};
use framing::{CropPlan, Head, Room, Shortage, solve};
use proptest::prelude::*;

fn spec() -> PhotoSpecification {
    photo::specification::builtin().unwrap().remove(0)
}

fn range(spec: &PhotoSpecification, of: Quantity) -> Range {
    spec.range(of).unwrap()
}

fn crown(head: &Head) -> f32 {
    head.crown.unwrap()
}

fn obeys(plan: &CropPlan, head: &Head, room: &Room, spec: &PhotoSpecification) -> Result<(), String> {
    const SLACK: f32 = 0.05;
    let (at_crown, eyes) = (
        (crown(head) - plan.top) * plan.scale,
        (head.eyes - plan.top) * plan.scale,
    );
    let centre = (head.axis - plan.left) * plan.scale - 240.0;
    let face = head.face_width * plan.scale;
    let bottom = plan.top + 640.0 / plan.scale;
    let right = plan.left + 480.0 / plan.scale;
    let within = |v: f32, band: Range| v >= band.min - SLACK && v <= band.max + SLACK;
    let checks = [
        (
            "crown",
            within(at_crown, range(spec, Quantity::Crown)) && (at_crown - plan.row(crown(head))).abs() < 0.1,
        ),
        (
            "eyes",
            within(eyes, range(spec, Quantity::Eyes)) && (eyes - plan.row(head.eyes)).abs() < 0.1,
        ),
        ("face", within(face, range(spec, Quantity::FaceWidth))),
        ("scale", plan.scale <= spec.max_scale + 1e-4),
        ("centre", centre.abs() <= spec.centre_max_px + SLACK),
        ("bottom", bottom <= room.height + SLACK),
        (
            "top",
            plan.top >= -SLACK || (room.extend_top && plan.extended_top_px > 0),
        ),
        (
            "left",
            plan.left >= -SLACK || (room.extend_left && plan.extended_left_px > 0),
        ),
        (
            "right",
            right <= room.width + SLACK || (room.extend_right && plan.extended_right_px > 0),
        ),
        (
            "top rows",
            f64::from(plan.extended_top_px) >= f64::from(-plan.top * plan.scale) - 0.1,
        ),
    ];
    match checks.iter().find(|check| !check.1) {
        Some((name, _)) => Err(format!("{name}: {plan:?}")),
        None => Ok(()),
    }
}

/// Looks for any crop on a grid, with nothing of the solver's algebra.
fn any_crop(head: &Head, room: &Room, spec: &PhotoSpecification) -> bool {
    (1..=400)
        .map(|step| step as f32 * spec.max_scale / 400.0)
        .any(|scale| {
            if !range(spec, Quantity::FaceWidth).contains(head.face_width * scale) {
                return false;
            }
            let wide = head.axis * scale >= 240.0 - spec.centre_max_px || room.extend_left;
            let wide =
                wide && ((room.width - head.axis) * scale >= 240.0 - spec.centre_max_px || room.extend_right);
            let wide = wide && (room.width * scale >= 480.0 || room.extend_left || room.extend_right);
            wide && (-400..=2000).any(|up| {
                let up = up as f32;
                range(spec, Quantity::Crown).contains(crown(head) * scale - up)
                    && range(spec, Quantity::Eyes).contains(head.eyes * scale - up)
                    && (up >= 0.0 || room.extend_top)
                    && room.height * scale - up >= 640.0
            })
        })
}

prop_compose! {
    fn sitting()(
        width in 500f32..2500.0,
        height in 500f32..2500.0,
        face in 0.08f32..0.5,
        tall in 0.6f32..1.2,
        x in 0.2f32..0.8,
        y in 0.1f32..0.7,
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
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_plan_obeys_every_band_and_a_refusal_is_true((head, room) in sitting()) {
        let spec = spec();
        match solve(&head, &room, &spec) {
            Ok(found) => {
                let obeyed = obeys(&found.plan, &head, &room, &spec);
                prop_assert!(obeyed.is_ok(), "{:?}", obeyed);
            }
            Err(refusal) => {
                prop_assert!(!refusal.unmet.is_empty());
                prop_assert!(crown(&head) <= 0.0 || !any_crop(&head, &room, &spec), "{:?}", refusal);
            }
        }
    }
}

#[test]
fn the_binding_demand_is_named() {
    use Shortage::{CrownCutOff, FaceTooSmall, RoomAbove, RoomBelow, RoomSides, TooClose};
    let spec = spec();
    let head = Head {
        crown: Some(300.0),
        hair: None,
        eyes: 500.0,
        chin: 660.0,
        axis: 1000.0,
        face_width: 240.0,
        eye_distance: 108.0,
    };
    let room = Room {
        width: 2000.0,
        height: 1500.0,
        extend_top: false,
        extend_left: false,
        extend_right: false,
    };
    let first = |head: Head, room: Room| solve(&head, &room, &spec).unwrap_err().unmet[0].what;
    assert!(solve(&head, &room, &spec).is_ok());
    assert_eq!(
        first(
            Head {
                face_width: 91.0,
                ..head
            },
            room
        ),
        FaceTooSmall
    );
    assert_eq!(
        first(
            Head {
                crown: Some(-1.0),
                ..head
            },
            room
        ),
        CrownCutOff
    );
    assert_eq!(
        first(
            Head {
                crown: Some(20.0),
                eyes: 220.0,
                ..head
            },
            room
        ),
        RoomAbove
    );
    assert_eq!(
        first(
            head,
            Room {
                height: 760.0,
                ..room
            }
        ),
        RoomBelow
    );
    let near = Head {
        crown: Some(60.0),
        hair: None,
        eyes: 900.0,
        chin: 1570.0,
        axis: 1000.0,
        face_width: 1000.0,
        eye_distance: 450.0,
    };
    assert_eq!(
        first(
            near,
            Room {
                height: 1700.0,
                ..room
            }
        ),
        TooClose
    );
    let aside = solve(&Head { axis: 150.0, ..head }, &room, &spec).unwrap_err();
    assert!(aside.unmet.iter().any(|d| d.what == RoomSides), "{aside:?}");
    // The same head with flat colour allowed above.
    let plan = solve(
        &Head {
            crown: Some(20.0),
            eyes: 220.0,
            ..head
        },
        &Room {
            extend_top: true,
            ..room
        },
        &spec,
    )
    .unwrap()
    .plan;
    assert!(plan.extended_top_px > 0 && plan.top < 0.0);
}
