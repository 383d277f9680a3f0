//! The store's part that takes rosters from files.

use super::StationStore;
use crate::imports;
use domain::audit::AuditEvent;
use domain::port::{Imports, StoreFault};
use domain::roster::{ImportCounts, ImportRecord, KeptRow, LearnedHeadings, RosterImport};

impl Imports for StationStore {
    fn learned_headings(&self, school: &str) -> Result<LearnedHeadings, StoreFault> {
        self.database.read(|t| imports::learned(t, school))
    }

    fn kept_rows(&self, session: &str) -> Result<Vec<KeptRow>, StoreFault> {
        self.database.read(|t| imports::kept(t, session))
    }

    fn apply_import(
        &self,
        import: &RosterImport,
        audit: &AuditEvent,
        told: &mut dyn FnMut(usize),
    ) -> Result<ImportCounts, StoreFault> {
        self.write_many(import.rows.len(), |t| imports::apply(t, import, audit, told))
    }

    fn imports(&self, session: &str) -> Result<Vec<ImportRecord>, StoreFault> {
        self.database.read(|t| imports::imports(t, session))
    }
}
