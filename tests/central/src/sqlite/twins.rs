//! The same person in two packets that are no retakes of each other.

use super::changes;
use super::packets::SUPERSEDED;
use crate::packets::NewPacket;
use rusqlite::{Connection, params};

/// Packets that one new packet is held against, the newest first: a wrong number typed all day long must not
/// make a pair of every two packets of that day.
const MOST: u32 = 3;

/// Tells of every packet of the same session with the same document number, the same enrolment or the same 采集码, which
/// is not of the same chain of retakes, not taken back and not replaced; once for a pair of chains.
pub(super) fn tell(connection: &Connection, packet: &NewPacket<'_>, root: &str) -> rusqlite::Result<()> {
    let id = packet.id.to_string();
    let sought = Sought {
        session: packet.session,
        person: packet.person,
        enrolments: [packet.enrolment, packet.enrolment],
        code: packet.code,
    };
    pair(connection, &id, packet.station, root, &sought)
}

/// A walk-in turned out to be this person of the roster: packets under the roster's own enrolment are of the same
/// person. Stations name it with the session before it.
pub(super) fn tell_settled(
    connection: &Connection,
    session: &str,
    provisional: &str,
    entry: &str,
) -> rusqlite::Result<()> {
    let sql = format!(
        "SELECT id, station, root FROM packet WHERE session = ?1 AND enrolment = ?2 AND NOT {SUPERSEDED}
            AND NOT EXISTS (SELECT 1 FROM withdrawal WHERE withdrawal.packet = packet.id)"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let found = statement.query_map([session, provisional], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    })?;
    let found: Vec<(String, String, String)> = found.collect::<Result<_, _>>()?;
    let named = format!("{session}:{entry}");
    let sought = Sought {
        session,
        person: "",
        enrolments: [&named, entry],
        code: "",
    };
    for (id, station, root) in found {
        pair(connection, &id, &station, &root, &sought)?;
    }
    Ok(())
}

/// What makes two packets those of one person; an empty text makes none.
struct Sought<'a> {
    session: &'a str,
    person: &'a str,
    enrolments: [&'a str; 2],
    code: &'a str,
}

fn pair(
    connection: &Connection,
    id: &str,
    own_station: &str,
    root: &str,
    sought: &Sought<'_>,
) -> rusqlite::Result<()> {
    let at = super::now();
    for (other, station) in others(connection, sought, root)? {
        connection.execute(
            "INSERT INTO twin (packet, other, at) VALUES (?1, ?2, ?3)",
            params![id, other, at],
        )?;
        let body = serde_json::json!({
            "packet": id, "station": own_station, "other_packet": other, "other_station": station, "at": at,
        });
        changes::tell(connection, "twin", &body)?;
    }
    Ok(())
}

fn others(
    connection: &Connection,
    sought: &Sought<'_>,
    root: &str,
) -> rusqlite::Result<Vec<(String, String)>> {
    let fits = |column: &str| {
        format!(
            "SELECT id, station, received_at, root FROM packet WHERE session = ?1 AND {column} AND root <> ?4
                AND NOT {SUPERSEDED}
                AND NOT EXISTS (SELECT 1 FROM withdrawal WHERE withdrawal.packet = packet.id)"
        )
    };
    let sql = format!(
        "SELECT id, station FROM ({} UNION {} UNION {}) AS found WHERE NOT EXISTS (
            SELECT 1 FROM packet AS mine JOIN twin ON mine.id IN (twin.packet, twin.other)
                JOIN packet AS theirs ON theirs.id IN (twin.packet, twin.other)
            WHERE mine.root = ?4 AND theirs.root = found.root)
         ORDER BY received_at DESC LIMIT ?5",
        fits("person = ?2 AND person <> ''"),
        fits("enrolment IN (?3, ?7)"),
        fits("code = ?6 AND code <> ''")
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(
        params![
            sought.session,
            sought.person,
            sought.enrolments[0],
            root,
            MOST,
            sought.code,
            sought.enrolments[1]
        ],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    rows.collect()
}

/// Ids of the packets that are twins of this one's chain, oldest pair first.
pub(super) fn of(connection: &Connection, packet: &str) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection.prepare_cached(
        "SELECT DISTINCT theirs.id FROM packet AS mine
            JOIN (SELECT packet AS a, other AS b, at FROM twin UNION ALL SELECT other, packet, at FROM twin) AS pair
                ON pair.a = mine.id
            JOIN packet AS theirs ON theirs.id = pair.b
         WHERE mine.root = (SELECT root FROM packet WHERE id = ?1) ORDER BY pair.at",
    )?;
    let rows = statement.query_map([packet], |row| row.get(0))?;
    rows.collect()
}
