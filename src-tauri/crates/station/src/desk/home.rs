//! The roster page: classes, people, who is next.

use super::{Desk, Page, Trouble};
use domain::enrolment::{Enrolment, EnrolmentState};
use domain::line::LineFilter;
use domain::port::{ClassTally, Store, StoreFault};
use domain::session::{Refusal, State};
use std::collections::HashSet;

/// Rows shown at once.
const MOST_ROWS: u32 = 200;
/// People who did not come that are told apart; a desk that calls more in vain has no roster for the day.
const MOST_ABSENT: u32 = 2_000;
/// Shown of those who come after the next one.
const FOLLOWING: u32 = 3;

/// What the roster page shows; read from the store when something changed.
#[derive(Debug, Default, Clone)]
pub(crate) struct Home {
    pub(crate) class_name: String,
    pub(crate) search: String,
    /// Who may be meant by the number that was called; in place of what a search finds.
    pub(crate) offered: Option<Vec<String>>,
    pub(crate) filter: LineFilter,
    pub(crate) selected: Option<String>,
    /// Who was served or called in vain last: the line goes on behind them.
    pub(crate) after: Option<String>,
    pub(crate) classes: Vec<ClassTally>,
    pub(crate) people: Vec<Enrolment>,
    pub(crate) next: Option<Enrolment>,
    pub(crate) following: Vec<Enrolment>,
    /// Ids of those who did not come.
    pub(crate) absent: HashSet<String>,
}

impl Home {
    /// Shows a class and ends the search.
    pub(crate) fn show(&mut self, class_name: String) {
        if self.class_name != class_name {
            self.after = None;
        }
        self.class_name = class_name;
        self.look_for(String::new());
    }

    /// Searches; an empty text ends the search.
    pub(crate) fn look_for(&mut self, text: String) {
        self.search = text;
        self.offered = None;
        self.selected = None;
    }

    pub(crate) fn searching(&self) -> bool {
        !self.search.trim().is_empty()
    }

    /// Somebody's photo is kept: the line goes on behind them. Walk-ins stand in no line.
    pub(crate) fn served(&mut self, record: &Enrolment) {
        if !record.provisional && record.class_name == self.class_name {
            self.after = Some(record.id.clone());
        }
    }

    fn read(&mut self, store: &dyn Store, session: &str) -> Result<(), StoreFault> {
        self.classes = store.classes(session)?;
        if !self.classes.iter().any(|c| c.name == self.class_name) {
            let unfinished = self.classes.iter().find(|c| c.captured < c.total);
            let first = unfinished.or(self.classes.first());
            self.class_name = first.map(|c| c.name.clone()).unwrap_or_default();
            self.after = None;
        }
        let absent = store.absent(session, MOST_ABSENT)?;
        self.absent = absent.iter().map(|e| e.id.clone()).collect();
        if self.searching() {
            return self.read_search(store, session);
        }
        let chosen = match &self.selected {
            Some(id) => store.enrolment(id)?.filter(|e| e.class_name == self.class_name),
            None => None,
        };
        if chosen.is_none() {
            self.selected = None;
        }
        self.next = match chosen {
            Some(chosen) => Some(chosen),
            None => self.first_waiting(store, session, &absent)?,
        };
        if let Some(next) = &self.next
            && next.class_name != self.class_name
        {
            // The class is through: the line goes on with the next one.
            self.class_name = next.class_name.clone();
            self.after = None;
        }
        let around = self.next.as_ref().map(|e| e.id.as_str());
        self.people = store.line(session, &self.class_name, self.filter, around, MOST_ROWS)?;
        self.following = match around {
            Some(_) => store.waiting(session, Some(&self.class_name), around, FOLLOWING)?,
            None => vec![],
        };
        Ok(())
    }

    fn read_search(&mut self, store: &dyn Store, session: &str) -> Result<(), StoreFault> {
        self.people = match &self.offered {
            Some(ids) => {
                let rows = ids.iter().map(|id| store.enrolment(id));
                rows.collect::<Result<Vec<_>, _>>()?
                    .into_iter()
                    .flatten()
                    .collect()
            }
            None => store.search(session, self.search.trim(), MOST_ROWS)?,
        };
        let open = |e: &&Enrolment| {
            matches!(e.state, EnrolmentState::ToCapture | EnrolmentState::Retake) && e.not_eligible.is_none()
        };
        let selected = self.selected.as_ref();
        let chosen = self.people.iter().find(|e| Some(&e.id) == selected);
        let first = self.people.iter().find(open).or(self.people.first());
        self.next = chosen.or(first).cloned();
        if chosen.is_none() {
            self.selected = None;
        }
        self.following.clear();
        Ok(())
    }

    /// Who waits behind the last one; then who was passed over in the class; then, where the line has begun, the
    /// classes after it and those before; at last who did not come.
    fn first_waiting(
        &self,
        store: &dyn Store,
        session: &str,
        absent: &[Enrolment],
    ) -> Result<Option<Enrolment>, StoreFault> {
        let class = Some(self.class_name.as_str());
        let after = self.after.as_deref();
        let begun = after.is_some();
        let places = [
            (true, class, after),
            (begun, class, None),
            (begun, None, after),
            (begun, None, None),
        ];
        for (_, class, after) in places.into_iter().filter(|(looked, ..)| *looked) {
            if let Some(first) = store.waiting(session, class, after, 1)?.pop() {
                return Ok(Some(first));
            }
        }
        let here = absent.iter().find(|e| e.class_name == self.class_name);
        Ok(here.or(absent.first().filter(|_| begun)).cloned())
    }
}

impl Desk {
    /// Reads the roster page anew.
    pub(crate) fn read_home(&mut self) -> Result<(), Trouble> {
        let Some(setup) = self.setup.clone() else {
            return Ok(());
        };
        self.home.read(self.around.store.as_ref(), &setup.id)?;
        self.touch();
        Ok(())
    }

    /// Shows another page, or the person's own again.
    pub(super) fn turn_to(&mut self, page: Page) -> Result<(), Trouble> {
        self.operator.as_ref().ok_or(Refusal::NotNow)?;
        if page != Page::Roster {
            self.leave_roster();
        }
        self.page = page;
        if page == Page::Person && matches!(self.state, State::Idle) && self.setup.is_some() {
            self.read_home()?;
        }
        Ok(())
    }
}
