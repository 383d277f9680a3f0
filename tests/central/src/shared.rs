//! What every handler shares.

use crate::blobs::Blobs;
use crate::config::{Config, Limits};
use crate::fault::Faults;
use crate::keys::Keys;
use crate::ledger::Ledger;
use crate::provider::simulated::Simulated;
use crate::rate::Rates;
use crate::refusal::Refusal;
use crate::school::School;
use crate::upload::Busy;
use std::net::IpAddr;
use std::sync::Arc;

/// What every handler shares.
pub(crate) struct Shared {
    pub(crate) blobs: Box<dyn Blobs>,
    pub(crate) ledger: Box<dyn Ledger>,
    pub(crate) keys: Keys,
    pub(crate) school: School,
    pub(crate) faults: Faults,
    pub(crate) provider: Simulated,
    pub(crate) busy: Busy,
    pub(crate) rates: AllRates,
    pub(crate) limits: Limits,
    pub(crate) simulate: bool,
    pub(crate) recovery: Option<String>,
}

/// How often whom asked.
pub(crate) struct AllRates {
    pub(crate) station: Rates<String>,
    pub(crate) address: Rates<Option<IpAddr>>,
    pub(crate) join: Rates<Option<IpAddr>>,
    pub(crate) eligibility: Rates<String>,
}

pub(crate) type State = axum::extract::State<Arc<Shared>>;

impl Shared {
    pub(crate) fn new(
        config: &Config,
        keys: Keys,
        school: School,
        blobs: Box<dyn Blobs>,
        ledger: Box<dyn Ledger>,
    ) -> Self {
        let limits = config.limits.clone();
        Self {
            blobs,
            ledger,
            keys,
            school,
            faults: Faults::default(),
            provider: Simulated::default(),
            busy: Busy::default(),
            rates: AllRates {
                station: Rates::new(limits.station),
                address: Rates::new(limits.address),
                join: Rates::new(limits.join),
                eligibility: Rates::new(limits.eligibility),
            },
            limits,
            simulate: config.simulate,
            recovery: config.recovery.clone(),
        }
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
