//! What can be wrong with a roster.

use std::fmt;

/// Every code of [`RosterFault`] and [`ProblemCode`]; the screens have a message for each.
pub const CODES: [&str; 33] = [
    "roster_too_large",
    "roster_password",
    "roster_unreadable",
    "roster_encoding",
    "roster_no_headings",
    "roster_too_many_rows",
    "roster_headings_file",
    "roster_one_roster_delta",
    "roster_one_roster_incomplete",
    "roster_file_unreadable",
    "name_missing",
    "number_missing",
    "number_invalid",
    "number_length",
    "number_character",
    "number_birth_date",
    "number_check_digit",
    "number_as_float",
    "duplicate",
    "answer_unclear",
    "text_too_long",
    "text_control",
    "cell_error",
    "formula_empty",
    "text_cut",
    "text_undecodable",
    "text_elsewhere",
    "row_hidden",
    "birth_date_differs",
    "exam_number_length",
    "zeros_lost",
    "sex_differs",
    "name_replaced",
];

/// Why nothing of a file can be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RosterFault {
    /// The file, or what is packed in it, is larger than a roster ever is.
    #[error("the file is too large for a roster")]
    TooLarge,
    /// A workbook with a password.
    #[error("a workbook with a password: save it without one")]
    Password,
    /// No form of file that is known, or damaged.
    #[error("the file is damaged or not a roster: {0}")]
    Unreadable(String),
    /// Not UTF-8, UTF-16 or GB18030; others are told from GB18030 by the characters they would give.
    #[error(
        "the text is not surely UTF-8, UTF-16 or GB18030 (GBK): choose its encoding, or save it as .xlsx"
    )]
    Encoding,
    /// No row with headings for a name and a number.
    #[error("no row has headings for the name and for a student or document number")]
    NoHeadings,
    /// More rows than a roster ever has.
    #[error("the file has too many rows")]
    TooManyRows,
    /// The program's own list of headings is not valid.
    #[error("the list of headings is not valid: {0}")]
    HeadingsFile(String),
    /// A OneRoster archive that only tells what changed.
    #[error("a OneRoster archive with changes only: export it again in bulk")]
    OneRosterDelta,
    /// A OneRoster archive without a file that is needed.
    #[error("the OneRoster archive has no {0}")]
    OneRosterIncomplete(String),
    /// The file itself cannot be read from where it lies.
    #[error("the file cannot be read: {0}")]
    File(String),
}

impl RosterFault {
    /// The code of the message.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooLarge => "roster_too_large",
            Self::Password => "roster_password",
            Self::Unreadable(_) => "roster_unreadable",
            Self::Encoding => "roster_encoding",
            Self::NoHeadings => "roster_no_headings",
            Self::TooManyRows => "roster_too_many_rows",
            Self::HeadingsFile(_) => "roster_headings_file",
            Self::OneRosterDelta => "roster_one_roster_delta",
            Self::OneRosterIncomplete(_) => "roster_one_roster_incomplete",
            Self::File(_) => "roster_file_unreadable",
        }
    }
}

/// What is wrong with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProblemCode {
    /// No name.
    NameMissing,
    /// Neither a student number nor a document number.
    NumberMissing,
    /// The document number's area or birth year cannot be.
    NumberInvalid,
    /// The document number does not have 18 characters.
    NumberLength,
    /// A character that cannot stand in a document number.
    NumberCharacter,
    /// The digits of the birth date are no date.
    NumberBirthDate,
    /// The check character does not fit.
    NumberCheckDigit,
    /// The spreadsheet kept the number as a floating-point number: its last digits are lost for good.
    NumberAsFloat,
    /// The same student stands in an earlier row.
    Duplicate,
    /// Neither yes nor no.
    AnswerUnclear,
    /// Longer than such a text ever is.
    TextTooLong,
    /// A control character in the text.
    TextControl,
    /// The spreadsheet shows an error in the cell (`#N/A`).
    CellError,
    /// A formula whose value the file does not have.
    FormulaEmpty,
    /// The column of the table was too narrow: the file cut a character in half.
    TextCut,
    /// Bytes that are no text in the encoding that was taken.
    TextUndecodable,
    /// The text lies in a memo file that was not given.
    TextElsewhere,
    /// The spreadsheet hides the row.
    RowHidden,
    /// The document number holds another birth date than the row.
    BirthDateDiffers,
    /// A candidate number has 8 to 20 letters and digits.
    ExamNumberLength,
    /// Taken, but shorter than the others: a spreadsheet drops leading zeros.
    ZerosLost,
    /// Taken, but the document number says the other sex.
    SexDiffers,
    /// Taken, but a sign stands for a character that the school's program did not know.
    NameReplaced,
}

impl ProblemCode {
    /// True when the row is taken all the same and somebody should look at it.
    pub const fn is_warning(self) -> bool {
        matches!(self, Self::ZerosLost | Self::SexDiffers | Self::NameReplaced)
    }

    /// What is wrong, for a command line.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::NameMissing => "no name",
            Self::NumberMissing => "neither a student number nor a document number",
            Self::NumberInvalid => "area or birth year of the document number cannot be",
            Self::NumberLength => "a document number has 18 characters",
            Self::NumberCharacter => "a character that stands in no document number",
            Self::NumberBirthDate => "the birth date in the document number is no date",
            Self::NumberCheckDigit => "the last character of the document number does not fit the others",
            Self::NumberAsFloat => "the spreadsheet rounded the number; write it again as text",
            Self::Duplicate => "the same student stands in an earlier row",
            Self::AnswerUnclear => "neither yes nor no",
            Self::TextTooLong => "the text is too long",
            Self::TextControl => "a control character, such as a line end, in the text",
            Self::CellError => "the spreadsheet shows an error in the cell",
            Self::FormulaEmpty => {
                "a formula whose value was never saved; open the file in a spreadsheet and save it"
            }
            Self::TextCut => "the text was cut in the middle of a character",
            Self::TextUndecodable => "the text is not in the chosen encoding",
            Self::TextElsewhere => "the text lies in a memo file that was not given",
            Self::RowHidden => "the spreadsheet hides the row",
            Self::BirthDateDiffers => "the document number holds another birth date",
            Self::ExamNumberLength => "a candidate number has 8 to 20 letters and digits",
            Self::ZerosLost => "shorter than the others; leading zeros may be lost",
            Self::SexDiffers => "the document number says the other sex",
            Self::NameReplaced => {
                "a sign stands in the name for a character the school's program did not know"
            }
        }
    }

    /// The code of the message.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NameMissing => "name_missing",
            Self::NumberMissing => "number_missing",
            Self::NumberInvalid => "number_invalid",
            Self::NumberLength => "number_length",
            Self::NumberCharacter => "number_character",
            Self::NumberBirthDate => "number_birth_date",
            Self::NumberCheckDigit => "number_check_digit",
            Self::NumberAsFloat => "number_as_float",
            Self::Duplicate => "duplicate",
            Self::AnswerUnclear => "answer_unclear",
            Self::TextTooLong => "text_too_long",
            Self::TextControl => "text_control",
            Self::CellError => "cell_error",
            Self::FormulaEmpty => "formula_empty",
            Self::TextCut => "text_cut",
            Self::TextUndecodable => "text_undecodable",
            Self::TextElsewhere => "text_elsewhere",
            Self::RowHidden => "row_hidden",
            Self::BirthDateDiffers => "birth_date_differs",
            Self::ExamNumberLength => "exam_number_length",
            Self::ZerosLost => "zeros_lost",
            Self::SexDiffers => "sex_differs",
            Self::NameReplaced => "name_replaced",
        }
    }
}

/// What is wrong with a row, without what stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowProblem {
    /// Name of the sheet; empty for CSV.
    pub sheet: String,
    /// Row as the spreadsheet counts, from 1.
    pub row: u32,
    /// The column's heading as the file writes it; of a number that is missing, where it was looked for first.
    pub column: String,
    /// The column's letters as the spreadsheet shows them: `A`, `AB`.
    pub letters: String,
    /// What is wrong.
    pub code: ProblemCode,
}

impl fmt::Display for RowProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.sheet.is_empty() {
            write!(f, "{}: ", self.sheet)?;
        }
        let (row, letters, column, code) = (self.row, &self.letters, &self.column, self.code);
        write!(
            f,
            "row {row}, column {letters} ({column}): {} ({})",
            code.sentence(),
            code.code()
        )
    }
}

/// The letters of a column, from 0: `A` to `Z`, then `AA`.
pub(crate) fn letters(column: u32) -> String {
    let mut left = column.saturating_add(1);
    let mut letters = vec![];
    while left > 0 {
        left -= 1;
        letters.push(char::from(b'A' + (left % 26) as u8));
        left /= 26;
    }
    letters.iter().rev().collect()
}

/// The column of letters, from 0.
pub(crate) fn column_of(letters: &str) -> Option<u32> {
    let mut column = 0_u32;
    for letter in letters.bytes() {
        let digit = u32::from(
            letter
                .to_ascii_uppercase()
                .checked_sub(b'A')
                .filter(|digit| *digit < 26)?,
        ) + 1;
        column = column.checked_mul(26)?.checked_add(digit)?;
    }
    column.checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::{column_of, letters};

    #[test]
    fn columns_are_lettered_as_a_spreadsheet_does() {
        let shown: Vec<String> = [0, 25, 26, 51, 52, 701, 702].into_iter().map(letters).collect();
        assert_eq!(shown, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
        for column in 0..20_000 {
            assert_eq!(column_of(&letters(column)), Some(column));
        }
        assert_eq!(
            (column_of(""), column_of("A1"), column_of("ZZZZZZZZZ")),
            (None, None, None)
        );
    }
}
