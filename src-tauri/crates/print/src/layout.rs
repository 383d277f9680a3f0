//! Where the photos lie on a sheet.

use crate::area::Area;
use crate::cut_marks::{self, CutMark};
use crate::paper::Paper;
use crate::size::Size;
use thiserror::Error;

/// The usual distance between photos in millimetres: room for a cut mark and an unsteady hand.
pub const GAP_MM: f64 = 3.0;

/// Widest gap in millimetres.
const WIDEST_GAP_MM: f64 = 50.0;

/// Rounding of sums such as 3 × 33 + 2 × 3 must not lose a column; no printer places a millionth of a millimetre.
const ROUNDING: f64 = 1e-6;

/// Why photos cannot be laid out.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum LayoutFault {
    /// Not even one photo fits.
    #[error("a photo of {photo} does not fit on {paper} ({room} inside its margins)")]
    TooLarge {
        /// Size of the print.
        photo: Size,
        /// Id of the paper.
        paper: String,
        /// The paper without its margins.
        room: Size,
    },
    /// The gap is not 0 to 50 mm.
    #[error("a gap of {gap} mm is impossible")]
    Gap {
        /// What was asked for, millimetres.
        gap: f64,
    },
    /// No photo, or no copy of it.
    #[error("there is nothing to print")]
    Nothing,
    /// More prints than any job has.
    #[error("{prints} prints are more than one job may have")]
    TooMany {
        /// Photos times copies.
        prints: usize,
    },
}

impl LayoutFault {
    /// Names the fault for messages.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "print_too_large",
            Self::Gap { .. } => "print_gap",
            Self::Nothing => "print_nothing",
            Self::TooMany { .. } => "print_too_many",
        }
    }

    /// What to do about it.
    pub fn remedy(&self) -> String {
        match self {
            Self::TooLarge { .. } => "choose a larger paper or a smaller print".into(),
            Self::Gap { .. } => format!("give a gap of 0 to {WIDEST_GAP_MM} mm; usual are {GAP_MM}"),
            Self::Nothing => "name at least one photo and one copy".into(),
            Self::TooMany { .. } => format!("print at most {} at once", crate::MOST_PRINTS),
        }
    }
}

/// The places for photos on one sheet: a grid, filled row by row, its used part in the sheet's middle.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    sheet: Size,
    gap: f64,
    columns: usize,
    rows: usize,
    capacity: usize,
    places: Vec<Area>,
}

impl Layout {
    /// Lays out at most `wanted` photos, or as many as fit. The paper is turned on its side when more fit so;
    /// the photos are not.
    ///
    /// # Errors
    /// [`LayoutFault`].
    pub fn new(paper: &Paper, photo: Size, gap: f64, wanted: Option<usize>) -> Result<Self, LayoutFault> {
        if !(0.0..=WIDEST_GAP_MM).contains(&gap) {
            return Err(LayoutFault::Gap { gap });
        }
        if wanted == Some(0) {
            return Err(LayoutFault::Nothing);
        }
        let grid = |sheet: Size| {
            let along = |side: f64, photo: f64| {
                let room = side - 2.0 * paper.margin_mm;
                // Not negative, and far below 2^53: sides end at a metre and prints begin at a centimetre.
                ((room + gap) / (photo + gap) + ROUNDING).floor().max(0.0) as usize
            };
            (along(sheet.width, photo.width), along(sheet.height, photo.height))
        };
        let (listed, turned) = (paper.size(), paper.size().on_its_side());
        let fits = |(columns, rows): (usize, usize)| columns * rows;
        let sheet = if fits(grid(turned)) > fits(grid(listed)) {
            turned
        } else {
            listed
        };
        let (columns, rows) = grid(sheet);
        let capacity = columns * rows;
        if capacity == 0 {
            return Err(LayoutFault::TooLarge {
                photo,
                paper: paper.id.clone(),
                room: Size {
                    width: listed.width - 2.0 * paper.margin_mm,
                    height: listed.height - 2.0 * paper.margin_mm,
                },
            });
        }
        let count = wanted.map_or(capacity, |wanted| wanted.min(capacity));
        let (columns, rows) = (columns.min(count), count.div_ceil(columns));
        let start = |side: f64, photo: f64, number: usize| {
            let number = number as f64;
            (side - number * photo - (number - 1.0) * gap) / 2.0
        };
        let left = start(sheet.width, photo.width, columns);
        let top = start(sheet.height, photo.height, rows);
        let place = |at: usize| Area {
            left: left + (at % columns) as f64 * (photo.width + gap),
            top: top + (at / columns) as f64 * (photo.height + gap),
            width: photo.width,
            height: photo.height,
        };
        Ok(Self {
            sheet,
            gap,
            columns,
            rows,
            capacity,
            places: (0..count).map(place).collect(),
        })
    }

    /// The sheet as it lies, millimetres.
    pub const fn sheet(&self) -> Size {
        self.sheet
    }

    /// The distance between photos, millimetres.
    pub const fn gap(&self) -> f64 {
        self.gap
    }

    /// How many photos fit on the sheet, at least 1.
    pub const fn capacity(&self) -> usize {
        self.capacity
    }

    /// The places, row by row from the top left; at least one.
    pub fn places(&self) -> &[Area] {
        &self.places
    }

    /// The marks to cut along when the first `filled` places hold a photo.
    pub fn cut_marks(&self, filled: usize) -> Vec<CutMark> {
        cut_marks::round(self, filled)
    }

    /// Columns and rows that are used.
    pub(crate) const fn grid(&self) -> (usize, usize) {
        (self.columns, self.rows)
    }
}
