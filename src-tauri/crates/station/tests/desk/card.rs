//! Both sides of the document, photographed with a camera before which cards are drawn.

use crate::card_scene::{Scene, Spoilt, Thing};
use crate::nothing::Blind;
use crate::rig::{Before, NUMBER, Rig, roster, row, session};
use domain::Moment;
use domain::document::{Flaw, Judgement};
use domain::frame::{CameraHealth, CameraState, Frame, FrameFormat};
use domain::identity::IdentityMethod;
use domain::port::FrameFeed;
use domain::session::{CardSide, SampleId};
use station::Shown;
use station::contract::{CardSideView, CardState, Command, Screen, StationView};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

/// What lies before the camera, by its place in the list.
#[derive(Clone, Copy)]
enum Lies {
    Front,
    Back,
    Glaring,
    Doubtful,
    Nothing,
}

/// A camera before which one card lies after the other.
struct Camera {
    frames: Vec<Arc<[u8]>>,
    lies: AtomicUsize,
    count: AtomicU64,
    silent: bool,
}

impl Camera {
    fn new() -> Self {
        let back = Thing::Card { front: false };
        let glare = |radius| Spoilt::Glare {
            x: -20.0,
            y: 3.0,
            radius,
        };
        let plain = Scene::default();
        let scenes = [
            plain,
            Scene { thing: back, ..plain },
            Scene {
                spoilt: glare(7.0),
                ..plain
            },
            Scene {
                spoilt: glare(1.6),
                ..plain
            },
            Scene {
                thing: Thing::Nothing,
                ..plain
            },
        ];
        Self {
            frames: scenes.iter().map(|scene| scene.draw().pixels().into()).collect(),
            lies: AtomicUsize::new(0),
            count: AtomicU64::new(0),
            silent: false,
        }
    }
}

impl FrameFeed for Camera {
    fn latest(&self) -> Option<Arc<Frame>> {
        let seq = self.count.fetch_add(1, Ordering::Relaxed) + 1;
        let (width, height) = Scene::default().size;
        (!self.silent).then(|| {
            Arc::new(Frame {
                seq,
                at: Duration::from_millis(30) * u32::try_from(seq).unwrap(),
                format: FrameFormat::Rgb,
                width,
                height,
                bytes: Arc::clone(&self.frames[self.lies.load(Ordering::Relaxed)]),
                complete: true,
            })
        })
    }
    fn after(&self, _after: u64, _patience: Duration) -> Option<Arc<Frame>> {
        self.latest()
    }
    fn health(&self) -> CameraHealth {
        CameraHealth {
            state: CameraState::Live,
            name: "drawn".into(),
            fps: 30.0,
            width: 1280,
            height: 720,
            fault: None,
        }
    }
}

struct Booth {
    rig: Rig,
    camera: Arc<Camera>,
}

impl Booth {
    /// At the identity page of somebody who was called, in a session that wants the card.
    fn open(camera: Camera) -> Self {
        let camera = Arc::new(camera);
        let before = Before {
            analyser: Box::new(Blind),
            feed: Arc::clone(&camera) as Arc<dyn FrameFeed>,
            sighted: true,
            clock: || Moment(1_795_000_000_000),
        };
        let mut setup = session("s1", "400");
        setup.policy.photograph_card = true;
        let people = roster(vec![row("陈思涵")], &[]);
        let rig = Rig::open(tempfile::tempdir().unwrap(), &[setup], people, before);
        rig.sign_in();
        rig.choose("s1");
        rig.until(
            "the roster",
            |view| matches!(&view.screen, Screen::Home(home) if home.people.len() == 1),
        );
        rig.give(Command::Begin {
            enrolment: "s1:1".into(),
        });
        Self { rig, camera }
    }

    fn consented(camera: Camera) -> Self {
        let booth = Self::open(camera);
        booth.rig.give(Command::Consent {
            given: true,
            guardian: String::new(),
        });
        booth
    }

    /// Lays something down and photographs it.
    fn photograph(&self, side: CardSide, lies: Lies) {
        self.camera.lies.store(lies as usize, Ordering::Relaxed);
        self.rig.give(Command::PhotographCard { side });
    }

    fn until(&self, side: CardSide, what: &str, holds: impl Fn(&CardSideView) -> bool) -> CardSideView {
        let view = self.rig.until(what, |view| here(view, side).is_some_and(&holds));
        here(&view, side).unwrap().clone()
    }

    fn verify(&self) {
        self.rig.give(Command::VerifyIdentity {
            name: String::new(),
            number: NUMBER.into(),
            method: IdentityMethod::Compared,
        });
    }

    fn picture(&self, side: &CardSideView) -> domain::picture::Picture {
        let jpeg = self
            .rig
            .shown(Shown::Sample, SampleId(side.sample.unwrap()))
            .unwrap();
        photo::decode::picture(&jpeg, photo::decode::Limits::default())
            .unwrap()
            .picture
    }
}

fn here(view: &StationView, side: CardSide) -> Option<&CardSideView> {
    match &view.screen {
        Screen::Identity(page) => page.card.iter().find(|view| view.side == side),
        _ => None,
    }
}

fn noticed(view: &StationView, code: &str) -> bool {
    view.notice.as_ref().is_some_and(|notice| notice.code == code)
}

#[test]
fn both_sides_are_cut_out_and_identity_goes_on() {
    let booth = Booth::consented(Camera::new());
    booth.photograph(CardSide::Front, Lies::Front);
    let front = booth.until(CardSide::Front, "the front", |side| side.state == CardState::Kept);
    assert!(front.cut_out && front.kept && !front.by_eye);
    assert_eq!((front.reason, front.findings), (None, vec![]));
    booth.verify();
    booth.rig.until("the back is missing", |view| {
        noticed(view, "refusal.card_missing")
    });
    booth.photograph(CardSide::Back, Lies::Back);
    let back = booth.until(CardSide::Back, "the back", |side| side.state == CardState::Kept);
    let picture = booth.picture(&back);
    assert_eq!((picture.width(), picture.height()), (card::WIDTH, card::HEIGHT));
    // The emblem lies at the left of the back.
    let [r, g, _] = picture.at(175, 90);
    assert!(r > g + 60, "{r} {g}");
    booth.verify();
    booth.rig.until("the enrolment", |view| {
        matches!(view.screen, Screen::Enrolment(_))
    });
}

#[test]
fn glare_is_asked_again_and_kept_by_eye_only_after_three_attempts() {
    let booth = Booth::consented(Camera::new());
    for attempt in 1..=3 {
        booth.photograph(CardSide::Front, Lies::Glaring);
        let side = booth.until(CardSide::Front, "judged", |side| {
            side.attempts == attempt && side.state == CardState::Again
        });
        assert_eq!(side.reason, Some(Flaw::Glare));
        assert_eq!(side.findings[0].judgement, Judgement::Bad);
        assert_eq!(side.may_keep, attempt == 3);
        assert!(!side.kept);
        if attempt == 2 {
            booth.rig.give(Command::KeepCard {
                side: CardSide::Front,
            });
            booth
                .rig
                .until("too early", |view| noticed(view, "refusal.not_now"));
        }
    }
    let before = booth.rig.audit_lines();
    booth.rig.give(Command::KeepCard {
        side: CardSide::Front,
    });
    let side = booth.until(CardSide::Front, "kept", |side| side.state == CardState::Kept);
    assert!(side.by_eye && side.kept);
    assert_eq!(booth.rig.audit_lines(), before + 1);
}

#[test]
fn what_cannot_be_decided_is_never_kept_without_a_tick() {
    let booth = Booth::consented(Camera::new());
    booth.photograph(CardSide::Front, Lies::Doubtful);
    let side = booth.until(CardSide::Front, "looked at", |side| side.state == CardState::Look);
    assert!(side.may_keep && !side.kept);
    assert_eq!(side.findings[0].judgement, Judgement::NotAssessed);
    booth.rig.give(Command::KeepCard {
        side: CardSide::Front,
    });
    let side = booth.until(CardSide::Front, "kept", |side| side.state == CardState::Kept);
    assert!(side.by_eye);
}

#[test]
fn a_bad_picture_does_not_cost_the_good_one() {
    let booth = Booth::consented(Camera::new());
    booth.photograph(CardSide::Front, Lies::Front);
    let good = booth.until(CardSide::Front, "good", |side| side.state == CardState::Kept);
    booth.photograph(CardSide::Front, Lies::Nothing);
    let bad = booth.until(CardSide::Front, "nothing there", |side| {
        side.state == CardState::Again
    });
    assert_eq!(
        (bad.reason, bad.kept, bad.cut_out),
        (Some(Flaw::NotFound), true, false)
    );
    // All the camera saw is shown, so that the operator sees why.
    assert_eq!(booth.picture(&bad).width(), 1280);
    assert!(
        booth
            .rig
            .shown(Shown::Sample, SampleId(good.sample.unwrap()))
            .is_some()
    );
    booth.photograph(CardSide::Front, Lies::Front);
    let again = booth.until(CardSide::Front, "good again", |side| {
        side.state == CardState::Kept && side.sample != good.sample
    });
    assert!(again.cut_out);
    for old in [good, bad] {
        assert!(
            booth
                .rig
                .shown(Shown::Sample, SampleId(old.sample.unwrap()))
                .is_none()
        );
    }
}

#[test]
fn a_card_upside_down_is_turned_by_the_operator() {
    let booth = Booth::consented(Camera::new());
    booth.photograph(CardSide::Back, Lies::Back);
    let before = booth.until(CardSide::Back, "kept", |side| side.state == CardState::Kept);
    booth.rig.give(Command::TurnCard { side: CardSide::Back });
    let after = booth.until(CardSide::Back, "turned", |side| side.turns == 1);
    assert_eq!((after.state, after.sample), (CardState::Kept, before.sample));
    let [r, g, _] = booth.picture(&after).at(1012 - 175, 638 - 90);
    assert!(r > g + 60, "{r} {g}");
}

#[test]
fn no_picture_before_consent_and_none_left_after_leaving() {
    let booth = Booth::open(Camera::new());
    booth.photograph(CardSide::Front, Lies::Front);
    booth
        .rig
        .until("refused", |view| noticed(view, "refusal.consent_missing"));
    booth.rig.give(Command::Consent {
        given: true,
        guardian: String::new(),
    });
    booth.photograph(CardSide::Front, Lies::Front);
    let side = booth.until(CardSide::Front, "kept", |side| side.kept);
    booth.rig.give(Command::Leave);
    booth
        .rig
        .until("left", |view| matches!(view.screen, Screen::Home(_)));
    assert!(
        booth
            .rig
            .shown(Shown::Sample, SampleId(side.sample.unwrap()))
            .is_none()
    );
}

#[test]
fn a_silent_camera_says_so_and_the_key_works_again() {
    let booth = Booth::consented(Camera {
        silent: true,
        ..Camera::new()
    });
    for _ in 0..2 {
        booth.photograph(CardSide::Front, Lies::Front);
        booth
            .rig
            .until("silent", |view| noticed(view, "fault.camera_stalled"));
        let side = booth.until(CardSide::Front, "nothing", |side| {
            side.state == CardState::Missing
        });
        assert_eq!(side.attempts, 0);
    }
}
