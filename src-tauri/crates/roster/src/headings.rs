//! The list of headings, and which column of a table means what.

use crate::fault::RosterFault;
use crate::table::{Cell, Row, Table, narrow};
use serde::Deserialize;

const LIST: &str = include_str!("../../../../assets/roster-headings.toml");

/// `assets/roster-headings.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Headings {
    version: u32,
    name: Vec<String>,
    document_number: Vec<String>,
    student_number: Vec<String>,
    class_name: Vec<String>,
    school: Vec<String>,
    ticket: Vec<String>,
    prepaid: Vec<String>,
    eligible: Vec<String>,
    not_eligible_reason: Vec<String>,
    pub(crate) words: Words,
    pub(crate) limits: Limits,
}

/// Answers to yes-or-no columns.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Words {
    pub(crate) yes: Vec<String>,
    pub(crate) no: Vec<String>,
    pub(crate) not_eligible: String,
}

/// Sizes beyond which a file is no roster.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Limits {
    pub(crate) file_bytes: u64,
    pub(crate) unpacked_bytes: u64,
    pub(crate) rows: usize,
    pub(crate) columns: u32,
    pub(crate) cell_characters: usize,
    pub(crate) heading_rows: usize,
}

/// What a column means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    Name,
    DocumentNumber,
    StudentNumber,
    ClassName,
    School,
    Ticket,
    Prepaid,
    Eligible,
    NotEligibleReason,
}

/// The recognised columns of one table.
pub(crate) struct Columns {
    /// Index in the table's rows of the first row below the headings.
    pub(crate) first_row: usize,
    /// Meaning, column, and heading as the file writes it.
    pub(crate) known: Vec<(Field, u32, String)>,
}

impl Columns {
    /// The columns that mean `field`, in the file's order.
    pub(crate) fn of(&self, field: Field) -> impl Iterator<Item = (u32, &str)> {
        self.known
            .iter()
            .filter(move |(f, ..)| *f == field)
            .map(|(_, at, heading)| (*at, heading.as_str()))
    }
}

impl Headings {
    /// The list that comes with the program.
    pub(crate) fn builtin() -> Result<Self, RosterFault> {
        Self::parse(LIST)
    }

    fn parse(text: &str) -> Result<Self, RosterFault> {
        let list: Self = toml::from_str(text).map_err(|e| RosterFault::HeadingsFile(e.to_string()))?;
        if list.version != 1 {
            return Err(RosterFault::HeadingsFile(format!(
                "version {} is not known",
                list.version
            )));
        }
        Ok(list)
    }

    /// Looks for the row of headings among the first ones; titles and merged cells may stand above it.
    pub(crate) fn find(&self, table: &Table) -> Option<Columns> {
        table
            .rows
            .iter()
            .take(self.limits.heading_rows)
            .enumerate()
            .find_map(|(index, row)| {
                let known = self.recognise(row);
                let has = |field| known.iter().any(|(f, ..)| *f == field);
                let enough = has(Field::Name) && (has(Field::StudentNumber) || has(Field::DocumentNumber));
                enough.then_some(Columns {
                    first_row: index + 1,
                    known,
                })
            })
    }

    fn recognise(&self, row: &Row) -> Vec<(Field, u32, String)> {
        let meaning = |(at, cell): &(u32, Cell)| match cell {
            Cell::Text(text) => Some((self.field(text)?, *at, text.trim().to_string())),
            _ => None,
        };
        row.cells.iter().filter_map(meaning).collect()
    }

    fn field(&self, heading: &str) -> Option<Field> {
        let wanted = plain(heading);
        let lists = [
            (Field::Name, &self.name),
            (Field::DocumentNumber, &self.document_number),
            (Field::StudentNumber, &self.student_number),
            (Field::ClassName, &self.class_name),
            (Field::School, &self.school),
            (Field::Ticket, &self.ticket),
            (Field::Prepaid, &self.prepaid),
            (Field::Eligible, &self.eligible),
            (Field::NotEligibleReason, &self.not_eligible_reason),
        ];
        lists
            .into_iter()
            .find(|(_, list)| list.iter().any(|h| plain(h) == wanted))
            .map(|(field, _)| field)
    }
}

/// `身份证号（必填）*` as `身份证号`.
fn plain(heading: &str) -> String {
    let narrow = narrow(heading);
    let before_bracket = narrow.split(['(', '[', '【']).next().unwrap_or_default();
    let kept = |c: &char| !c.is_whitespace() && !matches!(c, '*' | '_' | ':' | '\u{feff}');
    before_bracket
        .chars()
        .filter(kept)
        .flat_map(char::to_uppercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_valid_and_no_heading_has_two_meanings() {
        let list = Headings::builtin().unwrap();
        for (heading, field) in [
            ("姓 名*", Field::Name),
            ("身份证号（必填）", Field::DocumentNumber),
            ("ＸＨ", Field::StudentNumber),
            ("student_number", Field::StudentNumber),
            ("不可采集原因", Field::NotEligibleReason),
        ] {
            assert_eq!(list.field(heading), Some(field), "{heading}");
        }
        let lists = [
            &list.name,
            &list.document_number,
            &list.student_number,
            &list.class_name,
            &list.school,
            &list.ticket,
            &list.prepaid,
            &list.eligible,
            &list.not_eligible_reason,
        ];
        let mut all: Vec<String> = lists.iter().flat_map(|l| l.iter().map(|h| plain(h))).collect();
        let count = all.len();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), count);
    }

    #[test]
    fn an_unknown_key_is_refused() {
        let text = format!("surprise = 1\n{LIST}");
        assert!(matches!(
            Headings::parse(&text),
            Err(RosterFault::HeadingsFile(_))
        ));
        let newer = LIST.replace("version = 1", "version = 2");
        assert!(matches!(
            Headings::parse(&newer),
            Err(RosterFault::HeadingsFile(_))
        ));
    }
}
