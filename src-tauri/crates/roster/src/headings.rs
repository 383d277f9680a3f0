//! The list of headings, and where the headings of a table stand.

use crate::fault::RosterFault;
use crate::table::{Row, Table, narrow};
use domain::roster::RosterField;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

const LIST: &str = include_str!("../../../../assets/roster-headings.toml");

/// `assets/roster-headings.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    version: u32,
    columns: BTreeMap<RosterField, Vec<String>>,
    words: Words,
    limits: Limits,
}

/// The list with its headings in plain form.
#[derive(Debug)]
pub(crate) struct Headings {
    known: BTreeMap<String, RosterField>,
    pub(crate) words: Words,
    pub(crate) limits: Limits,
}

/// Answers to yes-or-no columns, and what a column of sexes says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Words {
    pub(crate) yes: Vec<String>,
    pub(crate) no: Vec<String>,
    pub(crate) not_eligible: String,
    pub(crate) male: Vec<String>,
    pub(crate) female: Vec<String>,
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
    pub(crate) rectangle_cells: u64,
    pub(crate) heading_rows: usize,
    pub(crate) heading_depth: usize,
}

/// Where a table's headings stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HeadingRows {
    /// Index in the table's rows of the first row below them.
    pub(crate) first_row: usize,
    /// Column, and heading as the file writes it; of one over several rows the part that is known, else all of it.
    pub(crate) headings: Vec<(u32, String)>,
}

/// What is enough to tell people apart: a name and some number.
pub(crate) fn enough(has: impl Fn(RosterField) -> bool) -> bool {
    has(RosterField::Name)
        && [
            RosterField::StudentNumber,
            RosterField::DocumentNumber,
            RosterField::ExamNumber,
        ]
        .into_iter()
        .any(has)
}

impl Headings {
    /// The list that comes with the program.
    pub(crate) fn builtin() -> Result<Self, RosterFault> {
        Self::parse(LIST)
    }

    fn parse(text: &str) -> Result<Self, RosterFault> {
        let list: List = toml::from_str(text).map_err(|e| RosterFault::HeadingsFile(e.to_string()))?;
        if list.version != 2 {
            return Err(RosterFault::HeadingsFile(format!(
                "version {} is not known",
                list.version
            )));
        }
        let mut known = BTreeMap::new();
        for (field, headings) in list.columns {
            for heading in headings {
                if known.insert(plain(&heading), field).is_some() {
                    return Err(RosterFault::HeadingsFile(format!("{heading} stands there twice")));
                }
            }
        }
        Ok(Self {
            known,
            words: list.words,
            limits: list.limits,
        })
    }

    /// What a heading means.
    pub(crate) fn field(&self, heading: &str) -> Option<RosterField> {
        self.known.get(&plain(heading)).copied()
    }

    /// What a heading may mean: the longest known one of at least two characters that stands in it.
    pub(crate) fn alike(&self, heading: &str) -> Option<RosterField> {
        let wanted = plain(heading);
        let inside = self
            .known
            .iter()
            .filter(|(known, _)| known.chars().count() > 1 && wanted.contains(*known));
        // Letters of a code stand in many words.
        let chinese = inside.filter(|(known, _)| !known.is_ascii());
        chinese
            .max_by_key(|(known, _)| known.chars().count())
            .map(|(_, field)| *field)
    }

    /// Looks for the headings among the first rows; titles may stand above them, and they may be spread over several
    /// rows. More rows are taken for headings only when they make more columns known.
    pub(crate) fn find(
        &self,
        table: &Table,
        known: &dyn Fn(&str) -> Option<RosterField>,
    ) -> Option<HeadingRows> {
        let most = self.limits.heading_rows.min(table.rows.len());
        let mut best: Option<(usize, HeadingRows)> = None;
        for depth in 1..=self.limits.heading_depth {
            for at in 0..most.saturating_sub(depth - 1) {
                let rows = &table.rows[at..at + depth];
                let headings = spelled(rows, known);
                // Each counts once: a cell of a person may say 身份证, as a heading does.
                let fields: BTreeSet<RosterField> = headings.iter().filter_map(|(_, h)| known(h)).collect();
                if !enough(|field| fields.contains(&field)) {
                    continue;
                }
                let better = best.as_ref().is_none_or(|(count, _)| fields.len() > *count);
                if better {
                    best = Some((
                        fields.len(),
                        HeadingRows {
                            first_row: at + depth,
                            headings,
                        },
                    ));
                }
                if depth == 1 {
                    // The first row that is enough; the rows below it are people.
                    break;
                }
            }
        }
        best.map(|(_, rows)| rows)
    }

    /// The first row of several filled cells as headings that nobody knows, for a person to give them a meaning.
    pub(crate) fn first_of_text(&self, table: &Table) -> HeadingRows {
        let rows = table.rows.iter().take(self.limits.heading_rows);
        let texts = |row: &Row| row.cells.iter().filter(|(at, _)| row.text(*at).is_some()).count();
        let found = rows.enumerate().find(|(_, row)| texts(row) > 1);
        found.map_or(
            HeadingRows {
                first_row: 0,
                headings: vec![],
            },
            |(at, row)| HeadingRows {
                first_row: at + 1,
                headings: row
                    .cells
                    .iter()
                    .map(|(at, _)| (*at, row.text(*at).unwrap_or_default().to_string()))
                    .collect(),
            },
        )
    }
}

/// The heading of every column of these rows.
fn spelled(rows: &[Row], known: &dyn Fn(&str) -> Option<RosterField>) -> Vec<(u32, String)> {
    let mut columns: Vec<u32> = rows
        .iter()
        .flat_map(|row| row.cells.iter().map(|(at, _)| *at))
        .collect();
    columns.sort_unstable();
    columns.dedup();
    let heading = |at: u32| {
        let mut parts: Vec<&str> = vec![];
        for text in rows
            .iter()
            .filter_map(|row| row.text(at))
            .filter(|text| !text.is_empty())
        {
            // One cell over several rows says the same in each.
            if parts.last() != Some(&text) {
                parts.push(text);
            }
        }
        let whole = parts.concat();
        // The lowest part is the narrowest.
        let part = parts.iter().rev().find(|part| known(part).is_some());
        (known(&whole).is_none())
            .then_some(part)
            .flatten()
            .map_or(whole, |part| (*part).to_string())
    };
    columns
        .into_iter()
        .map(|at| (at, heading(at)))
        .filter(|(_, heading)| !heading.is_empty())
        .collect()
}

/// `身份证号（必填）*` as `身份证号`: what is compared, and what is learned of a school.
pub fn plain(heading: &str) -> String {
    let narrow = narrow(heading);
    let before_bracket = narrow.split(['(', '[', '【']).next().unwrap_or_default();
    let kept = |c: &char| !c.is_whitespace() && !c.is_control() && !matches!(c, '*' | '_' | ':' | '\u{feff}');
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
    fn the_list_is_valid_and_the_codes_of_chsi_are_known() {
        let list = Headings::builtin().unwrap();
        for (heading, field) in [
            ("姓 名*", RosterField::Name),
            ("身份证号（必填）", RosterField::DocumentNumber),
            ("ＸＨ", RosterField::StudentNumber),
            ("student_number", RosterField::StudentNumber),
            ("不可采集原因", RosterField::NotEligibleReason),
            ("KSH", RosterField::ExamNumber),
            ("考生号", RosterField::ExamNumber),
            ("XM", RosterField::Name),
            ("XB", RosterField::Sex),
            ("CSRQ", RosterField::BirthDate),
            ("SFZH", RosterField::DocumentNumber),
            ("ZYMC", RosterField::Major),
            ("CC", RosterField::NotKept),
            ("XXXS", RosterField::NotKept),
            ("BH", RosterField::ClassName),
        ] {
            assert_eq!(list.field(heading), Some(field), "{heading}");
        }
        assert_eq!(list.alike("本人身份证号码"), Some(RosterField::DocumentNumber));
        assert_eq!(list.alike("学生学号"), Some(RosterField::StudentNumber));
        assert_eq!(list.alike("DESCRIPTION"), None);
    }

    #[test]
    fn an_unknown_key_is_refused_and_no_heading_has_two_meanings() {
        for text in [
            format!("surprise = 1\n{LIST}"),
            LIST.replace("version = 2", "version = 1"),
            LIST.replace("\"学号\"", "\"学号\", \"姓名\""),
            LIST.replace("major =", "colour ="),
        ] {
            assert!(matches!(
                Headings::parse(&text),
                Err(RosterFault::HeadingsFile(_))
            ));
        }
    }
}
