//! Papers for people: receipts as PDF, the sheet of a day as XLSX and PDF.
//!
//! The words lie in `words/<language>.toml`, a language is one more file and one line in [`words`]. The font is embedded
//! and cut down to the characters used; a character it lacks is shown as a box and said.

mod folder;
mod money;
mod page;
mod receipt;
mod sheet_pdf;
mod sheet_xlsx;
mod tables;
mod words;

pub use folder::default_folder;
pub use money::{in_capitals, yuan};

use domain::Moment;
use domain::port::{PaperFault, Papers, ReceiptPaper, SheetPaper};
use page::Typeface;
use std::path::PathBuf;
use words::Words;

/// Makes papers and keeps them in one folder.
pub struct Books {
    folder: PathBuf,
    font: PathBuf,
    words: Words,
    /// Read when the first PDF is made.
    face: Option<Typeface>,
}

impl Books {
    /// Papers in `language` (`zh-CN`, `en`) for `folder`, which is made when it is needed; `font` is a TrueType file with
    /// Chinese characters.
    ///
    /// # Errors
    /// The language, when there are no words in it.
    pub fn new(folder: PathBuf, font: PathBuf, language: &str) -> Result<Self, UnknownLanguage> {
        Ok(Self {
            folder,
            font,
            words: Words::in_language(language).ok_or_else(|| UnknownLanguage(language.to_string()))?,
            face: None,
        })
    }

    fn face(&mut self) -> Result<&Typeface, PaperFault> {
        if self.face.is_none() {
            let bytes = std::fs::read(&self.font).map_err(|_| PaperFault::Font)?;
            self.face = Some(Typeface::read(bytes).ok_or(PaperFault::Font)?);
        }
        self.face.as_ref().ok_or(PaperFault::Font)
    }
}

/// There are no words in this language.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there are no papers in {0}")]
pub struct UnknownLanguage(pub String);

impl Papers for Books {
    fn receipt(&mut self, paper: &ReceiptPaper) -> Result<String, PaperFault> {
        self.face()?;
        let face = self.face.as_ref().ok_or(PaperFault::Font)?;
        let bytes = receipt::document(paper, &self.words, face)?;
        let receipt = &paper.receipt;
        let name = format!("receipt-{:06}-{}.pdf", receipt.number, receipt.copy);
        folder::keep(&self.folder, &name, &bytes)
    }

    fn sheet(&mut self, paper: &SheetPaper) -> Result<Vec<String>, PaperFault> {
        self.face()?;
        let face = self.face.as_ref().ok_or(PaperFault::Font)?;
        let tables = tables::of(paper, &self.words);
        let head = tables::head(paper, &self.words);
        let pdf = sheet_pdf::document(&head, &tables, &self.words, face)?;
        let xlsx = sheet_xlsx::workbook(&head, &tables)?;
        let day = local(paper.at, "%Y-%m-%d");
        let name = match paper.number {
            Some(number) => format!("day-{day}-no{number}"),
            None => format!("day-{day}-unsigned"),
        };
        Ok(vec![
            folder::keep(&self.folder, &format!("{name}.xlsx"), &xlsx)?,
            folder::keep(&self.folder, &format!("{name}.pdf"), &pdf)?,
        ])
    }
}

/// A moment by this machine's time zone.
fn local(at: Moment, format: &str) -> String {
    jiff::Timestamp::from_millisecond(at.0).map_or_else(
        |_| "—".to_string(),
        |at| {
            at.to_zoned_datetime(jiff::tz::TimeZone::system())
                .strftime(format)
                .to_string()
        },
    )
}
