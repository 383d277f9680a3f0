//! One row of a roster as an enrolment record.

use crate::fault::ProblemCode;
use crate::headings::Headings;
use crate::plan::SheetPlan;
use crate::table::{Cell, Row, narrow};
use domain::enrolment::{Enrolment, EnrolmentState};
use domain::identity::date::Date;
use domain::identity::{DocumentNumber, NumberFault};
use domain::roster::RosterField as Field;
use sha2::{Digest, Sha256};

/// What every row of a sheet shares.
pub(crate) struct Around<'a> {
    pub(crate) headings: &'a Headings,
    pub(crate) sheet: &'a SheetPlan,
    pub(crate) session: &'a str,
    pub(crate) school: &'a str,
    pub(crate) today: Date,
}

/// A problem and its column: the heading, and which one it is, from 0.
pub(crate) type Problem = ((String, u32), ProblemCode);

/// Everything that is wrong with a row, as far as it was looked at.
#[derive(Default)]
struct Problems(Vec<Problem>);

impl Problems {
    fn note<T>(&mut self, read: Result<Option<T>, Problem>) -> Option<T> {
        read.unwrap_or_else(|problem| {
            self.0.push(problem);
            None
        })
    }

    fn say(&mut self, at: (String, u32), code: ProblemCode) {
        self.0.push((at, code));
    }
}

impl Around<'_> {
    /// The record of a row with what is odd about it, or everything that is wrong with it.
    pub(crate) fn enrolment(&self, row: &Row) -> Result<(Enrolment, Vec<Problem>), Vec<Problem>> {
        let mut wrong = Problems::default();
        let name = wrong
            .note(self.text(row, Field::Name))
            .map(|name| joined_name(&name));
        let class_name = wrong.note(self.text(row, Field::ClassName));
        let major = wrong.note(self.text(row, Field::Major));
        let school = wrong
            .note(self.text(row, Field::School))
            .unwrap_or_else(|| self.school.to_string());
        let student_number = wrong
            .note(self.text(row, Field::StudentNumber))
            .map(|t| narrow(&t))
            .unwrap_or_default();
        let exam_number = wrong.note(self.exam_number(row)).unwrap_or_default();
        let ticket = wrong
            .note(self.text(row, Field::Ticket))
            .map(|t| padded(&narrow(&t)))
            .unwrap_or_default();
        let reason = wrong.note(self.text(row, Field::NotEligibleReason));
        let prepaid = wrong.note(self.answer(row, Field::Prepaid)).unwrap_or(false);
        let eligible = wrong
            .note(self.answer(row, Field::Eligible))
            .unwrap_or(reason.is_none());
        let number = wrong.note(self.document_number(row));
        if let Some(number) = &number
            && self
                .birth_date(row)
                .is_some_and(|date| date != number.get(6..14).unwrap_or_default())
        {
            wrong.say(self.heading(Field::BirthDate), ProblemCode::BirthDateDiffers);
        }
        if name.is_none()
            && !wrong
                .0
                .iter()
                .any(|((column, _), _)| self.is(column, Field::Name))
        {
            wrong.say(self.heading(Field::Name), ProblemCode::NameMissing);
        }
        if wrong.0.is_empty() && student_number.is_empty() && exam_number.is_empty() && number.is_none() {
            wrong.say(self.number_heading(), ProblemCode::NumberMissing);
        }
        let (Some(name), true) = (name, wrong.0.is_empty()) else {
            return Err(wrong.0);
        };
        let mut odd = Problems::default();
        if name.chars().any(stands_for_another) {
            odd.say(self.heading(Field::Name), ProblemCode::NameReplaced);
        }
        if let (Some(number), Some(male)) = (&number, self.is_male(row))
            && number
                .as_bytes()
                .get(16)
                .is_some_and(|digit| (digit % 2 == 1) != male)
        {
            odd.say(self.heading(Field::Sex), ProblemCode::SexDiffers);
        }
        let enrolment = Enrolment {
            id: self.id(&student_number, &exam_number, number.as_deref()),
            session: self.session.to_string(),
            name: name.into(),
            document_number: number.map(Into::into),
            school,
            class_name: class_name.or(major).unwrap_or_default(),
            student_number,
            exam_number,
            code: None,
            ticket,
            prepaid,
            not_eligible: (!eligible)
                .then(|| reason.unwrap_or_else(|| self.headings.words.not_eligible.clone())),
            provisional: false,
            state: EnrolmentState::ToCapture,
        };
        Ok((enrolment, odd.0))
    }

    /// Where a row's student stands among others: the heading of the number that its id is made of.
    pub(crate) fn key_heading(&self, enrolment: &Enrolment) -> (String, u32) {
        self.heading(match enrolment {
            row if !row.student_number.is_empty() => Field::StudentNumber,
            row if !row.exam_number.is_empty() => Field::ExamNumber,
            _ => Field::DocumentNumber,
        })
    }

    fn exam_number(&self, row: &Row) -> Result<Option<String>, Problem> {
        let Some(text) = self.text(row, Field::ExamNumber)? else {
            return Ok(None);
        };
        let plain = narrow(text.trim_start_matches('\'')).trim().to_uppercase();
        let fits = (8..=20).contains(&plain.len()) && plain.bytes().all(|b| b.is_ascii_alphanumeric());
        if fits {
            Ok(Some(plain))
        } else {
            Err((self.heading(Field::ExamNumber), ProblemCode::ExamNumberLength))
        }
    }

    /// The birth date as eight digits, where the row has one that can be read: text with or without signs between,
    /// or the serial number of a spreadsheet's day.
    fn birth_date(&self, row: &Row) -> Option<String> {
        let (column, _) = self.sheet.of_field(Field::BirthDate).next()?;
        match row.cell(column)? {
            Cell::Number(serial) => {
                day_of_serial(*serial).or_else(|| whole(*serial).filter(|d| d.len() == 8))
            }
            Cell::Text(text) => written_day(&narrow(text)),
            _ => None,
        }
    }

    fn is_male(&self, row: &Row) -> Option<bool> {
        let text = self.text(row, Field::Sex).ok().flatten()?;
        let plain = narrow(&text).trim().to_uppercase();
        let words = &self.headings.words;
        match () {
            () if words.male.contains(&plain) => Some(true),
            () if words.female.contains(&plain) => Some(false),
            () => None,
        }
    }

    /// Stays the same from one reading of the file to the next: session and student number, else candidate number,
    /// else a hash, because an id stands in logs and a document number must not.
    fn id(&self, student_number: &str, exam_number: &str, number: Option<&str>) -> String {
        if !student_number.is_empty() {
            return format!("{}:{student_number}", self.session);
        }
        if !exam_number.is_empty() {
            return format!("{}:~{exam_number}", self.session);
        }
        let digest = Sha256::digest(format!("{}\n{}", self.session, number.unwrap_or_default()));
        format!("{}:#{}", self.session, hex::encode(&digest[..10]))
    }

    fn text(&self, row: &Row, field: Field) -> Result<Option<String>, Problem> {
        for (column, heading) in self.sheet.of_field(field) {
            let problem = |code| ((heading.to_string(), column), code);
            let text = match row.cell(column) {
                None => continue,
                Some(Cell::Truth(truth)) => truth.to_string(),
                Some(Cell::Number(number)) => whole(*number).ok_or(problem(ProblemCode::NumberAsFloat))?,
                Some(Cell::Text(text)) => text.trim().to_string(),
                Some(other) => return Err(problem(unusable(other))),
            };
            let is_number = matches!(field, Field::StudentNumber | Field::ExamNumber | Field::Ticket);
            if is_number && is_scientific(&text) {
                return Err(problem(ProblemCode::NumberAsFloat));
            }
            if text.chars().any(char::is_control) {
                return Err(problem(ProblemCode::TextControl));
            }
            let most = if field == Field::Name {
                40
            } else {
                self.headings.limits.cell_characters
            };
            if text.chars().count() > most {
                return Err(problem(ProblemCode::TextTooLong));
            }
            return Ok(Some(text));
        }
        Ok(None)
    }

    fn answer(&self, row: &Row, field: Field) -> Result<Option<bool>, Problem> {
        let Some(text) = self.text(row, field)? else {
            return Ok(None);
        };
        let plain = narrow(&text).trim().to_uppercase();
        let words = &self.headings.words;
        match () {
            () if words.yes.contains(&plain) => Ok(Some(true)),
            () if words.no.contains(&plain) => Ok(Some(false)),
            () => Err((self.heading(field), ProblemCode::AnswerUnclear)),
        }
    }

    fn document_number(&self, row: &Row) -> Result<Option<String>, Problem> {
        for (column, heading) in self.sheet.of_field(Field::DocumentNumber) {
            let problem = |code| ((heading.to_string(), column), code);
            let text = match row.cell(column) {
                None => continue,
                Some(Cell::Number(_)) => return Err(problem(ProblemCode::NumberAsFloat)),
                // An apostrophe is how a spreadsheet is told to keep text; some programs write it out.
                Some(Cell::Text(text)) => narrow(text.trim().trim_start_matches('\'')),
                Some(other) => return Err(problem(unusable(other))),
            };
            if is_scientific(&text) {
                return Err(problem(ProblemCode::NumberAsFloat));
            }
            let number = DocumentNumber::parse(&text, self.today).map_err(|fault| problem(code(&fault)))?;
            return Ok(Some(number.as_str().to_string()));
        }
        Ok(None)
    }

    /// The first column that means `field`.
    pub(crate) fn heading(&self, field: Field) -> (String, u32) {
        self.sheet
            .of_field(field)
            .next()
            .map(|(column, heading)| (heading.to_string(), column))
            .unwrap_or_default()
    }

    /// Where a student's number stands: the student number, else the document number.
    fn number_heading(&self) -> (String, u32) {
        let has = |field| self.sheet.of_field(field).next().is_some();
        let fields = [Field::StudentNumber, Field::ExamNumber, Field::DocumentNumber];
        let first = fields.into_iter().find(|field| has(*field));
        self.heading(first.unwrap_or(Field::DocumentNumber))
    }

    fn is(&self, heading: &str, field: Field) -> bool {
        self.sheet.of_field(field).any(|(_, known)| known == heading)
    }
}

/// Why a cell that is neither text nor number has nothing to read.
const fn unusable(cell: &Cell) -> ProblemCode {
    match cell {
        Cell::Uncalculated => ProblemCode::FormulaEmpty,
        Cell::Cut => ProblemCode::TextCut,
        Cell::Undecodable => ProblemCode::TextUndecodable,
        Cell::Elsewhere => ProblemCode::TextElsewhere,
        Cell::Text(_) | Cell::Number(_) | Cell::Truth(_) | Cell::Error => ProblemCode::CellError,
    }
}

/// Signs that programs write for a character they do not know, and characters that only one machine knows.
const fn stands_for_another(c: char) -> bool {
    matches!(c, '?' | '？' | '\u{fffd}' | '□' | '〓' | '\u{e000}'..='\u{f8ff}')
}

/// `2006-12-09`, `2006/12/9`, `2006年12月9日` or `20061209` as eight digits.
fn written_day(text: &str) -> Option<String> {
    let parts: Vec<&str> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .collect();
    let digits = match parts.as_slice() {
        [whole] => (*whole).to_string(),
        [year, month, day, ..] if year.len() == 4 => format!("{year}{month:0>2}{day:0>2}"),
        _ => return None,
    };
    (digits.len() == 8).then_some(digits)
}

/// Day 1 of a spreadsheet is 1900-01-01, and it knows a 29 February of that year.
fn day_of_serial(serial: f64) -> Option<String> {
    if !(61.0..80_000.0).contains(&serial) {
        return None;
    }
    let days = i64::from(serial as i32) - 25_569;
    let day = jiff::civil::date(1970, 1, 1)
        .checked_add(jiff::Span::new().days(days))
        .ok()?;
    Some(format!("{:04}{:02}{:02}", day.year(), day.month(), day.day()))
}

const fn code(fault: &NumberFault) -> ProblemCode {
    match fault {
        NumberFault::Length { .. } => ProblemCode::NumberLength,
        NumberFault::Character(_) => ProblemCode::NumberCharacter,
        NumberFault::Area | NumberFault::BirthRange(_) | NumberFault::ExpiryDate(_) => {
            ProblemCode::NumberInvalid
        }
        NumberFault::BirthDate(_) => ProblemCode::NumberBirthDate,
        NumberFault::CheckDigit { .. } => ProblemCode::NumberCheckDigit,
    }
}

/// A whole number a spreadsheet keeps exactly (15 digits), as text.
fn whole(number: f64) -> Option<String> {
    (number.fract() == 0.0 && (0.0..1e15).contains(&number)).then(|| format!("{number:.0}"))
}

/// `1.10105E+17`: what is left of a long number after a spreadsheet wrote it out.
fn is_scientific(text: &str) -> bool {
    let upper = narrow(text).to_uppercase();
    upper.split_once("E+").is_some_and(|(digits, power)| {
        !digits.is_empty()
            && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
            && !power.is_empty()
            && power.bytes().all(|b| b.is_ascii_digit())
    })
}

/// Ticket numbers have three digits; a spreadsheet drops leading zeros.
fn padded(ticket: &str) -> String {
    let digits = !ticket.is_empty() && ticket.bytes().all(|b| b.is_ascii_digit());
    if digits {
        format!("{ticket:0>3}")
    } else {
        ticket.to_string()
    }
}

/// Two-character names are often written with a space to fill the column: `李　明` is `李明`.
fn joined_name(name: &str) -> String {
    let plain = narrow(name);
    let han =
        |c: char| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}' | '\u{e000}'..='\u{f8ff}');
    if plain.chars().all(|c| han(c) || c.is_whitespace()) {
        plain.split_whitespace().collect()
    } else {
        plain.trim().to_string()
    }
}
