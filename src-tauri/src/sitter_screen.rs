//! The sitter's screen: a second window that the operator opens on a display, and that follows the displays.
//!
//! What the operator chose stands in a file; what the displays allow is looked at once a second. A display that goes
//! takes the sitter's window with it and nothing else: it comes back with the display.

mod choice;
mod place;
mod window;

use crate::label::SITTER;
use choice::Choice;
use place::{Display, Place, place};
use serde::Serialize;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tauri::{AppHandle, Manager};

/// Between two looks at the displays.
const LOOK: Duration = Duration::from_secs(1);

/// Whether the sitter's window is there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Openness {
    /// Not wanted.
    #[default]
    Closed,
    /// On its display.
    Open,
    /// Wanted, but its display is not connected.
    DisplayGone,
}

/// How the sitter's screen stands, as the operator's window shows it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Standing {
    /// The displays of this machine from the left.
    pub(crate) displays: Vec<Display>,
    /// The display chosen last, by its name; empty when none ever was.
    pub(crate) display: String,
    /// Whether the window is there.
    pub(crate) openness: Openness,
    /// Code of what went wrong (`fault.<code>`).
    pub(crate) trouble: Option<&'static str>,
}

/// Called with every new standing until it returns false.
type Watcher = Box<dyn FnMut(&Standing) -> bool + Send>;

/// The sitter's screen.
pub(crate) struct SitterScreen {
    /// Where the choice is kept; nowhere without a data folder.
    data: Option<PathBuf>,
    inner: Mutex<Inner>,
    /// The operator's window is gone: nothing is opened and nothing kept any more.
    leaving: AtomicBool,
}

#[derive(Default)]
struct Inner {
    choice: Choice,
    trouble: Option<&'static str>,
    placed: Option<Place>,
    standing: Standing,
    watchers: Vec<Watcher>,
}

impl SitterScreen {
    /// With the choice kept in this data folder; one that cannot be read is told and ignored.
    pub(crate) fn new(data: Option<PathBuf>) -> Self {
        let mut inner = Inner::default();
        match data.as_deref().map(Choice::load) {
            Some(Ok(choice)) => inner.choice = choice,
            Some(Err(fault)) => {
                tracing::warn!(%fault, "the choice for the sitter's screen");
                inner.trouble = Some(fault.code());
            }
            None => {}
        }
        Self {
            data,
            inner: Mutex::new(inner),
            leaving: AtomicBool::new(false),
        }
    }

    /// Opens the window if it was open last time, and follows the displays until the program ends.
    pub(crate) fn follow(self: &Arc<Self>, app: AppHandle) -> std::io::Result<()> {
        let screen = Arc::clone(self);
        std::thread::Builder::new()
            .name("sitter-screen".into())
            .spawn(move || {
                while !screen.leaving.load(Ordering::Relaxed) {
                    screen.settle(&app, &mut screen.lock());
                    std::thread::sleep(LOOK);
                }
            })
            .map(drop)
    }

    /// Opens the window on a display, or moves it there. Not on the main thread.
    pub(crate) fn open(&self, app: &AppHandle, display: &str) {
        self.choose(app, |choice| {
            choice.open = true;
            display.clone_into(&mut choice.display);
        });
    }

    /// Closes the window. Not on the main thread.
    pub(crate) fn close(&self, app: &AppHandle) {
        self.choose(app, |choice| choice.open = false);
    }

    /// Calls `watcher` with the present standing and every new one until it returns false.
    pub(crate) fn watch(&self, mut watcher: impl FnMut(&Standing) -> bool + Send + 'static) {
        let mut inner = self.lock();
        if watcher(&inner.standing) {
            inner.watchers.push(Box::new(watcher));
        }
    }

    /// The operator's window is gone: the sitter's goes with it, and is open again next time.
    pub(crate) fn leave(&self, app: &AppHandle) {
        self.leaving.store(true, Ordering::Relaxed);
        if let Some(window) = app.get_webview_window(SITTER)
            && let Err(fault) = window.destroy()
        {
            tracing::error!(%fault, "the sitter's window stays");
        }
    }

    fn choose(&self, app: &AppHandle, change: impl FnOnce(&mut Choice)) {
        let mut inner = self.lock();
        change(&mut inner.choice);
        inner.trouble = None;
        if let Some(Err(fault)) = self.data.as_deref().map(|data| inner.choice.keep(data)) {
            tracing::error!(%fault, "the choice for the sitter's screen");
            inner.trouble = Some(fault.code());
        }
        self.settle(app, &mut inner);
    }

    /// Brings the window to where the choice and the displays say, and tells the watchers what is new. The lock is
    /// held while the main thread is asked, so the main thread never takes it.
    fn settle(&self, app: &AppHandle, inner: &mut Inner) {
        if self.leaving.load(Ordering::Relaxed) {
            return;
        }
        let displays = match window::displays(app) {
            Ok(displays) => displays,
            // On its way out the program has no displays any more.
            Err(fault) => return tracing::debug!(%fault, "no displays"),
        };
        if inner.standing.displays != displays {
            window::rescue_operator(app, &displays);
        }
        let wanted = Some(&inner.choice).filter(|choice| choice.open);
        let found = wanted.and_then(|choice| place(&choice.display, &displays));
        let there = app.get_webview_window(SITTER).is_some();
        if found != inner.placed || found.is_some() != there {
            inner.placed = found.clone();
            if let Err(fault) = window::bring(app, found.as_ref()) {
                tracing::error!(%fault, "the sitter's window");
                inner.trouble = Some("sitter_window");
            }
        }
        let standing = Standing {
            displays,
            display: inner.choice.display.clone(),
            openness: match (wanted, found) {
                (None, _) => Openness::Closed,
                (Some(_), Some(_)) => Openness::Open,
                (Some(_), None) => Openness::DisplayGone,
            },
            trouble: inner.trouble,
        };
        if inner.standing != standing {
            inner.watchers.retain_mut(|watcher| watcher(&standing));
            inner.standing = standing;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standing_reads_as_the_user_interface_expects() {
        let standing = Standing {
            displays: vec![Display {
                name: "HDMI-1".into(),
                x: -1920,
                y: 0,
                width: 1920,
                height: 1080,
                primary: false,
                operator: true,
            }],
            display: "HDMI-2".into(),
            openness: Openness::DisplayGone,
            trouble: Some("sitter_choice_not_kept"),
        };
        // ui/src/lib/station/port.ts states the same by hand.
        let expected = r#"{"displays":[{"name":"HDMI-1","x":-1920,"y":0,"width":1920,"height":1080,"primary":false,"operator":true}],"display":"HDMI-2","openness":"display_gone","trouble":"sitter_choice_not_kept"}"#;
        assert_eq!(serde_json::to_string(&standing).unwrap(), expected);
    }

    #[test]
    fn a_bad_file_is_told_and_ignored() {
        let data = tempfile::tempdir().unwrap();
        std::fs::write(data.path().join("sitter-screen.toml"), "open = true\nwhere = 2").unwrap();
        let screen = SitterScreen::new(Some(data.path().to_path_buf()));
        let inner = screen.lock();
        assert_eq!(inner.trouble, Some("sitter_choice_unreadable"));
        assert_eq!(inner.choice, Choice::default());
    }
}
