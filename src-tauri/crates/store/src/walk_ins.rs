//! Walk-ins that the central server settled: the provisional record becomes the roster's, and the roster's id leads
//! to it from then on. Fee, photo and audit hang on the id the walk-in has and are not touched.

use crate::enrolments::{self, by_id};
use crate::search;
use crate::search_keys::Findable;
use crate::trouble::Trouble;
use crate::{audit, fees, imports};
use domain::audit::AuditEvent;
use domain::change::{WalkInBecomes, WalkInSettlement};
use domain::enrolment::Enrolment;
use rusqlite::{Connection, OptionalExtension, params};

/// Code that stands where a walk-in turned out to be somebody who was served here under the roster's own record, too.
const TWICE: &str = "settled_twice";

/// Applies a settlement once; the same again changes nothing.
pub(crate) fn settle(connection: &Connection, settlement: &WalkInSettlement) -> Result<(), Trouble> {
    let kept = by_id(connection, &settlement.provisional)?;
    let Some(kept) = kept.filter(|kept| kept.provisional && kept.session == settlement.session) else {
        return Ok(());
    };
    // Closed by this before: who stays provisional would have the same line, and the same money, told again.
    let why = kept.not_eligible.as_deref();
    let told = match &settlement.becomes {
        WalkInBecomes::Refused(reason) => why == Some(reason),
        WalkInBecomes::Enrolment(_) => why == Some(TWICE),
    };
    if told {
        return Ok(());
    }
    let detail = match &settlement.becomes {
        WalkInBecomes::Refused(reason) => {
            close(connection, &kept.id, reason)?;
            "refused".to_string()
        }
        WalkInBecomes::Enrolment(row) => {
            let before = match by_id(connection, &row.id)? {
                Some(listed) if give_way(connection, &listed)? => None,
                Some(listed) => Some(listed.id),
                // Another walk-in turned out to be the same person.
                None => kept_as(connection, &row.id)?,
            };
            if let Some(before) = before {
                close(connection, &kept.id, TWICE)?;
                let paid = fees::settled(connection, &before)?;
                answer_for(connection, &kept.id, paid.is_some(), settlement)?;
                format!("twice {}", row.id)
            } else {
                become_listed(connection, &kept, row)?;
                answer_for(connection, &kept.id, row.prepaid, settlement)?;
                row.id.clone()
            }
        }
    };
    let line = AuditEvent {
        at: settlement.at,
        operator: String::new(),
        what: "walk_in_settled".to_string(),
        subject: kept.id,
        detail,
    };
    audit::append(connection, &line)
}

/// The id under which a person of the roster is kept here, when that is a walk-in's.
pub(crate) fn kept_as(connection: &Connection, roster_id: &str) -> Result<Option<String>, Trouble> {
    Ok(connection
        .prepare_cached("SELECT enrolment FROM settled_walk_in WHERE roster_id = ?")?
        .query_row([roster_id], |row| row.get(0))
        .optional()?)
}

/// Money taken from a walk-in whose fee was settled elsewhere is a second payment: it stands on the day's sheet, so that
/// somebody gives it back.
fn answer_for(
    connection: &Connection,
    walk_in: &str,
    settled_elsewhere: bool,
    settlement: &WalkInSettlement,
) -> Result<(), Trouble> {
    let fee = fees::settled(connection, walk_in)?.filter(|fee| fee.method().brings_money());
    let Some(fee) = fee.filter(|_| settled_elsewhere) else {
        return Ok(());
    };
    let line = AuditEvent {
        at: settlement.at,
        operator: String::new(),
        what: "fee_settled_twice".to_string(),
        subject: walk_in.to_string(),
        detail: fees::paid_twice(&fee)?,
    };
    audit::append(connection, &line)
}

/// Nobody is photographed under this record any more.
fn close(connection: &Connection, id: &str, why: &str) -> Result<(), Trouble> {
    connection.execute("UPDATE enrolment SET not_eligible = ?2 WHERE id = ?1", [id, why])?;
    Ok(())
}

/// Takes the roster's own row away, so that the person is not there twice; false when something hangs on it.
fn give_way(connection: &Connection, listed: &Enrolment) -> Result<bool, Trouble> {
    imports::remove(connection, &listed.session, &listed.id)
}

fn become_listed(connection: &Connection, kept: &Enrolment, row: &Enrolment) -> Result<(), Trouble> {
    let settled = Enrolment {
        id: kept.id.clone(),
        ..row.clone()
    };
    let position = enrolments::update(connection, &settled)?;
    let (before, after) = (Findable::from(kept), Findable::from(&settled));
    search::change(connection, &kept.session, position, before, after)?;
    connection.execute("UPDATE enrolment SET provisional = 0 WHERE id = ?", [&kept.id])?;
    connection.execute(
        "INSERT INTO settled_walk_in (roster_id, enrolment) VALUES (?, ?)
         ON CONFLICT (roster_id) DO UPDATE SET enrolment = excluded.enrolment",
        params![row.id, kept.id],
    )?;
    Ok(())
}
