//! Operators, their PINs and the lock after too many wrong ones.

use crate::database::Database;
use crate::trouble::Trouble;
use crate::words::{variant, word};
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use domain::Moment;
use domain::operator::Operator;
use domain::port::{PinFault, StoreFault};
use rusqlite::{Connection, OptionalExtension, Row, params};

/// Wrong PINs in a row that lock an operator.
const MOST_WRONG: u32 = 5;
/// How long the lock lasts, in milliseconds.
const LOCK_MS: i64 = 5 * 60 * 1000;
/// argon2id with 19 MiB, two passes, one lane: the first choice of the OWASP password storage sheet.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// All operators by name.
pub(crate) fn all(connection: &Connection) -> Result<Vec<Operator>, Trouble> {
    let mut statement = connection.prepare_cached("SELECT id, name, role FROM operator ORDER BY name, id")?;
    let rows = statement.query_map([], read)?.collect::<Result<Vec<_>, _>>()?;
    rows.into_iter().map(operator).collect()
}

/// Adds or replaces an operator; a new PIN also ends a lock.
pub(crate) fn keep(database: &Database, operator: &Operator, pin: &str) -> Result<(), StoreFault> {
    if !(4..=12).contains(&pin.len()) || !pin.bytes().all(|b| b.is_ascii_digit()) {
        return Err(StoreFault::Failed("a PIN has 4 to 12 digits".to_string()));
    }
    let hash: PasswordHash = argon().and_then(|argon| {
        argon
            .hash_password(pin.as_bytes())
            .map_err(|e| StoreFault::Failed(e.to_string()))
    })?;
    database.write(|transaction| {
        transaction.execute(
            "INSERT INTO operator (id, name, role, pin_hash) VALUES (?, ?, ?, ?)
             ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role,
                 pin_hash = excluded.pin_hash, wrong_tries = 0, locked_until = NULL",
            params![
                operator.id,
                operator.name,
                word(&operator.role)?,
                hash.to_string()
            ],
        )?;
        Ok(())
    })
}

/// Checks a PIN. The try is counted before the slow hash runs, so that tries side by side or a power cut
/// never give a sixth one.
pub(crate) fn check_pin(database: &Database, id: &str, pin: &str, now: Moment) -> Result<Operator, PinFault> {
    let Claimed {
        operator,
        hash,
        tries,
    } = database.write(|t| claim(t, id, now))??;
    let hash = PasswordHash::new(&hash).map_err(|e| StoreFault::Failed(e.to_string()))?;
    if argon()?.verify_password(pin.as_bytes(), &hash).is_ok() {
        database.write(|transaction| {
            transaction.execute(
                "UPDATE operator SET wrong_tries = 0, locked_until = NULL WHERE id = ?",
                [id],
            )?;
            Ok(())
        })?;
        return Ok(operator);
    }
    match MOST_WRONG.saturating_sub(tries) {
        0 => Err(PinFault::Locked {
            until: now.plus(LOCK_MS),
        }),
        left => Err(PinFault::Wrong { left }),
    }
}

struct Claimed {
    operator: Operator,
    hash: String,
    /// Tries in a row, this one included.
    tries: u32,
}

fn claim(connection: &Connection, id: &str, now: Moment) -> Result<Result<Claimed, PinFault>, Trouble> {
    let Some((operator, hash, mut tries, locked_until)) = find(connection, id)? else {
        return Ok(Err(PinFault::Unknown));
    };
    if let Some(until) = locked_until {
        // A clock set back must not make five minutes last for days.
        let until = until.min(now.plus(LOCK_MS));
        if until > now {
            return Ok(Err(PinFault::Locked { until }));
        }
        tries = 0;
    }
    tries += 1;
    let locked = (tries >= MOST_WRONG).then(|| now.plus(LOCK_MS).0);
    connection.execute(
        "UPDATE operator SET wrong_tries = ?, locked_until = ? WHERE id = ?",
        params![tries, locked, id],
    )?;
    Ok(Ok(Claimed {
        operator,
        hash,
        tries,
    }))
}

type Found = (Operator, String, u32, Option<Moment>);

fn find(connection: &Connection, id: &str) -> Result<Option<Found>, Trouble> {
    let sql = "SELECT id, name, role, pin_hash, wrong_tries, locked_until FROM operator WHERE id = ?";
    let row = connection
        .query_row(sql, [id], |row| {
            Ok((
                read(row)?,
                row.get(3)?,
                row.get(4)?,
                row.get::<_, Option<i64>>(5)?,
            ))
        })
        .optional()?;
    row.map(|(who, hash, tries, until)| Ok((operator(who)?, hash, tries, until.map(Moment))))
        .transpose()
}

fn read(row: &Row<'_>) -> rusqlite::Result<(String, String, String)> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
}

fn operator((id, name, role): (String, String, String)) -> Result<Operator, Trouble> {
    Ok(Operator {
        id,
        name,
        role: variant(role)?,
    })
}

fn argon() -> Result<Argon2<'static>, StoreFault> {
    let params =
        Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|e| StoreFault::Failed(e.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}
