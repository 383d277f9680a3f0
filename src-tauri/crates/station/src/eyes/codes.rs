//! Codes that people hold before the camera.

use super::{Eyes, Session};
use crate::event::Event;
use domain::frame::Frame;
use domain::picture::Picture;
use std::time::{Duration, Instant};

/// Between two looks: people hold a code still for longer, and a look costs the processor some 20 ms.
const LOOK_EVERY: Duration = Duration::from_millis(300);
/// Widest picture that is looked at.
const WIDTH: u32 = 1_920;

impl Eyes {
    /// Looks at the newest frame for nothing but a code.
    pub(super) fn look_for_code(&self, epoch: u32, session: &mut Session) {
        let Some(frame) = self.feed.after(session.seen, super::LIVE_PATIENCE) else {
            return;
        };
        session.seen = frame.seq;
        // One that cannot be decoded is no news: the next one is there at the next look.
        if let Ok(picture) = photo::decode::frame_scaled(&frame, WIDTH) {
            self.tell_code(epoch, &picture, &frame);
        }
        self.watch.rest(LOOK_EVERY);
    }

    /// Looks at a live picture that was decoded for the checks, if it is time.
    pub(super) fn look_beside_the_checks(
        &self,
        epoch: u32,
        picture: &Picture,
        frame: &Frame,
        session_due: &mut Option<Instant>,
    ) {
        let now = Instant::now();
        if session_due.is_some_and(|due| now < due) {
            return;
        }
        *session_due = Some(now + LOOK_EVERY);
        self.tell_code(epoch, picture, frame);
    }

    fn tell_code(&self, epoch: u32, picture: &Picture, frame: &Frame) {
        let seen = qr::look(picture);
        let (width, height) = (frame.width, frame.height);
        self.tell(Event::Code {
            epoch,
            seen,
            width,
            height,
        });
    }
}
