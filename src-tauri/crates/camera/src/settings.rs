//! What operators chose for each camera, and what the open camera made of it.

use domain::camera::{CameraInfo, CameraSetting, Equipment};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Shared by the handle, which writes the settings, and the capture thread, which carries them out and
/// writes down what it found.
pub(crate) struct Settings {
    chosen: Mutex<BTreeMap<String, CameraSetting>>,
    /// Counts changes of `chosen` and wishes to look again; read between any two frames.
    generation: AtomicU64,
    found: Mutex<Found>,
}

#[derive(Default)]
struct Found {
    cameras: Vec<CameraInfo>,
    open: Option<Equipment>,
    readings: u64,
}

impl Settings {
    pub(crate) fn new(chosen: BTreeMap<String, CameraSetting>) -> Self {
        Self {
            chosen: Mutex::new(chosen),
            generation: AtomicU64::new(0),
            found: Mutex::default(),
        }
    }

    /// The setting of a camera; an empty one for a camera nobody has set up.
    pub(crate) fn of(&self, camera: &str) -> CameraSetting {
        lock(&self.chosen).get(camera).cloned().unwrap_or_default()
    }

    /// Chooses for a camera.
    pub(crate) fn choose(&self, camera: &str, setting: CameraSetting) {
        lock(&self.chosen).insert(camera.to_owned(), setting);
        self.ask();
    }

    /// Has the capture thread look again: at the cameras there are and at the controls of the open one.
    pub(crate) fn ask(&self) {
        self.generation.fetch_add(1, Ordering::Release);
    }

    pub(crate) fn generation(&self) -> u64 {
        self.generation.load(Ordering::Acquire)
    }

    pub(crate) fn found(&self, cameras: Vec<CameraInfo>) {
        lock(&self.found).cameras = cameras;
    }

    /// What the open camera offers and has; `None` when it is closed.
    pub(crate) fn opened(&self, equipment: Option<Equipment>) {
        let mut found = lock(&self.found);
        found.readings += 1;
        let reading = found.readings;
        found.open = equipment.map(|equipment| Equipment { reading, ..equipment });
    }

    pub(crate) fn cameras(&self) -> Vec<CameraInfo> {
        lock(&self.found).cameras.clone()
    }

    pub(crate) fn equipment(&self) -> Option<Equipment> {
        lock(&self.found).open.clone()
    }
}

fn lock<T>(it: &Mutex<T>) -> MutexGuard<'_, T> {
    // Every change is one assignment, so a panic elsewhere leaves nothing half written.
    it.lock().unwrap_or_else(PoisonError::into_inner)
}
