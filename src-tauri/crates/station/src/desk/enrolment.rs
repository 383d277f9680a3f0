//! Which enrolment: found, searched for, chosen, confirmed, or taken as a walk-in.

use super::{Desk, Trouble};
use crate::contract::{Command, WalkInTold};
use domain::Personal;
use domain::enrolment::matching::{MOST_NEAR, Sought, judge};
use domain::enrolment::{Enrolment, EnrolmentState};
use domain::session::{Input, Refusal, Standing, State};

/// What was searched for on the enrolment page of one person; memory only.
#[derive(Default)]
pub(crate) struct Finding {
    /// Whose page it is: that of another person counts for nothing.
    epoch: u32,
    pub(crate) text: String,
    /// It found nobody.
    pub(crate) missed: bool,
}

impl Desk {
    /// What was searched for beside what the look-up found.
    pub(crate) fn finding(&self) -> Option<&Finding> {
        (self.finding.epoch == self.epoch).then_some(&self.finding)
    }

    /// What every record on the enrolment page is held against.
    pub(crate) fn sought(&self) -> Option<Sought> {
        let State::Matching { known, .. } = &self.state else {
            return None;
        };
        let text = self.finding().map(|f| f.text.clone()).unwrap_or_default();
        Some(Sought {
            student_number: text.clone(),
            exam_number: text.clone(),
            ticket: text,
            ..known.sought()
        })
    }

    /// Commands of the enrolment page.
    pub(super) fn enrolment_command(&mut self, command: Command) -> Result<(), Trouble> {
        match command {
            Command::ChooseEnrolment { index } => self.input(Input::ChooseEnrolment(index as usize)),
            Command::FindEnrolment { text } => self.find_enrolment(&text),
            Command::TakeWalkIn(told) => self.take_walk_in(&told),
            Command::ConfirmEnrolment => {
                let id = self
                    .state
                    .enrolment()
                    .map(|e| e.id.clone())
                    .ok_or(Refusal::ChooseFirst)?;
                let standing = Standing {
                    eligibility: self.eligibility(),
                    ..self.around.store.standing(&id)?
                };
                self.input(Input::ConfirmEnrolment(standing))
            }
            _ => Err(Refusal::NotNow.into()),
        }
    }

    /// Looks for another record by 学号, 考生号, ticket or name; nothing typed shows what the look-up found.
    fn find_enrolment(&mut self, text: &str) -> Result<(), Trouble> {
        let setup = self.setup.clone().ok_or(Refusal::NotNow)?;
        let answered = matches!(self.state, State::Matching { answered: true, .. });
        answered.then_some(()).ok_or(Refusal::NotNow)?;
        self.finding = Finding {
            epoch: self.epoch,
            text: text.trim().to_string(),
            missed: false,
        };
        let sought = self.sought().ok_or(Refusal::NotNow)?;
        let mut found = self.around.store.look_up(&setup.id, &sought)?;
        let text = &sought.student_number;
        if !text.is_empty() {
            let by_text = |record: &Enrolment| {
                let rule = judge(&sought, record).rule;
                rule.own() || rule.typed()
            };
            found.retain(by_text);
            let most = u32::try_from(MOST_NEAR).unwrap_or(u32::MAX);
            for record in self.around.store.search(&setup.id, text, most)? {
                if found.iter().all(|known| known.id != record.id) {
                    found.push(record);
                }
            }
            self.finding.missed = !found.iter().any(|record| !judge(&sought, record).rule.own());
        }
        found.sort_by_key(|record| judge(&sought, record).rule);
        self.input(Input::Offer(found))
    }

    fn take_walk_in(&mut self, told: &WalkInTold) -> Result<(), Trouble> {
        let setup = self.setup.clone().ok_or(Refusal::NotNow)?;
        let school = match told.school.trim() {
            "" => &setup.school,
            school => school,
        };
        let record = Enrolment {
            id: format!("walk-in-{}", uuid::Uuid::now_v7()),
            session: setup.id.clone(),
            // The rules put the verified name and number in.
            name: Personal::default(),
            document_number: None,
            school: school.to_string(),
            class_name: told.class_name.trim().to_string(),
            student_number: told.student_number.trim().to_string(),
            exam_number: String::new(),
            code: None,
            ticket: String::new(),
            prepaid: false,
            not_eligible: None,
            provisional: true,
            state: EnrolmentState::ToCapture,
        };
        self.input(Input::TakeWalkIn(record))
    }
}
