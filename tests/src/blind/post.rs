//! Where blind stations are tried: a server, and as many data folders as are needed.

use super::Said;
use crate::seed;
use anyhow::{Context, Result, ensure};
use central::{Central, Config};
use domain::port::Store;
use domain::queue::{QueueEntry, QueueState};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use store::StationStore;
use tempfile::TempDir;

/// A server, and a folder for the data of blind stations.
pub struct Post {
    /// The server.
    pub central: Central,
    program: PathBuf,
    folder: TempDir,
    stations: AtomicU32,
}

impl Post {
    /// Starts a server. `program` is the blind station's.
    ///
    /// # Errors
    /// When the server does not start.
    pub fn open(program: impl Into<PathBuf>) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        Ok(Self {
            central: Central::start(&Config::sample(folder.path().join("central")))?,
            program: program.into(),
            folder,
            stations: AtomicU32::new(0),
        })
    }

    /// The folder of everything here.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A data folder with settings and nothing else.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn station(&self) -> Result<PathBuf> {
        let number = self.stations.fetch_add(1, Ordering::Relaxed);
        let id = format!("station-{number}");
        let data = self.folder.path().join(&id);
        seed::settings_of(&id, &data, self.central.greeting(), "auto", Path::new("none"))?;
        Ok(data)
    }

    /// The blind station with words of its own.
    pub fn command(&self, data: &Path, words: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.arg("--data").arg(data).args(words);
        command
            .env("RUST_LOG", "error")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Runs it to its end.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn run(&self, data: &Path, words: &[&str]) -> Result<Said> {
        Ok(Said::by(self.command(data, words).output()?))
    }

    /// Looks at a drained station whose first `people` people are photographed: each of them has one packet, it is
    /// acknowledged, and the server holds the same bytes and nothing else of this station's, which held
    /// `held_before` when it began.
    ///
    /// # Errors
    /// What does not hold.
    pub fn all_arrived_once(
        &self,
        data: &Path,
        people: u32,
        promised: &BTreeSet<String>,
        held_before: &BTreeSet<String>,
    ) -> Result<()> {
        let queue = queue_of(data)?;
        once_each(&queue, people)?;
        let mut kept = BTreeMap::new();
        for entry in queue {
            ensure!(entry.state == QueueState::Acknowledged, "{entry:?}");
            kept.insert(entry.packet, entry.sha256);
        }
        let lost: Vec<_> = promised.iter().filter(|id| !kept.contains_key(*id)).collect();
        ensure!(lost.is_empty(), "confirmed and lost: {lost:?}");
        let held = self.central.packets()?.into_iter();
        let held: BTreeMap<_, _> = held
            .filter(|packet| !held_before.contains(&packet.id))
            .map(|packet| (packet.id, packet.sha256))
            .collect();
        ensure!(held == kept, "the server holds {held:?}, the station {kept:?}");
        Ok(())
    }

    /// Ids of all packets that the server holds.
    ///
    /// # Errors
    /// When its database fails.
    pub fn held(&self) -> Result<BTreeSet<String>> {
        Ok(self
            .central
            .packets()?
            .into_iter()
            .map(|packet| packet.id)
            .collect())
    }
}

/// The whole queue of a station at rest, with its audit trail checked.
///
/// # Errors
/// When it cannot be read, or the trail is broken.
pub fn queue_of(data: &Path) -> Result<Vec<QueueEntry>> {
    let store: StationStore = seed::open_store(data)?;
    let trail = store.check_audit()?;
    ensure!(trail.is_ok(), "the audit trail breaks at line {trail:?}");
    Ok(store.queue(u32::MAX)?)
}

/// That each of the first `people` people has one packet, and nobody else has one.
///
/// # Errors
/// Who has none, or more.
pub fn once_each(queue: &[QueueEntry], people: u32) -> Result<()> {
    let mut each: BTreeMap<u32, u32> = (1..=people).map(|number| (number, 0)).collect();
    for entry in queue {
        let number = entry.enrolment.rsplit(':').next().context("a person")?.parse()?;
        *each.entry(number).or_default() += 1;
    }
    let odd: Vec<_> = each
        .iter()
        .filter(|(number, count)| **count != 1 || **number > people)
        .collect();
    ensure!(odd.is_empty(), "people and how many packets they have: {odd:?}");
    Ok(())
}
