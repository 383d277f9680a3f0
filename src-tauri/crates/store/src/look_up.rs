//! Records that may be a person's: those under the own numbers and the own name, else those that nearly are.
//!
//! Every question is a stretch of an index. What is found is weighed by `domain::enrolment::matching`.

use crate::enrolments::{COLUMNS, at, list};
use crate::search;
use crate::search_keys::Kind;
use crate::trouble::Trouble;
use domain::enrolment::Enrolment;
use domain::enrolment::matching::{MOST_NEAR, MatchRule, Sought, judge, near_bodies};
use domain::enrolment::readings::{Readings, key};
use rusqlite::{Connection, Params};

/// Namesakes shown at most: among more than these nobody finds the right one by the name alone.
const MOST_NAMESAKES: u32 = 200;
/// Readings of a name that are looked for; the usual ones come first.
const MOST_READINGS: usize = 16;
/// People looked at for one reading, and for one number that is nearly the own.
const MOST_ALIKE: u32 = 64;

pub(crate) fn look_up(
    connection: &Connection,
    session: &str,
    sought: &Sought,
) -> Result<Vec<Enrolment>, Trouble> {
    let mut found = Found {
        connection,
        people: vec![],
    };
    let number = key(sought.number.as_str());
    if !number.is_empty() {
        found.add(
            "number_key = ?2 AND number_key <> ''",
            (session, &number, MOST_NAMESAKES),
        )?;
    }
    if let Some(code) = &sought.code {
        found.add("code = ?2 AND code IS NOT NULL", (session, code, MOST_NAMESAKES))?;
    }
    let known = !found.people.is_empty();
    for (typed, rule) in [
        (&sought.student_number, MatchRule::StudentNumber),
        (&sought.exam_number, MatchRule::ExamNumber),
        (&sought.ticket, MatchRule::Ticket),
    ] {
        found.add_typed(session, sought, &key(typed), rule)?;
    }
    let name = key(sought.name.as_str());
    if !name.is_empty() && !known {
        found.add(
            "name_key = ?2 AND name_key <> ''",
            (session, &name, MOST_NAMESAKES),
        )?;
        found.add_near(session, sought, &name)?;
    }
    Ok(found.people)
}

struct Found<'a> {
    connection: &'a Connection,
    people: Vec<Enrolment>,
}

impl Found<'_> {
    fn add(&mut self, by: &str, params: impl Params) -> Result<(), Trouble> {
        let sql = format!("{COLUMNS} WHERE session = ?1 AND {by} ORDER BY position LIMIT ?3");
        for person in list(self.connection, &sql, params)? {
            self.put(person);
        }
        Ok(())
    }

    fn put(&mut self, person: Enrolment) {
        if self.people.iter().all(|known| known.id != person.id) {
            self.people.push(person);
        }
    }

    /// Those who have just this 学号, 考生号 or ticket; the search holds them all among its keys.
    fn add_typed(
        &mut self,
        session: &str,
        sought: &Sought,
        typed: &str,
        rule: MatchRule,
    ) -> Result<(), Trouble> {
        if typed.is_empty() {
            return Ok(());
        }
        for kind in [Kind::Front, Kind::Paper] {
            for position in search::whole(self.connection, session, kind, typed, MOST_ALIKE)? {
                if let Some(person) = at(self.connection, position)?
                    && judge(sought, &person).rule <= rule
                {
                    self.put(person);
                }
            }
        }
        Ok(())
    }

    /// Those whose number is nearly the own, then those whose name sounds the same.
    fn add_near(&mut self, session: &str, sought: &Sought, name: &str) -> Result<(), Trouble> {
        let most = self.people.len() + MOST_NEAR;
        if !sought.number.as_str().is_empty() {
            let sql = format!(
                "{COLUMNS} WHERE session = ?1 AND number_key >= ?2 AND number_key <= ?3 AND number_key <> ''
                 ORDER BY number_key, position LIMIT ?4"
            );
            for body in near_bodies(sought.number.as_str()) {
                // The greatest character there is ends the stretch of what begins with the body.
                let until = format!("{body}\u{10ffff}");
                let people = list(self.connection, &sql, (session, &body, &until, MOST_ALIKE))?;
                self.put_near(sought, people, most);
            }
        }
        let readings = Readings::of(name);
        let own = (readings.whole().next().is_none()).then(|| name.to_string());
        for reading in readings.whole().take(MOST_READINGS).chain(own) {
            let alike = search::whole(self.connection, session, Kind::Reading, &reading, MOST_ALIKE)?;
            for position in alike {
                let person = at(self.connection, position)?;
                self.put_near(sought, person, most);
            }
        }
        Ok(())
    }

    fn put_near(&mut self, sought: &Sought, people: impl IntoIterator<Item = Enrolment>, most: usize) {
        for person in people {
            if self.people.len() < most && judge(sought, &person).rule != MatchRule::Searched {
                self.put(person);
            }
        }
    }
}
