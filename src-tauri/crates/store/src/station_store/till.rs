//! The store's part that keeps money.

use super::StationStore;
use crate::{fees, refunds, unmet};
use domain::Moment;
use domain::audit::AuditEvent;
use domain::payment::{Order, Refund, SettledFee, Unmet};
use domain::port::{Settled, StoreFault, Till};

impl Till for StationStore {
    fn keep_order(&self, order: &Order) -> Result<(), StoreFault> {
        self.database.write(|t| fees::keep_order(t, order))
    }

    fn open_orders(&self) -> Result<Vec<Order>, StoreFault> {
        self.database.read(|t| fees::open_orders(t))
    }

    fn closed_orders(&self, since: Moment) -> Result<Vec<Order>, StoreFault> {
        self.database.read(|t| fees::closed_orders(t, since))
    }

    fn newest_order(&self, enrolment: &str) -> Result<Option<Order>, StoreFault> {
        self.database.read(|t| fees::newest_order(t, enrolment))
    }

    fn voucher_order(&self, sha256: &str) -> Result<Option<Order>, StoreFault> {
        self.database.read(|t| fees::voucher_order(t, sha256))
    }

    fn payments(&self, enrolment: &str) -> Result<Vec<SettledFee>, StoreFault> {
        self.database.read(|t| fees::payments(t, enrolment))
    }

    fn keep_settled_fee(
        &self,
        enrolment: &str,
        fee: &SettledFee,
        audit: &AuditEvent,
    ) -> Result<Settled, StoreFault> {
        self.database.write(|t| fees::settle(t, enrolment, fee, audit))
    }

    fn paid_without_photo(&self) -> Result<Vec<Unmet>, StoreFault> {
        self.database.read(|t| unmet::paid_without_photo(t))
    }

    fn photo_without_payment(&self) -> Result<Vec<Unmet>, StoreFault> {
        self.database.read(|t| unmet::photo_without_payment(t))
    }

    fn keep_refund(&self, refund: &Refund, audit: &AuditEvent) -> Result<(), StoreFault> {
        self.database.write(|t| refunds::keep(t, refund, audit))
    }

    fn refunds(&self) -> Result<Vec<Refund>, StoreFault> {
        self.database.read(|t| refunds::all(t))
    }
}
