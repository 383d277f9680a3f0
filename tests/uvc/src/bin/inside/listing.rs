//! What cameras there are, and what they say they can send.

use crate::inside::desk::{self, Desk, live, next, nodes, open};
use camera::Wanted;
use domain::camera::{Mode, Rate};
use domain::frame::FrameFormat;
use uvc::{Model, SimulatedCamera, Size};

pub(super) fn the_metadata_node_is_no_camera(desk: &mut Desk) {
    let nodes = desk::until("two nodes", nodes, |nodes| nodes.len() == 2);
    let cameras = desk::cameras();
    assert_eq!(cameras.len(), 1, "of {nodes:?}");
    // The kernel keeps 31 bytes of the name, which end within a character.
    assert_eq!(cameras[0].name, "Simulated Camera 仿真高清");
    // Bus, port, configuration and interface.
    let id = &cameras[0].id;
    assert!(
        id.ends_with(":1.0") && id.contains('-'),
        "{id} is no place on the bus"
    );
    let before = id.clone();
    desk.pull();
    desk.camera.plug().unwrap();
    assert_eq!(desk.ready().id, before, "the same socket is the same camera");
}

pub(super) fn modes_are_those_the_camera_states(_: &mut Desk) {
    let stream = open(&Wanted::default()).unwrap();
    let stated = |format, sizes: &[Size]| -> Vec<Mode> {
        let of_size = |size: &Size| {
            let (width, height) = (size.width.into(), size.height.into());
            let intervals = size.intervals.iter();
            let modes = intervals.map(move |interval| Mode {
                format,
                width,
                height,
                rate: Rate::whole((10_000_000.0 / f64::from(*interval)).round() as u32),
            });
            modes.collect::<Vec<_>>()
        };
        sizes.iter().flat_map(of_size).collect()
    };
    let expected = [
        stated(FrameFormat::Mjpeg, Model::WEBCAM.mjpeg),
        stated(FrameFormat::Yuyv, Model::WEBCAM.yuyv),
    ];
    assert_eq!(stream.modes(), expected.concat());
    let best = Mode {
        format: FrameFormat::Mjpeg,
        width: 1280,
        height: 720,
        rate: Rate::whole(30),
    };
    assert_eq!(stream.mode(), best);
}

pub(super) fn a_camera_of_29_97_frames_a_second_is_used(desk: &mut Desk) {
    desk.pull();
    desk.camera = SimulatedCamera::plug_in(Model::GRABBER).unwrap();
    desk.ready();
    let stream = open(&Wanted::default()).unwrap();
    let mode = stream.mode();
    assert!((mode.rate.per_second() - 29.97).abs() < 0.001, "{mode:?}");
    assert!(mode.rate.seconds > 1, "a fraction is kept as one");
    assert_eq!(stream.modes(), [mode]);
    drop(stream);
    let capture = live();
    let first = next(&capture, 0);
    assert!(next(&capture, first.seq).seq > first.seq);
}
