//! The fixed positions that a single-shot detector's answers are relative to.

use domain::geometry::Point;

/// Centres of the cells of square grids, row by row, each repeated; 0..=1 of the input. `grids` lists
/// (cells a side, anchors a cell) in the model's order.
pub(crate) fn anchors(grids: &[(u32, usize)]) -> Vec<Point> {
    let mut centres = Vec::new();
    for &(cells, repeated) in grids {
        let centre = |cell: u32| (cell as f32 + 0.5) / cells as f32;
        for row in 0..cells {
            for column in 0..cells {
                centres.extend(std::iter::repeat_n(
                    Point::new(centre(column), centre(row)),
                    repeated,
                ));
            }
        }
    }
    centres
}

/// Probability of a logit.
pub(crate) fn probability(logit: f32) -> f32 {
    1.0 / (1.0 + (-logit.clamp(-60.0, 60.0)).exp())
}
