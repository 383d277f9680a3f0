//! Watches the number on a picture in the display's own memory: what was painted, told by nothing of the window.

use super::Window;
use super::screenshot::{HEADER, Layout};
use crate::mark::{self, CELLS};
use anyhow::{Context, Result, anyhow, ensure};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, SystemTime};

/// Between two looks.
const LOOK: Duration = Duration::from_millis(2);
/// A mark that cannot be read for less than this was being painted.
const PAINTING: Duration = Duration::from_millis(40);

/// The middles of the mark's cells on the display, all in one row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    xs: [u32; CELLS],
    y: u32,
}

impl Spot {
    /// Where the mark of the element's picture lies on the display. The window has no frame and stands in
    /// the display's corner, so the page's positions are the display's. `mirrored`: the page shows it so.
    ///
    /// # Errors
    /// When there is no such element or its mark lies outside of what its stage shows.
    pub async fn of(window: &Window, selector: &str, mirrored: bool) -> Result<Self> {
        let script = format!(
            "const e = document.querySelector({selector:?}); if (!e) return null;\
             const r = e.getBoundingClientRect(), s = e.closest('.stage').getBoundingClientRect();\
             return [e.naturalWidth ?? e.width,\
             r.left, r.right, r.top, r.width, s.left, s.right, s.top, s.bottom]"
        );
        let found = window.ask(&script).await?;
        let found = found
            .as_array()
            .with_context(|| format!("no {selector} on the page"))?;
        let numbers: Vec<f32> = found
            .iter()
            .map(|value| value.as_f64().unwrap_or_default() as f32)
            .collect();
        let [width, left, right, top, shown, from, to, above, below] = numbers[..] else {
            return Err(anyhow!("no place of {selector}"));
        };
        let scale = shown / width;
        let middles = mark::middles(width as u32).map(|(x, y)| {
            let across = if mirrored {
                right - x * scale
            } else {
                left + x * scale
            };
            (across, top + y * scale)
        });
        let inside = |(x, y): &(f32, f32)| (from..to).contains(x) && (above..below).contains(y);
        ensure!(
            width > 0.0 && middles.iter().all(inside),
            "the mark of {selector} is not in sight: {numbers:?}"
        );
        Ok(Self {
            xs: middles.map(|(x, _)| x as u32),
            y: middles[0].1 as u32,
        })
    }
}

/// From this moment on the display showed this number; none when it showed no mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sighting {
    /// The number.
    pub number: Option<u32>,
    /// When it was first seen, at most 2 ms late.
    pub at: SystemTime,
}

/// A thread that watches one spot.
pub struct Watch {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<Result<Vec<Sighting>>>>,
}

impl Watch {
    /// Begins to watch.
    ///
    /// # Errors
    /// When the display's memory cannot be read.
    pub(super) fn start(buffer: PathBuf, spot: Spot) -> Result<Self> {
        let mut file = File::open(&buffer).with_context(|| buffer.display().to_string())?;
        let mut header = [0; HEADER];
        file.read_exact(&mut header)?;
        let layout = Layout::read(&header).context("the frame buffer is not an XWD file")?;
        let stop = Arc::new(AtomicBool::new(false));
        let told = Arc::clone(&stop);
        let thread = std::thread::spawn(move || {
            let mut seen: Vec<Sighting> = vec![];
            while !told.load(Ordering::Relaxed) {
                let number = look(&mut file, &layout, &spot)?;
                if seen.last().is_none_or(|last| last.number != number) {
                    let at = SystemTime::now();
                    seen.push(Sighting { number, at });
                }
                std::thread::sleep(LOOK);
            }
            seen.push(Sighting {
                number: seen.last().and_then(|last| last.number),
                at: SystemTime::now(),
            });
            Ok(settled(seen))
        });
        Ok(Self {
            stop,
            thread: Some(thread),
        })
    }

    /// Ends it and gives what was seen, each number once for as long as it stood; the last entry repeats
    /// the one before at the time of the end.
    ///
    /// # Errors
    /// When the display's memory could no longer be read.
    pub fn end(mut self) -> Result<Vec<Sighting>> {
        self.stop.store(true, Ordering::Relaxed);
        let thread = self.thread.take().context("ended before")?;
        thread.join().map_err(|_| anyhow!("the watch broke off"))?
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

/// Reads the cells from one row of pixels.
fn look(file: &mut File, layout: &Layout, spot: &Spot) -> Result<Option<u32>> {
    let (low, high) = spot
        .xs
        .iter()
        .fold((u32::MAX, 0), |(low, high), x| (low.min(*x), high.max(*x)));
    let begin = layout.byte(low, spot.y);
    let mut row = vec![0; layout.byte(high + 1, spot.y) - begin];
    file.seek(SeekFrom::Start(begin as u64))?;
    file.read_exact(&mut row)?;
    let green = |x: u32| row.get((x - low) as usize * 4 + 1).copied().unwrap_or_default();
    Ok(mark::read(&spot.xs.map(green)))
}

/// Without the moments in which the mark was being painted.
fn settled(seen: Vec<Sighting>) -> Vec<Sighting> {
    let mut kept: Vec<Sighting> = vec![];
    for (i, sighting) in seen.iter().enumerate() {
        let until = seen.get(i + 1).map_or(sighting.at, |next| next.at);
        let lasts = until.duration_since(sighting.at).unwrap_or_default();
        let last = i + 1 == seen.len();
        let passing = sighting.number.is_none() && lasts < PAINTING && i > 0;
        let same = kept.last().is_some_and(|before| before.number == sighting.number);
        if last || !passing && !same {
            kept.push(*sighting);
        }
    }
    kept
}

/// The numbers of these sightings with the moments they came, without the end and the times without any.
pub fn numbers(seen: &[Sighting]) -> Vec<(u32, SystemTime)> {
    let counted = seen.split_last().map_or(&[][..], |(_, rest)| rest);
    counted
        .iter()
        .filter_map(|sighting| Some((sighting.number?, sighting.at)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(entries: &[(Option<u32>, u64)]) -> Vec<Sighting> {
        let sighting = |(number, ms): &(Option<u32>, u64)| Sighting {
            number: *number,
            at: SystemTime::UNIX_EPOCH + Duration::from_millis(*ms),
        };
        entries.iter().map(sighting).collect()
    }

    #[test]
    fn a_mark_in_the_making_is_no_loss_and_a_lost_one_is() {
        let raw = seen(&[
            (Some(1), 0),
            (None, 30),
            (Some(2), 34),
            (None, 60),
            (Some(2), 64),
            (None, 90),
            (Some(3), 500),
            (Some(3), 600),
        ]);
        let kept = seen(&[
            (Some(1), 0),
            (Some(2), 34),
            (None, 90),
            (Some(3), 500),
            (Some(3), 600),
        ]);
        assert_eq!(settled(raw), kept);
        let told: Vec<u32> = numbers(&kept).into_iter().map(|(number, _)| number).collect();
        assert_eq!(told, [1, 2, 3]);
    }
}
