//! Progress lines: one for each step, with the time since the start.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

static STARTED: OnceLock<Instant> = OnceLock::new();

/// Starts the clock of this run.
pub(crate) fn start() {
    STARTED.get_or_init(Instant::now);
}

/// Time since the start of this run.
pub(crate) fn elapsed() -> Duration {
    STARTED.get_or_init(Instant::now).elapsed()
}

/// Announces a step.
pub(crate) fn step(title: &str) {
    println!("[{:>7}] {title}", spoken(elapsed()));
}

/// A remark under the current step.
pub(crate) fn note(text: &str) {
    println!("            {text}");
}

/// Prints the error that ends the run.
pub(crate) fn stop_with(message: &str) {
    eprintln!("\n[{:>7}] stopped: {message}", spoken(elapsed()));
}

/// A duration as a person reads it: `4.2 s`, `48 s`, `3m 07s`.
pub(crate) fn spoken(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0..10 => format!("{:.1} s", time.as_secs_f64()),
        10..60 => format!("{seconds} s"),
        _ => format!("{}m {:02}s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_well() {
        let cases = [
            (4_210, "4.2 s"),
            (48_900, "48 s"),
            (187_000, "3m 07s"),
            (3_600_000, "60m 00s"),
        ];
        for (milliseconds, text) in cases {
            assert_eq!(spoken(Duration::from_millis(milliseconds)), text);
        }
    }
}
