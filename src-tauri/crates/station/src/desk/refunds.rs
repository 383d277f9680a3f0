//! Money given back: a supervisor's decision, and what the central server makes of it.

use super::{Desk, Trouble};
use crate::cashier::Errand;
use crate::contract::{Level, Owed, RefundOf};
use domain::payment::refund::{decide, owed};
use domain::payment::{Refund, RefundState};
use domain::port::CentralFault;
use domain::session::{Refusal, Rules, State};
use std::collections::BTreeMap;

impl Desk {
    /// A supervisor has the money of a fee given back. Written down before it is asked for or handed over.
    pub(super) fn give_back(&mut self, asked: &RefundOf) -> Result<(), Trouble> {
        let enrolment = asked.enrolment.as_str();
        let operator = self.operator.clone().ok_or(Refusal::NotNow)?;
        // Not under somebody's feet: the fee would change while it is being served.
        let done = matches!(self.state, State::Done { .. });
        if !done && self.state.enrolment().is_some_and(|e| e.id == enrolment) {
            return Err(Refusal::NotNow.into());
        }
        let record = self.around.store.enrolment(enrolment)?.ok_or(Refusal::NotNow)?;
        let setup = self.setup_of(&record.session).ok_or(Refusal::NotNow)?;
        let payments = self.around.store.payments(enrolment)?;
        let mut earlier = self.around.store.refunds()?;
        earlier.retain(|refund| refund.enrolment == enrolment);
        let fee = owed(&payments, &earlier)
            .filter(|fee| fee.known_by() == asked.payment)
            .ok_or(Refusal::NothingToRefund)?;
        let approval = self.approve(&asked.supervisor, &asked.pin)?;
        let now = self.now();
        let rules = Rules {
            setup: &setup,
            operator: &operator,
            now,
            today: crate::view::local_date(now),
        };
        let number = format!("RF-{}", uuid::Uuid::now_v7().simple());
        let (refund, line) = decide(number, enrolment, fee, &earlier, &asked.reason, &approval, &rules)?;
        self.around.store.keep_refund(&refund, &line)?;
        self.count();
        self.ask_refund(refund);
        Ok(())
    }

    /// What a refund would give back now.
    pub(crate) fn owed(&self, enrolment: &str, refunds: &[Refund]) -> Option<Owed> {
        let payments = self.around.store.payments(enrolment).ok()?;
        let of_it: Vec<Refund> = refunds
            .iter()
            .filter(|refund| refund.enrolment == enrolment)
            .cloned()
            .collect();
        owed(&payments, &of_it).map(|fee| Owed {
            payment: fee.known_by(),
            amount_fen: fee.amount_fen(),
        })
    }

    /// Asks how the refunds stand that are on their way, also those of before a restart: in turn, one at a time.
    pub(super) fn poll_refunds(&mut self) {
        if self.asked.refund.is_some() {
            return;
        }
        match self.around.store.refunds() {
            Ok(mut refunds) => {
                refunds.retain(|refund| refund.state == RefundState::Unknown);
                if !refunds.is_empty() {
                    self.asked.refund_turn = self.asked.refund_turn.wrapping_add(1);
                    let refund = refunds.swap_remove(self.asked.refund_turn % refunds.len());
                    self.ask_refund(refund);
                }
            }
            Err(fault) => tracing::error!(code = fault.code(), "refunds could not be read"),
        }
    }

    /// Puts one refund at a time to the central server; the others have their turn later.
    fn ask_refund(&mut self, refund: Refund) {
        if refund.state == RefundState::Unknown && self.asked.refund.is_none() {
            self.asked.refund = Some(refund.id.clone());
            self.send_errand(Errand::Refund(refund));
        }
    }

    /// An answer, or none, to a question about a refund.
    pub(super) fn refund_answered(
        &mut self,
        asked: &Refund,
        answer: Result<RefundState, CentralFault>,
    ) -> Result<(), Trouble> {
        self.asked.refund = None;
        let state = match answer {
            Ok(state) => state,
            Err(fault) => {
                tracing::info!(refund = asked.id, code = fault.code(), %fault, "no word on a refund");
                let refused = matches!(fault, CentralFault::Refused(_));
                if refused && self.asked.refunds_told.insert(asked.id.clone()) {
                    // It is asked again all the same, but somebody has to know that this alone will not end it.
                    let order = asked.order.clone().unwrap_or_default();
                    let args = BTreeMap::from([("order".to_string(), order)]);
                    self.say(Level::Fail, "fault.refund_not_taken", args);
                }
                return Ok(());
            }
        };
        self.answered();
        let what = match state {
            RefundState::Unknown => return Ok(()),
            RefundState::Done => "refund_done",
            RefundState::Refused => "refund_refused",
        };
        let line = self.event(what, &asked.enrolment, &asked.id);
        let refund = Refund {
            state,
            ..asked.clone()
        };
        self.around.store.keep_refund(&refund, &line)?;
        if state == RefundState::Refused {
            let order = asked.order.clone().unwrap_or_default();
            self.say(
                Level::Warn,
                "fault.refund_refused",
                BTreeMap::from([("order".to_string(), order)]),
            );
        }
        self.count();
        Ok(())
    }
}
