//! Codes held before the camera beside a drawn sitter, and the ways to the pages where they are read.

use crate::camera::{Drawn, only, session_under};
use crate::rig::{Before, NUMBER, Rig, roster, row, session};
use crate::sitter::Sitter;
use domain::Moment;
use domain::code::CaptureCode;
use domain::enrolment::Enrolment;
use domain::frame::{CameraHealth, CameraState, Frame, FrameFormat};
use domain::identity::IdentityMethod;
use domain::picture::Picture;
use domain::port::FrameFeed;
use domain::setup::{CodeUse, SessionSetup};
use fast_qr::QRBuilder;
use station::contract::{CodeCommand, CodePane, Command, Screen, StationView};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tempfile::tempdir;

pub(crate) const CODE: &str = "hN3kQ0z7Yw2bX5tE9rUaLpV6mCfJsD1gKoTiHxBqRvZeWcSyMjFdPlAn4G8uI+/==";
pub(crate) const OTHER: &str = "Zz9kQ0z7Yw2bX5tE9rUaLpV6mCfJsD1gKoTiHxBqRvZeWcSyMjFdPlAn4G8uI+/==";
/// What a phone shows to pay with WeChat.
pub(crate) const PAY: &str = "134567890123456789";

/// What a hand scanner types.
pub(crate) fn scanned(text: &str) -> Command {
    Command::Code(CodeCommand::Scanned {
        text: text.into(),
        composing: false,
    })
}

/// The name of whoever showed [`CODE`].
pub(crate) fn confirm(name: &str, spoken: bool, of_age: bool) -> Command {
    confirm_of(CODE, name, spoken, of_age)
}

/// The same for whoever showed this code.
pub(crate) fn confirm_of(code: &str, name: &str, spoken: bool, of_age: bool) -> Command {
    Command::Code(CodeCommand::ConfirmCode {
        code: CaptureCode::read(code).unwrap().id().short(),
        name: name.into(),
        spoken,
        of_age,
    })
}

pub(crate) fn consent(guardian: &str) -> Command {
    Command::Consent {
        given: true,
        guardian: guardian.into(),
    }
}

/// Id of the enrolment that has nothing but this code.
pub(crate) fn alone_id(text: &str) -> String {
    CaptureCode::read(text).unwrap().id().enrolment("s1")
}

pub(crate) fn told(view: &StationView, code: &str) -> bool {
    view.notice.as_ref().is_some_and(|notice| notice.code == code)
}

pub(crate) fn pane(view: &StationView) -> Option<&CodePane> {
    match &view.screen {
        Screen::Identity(page) => page.code.as_ref(),
        Screen::Capture(page) => page.code.as_ref(),
        _ => None,
    }
}

pub(crate) fn taken(view: &StationView) -> bool {
    pane(view).is_some_and(|code| code.id.is_some() && code.refused.is_none())
}

/// Codes beside a drawn sitter: what the camera shows is the test's to choose.
struct Scene {
    pictures: Vec<Picture>,
    shown: Arc<AtomicUsize>,
    count: AtomicU64,
}

impl FrameFeed for Scene {
    fn latest(&self) -> Option<Arc<Frame>> {
        let picture = &self.pictures[self.shown.load(Ordering::Relaxed)];
        let seq = self.count.fetch_add(1, Ordering::Relaxed) + 1;
        Some(Arc::new(Frame {
            seq,
            at: Duration::from_millis(30) * u32::try_from(seq).unwrap(),
            format: FrameFormat::Rgb,
            width: picture.width(),
            height: picture.height(),
            bytes: picture.pixels().into(),
            complete: true,
        }))
    }
    fn after(&self, _after: u64, _patience: Duration) -> Option<Arc<Frame>> {
        std::thread::sleep(Duration::from_millis(30));
        self.latest()
    }
    fn health(&self) -> CameraHealth {
        CameraHealth {
            state: CameraState::Live,
            name: "drawn".into(),
            fps: 30.0,
            width: self.pictures[0].width(),
            height: self.pictures[0].height(),
            fault: None,
        }
    }
}

/// The sitter with these codes held up side by side; `share` of each is there, the rest is covered.
pub(crate) fn holding(codes: &[&str], share: f32) -> Picture {
    let mut picture = Sitter::default().picture();
    let width = picture.width() as usize;
    let module = 4;
    let mut left = 20;
    for text in codes {
        let qr = QRBuilder::new(*text).build().unwrap();
        let side = (qr.size + 8) * module;
        for (y, x) in (0..side).flat_map(|y| (0..side).map(move |x| (y, x))) {
            let (row, column) = ((y / module).wrapping_sub(4), (x / module).wrapping_sub(4));
            let inside = row < qr.size && column < qr.size;
            let covered = inside && row.min(column) as f32 > qr.size as f32 * share;
            let dark = inside && qr[row][column].value();
            let value = if covered {
                128
            } else if dark {
                10
            } else {
                245
            };
            let at = ((y + 20) * width + x + left) * 3;
            picture.pixels_mut()[at..at + 3].fill(value);
        }
        left += side + 20;
    }
    picture
}

/// Picture 0 shows nothing, then each set of codes.
pub(crate) fn before(codes: &[(&[&str], f32)]) -> (Before, Arc<AtomicUsize>) {
    let shown = Arc::new(AtomicUsize::new(0));
    let nothing = Sitter::default().picture();
    let mut pictures = vec![nothing];
    pictures.extend(codes.iter().map(|(codes, share)| holding(codes, *share)));
    for picture in &mut pictures {
        picture.pixels_mut()[0] = 0;
    }
    let scene = Scene {
        pictures,
        shown: Arc::clone(&shown),
        count: AtomicU64::new(0),
    };
    let before = Before {
        analyser: Box::new(Drawn(vec![Sitter::default().analysis()])),
        feed: Arc::new(scene),
        sighted: true,
        clock: || {
            let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
            Moment(since.as_millis() as i64)
        },
    };
    (before, shown)
}

pub(crate) fn opened(
    setup: &SessionSetup,
    people: Vec<Enrolment>,
    codes: &[(&[&str], f32)],
) -> (Rig, Arc<AtomicUsize>) {
    let (before, shown) = before(codes);
    let rows = people.len();
    let rig = Rig::open(
        tempdir().unwrap(),
        std::slice::from_ref(setup),
        roster(people, &[]),
        before,
    );
    rig.sign_in();
    rig.choose("s1");
    rig.until(
        "the roster",
        |view| matches!(&view.screen, Screen::Home(home) if home.people.len() == rows),
    );
    (rig, shown)
}

/// A session without a roster; a fee is due in cash.
pub(crate) fn alone(codes: &[(&[&str], f32)]) -> (Rig, Arc<AtomicUsize>) {
    let setup = SessionSetup {
        code: CodeUse::Alone,
        ..session("s1", "400")
    };
    opened(&setup, vec![], codes)
}

/// Two people of a roster whose codes are bound at the camera; no fee.
pub(crate) fn beside(codes: &[(&[&str], f32)]) -> (Rig, Arc<AtomicUsize>) {
    let setup = SessionSetup {
        code: CodeUse::Beside,
        ..session_under(only("strict", &["mouth"]))
    };
    let second = Enrolment {
        id: "s1:2".into(),
        document_number: None,
        student_number: "2".into(),
        ..row("欧阳月")
    };
    opened(&setup, vec![row("陈思涵"), second], codes)
}

/// From the roster to the camera.
pub(crate) fn to_the_camera(rig: &Rig) {
    for command in [
        Command::Begin {
            enrolment: "s1:1".into(),
        },
        consent(""),
        Command::VerifyIdentity {
            name: String::new(),
            number: NUMBER.into(),
            method: IdentityMethod::Compared,
        },
        Command::ConfirmEnrolment,
        Command::Ready,
    ] {
        rig.give(command);
    }
    rig.until(
        "the camera",
        |view| matches!(&view.screen, Screen::Capture(page) if page.good),
    );
}
