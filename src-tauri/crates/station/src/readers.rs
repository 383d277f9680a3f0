//! Everything that can read a document. A new reader is a file of its own and a line here.

mod camera;

use domain::port::{DocumentReader, FrameFeed};
use std::sync::Arc;

/// All readers; they live on the thread of the eyes.
pub(crate) fn all(feed: &Arc<dyn FrameFeed>) -> Vec<Box<dyn DocumentReader>> {
    vec![Box::new(camera::CardCamera::new(Arc::clone(feed)))]
}
