//! A camera with a drawn sitter before it, and the way to its page.

use crate::rig::{Before, NUMBER, PIN, Rig, SUPERVISOR, roster, row, session};
use crate::sitter::Sitter;
use domain::Moment;
use domain::exception::ExceptionKind;
use domain::face::FaceAnalysis;
use domain::frame::{CameraHealth, CameraState, Frame, FrameFormat};
use domain::identity::IdentityMethod;
use domain::picture::Picture;
use domain::port::{AnalysisFault, FaceAnalyser, FrameFeed};
use domain::quality::Force;
use domain::setup::{QualityPolicy, SessionSetup};
use station::contract::{Command, ReviewScreen, Screen, StationView};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tempfile::TempDir;

/// Between two frames.
const FRAME: Duration = Duration::from_millis(30);

/// Geometry, and of the other rules only these: measures of things that are not drawn have no say.
pub(crate) fn only(base: &str, rules: &[&str]) -> QualityPolicy {
    let strict = quality::Rules::strict().unwrap();
    let others = strict
        .rows()
        .iter()
        .filter(|row| row.force != Force::Absolute && !rules.contains(&row.id.as_str()));
    QualityPolicy {
        base: base.into(),
        force: others.map(|row| (row.id.clone(), Force::Off)).collect(),
        ..QualityPolicy::default()
    }
}

/// A session without a fee under this policy.
pub(crate) fn session_under(policy: QualityPolicy) -> SessionSetup {
    let mut setup = session("s1", "400");
    setup.fee.amount_fen = 0;
    setup.policy.quality = policy;
    setup.policy.auto_shutter_hold_s = 0.3;
    setup
}

/// Somebody whose mouth stands open.
pub(crate) fn smiling() -> Sitter {
    Sitter {
        gap: 0.1,
        ..Sitter::default()
    }
}

/// A station with a sitter before its camera, in this folder, at the camera page.
pub(crate) fn at_the_camera(folder: TempDir, setup: &SessionSetup, sitter: &Sitter) -> Rig {
    before_the_camera(folder, setup, std::slice::from_ref(sitter))
}

/// The same with one sitter after the other, frame by frame, round and round.
pub(crate) fn before_the_camera(folder: TempDir, setup: &SessionSetup, sitters: &[Sitter]) -> Rig {
    let people = roster(vec![row("陈思涵")], &[]);
    let picture = sitters[0].picture();
    let frames = sitters
        .iter()
        .zip(0_u8..)
        .map(|(sitter, mark)| marked(sitter, mark));
    let before = Before {
        analyser: Box::new(Drawn(sitters.iter().map(Sitter::analysis).collect())),
        feed: Arc::new(Camera {
            width: picture.width(),
            height: picture.height(),
            frames: frames.collect(),
            count: AtomicU64::new(0),
        }),
        sighted: true,
        clock: || {
            let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
            Moment(since.as_millis() as i64)
        },
    };
    let rig = Rig::open(folder, std::slice::from_ref(setup), people, before);
    rig.sign_in();
    rig.choose("s1");
    serve(&rig);
    rig
}

/// From the roster to the camera page.
pub(crate) fn serve(rig: &Rig) {
    let listed = |screen: &Screen| matches!(screen, Screen::Home(home) if home.people.len() == 1);
    rig.until("the roster", |view| listed(&view.screen));
    for command in [
        Command::Begin {
            enrolment: "s1:1".into(),
        },
        Command::Consent {
            given: true,
            guardian: String::new(),
        },
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
        |view| matches!(&view.screen, Screen::Capture(page) if !page.results.is_empty()),
    );
}

/// The still's page once it is judged.
pub(crate) fn review(view: &StationView) -> Option<&ReviewScreen> {
    match &view.screen {
        Screen::Review(page) if !page.assessing => Some(page),
        _ => None,
    }
}

/// The page of a still on which this holds.
pub(crate) fn reviewed(rig: &Rig, what: &str, holds: impl Fn(&ReviewScreen) -> bool) -> ReviewScreen {
    let view = rig.until(what, |view| review(view).is_some_and(&holds));
    review(&view).unwrap().clone()
}

/// A supervisor's command with the right PIN.
pub(crate) fn grant(kind: ExceptionKind) -> Command {
    Command::GrantException {
        kind,
        reason: "下颌骨折，无法闭嘴".into(),
        supervisor: SUPERVISOR.into(),
        pin: PIN.into(),
    }
}

/// A sitter's pixels; the very first one says which of the sitters it is.
fn marked(sitter: &Sitter, mark: u8) -> Arc<[u8]> {
    let mut pixels = sitter.picture().pixels().to_vec();
    pixels[0] = mark;
    pixels.into()
}

struct Camera {
    width: u32,
    height: u32,
    frames: Vec<Arc<[u8]>>,
    count: AtomicU64,
}

impl FrameFeed for Camera {
    fn latest(&self) -> Option<Arc<Frame>> {
        let seq = self.count.fetch_add(1, Ordering::Relaxed) + 1;
        Some(Arc::new(Frame {
            seq,
            at: FRAME * u32::try_from(seq).unwrap(),
            format: FrameFormat::Rgb,
            width: self.width,
            height: self.height,
            bytes: Arc::clone(&self.frames[seq as usize % self.frames.len()]),
            complete: true,
        }))
    }
    fn after(&self, _after: u64, _patience: Duration) -> Option<Arc<Frame>> {
        std::thread::sleep(FRAME);
        self.latest()
    }
    fn health(&self) -> CameraHealth {
        CameraHealth {
            state: CameraState::Live,
            name: "drawn".into(),
            fps: 30.0,
            width: self.width,
            height: self.height,
            fault: None,
        }
    }
}

/// Networks that see the drawn sitters.
pub(crate) struct Drawn(pub(crate) Vec<FaceAnalysis>);

impl Drawn {
    fn of(&self, picture: &Picture) -> FaceAnalysis {
        self.0[usize::from(picture.pixels()[0])].clone()
    }
}

impl FaceAnalyser for Drawn {
    fn live(&mut self, picture: &Picture) -> Result<FaceAnalysis, AnalysisFault> {
        Ok(self.of(picture))
    }
    fn still(&mut self, picture: &Picture) -> Result<FaceAnalysis, AnalysisFault> {
        Ok(self.of(picture))
    }
}
