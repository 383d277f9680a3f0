//! Papers for people: receipts and the sheet of a day, as files.

use crate::day::{CashCount, DaySheet, Receipt};
use crate::moment::Moment;
use crate::setup::Contact;
use std::collections::BTreeMap;

/// Everything a receipt says. The name is masked: a receipt lies about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptPaper {
    /// Number, payment, copy.
    pub receipt: Receipt,
    /// Name of the station.
    pub station: String,
    /// The school.
    pub school: String,
    /// Title of the session.
    pub session: String,
    /// The masked name.
    pub name: String,
    /// Student number.
    pub student_number: String,
    /// What the fee is for.
    pub fee_text: String,
    /// Name of the operator who settled it; empty when the central server did.
    pub operator: String,
    /// Whom to call.
    pub contact: Contact,
}

/// A person as the lists of a sheet name one: the school has to find them again, so the name is whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listed {
    /// Name.
    pub name: String,
    /// Class.
    pub class_name: String,
    /// Student number.
    pub student_number: String,
}

/// Everything the sheet of a day says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetPaper {
    /// Number of the signed sheet; none before it is signed, and the paper says so.
    pub number: Option<u32>,
    /// Name of the station.
    pub station: String,
    /// The sheet.
    pub sheet: DaySheet,
    /// What was counted.
    pub count: Option<CashCount>,
    /// Name of the operator who made it.
    pub operator: String,
    /// Name of the supervisor who signed; empty before.
    pub supervisor: String,
    /// When it was signed, or made.
    pub at: Moment,
    /// Names of operators by id.
    pub operators: BTreeMap<String, String>,
    /// The people of the lists by enrolment.
    pub people: BTreeMap<String, Listed>,
}

/// Why a paper was not made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PaperFault {
    /// The font is missing or cannot be read; nothing else is wrong.
    #[error("the font for papers is missing")]
    Font,
    /// The folder cannot be written.
    #[error("the folder of the papers cannot be written: {0}")]
    Folder(String),
    /// The document could not be put together.
    #[error("the paper could not be made: {0}")]
    Failed(String),
}

impl PaperFault {
    /// The code of the message (`fault.<code>`).
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Font => "paper_font",
            Self::Folder(_) => "paper_folder",
            Self::Failed(_) => "paper_failed",
        }
    }
}

/// Makes papers and keeps them in the folder for papers. A file is there whole or not at all.
pub trait Papers: Send {
    /// A receipt as PDF; gives the file.
    fn receipt(&mut self, paper: &ReceiptPaper) -> Result<String, PaperFault>;
    /// A sheet as XLSX and PDF; gives the files.
    fn sheet(&mut self, paper: &SheetPaper) -> Result<Vec<String>, PaperFault>;
}
