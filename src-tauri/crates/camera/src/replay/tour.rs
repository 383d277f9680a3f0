//! A tour: scenes one after the other, each for its time, round and round.

use std::str::FromStr;
use std::time::{Duration, Instant};

/// One stop as the control file names it: `SCENE:SECONDS`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stop {
    pub(super) scene: String,
    pub(super) stay: Duration,
}

/// A text that is no stop.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct UnknownStop;

/// Shortest and longest stay, in seconds.
const STAYS: std::ops::RangeInclusive<f64> = 0.1..=3_600.0;

impl FromStr for Stop {
    type Err = UnknownStop;

    fn from_str(text: &str) -> Result<Self, UnknownStop> {
        let (scene, seconds) = text.rsplit_once(':').ok_or(UnknownStop)?;
        let (scene, seconds) = (scene.trim(), seconds.trim().parse().map_err(|_| UnknownStop)?);
        if scene.is_empty() || !STAYS.contains(&seconds) {
            return Err(UnknownStop);
        }
        Ok(Self {
            scene: scene.to_owned(),
            stay: Duration::from_secs_f64(seconds),
        })
    }
}

/// A tour under way. Its stops are told by the scenes' places in the deck; there is at least one.
#[derive(Debug)]
pub(super) struct Tour {
    stops: Vec<(usize, Duration)>,
    next: usize,
    /// When the present stop is over; none before the first.
    until: Option<Instant>,
}

impl Tour {
    pub(super) fn new(stops: Vec<(usize, Duration)>) -> Self {
        Self {
            stops,
            next: 0,
            until: None,
        }
    }

    /// The scene that begins now, if one does. A stop that nobody watched to its end is followed by the
    /// next one, however long it has been over.
    pub(super) fn step(&mut self, now: Instant) -> Option<usize> {
        if self.until.is_some_and(|until| now < until) {
            return None;
        }
        let (scene, stay) = *self.stops.get(self.next)?;
        self.next = (self.next + 1) % self.stops.len();
        self.until = Some(now + stay);
        Some(scene)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stop_names_a_scene_and_a_time() {
        let stop = |text: &str| text.parse::<Stop>();
        let quarter = Stop {
            scene: "a: b".into(),
            stay: Duration::from_millis(250),
        };
        assert_eq!(stop(" a: b :0.25 "), Ok(quarter));
        for text in [
            "", "a", ":4", "a:", "a:0", "a:-1", "a:4000", "a:NaN", "a:inf", "a:4 s",
        ] {
            assert_eq!(stop(text), Err(UnknownStop), "{text:?}");
        }
    }

    #[test]
    fn stops_follow_each_other_round_and_round() {
        let second = Duration::from_secs(1);
        let mut tour = Tour::new(vec![(7, second), (3, 2 * second)]);
        let start = Instant::now();
        let mut at = |tenths: u32| tour.step(start + second * tenths / 10);
        assert_eq!(at(0), Some(7));
        assert_eq!(at(9), None);
        assert_eq!(at(10), Some(3));
        assert_eq!(at(29), None);
        assert_eq!(at(30), Some(7));
        assert_eq!(at(990), Some(3), "a long pause skips nothing");
        assert_eq!(at(1_009), None, "and the stop has its whole time");
    }
}
