//! A line that is not taken whole: bytes leave at the rate that the settings allow.

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::time::{Instant, Sleep, sleep_until};

/// Lowest rate, bytes a second: below it a packet takes hours.
const LEAST: u64 = 1024;
/// Bytes that leave at once: an eighth of a second's, within these bounds.
const PIECE: std::ops::RangeInclusive<u64> = 512..=64 << 10;

/// The rate that all uploads of one server share; cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Cap {
    per_second: u64,
    /// When the next byte may leave.
    free_at: Arc<Mutex<Option<Instant>>>,
}

impl Cap {
    pub(crate) fn new(bytes_per_second: u64) -> Self {
        Self {
            per_second: bytes_per_second.max(LEAST),
            free_at: Arc::default(),
        }
    }

    /// How long so many bytes take.
    pub(crate) fn time_for(&self, bytes: u64) -> Duration {
        Duration::from_secs_f64(bytes as f64 / self.per_second as f64)
    }

    fn piece(&self) -> usize {
        let piece = (self.per_second / 8).clamp(*PIECE.start(), *PIECE.end());
        usize::try_from(piece).unwrap_or(usize::MAX)
    }

    /// Takes the right to send so many bytes at once, or says when to ask again.
    fn take(&self, bytes: usize, now: Instant) -> Result<(), Instant> {
        let mut free_at = self.free_at.lock().unwrap_or_else(PoisonError::into_inner);
        match *free_at {
            Some(until) if until > now => Err(until),
            // What was not used in time is not saved up.
            _ => {
                *free_at = Some(now + self.time_for(bytes as u64));
                Ok(())
            }
        }
    }
}

/// A request's body that leaves piece by piece; its bytes are shared, never copied.
#[derive(Debug)]
pub(crate) struct Paced {
    rest: Bytes,
    cap: Cap,
    wait: Option<Pin<Box<Sleep>>>,
}

impl Paced {
    pub(crate) fn new(bytes: Bytes, cap: Cap) -> Self {
        Self {
            rest: bytes,
            cap,
            wait: None,
        }
    }
}

impl http_body::Body for Paced {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        loop {
            if let Some(wait) = &mut self.wait {
                ready!(wait.as_mut().poll(cx));
                self.wait = None;
            }
            if self.rest.is_empty() {
                return Poll::Ready(None);
            }
            let piece = self.rest.len().min(self.cap.piece());
            match self.cap.take(piece, Instant::now()) {
                Ok(()) => return Poll::Ready(Some(Ok(Frame::data(self.rest.split_to(piece))))),
                Err(until) => self.wait = Some(Box::pin(sleep_until(until))),
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.rest.len() as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_leave_at_the_rate_and_what_was_not_used_is_not_saved_up() {
        let cap = Cap::new(10_000);
        let piece = cap.piece();
        let began = Instant::now();
        let mut now = began;
        let mut send = |bytes: usize| {
            let mut left = bytes;
            while left > 0 {
                let next = left.min(piece);
                // Two uploads share one rate: it does not matter which of them asks.
                match cap.clone().take(next, now) {
                    Ok(()) => left -= next,
                    Err(until) => now = until,
                }
            }
            let passed = now - began;
            now += Duration::from_secs(60);
            passed.as_secs_f64()
        };
        let first = send(100_000);
        assert!((9.8..=10.0).contains(&first), "{first}");
        let second = send(100_000);
        assert!(
            (first + 60.0 + 9.8..=first + 60.0 + 10.0).contains(&second),
            "{second}"
        );
    }

    #[test]
    fn even_the_lowest_rate_moves() {
        let cap = Cap::new(0);
        assert_eq!(cap.time_for(1024), Duration::from_secs(1));
        assert_eq!(cap.piece(), 512);
    }
}
