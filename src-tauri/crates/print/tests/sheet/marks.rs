use crate::layouts::{any_paper, any_print};
use crate::made::{paper, size};
use print::{Area, CUT_MARK_MM, CutMark, LONGEST_CUT_MARK_MM, Layout};
use proptest::prelude::*;

/// Where the ink of a mark lies: its line widened by half its width to either side, as butt ends leave it.
fn ink(mark: &CutMark) -> Area {
    let half = CUT_MARK_MM / 2.0;
    let upright = mark.from.0 == mark.to.0;
    let (x, y) = if upright { (half, 0.0) } else { (0.0, half) };
    Area {
        left: mark.from.0 - x,
        top: mark.from.1 - y,
        width: mark.to.0 - mark.from.0 + 2.0 * x,
        height: mark.to.1 - mark.from.1 + 2.0 * y,
    }
}

fn on_photo(ink: &Area, place: &Area) -> bool {
    let near = 1e-6;
    ink.left < place.right() - near
        && place.left < ink.right() - near
        && ink.top < place.bottom() - near
        && place.top < ink.bottom() - near
}

proptest! {
    #[test]
    fn no_mark_lies_on_a_photo_or_leaves_the_sheet(
        paper in any_paper(),
        print in any_print(),
        gap in prop_oneof![Just(0.0), Just(3.0), 0.2..20.0],
        wanted in 1usize..40,
        left_out in 0usize..40,
    ) {
        let Ok(layout) = Layout::new(&paper, print, gap, Some(wanted)) else {
            return Ok(());
        };
        let filled = layout.places().len().saturating_sub(left_out).max(1);
        let marks = layout.cut_marks(filled);
        let sheet = layout.sheet();
        for mark in &marks {
            prop_assert!(mark.from.0 == mark.to.0 || mark.from.1 == mark.to.1, "{:?}", mark);
            let ink = ink(mark);
            // Also those of places that stay empty on this sheet: a pile is cut as one.
            for place in layout.places() {
                prop_assert!(!on_photo(&ink, place), "{:?} on {:?}", mark, place);
            }
            prop_assert!(mark.from.0 >= -1e-6 && mark.from.1 >= -1e-6);
            prop_assert!(mark.to.0 <= sheet.width + 1e-6 && mark.to.1 <= sheet.height + 1e-6);
            let length = mark.to.0 - mark.from.0 + mark.to.1 - mark.from.1;
            prop_assert!(length > 0.0 && length <= LONGEST_CUT_MARK_MM + 1e-6);
        }
        // Every edge of every photo can be followed from a mark, unless photo and neighbour touch.
        if gap > 0.0 && paper.margin_mm > 0.0 {
            for place in &layout.places()[..filled] {
                for x in [place.left, place.right()] {
                    for y in [place.top, place.bottom()] {
                        let at = |p: (f64, f64)| (p.0 - x).abs() < 1e-5 && (p.1 - y).abs() < 1e-5;
                        let met = marks.iter().filter(|m| at(m.from) || at(m.to)).count();
                        prop_assert!(met >= 2, "corner {}, {} has {} marks", x, y, met);
                    }
                }
            }
        }
    }
}

/// By hand for 4 × 2 photos: two upright marks in each column above, between and below, 4·2·3; two level
/// ones in each row left, right and in three gaps, 2·2·5.
#[test]
fn neighbours_share_their_marks() {
    let layout = Layout::new(&paper("6-inch"), size("33x48"), 3.0, None).unwrap();
    assert_eq!(layout.cut_marks(8).len(), 24 + 20);
    assert!(layout.cut_marks(0).is_empty());
}
