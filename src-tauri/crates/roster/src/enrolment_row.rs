//! One row of a roster as an enrolment record.

use crate::fault::ProblemCode;
use crate::headings::{Columns, Field, Headings};
use crate::table::{Cell, Row, narrow};
use domain::enrolment::{Enrolment, EnrolmentState};
use domain::identity::date::Date;
use domain::identity::{DocumentNumber, NumberFault};
use sha2::{Digest, Sha256};

/// What every row of a file shares.
pub(crate) struct Around<'a> {
    pub(crate) headings: &'a Headings,
    pub(crate) columns: &'a Columns,
    pub(crate) session: &'a str,
    pub(crate) school: &'a str,
    pub(crate) today: Date,
}

/// A problem and its column: the heading, and which one it is, from 0.
pub(crate) type Problem = ((String, u32), ProblemCode);

impl Around<'_> {
    /// The record of a row, or everything that is wrong with it.
    pub(crate) fn enrolment(&self, row: &Row) -> Result<Enrolment, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut text = |field| {
            self.text(row, field).unwrap_or_else(|problem| {
                problems.push(problem);
                None
            })
        };
        let name = text(Field::Name).map(|name| joined_name(&name));
        let class_name = text(Field::ClassName).unwrap_or_default();
        let school = text(Field::School).unwrap_or_else(|| self.school.to_string());
        let student_number = text(Field::StudentNumber).map(|t| narrow(&t)).unwrap_or_default();
        let ticket = text(Field::Ticket)
            .map(|t| padded(&narrow(&t)))
            .unwrap_or_default();
        let reason = text(Field::NotEligibleReason);
        let mut answer = |field| {
            self.answer(row, field).unwrap_or_else(|problem| {
                problems.push(problem);
                None
            })
        };
        let prepaid = answer(Field::Prepaid).unwrap_or(false);
        let eligible = answer(Field::Eligible).unwrap_or(reason.is_none());
        let number = self.document_number(row).unwrap_or_else(|problem| {
            problems.push(problem);
            None
        });
        if name.is_none()
            && !problems
                .iter()
                .any(|((column, _), _)| self.is(column, Field::Name))
        {
            problems.push((self.heading(Field::Name), ProblemCode::NameMissing));
        }
        if problems.is_empty() && student_number.is_empty() && number.is_none() {
            problems.push((self.number_heading(), ProblemCode::NumberMissing));
        }
        let (Some(name), true) = (name, problems.is_empty()) else {
            return Err(problems);
        };
        Ok(Enrolment {
            id: self.id(&student_number, number.as_deref()),
            session: self.session.to_string(),
            name: name.into(),
            document_number: number.map(Into::into),
            school,
            class_name,
            student_number,
            exam_number: String::new(),
            code: None,
            ticket,
            prepaid,
            not_eligible: (!eligible)
                .then(|| reason.unwrap_or_else(|| self.headings.words.not_eligible.clone())),
            provisional: false,
            state: EnrolmentState::ToCapture,
        })
    }

    /// Stays the same from one reading of the file to the next: session and student number, else session
    /// and a hash, because an id stands in logs and a document number must not.
    fn id(&self, student_number: &str, number: Option<&str>) -> String {
        if !student_number.is_empty() {
            return format!("{}:{student_number}", self.session);
        }
        let digest = Sha256::digest(format!("{}\n{}", self.session, number.unwrap_or_default()));
        format!("{}:#{}", self.session, hex::encode(&digest[..10]))
    }

    fn text(&self, row: &Row, field: Field) -> Result<Option<String>, Problem> {
        for (column, heading) in self.columns.of(field) {
            let problem = |code| ((heading.to_string(), column), code);
            let text = match row.cell(column) {
                None => continue,
                Some(Cell::Error) => return Err(problem(ProblemCode::CellError)),
                Some(Cell::Truth(truth)) => truth.to_string(),
                Some(Cell::Number(number)) => whole(*number).ok_or(problem(ProblemCode::NumberAsFloat))?,
                Some(Cell::Text(text)) => text.trim().to_string(),
            };
            let is_number = matches!(field, Field::StudentNumber | Field::Ticket);
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
        for (column, heading) in self.columns.of(Field::DocumentNumber) {
            let problem = |code| ((heading.to_string(), column), code);
            let text = match row.cell(column) {
                None => continue,
                Some(Cell::Number(_)) => return Err(problem(ProblemCode::NumberAsFloat)),
                Some(Cell::Truth(_) | Cell::Error) => return Err(problem(ProblemCode::CellError)),
                // An apostrophe is how a spreadsheet is told to keep text; some programs write it out.
                Some(Cell::Text(text)) => narrow(text.trim().trim_start_matches('\'')),
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
        self.columns
            .of(field)
            .next()
            .map(|(column, heading)| (heading.to_string(), column))
            .unwrap_or_default()
    }

    /// Where a student's number stands: the student number, else the document number.
    fn number_heading(&self) -> (String, u32) {
        let has = |field| self.columns.of(field).next().is_some();
        self.heading(if has(Field::StudentNumber) {
            Field::StudentNumber
        } else {
            Field::DocumentNumber
        })
    }

    fn is(&self, heading: &str, field: Field) -> bool {
        self.columns.of(field).any(|(_, known)| known == heading)
    }
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
