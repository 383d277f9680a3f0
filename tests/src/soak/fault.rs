//! What can happen to a camera.

use crate::chance::Chance;
use std::time::Duration;

/// One way to fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// It sends nothing more.
    Stall,
    /// It is unplugged.
    Vanish,
    /// Every frame is cut short.
    Half,
    /// Frames without sense.
    Junk,
}

/// Shortest and longest time.
const SPAN: (Duration, Duration) = (Duration::from_millis(300), Duration::from_millis(5_500));

impl Fault {
    /// Every one.
    pub(super) const EACH: [Self; 4] = [Self::Stall, Self::Vanish, Self::Half, Self::Junk];

    /// What the replay camera is told.
    pub(super) const fn order(self) -> &'static str {
        match self {
            Self::Stall => "stall",
            Self::Vanish => "vanish",
            Self::Half => "half",
            Self::Junk => "junk",
        }
    }

    /// When it must stand on the page: at once, or after the two seconds in which a camera may be silent, and
    /// a second and a half for a busy machine.
    pub(super) const fn named_after(self) -> Duration {
        match self {
            Self::Vanish => Duration::from_millis(1_500),
            Self::Stall | Self::Half | Self::Junk => Duration::from_millis(3_500),
        }
    }

    /// How long it lasts this time.
    pub(super) fn span(self, chance: &mut Chance) -> Duration {
        chance.between(SPAN.0, SPAN.1)
    }
}
