//! What the window stands on: a running station, or the reason why there is none.

use compose::{Desktop, Preview, Settings};
use domain::session::SampleId;
use station::contract::{Command, SitterView, StationView};
use station::{Shown, broken};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// What the window stands on.
pub(crate) enum Shell {
    /// The station runs.
    Running(Box<Desktop>),
    /// It could not start; the window says why and what to do.
    Broken(Box<StationView>),
}

impl Shell {
    /// Starts the station with the settings of the data folder that the command line names; gives that folder too.
    pub(crate) fn open() -> (Self, Option<PathBuf>) {
        let settings = match Settings::from_arguments(std::env::args().skip(1)) {
            Ok(settings) => settings,
            Err(fault) => {
                tracing::error!(%fault, "no settings");
                let view = broken("settings_invalid", &fault.to_string());
                return (Self::Broken(Box::new(view)), None);
            }
        };
        let shell = match Desktop::open(&settings) {
            Ok(desktop) => Self::Running(Box::new(desktop)),
            Err(fault) => {
                tracing::error!(%fault, "the station cannot start");
                Self::Broken(Box::new(broken(fault.code(), &fault.to_string())))
            }
        };
        (shell, Some(settings.data))
    }

    /// Calls `listener` with the present view and every new one until it returns false.
    pub(crate) fn subscribe(&self, mut listener: impl FnMut(&StationView) -> bool + Send + 'static) {
        match self {
            Self::Running(desktop) => desktop.station().subscribe(listener),
            Self::Broken(view) => {
                // Nothing will change: one view is all there is.
                listener(view);
            }
        }
    }

    /// The same for the sitter's screen; between sitters is all it shows of a station that could not start.
    pub(crate) fn subscribe_sitter(&self, mut listener: impl FnMut(&SitterView) -> bool + Send + 'static) {
        match self {
            Self::Running(desktop) => desktop.station().subscribe_sitter(listener),
            Self::Broken(_) => {
                listener(&SitterView::nobody(0));
            }
        }
    }

    /// Hands a command to the station.
    pub(crate) fn dispatch(&self, command: Command) {
        if let Self::Running(desktop) = self {
            desktop.station().dispatch(command);
        }
    }

    /// A picture of the session under way.
    pub(crate) fn picture(&self, shown: Shown, sample: SampleId) -> Option<Arc<[u8]>> {
        match self {
            Self::Running(desktop) => desktop.station().gallery().get(shown, sample),
            Self::Broken(_) => None,
        }
    }

    /// The photo of a rejected packet that was asked for last.
    pub(crate) fn old_photo(&self, packet: &str) -> Option<Arc<[u8]>> {
        match self {
            Self::Running(desktop) => desktop.station().gallery().old(packet),
            Self::Broken(_) => None,
        }
    }

    /// The newest live picture.
    pub(crate) fn preview(&self, after: u64, patience: Duration) -> Option<Preview> {
        match self {
            Self::Running(desktop) => desktop.preview(after, patience),
            Self::Broken(_) => None,
        }
    }
}
