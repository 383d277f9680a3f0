//! The automatic shutter: all gating checks hold for a while, then 3-2-1, and any break resets it.

use crate::event::LiveSeen;
use domain::Moment;
use domain::session::State;

/// Seconds counted aloud.
const COUNT: i64 = 3;
/// A look older than this says nothing of the sitter now: the camera stalls or is gone. Milliseconds; several
/// times what a look takes on a slow machine.
const FRESH_MS: i64 = 1_500;
/// Milliseconds between two views that differ in their numbers only.
const SHOW_MS: i64 = 120;

/// The shutter of the camera page.
#[derive(Debug, Default)]
pub(crate) struct Shutter {
    manual_only: bool,
    waiting: bool,
    pub(crate) seen: Option<LiveSeen>,
    /// When a look was last put on screen.
    shown: Option<Moment>,
    good_since: Option<Moment>,
    looks: std::collections::VecDeque<Moment>,
}

impl Shutter {
    /// Another page: nothing of the last live picture stays.
    pub(crate) fn reset(&mut self) {
        *self = Self {
            manual_only: self.manual_only,
            ..Self::default()
        };
    }

    /// Turns the automatic shutter on or off.
    pub(crate) fn automatic(&mut self, on: bool) {
        self.manual_only = !on;
    }

    pub(crate) const fn is_automatic(&self) -> bool {
        !self.manual_only
    }

    pub(crate) const fn waiting(&self) -> bool {
        self.waiting
    }

    pub(crate) fn wait(&mut self) {
        self.waiting = true;
    }

    /// The frame did not come: the shutter is free again.
    pub(crate) fn release(&mut self) {
        self.waiting = false;
    }

    /// A live look arrived; true when the screens are to follow at once. Numbers that only tremble may wait: nobody
    /// reads them more often, and every view costs the painter some of its time.
    pub(crate) fn see(&mut self, seen: LiveSeen, now: Moment) -> bool {
        let told = |s: &LiveSeen| (s.instruction.clone(), s.good, s.width, s.height);
        let news = self.seen.as_ref().map(told) != Some(told(&seen));
        let shows = news
            || self
                .shown
                .is_none_or(|at| super::due(at.plus(SHOW_MS), now, SHOW_MS));
        if shows {
            self.shown = Some(now);
        }
        let unbroken = self.good_since.filter(|_| self.fresh(now));
        self.good_since = seen.good.then(|| unbroken.unwrap_or(now));
        self.seen = Some(seen);
        self.looks.push_back(now);
        while self.looks.front().is_some_and(|first| now.since(*first) > 2_000) {
            self.looks.pop_front();
        }
        shows
    }

    /// Live looks a second over the last two seconds.
    pub(crate) fn rate(&self, now: Moment) -> f32 {
        let recent = self.looks.iter().filter(|at| now.since(**at) <= 2_000).count();
        recent as f32 / 2.0
    }

    /// 3, 2, 1 while counting; `None` when not.
    pub(crate) fn count(&self, now: Moment, hold_s: f32) -> Option<u32> {
        let left = self.left(now, hold_s)?;
        (left > 0 && left <= COUNT * 1_000).then(|| (left as u32).div_ceil(1_000))
    }

    /// True when the count reached its end.
    pub(crate) fn over(&self, now: Moment, hold_s: f32) -> bool {
        self.left(now, hold_s).is_some_and(|left| left <= 0)
    }

    /// True while looks keep coming.
    fn fresh(&self, now: Moment) -> bool {
        self.looks.back().is_some_and(|last| now.since(*last) <= FRESH_MS)
    }

    /// Milliseconds until the shutter releases by itself.
    fn left(&self, now: Moment, hold_s: f32) -> Option<i64> {
        if self.manual_only || self.waiting || !self.fresh(now) {
            return None;
        }
        let since = self.good_since?;
        Some((hold_s * 1_000.0) as i64 + COUNT * 1_000 - now.since(since))
    }
}

impl super::Desk {
    pub(super) fn countdown_over(&mut self, now: Moment) -> bool {
        let (State::Capturing { .. }, Some(setup)) = (&self.state, &self.setup) else {
            return false;
        };
        let hold = setup.policy.auto_shutter_hold_s;
        if self.page != super::Page::Person || self.waits_for_code() {
            return false;
        }
        if self.shutter.count(now, hold).is_some() {
            self.touch();
        }
        self.shutter.over(now, hold)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(good: bool) -> LiveSeen {
        let assessment = domain::quality::Assessment::default();
        let at = std::time::Duration::ZERO;
        LiveSeen {
            width: 1280,
            height: 720,
            assessment,
            instruction: None,
            good,
            at,
        }
    }

    /// Good looks every 100 ms from one moment to another.
    fn sit(shutter: &mut Shutter, from: i64, until: i64) {
        for at in (from..=until).step_by(100) {
            shutter.see(seen(true), Moment(at));
        }
    }

    #[test]
    fn it_holds_counts_releases_and_a_break_resets_it() {
        let mut shutter = Shutter::default();
        sit(&mut shutter, 0, 500);
        assert_eq!(shutter.count(Moment(500), 1.0), None, "holding");
        sit(&mut shutter, 600, 1_000);
        assert_eq!(shutter.count(Moment(1_001), 1.0), Some(3));
        sit(&mut shutter, 1_100, 2_500);
        assert_eq!(shutter.count(Moment(2_500), 1.0), Some(2));
        shutter.see(seen(false), Moment(2_600));
        assert_eq!(
            shutter.count(Moment(2_700), 1.0),
            None,
            "a break resets the count at once"
        );
        sit(&mut shutter, 3_000, 7_000);
        assert!(!shutter.over(Moment(6_999), 1.0));
        assert!(shutter.over(Moment(7_000), 1.0));
        shutter.wait();
        assert!(!shutter.over(Moment(7_100), 1.0), "one picture for one count");
    }

    #[test]
    fn a_camera_that_stalls_resets_it_and_its_return_begins_anew() {
        let mut shutter = Shutter::default();
        sit(&mut shutter, 0, 3_900);
        assert!(
            !shutter.over(Moment(5_500), 1.0),
            "nobody has been seen for a while"
        );
        assert_eq!(shutter.count(Moment(5_500), 1.0), None);
        sit(&mut shutter, 9_000, 9_100);
        assert!(
            !shutter.over(Moment(9_100), 1.0),
            "the first frame after the return"
        );
        sit(&mut shutter, 9_200, 13_000);
        assert!(shutter.over(Moment(13_000), 1.0));
    }

    #[test]
    fn numbers_wait_for_their_turn_and_news_do_not() {
        let mut shutter = Shutter::default();
        assert!(shutter.see(seen(true), Moment(0)), "the first");
        assert!(!shutter.see(seen(true), Moment(60)));
        assert!(shutter.see(seen(true), Moment(120)));
        assert!(shutter.see(seen(false), Moment(130)), "a rule breaks");
        assert!(!shutter.see(seen(false), Moment(190)));
        assert!(
            shutter.see(seen(false), Moment(-5_000)),
            "a clock that was set back stops nothing"
        );
    }

    #[test]
    fn turned_off_it_never_counts() {
        let mut shutter = Shutter::default();
        shutter.automatic(false);
        sit(&mut shutter, 0, 9_000);
        assert_eq!(shutter.count(Moment(2_000), 1.0), None);
        assert!(!shutter.over(Moment(9_000), 1.0));
    }
}
