//! What goes wrong with a camera at a desk, and that it passes by itself.

use crate::inside::child::{self, Child};
use crate::inside::desk::{Desk, live, next, nodes, open, until, until_state};
use camera::{CameraFault, Capture, Source, Wanted};
use domain::frame::CameraState;
use domain::port::FrameFeed;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use uvc::{Conduct, vm};

pub(super) fn a_stall_is_noticed_and_passes(desk: &mut Desk) {
    let quick = Wanted {
        silence: Duration::from_millis(300),
        ..Wanted::default()
    };
    let mut stream = open(&quick).unwrap();
    stream.next().unwrap();
    desk.camera.behave(Conduct::Stall);
    let began = Instant::now();
    let fault = loop {
        if let Err(fault) = stream.next() {
            break fault;
        }
    };
    assert_eq!(fault, CameraFault::Stalled);
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
    drop(stream);
    desk.camera.behave(Conduct::Clean);

    let capture = live();
    desk.camera.behave(Conduct::Stall);
    until_state(&capture, CameraState::Lost, Some("camera_stalled"));
    desk.camera.behave(Conduct::Clean);
    until_state(&capture, CameraState::Live, None);
}

pub(super) fn unplugging_is_a_loss_until_it_is_back(desk: &mut Desk) {
    let capture = live();
    let mut worst = (Duration::ZERO, Duration::ZERO);
    for _ in 0..2 {
        let seq = next(&capture, 0).seq;
        let unplugged = desk.camera.unplug();
        until_state(&capture, CameraState::Lost, Some("camera_gone"));
        let word = unplugged.elapsed();
        until("no node", nodes, Vec::is_empty);
        desk.camera.plug().unwrap();
        until("a node", nodes, |nodes| !nodes.is_empty());
        let back = Instant::now();
        until_state(&capture, CameraState::Live, None);
        let picture = back.elapsed();
        assert!(next(&capture, 0).seq > seq, "numbers never repeat");
        worst = (worst.0.max(word), worst.1.max(picture));
    }
    // The worse of two; measured in emulation, where everything takes longer than at a desk.
    for (name, time) in [("unplug_to_word_ms", worst.0), ("replug_to_picture_ms", worst.1)] {
        println!("{} {name} {:.1}", vm::FIGURE, time.as_secs_f64() * 1000.0);
    }
    assert!(worst.0 < Duration::from_secs(3), "{worst:?}");
}

pub(super) fn a_busy_camera_is_called_so_and_taken_when_free(_: &mut Desk) {
    let mut other = Child::holding();
    let refused = open(&Wanted::default()).map(|_| ());
    assert_eq!(refused, Err(CameraFault::Busy));
    let capture = Capture::start(Source::Auto, BTreeMap::new()).unwrap();
    until(
        "a word",
        || capture.health().fault,
        |fault| fault.as_deref() == Some("camera_busy"),
    );
    other.end();
    until_state(&capture, CameraState::Live, None);
}

pub(super) fn without_permission_it_is_called_so(_: &mut Desk) {
    assert_eq!(child::word_without_privilege(), "camera_permission");
}
