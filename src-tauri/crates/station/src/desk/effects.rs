//! What the rules ask for, done.

use super::{Desk, Sighted, Trouble};
use crate::cashier::Errand;
use crate::contract::Level;
use crate::event::Job;
use crate::sealing::{self, Sources};
use domain::audit::AuditEvent;
use domain::payment::{PaymentMethod, SettledFee};
use domain::port::Settled;
use domain::session::{Effect, Input, PacketOrder, Refusal, SampleId};
use domain::specification::Ground;
use std::sync::Arc;

/// Says that a fee was settled twice.
pub(super) const PAID_TWICE: &str = "fault.paid_twice";

impl Desk {
    pub(super) fn run(&mut self, effect: Effect) -> Result<(), Trouble> {
        match effect {
            Effect::LookUp(sought) => {
                let session = self.setup.as_ref().map(|s| s.id.clone()).ok_or(Refusal::NotNow)?;
                let found = self.around.store.look_up(&session, &sought)?;
                self.input(Input::Found(found))
            }
            Effect::KeepProvisional(record) => Ok(self.around.store.keep_provisional(&record)?),
            Effect::BindCode { binding, audit } => Ok(self.around.store.bind_code(&binding, &audit)?),
            Effect::ReleaseCode { enrolment, audit } => {
                Ok(self.around.store.release_code(&enrolment, &audit)?)
            }
            Effect::PlaceOrder(order) => {
                // Written down before the request leaves: a crash in between must not make a second one.
                self.around.store.keep_order(&order)?;
                self.ask(Errand::Place(order));
                Ok(())
            }
            Effect::CloseOrder(order) => {
                self.ask(Errand::Close(order));
                Ok(())
            }
            Effect::KeepSettledFee {
                enrolment,
                fee,
                audit,
            } => self.keep_settled_fee(&enrolment, &fee, &audit),
            Effect::Assess(sample) => self.assess(sample),
            Effect::KeepException {
                enrolment,
                exception,
                audit,
            } => Ok(self
                .around
                .store
                .grant_exception(&enrolment, &exception, &audit)?),
            Effect::Standardise(sample, ground) => self.make(sample, ground),
            Effect::Store(order) => self.store(&order),
            Effect::Discard => {
                self.epoch = self.epoch.wrapping_add(1);
                self.packet_id = None;
                self.samples.clear();
                self.cards = super::Cards::default();
                self.code = super::code::CodeDesk::default();
                self.around.gallery.clear();
                Ok(())
            }
            Effect::Audit(event) => Ok(self.around.store.audit(&event)?),
        }
    }

    fn assess(&mut self, sample: SampleId) -> Result<(), Trouble> {
        let still = self.samples.get(&sample).ok_or(Refusal::Stale)?;
        let frame = Arc::clone(&still.frame);
        let known = still.picture.clone().zip(still.analysis.clone());
        let specification = self.specification.clone().ok_or(Refusal::NotNow)?;
        let rules = self.rules_now()?;
        self.around.watch.ask(
            self.epoch,
            Job::Assess {
                sample,
                frame,
                known,
                specification,
                rules,
            },
        );
        Ok(())
    }

    fn make(&mut self, sample: SampleId, ground: Ground) -> Result<(), Trouble> {
        let specification = self.specification.clone().ok_or(Refusal::NotNow)?;
        let known = self.samples.get(&sample).ok_or(Refusal::Stale)?;
        let (Some(picture), Some(analysis)) = (known.picture.clone(), known.analysis.clone()) else {
            return Err(Refusal::Stale.into());
        };
        self.around.watch.ask(
            self.epoch,
            Job::Make {
                sample,
                picture,
                analysis,
                specification,
                ground,
            },
        );
        Ok(())
    }

    /// Seals and stores. Runs on the station thread on purpose: until it returns nothing else may be
    /// promised, and what it costs is one small file and one transaction.
    fn store(&mut self, order: &PacketOrder) -> Result<(), Trouble> {
        let outcome = self.seal(order).and_then(|new| {
            let packet = new.packet.clone();
            self.around
                .store
                .enqueue(&new)
                .map(|()| packet)
                .map_err(|fault| fault.code().to_string())
        });
        match outcome {
            Ok(packet) => {
                tracing::info!(%packet, held = order.held(), "stored");
                self.count();
                self.call_courier();
                if let Some(rules) = self.rules.as_mut() {
                    rules.learn(order.accepted().assessment());
                }
                self.home.served(order.file().enrolment().record());
                self.input(Input::Stored { packet })?;
                // The photo is safe; a list that cannot be read is told, and changes nothing of that.
                if let Err(trouble) = self.read_home() {
                    self.notice = trouble.notice();
                }
                Ok(())
            }
            Err(code) => {
                tracing::error!(code, "not stored");
                self.input(Input::NotStored { code })
            }
        }
    }

    fn seal(&mut self, order: &PacketOrder) -> Result<domain::port::NewPacket, String> {
        let rules = self.rules_now().map_err(|_| "store_failed")?;
        let setup = self.setup.as_ref().ok_or("store_failed")?;
        let specification = self.specification.as_ref().ok_or("store_failed")?;
        let Sighted::Ready(models) = &self.sighted else {
            return Err("model_missing".to_string());
        };
        let recipient = self.around.recipient.recipient();
        let recovery = self.around.recipient.recovery();
        let sources = Sources {
            packet_id: *self.packet_id.get_or_insert_with(uuid::Uuid::now_v7),
            station: &self.around.id,
            software: &self.around.software,
            setup,
            specification,
            rules: &rules,
            models,
            samples: &self.samples,
            cards: &self.cards,
            camera: &self.around.feed.health().name,
            now: self.now(),
            clock_skew_ms: self.sync.link.clock_skew_ms,
            signer: &self.around.signer,
            recipient: &recipient,
            recovery: recovery.as_deref(),
        };
        sealing::seal(order, &sources).map_err(|fault| {
            tracing::error!(%fault, "not sealed");
            fault.code().to_string()
        })
    }

    /// The fee is settled, and the line of the audit trail with it; a held packet is released. A second payment
    /// is told at once: the audit trail alone would be read too late.
    pub(super) fn keep_settled_fee(
        &mut self,
        enrolment: &str,
        fee: &SettledFee,
        audit: &AuditEvent,
    ) -> Result<(), Trouble> {
        if let Settled::Twice(first) = self.around.store.keep_settled_fee(enrolment, fee, audit)? {
            let ordered = [fee, &first]
                .into_iter()
                .find(|f| f.method() == PaymentMethod::Order);
            let order = ordered.map_or("—", SettledFee::proof);
            tracing::warn!(enrolment, order, "a fee was settled twice");
            let args = [("enrolment", enrolment), ("order", order)];
            let args = args.map(|(name, value)| (name.to_string(), value.to_string()));
            self.say(Level::Warn, PAID_TWICE, args.into());
        }
        self.count();
        self.call_courier();
        Ok(())
    }
}
