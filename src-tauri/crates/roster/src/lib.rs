//! Reads a school's roster from the bytes of a file: CSV and TSV, XLSX, XLS, DBF, OneRoster.
//!
//! A file is opened ([`open`]), what its columns mean is proposed ([`Book::propose`]), looked at, changed and agreed to,
//! and only then its people are read ([`Book::read`]). Nothing is guessed and nothing is repaired: a row that cannot be
//! trusted is named with its row and column, and all others are still given. Text that looks like a formula is text.

mod book;
mod csv_table;
mod dbf_table;
mod encoding;
mod enrolment_row;
mod fault;
mod headings;
mod one_roster;
mod plan;
mod problem_list;
mod progress;
mod roster_file;
mod sheet_marks;
mod table;
mod xls_table;
mod xlsx_table;

pub use book::{Book, FileKind, open};
pub use encoding::{TextEncoding, Told};
pub use fault::{CODES, ProblemCode, RosterFault, RowProblem};
pub use headings::plain;
pub use plan::{ColumnPlan, Confidence, Missing, Plan, SheetPlan};
pub use problem_list::problem_list;
pub use progress::{Progress, Step};
pub use roster_file::{For, Roster, read, read_telling, today};
