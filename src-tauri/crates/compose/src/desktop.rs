//! A running station for a window or a script.

use crate::preview::{self, Preview};
use crate::{Settings, link, open_papers, sight};
use camera::{Capture, Source};
use domain::Moment;
use domain::port::{Cameras, FrameFeed, Store, StoreFault};
use packet::StationSigningKey;
use station::{Pace, Parts, Station};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use sticks::Carrier;
use store::StationStore;

/// How long a camera is searched for before the fallback is used.
const CAMERA_PATIENCE: Duration = Duration::from_millis(1_500);

/// A running station with its camera and its store.
pub struct Desktop {
    station: Station,
    capture: Arc<Capture>,
    store: Arc<StationStore>,
}

/// Why a station cannot start; the window says so with the message of the code.
#[derive(Debug, thiserror::Error)]
pub enum OpenFault {
    /// The store cannot be opened.
    #[error(transparent)]
    Store(#[from] StoreFault),
    /// A data file of the program is not valid.
    #[error("a data file of the program is not valid: {0}")]
    Data(String),
    /// The camera thread could not start.
    #[error(transparent)]
    Camera(#[from] camera::CameraFault),
    /// The system gives no thread.
    #[error("no thread: {0}")]
    Thread(#[from] std::io::Error),
}

impl OpenFault {
    /// The code of the message: `fault.<code>`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Store(fault) => fault.code(),
            Self::Data(_) => "setup_invalid",
            Self::Camera(_) | Self::Thread(_) => "system",
        }
    }
}

impl Desktop {
    /// Opens the store, starts camera, networks and station.
    pub fn open(settings: &Settings) -> Result<Self, OpenFault> {
        Self::open_at(settings, Pace::default())
    }

    /// The same with another pace of the courier.
    pub fn open_at(settings: &Settings, pace: Pace) -> Result<Self, OpenFault> {
        let store = Arc::new(StationStore::open(&settings.data)?);
        let specifications = photo::specification::builtin().map_err(|e| OpenFault::Data(e.to_string()))?;
        // A policy is resolved when its session is chosen; the files behind it are read now.
        quality::Rules::strict().map_err(|e| OpenFault::Data(e.to_string()))?;
        let capture = Arc::new(Capture::start(
            source(store.as_ref(), settings)?,
            store.camera_settings()?,
        )?);
        fall_back(&capture, settings);
        let models = sight::models_folder(settings);
        let linked = settings.clone();
        let parts = Parts {
            id: settings.station.id.clone(),
            name: settings.station.name.clone(),
            software: env!("CARGO_PKG_VERSION").to_string(),
            signer: signer(&settings.data)?,
            store: Arc::clone(&store) as Arc<dyn Store>,
            feed: Arc::clone(&capture) as Arc<dyn FrameFeed>,
            cameras: Arc::clone(&capture) as Arc<dyn Cameras>,
            training: settings.training().map(|source| source.to_string()),
            central: Box::new(move || link::open(&linked)),
            sticks: Box::new(Carrier::new(
                settings.station.id.clone(),
                signer(&settings.data)?,
                jiff::Timestamp::now,
            )),
            papers: Box::new(open_papers(settings).map_err(|e| OpenFault::Data(e.to_string()))?),
            sight: Box::new(move || sight::open_desk_sight(&models)),
            specifications,
            clock: station_clock,
            pace: Pace {
                retention: pace.retention.or_else(|| retention(settings)),
                ..pace
            },
        };
        Ok(Self {
            station: Station::start(parts)?,
            capture,
            store,
        })
    }

    /// The station.
    pub const fn station(&self) -> &Station {
        &self.station
    }

    /// What is kept on this machine.
    pub fn store(&self) -> &dyn Store {
        self.store.as_ref()
    }

    /// The newest live picture after frame `after`, waited for at most `patience`.
    pub fn preview(&self, after: u64, patience: Duration) -> Option<Preview> {
        preview::newest(self.capture.as_ref(), after, patience)
    }
}

/// The key that this station signs with, drawn at its first start.
pub(crate) fn signer(data: &Path) -> Result<StationSigningKey, StoreFault> {
    Ok(StationSigningKey::from_seed(&store::station_seed(data)?))
}

fn retention(settings: &Settings) -> Option<Duration> {
    let days = u64::from(settings.retention.days);
    (days > 0).then(|| Duration::from_secs(days * 86_400))
}

/// The system's clock.
pub fn station_clock() -> Moment {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Moment(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// The camera the operator chose last, else the one the settings name.
fn source(store: &StationStore, settings: &Settings) -> Result<Source, OpenFault> {
    let chosen = store.camera_choice()?.source;
    if chosen.is_empty() {
        return Ok(settings.camera.source.clone());
    }
    Ok(chosen.parse().unwrap_or_else(|unknown| {
        tracing::error!(%unknown, "the camera chosen last");
        settings.camera.source.clone()
    }))
}

/// Uses the replay camera when no real one shows up. Waits on a thread of its own: a station never
/// starts later because a camera is missing.
fn fall_back(capture: &Arc<Capture>, settings: &Settings) {
    let wanted = (!settings.camera.fallback.is_empty()).then(|| settings.camera.fallback.parse::<Source>());
    let fallback = match wanted {
        None => return,
        Some(Ok(source)) => source,
        Some(Err(unknown)) => return tracing::error!(%unknown, "the fallback camera"),
    };
    let capture = Arc::downgrade(capture);
    let spawned = std::thread::Builder::new()
        .name("camera-fallback".into())
        .spawn(move || {
            let until = Instant::now() + CAMERA_PATIENCE;
            while Instant::now() < until {
                let Some(capture) = capture.upgrade() else { return };
                if capture.health().fault.as_deref() == Some("camera_none") {
                    return capture.switch(fallback);
                }
                drop(capture);
                std::thread::sleep(Duration::from_millis(50));
            }
        });
    if let Err(fault) = spawned {
        tracing::error!(%fault, "no thread for the fallback camera");
    }
}
