//! What every handler shares.

use crate::database::Database;
use crate::fault::Faults;
use crate::folder::Folder;
use crate::keys::Keys;
use crate::provider::Provider;
use crate::refusal::Refusal;
use crate::school::School;
use crate::upload::Busy;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What every handler shares.
pub(crate) struct Shared {
    pub(crate) folder: Folder,
    pub(crate) keys: Keys,
    pub(crate) school: School,
    pub(crate) faults: Faults,
    pub(crate) provider: Provider,
    pub(crate) busy: Busy,
    pub(crate) simulate: bool,
    database: Mutex<Database>,
}

pub(crate) type State = axum::extract::State<Arc<Shared>>;

impl Shared {
    pub(crate) fn new(
        folder: Folder,
        keys: Keys,
        school: School,
        database: Database,
        simulate: bool,
    ) -> Self {
        Self {
            folder,
            keys,
            school,
            faults: Faults::default(),
            provider: Provider::default(),
            busy: Busy::default(),
            simulate,
            database: Mutex::new(database),
        }
    }

    /// The database, one user at a time. A panic of another user leaves no half transaction behind:
    /// SQLite rolls it back when the guard of the transaction is dropped.
    pub(crate) fn database(&self) -> MutexGuard<'_, Database> {
        self.database.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Runs blocking work (disk, database, opening a packet) off the event loop.
pub(crate) async fn blocking<T: Send + 'static>(
    shared: &Arc<Shared>,
    work: impl FnOnce(&Shared) -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    let shared = Arc::clone(shared);
    tokio::task::spawn_blocking(move || work(&shared))
        .await
        .map_err(|e| Refusal::from(anyhow::anyhow!("a task failed: {e}")))?
}
