//! When the replay camera handed out which picture, from the station's own log.

use crate::mark;
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Lets the lines into the log: `TIME TRACE camera::replay: handed out picture=N`.
pub(super) const FILTER: &str = "info,ort=warn,camera::replay=trace";

/// The pictures handed out so far, in order: the number each carries, and when.
pub(super) fn pictures(log: &Path) -> Result<Vec<(u32, SystemTime)>> {
    let text = fs::read_to_string(log).with_context(|| log.display().to_string())?;
    Ok(text.lines().filter_map(picture).collect())
}

fn picture(line: &str) -> Option<(u32, SystemTime)> {
    let (_, number) = line.split_once("camera::replay: handed out picture=")?;
    let number: u64 = number.trim().parse().ok()?;
    let at: jiff::Timestamp = line.split_whitespace().next()?.parse().ok()?;
    let at = UNIX_EPOCH + Duration::from_micros(at.as_microsecond().try_into().ok()?);
    Some(((number % u64::from(mark::COUNT)) as u32, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lines_of_the_camera_count() {
        let line = "2026-11-28T00:00:01.250000Z TRACE camera::replay: handed out picture=67";
        let (number, at) = picture(line).unwrap();
        assert_eq!(number, 3);
        let since = at.duration_since(UNIX_EPOCH).unwrap();
        // 20 785 days from 1970 to that one.
        assert_eq!(since, Duration::from_millis(20_785 * 86_400_000 + 1_250));
        assert_eq!(
            picture("2026-11-28T00:00:01Z  INFO camera::slot: camera live"),
            None
        );
    }
}
