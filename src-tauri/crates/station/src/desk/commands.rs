//! What each command of the operator does.

use super::judging::SessionRules;
use super::{Desk, Page, Trouble};
use crate::contract::{Command, Level};
use crate::courier::Call;
use crate::event::Job;
use domain::Personal;
use domain::audit::AuditEvent;
use domain::operator::Role;
use domain::session::{Input, Refusal, SampleId, State, SupervisorApproval};
use domain::setup::SessionSetup;
use domain::specification::{BackgroundUse, PhotoSpecification};
use std::collections::BTreeMap;
use std::sync::Arc;

impl Desk {
    pub(crate) fn command(&mut self, command: Command) -> Result<(), Trouble> {
        match command {
            Command::SignIn { operator, pin } => self.sign_in(&operator, &pin),
            Command::SignOut => self.sign_out(),
            Command::ChooseSession { id } => self.choose_session(&id),
            Command::LeaveSession => {
                self.idle()?;
                self.leave_roster();
                (self.setup, self.specification, self.rules) = (None, None, None);
                Ok(())
            }
            Command::Refresh => {
                self.refreshing = true;
                self.call(Call::Pull);
                Ok(())
            }
            command @ (Command::ShowClass { .. }
            | Command::FilterLine { .. }
            | Command::Search { .. }
            | Command::SelectNext { .. }
            | Command::CallNumber { .. }
            | Command::NotePersonAbsent { .. }
            | Command::Begin { .. }
            | Command::BeginUncalled
            | Command::ConfirmListed) => self.line_command(command),
            Command::Consent { given, guardian } => {
                let guardian = Some(guardian.trim().to_string())
                    .filter(|g| !g.is_empty())
                    .map(Personal::new);
                self.input(Input::Consent { given, guardian })
            }
            command @ (Command::PhotographCard { .. }
            | Command::KeepCard { .. }
            | Command::TurnCard { .. }) => self.card_command(command),
            command @ (Command::ChooseEnrolment { .. }
            | Command::FindEnrolment { .. }
            | Command::TakeWalkIn(_)
            | Command::ConfirmEnrolment) => self.enrolment_command(command),
            Command::ChooseMethod { method } => self.input(Input::ChooseMethod(method)),
            Command::TakeCash { tendered_fen } => self.input(Input::CashTaken { tendered_fen }),
            Command::Exempt {
                reason,
                supervisor,
                pin,
            } => {
                let approval = self.approve(&supervisor, &pin)?;
                self.input(Input::Exempt { reason, approval })
            }
            Command::AskOrder { channel } => self.input(Input::AskOrder {
                id: Self::order_number(),
                channel,
            }),
            command @ (Command::PayAtSync
            | Command::SettleHeld { .. }
            | Command::Refund { .. }
            | Command::RedeemVoucher { .. }) => self.money_command(command),
            Command::CancelOrder => self.input(Input::CloseOrder),
            Command::GoOnUnknown => self.input(Input::GoOnUnknown),
            Command::Ready => self.input(Input::Ready),
            Command::Shutter => {
                matches!(self.state, State::Capturing { .. })
                    .then_some(())
                    .ok_or(Refusal::NotNow)?;
                self.code_first()?;
                self.shoot();
                Ok(())
            }
            Command::AutoShutter { on } => {
                self.shutter.automatic(on);
                Ok(())
            }
            Command::Tick { tick, answer } => self.input(Input::Answer { tick, answer }),
            Command::GrantException {
                kind,
                reason,
                supervisor,
                pin,
            } => {
                let approval = self.approve(&supervisor, &pin)?;
                self.input(Input::GrantException {
                    kind,
                    reason,
                    approval,
                })
            }
            Command::Accept => self.input(Input::Accept),
            Command::Override {
                reason,
                supervisor,
                pin,
            } => {
                let approval = self.approve(&supervisor, &pin)?;
                self.input(Input::Override { reason, approval })
            }
            Command::Retake => self.input(Input::Retake),
            Command::ChooseGround { ground } => {
                let free = |s: &PhotoSpecification| s.background_use == BackgroundUse::Either;
                if !self.specification.as_deref().is_some_and(free) {
                    return Err(Refusal::NotNow.into());
                }
                self.input(Input::ChooseGround(ground))
            }
            Command::Confirm => self.confirm(),
            Command::StoreAgain => self.input(Input::StoreAgain),
            Command::Next => {
                self.input(Input::Next)?;
                self.home.selected = None;
                self.read_home()
            }
            Command::Back => self.input(Input::Back),
            Command::Leave => {
                self.input(Input::Leave)?;
                self.read_home()
            }
            Command::OpenCamera => self.turn_to(Page::Camera),
            Command::ChooseCamera { source } => self.choose_camera(source),
            Command::ChooseMode { mode } => self.choose_mode(mode),
            Command::SetControl { control, value } => self.set_control(control, value),
            Command::MeasureAndLock => self.begin_locking(self.now()),
            Command::UnlockCamera => self.unlock_camera(),
            Command::ChooseBurst { frames } => self.choose_burst(frames),
            Command::ClosePage => self.turn_to(Page::Person),
            command @ (Command::VerifyIdentity { .. }
            | Command::CheckDocument(_)
            | Command::VouchIdentity(_)
            | Command::FindOther { .. }) => self.identity_command(command),
            command @ (Command::OpenRoster
            | Command::ReadRoster { .. }
            | Command::ReadRosterIn { .. }
            | Command::ShowRosterSheet { .. }
            | Command::UseRosterSheet { .. }
            | Command::UseHiddenRows { .. }
            | Command::AssignColumn(_)
            | Command::CheckRoster
            | Command::BackToColumns
            | Command::ChooseGone { .. }
            | Command::SaveRosterProblems
            | Command::ApplyRoster { .. }) => self.roster_command(command),
            command @ (Command::OpenDayEnd
            | Command::CountCash(_)
            | Command::SignDay { .. }
            | Command::SaveDay
            | Command::PrintReceipt { .. }) => self.day_command(command),
            Command::Code(command) => self.code_command(command),
            command @ (Command::OpenQueue
            | Command::OpenRetakes
            | Command::OpenNews
            | Command::OpenStick
            | Command::LookForSticks
            | Command::CarryOnStick { .. }
            | Command::ShowOldPhoto { .. }
            | Command::Withdraw { .. }
            | Command::ReadMessage { .. }
            | Command::KeepBoth { .. }
            | Command::RetryPacket { .. }
            | Command::RetryAll
            | Command::PauseQueue { .. }) => self.sync_command(command),
        }
    }

    fn sign_in(&mut self, operator: &str, pin: &str) -> Result<(), Trouble> {
        let now = self.now();
        match self.around.store.check_pin(operator, pin, now) {
            Ok(operator) => {
                tracing::info!(operator = operator.id, "signed in");
                self.audit("signed_in", &operator.id.clone(), "")?;
                self.locked_until = None;
                self.operator = Some(operator);
                self.call(Call::Pull);
                Ok(())
            }
            Err(fault) => {
                if let domain::port::PinFault::Locked { until } = &fault {
                    self.locked_until = Some(*until);
                }
                Err(fault.into())
            }
        }
    }

    fn sign_out(&mut self) -> Result<(), Trouble> {
        self.idle()?;
        self.audit("signed_out", "", "")?;
        (self.operator, self.setup) = (None, None);
        (self.specification, self.rules) = (None, None);
        self.leave_roster();
        self.page = Page::Person;
        Ok(())
    }

    fn idle(&mut self) -> Result<(), Trouble> {
        match self.state {
            State::Idle => Ok(()),
            State::Done { .. } => self.input(Input::Next),
            _ => Err(Refusal::NotNow.into()),
        }
    }

    fn choose_session(&mut self, id: &str) -> Result<(), Trouble> {
        self.idle()?;
        self.operator.as_ref().ok_or(Refusal::NotNow)?;
        // Without the key nothing could be stored at the end: said before anybody pays.
        if let Err(fault) = self.around.recipient.recipient().parse::<packet::RecipientKey>() {
            tracing::error!(%fault, "no key to seal to");
            return Err(Trouble::Fault("no_server_key"));
        }
        let setups = self.around.store.setups()?;
        let setup = setups
            .into_iter()
            .find(|s| s.id == id)
            .ok_or(Trouble::Fault("no_sessions"))?;
        setup.validate().map_err(|_| Trouble::Fault("setup_invalid"))?;
        let rules = SessionRules::under(&setup.policy.quality).map_err(|fault| {
            tracing::error!(session = setup.id, %fault, "a quality policy that cannot be used");
            Trouble::Fault("quality_policy_invalid")
        })?;
        self.specification = Some(self.specification_of(&setup)?);
        self.rules = Some(rules);
        self.call(Call::Pull);
        self.audit("session_chosen", &setup.id, "")?;
        self.tell_bad_rows(&setup.id)?;
        self.setup = Some(std::sync::Arc::new(setup));
        self.home = super::Home::default();
        self.read_home()
    }

    /// The specification of a session, with its changes.
    fn specification_of(&self, setup: &SessionSetup) -> Result<Arc<PhotoSpecification>, Trouble> {
        let plain = self
            .around
            .specifications
            .iter()
            .find(|s| s.id == setup.specification);
        if setup.specification_changes.is_empty() {
            return plain.cloned().ok_or(Trouble::Fault("specification_unknown"));
        }
        photo::specification::changed(&setup.specification, &setup.specification_changes)
            .map(Arc::new)
            .map_err(|fault| {
                tracing::error!(session = setup.id, %fault, "changes to the specification that cannot be used");
                Trouble::Fault(fault.code())
            })
    }

    /// A supervisor's decision needs the PIN every time, also while a supervisor is signed in.
    pub(super) fn approve(&mut self, supervisor: &str, pin: &str) -> Result<SupervisorApproval, Trouble> {
        let now = self.now();
        let operator = self.around.store.check_pin(supervisor, pin, now)?;
        let supervisor_only = operator.role == Role::Supervisor;
        supervisor_only
            .then_some(())
            .ok_or(Trouble::Fault("not_a_supervisor"))?;
        SupervisorApproval::after_pin(&operator, now).ok_or(Trouble::Fault("not_a_supervisor"))
    }

    pub(crate) fn new_sample(&mut self) -> SampleId {
        self.last_sample += 1;
        SampleId(self.last_sample)
    }

    pub(crate) fn audit(&self, what: &str, subject: &str, detail: &str) -> Result<(), Trouble> {
        Ok(self.around.store.audit(&self.event(what, subject, detail))?)
    }

    /// A line of the audit trail by whoever is signed in.
    pub(crate) fn event(&self, what: &str, subject: &str, detail: &str) -> AuditEvent {
        AuditEvent {
            at: self.now(),
            operator: self.operator.as_ref().map_or_else(String::new, |o| o.id.clone()),
            what: what.to_string(),
            subject: subject.to_string(),
            detail: detail.to_string(),
        }
    }

    /// Takes the still, if a camera is there and the store can be read.
    pub(crate) fn shoot(&mut self) {
        if self.tally.is_err() {
            // A queue that cannot be counted could not keep the photo either.
            return self.say(Level::Fail, "fault.store_failed", BTreeMap::new());
        }
        if self.shutter.waiting() {
            return;
        }
        let sample = self.new_sample();
        self.shutter.wait();
        let burst = self.optics.burst();
        self.around.watch.ask(self.epoch, Job::Take { sample, burst });
    }

    /// 上传等待审核. A picture of a recording is for training and goes nowhere.
    fn confirm(&mut self) -> Result<(), Trouble> {
        let sample = match &self.state {
            State::LastLook { accepted, .. } => Some(accepted.sample()),
            _ => None,
        };
        let training = sample
            .and_then(|sample| self.samples.get(&sample))
            .is_some_and(|s| s.training);
        (!training)
            .then_some(())
            .ok_or(Trouble::Fault("training_picture"))?;
        self.input(Input::Confirm)
    }
}
