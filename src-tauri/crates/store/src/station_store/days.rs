//! The store's part that keeps days.

use super::StationStore;
use crate::days;
use domain::Moment;
use domain::audit::AuditEvent;
use domain::day::{DayFacts, Receipt, SignedSheet};
use domain::port::{Days, StoreFault};

impl Days for StationStore {
    fn day_facts(&self, until: Moment) -> Result<DayFacts, StoreFault> {
        self.database.read(|t| days::facts(t, until))
    }

    fn sign_day(&self, sheet: SignedSheet, audit: &AuditEvent) -> Result<SignedSheet, StoreFault> {
        self.database.write(|t| days::sign(t, sheet, audit))
    }

    fn signed_days(&self, limit: u32) -> Result<Vec<SignedSheet>, StoreFault> {
        self.database.read(|t| days::signed(t, limit))
    }

    fn receipt(&self, enrolment: &str, audit: &AuditEvent) -> Result<Option<Receipt>, StoreFault> {
        self.database.write(|t| days::receipt(t, enrolment, audit))
    }
}
