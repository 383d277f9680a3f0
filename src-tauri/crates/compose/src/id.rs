//! Explains the number of an identity document in words.

use domain::identity::date::Date;
use domain::identity::{
    DocumentKind, DocumentNumber, NumberFault, NumberWarning, Sex, division, mrz, read_number,
};
use serde::Serialize;
use std::fmt::Write;

/// Everything a number says, or what is wrong with it.
#[derive(Debug, Serialize)]
pub struct Explained {
    /// It passed every check its kind has.
    pub valid: bool,
    /// The kind's code.
    pub kind: Option<&'static str>,
    /// The number in its one form.
    pub number: Option<String>,
    /// `2006-03-12`.
    pub birth: Option<String>,
    /// Full years.
    pub age: Option<u32>,
    /// Sex.
    pub sex: Option<Sex>,
    /// The area.
    pub area: Option<Area>,
    /// Letters and English name.
    pub nationality: Option<(&'static str, &'static str)>,
    /// Name in a machine-readable zone.
    pub holder: Option<String>,
    /// Last day in a machine-readable zone.
    pub valid_until: Option<String>,
    /// The last day is past.
    pub expired: bool,
    /// Codes and words.
    pub warnings: Vec<(&'static str, &'static str)>,
    /// What is wrong.
    pub fault: Option<Wrong>,
}

/// Where a number was given.
#[derive(Debug, Serialize)]
pub struct Area {
    /// Six digits of GB/T 2260.
    pub code: u32,
    /// Province, prefecture and county; none when no list has the code.
    pub name: Option<String>,
    /// First year without the code.
    pub given_up: Option<u16>,
}

/// What is wrong with a number.
#[derive(Debug, Serialize)]
pub struct Wrong {
    /// Code.
    pub code: &'static str,
    /// First and last place, from 1.
    pub place: Option<(usize, usize)>,
    /// What should stand there.
    pub expected: Option<char>,
    /// In words.
    pub words: String,
}

/// Reads a number of the kind named, else of the kind it looks like.
pub fn explain(text: &str, kind: Option<DocumentKind>, today: Date) -> Explained {
    match read_number(text, kind, today) {
        Ok(number) => right(&number, today),
        Err(fault) => Explained {
            valid: false,
            kind: kind.map(DocumentKind::code),
            number: None,
            birth: None,
            age: None,
            sex: None,
            area: None,
            nationality: None,
            holder: None,
            valid_until: None,
            expired: false,
            warnings: vec![],
            fault: Some(wrong(text, &fault)),
        },
    }
}

fn right(number: &DocumentNumber, today: Date) -> Explained {
    let area = number.area().map(|code| Area {
        code,
        name: number.area_name(),
        given_up: division::of(code).and_then(|d| d.until),
    });
    Explained {
        valid: true,
        kind: Some(number.kind().code()),
        number: Some(number.as_str().to_string()),
        birth: number.birth().map(|day| day.to_string()),
        age: number.birth().map(|day| day.age(today)),
        sex: number.sex(),
        area,
        nationality: number.nationality().map(|n| (n.letters, n.name_en)),
        holder: number.holder().map(str::to_string),
        valid_until: number.valid_until().map(|day| day.to_string()),
        expired: number.valid_until().is_some_and(|day| day < today),
        warnings: number
            .warnings()
            .iter()
            .map(|w| (w.code(), warning_words(*w)))
            .collect(),
        fault: None,
    }
}

fn wrong(text: &str, fault: &NumberFault) -> Wrong {
    let expected = match fault {
        NumberFault::CheckDigit { expected, .. } => Some(*expected),
        _ => None,
    };
    let mut words = fault.to_string();
    if let Some((from, _)) = fault.place()
        && let Some((line, column)) = mrz::line_and_column(text, from)
    {
        let _always = write!(words, " (line {line}, character {column})");
    }
    Wrong {
        code: fault.code(),
        place: fault.place(),
        expected,
        words,
    }
}

/// What kind it is, in words.
pub fn kind_words(code: &str) -> &'static str {
    match DocumentKind::of_code(code) {
        Some(DocumentKind::ResidentId) => "resident identity card (GB 11643-1999)",
        Some(DocumentKind::ResidencePermit) => "residence permit of a resident of Hong Kong, Macau or Taiwan",
        Some(DocumentKind::TravelPermit) => "mainland travel permit of a resident of Hong Kong or Macau",
        Some(DocumentKind::TaiwanPermit) => "mainland travel permit of a resident of Taiwan",
        Some(DocumentKind::ForeignerCard2017) => "foreigner's permanent residence card of 2017",
        Some(DocumentKind::ForeignerCard2023) => "foreigner's permanent residence card of 2023",
        Some(DocumentKind::Passport) => "passport",
        Some(DocumentKind::ForeignId) => "another state's identity card",
        None => "unknown",
    }
}

const fn warning_words(warning: NumberWarning) -> &'static str {
    match warning {
        NumberWarning::AreaUnknown => "no list of divisions since 1981 has this area; compare with the card",
        NumberWarning::NationalityUnknown => {
            "no list of states has this nationality; compare with the document"
        }
        NumberWarning::Upgraded => "made of the 15 digits of a first-generation card, not valid since 2013",
        NumberWarning::IssueLeftOut => "the last two digits count the cards issued and were left out",
        NumberWarning::NoCheck => "this kind has no check character: compare every character",
        NumberWarning::MayBePassport => "a passport may have a number like this one (--kind passport)",
    }
}

impl Explained {
    /// Line by line, for people.
    pub fn text(&self) -> String {
        let mut lines = vec![];
        let mut line = |name: &str, value: String| lines.push(format!("{name:<13}{value}"));
        match &self.fault {
            Some(fault) => {
                line("not valid", fault.words.clone());
                if let Some((from, to)) = fault.place {
                    let place = if from == to {
                        from.to_string()
                    } else {
                        format!("{from} to {to}")
                    };
                    line("place", place);
                }
                if let Some(expected) = fault.expected {
                    line("should be", expected.to_string());
                }
            }
            None => line("valid", self.number.clone().unwrap_or_default()),
        }
        if let Some(kind) = self.kind {
            line("kind", kind_words(kind).to_string());
        }
        if let Some(holder) = &self.holder {
            line("name", holder.clone());
        }
        if let (Some(birth), Some(age)) = (&self.birth, self.age) {
            line("born", format!("{birth} ({age} years old)"));
        }
        if let Some(sex) = self.sex {
            let word = match sex {
                Sex::Male => "male",
                Sex::Female => "female",
            };
            line("sex", word.to_string());
        }
        if let Some(area) = &self.area {
            let name = area.name.as_deref().unwrap_or("not listed");
            let given_up = area.given_up.map(|year| format!(", given up in {year}"));
            line(
                "area",
                format!("{:06} {name}{}", area.code, given_up.unwrap_or_default()),
            );
        }
        if let Some((letters, name)) = self.nationality {
            line("nationality", format!("{letters} {name}"));
        }
        if let Some(until) = &self.valid_until {
            let past = if self.expired { ", which is past" } else { "" };
            line("valid until", format!("{until}{past}"));
        }
        for (_, words) in &self.warnings {
            line("note", (*words).to_string());
        }
        lines.join("\n")
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a panic is how a test fails")]
mod tests {
    use super::*;

    fn told(text: &str) -> Explained {
        explain(text, None, Date::new(2026, 11, 24).unwrap())
    }

    #[test]
    fn a_right_number_says_all_it_carries() {
        let text = told("11010519491231002x").text();
        for part in [
            "11010519491231002X",
            "resident identity card",
            "1949-12-31 (76 years old)",
            "female",
            "北京市朝阳区",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
        assert!(told("830000199706020042").text().contains("台湾省"));
        assert!(told("932682198501010017").text().contains("SAU Saudi Arabia"));
        assert!(told("110103491231002").text().contains("given up in 2010"));
    }

    #[test]
    fn a_wrong_one_says_where_and_what_should_stand_there() {
        let explained = told("110105194912310023");
        assert!(!explained.valid);
        let fault = explained.fault.as_ref().unwrap();
        assert_eq!(
            (fault.code, fault.place, fault.expected),
            ("number_check", Some((18, 18)), Some('X'))
        );
        assert!(
            explained.text().contains("should be    X"),
            "{}",
            explained.text()
        );
    }

    #[test]
    fn the_place_in_a_zone_is_one_of_its_lines() {
        let zone =
            "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C37UTO7408122F1204159ZE184226B<<<<<10";
        let words = told(zone).fault.unwrap().words;
        assert!(words.contains("(line 2, character 10)"), "{words}");
        let right = told(&zone.replace("C37", "C36"));
        assert!(right.valid && right.expired, "{}", right.text());
        assert!(right.text().contains("ERIKSSON ANNA MARIA"));
    }
}
