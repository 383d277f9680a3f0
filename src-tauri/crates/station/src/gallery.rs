//! Pictures that the screens fetch by id: stills, crops, finished photos, and the old photo of a retake.

use domain::session::SampleId;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// What kind of picture of a sample is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shown {
    /// The still as the camera sent it.
    Sample,
    /// The crop of the still, background unchanged.
    Crop,
    /// The finished photo.
    Photo,
}

/// JPEG bytes by what they show and of which sample.
type Pictures = HashMap<(Shown, SampleId), Arc<[u8]>>;

/// JPEG pictures of the session under way, kept in memory only.
#[derive(Default)]
pub struct Gallery {
    pictures: Mutex<Pictures>,
    /// The rejected photo that was asked for last, by its packet.
    old: Mutex<Option<(String, Arc<[u8]>)>>,
}

impl Gallery {
    /// The JPEG bytes of a picture, if it is still there.
    pub fn get(&self, shown: Shown, sample: SampleId) -> Option<Arc<[u8]>> {
        self.lock().get(&(shown, sample)).cloned()
    }

    pub(crate) fn put(&self, shown: Shown, sample: SampleId, jpeg: Arc<[u8]>) {
        self.lock().insert((shown, sample), jpeg);
    }

    /// The photo of a rejected packet, if it was the last one asked for.
    pub fn old(&self, packet: &str) -> Option<Arc<[u8]>> {
        let old = self.old.lock().unwrap_or_else(PoisonError::into_inner);
        old.as_ref()
            .filter(|(known, _)| known == packet)
            .map(|(_, jpeg)| Arc::clone(jpeg))
    }

    /// Shows the photo of a rejected packet, or none any more.
    pub(crate) fn put_old(&self, photo: Option<(String, Arc<[u8]>)>) {
        *self.old.lock().unwrap_or_else(PoisonError::into_inner) = photo;
    }

    /// Keeps only the pictures of these samples.
    pub(crate) fn keep(&self, kept: impl Fn(&SampleId) -> bool) {
        self.lock().retain(|(_, sample), _| kept(sample));
    }

    pub(crate) fn clear(&self) {
        self.lock().clear();
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Pictures> {
        // A reader that panicked cannot leave the map half written: every write is one insert.
        self.pictures.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
