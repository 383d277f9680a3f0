//! Several workers over one list: each begins once, then takes the next piece until none is left.

use super::BatchFault;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::channel;

/// Runs `one` on 0..`count` with at most `jobs` workers; `told` gets each result on this thread, in the order in which
/// they are done. The first fault ends the run after the pieces in hand.
pub(super) fn run<W, T: Send>(
    count: usize,
    jobs: usize,
    begin: impl Fn() -> Result<W, domain::port::AnalysisFault> + Sync,
    one: impl Fn(&mut W, usize) -> T + Sync,
    mut told: impl FnMut(usize, T) -> Result<(), BatchFault>,
) -> Result<(), BatchFault> {
    let (next, over) = (AtomicUsize::new(0), AtomicBool::new(false));
    let (results, inbox) = channel();
    std::thread::scope(|scope| {
        for _ in 0..jobs.clamp(1, count.max(1)).min(count) {
            let results = results.clone();
            let (next, over, begin, one) = (&next, &over, &begin, &one);
            scope.spawn(move || {
                let mut worker = match begin() {
                    Ok(worker) => worker,
                    Err(fault) => {
                        // The receiver lives as long as this scope.
                        let _ = results.send(Err(fault));
                        return;
                    }
                };
                while !over.load(Ordering::Relaxed) {
                    let i = next.fetch_add(1, Ordering::Relaxed);
                    if i >= count || results.send(Ok((i, one(&mut worker, i)))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(results);
        let mut first = Ok(());
        for result in inbox {
            let heard = match result {
                Ok((i, value)) => told(i, value),
                Err(fault) => Err(fault.into()),
            };
            if heard.is_err() {
                over.store(true, Ordering::Relaxed);
                if first.is_ok() {
                    first = heard;
                }
            }
        }
        first
    })
}
