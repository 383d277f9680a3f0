//! Cameras that panic, block and refuse, as drivers do.

use crate::stage::{capture, jpeg, next, until, until_state};
use camera::{Backend, CameraFault, CameraInfo, RawFrame, Source, Stream, Wanted};
use domain::camera::{Mode, Rate};
use domain::frame::{CameraState, FrameFormat};
use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// What one opening of the camera is to be like.
enum Act {
    RefuseToOpen(CameraFault),
    PanicOnOpen,
    PanicOnRead,
    PanicOnClose,
    Fail,
    /// Runs in place of a read, and may block.
    Read(Box<dyn FnOnce() -> Result<(), CameraFault> + Send>),
}

/// Goes through its acts, one an opening, each after two good frames; then behaves well.
#[derive(Clone, Default)]
struct Theatre {
    acts: Arc<Mutex<VecDeque<Act>>>,
    open: Arc<AtomicUsize>,
}

impl Theatre {
    fn of(acts: impl IntoIterator<Item = Act>) -> Self {
        Self {
            acts: Arc::new(Mutex::new(acts.into_iter().collect())),
            open: Arc::default(),
        }
    }

    fn capture(&self) -> camera::Capture {
        let theatre = self.clone();
        capture(Source::Auto, Box::new(move |_| Box::new(theatre.clone())))
    }

    fn is_over(&self) -> bool {
        self.acts.lock().unwrap().is_empty()
    }
}

impl Backend for Theatre {
    fn list(&mut self) -> Result<Vec<CameraInfo>, CameraFault> {
        Ok(vec![CameraInfo {
            id: "1-1".into(),
            name: "Theatre".into(),
        }])
    }

    fn open(&mut self, _: &str, _: &Wanted) -> Result<Box<dyn Stream>, CameraFault> {
        let act = self.acts.lock().unwrap().pop_front();
        match act {
            Some(Act::RefuseToOpen(fault)) => return Err(fault),
            Some(Act::PanicOnOpen) => panic!("open (meant)"),
            _ => {}
        }
        self.open.fetch_add(1, SeqCst);
        let picture = RawFrame::from_buffer(FrameFormat::Mjpeg, (16, 16), &jpeg(16, 16, 0));
        Ok(Box::new(Playing {
            act,
            frames: 0,
            picture,
            open: Arc::clone(&self.open),
        }))
    }
}

struct Playing {
    act: Option<Act>,
    frames: u32,
    picture: RawFrame,
    open: Arc<AtomicUsize>,
}

impl Stream for Playing {
    fn next(&mut self) -> Result<RawFrame, CameraFault> {
        std::thread::sleep(Duration::from_millis(10));
        self.frames += 1;
        if self.frames > 2 {
            match self.act.take() {
                Some(Act::PanicOnRead) => panic!("read (meant)"),
                Some(Act::Fail) => return Err(CameraFault::Failed("meant".into())),
                Some(Act::Read(read)) => read()?,
                Some(close @ Act::PanicOnClose) => {
                    self.act = Some(close);
                    return Err(CameraFault::Gone);
                }
                _ => {}
            }
        }
        Ok(self.picture.clone())
    }

    fn mode(&self) -> Mode {
        Mode {
            format: FrameFormat::Mjpeg,
            width: 16,
            height: 16,
            rate: Rate::whole(30),
        }
    }

    fn modes(&self) -> Vec<Mode> {
        vec![self.mode()]
    }
}

impl Drop for Playing {
    fn drop(&mut self) {
        self.open.fetch_sub(1, SeqCst);
        if matches!(self.act, Some(Act::PanicOnClose)) {
            panic!("close (meant)");
        }
    }
}

#[test]
fn panics_and_errors_of_a_backend_are_survived() {
    let theatre = Theatre::of([Act::PanicOnOpen, Act::PanicOnRead, Act::Fail, Act::PanicOnClose]);
    let capture = theatre.capture();
    let mut seq = 0;
    until("all acts played", || theatre.is_over(), |over| *over);
    for _ in 0..10 {
        seq = next(&capture, seq).seq;
    }
    until_state(&capture, CameraState::Live, None);
    drop(capture);
    assert_eq!(theatre.open.load(SeqCst), 0, "every camera was closed");
}

#[test]
fn a_refusal_has_its_word_and_passes() {
    for (fault, code) in [
        (CameraFault::Busy, "camera_busy"),
        (CameraFault::Permission, "camera_permission"),
    ] {
        let theatre = Theatre::of((0..6).map(|_| Act::RefuseToOpen(fault.clone())));
        let capture = theatre.capture();
        until_state(&capture, CameraState::Searching, Some(code));
        until_state(&capture, CameraState::Live, None);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_read_that_blocks_in_the_kernel_is_freed() {
    use std::io::Read;
    let (mut silent, kept_open) = std::os::unix::net::UnixStream::pair().unwrap();
    let (tell, freed) = std::sync::mpsc::channel();
    let read = move || {
        let outcome = silent
            .read(&mut [0])
            .map(|_| ())
            .map_err(|e| CameraFault::Failed(e.to_string()));
        tell.send(outcome.is_err()).unwrap();
        outcome
    };
    // The refusals keep the loss on the screen long enough to be seen.
    let refusals = (0..6).map(|_| Act::RefuseToOpen(CameraFault::Stalled));
    let theatre = Theatre::of(std::iter::once(Act::Read(Box::new(read))).chain(refusals));
    let capture = theatre.capture();
    until_state(&capture, CameraState::Lost, Some("camera_stalled"));
    assert_eq!(freed.recv_timeout(Duration::from_secs(5)), Ok(true));
    until_state(&capture, CameraState::Live, None);
    drop(kept_open);
}

#[test]
fn a_thread_that_cannot_be_freed_is_given_up_and_replaced() {
    let (release, released) = std::sync::mpsc::channel::<()>();
    let read = move || {
        // No signal ends this.
        released.recv().map_err(|_| CameraFault::Gone)
    };
    let theatre = Theatre::of([Act::Read(Box::new(read))]);
    let capture = theatre.capture();
    until_state(&capture, CameraState::Lost, Some("camera_stalled"));
    until_state(&capture, CameraState::Live, None);
    assert_eq!(theatre.open.load(SeqCst), 2, "the first is still stuck");
    let mut seq = next(&capture, 0).seq;
    // Set free, it must neither send its frame nor open a camera again, but close its own and end.
    drop(release);
    until("one camera open", || theatre.open.load(SeqCst), |open| *open == 1);
    for _ in 0..5 {
        seq = next(&capture, seq).seq;
    }
    assert_eq!(theatre.open.load(SeqCst), 1);
}

#[test]
fn the_end_comes_soon_even_with_a_blocked_camera() {
    let theatre = Theatre::of([Act::Read(Box::new(|| {
        std::thread::sleep(Duration::from_secs(3));
        Ok(())
    }))]);
    let capture = theatre.capture();
    next(&capture, 0);
    std::thread::sleep(Duration::from_millis(100));
    let began = Instant::now();
    drop(capture);
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
}
