//! The line: who is shown of a class, and who is meant by a number that is called.

use crate::enrolment::{Enrolment, EnrolmentState};
use crate::identity::document::plain;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Fewest characters of a number's end by which somebody is called.
const FEWEST_AT_THE_END: usize = 2;

/// Who of a class is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LineFilter {
    /// Everybody.
    #[default]
    All,
    /// Who has a photo: stored here, in review or approved.
    Captured,
    /// Who has none yet.
    Missing,
    /// Whose photo was rejected.
    Retake,
}

impl LineFilter {
    /// All of them, in the order shown.
    pub const ALL: [Self; 4] = [Self::All, Self::Captured, Self::Missing, Self::Retake];

    /// True when it shows people who stand so.
    pub const fn shows(self, state: EnrolmentState) -> bool {
        match self {
            Self::All => true,
            Self::Captured => matches!(state, EnrolmentState::Captured | EnrolmentState::Approved),
            Self::Missing => matches!(state, EnrolmentState::ToCapture),
            Self::Retake => matches!(state, EnrolmentState::Retake),
        }
    }
}

/// Who is meant by a number that is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Called<'a> {
    /// One person and nobody else.
    One(&'a Enrolment),
    /// One of these: the operator chooses.
    Several(Vec<&'a Enrolment>),
    /// Nobody.
    Nobody,
}

/// Who of `found` is called by `text`: by ticket, or by student, candidate or document number, whole; else by the last
/// digits of one of the numbers. Tickets begin anew in every class, and last digits say little beyond one: whoever
/// alone fits in the class on screen is meant before anybody elsewhere.
pub fn called<'a>(text: &str, class_name: &str, found: &'a [Enrolment]) -> Called<'a> {
    let wanted = plain(text);
    if wanted.is_empty() {
        return Called::Nobody;
    }
    let whole = |person: &&Enrolment| {
        same_ticket(&wanted, &plain(&person.ticket)) || numbers(person).contains(&wanted)
    };
    let ending = |person: &&Enrolment| numbers(person).iter().any(|n| n.ends_with(&wanted));
    let wholly: Vec<_> = found.iter().filter(whole).collect();
    if !wholly.is_empty() {
        return nearest(wholly, class_name);
    }
    if wanted.chars().count() < FEWEST_AT_THE_END {
        return Called::Nobody;
    }
    nearest(found.iter().filter(ending).collect(), class_name)
}

fn nearest<'a>(mut fitting: Vec<&'a Enrolment>, class_name: &str) -> Called<'a> {
    let here = |person: &&Enrolment| person.class_name == class_name;
    let near: Vec<&Enrolment> = fitting.iter().copied().filter(here).collect();
    match (near.as_slice(), fitting.as_slice()) {
        ([one], _) | ([], [one]) => Called::One(one),
        (_, []) => Called::Nobody,
        _ => {
            // Those of the class on screen come first; among them the order stays.
            fitting.sort_by_key(|person| person.class_name != class_name);
            Called::Several(fitting)
        }
    }
}

/// `37` calls who holds the ticket 037.
fn same_ticket(wanted: &str, ticket: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    let short = |text: &str| text.trim_start_matches('0').to_string();
    wanted == ticket || (digits(wanted) && digits(ticket) && short(wanted) == short(ticket))
}

fn numbers(person: &Enrolment) -> [String; 3] {
    let document = person.document_number.as_ref();
    [
        plain(&person.student_number),
        plain(&person.exam_number),
        document.map(|n| plain(n.as_str())).unwrap_or_default(),
    ]
}
