//! The line: whom the list shows, who is called, who did not come; and the one confirmation of a trusted list.

use super::{Desk, Page, Trouble};
use crate::contract::{Command, Level};
use domain::enrolment::EnrolmentState;
use domain::line::{Called, called};
use domain::session::{Input, Refusal, Standing, State};
use std::collections::BTreeMap;

impl Desk {
    /// Commands of the roster page, and the confirmation of a trusted list.
    pub(super) fn line_command(&mut self, command: Command) -> Result<(), Trouble> {
        match command {
            Command::ShowClass { name } => {
                self.home.show(name);
                self.read_home()
            }
            Command::FilterLine { filter } => {
                self.home.filter = filter;
                self.read_home()
            }
            Command::Search { text } => {
                self.home.look_for(text);
                self.read_home()
            }
            Command::SelectNext { enrolment } => {
                self.home.selected = Some(enrolment);
                self.read_home()
            }
            Command::CallNumber { text } => self.call_number(text),
            Command::NotePersonAbsent { enrolment } => self.note_absent(&enrolment),
            Command::Begin { enrolment } => self.begin(&enrolment),
            Command::BeginUncalled => self.input(Input::Begin { called: None }),
            Command::ConfirmListed => self.confirm_listed(),
            _ => Err(Refusal::NotNow.into()),
        }
    }

    fn begin(&mut self, enrolment: &str) -> Result<(), Trouble> {
        let record = self.around.store.enrolment(enrolment)?.ok_or(Refusal::NotNow)?;
        let class = record.class_name.clone();
        self.input(Input::Begin { called: Some(record) })?;
        self.leave_roster();
        self.page = Page::Person;
        self.home.show(class);
        if self.home.absent.remove(enrolment) {
            self.around.store.note_came(enrolment)?;
        }
        Ok(())
    }

    /// Begins with whoever a number names; else shows who may be meant. What keeps that person from a photo is told
    /// beside their record.
    fn call_number(&mut self, text: String) -> Result<(), Trouble> {
        self.between_people()?;
        let session = self.setup.as_ref().map(|s| s.id.clone()).ok_or(Refusal::NotNow)?;
        let found = self
            .around
            .store
            .numbered(&session, &self.home.class_name, &text)?;
        let meant = called(&text, &self.home.class_name, &found);
        let offered: Vec<String> = match &meant {
            Called::One(one) => vec![one.id.clone()],
            Called::Several(several) => several.iter().map(|e| e.id.clone()).collect(),
            Called::Nobody => vec![],
        };
        let told = match &meant {
            Called::One(_) => None,
            Called::Several(_) => Some("fault.number_several"),
            Called::Nobody => Some("fault.number_nobody"),
        };
        let shown = text.trim().to_string();
        self.home.look_for(shown.clone());
        let one = offered.first().cloned().filter(|_| told.is_none());
        self.home.offered = Some(offered);
        self.read_home()?;
        if let Some(one) = one {
            return self.begin(&one);
        }
        let args = BTreeMap::from([("text".to_string(), shown)]);
        self.say(Level::Warn, told.unwrap_or_default(), args);
        Ok(())
    }

    /// Who does not come keeps the place; the line goes on behind it.
    fn note_absent(&mut self, enrolment: &str) -> Result<(), Trouble> {
        self.between_people()?;
        let record = self.around.store.enrolment(enrolment)?.ok_or(Refusal::NotNow)?;
        let waits = matches!(record.state, EnrolmentState::ToCapture | EnrolmentState::Retake);
        if !waits || record.not_eligible.is_some() {
            return Err(Refusal::NotNow.into());
        }
        let event = self.event("absent", enrolment, "");
        self.around.store.note_absent(enrolment, event.at, &event)?;
        self.home.show(record.class_name);
        self.home.after = Some(record.id);
        self.read_home()
    }

    /// Identity and enrolment at once, with what the store knows at this moment.
    fn confirm_listed(&mut self) -> Result<(), Trouble> {
        let State::Identifying {
            called: Some(called), ..
        } = &self.state
        else {
            return Err(Refusal::NotNow.into());
        };
        let number = called.document_number.clone().ok_or(Refusal::NotListed)?;
        let same_number = self.around.store.of_number(&called.session, number.as_str())?;
        let standing = Standing {
            eligibility: self.eligibility(),
            ..self.around.store.standing(&called.id)?
        };
        let facts = self.facts_beside(number.as_str())?;
        self.input(Input::ConfirmListed {
            same_number,
            facts,
            standing,
        })
    }

    fn between_people(&self) -> Result<(), Refusal> {
        matches!(self.state, State::Idle | State::Done { .. })
            .then_some(())
            .ok_or(Refusal::NotNow)
    }
}
