//! A booth for one test: a server, a camera and a data folder of its own.

use crate::school;
use acceptance::{root, seed, sitters};
use anyhow::{Context, Result, bail};
use central::{Central, Config};
use compose::{Desktop, Settings};
use station::Pace;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// What a test waits for at most, unless it says otherwise.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// A booth with everything round it.
pub(crate) struct Booth {
    /// Folder of the replay camera.
    pub(crate) camera: PathBuf,
    /// The station's settings.
    pub(crate) settings: Settings,
    config: Config,
    central: Option<Central>,
    folder: tempfile::TempDir,
}

impl Booth {
    /// A booth at the sample school.
    pub(crate) fn open() -> Result<Self> {
        Self::at(None)
    }

    /// A booth at a school with so many students, half of them prepaid; gives their student numbers too.
    pub(crate) fn with_students(count: u32) -> Result<(Self, Vec<String>)> {
        let booth = Self::at(Some(count))?;
        Ok((booth, school::student_numbers(count)))
    }

    /// A booth at the sample school, whose session has this line of its set-up, too.
    pub(crate) fn with_line(line: &str) -> Result<Self> {
        Self::of(|school| school::copy(school, line).map(|()| true))
    }

    fn at(students: Option<u32>) -> Result<Self> {
        Self::of(|school| match students {
            Some(count) => school::write(school, count).map(|()| true),
            None => Ok(false),
        })
    }

    /// `write` makes the school's files in the folder it is given, or leaves the sample school.
    fn of(write: impl FnOnce(&Path) -> Result<bool>) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let mut config = Config::sample(folder.path().join("central"));
        let school = folder.path().join("school");
        config.school = write(&school)?.then_some(school);
        let central = Central::start(&config)?;
        config.listen = central.address();
        let camera = folder.path().join("camera");
        sitters::stage(&scenes()?, &camera)?;
        let source = format!("replay:{}", camera.display());
        let data = folder.path().join("station");
        let settings = seed::folder(&data, central.greeting(), &source, &root::models())?;
        Ok(Self {
            camera,
            settings,
            config,
            central: Some(central),
            folder,
        })
    }

    /// The station's own folder and everything else of this booth.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Starts the station at a test's pace.
    pub(crate) fn desktop(&self) -> Result<Desktop> {
        let pace = Pace {
            idle: Duration::from_millis(50),
            verdicts: Duration::from_millis(300),
            least_pause: Duration::from_millis(100),
            most_pause: Duration::from_millis(400),
            most_rest: Duration::from_millis(400),
            ..Pace::default()
        };
        Ok(Desktop::open_at(&self.settings, pace)?)
    }

    /// Tells the camera what to do.
    pub(crate) fn camera(&self, order: &str) -> Result<()> {
        sitters::tell(&self.camera, order)
    }

    /// The running server.
    pub(crate) fn central(&self) -> Result<&Central> {
        self.central.as_ref().context("the server is down")
    }

    /// Pulls the server's plug.
    pub(crate) fn stop_central(&mut self) {
        self.central = None;
    }

    /// The server comes back at the same address.
    pub(crate) fn start_central(&mut self) -> Result<()> {
        self.central = Some(Central::start(&self.config)?);
        Ok(())
    }
}

/// Asks again and again until there is an answer.
pub(crate) fn wait_for<T>(
    what: &str,
    patience: Duration,
    mut ask: impl FnMut() -> Result<Option<T>>,
) -> Result<T> {
    let until = Instant::now() + patience;
    loop {
        if let Some(answer) = ask()? {
            return Ok(answer);
        }
        if Instant::now() > until {
            bail!("waited {patience:?} for {what}");
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// The scenes of the replay camera; made once, however many tests ask at the same time.
pub(crate) fn scenes() -> Result<PathBuf> {
    static TURN: Mutex<()> = Mutex::new(());
    let _mine = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    sitters::scenes(&root::sitters(), &root::models())
}
