//! Finding people by what an operator types, in a time that does not grow with their number.
//!
//! Every way to be found is a key of its own, and what is typed is the beginning of one: a stretch of the
//! table that lies together. Of a stretch that holds more than anybody reads, its beginning is enough.

use crate::enrolments;
use crate::search_keys::{Findable, Kind, backwards};
use crate::trouble::Trouble;
use domain::enrolment::Enrolment;
use domain::enrolment::readings::key;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::HashSet;

/// Keys looked at for each way to be found, when they are more than that: what lies behind them is not
/// weighed any more. Fewer come in the roster's order.
const MOST_WEIGHED: usize = 512;

/// People by ticket, number, name or pinyin, the closest match first: what was typed whole, then names and
/// student numbers that begin so, then readings, then the rest (other numbers, a number's end, a part of a
/// name or of a reading from one of its characters on); among equals in the roster's order, or in that of
/// the keys where more than 512 match. A text of nothing but spaces finds nobody.
pub(crate) fn search(
    connection: &Connection,
    session: &str,
    text: &str,
    limit: u32,
) -> Result<Vec<Enrolment>, Trouble> {
    let wanted = key(text);
    let Some(session) = number(connection, session)? else {
        return Ok(vec![]);
    };
    if wanted.is_empty() {
        return Ok(vec![]);
    }
    let reversed = backwards(&wanted);
    let mut hits = Hits {
        connection,
        session,
        limit: limit as usize,
        found: vec![],
        known: HashSet::new(),
    };
    hits.add(&[(Kind::Front, &wanted, true), (Kind::Paper, &wanted, true)])?;
    hits.add(&[(Kind::Front, &wanted, false)])?;
    hits.add(&[(Kind::Reading, &wanted, false)])?;
    hits.add(&[
        (Kind::Part, &wanted, false),
        (Kind::Paper, &wanted, false),
        (Kind::Ending, &reversed, false),
    ])?;
    let mut people = vec![];
    for position in hits.found {
        people.extend(enrolments::at(connection, position)?);
    }
    Ok(people)
}

/// Positions of the people who have just this key, in the roster's order.
pub(crate) fn whole(
    connection: &Connection,
    session: &str,
    kind: Kind,
    key: &str,
    limit: u32,
) -> Result<Vec<i64>, Trouble> {
    let Some(session) = number(connection, session)? else {
        return Ok(vec![]);
    };
    let mut statement = connection.prepare_cached(
        "SELECT person FROM search_key WHERE session = ?1 AND kind = ?2 AND key = ?3 ORDER BY person LIMIT ?4",
    )?;
    let rows = statement.query_map(params![session, kind as u8, key, limit], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// People found so far, by their positions.
struct Hits<'a> {
    connection: &'a Connection,
    session: i64,
    limit: usize,
    found: Vec<i64>,
    known: HashSet<i64>,
}

impl Hits<'_> {
    /// Adds those who are found by one of these ways, equal among each other, as far as there is room.
    fn add(&mut self, ways: &[(Kind, &str, bool)]) -> Result<(), Trouble> {
        let room = self.limit.saturating_sub(self.found.len());
        if room == 0 {
            return Ok(());
        }
        let mut new = vec![];
        for (kind, key, whole) in ways {
            let most = room.max(MOST_WEIGHED);
            // The greatest character there is ends the stretch of what begins with the key.
            let until = if *whole {
                (*key).to_string()
            } else {
                format!("{key}\u{10ffff}")
            };
            let mut statement = self.connection.prepare_cached(
                "SELECT person FROM search_key
                 WHERE session = ?1 AND kind = ?2 AND key >= ?3 AND key <= ?4 ORDER BY key, person",
            )?;
            let mut rows = statement.query(params![self.session, *kind as u8, key, until])?;
            let mut weighed = 0;
            while weighed < most
                && let Some(row) = rows.next()?
            {
                let person = row.get(0)?;
                if self.known.insert(person) {
                    weighed += 1;
                    new.push(person);
                }
            }
        }
        new.sort_unstable();
        new.truncate(room);
        self.found.append(&mut new);
        Ok(())
    }
}

/// Keys written at once: so many are sorted in memory first.
const PEOPLE_AT_ONCE: usize = 20_000;

const INSERT: &str = "INSERT OR IGNORE INTO search_key (session, kind, key, person) VALUES (?1, ?2, ?3, ?4)";

/// Keys of new people, on their way into the table. [`Incoming::write`] ends it.
#[derive(Default)]
pub(crate) struct Incoming {
    rows: Vec<(i64, Kind, String, i64)>,
    people: usize,
}

impl Incoming {
    /// Takes a person's keys, and writes when there are many.
    pub(crate) fn take(
        &mut self,
        connection: &Connection,
        session: &str,
        position: i64,
        person: Findable<'_>,
    ) -> Result<(), Trouble> {
        let session = number_or_new(connection, session)?;
        let keys = person.keys().into_iter();
        self.rows
            .extend(keys.map(|(kind, key)| (session, kind, key, position)));
        self.people += 1;
        if self.people >= PEOPLE_AT_ONCE {
            self.write(connection)?;
        }
        Ok(())
    }

    /// Writes what was taken, in the table's own order: each of its pages then changes once and not again
    /// for every person.
    pub(crate) fn write(&mut self, connection: &Connection) -> Result<(), Trouble> {
        self.rows.sort_unstable();
        let mut insert = connection.prepare_cached(INSERT)?;
        for (session, kind, key, person) in self.rows.drain(..) {
            insert.execute(params![session, kind as u8, key, person])?;
        }
        self.people = 0;
        Ok(())
    }
}

/// Changes the keys of one person whose record changes.
pub(crate) fn change(
    connection: &Connection,
    session: &str,
    position: i64,
    before: Findable<'_>,
    after: Findable<'_>,
) -> Result<(), Trouble> {
    if before == after {
        return Ok(());
    }
    let (old, new) = (before.keys(), after.keys());
    let session = number_or_new(connection, session)?;
    let mut delete = connection.prepare_cached(
        "DELETE FROM search_key WHERE session = ?1 AND kind = ?2 AND key = ?3 AND person = ?4",
    )?;
    for (kind, key) in old.difference(&new) {
        delete.execute(params![session, *kind as u8, key, position])?;
    }
    let mut insert = connection.prepare_cached(INSERT)?;
    for (kind, key) in new.difference(&old) {
        insert.execute(params![session, *kind as u8, key, position])?;
    }
    Ok(())
}

/// Takes the keys of one person whose record goes.
pub(crate) fn forget(
    connection: &Connection,
    session: &str,
    position: i64,
    person: Findable<'_>,
) -> Result<(), Trouble> {
    let session = number_or_new(connection, session)?;
    let mut delete = connection.prepare_cached(
        "DELETE FROM search_key WHERE session = ?1 AND kind = ?2 AND key = ?3 AND person = ?4",
    )?;
    for (kind, key) in person.keys() {
        delete.execute(params![session, kind as u8, key, position])?;
    }
    Ok(())
}

/// Writes the keys of everybody who is in a database that had none. A part of the fourth migration: it asks
/// for the columns of that time.
pub(crate) fn fill(connection: &Connection) -> Result<(), Trouble> {
    let mut incoming = Incoming::default();
    let mut statement = connection.prepare(
        "SELECT session, position, name, student_number, ticket, coalesce(document_number, '') FROM enrolment",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let text = |at| row.get_ref(at).and_then(|value| Ok(value.as_str()?));
        let person = Findable {
            name: text(2)?,
            student_number: text(3)?,
            ticket: text(4)?,
            document_number: text(5)?,
            exam_number: "",
        };
        incoming.take(connection, text(0)?, row.get(1)?, person)?;
    }
    incoming.write(connection)
}

/// Writes the keys of everybody with a 考生号, which was not searched for before. A part of the migration that
/// came with them.
pub(crate) fn fill_exam_numbers(connection: &Connection) -> Result<(), Trouble> {
    let mut incoming = Incoming::default();
    let mut statement = connection.prepare(
        "SELECT session, position, name, student_number, ticket, coalesce(document_number, ''), exam_number
         FROM enrolment WHERE exam_number <> ''",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let text = |at| row.get_ref(at).and_then(|value| Ok(value.as_str()?));
        let person = Findable {
            name: text(2)?,
            student_number: text(3)?,
            ticket: text(4)?,
            document_number: text(5)?,
            exam_number: text(6)?,
        };
        incoming.take(connection, text(0)?, row.get(1)?, person)?;
    }
    incoming.write(connection)
}

fn number(connection: &Connection, session: &str) -> Result<Option<i64>, Trouble> {
    Ok(connection
        .prepare_cached("SELECT id FROM search_session WHERE session = ?")?
        .query_row([session], |row| row.get(0))
        .optional()?)
}

fn number_or_new(connection: &Connection, session: &str) -> Result<i64, Trouble> {
    if let Some(known) = number(connection, session)? {
        return Ok(known);
    }
    connection.execute("INSERT INTO search_session (session) VALUES (?)", [session])?;
    Ok(connection.last_insert_rowid())
}
