//! The size of a print.

use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// Shortest and longest side of a print, millimetres: below, no face can be seen; above, no listed paper is.
const SIDE_MM: std::ops::RangeInclusive<f64> = 10.0..=500.0;

/// A size is no print's.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("'{given}' is no size of a print")]
pub struct SizeFault {
    /// What was given.
    pub given: String,
}

impl SizeFault {
    /// Names the fault for messages.
    pub const fn code(&self) -> &'static str {
        "print_size"
    }

    /// What to do about it.
    pub const fn remedy(&self) -> &'static str {
        "give width and height in millimetres, 10 to 500 each, such as 33x48"
    }
}

/// Width and height in millimetres, each 10 to 500 where it is a print's.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size {
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

impl Size {
    /// A print's size.
    ///
    /// # Errors
    /// [`SizeFault`] when a side is not a number from 10 to 500.
    pub fn of_print(width: f64, height: f64) -> Result<Self, SizeFault> {
        let size = Self { width, height };
        if SIDE_MM.contains(&width) && SIDE_MM.contains(&height) {
            Ok(size)
        } else {
            Err(SizeFault {
                given: size.to_string(),
            })
        }
    }

    /// The same with its sides exchanged.
    pub(crate) const fn on_its_side(self) -> Self {
        Self {
            width: self.height,
            height: self.width,
        }
    }
}

impl FromStr for Size {
    type Err = SizeFault;

    /// Reads `33x48`, also with `X` or `×`.
    fn from_str(text: &str) -> Result<Self, SizeFault> {
        let unread = || SizeFault {
            given: text.to_string(),
        };
        let (width, height) = text.split_once(['x', 'X', '×']).ok_or_else(unread)?;
        let side = |side: &str| side.trim().parse::<f64>().map_err(|_| unread());
        Self::of_print(side(width)?, side(height)?).map_err(|_| unread())
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}×{} mm", self.width, self.height)
    }
}
