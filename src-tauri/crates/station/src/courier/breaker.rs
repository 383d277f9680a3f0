//! Whether the link as a whole works. A fault that is no packet's own makes it rest: then no packet is tried, and
//! only the server's own signed answer makes it work again.

use crate::courier::millis;
use domain::Moment;
use domain::queue::Link;
use std::time::{Duration, Instant};

/// Whether the link works.
#[derive(Debug, Default)]
pub(super) struct Breaker {
    link: Link,
    /// Questions in a row that went unanswered.
    unanswered: u32,
    /// When the server is asked next, by the clock that nobody sets back.
    next: Option<Instant>,
}

impl Breaker {
    /// True while packets may be tried.
    pub(super) const fn closed(&self) -> bool {
        self.next.is_none()
    }

    /// True when the server should be asked now.
    pub(super) fn due(&self, now: Instant) -> bool {
        self.next.is_none_or(|next| now >= next)
    }

    /// How long until the server is asked next.
    pub(super) fn wait(&self, now: Instant) -> Duration {
        self.next
            .map_or(Duration::ZERO, |next| next.saturating_duration_since(now))
    }

    /// What the screens are told.
    pub(super) const fn link(&self) -> &Link {
        &self.link
    }

    /// The link rests; each time in a row twice as long, at most `longest`. `jitter` lies between 0 and 1, so that
    /// a hall full of stations does not knock at the same moment.
    pub(super) fn trip(&mut self, code: &str, at: Moment, jitter: f64, least: Duration, longest: Duration) {
        let doubled = least.saturating_mul(1 << self.unanswered.min(16)).min(longest);
        let pause = doubled.mul_f64(0.5 + jitter.clamp(0.0, 1.0) / 2.0);
        self.unanswered = self.unanswered.saturating_add(1);
        self.next = Some(Instant::now() + pause);
        self.link.since = self.link.since.or(Some(at));
        self.link.cause = Some(code.to_string());
        self.link.next_try_at = Some(at.plus(millis(pause)));
        self.link.bytes_per_s = None;
    }

    /// The server is asked now, whatever was planned: somebody pressed a key.
    pub(super) fn hurry(&mut self) {
        if self.next.is_some() {
            self.next = Some(Instant::now());
        }
    }

    /// The server proved that it is there and accepts this station. True when the link had rested.
    pub(super) fn prove(&mut self) -> bool {
        self.unanswered = 0;
        let rested = self.next.take().is_some();
        self.link.cause = None;
        self.link.since = None;
        self.link.next_try_at = None;
        rested
    }

    /// What the server's signed time says of this machine's clock.
    pub(super) fn compare_clocks(&mut self, here: Moment, there: Moment) {
        self.link.clock_skew_ms = Some(here.since(there));
    }

    /// How fast the last upload was, as the server confirmed it.
    pub(super) const fn measured(&mut self, bytes_per_s: u32) {
        self.link.bytes_per_s = Some(bytes_per_s);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEAST: Duration = Duration::from_secs(2);
    const LONGEST: Duration = Duration::from_secs(60);

    #[test]
    fn it_rests_longer_each_time_and_says_since_when() {
        let mut breaker = Breaker::default();
        assert!(breaker.closed() && breaker.due(Instant::now()));
        let mut last = Duration::ZERO;
        for (round, most) in [2, 4, 8, 16, 32, 60, 60].into_iter().enumerate() {
            breaker.trip("server_unreachable", Moment(round as i64), 1.0, LEAST, LONGEST);
            let wait = breaker.wait(Instant::now());
            assert!(
                wait <= Duration::from_secs(most) && wait >= last.min(Duration::from_secs(59)),
                "{wait:?}"
            );
            last = wait;
            assert!(!breaker.closed());
        }
        assert_eq!(breaker.link().since, Some(Moment(0)), "the first fault counts");
        assert!(breaker.prove());
        assert_eq!(breaker.link(), &Link::default());
        assert!(!breaker.prove(), "it works already");
        breaker.trip("server_error", Moment(9), 0.0, LEAST, LONGEST);
        assert!(
            breaker.wait(Instant::now()) <= Duration::from_secs(1),
            "it begins anew"
        );
    }

    #[test]
    fn somebody_who_presses_a_key_need_not_wait() {
        let mut breaker = Breaker::default();
        breaker.hurry();
        assert!(breaker.closed(), "nothing to hurry");
        breaker.trip("server_unreachable", Moment(0), 1.0, LONGEST, LONGEST);
        assert!(!breaker.due(Instant::now()));
        breaker.hurry();
        assert!(
            breaker.due(Instant::now()) && !breaker.closed(),
            "asked, not trusted"
        );
    }
}
