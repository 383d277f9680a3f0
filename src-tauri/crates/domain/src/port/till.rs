//! What is kept of money.

use super::StoreFault;
use crate::audit::AuditEvent;
use crate::moment::Moment;
use crate::payment::{Order, Refund, SettledFee, Unmet};

/// What a settled fee met in the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settled {
    /// This evidence settles the fee; the same evidence once more is no second payment.
    Fresh,
    /// Another evidence, this one, had settled it before and stays: somebody has to give money back.
    Twice(SettledFee),
    /// This money was given back or is on its way back: nothing is settled by it.
    GivenBack,
}

/// What is kept of money: a part of [`Store`](super::Store).
pub trait Till {
    /// Writes an order down or changes its state.
    fn keep_order(&self, order: &Order) -> Result<(), StoreFault>;
    /// Orders whose outcome is not final, newest first.
    fn open_orders(&self) -> Result<Vec<Order>, StoreFault>;
    /// Closed orders made since then, newest first: a provider may still tell that one was paid.
    fn closed_orders(&self, since: Moment) -> Result<Vec<Order>, StoreFault>;
    /// The newest order of an enrolment, whatever its state.
    fn newest_order(&self, enrolment: &str) -> Result<Option<Order>, StoreFault>;
    /// The order of this station that a voucher pays or may pay, by the hash of its number. One that was closed, or
    /// whose fee went back, leaves the voucher good.
    fn voucher_order(&self, sha256: &str) -> Result<Option<Order>, StoreFault>;
    /// The payments of an enrolment's fee: the one that settled it first, then those that came in beside it.
    fn payments(&self, enrolment: &str) -> Result<Vec<SettledFee>, StoreFault>;
    /// The fee of an enrolment is settled; packets held for its order become waiting. The audit line is
    /// written in the same transaction, and once only when the same evidence comes again. Says when the
    /// fee was settled by other evidence already.
    fn keep_settled_fee(
        &self,
        enrolment: &str,
        fee: &SettledFee,
        audit: &AuditEvent,
    ) -> Result<Settled, StoreFault>;
    /// Fees for which money came in and no photo is there, oldest first; a withdrawn photo is none.
    fn paid_without_photo(&self) -> Result<Vec<Unmet>, StoreFault>;
    /// Photos that are held because their payment is not known or not made, oldest first.
    fn photo_without_payment(&self) -> Result<Vec<Unmet>, StoreFault>;
    /// Writes a refund down or changes how it stands, and the audit line in the same transaction. From the
    /// decision on, this money settles the fee no more, unless a photo was taken.
    fn keep_refund(&self, refund: &Refund, audit: &AuditEvent) -> Result<(), StoreFault>;
    /// All refunds, oldest first.
    fn refunds(&self) -> Result<Vec<Refund>, StoreFault>;
}
