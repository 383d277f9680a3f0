//! Marks to cut along: thin lines that lengthen the photos' edges outside the photos.

use crate::layout::Layout;

/// Width of a cut mark in millimetres.
pub const CUT_MARK_MM: f64 = 0.1;

/// Longest cut mark in millimetres; shorter where a neighbour or the sheet's edge comes first.
pub const LONGEST_CUT_MARK_MM: f64 = 5.0;

/// Grey of a cut mark, 0 black to 1 white: seen at the knife, hardly seen when the cut is off by its width.
pub(crate) const CUT_MARK_GREY: f64 = 0.55;

/// A straight line, level or upright, from one point (across, down) to another, in millimetres of the sheet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CutMark {
    /// Its left or upper end.
    pub from: (f64, f64),
    /// Its right or lower end.
    pub to: (f64, f64),
}

/// The marks round the first `filled` places: two at each corner, in the gap as far as the neighbour's place,
/// at the rim of the grid towards the sheet's edge. None lies on a photo, since the gaps hold none.
pub(crate) fn round(layout: &Layout, filled: usize) -> Vec<CutMark> {
    let (columns, rows) = layout.grid();
    let sheet = layout.sheet();
    let inner = layout.gap().min(LONGEST_CUT_MARK_MM);
    let reach = |at_rim: bool, room: f64| {
        if at_rim {
            room.min(LONGEST_CUT_MARK_MM)
        } else {
            inner
        }
    };
    let mut marks: Vec<CutMark> = vec![];
    let mut add = |from: (f64, f64), to: (f64, f64)| {
        let mark = CutMark { from, to };
        // Neighbours share the marks of a narrow gap.
        if from != to && !marks.iter().any(|known| same(known, &mark)) {
            marks.push(mark);
        }
    };
    for (at, place) in layout.places().iter().take(filled).enumerate() {
        let (column, row) = (at % columns, at / columns);
        let up = reach(row == 0, place.top);
        let down = reach(row + 1 == rows, sheet.height - place.bottom());
        let left = reach(column == 0, place.left);
        let right = reach(column + 1 == columns, sheet.width - place.right());
        for x in [place.left, place.right()] {
            add((x, place.top - up), (x, place.top));
            add((x, place.bottom()), (x, place.bottom() + down));
        }
        for y in [place.top, place.bottom()] {
            add((place.left - left, y), (place.left, y));
            add((place.right(), y), (place.right() + right, y));
        }
    }
    marks
}

/// Equal but for rounding.
fn same(a: &CutMark, b: &CutMark) -> bool {
    let near = |p: (f64, f64), q: (f64, f64)| (p.0 - q.0).abs() < 1e-6 && (p.1 - q.1).abs() < 1e-6;
    near(a.from, b.from) && near(a.to, b.to)
}
