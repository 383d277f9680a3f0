//! A running server.

use crate::blobs::Blobs;
use crate::caller::Caller;
use crate::config::Config;
use crate::fault::Fault;
use crate::folder::Folder;
use crate::import::Imported;
use crate::keys::Keys;
use crate::ledger::Ledger;
use crate::orders::Order;
use crate::packets::HeldPacket;
use crate::provider::simulated::{Notify, ProviderMood};
use crate::routes;
use crate::school::School;
use crate::shared::Shared;
use crate::sqlite::Sqlite;
use crate::stations::Station;
use crate::verdicts::Judgement;
use crate::walk_ins::{Settlement, Settling};
use crate::wire::{CuttableListener, Line};
use anyhow::Context;
use packet::{OpenedPacket, RecipientKey};
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::sync::oneshot;

/// The API document, OpenAPI 3.1.
pub const OPENAPI: &str = include_str!("../openapi.json");

/// What a station and a tester need to know of a server; the binary prints it as one line of JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Greeting {
    /// Base URL, e.g. `http://127.0.0.1:40123`.
    pub url: String,
    /// The key that packets are sealed to, `age1…`.
    pub recipient: String,
    /// The key that acknowledgements are verified with, 64 hexadecimal digits.
    pub verifying_key: String,
    /// Bearer token of the stations.
    pub token: String,
    /// Password of the user `reviewer` for the page at `/`.
    pub reviewer_password: String,
}

/// A running server on its own thread; dropping it stops it and cuts every connection.
pub struct Central {
    greeting: Greeting,
    address: SocketAddr,
    shared: Arc<Shared>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Central {
    /// Starts a server on its folder; when this returns it accepts connections.
    pub fn start(config: &Config) -> anyhow::Result<Self> {
        let folder = Folder::prepare(&config.dir).with_context(|| config.dir.display().to_string())?;
        let ledger = Sqlite::open(&folder.database())?;
        Self::start_on(config, Box::new(folder), Box::new(ledger))
    }

    /// Takes in the packets on a stick without a server running, with this configuration's folder and keys.
    pub fn import_offline(config: &Config, stick: &Path) -> anyhow::Result<Imported> {
        let folder = Folder::prepare(&config.dir).with_context(|| config.dir.display().to_string())?;
        let ledger = Sqlite::open(&folder.database())?;
        Self::shared(config, Box::new(folder), Box::new(ledger))?.import(stick)
    }

    /// Starts a server on another store and another ledger; only its secrets lie in the folder.
    pub fn start_on(config: &Config, blobs: Box<dyn Blobs>, ledger: Box<dyn Ledger>) -> anyhow::Result<Self> {
        let shared = Arc::new(Self::shared(config, blobs, ledger)?);
        shared.ledger.tell_school(&shared.school.told()?)?;
        let keys = &shared.keys;
        let listener = std::net::TcpListener::bind(config.listen)
            .with_context(|| format!("cannot listen on {}", config.listen))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let greeting = Greeting {
            url: format!("http://{address}"),
            recipient: keys.opening.recipient().to_string(),
            verifying_key: keys.signing.verifying_key().to_string(),
            token: keys.station_token.clone(),
            reviewer_password: keys.reviewer_password.clone(),
        };
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()?;
        let (stop, stopped) = oneshot::channel();
        let router = routes::router(&shared);
        let thread = std::thread::Builder::new()
            .name("central".into())
            .spawn(move || {
                runtime.block_on(async move {
                    let served = async move {
                        let listener = CuttableListener(tokio::net::TcpListener::from_std(listener)?);
                        axum::serve(listener, router.into_make_service_with_connect_info::<Line>()).await
                    };
                    tokio::select! {
                        result = served => if let Err(error) = result {
                            tracing::error!(%error, "the server ended");
                        },
                        // A dropped sender stops the server as well.
                        _ = stopped => {}
                    }
                });
                runtime.shutdown_timeout(Duration::from_secs(2));
            })?;
        Ok(Self {
            greeting,
            address,
            shared,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    fn shared(config: &Config, blobs: Box<dyn Blobs>, ledger: Box<dyn Ledger>) -> anyhow::Result<Shared> {
        let keys = Keys::load(&Folder::prepare(&config.dir)?)?;
        if let Some(recovery) = &config.recovery {
            recovery
                .parse::<RecipientKey>()
                .context("the recovery recipient")?;
        }
        let school = School::load(config.school.as_deref())?;
        Ok(Shared::new(config, keys, school, blobs, ledger))
    }

    /// What a station and a tester need to know.
    pub const fn greeting(&self) -> &Greeting {
        &self.greeting
    }

    /// Address it listens on; pass it to [`Config::listen`] to come back at the same place.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Lets a fault wait for its request.
    pub fn inject(&self, fault: Fault) {
        self.shared.faults.add(fault);
    }

    /// Takes back every fault that still waits for its request.
    pub fn heal(&self) {
        self.shared.faults.clear();
    }

    /// Sets how the payment provider answers.
    pub fn set_provider(&self, mood: ProviderMood) {
        self.shared.provider.set(mood);
    }

    /// Answers that the payment provider gives first, in its own words, whatever is true.
    pub fn script_provider(&self, answers: &[&str]) {
        let answers = answers.iter().map(|word| (*word).to_owned()).collect();
        self.shared.provider.script(answers);
    }

    /// Sets how the payment provider tells of payments.
    pub fn set_notify(&self, notify: Notify) {
        self.shared.provider.set_notify(notify);
    }

    /// The sitter's phone pays an order.
    pub fn pay(&self, order: &str) -> anyhow::Result<()> {
        Ok(self.shared.phone_pays(order, &Caller::Console).map(drop)?)
    }

    /// All orders, oldest first.
    pub fn orders(&self) -> anyhow::Result<Vec<Order>> {
        Ok(self.shared.ledger.orders()?)
    }

    /// All packets held, oldest first.
    pub fn packets(&self) -> anyhow::Result<Vec<HeldPacket>> {
        Ok(self.shared.ledger.packets()?)
    }

    /// Opens a packet with the server's key.
    pub fn open_packet(&self, id: &str) -> anyhow::Result<OpenedPacket> {
        Ok(self.shared.open_packet(id.parse()?)?)
    }

    /// The sealed bytes of a packet, as they came.
    pub fn sealed_packet(&self, id: &str) -> anyhow::Result<Vec<u8>> {
        Ok(self.shared.sealed_packet(id.parse()?)?)
    }

    /// Gives a verdict.
    pub fn judge(&self, id: &str, judgement: &Judgement) -> anyhow::Result<()> {
        judgement.check()?;
        let ledger = &self.shared.ledger;
        ledger.judge(id.parse()?, judgement, &Caller::Console)?;
        Ok(())
    }

    /// Says who a walk-in is.
    pub fn settle(&self, settling: &Settling) -> anyhow::Result<Settlement> {
        Ok(self.shared.settle(settling, &Caller::Console)?)
    }

    /// Writes a station down that may join; the text is what people type at the desk.
    pub fn invite(&self, name: &str) -> anyhow::Result<String> {
        let (_, ticket, _) = self.shared.invite(name, &Caller::Console)?;
        Ok(ticket.to_string())
    }

    /// Shuts a station out.
    pub fn revoke(&self, station: &str) -> anyhow::Result<()> {
        self.shared.ledger.revoke(station, &Caller::Console)?;
        Ok(())
    }

    /// All stations, oldest first.
    pub fn stations(&self) -> anyhow::Result<Vec<Station>> {
        Ok(self.shared.ledger.stations()?)
    }

    /// Takes in the packets on a stick, each as a commit would, and writes their acknowledgements beside them.
    ///
    /// # Errors
    /// When `stick` holds no folder of a station. What is wrong with a single file is in [`Imported::problems`].
    pub fn import(&self, stick: &Path) -> anyhow::Result<Imported> {
        self.shared.import(stick)
    }

    /// Waits until the server ends by itself; for the binary.
    pub fn wait(mut self) {
        let stop = self.stop.take();
        if let Some(thread) = self.thread.take() {
            // A panic of the thread was printed where it happened; there is nothing to add here.
            let _ = thread.join();
        }
        drop(stop);
    }

    /// Stops the server at once, as a power cut would look to a station.
    pub fn stop(self) {
        drop(self);
    }
}

impl Drop for Central {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // As in `wait`.
            let _ = thread.join();
        }
    }
}
