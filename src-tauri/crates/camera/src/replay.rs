//! A camera that plays pictures: for training, for demonstrations, and for every test that needs a camera.
//!
//! It plays a folder of JPEG pictures in the order of their names, or an MJPEG file, at 30 frames a second
//! or at the rate in `replay.toml` (`fps = 15`), over and over. Folders within the folder, and MJPEG files
//! in it, are its scenes. A file `replay.ctl` in the folder (beside an MJPEG file) holds one line that
//! tells it what to do; see [`control`].

mod control;
mod controls;
mod scene;
mod tour;

use crate::{Backend, CameraFault, CameraInfo, RawFrame, Stream, Wanted};
use control::{Command, Control};
use controls::Controls;
use domain::camera::{self, ControlState, Rate};
use domain::frame::FrameFormat;
use scene::Scene;
use std::cell::RefCell;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::{Duration, Instant};
use tour::Tour;

/// The one camera that plays what lies at a path.
pub(crate) struct ReplayBackend {
    path: PathBuf,
    deck: Option<Rc<RefCell<Deck>>>,
}

impl ReplayBackend {
    pub(crate) fn new(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            deck: None,
        }
    }

    /// The deck, loaded when there is something to play; none when there is nothing (yet).
    fn deck(&mut self) -> Result<Option<Rc<RefCell<Deck>>>, CameraFault> {
        if self.deck.is_none() {
            self.deck = Deck::load(&self.path)?.map(|deck| Rc::new(RefCell::new(deck)));
        }
        Ok(self.deck.clone())
    }
}

impl Backend for ReplayBackend {
    fn list(&mut self) -> Result<Vec<CameraInfo>, CameraFault> {
        let Some(deck) = self.deck()? else {
            return Ok(Vec::new());
        };
        deck.borrow_mut().obey();
        if deck.borrow().mode == Mode::Vanished {
            return Ok(Vec::new());
        }
        let name = self
            .path
            .file_stem()
            .unwrap_or(self.path.as_os_str())
            .to_string_lossy();
        Ok(vec![CameraInfo {
            id: self.path.display().to_string(),
            name: format!("Replay {name}"),
        }])
    }

    fn open(&mut self, _: &str, wanted: &Wanted) -> Result<Box<dyn Stream>, CameraFault> {
        let deck = self.deck()?.ok_or(CameraFault::None)?;
        deck.borrow_mut().obey();
        if deck.borrow().mode == Mode::Vanished {
            return Err(CameraFault::Gone);
        }
        deck.borrow_mut().due = Instant::now();
        let mode = deck.borrow_mut().described()?;
        Ok(Box::new(ReplayStream {
            deck,
            mode,
            silence: wanted.silence,
        }))
    }
}

struct ReplayStream {
    deck: Rc<RefCell<Deck>>,
    mode: camera::Mode,
    silence: Duration,
}

impl Stream for ReplayStream {
    fn next(&mut self) -> Result<RawFrame, CameraFault> {
        let mut deck = self.deck.borrow_mut();
        let began = Instant::now();
        loop {
            deck.obey();
            let now = Instant::now();
            match deck.mode {
                Mode::Vanished => return Err(CameraFault::Gone),
                Mode::Stalled if now.duration_since(began) >= self.silence => {
                    return Err(CameraFault::Stalled);
                }
                Mode::Stalled => {
                    std::thread::sleep(SLICE);
                    deck.due = Instant::now();
                }
                Mode::Whole | Mode::Half | Mode::Junk => match deck.due.checked_duration_since(now) {
                    Some(left) if !left.is_zero() => std::thread::sleep(left.min(SLICE)),
                    _ => return deck.next_frame(now),
                },
            }
        }
    }

    fn mode(&self) -> camera::Mode {
        self.mode
    }

    fn modes(&self) -> Vec<camera::Mode> {
        vec![self.mode]
    }

    fn controls(&mut self) -> Result<Vec<ControlState>, CameraFault> {
        Ok(self.deck.borrow().controls.states())
    }

    fn set(&mut self, control: camera::Control, value: i32) -> Result<Option<i32>, CameraFault> {
        Ok(self.deck.borrow_mut().controls.set(control, value))
    }
}

/// The longest sleep between two looks at the control file.
const SLICE: Duration = Duration::from_millis(40);

/// `replay.toml`: how to play.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    /// Frames a second, 1 to 120.
    fps: Option<u32>,
}

/// What is played, and how it stands.
struct Deck {
    scenes: Vec<Scene>,
    scene: usize,
    /// The next picture of the scene.
    position: usize,
    /// Goes from scene to scene by itself, until a scene is asked for.
    tour: Option<Tour>,
    mode: Mode,
    control: Control,
    controls: Controls,
    fps: u32,
    due: Instant,
    /// Counts frames; makes each junk frame different.
    played: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Whole,
    Half,
    Junk,
    Stalled,
    Vanished,
}

impl Deck {
    fn load(path: &Path) -> Result<Option<Self>, CameraFault> {
        let scenes = scene::find(path)?;
        if scenes.is_empty() {
            return Ok(None);
        }
        let folder = if path.is_dir() {
            path
        } else {
            path.parent().unwrap_or(Path::new(""))
        };
        let settings_file = folder.join("replay.toml");
        let settings: Settings = match fs::read_to_string(&settings_file) {
            Ok(text) => toml::from_str(&text)
                .map_err(|e| CameraFault::Failed(format!("{}: {}", settings_file.display(), e.message())))?,
            Err(e) if e.kind() == ErrorKind::NotFound => Settings { fps: None },
            Err(e) => return Err(CameraFault::Failed(format!("{}: {e}", settings_file.display()))),
        };
        let fps = settings.fps.unwrap_or(30);
        if !(1..=120).contains(&fps) {
            return Err(CameraFault::Failed(format!(
                "{}: fps is 1 to 120, not {fps}",
                settings_file.display()
            )));
        }
        Ok(Some(Self {
            scenes,
            scene: 0,
            position: 0,
            tour: None,
            mode: Mode::Whole,
            control: Control::new(folder.join("replay.ctl")),
            controls: Controls::fresh(),
            fps,
            due: Instant::now(),
            played: 0,
        }))
    }

    /// Does what the control file says, if that is new.
    fn obey(&mut self) {
        let Some(command) = self.control.look() else {
            return;
        };
        tracing::info!(?command, "replay camera");
        self.mode = match command {
            Command::Play(name) => {
                let Some(scene) = self.find(&name) else { return };
                self.tour = None;
                self.show(scene);
                Mode::Whole
            }
            Command::Tour(stops) => {
                let places = stops
                    .iter()
                    .map(|stop| Some((self.find(&stop.scene)?, stop.stay)));
                let Some(places) = places.collect() else { return };
                self.tour = Some(Tour::new(places));
                Mode::Whole
            }
            Command::Resume | Command::Return => Mode::Whole,
            Command::Stall => Mode::Stalled,
            Command::Vanish => {
                self.controls = Controls::fresh();
                Mode::Vanished
            }
            Command::Half => Mode::Half,
            Command::Junk => Mode::Junk,
        };
    }

    /// What it sends: the size is that of the first picture.
    fn described(&mut self) -> Result<camera::Mode, CameraFault> {
        let first = self.scenes[self.scene].picture(0)?;
        Ok(camera::Mode {
            format: first.format,
            width: first.width,
            height: first.height,
            rate: Rate::whole(self.fps),
        })
    }

    /// The place of a scene by its name.
    fn find(&self, name: &str) -> Option<usize> {
        let place = self.scenes.iter().position(|scene| scene.name == name);
        if place.is_none() {
            let known: Vec<_> = self.scenes.iter().map(|scene| &scene.name).collect();
            tracing::warn!(name, ?known, "the replay camera has no such scene");
        }
        place
    }

    fn show(&mut self, scene: usize) {
        (self.scene, self.position) = (scene, 0);
    }

    fn next_frame(&mut self, now: Instant) -> Result<RawFrame, CameraFault> {
        if let Some(scene) = self.tour.as_mut().and_then(|tour| tour.step(now)) {
            self.show(scene);
        }
        self.due = (self.due + Duration::from_secs(1) / self.fps).max(now);
        let frame = self.scenes[self.scene].picture(self.position)?;
        self.position += 1;
        self.played += 1;
        let size = (frame.width, frame.height);
        // The bench times the picture's way to the screen from here.
        tracing::trace!(picture = self.position - 1, "handed out");
        Ok(match self.mode {
            Mode::Half => {
                RawFrame::from_buffer(FrameFormat::Mjpeg, size, &frame.bytes[..frame.bytes.len() / 2])
            }
            Mode::Junk => {
                RawFrame::from_buffer(FrameFormat::Mjpeg, size, &junk(self.played, frame.bytes.len()))
            }
            _ => frame,
        })
    }
}

/// Bytes without sense, the same for the same seed; every other time they begin like a JPEG.
fn junk(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut bytes: Vec<u8> = (0..length.max(2))
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 32) as u8
        })
        .collect();
    if seed.is_multiple_of(2) {
        bytes[..2].copy_from_slice(&[0xFF, 0xD8]);
    }
    bytes
}
