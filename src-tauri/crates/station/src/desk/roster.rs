//! A roster file on its way into the session: commands, and what the clerk found.

use super::{Desk, Page, Trouble};
use crate::clerk::{Checked, Found, Opened, Task, Trouble as FileTrouble};
use crate::contract::{ColumnMeaning, Command};
use domain::roster::{GoneChoice, ImportCounts, ImportRecord};
use domain::session::{Refusal, State};
use roster::TextEncoding;
use std::sync::Arc;

/// How far the file is.
#[derive(Debug, Default, Clone)]
pub(crate) enum Stage {
    #[default]
    Choosing,
    Working {
        what: &'static str,
        done: u64,
        total: u64,
    },
    Columns,
    Checked(Arc<Checked>),
    Applied(ImportCounts),
}

/// What the page of a roster file shows.
#[derive(Debug, Default)]
pub(crate) struct RosterFile {
    pub(crate) path: String,
    pub(crate) stage: Stage,
    pub(crate) fault: Option<&'static str>,
    pub(crate) opened: Option<Box<Opened>>,
    /// Index of the sheet whose columns are shown.
    pub(crate) shown: usize,
    pub(crate) choice: GoneChoice,
    pub(crate) saved: Option<String>,
    pub(crate) last: Option<ImportRecord>,
    /// Of the task asked for last; what another one found comes too late.
    ticket: u32,
}

impl Desk {
    /// Commands of this page.
    pub(super) fn roster_command(&mut self, command: Command) -> Result<(), Trouble> {
        if let Command::OpenRoster = command {
            return self.open_roster();
        }
        if self.page != Page::Roster {
            return Err(Refusal::NotNow.into());
        }
        match command {
            Command::ReadRoster { path } => self.read_roster(path, None),
            Command::ReadRosterIn { encoding } => {
                let encoding = TextEncoding::of_word(&encoding).ok_or(Refusal::NotNow)?;
                self.read_roster(self.roster_file.path.clone(), Some(encoding))
            }
            Command::ShowRosterSheet { sheet } => {
                let opened = self.columns()?;
                let known = (sheet as usize) < opened.plan.sheets.len();
                known.then_some(()).ok_or(Refusal::NotNow)?;
                self.roster_file.shown = sheet as usize;
                Ok(())
            }
            Command::UseRosterSheet { sheet, used } => {
                let known = self.columns()?.plan.use_sheet(sheet as usize, used);
                known.then_some(()).ok_or(Refusal::NotNow)?;
                Ok(())
            }
            Command::UseHiddenRows { used } => {
                self.columns()?.plan.hidden_rows = used;
                Ok(())
            }
            Command::AssignColumn(ColumnMeaning {
                sheet,
                letters,
                field,
            }) => {
                let known = self.columns()?.plan.assign(sheet as usize, &letters, field);
                known.then_some(()).ok_or(Refusal::NotNow)?;
                Ok(())
            }
            Command::CheckRoster => self.check_roster(),
            Command::BackToColumns => {
                matches!(self.roster_file.stage, Stage::Checked(_))
                    .then_some(())
                    .ok_or(Refusal::NotNow)?;
                self.roster_file.stage = Stage::Columns;
                self.roster_file.fault = None;
                Ok(())
            }
            Command::ChooseGone { choice } => {
                matches!(self.roster_file.stage, Stage::Checked(_))
                    .then_some(())
                    .ok_or(Refusal::NotNow)?;
                self.roster_file.choice = choice;
                Ok(())
            }
            Command::SaveRosterProblems => {
                matches!(self.roster_file.stage, Stage::Checked(_))
                    .then_some(())
                    .ok_or(Refusal::NotNow)?;
                self.task(Task::SaveProblems);
                Ok(())
            }
            Command::ApplyRoster { leave_out } => self.apply_roster(leave_out),
            _ => Err(Refusal::NotNow.into()),
        }
    }

    /// Leaving the page forgets the file; what is being applied goes on, and is told when it is done.
    pub(super) fn leave_roster(&mut self) {
        if self.page != Page::Roster {
            return;
        }
        self.page = Page::Person;
        if !self.is_applying() {
            self.task(Task::Forget);
            self.roster_file.stage = Stage::Choosing;
            (self.roster_file.opened, self.roster_file.fault) = (None, None);
        }
    }

    fn is_applying(&self) -> bool {
        matches!(self.roster_file.stage, Stage::Working { what: "applying", .. })
    }

    fn open_roster(&mut self) -> Result<(), Trouble> {
        matches!(self.state, State::Idle)
            .then_some(())
            .ok_or(Refusal::NotNow)?;
        let setup = self.setup.clone().ok_or(Refusal::NotNow)?;
        if !self.is_applying() {
            let ticket = self.roster_file.ticket;
            self.roster_file = RosterFile {
                ticket,
                ..RosterFile::default()
            };
        }
        self.roster_file.last = self.around.store.imports(&setup.id)?.into_iter().next();
        self.turn_to(Page::Roster)
    }

    fn read_roster(&mut self, path: String, encoding: Option<TextEncoding>) -> Result<(), Trouble> {
        let setup = self.setup.clone().ok_or(Refusal::NotNow)?;
        if self.is_applying() || path.trim().is_empty() {
            return Err(Refusal::NotNow.into());
        }
        // A path that was dropped or copied often comes in quotes.
        let path = path.trim().trim_matches(['"', '\'']).to_string();
        self.roster_file.path = path.clone();
        self.roster_file.opened = None;
        self.work("reading");
        self.task(Task::Open {
            path,
            encoding,
            school: setup.school.clone(),
        });
        Ok(())
    }

    fn columns(&mut self) -> Result<&mut Opened, Trouble> {
        let here = matches!(self.roster_file.stage, Stage::Columns);
        self.roster_file.fault = None;
        let opened = self.roster_file.opened.as_deref_mut().filter(|_| here);
        opened.ok_or_else(|| Refusal::NotNow.into())
    }

    fn check_roster(&mut self) -> Result<(), Trouble> {
        let setup = self.setup.clone().ok_or(Refusal::NotNow)?;
        let today = crate::view::local_date(self.now());
        let plan = self.columns()?.plan.clone();
        if !plan.missing().is_empty() {
            return Err(Refusal::NotNow.into());
        }
        let (session, school) = (setup.id.clone(), setup.school.clone());
        self.work("checking");
        self.task(Task::Check {
            plan: Box::new(plan),
            session,
            school,
            today,
        });
        Ok(())
    }

    /// Rows that cannot be taken are left out only when somebody says so.
    fn apply_roster(&mut self, leave_out: bool) -> Result<(), Trouble> {
        let Stage::Checked(checked) = &self.roster_file.stage else {
            return Err(Refusal::NotNow.into());
        };
        if checked.roster.rows.is_empty() || (checked.left_out > 0 && !leave_out) {
            return Err(Refusal::NotNow.into());
        }
        let by = self
            .operator
            .as_ref()
            .map(|operator| operator.id.clone())
            .ok_or(Refusal::NotNow)?;
        let (choice, at) = (self.roster_file.choice, self.now());
        self.work("applying");
        self.task(Task::Apply { choice, by, at });
        Ok(())
    }

    fn work(&mut self, what: &'static str) {
        self.roster_file.fault = None;
        self.roster_file.stage = Stage::Working {
            what,
            done: 0,
            total: 0,
        };
    }

    fn task(&mut self, task: Task) {
        self.roster_file.ticket = self.roster_file.ticket.wrapping_add(1);
        if self.around.tasks.send((self.roster_file.ticket, task)).is_err() {
            tracing::error!("the clerk has ended");
        }
    }

    /// What the clerk found; of another task than the last one nothing is shown.
    pub(super) fn roster_found(&mut self, ticket: u32, found: Found) -> Result<(), Trouble> {
        if ticket != self.roster_file.ticket {
            return Ok(());
        }
        match found {
            Found::Working { what, done, total } => {
                if let Stage::Working { .. } = self.roster_file.stage {
                    self.roster_file.stage = Stage::Working { what, done, total };
                }
            }
            Found::Opened(Ok(opened)) => {
                let used = opened.plan.sheets.iter().position(|sheet| sheet.used);
                let seen = opened.plan.sheets.iter().position(|sheet| !sheet.hidden);
                self.roster_file.shown = used.or(seen).unwrap_or(0);
                self.roster_file.opened = Some(opened);
                self.roster_file.stage = Stage::Columns;
            }
            Found::Checked(Ok(checked)) => {
                (self.roster_file.choice, self.roster_file.saved) = (GoneChoice::Keep, None);
                self.roster_file.stage = Stage::Checked(checked);
            }
            Found::Applied(Ok(counts)) => {
                self.roster_file.stage = Stage::Applied(counts);
                self.roster_file.opened = None;
                self.count();
                self.read_home()?;
            }
            Found::Saved(Ok(path)) => self.roster_file.saved = Some(path),
            Found::Opened(Err(trouble)) => return self.no_further(trouble, Stage::Choosing),
            Found::Checked(Err(trouble)) => return self.no_further(trouble, Stage::Columns),
            // Nothing was kept; the file may be checked again and then taken.
            Found::Applied(Err(trouble)) => return self.no_further(trouble, Stage::Columns),
            Found::Saved(Err(trouble)) => {
                let stage = self.roster_file.stage.clone();
                return self.no_further(trouble, stage);
            }
        }
        Ok(())
    }

    fn no_further(&mut self, trouble: FileTrouble, stage: Stage) -> Result<(), Trouble> {
        tracing::warn!(%trouble, "a roster file");
        self.roster_file.stage = stage;
        match trouble {
            FileTrouble::Roster(fault) => {
                self.roster_file.fault = Some(fault.code());
                Ok(())
            }
            FileTrouble::Store(fault) => Err(fault.into()),
        }
    }
}
