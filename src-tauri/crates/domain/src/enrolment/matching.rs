//! Whose enrolment a record is: what agrees, what nearly agrees, and what that is enough for.
//!
//! Only a record under the sitter's own number (or 采集码) and own name is taken by itself, and only when it is the one
//! record of that number. Everything else is offered with its reason, and a person chooses.

use super::Enrolment;
use super::readings::{key, sound_alike};
use crate::Personal;
use crate::identity::names_agree;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Records offered at most that have neither the number nor the name; more are nobody's help.
pub const MOST_NEAR: usize = 20;

/// What is known of the person looked for. An empty text is nothing known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sought {
    /// The name on the document.
    pub name: Personal<String>,
    /// The document's number in the one form of its kind.
    pub number: Personal<String>,
    /// 学号, as typed.
    pub student_number: String,
    /// 考生号, as typed.
    pub exam_number: String,
    /// Ticket, as typed.
    pub ticket: String,
    /// SHA-256 of the 采集码 shown, lower-case hex.
    pub code: Option<String>,
    /// A supervisor decided that the name was changed: the number alone is enough.
    pub renamed: bool,
}

/// How a record's name stands to the one sought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NameFact {
    /// The same.
    Same,
    /// The same but for dots, blanks or the size of letters.
    Dots,
    /// Other characters that can be read alike.
    Sound,
    /// Another.
    Other,
}

/// How a record's document number stands to the one sought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NumberFact {
    /// The same.
    Same,
    /// One character differs; a check character, which follows from the others, does not count.
    OneDigit,
    /// Two neighbours changed places.
    Swapped,
    /// One of the two is not known.
    Missing,
    /// Another.
    Other,
}

/// Why a record is shown, the strongest link first (`match.<code>`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MatchRule {
    /// Own number, own name.
    NumberAndName,
    /// Own 采集码, own name.
    CodeAndName,
    /// Own number, another name.
    Number,
    /// Own 采集码, another name.
    Code,
    /// The 学号 typed.
    StudentNumber,
    /// The 考生号 typed.
    ExamNumber,
    /// The ticket typed.
    Ticket,
    /// One digit of the number differs; the name agrees, sounds alike or begins alike.
    OneDigit,
    /// Two neighbours of the number are swapped; the name as above.
    Swapped,
    /// Own name, another number or none.
    Name,
    /// Own name but for dots and blanks.
    Dots,
    /// A name that sounds the same.
    Sound,
    /// Only found by what was typed into the search.
    Searched,
}

impl MatchRule {
    /// All, in the order in which candidates are shown.
    pub const ALL: [Self; 13] = [
        Self::NumberAndName,
        Self::CodeAndName,
        Self::Number,
        Self::Code,
        Self::StudentNumber,
        Self::ExamNumber,
        Self::Ticket,
        Self::OneDigit,
        Self::Swapped,
        Self::Name,
        Self::Dots,
        Self::Sound,
        Self::Searched,
    ];

    /// The code under which the UI has the words (`match.<code>`).
    pub const fn code(self) -> &'static str {
        match self {
            Self::NumberAndName => "number_and_name",
            Self::CodeAndName => "code_and_name",
            Self::Number => "number",
            Self::Code => "code",
            Self::StudentNumber => "student_number",
            Self::ExamNumber => "exam_number",
            Self::Ticket => "ticket",
            Self::OneDigit => "one_digit",
            Self::Swapped => "swapped",
            Self::Name => "name",
            Self::Dots => "dots",
            Self::Sound => "sound",
            Self::Searched => "searched",
        }
    }

    /// The record is under a number that was typed to find it.
    pub const fn typed(self) -> bool {
        matches!(self, Self::StudentNumber | Self::ExamNumber | Self::Ticket)
    }

    /// The record is under the sitter's own number or code.
    pub const fn own(self) -> bool {
        matches!(
            self,
            Self::NumberAndName | Self::CodeAndName | Self::Number | Self::Code
        )
    }
}

/// A record held against what is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Match {
    /// Why it is shown.
    pub rule: MatchRule,
    /// What is with its name.
    pub name: NameFact,
    /// What is with its number.
    pub number: NumberFact,
}

impl Match {
    /// Neither number, code nor name speak for the sitter: whoever photographs under this record swaps two people.
    const fn stranger(&self) -> bool {
        let linked = matches!(self.rule, MatchRule::CodeAndName | MatchRule::Code);
        matches!(self.name, NameFact::Other) && !matches!(self.number, NumberFact::Same) && !linked
    }
}

/// What a look-up comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The one record of this number (or code), under this name.
    Certain(Box<Enrolment>),
    /// Several records of one person: the sitter chooses.
    Several(Vec<Enrolment>),
    /// Records that may be meant, the likeliest first; none is taken by itself.
    Offered(Vec<Enrolment>),
    /// Nobody.
    Nothing,
}

/// Holds a record against what is known.
pub fn judge(sought: &Sought, record: &Enrolment) -> Match {
    let name = name_fact(sought.name.as_str(), record.name.as_str());
    let listed = record.document_number.as_ref().map_or("", |n| n.as_str());
    let number = number_fact(sought.number.as_str(), listed);
    let code = sought.code.is_some() && sought.code == record.code;
    let typed = |typed: &str, listed: &str| !key(typed).is_empty() && key(typed) == key(listed);
    // Among many there is always somebody whose number is nearly the same: only with a name that may be a slip, too.
    let near = name != NameFact::Other || begin_alike(sought.name.as_str(), record.name.as_str());
    let rules = [
        (
            number == NumberFact::Same && name == NameFact::Same,
            MatchRule::NumberAndName,
        ),
        (code && name == NameFact::Same, MatchRule::CodeAndName),
        (number == NumberFact::Same, MatchRule::Number),
        (code, MatchRule::Code),
        (
            typed(&sought.student_number, &record.student_number),
            MatchRule::StudentNumber,
        ),
        (
            typed(&sought.exam_number, &record.exam_number),
            MatchRule::ExamNumber,
        ),
        (typed(&sought.ticket, &record.ticket), MatchRule::Ticket),
        (near && number == NumberFact::OneDigit, MatchRule::OneDigit),
        (near && number == NumberFact::Swapped, MatchRule::Swapped),
        (name == NameFact::Same, MatchRule::Name),
        (name == NameFact::Dots, MatchRule::Dots),
        (name == NameFact::Sound, MatchRule::Sound),
    ];
    let rule = rules
        .into_iter()
        .find_map(|(holds, rule)| holds.then_some(rule))
        .unwrap_or(MatchRule::Searched);
    Match { rule, name, number }
}

/// False for a record of which neither name, number nor code are the sitter's. Only who was renamed by a supervisor's
/// decision may have one under another name that has no number at all.
pub fn may_be_theirs(sought: &Sought, record: &Enrolment) -> bool {
    let found = judge(sought, record);
    !found.stranger() || (sought.renamed && found.number == NumberFact::Missing)
}

/// What the records that a look-up found come to.
pub fn weigh(sought: &Sought, mut found: Vec<Enrolment>) -> Outcome {
    found.retain(|record| judge(sought, record).rule != MatchRule::Searched);
    // Stable: equals stay in the roster's order.
    found.sort_by_key(|record| judge(sought, record).rule);
    let own = found
        .iter()
        .take_while(|record| judge(sought, record).rule.own())
        .count();
    if own > 1 {
        found.truncate(own);
        return Outcome::Several(found);
    }
    match found.first() {
        None => Outcome::Nothing,
        Some(first) if certain(sought, first) => Outcome::Certain(Box::new(found.swap_remove(0))),
        Some(_) => Outcome::Offered(found),
    }
}

fn certain(sought: &Sought, record: &Enrolment) -> bool {
    match judge(sought, record).rule {
        MatchRule::NumberAndName | MatchRule::CodeAndName => true,
        MatchRule::Number => sought.renamed,
        _ => false,
    }
}

fn name_fact(sought: &str, listed: &str) -> NameFact {
    if names_agree(sought, listed) {
        NameFact::Same
    } else if !key(sought).is_empty() && key(sought) == key(listed) {
        NameFact::Dots
    } else if sound_alike(sought, listed) {
        NameFact::Sound
    } else {
        NameFact::Other
    }
}

fn begin_alike(one: &str, other: &str) -> bool {
    let first = |name: &str| key(name).chars().next();
    first(one).is_some() && first(one) == first(other)
}

fn number_fact(sought: &str, listed: &str) -> NumberFact {
    let (sought, listed) = (key(sought), key(listed));
    if sought.is_empty() || listed.is_empty() {
        return NumberFact::Missing;
    }
    if sought == listed {
        return NumberFact::Same;
    }
    let (one, other) = (body(&sought), body(&listed));
    if one.len() != other.len() {
        return NumberFact::Other;
    }
    let apart: Vec<usize> = (0..one.len()).filter(|at| one[*at] != other[*at]).collect();
    match apart.as_slice() {
        // Only the check character differs: it was written down wrong.
        [] | [_] => NumberFact::OneDigit,
        [at, next] if *next == at + 1 && one[*at] == other[*next] && one[*next] == other[*at] => {
            NumberFact::Swapped
        }
        _ => NumberFact::Other,
    }
}

/// A number without the check character of the eighteen-digit ones: where a digit differs, that does, too.
fn body(number: &str) -> Vec<char> {
    let letters: Vec<char> = number.chars().collect();
    match letters.len() {
        18 => letters[..17].to_vec(),
        _ => letters,
    }
}

/// What numbers begin with that are nearly this one, lower case: its own body first (another check character behind
/// it), then those with another digit or two swapped neighbours.
pub fn near_bodies(number: &str) -> Vec<String> {
    let number = body(&key(number));
    let text = |letters: &[char]| letters.iter().collect::<String>();
    let mut bodies = vec![text(&number)];
    for at in 0..number.len() {
        for digit in ('0'..='9').filter(|digit| number[at].is_ascii_digit() && *digit != number[at]) {
            let mut other = number.clone();
            other[at] = digit;
            bodies.push(text(&other));
        }
        if at > 0 && number[at] != number[at - 1] {
            let mut other = number.clone();
            other.swap(at - 1, at);
            bodies.push(text(&other));
        }
    }
    bodies
}
