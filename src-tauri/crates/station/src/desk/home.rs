//! The roster page: classes, people, who is next.

use super::{Desk, Page, Trouble};
use domain::enrolment::{Enrolment, EnrolmentState};
use domain::port::ClassTally;
use domain::session::{Refusal, State};

/// Rows shown at once.
const MOST_ROWS: u32 = 200;

/// What the roster page shows; read from the store when something changed.
#[derive(Debug, Default, Clone)]
pub(crate) struct Home {
    pub(crate) class_name: String,
    pub(crate) search: String,
    pub(crate) selected: Option<String>,
    pub(crate) classes: Vec<ClassTally>,
    pub(crate) people: Vec<Enrolment>,
    pub(crate) next: Option<Enrolment>,
}

impl Home {
    /// Shows a class and ends the search.
    pub(crate) fn show(&mut self, class_name: String) {
        self.class_name = class_name;
        self.search.clear();
        self.selected = None;
    }
}

impl Desk {
    /// Reads the roster page anew.
    pub(crate) fn read_home(&mut self) -> Result<(), Trouble> {
        let Some(setup) = self.setup.clone() else {
            return Ok(());
        };
        let store = &self.around.store;
        let home = &mut self.home;
        home.classes = store.classes(&setup.id)?;
        if !home.classes.iter().any(|c| c.name == home.class_name) {
            let unfinished = home.classes.iter().find(|c| c.captured < c.total);
            let first = unfinished.or(home.classes.first());
            home.class_name = first.map(|c| c.name.clone()).unwrap_or_default();
        }
        home.people = if home.search.trim().is_empty() {
            store.people(&setup.id, &home.class_name)?
        } else {
            store.search(&setup.id, home.search.trim(), MOST_ROWS)?
        };
        home.people.truncate(MOST_ROWS as usize);
        let open = |e: &&Enrolment| {
            matches!(e.state, EnrolmentState::ToCapture | EnrolmentState::Retake) && e.not_eligible.is_none()
        };
        let selected = home.selected.as_ref();
        let chosen = home.people.iter().find(|e| Some(&e.id) == selected);
        home.next = chosen.or_else(|| home.people.iter().find(open)).cloned();
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
