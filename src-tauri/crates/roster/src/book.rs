//! A file that was opened: its sheets, before anybody says what they mean.

use crate::encoding::{TextEncoding, Told};
use crate::fault::RosterFault;
use crate::headings::Headings;
use crate::plan::{Plan, SheetPlan};
use crate::progress::Progress;
use crate::table::Table;
use crate::{csv_table, dbf_table, one_roster, xls_table, xlsx_table};
use domain::roster::{LearnedHeadings, RosterField};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// What kind of file it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// Text with separators (CSV, TSV).
    Text,
    /// A workbook of Excel 2007 and later.
    Xlsx,
    /// A workbook of Excel 97 to 2003.
    Xls,
    /// A table of dBase or FoxPro.
    Dbf,
    /// A OneRoster archive.
    OneRoster,
}

impl FileKind {
    /// The word of the message.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Xlsx => "xlsx",
            Self::Xls => "xls",
            Self::Dbf => "dbf",
            Self::OneRoster => "one_roster",
        }
    }
}

/// An opened file.
#[derive(Debug)]
pub struct Book {
    kind: FileKind,
    sha256: String,
    encoding: Option<Told>,
    pub(crate) tables: Vec<Table>,
    pub(crate) headings: Headings,
}

/// Opens a file; the content decides what it is, `file_name` only tells a damaged workbook or table from a text.
/// `encoding` is taken for texts that can be in several; says now and then how far it is.
pub fn open(
    bytes: &[u8],
    file_name: &str,
    encoding: Option<TextEncoding>,
    told: &mut dyn FnMut(Progress),
) -> Result<Book, RosterFault> {
    let headings = Headings::builtin()?;
    let limits = headings.limits;
    if bytes.len() as u64 > limits.file_bytes {
        return Err(RosterFault::TooLarge);
    }
    let name = file_name.to_lowercase();
    let (kind, tables, encoding) = if bytes.starts_with(b"PK\x03\x04") {
        xlsx_table::refuse_bomb(bytes, &limits)?;
        if one_roster::is(bytes) {
            (FileKind::OneRoster, vec![one_roster::read(bytes, &limits)?], None)
        } else {
            (FileKind::Xlsx, xlsx_table::read(bytes, &limits, told)?, None)
        }
    } else if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        (FileKind::Xls, xls_table::read(bytes, &limits, told)?, None)
    } else if let Some(form) = dbf_table::Form::of(bytes) {
        let encoding = form.told(encoding);
        (
            FileKind::Dbf,
            vec![form.table(encoding.encoding, &limits)?],
            Some(encoding),
        )
    } else if [".xlsx", ".xls", ".dbf", ".zip"]
        .iter()
        .any(|end| name.ends_with(end))
    {
        return Err(RosterFault::Unreadable(
            "the file is not what its name says".to_string(),
        ));
    } else {
        let (table, encoding) = csv_table::read(bytes, encoding, &limits)?;
        (FileKind::Text, vec![table], Some(encoding))
    };
    Ok(Book {
        kind,
        sha256: hex::encode(Sha256::digest(bytes)),
        encoding,
        tables,
        headings,
    })
}

impl Book {
    /// What kind of file it is.
    pub const fn kind(&self) -> FileKind {
        self.kind
    }

    /// SHA-256 of the file, lower-case hex.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// What its texts are read in; none where the file leaves no choice.
    pub const fn encoding(&self) -> Option<Told> {
        self.encoding
    }

    /// What a heading means by the list.
    pub fn field(&self, heading: &str) -> Option<RosterField> {
        self.headings.field(heading)
    }

    /// What the columns mean by the list and by what this school's headings were chosen to mean before. Hidden sheets
    /// and those without headings are listed and not used.
    pub fn propose(&self, learned: &LearnedHeadings) -> Plan {
        Plan {
            sheets: self
                .tables
                .iter()
                .map(|table| SheetPlan::of(table, &self.headings, learned))
                .collect(),
            hidden_rows: false,
        }
    }
}
