//! Where the head lies, in the guide and in the still.

use super::{Sitter, assess, complaints, result, specification};
use domain::geometry::Point;
use domain::picture::Picture;
use domain::quality::{Stage, Verdict};
use quality::{Framing, Instruction, instruction};

fn first(stage: Stage, change: impl FnOnce(&mut Sitter)) -> Instruction {
    let mut sitter = Sitter::default();
    change(&mut sitter);
    instruction(&assess(stage, &sitter))
}

#[test]
fn live_directions_are_the_sitters_own() {
    // The camera's picture is not mirrored: who sits on its left has to move to his own left.
    assert_eq!(first(Stage::Live, |s| s.eyes.x -= 100.0), Instruction::MoveLeft);
    assert_eq!(first(Stage::Live, |s| s.eyes.x += 100.0), Instruction::MoveRight);
    assert_eq!(first(Stage::Live, |s| s.eyes.y -= 100.0), Instruction::CrownHigh);
    assert_eq!(first(Stage::Live, |s| s.eyes.y += 110.0), Instruction::CrownLow);
}

#[test]
fn distance_comes_before_place() {
    let far = |s: &mut Sitter| {
        s.ied = 70.0;
        s.eyes = Point::new(260.0, 300.0);
    };
    assert_eq!(first(Stage::Live, far), Instruction::TooSmall);
    assert_eq!(first(Stage::Live, |s| s.ied = 220.0), Instruction::TooLarge);
}

#[test]
fn the_still_is_cropped_freely_inside_the_same_bands() {
    // Off the guide's middle and low, but with room all round: the crop puts it right.
    let roomy = Sitter {
        size: (1200, 1300),
        eyes: Point::new(450.0, 640.0),
        ..Sitter::default()
    };
    assert_eq!(complaints(&assess(Stage::Still, &roomy)), Vec::<String>::new());
    assert!(!assess(Stage::Live, &roomy).acceptable());
    // No room below at any permitted scale; above there is plenty, so sitting up helps.
    let low = Sitter {
        size: (720, 700),
        eyes: Point::new(360.0, 500.0),
        ..Sitter::default()
    };
    let assessment = assess(Stage::Still, &low);
    assert_eq!(result(&assessment, "chest").code.as_deref(), Some("crown_low"));
    // The head leaves the picture above.
    let cut = Sitter {
        eyes: Point::new(360.0, 120.0),
        ..Sitter::default()
    };
    assert_eq!(
        result(&assess(Stage::Still, &cut), "crown").code.as_deref(),
        Some("crown_high")
    );
}

#[test]
fn a_sample_is_enlarged_by_a_tenth_at_most() {
    let far = Sitter {
        ied: 50.0,
        eyes: Point::new(360.0, 300.0),
        ..Sitter::default()
    };
    let assessment = assess(Stage::Still, &far);
    let width = result(&assessment, "face_width");
    assert_eq!(
        (width.verdict, width.code.as_deref()),
        (Verdict::Fail, Some("too_small"))
    );
    assert!(
        (width.value.unwrap() - 1.1 * 108.5).abs() < 2.0,
        "measured at the largest scale: {:?}",
        width.value
    );
}

#[test]
fn framing_numbers_are_photo_pixels_in_the_guide() {
    let sitter = Sitter::default();
    let picture: Picture = sitter.picture();
    let framing = Framing::measure(
        Stage::Live,
        &picture,
        &sitter.analysis(),
        &specification(),
        &super::rules(),
    )
    .unwrap();
    // The guide fills 720x960, so a photo pixel is 1.5 picture pixels.
    let near = |got: f32, want: f32| assert!((got - want).abs() < 3.0, "{got} is not {want}");
    near(framing.face_width_px, 2.17 * 145.0 / 1.5);
    near(framing.eyes_px, 370.0 / 1.5);
    near(framing.crown_px.unwrap(), (370.0 - 1.55 * 145.0) / 1.5);
    near(framing.off_centre_px, 0.0);
    near(framing.source_end_px, 640.0);
}
