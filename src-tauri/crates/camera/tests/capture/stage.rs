//! What the tests have in common: pictures, folders, limits, waiting.

use camera::{Capture, Limits, Opener, Source, Wanted};
use domain::camera::CameraSetting;
use domain::frame::{CameraState, Frame};
use domain::port::FrameFeed;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A real JPEG of one grey with some noise.
pub(crate) fn jpeg(width: u16, height: u16, grey: u8) -> Vec<u8> {
    let pixels: Vec<u8> = (0..usize::from(width) * usize::from(height) * 3)
        .map(|i| grey ^ (i * 7 % 32) as u8)
        .collect();
    let mut bytes = Vec::new();
    jpeg_encoder::Encoder::new(&mut bytes, 90)
        .encode(&pixels, width, height, jpeg_encoder::ColorType::Rgb)
        .unwrap();
    bytes
}

/// Writes pictures `00.jpg`, `01.jpg`, … of one size into a folder.
pub(crate) fn fill(folder: &Path, pictures: u8, width: u16, height: u16) {
    std::fs::create_dir_all(folder).unwrap();
    for n in 0..pictures {
        std::fs::write(folder.join(format!("{n:02}.jpg")), jpeg(width, height, n)).unwrap();
    }
}

/// Limits that keep the tests short.
pub(crate) fn quick() -> Limits {
    Limits {
        wanted: Wanted {
            silence: Duration::from_millis(400),
            ..Wanted::default()
        },
        first_frame: Duration::from_millis(600),
        call: Duration::from_millis(500),
        grace: Duration::from_millis(200),
        least_pause: Duration::from_millis(10),
        most_pause: Duration::from_millis(80),
        search_every: Duration::from_millis(50),
    }
}

pub(crate) fn replay(path: &Path) -> Capture {
    capture(Source::Replay(path.to_owned()), Box::new(camera::open))
}

pub(crate) fn capture(source: Source, opener: Opener) -> Capture {
    Capture::start_with(source, BTreeMap::new(), quick(), opener).unwrap()
}

/// With settings by camera.
pub(crate) fn capture_with(source: Source, settings: BTreeMap<String, CameraSetting>) -> Capture {
    Capture::start_with(source, settings, quick(), Box::new(camera::open)).unwrap()
}

pub(crate) fn tell(folder: &Path, line: &str) {
    std::fs::write(folder.join("replay.ctl"), line).unwrap();
}

/// Waits until something holds, and fails with what was seen last when it does not within five seconds.
pub(crate) fn until<T: std::fmt::Debug>(
    what: &str,
    mut look: impl FnMut() -> T,
    holds: impl Fn(&T) -> bool,
) -> T {
    let began = Instant::now();
    loop {
        let seen = look();
        if holds(&seen) {
            return seen;
        }
        assert!(began.elapsed() < Duration::from_secs(5), "{what}: still {seen:?}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Waits for a state with a fault.
pub(crate) fn until_state(capture: &Capture, state: CameraState, fault: Option<&str>) {
    until(
        "state",
        || capture.health(),
        |health| health.state == state && health.fault.as_deref() == fault,
    );
}

pub(crate) fn next(capture: &Capture, after: u64) -> Arc<Frame> {
    capture.after(after, Duration::from_secs(5)).expect("a frame")
}
