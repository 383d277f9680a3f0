//! The store's part that keeps whose a 采集码 is.

use super::StationStore;
use crate::codes;
use domain::Moment;
use domain::audit::AuditEvent;
use domain::code::{CodeBinding, CodeHolder, CodeId};
use domain::port::{Codes, StoreFault};

impl Codes for StationStore {
    fn code_holder(&self, session: &str, code: &CodeId) -> Result<Option<CodeHolder>, StoreFault> {
        self.database.read(|t| codes::holder(t, session, code))
    }

    fn bind_code(&self, binding: &CodeBinding, audit: &AuditEvent) -> Result<(), StoreFault> {
        self.database.write(|t| codes::bind(t, binding, audit))
    }

    fn release_code(&self, enrolment: &str, audit: &AuditEvent) -> Result<(), StoreFault> {
        self.database.write(|t| codes::let_go(t, enrolment, audit))
    }

    fn codes_shown(&self, session: &str, since: Moment, limit: u32) -> Result<Vec<CodeHolder>, StoreFault> {
        self.database.read(|t| codes::shown(t, session, since, limit))
    }
}
