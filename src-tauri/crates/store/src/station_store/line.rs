//! The store's part that keeps the line.

use super::StationStore;
use crate::line;
use domain::Moment;
use domain::audit::AuditEvent;
use domain::enrolment::Enrolment;
use domain::line::LineFilter;
use domain::port::{Line, StoreFault};

impl Line for StationStore {
    fn line(
        &self,
        session: &str,
        class_name: &str,
        filter: LineFilter,
        around: Option<&str>,
        limit: u32,
    ) -> Result<Vec<Enrolment>, StoreFault> {
        self.database()
            .read(|t| line::line(t, session, class_name, filter, around, limit))
    }

    fn waiting(
        &self,
        session: &str,
        class_name: Option<&str>,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<Enrolment>, StoreFault> {
        self.database()
            .read(|t| line::waiting(t, session, class_name, after, limit))
    }

    fn absent(&self, session: &str, limit: u32) -> Result<Vec<Enrolment>, StoreFault> {
        self.database().read(|t| line::absent(t, session, limit))
    }

    fn note_absent(&self, enrolment: &str, at: Moment, audit: &AuditEvent) -> Result<(), StoreFault> {
        self.database()
            .write(|t| line::note_absent(t, enrolment, at, audit))
    }

    fn note_came(&self, enrolment: &str) -> Result<(), StoreFault> {
        self.database().write(|t| line::note_came(t, enrolment))
    }

    fn numbered(&self, session: &str, class_name: &str, text: &str) -> Result<Vec<Enrolment>, StoreFault> {
        self.database()
            .read(|t| line::numbered(t, session, class_name, text))
    }

    fn of_number(&self, session: &str, number: &str) -> Result<Vec<Enrolment>, StoreFault> {
        self.database().read(|t| line::of_number(t, session, number))
    }
}
