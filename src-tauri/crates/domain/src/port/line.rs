//! What is kept of the line.

use super::StoreFault;
use crate::audit::AuditEvent;
use crate::enrolment::Enrolment;
use crate::line::LineFilter;
use crate::moment::Moment;

/// The people of a session in the order in which they are called: a part of [`Store`](super::Store). Nothing of it
/// grows with the number of people.
pub trait Line {
    /// At most `limit` people of a class whom the filter shows, in the roster's order: all of them, or where they are
    /// more those around one person.
    fn line(
        &self,
        session: &str,
        class_name: &str,
        filter: LineFilter,
        around: Option<&str>,
        limit: u32,
    ) -> Result<Vec<Enrolment>, StoreFault>;
    /// At most `limit` people who wait for their photo and may have one, behind `after` or from the beginning, of one
    /// class or, without it, of the session; in the roster's order. Nobody of whom it was noted that they did not come.
    fn waiting(
        &self,
        session: &str,
        class_name: Option<&str>,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<Enrolment>, StoreFault>;
    /// Who waits for a photo and did not come when called; who was called longest ago comes first. At most `limit`.
    fn absent(&self, session: &str, limit: u32) -> Result<Vec<Enrolment>, StoreFault>;
    /// Notes that somebody did not come when called, and the audit line in the same transaction.
    fn note_absent(&self, enrolment: &str, at: Moment, audit: &AuditEvent) -> Result<(), StoreFault>;
    /// Notes that they came.
    fn note_came(&self, enrolment: &str) -> Result<(), StoreFault>;
    /// Who may be meant by a number that is called, those of the class on screen among them; see
    /// [`called`](crate::line::called).
    fn numbered(&self, session: &str, class_name: &str, text: &str) -> Result<Vec<Enrolment>, StoreFault>;
    /// All records of a session with this document number.
    fn of_number(&self, session: &str, number: &str) -> Result<Vec<Enrolment>, StoreFault>;
}
