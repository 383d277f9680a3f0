//! How often one caller may ask.

use crate::config::Rate;
use crate::refusal::Refusal;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// Callers that are remembered; beyond it, those whose bucket is full again are forgotten.
const MOST_CALLERS: usize = 10_000;

/// One bucket a caller.
pub(crate) struct Rates<K> {
    rate: Rate,
    buckets: Mutex<HashMap<K, Bucket>>,
}

struct Bucket {
    left: f64,
    at: Instant,
}

impl<K: Eq + Hash> Rates<K> {
    pub(crate) fn new(rate: Rate) -> Self {
        Self {
            rate,
            buckets: Mutex::default(),
        }
    }

    /// Takes one request out of the caller's bucket.
    pub(crate) fn take(&self, caller: K) -> Result<(), Refusal> {
        self.take_at(caller, Instant::now())
    }

    fn take_at(&self, caller: K, now: Instant) -> Result<(), Refusal> {
        let Rate { burst, per_s } = self.rate;
        let burst = f64::from(burst);
        let filled = |bucket: &Bucket| {
            let passed = now.saturating_duration_since(bucket.at).as_secs_f64();
            (bucket.left + passed * per_s).min(burst)
        };
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MOST_CALLERS {
            buckets.retain(|_, bucket| filled(bucket) < burst);
        }
        let bucket = buckets.entry(caller).or_insert(Bucket { left: burst, at: now });
        bucket.left = filled(bucket);
        bucket.at = now;
        if bucket.left < 1.0 {
            let wait = ((1.0 - bucket.left) / per_s.max(0.001)).ceil();
            return Err(Refusal::too_many("too_many_requests", wait as u64));
        }
        bucket.left -= 1.0;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_bucket_runs_dry_for_its_own_caller_and_fills_again() {
        let rates = Rates::new(Rate { burst: 3, per_s: 0.5 });
        let start = Instant::now();
        for _ in 0..3 {
            rates.take_at("a", start).unwrap();
        }
        let refusal = rates.take_at("a", start).unwrap_err();
        assert_eq!((refusal.status.as_u16(), refusal.retry_after_s), (429, Some(2)));
        rates.take_at("b", start).unwrap();
        assert!(rates.take_at("a", start + Duration::from_secs(1)).is_err());
        rates.take_at("a", start + Duration::from_secs(2)).unwrap();
        assert!(rates.take_at("a", start + Duration::from_secs(2)).is_err());
        for _ in 0..3 {
            rates.take_at("a", start + Duration::from_secs(100)).unwrap();
        }
        assert!(rates.take_at("a", start + Duration::from_secs(100)).is_err());
    }
}
