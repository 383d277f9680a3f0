//! The school of this server: one session with its agreement, and its roster.

use anyhow::{Context, bail, ensure};
use domain::Personal;
use domain::setup::SessionSetup;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::path::Path;

const SESSION: &str = include_str!("../sample/session.toml");
const AGREEMENT: &str = include_str!("../sample/agreement.txt");
const ROSTER: &str = include_str!("../sample/roster.csv");

/// The school of this server.
pub(crate) struct School {
    pub(crate) session: SessionSetup,
    pub(crate) roster: Vec<RosterRow>,
    /// The roster as the school wrote it.
    pub(crate) roster_csv: String,
}

/// A session and its roster as stations are told of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Id of the session.
    pub session: String,
    /// Its set-up, JSON.
    pub setup: String,
    /// Id and row (JSON) of every person, in the order of the school.
    pub rows: Vec<(String, String)>,
}

/// Longest row of a roster as JSON, in bytes.
const MOST_ROW: usize = 16 << 10;

/// One student as the API gives it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RosterRow {
    /// Unique in the session.
    pub id: String,
    /// Name.
    pub name: Personal<String>,
    /// Number of the document, as the school wrote it.
    pub document_number: Option<Personal<String>>,
    /// School.
    pub school: String,
    /// Class.
    pub class_name: String,
    /// 学号.
    pub student_number: String,
    /// 号码牌; may be empty.
    pub ticket: String,
    /// The fee was paid to the school.
    pub prepaid: bool,
    /// May be photographed.
    pub eligible: bool,
    /// Why not, when not eligible.
    pub reason: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CsvRow {
    #[serde(rename = "学号")]
    student_number: String,
    #[serde(rename = "姓名")]
    name: String,
    #[serde(rename = "身份证号")]
    document_number: String,
    #[serde(rename = "班级")]
    class_name: String,
    #[serde(rename = "号码牌")]
    ticket: String,
    #[serde(rename = "已缴费")]
    prepaid: String,
    #[serde(rename = "可采集")]
    eligible: String,
    #[serde(rename = "不可采集原因")]
    reason: String,
}

impl School {
    /// The built-in sample, or the three files of `dir`.
    pub(crate) fn load(dir: Option<&Path>) -> anyhow::Result<Self> {
        match dir {
            None => Self::from_texts(SESSION, AGREEMENT, ROSTER),
            Some(dir) => {
                let read = |name: &str| {
                    let path = dir.join(name);
                    std::fs::read_to_string(&path).with_context(|| path.display().to_string())
                };
                Self::from_texts(
                    &read("session.toml")?,
                    &read("agreement.txt")?,
                    &read("roster.csv")?,
                )
            }
        }
    }

    fn from_texts(session: &str, agreement: &str, roster: &str) -> anyhow::Result<Self> {
        let mut table: toml::Table = session.parse().context("session.toml")?;
        let terms = table.get_mut("agreement").and_then(toml::Value::as_table_mut);
        let terms = terms.context("session.toml has no [agreement]")?;
        terms.insert("text".into(), agreement.into());
        terms.insert("sha256".into(), packet::sha256_hex(agreement.as_bytes()).into());
        let session: SessionSetup = table.try_into().context("session.toml")?;
        session.validate().context("session.toml")?;
        let roster_rows = read_roster(roster, &session.school).context("roster.csv")?;
        Ok(Self {
            session,
            roster: roster_rows,
            roster_csv: roster.to_owned(),
        })
    }

    /// What stations are told of it.
    pub(crate) fn told(&self) -> anyhow::Result<Told> {
        let mut rows = Vec::with_capacity(self.roster.len());
        for row in &self.roster {
            rows.push((row.id.clone(), serde_json::to_string(row)?));
        }
        Ok(Told {
            session: self.session.id.clone(),
            setup: serde_json::to_string(&self.session)?,
            rows,
        })
    }

    /// Version of the roster: it changes with any byte of the file.
    pub(crate) fn roster_version(&self) -> String {
        let mut version = packet::sha256_hex(self.roster_csv.as_bytes());
        version.truncate(16);
        version
    }
}

fn read_roster(text: &str, school: &str) -> anyhow::Result<Vec<RosterRow>> {
    let mut rows: Vec<RosterRow> = Vec::new();
    let mut ids = HashSet::new();
    for (index, row) in csv::Reader::from_reader(text.as_bytes())
        .deserialize()
        .enumerate()
    {
        let row: CsvRow = row.with_context(|| format!("row {}", index + 2))?;
        let yes = |cell: &str| match cell.trim() {
            "是" => Ok(true),
            "" | "否" => Ok(false),
            _ => bail!("row {}: only 是 and 否 are known", index + 2),
        };
        let eligible = yes(&row.eligible)?;
        ensure!(
            eligible == row.reason.is_empty(),
            "row {}: a reason stands beside 否 and only there",
            index + 2
        );
        ensure!(
            ids.insert(row.student_number.clone()),
            "row {}: the student number is there twice",
            index + 2
        );
        let row = RosterRow {
            id: row.student_number.clone(),
            name: row.name.into(),
            document_number: Some(row.document_number)
                .filter(|n| !n.is_empty())
                .map(Personal::new),
            school: school.to_owned(),
            class_name: row.class_name,
            student_number: row.student_number,
            ticket: row.ticket,
            prepaid: yes(&row.prepaid)?,
            eligible,
            reason: Some(row.reason).filter(|r| !r.is_empty()),
        };
        ensure!(
            serde_json::to_string(&row)?.len() <= MOST_ROW,
            "row {}: more than {MOST_ROW} bytes",
            index + 2
        );
        rows.push(row);
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::identity::DocumentNumber;
    use domain::identity::date::Date;

    #[test]
    fn the_sample_school_is_whole_and_its_numbers_are_valid() {
        let school = School::load(None).unwrap();
        let today = Date::new(2026, 11, 24).unwrap();
        assert_eq!(school.roster.len(), 32);
        assert!(school.roster[0].prepaid);
        for row in &school.roster {
            DocumentNumber::parse(row.document_number.as_ref().unwrap().as_str(), today).unwrap();
        }
        let named = |name: &str| school.roster.iter().filter(|r| r.name.as_str() == name).count();
        assert_eq!((named("陈思涵"), named("陈诗涵"), named("韩冰")), (2, 1, 2));
        assert!(school.roster.iter().any(|r| !r.eligible));
        assert_eq!(
            school.session.agreement.sha256,
            packet::sha256_hex(AGREEMENT.as_bytes())
        );
    }

    #[test]
    fn a_broken_set_up_is_refused_by_name() {
        let broken = |session: &str, roster: &str| School::from_texts(session, AGREEMENT, roster).is_err();
        assert!(broken(&SESSION.replace("kind = ", "kin = "), ROSTER));
        assert!(broken(SESSION, &ROSTER.replacen(",是,", ",maybe,", 1)));
        assert!(broken(SESSION, &ROSTER.replacen("24010002", "24010001", 1)));
        assert!(!broken(SESSION, ROSTER));
    }
}
