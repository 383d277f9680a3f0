//! Frames: whole ones arrive as they were sent, others are passed over.

use crate::inside::desk::{Desk, live, next, open, until_state};
use camera::Wanted;
use domain::camera::{Mode, Rate};
use domain::frame::{CameraState, Frame, FrameFormat};
use domain::port::FrameFeed;
use std::time::{Duration, Instant};
use uvc::{Conduct, PICTURES, jpeg, yuyv};

/// Whether a frame is one of the pictures the camera has.
fn is_known(frame: &Frame) -> bool {
    (0..PICTURES).any(|number| *frame.bytes == *jpeg(1280, 720, number))
}

pub(super) fn pictures_arrive_to_the_byte_and_decode(_: &mut Desk) {
    let capture = live();
    let mut seq = 0;
    for _ in 0..2 * PICTURES {
        let frame = next(&capture, seq);
        assert!(frame.seq > seq && frame.complete && is_known(&frame), "{frame:?}");
        assert_eq!((frame.width, frame.height), (1280, 720));
        seq = frame.seq;
    }
    let picture = image::load_from_memory(&next(&capture, seq).bytes).unwrap();
    assert_eq!((picture.width(), picture.height()), (1280, 720));
    let health = capture.health();
    assert!(
        health.fps >= 1.0 && health.name.starts_with("Simulated"),
        "{health:?}"
    );
}

pub(super) fn raw_frames_arrive_to_the_byte(_: &mut Desk) {
    let mode = Mode {
        format: FrameFormat::Yuyv,
        width: 320,
        height: 240,
        rate: Rate::whole(10),
    };
    let chosen = Wanted {
        mode: Some(mode),
        ..Wanted::default()
    };
    let mut stream = open(&chosen).unwrap();
    assert_eq!(stream.mode(), mode, "the operator's choice");
    let known: Vec<Vec<u8>> = (0..PICTURES).map(|number| yuyv(320, 240, number)).collect();
    for _ in 0..PICTURES {
        let frame = stream.next().unwrap();
        assert!(
            frame.complete && known.iter().any(|known| **known == *frame.bytes),
            "{frame:?}"
        );
    }
}

pub(super) fn spoilt_frames_are_never_published(desk: &mut Desk) {
    // The driver drops by itself what a camera calls faulty, unless it is told to pass it on with a flag.
    std::fs::write("/sys/module/uvcvideo/parameters/nodrop", "1").unwrap();
    let capture = live();
    let mut seq = next(&capture, 0).seq;
    for conduct in [Conduct::Half, Conduct::Junk, Conduct::Tiny, Conduct::Flagged] {
        desk.camera.behave(conduct);
        // What is on its way when the conduct changes is still whole.
        let (began, mut settled) = (Instant::now(), 0);
        while began.elapsed() < Duration::from_millis(1200) {
            if let Some(frame) = capture.after(seq, Duration::from_millis(50)) {
                assert!(frame.complete && is_known(&frame), "{conduct:?}: {frame:?}");
                seq = frame.seq;
                settled += u32::from(began.elapsed() > Duration::from_millis(600));
            }
        }
        assert_eq!(settled, 0, "{conduct:?} was published");
        desk.camera.behave(Conduct::Clean);
        let frame = next(&capture, seq);
        assert!(is_known(&frame), "{frame:?}");
        seq = frame.seq;
    }
    // When nothing else comes, it is said what is wrong.
    desk.camera.behave(Conduct::Half);
    until_state(&capture, CameraState::Lost, Some("camera_format"));
    desk.camera.behave(Conduct::Clean);
    until_state(&capture, CameraState::Live, None);
}
