//! Standard photos on photo paper: which fit where, marks to cut along, the sheet as PDF and as JPEG, and the way to the
//! system's printer.
//!
//! All lengths are millimetres, measured from the sheet's top left corner to the right and down. A photo is
//! never turned, mirrored or stretched: where the print's sides have another ratio than the file's (480×640 is
//! 0.75, 33×48 mm is 0.6875), it is cut at its middle. Nothing here reads a file or a clock; only the
//! spooler's files start programs. Colours are taken as sRGB.

mod area;
mod crop;
mod cut_marks;
pub mod jpeg;
mod layout;
pub mod paper;
pub mod pdf;
mod photo;
mod sheets;
mod size;
mod spool;
#[cfg_attr(unix, path = "spool_unix.rs")]
#[cfg_attr(windows, path = "spool_windows.rs")]
mod system;

pub use area::Area;
pub use crop::Crop;
pub use cut_marks::{CUT_MARK_MM, CutMark, LONGEST_CUT_MARK_MM};
pub use layout::{GAP_MM, Layout, LayoutFault};
pub use paper::{Paper, PaperFault};
pub use photo::{Photo, PhotoFault};
pub use sheets::{MOST_PRINTS, Sheets};
pub use size::{Size, SizeFault};
pub use spool::{PrintJob, SpoolFault, Spooler};
