//! The newest view of each window. A window asks for the one after the last it has, as it does for pictures: a slow
//! page skips views, and none has to be sent to it as a script of its own.

use crate::shell::Shell;
use serde::Serialize;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

/// The newest views of both windows.
pub(crate) struct Views {
    pub(crate) operator: Arc<Newest>,
    pub(crate) sitter: Arc<Newest>,
}

impl Views {
    /// Keeps the views of a station from now on.
    pub(crate) fn of(shell: &Shell) -> Self {
        let views = Self {
            operator: Arc::default(),
            sitter: Arc::default(),
        };
        let (operator, sitter) = (Arc::clone(&views.operator), Arc::clone(&views.sitter));
        shell.subscribe(move |view| {
            operator.put(view);
            true
        });
        shell.subscribe_sitter(move |view| {
            sitter.put(view);
            true
        });
        views
    }
}

/// One window's newest view, as JSON: `{"number": 7, "view": {…}}`.
#[derive(Default)]
pub(crate) struct Newest {
    /// Counts up from 1; 0 before the first.
    kept: Mutex<(u64, Arc<[u8]>)>,
    arrived: Condvar,
}

#[derive(Serialize)]
struct Numbered<'a, T> {
    number: u64,
    view: &'a T,
}

impl Newest {
    fn put(&self, view: &impl Serialize) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let number = kept.0 + 1;
        match serde_json::to_vec(&Numbered { number, view }) {
            Ok(json) => *kept = (number, json.into()),
            Err(fault) => return tracing::error!(%fault, "a view cannot be written"),
        }
        drop(kept);
        self.arrived.notify_all();
    }

    /// The newest view with a number above `after`, waited for at most `patience`.
    pub(crate) fn after(&self, after: u64, patience: Duration) -> Option<Arc<[u8]>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let (kept, _) = self
            .arrived
            .wait_timeout_while(kept, patience, |kept| kept.0 <= after)
            .unwrap_or_else(PoisonError::into_inner);
        (kept.0 > after).then(|| Arc::clone(&kept.1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_view_is_given_once_and_waited_for() {
        let newest = Arc::new(Newest::default());
        assert!(newest.after(0, Duration::ZERO).is_none());
        newest.put(&"a");
        newest.put(&"b");
        let seen = newest.after(0, Duration::ZERO).unwrap();
        assert_eq!(&*seen, br#"{"number":2,"view":"b"}"#);
        assert!(newest.after(2, Duration::from_millis(5)).is_none());
        let waiting = Arc::clone(&newest);
        let next = std::thread::spawn(move || waiting.after(2, Duration::from_secs(20)));
        newest.put(&"c");
        assert_eq!(&*next.join().unwrap().unwrap(), br#"{"number":3,"view":"c"}"#);
    }
}
