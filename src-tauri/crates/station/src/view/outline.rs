//! Where a head belongs in the photo, as the outline on the sitter's screen.

use crate::contract::HeadOutline;
use domain::specification::{PhotoSpecification, Quantity};

/// Height of a head, crown to chin, in widths of its face; a mean of adults, ours. What a specification leaves open is
/// only drawn from these, nothing is judged by them.
const HEAD_HEIGHT: f32 = 1.38;
/// Distance between the eyes in widths of the face; as above.
const EYE_DISTANCE: f32 = 0.47;
/// From the crown to the eyes, as a share of the head; as above.
const EYES: f32 = 0.51;
/// Height of the head where no band says anything, as a share of the photo's.
const HEAD_IN_PHOTO: f32 = 0.52;
/// Row of such a head's crown, likewise.
const CROWN_IN_PHOTO: f32 = 0.13;

/// The outline in the middle of every band; bands that only are drawn count as well.
pub(super) fn of(specification: &PhotoSpecification, fits: bool) -> HeadOutline {
    let aim = |of| {
        let band = specification.bands.iter().find(|band| band.of == of)?;
        Some(band.aim.unwrap_or_else(|| band.range.middle()))
    };
    let height = specification.height_px as f32;
    let rows = (aim(Quantity::Crown), aim(Quantity::Eyes), aim(Quantity::Chin));
    let face = aim(Quantity::FaceWidth).or_else(|| Some(aim(Quantity::EyeDistance)? / EYE_DISTANCE));
    let head = match rows {
        (Some(crown), _, Some(chin)) => Some(chin - crown),
        _ => None,
    };
    let head = head
        .or_else(|| aim(Quantity::HeadHeight))
        .or_else(|| Some(face? * HEAD_HEIGHT))
        .unwrap_or(height * HEAD_IN_PHOTO);
    let crown = rows
        .0
        .or_else(|| Some(rows.1? - EYES * head))
        .or_else(|| Some(rows.2? - head))
        .unwrap_or(height * CROWN_IN_PHOTO);
    HeadOutline {
        photo_width: specification.width_px,
        photo_height: specification.height_px,
        crown,
        chin: rows
            .2
            .or_else(|| Some(rows.1? + (1.0 - EYES) * head))
            .unwrap_or(crown + head),
        face_width: face.unwrap_or(head / HEAD_HEIGHT),
        fits,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_specification_gets_a_head_that_keeps_to_its_bands() {
        let all = photo::specification::builtin().unwrap();
        assert!(!all.is_empty());
        for specification in &all {
            let outline = of(specification, false);
            let HeadOutline {
                crown,
                chin,
                face_width,
                ..
            } = outline;
            let id = &specification.id;
            assert!(crown > 0.0 && chin > crown + 1.0, "{id}: {outline:?}");
            assert!(chin < specification.height_px as f32, "{id}: {outline:?}");
            assert!(face_width < specification.width_px as f32, "{id}: {outline:?}");
            // A head as wide as high, or twice as high as wide, is none.
            let shape = (chin - crown) / face_width;
            assert!((1.05..1.9).contains(&shape), "{id}: {shape}");
            for band in specification.gating() {
                let value = match band.of {
                    Quantity::Crown => crown,
                    Quantity::Eyes => crown + EYES * (chin - crown),
                    Quantity::Chin => chin,
                    Quantity::FaceWidth => face_width,
                    Quantity::HeadHeight => chin - crown,
                    Quantity::EyeDistance => face_width * EYE_DISTANCE,
                };
                assert!(band.range.contains(value), "{id}: {:?} at {value}", band.of);
            }
        }
    }

    #[test]
    fn the_national_photo_has_the_head_the_guide_describes() {
        let all = photo::specification::builtin().unwrap();
        let national = all.iter().find(|s| s.id == "graduation-480x640").unwrap();
        let outline = of(national, true);
        assert_eq!((outline.crown, outline.face_width), (80.0, 240.0));
        assert!((405.0..420.0).contains(&outline.chin), "{outline:?}");
        assert!(outline.fits);
    }
}
