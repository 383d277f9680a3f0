use crate::made::{blue, paper, size};
use print::{Area, GAP_MM, Layout, Paper, Sheets, Size};
use proptest::prelude::*;

fn capacity(id: &str, print: &str) -> usize {
    Layout::new(&paper(id), size(print), GAP_MM, None)
        .unwrap()
        .capacity()
}

/// What photo shops print on these papers, and by hand: 5-inch 3·25+2·3 in 86 by 3·35+2·3 in 124; 6-inch
/// 4·33+3·3 in 149 by 2·48+3 in 99; A4 5·33+4·3 in 200 by 5·48+4·3 in 287.
#[test]
fn as_many_as_shops_print() {
    assert_eq!(capacity("5-inch", "25x35"), 9);
    assert_eq!(capacity("5-inch", "35x49"), 4);
    assert_eq!(capacity("6-inch", "33x48"), 8);
    assert_eq!(capacity("6-inch", "35x49"), 4, "2·49+3 is wider than 99");
    assert_eq!(capacity("a4", "33x48"), 25);
}

#[test]
fn the_paper_is_turned_only_for_more_photos() {
    let sheet = |id: &str, print: &str| {
        let layout = Layout::new(&paper(id), size(print), GAP_MM, None).unwrap();
        (layout.sheet().width, layout.sheet().height)
    };
    // 3 as listed, 4 turned; 8 as listed, 4 turned; 6 both ways.
    assert_eq!(sheet("5-inch", "33x48"), (89.0, 127.0));
    assert_eq!(sheet("6-inch", "33x48"), (152.0, 102.0));
    assert_eq!(sheet("a4", "90x90"), (210.0, 297.0));
}

#[test]
fn places_are_where_a_ruler_finds_them() {
    let layout = Layout::new(&paper("6-inch"), size("33x48"), 3.0, None).unwrap();
    let at = |i: usize| layout.places()[i];
    // 152 - 4·33 - 3·3 = 11, half on each side; 102 - 2·48 - 3 = 3.
    let near = |a: f64, b: f64| (a - b).abs() < 1e-9;
    assert!(near(at(0).left, 5.5) && near(at(0).top, 1.5), "{:?}", at(0));
    assert!(near(at(7).left, 113.5) && near(at(7).top, 52.5), "{:?}", at(7));
}

#[test]
fn several_photos_share_sheets() {
    let arrange = |photos: usize, copies| {
        let photos = vec![blue(); photos];
        Sheets::arrange(&paper("6-inch"), size("33x48"), GAP_MM, photos, copies).unwrap()
    };
    assert_eq!(arrange(2, Some(3)).pages(), [vec![0, 0, 0, 1, 1, 1]]);
    assert_eq!(arrange(3, None).pages(), [vec![0, 0, 1, 1, 2, 2]]);
    assert_eq!(arrange(1, None).pages(), [vec![0; 8]]);
    let two = arrange(2, Some(5));
    assert_eq!(two.pages(), [vec![0, 0, 0, 0, 0, 1, 1, 1], vec![1, 1]]);
    let nine = arrange(9, None);
    assert_eq!(nine.pages().concat(), (0..9).collect::<Vec<_>>());
}

#[test]
fn what_cannot_be_laid_out_is_named() {
    let code = |print: Size, gap: f64, copies: Option<usize>, photos: usize| {
        Sheets::arrange(&paper("5-inch"), print, gap, vec![blue(); photos], copies)
            .unwrap_err()
            .code()
    };
    assert_eq!(code(size("100x100"), 3.0, None, 1), "print_too_large");
    assert_eq!(code(size("33x48"), -1.0, None, 1), "print_gap");
    assert_eq!(code(size("33x48"), f64::NAN, Some(1), 1), "print_gap");
    assert_eq!(code(size("33x48"), 3.0, Some(0), 1), "print_nothing");
    assert_eq!(code(size("33x48"), 3.0, Some(1), 0), "print_nothing");
    assert_eq!(code(size("33x48"), 3.0, Some(2001), 1), "print_too_many");
    assert_eq!(code(size("33x48"), 3.0, Some(usize::MAX), 2), "print_too_many");
    for wrong in [
        "33", "33x", "x48", "33x48x1", "0x48", "33x-48", "NaNx48", "infx48", "33x501", "",
    ] {
        assert_eq!(wrong.parse::<Size>().unwrap_err().code(), "print_size", "{wrong}");
    }
    assert_eq!(size("33×48"), size("33x48"));
}

/// How many fit along a side, by adding one photo after the other.
fn added_up(room: f64, photo: f64, gap: f64) -> usize {
    let (mut end, mut count) = (photo, 0);
    while end <= room + 1e-7 {
        count += 1;
        end += gap + photo;
    }
    count
}

fn overlap(a: &Area, b: &Area) -> bool {
    let near = 1e-6;
    a.left < b.right() - near
        && b.left < a.right() - near
        && a.top < b.bottom() - near
        && b.top < a.bottom() - near
}

pub(crate) fn any_paper() -> impl Strategy<Value = Paper> {
    (40.0..400.0, 40.0..400.0, 0.0..9.9).prop_map(|(width_mm, height_mm, margin_mm)| Paper {
        width_mm,
        height_mm,
        margin_mm,
        ..paper("a4")
    })
}

pub(crate) fn any_print() -> impl Strategy<Value = Size> {
    // Whole millimetres too: there sums end exactly on the room's edge.
    let side = || prop_oneof![10.0..120.0, (10..120).prop_map(f64::from)];
    (side(), side()).prop_map(|(width, height)| Size { width, height })
}

proptest! {
    #[test]
    fn nothing_overlaps_and_all_lies_inside(
        paper in any_paper(),
        print in any_print(),
        gap in prop_oneof![Just(0.0), Just(3.0), 0.0..20.0],
        wanted in proptest::option::of(1usize..60),
    ) {
        let (w, h, m) = (paper.width_mm, paper.height_mm, 2.0 * paper.margin_mm);
        let along = |room: f64, photo: f64| added_up(room, photo, gap);
        let listed = along(w - m, print.width) * along(h - m, print.height);
        let turned = along(h - m, print.width) * along(w - m, print.height);
        let best = listed.max(turned);
        let Ok(layout) = Layout::new(&paper, print, gap, wanted) else {
            prop_assert_eq!(best, 0);
            return Ok(());
        };
        prop_assert_eq!(layout.capacity(), best);
        prop_assert_eq!(layout.places().len(), wanted.unwrap_or(best).min(best));
        let sheet = layout.sheet();
        prop_assert!((sheet.width, sheet.height) == (w, h) || (sheet.width, sheet.height) == (h, w));
        let near = 1e-6;
        let mut bounds = (f64::MAX, f64::MAX, f64::MIN, f64::MIN);
        for (i, place) in layout.places().iter().enumerate() {
            prop_assert_eq!((place.width, place.height), (print.width, print.height));
            prop_assert!(place.left >= paper.margin_mm - near && place.top >= paper.margin_mm - near);
            prop_assert!(place.right() <= sheet.width - paper.margin_mm + near);
            prop_assert!(place.bottom() <= sheet.height - paper.margin_mm + near);
            let grown = Area {
                left: place.left - gap / 2.0,
                top: place.top - gap / 2.0,
                width: place.width + gap,
                height: place.height + gap,
            };
            for other in &layout.places()[i + 1..] {
                let other = Area {
                    left: other.left - gap / 2.0,
                    top: other.top - gap / 2.0,
                    width: other.width + gap,
                    height: other.height + gap,
                };
                prop_assert!(!overlap(&grown, &other), "{:?} and {:?}", grown, other);
            }
            bounds = (
                bounds.0.min(place.left),
                bounds.1.min(place.top),
                bounds.2.max(place.right()),
                bounds.3.max(place.bottom()),
            );
        }
        // In the middle of the sheet.
        prop_assert!((bounds.0 - (sheet.width - bounds.2)).abs() < near);
        prop_assert!((bounds.1 - (sheet.height - bounds.3)).abs() < near);
    }
}
