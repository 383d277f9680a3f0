//! The light meter of the camera's page.

use crate::parts::Sight;
use domain::frame::Frame;
use std::time::Duration;

/// Width the meter looks at, pixels: enough for a histogram and for the cheeks of a face.
const WIDTH: u32 = 960;
/// Rest between two readings: a needle that moves five times a second can be read.
pub(super) const REST: Duration = Duration::from_millis(200);

/// Reads a frame; `None` when it cannot be decoded or the networks fail.
pub(super) fn read(
    sight: &mut Sight,
    frame: &Frame,
    rules: &quality::Rules,
) -> Option<quality::LightReading> {
    let picture = photo::decode::frame_scaled(frame, WIDTH).ok()?;
    let analysis = sight
        .analyser
        .live(&picture)
        .inspect_err(|fault| tracing::error!(%fault, "light meter"))
        .ok()?;
    Some(quality::meter(&picture, &analysis, rules))
}
