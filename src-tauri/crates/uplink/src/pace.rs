//! How much one request carries, and how long it may take: learned from the line itself.
//!
//! A cut costs what was under way, so that a slow or broken line gets small chunks; every chunk costs a round trip, so
//! that a fast line gets large ones.

use std::time::Duration;

/// Chunks begin and end at multiples of so many bytes, and are not smaller: 4 s at 64 kbit/s.
const LEAST: u64 = 32 << 10;
/// The first chunk of a line that nothing is known about, in bytes.
const FIRST: u64 = 256 << 10;
/// Largest chunk when not told otherwise, in bytes; a packet is rarely larger.
pub(crate) const MOST: u64 = 8 << 20;
/// A chunk that took less is followed by one of twice its size.
const QUICK: Duration = Duration::from_secs(2);
/// A chunk that took longer is followed by one of half its size.
const SLOW: Duration = Duration::from_secs(8);
/// Bytes a second that a line must at least carry: slower is given up, and goes on from the last chunk.
const SLOWEST: u64 = 4096;
/// How many times slower than the chunk before it a chunk may be before it is given up.
const SLACK: u64 = 8;

/// The size of the next chunk and its time limit.
#[derive(Debug, Clone)]
pub(crate) struct Pace {
    chunk: u64,
    least: u64,
    most: u64,
    /// Bytes a second of the last chunk.
    rate: Option<u64>,
}

impl Pace {
    /// Chunks of at most `most` bytes.
    pub(crate) fn new(most: u64) -> Self {
        let most = most.max(1);
        Self {
            chunk: FIRST.min(most),
            least: LEAST.min(most),
            most,
            rate: None,
        }
    }

    /// Where the chunk that begins at `offset` ends, in an upload of `length` bytes that has more behind `offset`.
    pub(crate) fn end(&self, offset: u64, length: u64) -> u64 {
        let end = offset.saturating_add(self.chunk);
        let aligned = end - end % self.least;
        (if aligned > offset { aligned } else { end }).min(length)
    }

    /// How long so many bytes may take beyond the ordinary patience.
    pub(crate) fn allowance(&self, bytes: u64) -> Duration {
        let slowest = bytes as f64 / SLOWEST as f64;
        let by_rate = self.rate.map(|rate| (bytes * SLACK) as f64 / rate as f64);
        Duration::from_secs_f64(by_rate.map_or(slowest, |limit| limit.min(slowest)))
    }

    /// So many bytes were confirmed after so long.
    pub(crate) fn went(&mut self, bytes: u64, took: Duration) {
        let rate = bytes as f64 / took.as_secs_f64().max(0.001);
        self.rate = Some((rate as u64).max(1));
        // The last chunk of a packet says little about chunks of full size.
        if took > SLOW {
            self.chunk = (self.chunk / 2).max(self.least);
        } else if took < QUICK && bytes * 2 > self.chunk {
            self.chunk = (self.chunk * 2).min(self.most);
        }
    }

    /// A chunk got lost: the line broke, or the time was up.
    pub(crate) fn broke(&mut self) {
        self.chunk = (self.chunk / 2).max(self.least);
        self.rate = self.rate.map(|rate| (rate / 4).max(1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_fast_line_gets_large_chunks_and_a_broken_one_small_ones() {
        let mut pace = Pace::new(MOST);
        assert_eq!(pace.end(0, u64::MAX), FIRST);
        for _ in 0..9 {
            pace.went(pace.end(0, u64::MAX), Duration::from_millis(100));
        }
        assert_eq!(pace.end(0, u64::MAX), MOST);
        pace.broke();
        assert_eq!(pace.end(0, u64::MAX), MOST / 2);
        for _ in 0..20 {
            pace.broke();
        }
        assert_eq!(pace.end(0, u64::MAX), LEAST);
        pace.went(LEAST, Duration::from_secs(4));
        assert_eq!(pace.end(0, u64::MAX), LEAST, "neither quick nor slow");
    }

    #[test]
    fn a_chunk_on_a_fast_line_does_not_wait_for_a_dead_one_half_an_hour() {
        let mut pace = Pace::new(MOST);
        assert_eq!(pace.allowance(FIRST), Duration::from_secs(64));
        for _ in 0..9 {
            pace.went(pace.end(0, u64::MAX), Duration::from_millis(1900));
        }
        assert!(pace.allowance(MOST) < Duration::from_secs(20));
        for _ in 0..20 {
            pace.broke();
        }
        // Whatever happened before, a line of the slowest rate is waited for.
        assert_eq!(pace.allowance(LEAST), Duration::from_secs(8));
    }

    proptest! {
        #[test]
        fn every_chunk_has_bytes_and_stays_inside(
            most in 1_u64..1 << 24, steps in prop::collection::vec(0_u64..20_000, 0..40),
            length in 1_u64..1 << 40, offset in 0_u64..1 << 40,
        ) {
            prop_assume!(offset < length);
            let mut pace = Pace::new(most);
            for ms in steps {
                if ms % 5 == 0 { pace.broke() } else { pace.went(pace.chunk, Duration::from_millis(ms)) }
                let end = pace.end(offset, length);
                prop_assert!(offset < end && end <= length && end - offset <= most);
                prop_assert!(end == length || end.is_multiple_of(pace.least) || end - offset == pace.chunk);
            }
        }
    }
}
