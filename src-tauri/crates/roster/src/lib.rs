//! Reads a school's roster from the bytes of a CSV or XLSX file.
//!
//! Nothing is guessed and nothing is repaired: a row that cannot be trusted is named with its row and
//! column, and all others are still given. Text that looks like a formula is text.

mod csv_table;
mod encoding;
mod enrolment_row;
mod fault;
mod headings;
mod progress;
mod roster_file;
mod table;
mod xlsx_table;

pub use fault::{CODES, ProblemCode, RosterFault, RowProblem};
pub use progress::{Progress, Step};
pub use roster_file::{Roster, read, read_telling};
