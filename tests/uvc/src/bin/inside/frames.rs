//! Frames: whole ones arrive as they were sent, others are passed over.

use crate::inside::desk::{Desk, live, next, open, until, until_state};
use camera::Wanted;
use domain::camera::{Mode, Rate};
use domain::frame::{CameraState, FrameFormat};
use domain::port::FrameFeed;
use std::time::{Duration, Instant};
use uvc::{Conduct, PICTURES, jpeg, yuyv};

/// Whether a frame is one of the pictures the camera has.
fn is_known(bytes: &[u8]) -> bool {
    (0..PICTURES).any(|number| *bytes == *jpeg(1280, 720, number))
}

pub(super) fn pictures_arrive_to_the_byte_and_decode(_: &mut Desk) {
    let capture = live();
    let mut seq = 0;
    for _ in 0..2 * PICTURES {
        let frame = next(&capture, seq);
        assert!(
            frame.seq > seq && frame.complete && is_known(&frame.bytes),
            "{frame:?}"
        );
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
    let capture = live();
    let mut seq = next(&capture, 0).seq;
    for conduct in [Conduct::Half, Conduct::Junk, Conduct::Tiny, Conduct::Flagged] {
        desk.camera.behave(conduct);
        // What is on its way when the conduct changes is still whole.
        let (began, mut settled) = (Instant::now(), 0);
        while began.elapsed() < Duration::from_millis(700) {
            if let Some(frame) = capture.after(seq, Duration::from_millis(50)) {
                assert!(frame.complete && is_known(&frame.bytes), "{conduct:?}: {frame:?}");
                seq = frame.seq;
                settled += u32::from(began.elapsed() > Duration::from_millis(350));
            }
        }
        assert_eq!(settled, 0, "{conduct:?} was published");
        desk.camera.behave(Conduct::Clean);
        let frame = next(&capture, seq);
        assert!(is_known(&frame.bytes), "{frame:?}");
        seq = frame.seq;
    }
    // When nothing else comes, it is said what is wrong.
    desk.camera.behave(Conduct::Half);
    until_state(&capture, CameraState::Lost, Some("camera_format"));
    desk.camera.behave(Conduct::Clean);
    until_state(&capture, CameraState::Live, None);
}

pub(super) fn what_the_camera_calls_faulty_is_incomplete(desk: &mut Desk) {
    // The driver drops such frames by itself, unless it is told before to pass them on with a flag.
    let plug_again = |desk: &mut Desk, nodrop| {
        std::fs::write("/sys/module/uvcvideo/parameters/nodrop", nodrop).unwrap();
        desk.pull();
        desk.camera.plug().unwrap();
        desk.ready();
    };
    plug_again(desk, "1");
    let mut stream = open(&Wanted::default()).unwrap();
    assert!(stream.next().unwrap().complete);
    desk.camera.behave(Conduct::Flagged);
    let frame = until(
        "a flagged frame",
        || stream.next().unwrap(),
        |frame| !frame.complete,
    );
    assert!(is_known(&frame.bytes), "to the byte it is whole: {frame:?}");
    drop(stream);
    plug_again(desk, "0");
}
