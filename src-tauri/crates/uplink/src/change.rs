//! Reading what changed at the server, one change after the other, before any of it is believed.

use crate::fault::Fault;
use crate::roster;
use crate::text::{is_enrolment, is_identifier, is_line, is_text};
use domain::change::{Change, Changes, MOST_CHANGES, Message, Twin, WalkInBecomes, WalkInSettlement, What};
use domain::identity::date::Date;
use domain::moment::Moment;
use domain::queue::{ReviewState, ReviewVerdict};
use domain::setup::SessionSetup;
use jiff::Timestamp;
use packet::sha256_hex;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use uuid::Uuid;

/// Longest message to the desk, in characters; `domain::change::Message` promises it.
const MOST_MESSAGE: usize = 500;
/// Longest free text of a reviewer, in characters.
const MOST_REVIEW: usize = 2000;
/// Longest reason why a walk-in is nobody of the school, in characters.
const MOST_REASON: usize = 200;
/// Reasons of one verdict at most.
const MOST_REASONS: usize = 50;

/// `GET /v1/changes?after=CURSOR`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Answer {
    changes: Vec<Value>,
    more: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SetupChange {
    setup: Box<SessionSetup>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VerdictChange {
    packet: Uuid,
    state: ReviewState,
    reasons: Vec<String>,
    text: String,
    at: Timestamp,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MessageChange {
    id: String,
    urgent: bool,
    text: String,
    at: Timestamp,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TwinChange {
    packet: Uuid,
    station: String,
    other_packet: Uuid,
    other_station: String,
    at: Timestamp,
}

/// What became of a walk-in: a row of the roster, or a reason.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WalkInChange {
    session: String,
    provisional: String,
    entry: Option<Value>,
    reason: Option<String>,
    at: Timestamp,
}

/// What nobody can be shown as it is; it is told that something came.
const INVALID: What = What::Unusable("change_invalid");

/// Reads the answer to the question what came after the cursor `after`. `today` tells birth dates of the future.
///
/// # Errors
/// [`Fault::Nonsense`] for a list, a verdict or a roster that breaks a rule, [`Fault::Versions`] for a kind of change that
/// this program does not know. Nothing of an answer with a fault is used: a change left out would never be asked for
/// again. A set-up, message or pair that cannot be used is given as [`What::Unusable`], so that one of them does not
/// keep all others back.
pub fn read_changes(bytes: &[u8], after: i64, today: Date) -> Result<Changes, Fault> {
    let answer: Answer = serde_json::from_slice(bytes)
        .map_err(|e| nonsense(&format!("no list (line {}, column {})", e.line(), e.column())))?;
    if answer.changes.len() > MOST_CHANGES {
        return Err(nonsense("too many at once"));
    }
    if answer.more && answer.changes.is_empty() {
        return Err(nonsense("more is promised and nothing is there"));
    }
    let mut last = after;
    let mut changes = Vec::with_capacity(answer.changes.len());
    for value in answer.changes {
        let change = read(value, today)?;
        if change.cursor <= last {
            return Err(nonsense("out of order"));
        }
        last = change.cursor;
        changes.push(change);
    }
    Ok(Changes {
        changes,
        more: answer.more,
    })
}

fn read(value: Value, today: Date) -> Result<Change, Fault> {
    let Value::Object(mut fields) = value else {
        return Err(nonsense("not an object"));
    };
    let cursor = fields.remove("cursor").and_then(|cursor| cursor.as_i64());
    let cursor = cursor.ok_or_else(|| nonsense("without a cursor"))?;
    let Some(Value::String(kind)) = fields.remove("kind") else {
        return Err(nonsense("without a kind"));
    };
    let what = match kind.as_str() {
        "setup" => Some(setup(fields).unwrap_or(What::Unusable("setup_invalid"))),
        "roster" => typed(fields)
            .and_then(|rows| roster::read(rows, today))
            .map(What::Roster),
        "verdict" => typed(fields).and_then(|found| verdict(cursor, found)),
        "message" => Some(typed(fields).and_then(message).unwrap_or(INVALID)),
        "twin" => Some(typed(fields).and_then(twin).unwrap_or(INVALID)),
        "walk_in" => Some(
            typed(fields)
                .and_then(|found| walk_in(found, today))
                .unwrap_or(INVALID),
        ),
        _ => return Err(Fault::Versions(format!("change {cursor} is of an unknown kind"))),
    };
    match what {
        Some(what) => Ok(Change { cursor, what }),
        // Its content stays out of the log: it may be personal.
        None => Err(nonsense(&format!("number {cursor} is not a {kind}"))),
    }
}

fn typed<T: DeserializeOwned>(fields: Map<String, Value>) -> Option<T> {
    serde_json::from_value(Value::Object(fields)).ok()
}

fn setup(fields: Map<String, Value>) -> Option<What> {
    let SetupChange { setup } = typed(fields)?;
    let agreement = &setup.agreement;
    let good = is_identifier(&setup.id)
        && setup.validate().is_ok()
        && sha256_hex(agreement.text.as_bytes()) == agreement.sha256;
    good.then_some(What::Setup(setup))
}

fn verdict(cursor: i64, found: VerdictChange) -> Option<What> {
    let good = is_text(&found.text, MOST_REVIEW)
        && found.reasons.len() <= MOST_REASONS
        && found.reasons.iter().all(|reason| is_identifier(reason));
    good.then(|| {
        What::Verdict(ReviewVerdict {
            cursor,
            packet: found.packet.to_string(),
            state: found.state,
            reasons: found.reasons,
            text: found.text,
            at: moment(found.at),
        })
    })
}

fn message(found: MessageChange) -> Option<What> {
    let good = is_identifier(&found.id) && is_text(&found.text, MOST_MESSAGE);
    good.then(|| {
        What::Message(Message {
            id: found.id,
            urgent: found.urgent,
            text: found.text,
            at: moment(found.at),
        })
    })
}

fn twin(found: TwinChange) -> Option<What> {
    let good = is_identifier(&found.station)
        && is_identifier(&found.other_station)
        && found.packet != found.other_packet;
    good.then(|| {
        What::Twin(Twin {
            packet: found.packet.to_string(),
            station: found.station,
            other_packet: found.other_packet.to_string(),
            other_station: found.other_station,
            at: moment(found.at),
        })
    })
}

fn walk_in(found: WalkInChange, today: Date) -> Option<What> {
    let becomes = match (found.entry, found.reason) {
        (Some(entry), None) => WalkInBecomes::Enrolment(Box::new(roster::row(&found.session, entry, today)?)),
        (None, Some(reason)) if !reason.trim().is_empty() && is_line(&reason, MOST_REASON) => {
            WalkInBecomes::Refused(reason)
        }
        _ => return None,
    };
    let good = is_identifier(&found.session) && is_enrolment(&found.provisional);
    good.then(|| {
        What::WalkIn(WalkInSettlement {
            session: found.session,
            provisional: found.provisional,
            becomes,
            at: moment(found.at),
        })
    })
}

fn moment(at: Timestamp) -> Moment {
    Moment(at.as_millisecond())
}

fn nonsense(what: &str) -> Fault {
    Fault::Nonsense(format!("changes: {what}"))
}
