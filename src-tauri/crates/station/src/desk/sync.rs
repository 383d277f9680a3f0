//! The queue, what the central server tells, and packets on sticks: commands, and what comes back.

use super::{Desk, Page, Trouble};
use crate::cashier::Errand;
use crate::contract::{Command, Level, OldPhoto, OldPhotoState};
use crate::courier::Call;
use crate::desk::bad_rows::BadRows;
use crate::event::Pulled;
use crate::porter::Load;
use domain::port::{Carried, CentralFault, Stick, StickFault};
use domain::queue::{Link, Withdrawal};
use domain::session::{Refusal, SupervisorApproval};
use std::collections::BTreeMap;

/// Letters that a supervisor's reason has at least.
const LEAST_REASON: usize = 6;

/// What the pages of queue, retakes, sticks and news show beside what the store says.
#[derive(Debug, Default)]
pub(crate) struct Sync {
    /// Whether packets can be sent at all.
    pub(crate) link: Link,
    /// The photo of a rejected packet that was asked for last.
    pub(crate) old_photo: Option<OldPhoto>,
    /// The sticks that were there at the last look.
    pub(crate) sticks: Vec<Stick>,
    /// Packets written so far, while it writes.
    pub(crate) writing: Option<u32>,
    /// What the last writing did, and on which stick.
    pub(crate) carried: Option<(String, Result<Carried, StickFault>)>,
}

impl Desk {
    /// Commands of these pages.
    pub(super) fn sync_command(&mut self, command: Command) -> Result<(), Trouble> {
        match command {
            Command::OpenQueue => self.turn_to(Page::Queue),
            Command::OpenRetakes => {
                self.forget_old_photo();
                self.turn_to(Page::Retakes)
            }
            Command::OpenNews => self.turn_to(Page::News),
            Command::OpenStick => {
                self.sync.carried = None;
                self.load(Load::Look);
                self.turn_to(Page::Stick)
            }
            Command::LookForSticks => {
                self.load(Load::Look);
                Ok(())
            }
            Command::CarryOnStick { path } => self.carry(path),
            Command::ShowOldPhoto { packet } => {
                self.forget_old_photo();
                self.sync.old_photo = Some(OldPhoto {
                    packet: packet.clone(),
                    state: OldPhotoState::Asked,
                    fault: None,
                });
                self.send_errand(Errand::Photo(packet));
                Ok(())
            }
            Command::Withdraw {
                packet,
                reason,
                supervisor,
                pin,
            } => self.withdraw(&packet, &reason, &supervisor, &pin),
            Command::ReadMessage { id } => {
                let line = self.event("message_read", &id, "");
                self.around.store.read_message(&id, &line)?;
                self.count();
                Ok(())
            }
            Command::KeepBoth {
                packet,
                reason,
                supervisor,
                pin,
            } => {
                let (approval, reason) = self.decision(&reason, &supervisor, &pin)?;
                let mut line = self.event("twin_kept", &packet, &reason);
                line.operator = approval.supervisor().to_string();
                self.around.store.settle_twin(&packet, &line)?;
                self.count();
                Ok(())
            }
            Command::RetryPacket { packet } => self.retry(Some(&packet)),
            Command::RetryAll => self.retry(None),
            Command::PauseQueue { paused } => {
                self.around.store.pause(paused)?;
                self.audit(
                    if paused {
                        "sending_paused"
                    } else {
                        "sending_resumed"
                    },
                    "",
                    "",
                )?;
                self.count();
                self.call_courier();
                Ok(())
            }
            _ => Err(Refusal::NotNow.into()),
        }
    }

    fn retry(&mut self, packet: Option<&str>) -> Result<(), Trouble> {
        self.around.store.retry(packet, self.now())?;
        self.count();
        // Whoever presses this wants to know now whether the server is there.
        self.call(Call::Pull);
        Ok(())
    }

    fn carry(&mut self, path: String) -> Result<(), Trouble> {
        if self.sync.writing.is_some() {
            return Err(Refusal::NotNow.into());
        }
        self.audit("packets_carried", "", &path)?;
        (self.sync.writing, self.sync.carried) = (Some(0), None);
        self.load(Load::Carry(path));
        Ok(())
    }

    fn withdraw(&mut self, packet: &str, reason: &str, supervisor: &str, pin: &str) -> Result<(), Trouble> {
        let entry = self.around.store.packet(packet)?;
        entry
            .filter(domain::queue::QueueEntry::withdrawable)
            .ok_or(Trouble::Fault("not_withdrawable"))?;
        let (approval, reason) = self.decision(reason, supervisor, pin)?;
        let mut line = self.event("packet_withdrawn", packet, &reason);
        line.operator = approval.supervisor().to_string();
        let withdrawal = Withdrawal {
            reason,
            by: approval.supervisor().to_string(),
            at: self.now(),
        };
        self.around.store.withdraw(packet, &withdrawal, &line)?;
        self.count();
        self.call_courier();
        Ok(())
    }

    /// A supervisor's decision with a reason that says something.
    fn decision(
        &mut self,
        reason: &str,
        supervisor: &str,
        pin: &str,
    ) -> Result<(SupervisorApproval, String), Trouble> {
        let reason = reason.trim().to_string();
        if reason.chars().count() < LEAST_REASON {
            return Err(Refusal::ReasonMissing.into());
        }
        Ok((self.approve(supervisor, pin)?, reason))
    }

    fn forget_old_photo(&mut self) {
        self.sync.old_photo = None;
        self.around.gallery.put_old(None);
    }

    pub(super) fn old_photo(&mut self, packet: &str, answer: Result<Vec<u8>, CentralFault>) {
        let Some(asked) = self
            .sync
            .old_photo
            .as_mut()
            .filter(|asked| asked.packet == packet)
        else {
            return;
        };
        match answer {
            Ok(jpeg) => {
                asked.state = OldPhotoState::There;
                self.around
                    .gallery
                    .put_old(Some((packet.to_string(), jpeg.into())));
            }
            Err(fault) => {
                tracing::info!(packet, code = fault.code(), %fault, "no old photo");
                asked.state = OldPhotoState::Missing;
                asked.fault = Some(fault.code().to_string());
            }
        }
    }

    pub(super) fn pulled(&mut self, answer: Result<Pulled, CentralFault>, link: Link) -> Result<(), Trouble> {
        self.sync.link = link;
        let pulled = match answer {
            Ok(pulled) => pulled,
            Err(fault) => {
                self.no_news(&fault);
                return Ok(());
            }
        };
        self.answered();
        if let Some(code) = pulled.unusable {
            self.say(Level::Warn, &format!("fault.{code}"), BTreeMap::new());
        }
        let session = self.setup.as_ref().map(|s| s.id.clone());
        if let Some(session) = session.filter(|s| pulled.rosters.contains(s)) {
            self.tell_bad_rows(&session)?;
        }
        if pulled.applied > 0 {
            self.count();
            self.read_home()?;
        }
        Ok(())
    }

    /// What of the chosen session's roster could not be taken, said once and listed for good.
    pub(super) fn tell_bad_rows(&mut self, session: &str) -> Result<(), Trouble> {
        self.bad_rows = BadRows::new(&self.around.store.roster_problems(session)?);
        if self.bad_rows.total > 0 {
            let count = BTreeMap::from([("count".to_string(), self.bad_rows.total.to_string())]);
            self.say(Level::Warn, "fault.roster_rows", count);
        }
        Ok(())
    }

    pub(super) fn carried(&mut self, path: String, outcome: Result<Carried, StickFault>) {
        self.sync.writing = None;
        let label = self.sync.sticks.iter().find(|s| s.path == path);
        let label = label.map_or(path, |s| s.label.clone());
        self.sync.carried = Some((label, outcome));
        self.load(Load::Look);
    }

    pub(super) fn load(&self, load: Load) {
        if self.around.loads.send(load).is_err() {
            tracing::error!("the porter has ended");
        }
    }
}
