//! What cameras there are and whether they deliver: for the doctor on the command line.

use crate::pulse::Pulse;
use crate::{CameraFault, CameraInfo, RawFrame, Source, Wanted};
use domain::frame::FrameFormat;
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

/// A camera, and its first frame or why there was none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The camera.
    pub camera: CameraInfo,
    /// What came of opening it.
    pub outcome: Result<Glimpse, CameraFault>,
}

/// What the first complete frame of a camera told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glimpse {
    /// Its layout.
    pub format: FrameFormat,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
    /// From the order to open until it was there.
    pub after: Duration,
}

/// Opens each camera of a source in turn ([`Source::Auto`]: all of this machine) and waits for its first
/// complete frame, at most `patience` for each. A camera that something else uses, this program's own
/// capture included, shows as [`CameraFault::Busy`]. Fails when the cameras cannot even be listed.
pub fn probe(source: &Source, patience: Duration) -> Result<Vec<Found>, CameraFault> {
    let (tell, told) = mpsc::channel();
    let (theirs, wanted) = (
        source.clone(),
        Wanted {
            silence: patience,
            ..Wanted::default()
        },
    );
    std::thread::Builder::new()
        .name("camera-probe".into())
        .spawn(move || look(&theirs, &wanted, &tell))
        .map_err(|e| CameraFault::Failed(format!("no thread: {e}")))?;
    let hear = |pulse: Option<&Pulse>| {
        let heard = told.recv_timeout(patience + Duration::from_millis(100));
        let Some(pulse) = pulse else { return heard.ok() };
        // A camera that blocks the thread: free it, and leave it behind where that does not work.
        let given_up = Instant::now() + Duration::from_millis(500);
        let mut heard = heard.ok();
        while heard.is_none() && Instant::now() < given_up {
            pulse.interrupt();
            heard = told.recv_timeout(Duration::from_millis(20)).ok();
        }
        heard
    };
    let Some(Told::Pulse(pulse)) = hear(None) else {
        return Err(CameraFault::Stalled);
    };
    let cameras = match hear(Some(&pulse)) {
        Some(Told::Cameras(cameras)) => cameras?,
        _ => return Err(CameraFault::Stalled),
    };
    let mut lost = false;
    let found = cameras.into_iter().map(|camera| {
        let heard = if lost { None } else { hear(Some(&pulse)) };
        // A thread that could not be freed says nothing of the cameras after this one either.
        lost = heard.is_none();
        let Some(Told::Outcome(outcome)) = heard else {
            return Found {
                camera,
                outcome: Err(CameraFault::Stalled),
            };
        };
        Found { camera, outcome }
    });
    Ok(found.collect())
}

/// What the probing thread reports, in this order.
enum Told {
    Pulse(Arc<Pulse>),
    Cameras(Result<Vec<CameraInfo>, CameraFault>),
    Outcome(Result<Glimpse, CameraFault>),
}

/// Looks at every camera; a send that nobody hears ends it.
fn look(source: &Source, wanted: &Wanted, tell: &mpsc::Sender<Told>) {
    let pulse = Arc::new(Pulse::of_this_thread());
    // No call needs a limit here: nobody but the listener measures.
    let limit = Duration::MAX;
    let report = || -> Result<(), mpsc::SendError<Told>> {
        tell.send(Told::Pulse(Arc::clone(&pulse)))?;
        let opened = pulse.call(limit, || {
            let mut backend = crate::open(source);
            let mut cameras = backend.list()?;
            if let Source::Device(id) = source {
                cameras.retain(|camera| camera.id == *id);
            }
            Ok((backend, cameras))
        });
        let (mut backend, cameras) = match opened {
            Ok(opened) => opened,
            Err(fault) => return tell.send(Told::Cameras(Err(fault))),
        };
        tell.send(Told::Cameras(Ok(cameras.clone())))?;
        for camera in &cameras {
            let outcome = pulse.call(limit, || {
                let began = Instant::now();
                let mut stream = backend.open(&camera.id, wanted)?;
                while began.elapsed() < wanted.silence {
                    match stream.next()? {
                        RawFrame {
                            complete: true,
                            format,
                            width,
                            height,
                            ..
                        } => {
                            return Ok(Glimpse {
                                format,
                                width,
                                height,
                                after: began.elapsed(),
                            });
                        }
                        _ => continue,
                    }
                }
                Err(CameraFault::Format("every frame was cut short".into()))
            });
            tell.send(Told::Outcome(outcome))?;
        }
        Ok(())
    };
    if report().is_err() {
        tracing::debug!("nobody waits for the probe any more");
    }
    pulse.ended();
}
