//! Vouchers, orders that are paid later, and a held photo's ways on: its order closed, cash, an exemption, or a new order.

use super::{Desk, Trouble};
use crate::cashier::Errand;
use crate::contract::{Command, HeldWay};
use domain::payment::{Channel, Order, OrderState, Tender, settle, voucher};
use domain::session::{Input, Refusal, Rules};
use domain::setup::SessionSetup;

impl Desk {
    /// Commands about money that comes later.
    pub(super) fn money_command(&mut self, command: Command) -> Result<(), Trouble> {
        match command {
            Command::PayAtSync => self.input(Input::PayAtSync {
                id: Self::order_number(),
            }),
            Command::SettleHeld { enrolment, way } => self.way_on(&enrolment, way),
            Command::Refund(asked) => self.give_back(&asked),
            Command::RedeemVoucher { number } => self.redeem(&number),
            _ => Err(Refusal::NotNow.into()),
        }
    }

    /// A voucher is handed in: known to the session by the hash of its number, and not used at this station before.
    fn redeem(&mut self, typed: &str) -> Result<(), Trouble> {
        let number = voucher::number(typed).ok_or(Refusal::VoucherNumber)?;
        let sha256 = packet::sha256_hex(number.as_bytes());
        let served = self.state.enrolment().map(|e| e.id.clone());
        if let Some(order) = self.around.store.voucher_order(&sha256)?
            && Some(&order.enrolment) != served.as_ref()
        {
            return Err(Refusal::VoucherUsed.into());
        }
        self.input(Input::Redeem {
            id: Self::order_number(),
            sha256,
        })
    }

    fn way_on(&mut self, enrolment: &str, way: HeldWay) -> Result<(), Trouble> {
        match way {
            HeldWay::Close => {
                let order = self.held_order(enrolment)?;
                if !order.open() {
                    return Err(Refusal::NotNow.into());
                }
                self.ask(Errand::Close(order));
                Ok(())
            }
            HeldWay::Order => {
                let old = self.held_order(enrolment)?;
                // Never a second order before the first is known to be closed.
                if old.state != OrderState::Closed {
                    return Err(Refusal::OrderOpen.into());
                }
                let order = Order {
                    id: Self::order_number(),
                    channel: self.first_channel(&old.enrolment)?,
                    voucher: None,
                    state: OrderState::Unknown,
                    code_url: None,
                    expires_at: None,
                    at: self.now(),
                    ..old
                };
                self.around.store.keep_order(&order)?;
                self.ask(Errand::Place(order));
                Ok(())
            }
            HeldWay::Cash { tendered_fen } => self.settle_held(enrolment, &Tender::Cash { tendered_fen }),
            HeldWay::Exempt {
                reason,
                supervisor,
                pin,
            } => {
                let approval = self.approve(&supervisor, &pin)?;
                self.settle_held(enrolment, &Tender::Exempt { reason, approval })
            }
        }
    }

    /// A fresh order number: 31 characters, within what both providers take.
    pub(super) fn order_number() -> String {
        let id = format!("CS-{}", uuid::Uuid::now_v7().simple());
        id[..31].to_string()
    }

    /// The set-up of the session a person belongs to, whichever is under way.
    pub(crate) fn setup_of(&self, session: &str) -> Option<SessionSetup> {
        let setups = self.around.store.setups().ok()?;
        setups.into_iter().find(|s| s.id == session)
    }

    /// The channel that the session of a person shows first.
    fn first_channel(&self, enrolment: &str) -> Result<Channel, Trouble> {
        let record = self.around.store.enrolment(enrolment)?.ok_or(Refusal::NotNow)?;
        let setup = self.setup_of(&record.session);
        Ok(setup
            .and_then(|s| s.channels.first().copied())
            .unwrap_or_default())
    }

    /// The newest order of an enrolment whose photo waits for money.
    fn held_order(&self, enrolment: &str) -> Result<Order, Trouble> {
        self.operator.as_ref().ok_or(Refusal::NotNow)?;
        let held = self.around.store.photo_without_payment()?;
        if !held.iter().any(|photo| photo.enrolment == enrolment) {
            return Err(Refusal::NotNow.into());
        }
        Ok(self
            .around
            .store
            .newest_order(enrolment)?
            .ok_or(Refusal::NotNow)?)
    }

    fn settle_held(&mut self, enrolment: &str, tender: &Tender) -> Result<(), Trouble> {
        let order = self.held_order(enrolment)?;
        let record = self.around.store.enrolment(enrolment)?.ok_or(Refusal::NotNow)?;
        let setup = self.setup_of(&record.session).ok_or(Refusal::NotNow)?;
        let operator = self.operator.clone().ok_or(Refusal::NotNow)?;
        let now = self.now();
        let rules = Rules {
            setup: &setup,
            operator: &operator,
            now,
            today: crate::view::local_date(now),
        };
        let proven = settle(tender, enrolment, order.amount_fen, Some(&order), &rules)?;
        self.keep_settled_fee(enrolment, &proven.fee, &proven.audit)
    }
}
