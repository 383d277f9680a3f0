//! Names and numbers as the search compares them: every way in which a person can be found, as one key.
//!
//! What is written here stands in every database. A change of the keys needs a migration that writes them
//! again; the golden value below notices one that comes with a new edition of the readings.

use domain::enrolment::Enrolment;
use domain::enrolment::readings::{Readings, key};
use std::collections::BTreeSet;

/// Keys kept for the inside of one name, those nearest its end first, in characters and in readings alike.
const MOST_INSIDE: usize = 120;

/// How a key came about: it decides which hits come first. The numbers stand in databases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub(crate) enum Kind {
    /// A name or a student number, from its beginning.
    Front = 1,
    /// A document number, a 考生号 or a ticket.
    Paper = 2,
    /// A whole reading of a name, or its initials.
    Reading = 3,
    /// The end of a name or of a reading, the birth date in a document number and what follows it.
    Part = 4,
    /// A number from its end, written backwards.
    Ending = 5,
}

/// What a person is found by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Findable<'a> {
    pub(crate) name: &'a str,
    pub(crate) student_number: &'a str,
    pub(crate) ticket: &'a str,
    pub(crate) document_number: &'a str,
    pub(crate) exam_number: &'a str,
}

impl<'a> From<&'a Enrolment> for Findable<'a> {
    fn from(person: &'a Enrolment) -> Self {
        let document_number = person.document_number.as_ref();
        Self {
            name: person.name.as_str(),
            student_number: &person.student_number,
            ticket: &person.ticket,
            document_number: document_number.map_or("", |number| number.as_str()),
            exam_number: &person.exam_number,
        }
    }
}

impl Findable<'_> {
    /// All keys, in the order of the table.
    pub(crate) fn keys(&self) -> BTreeSet<(Kind, String)> {
        let mut keys = BTreeSet::new();
        let mut add = |kind, key: String| {
            if !key.is_empty() {
                keys.insert((kind, key));
            }
        };
        let name = key(self.name);
        let readings = Readings::of(&name);
        readings.whole().for_each(|whole| add(Kind::Reading, whole));
        readings
            .initials()
            .for_each(|initials| add(Kind::Reading, initials));
        readings
            .ends()
            .take(MOST_INSIDE)
            .for_each(|end| add(Kind::Part, end));
        for (at, _) in name
            .char_indices()
            .skip(1)
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .take(MOST_INSIDE)
        {
            add(Kind::Part, name.get(at..).unwrap_or_default().to_string());
        }
        add(Kind::Front, name);
        let student = key(self.student_number);
        add(Kind::Ending, backwards(&student));
        add(Kind::Front, student);
        add(Kind::Paper, key(self.ticket));
        let exam = key(self.exam_number);
        add(Kind::Ending, backwards(&exam));
        add(Kind::Paper, exam);
        let document = key(self.document_number);
        add(Kind::Ending, backwards(&document));
        // Six digits of the place come before the birth date.
        add(Kind::Part, document.chars().skip(6).collect());
        add(Kind::Paper, document);
        keys
    }
}

/// A text from its last character to its first.
pub(crate) fn backwards(text: &str) -> String {
    text.chars().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> Findable<'_> {
        Findable {
            name,
            student_number: "24010002",
            ticket: "012",
            document_number: "11010519491231002X",
            exam_number: "",
        }
    }

    #[test]
    fn a_person_is_found_in_these_ways() {
        let found = named("曾小贤").keys();
        let mut told: Vec<String> = found
            .iter()
            .map(|(kind, key)| format!("{kind:?} {key}"))
            .collect();
        told.sort();
        assert_eq!(
            told,
            [
                "Ending 20001042",
                "Ending x20013219491501011",
                "Front 24010002",
                "Front 曾小贤",
                "Paper 012",
                "Paper 11010519491231002x",
                "Part 19491231002x",
                "Part xian",
                "Part xiaoxian",
                "Part 小贤",
                "Part 贤",
                "Reading cengxiaoxian",
                "Reading cxx",
                "Reading zengxiaoxian",
                "Reading zxx",
            ]
        );
    }

    /// When this fails, readings have changed: a migration has to write the table of keys again, or people
    /// whose names change later keep their old keys beside the new ones.
    #[test]
    fn keys_are_those_that_stand_in_databases() {
        use sha2::{Digest, Sha256};
        let mut digest = Sha256::new();
        for first in 0x4e00..0x9fa6_u32 {
            let name: String = char::from_u32(first).into_iter().collect();
            for (kind, key) in named(&name).keys() {
                digest.update([kind as u8]);
                digest.update(key.as_bytes());
            }
        }
        assert_eq!(
            hex::encode(digest.finalize()),
            "f876fefe0bbace511a791bec5489f265f07093e5d88c792bdb28c7075c0c8240"
        );
    }

    #[test]
    fn odd_people_have_few_keys() {
        let nobody = Findable {
            name: "",
            student_number: "",
            ticket: "",
            document_number: "",
            exam_number: "",
        };
        assert!(nobody.keys().is_empty());
        for name in [
            "行".repeat(200),
            "x".repeat(5_000),
            "行".repeat(12),
            "Ａbdul".repeat(8),
        ] {
            let count = named(&name).keys().len();
            assert!(count < 400, "{name}: {count}");
        }
    }
}
