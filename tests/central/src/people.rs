//! People as the roster and the packets know them: who may be photographed, and who a walk-in was.

use crate::caller::Caller;
use crate::extract::Body;
use crate::refusal::Refusal;
use crate::school::RosterRow;
use crate::shared::{Shared, State, blocking};
use axum::{Extension, Json};
use domain::Personal;
use domain::identity::date::Date;
use domain::identity::document::plain;
use domain::identity::{DocumentNumber, names_agree};
use serde::{Deserialize, Serialize};

/// Longest name and number that is looked for, in characters.
const MOST_TEXT: usize = 200;

/// Who is asked about.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Question {
    session: String,
    name: Personal<String>,
    document_number: Personal<String>,
}

/// May this person be photographed?
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Answer {
    state: &'static str,
    /// Why not, in the school's words; with `not_eligible` alone.
    reason: Option<String>,
}

/// `POST /v1/eligibility`. A name and a number that are not one person's are answered as nobody's, so that nobody
/// learns here whose number it is.
pub(crate) async fn eligibility(
    shared: State,
    Extension(caller): Extension<Caller>,
    Body(question): Body<Question>,
) -> Result<Json<Answer>, Refusal> {
    shared.rates.eligibility.take(caller.owner().to_owned())?;
    blocking(&shared, move |shared| shared.answer(&question, &caller))
        .await
        .map(Json)
}

impl Shared {
    fn answer(&self, question: &Question, caller: &Caller) -> Result<Answer, Refusal> {
        let fits = |text: &str| (1..=MOST_TEXT).contains(&text.chars().count());
        let (name, number) = (question.name.as_str(), question.document_number.as_str());
        if !fits(name) || !fits(number) {
            return Err(Refusal::unreadable(
                "person",
                format!("a name and a number have 1 to {MOST_TEXT} characters"),
            ));
        }
        if self.school.session.id != question.session {
            return Err(Refusal::not_found("session_unknown"));
        }
        let said = |state| Answer { state, reason: None };
        let rows = self.ledger.listed(&question.session, &plain(number))?;
        let Some(row) = rows.into_iter().find(|row| names_agree(row.name.as_str(), name)) else {
            return Ok(said("unknown"));
        };
        if !row.eligible {
            return Ok(Answer {
                state: "not_eligible",
                reason: row.reason,
            });
        }
        // Who shows the start-up token does not say which station asks: nothing is elsewhere for it.
        if let (Caller::Station(station), Some(person)) = (caller, self.person(number))
            && self
                .ledger
                .stands_elsewhere(&question.session, &person, station)?
        {
            return Ok(said("captured_elsewhere"));
        }
        Ok(said("eligible"))
    }

    /// The keyed hash that packets of the holder of this number carry; none for a text that is no number.
    fn person(&self, number: &str) -> Option<String> {
        let number = DocumentNumber::parse(number, today()).ok()?;
        Some(self.keys.person(number.kind().code(), number.as_str()))
    }
}

/// The day by UTC; it only tells a birth date of the future.
fn today() -> Date {
    let now = jiff::Timestamp::now().to_string();
    now.get(..10).and_then(Date::read).unwrap_or(Date::EPOCH)
}

/// The person of a roster's row, beside the person of a packet.
pub(crate) fn same_person(row: &RosterRow, name: &str, number: &str) -> bool {
    let numbers_agree = row
        .document_number
        .as_ref()
        .is_none_or(|listed| number.is_empty() || plain(listed.as_str()) == plain(number));
    numbers_agree && names_agree(row.name.as_str(), name)
}
