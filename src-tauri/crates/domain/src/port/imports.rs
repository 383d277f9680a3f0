//! Rosters that come as files: the store's part.

use super::StoreFault;
use crate::audit::AuditEvent;
use crate::roster::{ImportCounts, ImportRecord, KeptRow, LearnedHeadings, RosterImport};

/// What the store keeps of roster files.
pub trait Imports {
    /// What the headings of a school were chosen to mean.
    fn learned_headings(&self, school: &str) -> Result<LearnedHeadings, StoreFault>;
    /// All rows of a session, in the roster's order.
    fn kept_rows(&self, session: &str) -> Result<Vec<KeptRow>, StoreFault>;
    /// Takes a file's rows with what was learned and the audit line in one transaction, and says now and then how
    /// many rows are done. Nobody on whom a packet, a fee, an order or an exception hangs is removed, whatever was
    /// chosen: they are marked. Gives the counts with what was marked and removed.
    fn apply_import(
        &self,
        import: &RosterImport,
        audit: &AuditEvent,
        told: &mut dyn FnMut(usize),
    ) -> Result<ImportCounts, StoreFault>;
    /// The imports of a session, newest first.
    fn imports(&self, session: &str) -> Result<Vec<ImportRecord>, StoreFault>;
}
