//! A still is chosen from a few frames: the first is on screen at once, a better one may replace it.

use super::LIVE_WIDTH;
use crate::parts::Sight;
use domain::frame::Frame;
use domain::port::FrameFeed;
use domain::session::SampleId;
use domain::specification::PhotoSpecification;
use std::sync::Arc;
use std::time::Duration;

/// How long the next frame of a burst is waited for: some frames at 15 a second.
const PATIENCE: Duration = Duration::from_millis(250);

/// The frames one still is chosen from, the first one first.
pub(super) struct Burst {
    sample: SampleId,
    frames: Vec<Arc<Frame>>,
}

impl Burst {
    /// Gathers as many frames as wanted; fewer when the camera is slow or stops.
    pub(super) fn gather(feed: &dyn FrameFeed, sample: SampleId, first: Arc<Frame>, wanted: u32) -> Self {
        let mut frames = vec![first];
        while frames.len() < wanted as usize {
            let seen = frames.last().map_or(0, |frame| frame.seq);
            let Some(next) = feed.after(seen, PATIENCE) else {
                break;
            };
            frames.push(next);
        }
        Self { sample, frames }
    }

    /// The frames when they are those of this sample, and there is a choice.
    pub(super) fn of(self, sample: SampleId) -> Option<Vec<Arc<Frame>>> {
        (self.sample == sample && self.frames.len() > 1).then_some(self.frames)
    }
}

/// The best of the frames. They are looked at as live ones, which is enough to tell them apart; all rules
/// run on the chosen one afterwards.
pub(super) fn best(
    sight: &mut Sight,
    frames: &[Arc<Frame>],
    specification: &PhotoSpecification,
    rules: &quality::Rules,
) -> Option<Arc<Frame>> {
    let mut standing = |frame: &Frame| {
        let Ok(picture) = photo::decode::frame_scaled(frame, LIVE_WIDTH) else {
            return quality::Standing::USELESS;
        };
        match sight.analyser.live(&picture) {
            Ok(analysis) => quality::standing(&picture, &analysis, specification, rules),
            Err(fault) => {
                tracing::error!(%fault, "a frame of a burst");
                quality::Standing::USELESS
            }
        }
    };
    let standings: Vec<_> = frames.iter().map(|frame| standing(frame)).collect();
    let place = quality::best(&standings);
    tracing::debug!(?standings, place, "burst");
    frames.get(place).cloned()
}
