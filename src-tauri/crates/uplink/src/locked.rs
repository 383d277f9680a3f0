//! Uploads that another request still writes to: after a cut the server may take a while to notice that it is dead.

use reqwest::Url;
use std::time::{Duration, Instant};

/// How long a server may take to notice that a line is dead. A station is alone with its uploads, so that one that
/// stays locked longer is held by nobody and will never be let go.
const PATIENCE: Duration = Duration::from_secs(120);

/// The upload that was found locked last.
#[derive(Debug, Default)]
pub(crate) struct Locked(Option<(Url, Instant)>);

impl Locked {
    /// The upload was found locked at `now`; true when that lasts too long.
    pub(crate) fn overdue(&mut self, url: &Url, now: Instant) -> bool {
        match &self.0 {
            Some((known, since)) if known == url => now.duration_since(*since) > PATIENCE,
            _ => {
                self.0 = Some((url.clone(), now));
                false
            }
        }
    }

    /// The upload was found open.
    pub(crate) fn open(&mut self, url: &Url) {
        self.0.take_if(|(known, _)| known == url);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_upload_that_stays_locked_is_given_up() {
        let url = |name: &str| Url::parse(&format!("https://x/files/{name}")).unwrap();
        let (mut locked, began) = (Locked::default(), Instant::now());
        let after = |s| began + Duration::from_secs(s);
        assert!(!locked.overdue(&url("a"), began));
        assert!(!locked.overdue(&url("a"), after(119)));
        assert!(locked.overdue(&url("a"), after(121)));
        assert!(!locked.overdue(&url("b"), after(121)));
        assert!(!locked.overdue(&url("b"), after(240)));
        locked.open(&url("b"));
        assert!(!locked.overdue(&url("b"), after(250)));
        assert!(!locked.overdue(&url("b"), after(300)));
    }
}
