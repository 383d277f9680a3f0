//! Holds the packet folder against the queue, once after every opening.
//!
//! It takes longer the more packets there are, and the station is not to wait for it: a thread does it,
//! and the store works meanwhile. What it must not get wrong is a packet that becomes durable at the same
//! moment, whose file is there before its row; hence the lock that lets one packet in at a time.

use crate::database::Database;
use crate::packet_folder::{Lying, PacketFolder};
use crate::packets;
use crate::trouble::Trouble;
use domain::port::StoreFault;
use rusqlite::Connection;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{Builder, JoinHandle};

/// Rows and files looked at in one go; between two of them others use the database, and the end is heard.
const STEP: usize = 256;

/// The sweep of one opened store. Ends early, and is waited for, when it is dropped.
pub(crate) struct Sweep {
    stop: Arc<AtomicBool>,
    course: Mutex<Course>,
}

enum Course {
    Running(JoinHandle<Result<(), StoreFault>>),
    Done(Result<(), StoreFault>),
}

impl Sweep {
    /// Of a store that is opened to be mended: nothing is swept.
    pub(crate) fn none() -> Self {
        Self {
            stop: Arc::default(),
            course: Mutex::new(Course::Done(Ok(()))),
        }
    }

    /// Begins on a thread of its own.
    pub(crate) fn start(
        folder: &Path,
        packets: &PacketFolder,
        database: &Arc<Database>,
        enqueuing: &Arc<Mutex<()>>,
    ) -> Result<Self, Trouble> {
        let stop = Arc::new(AtomicBool::new(false));
        let broom = Broom {
            stop: Arc::clone(&stop),
            packets: packets.clone(),
            database: Arc::clone(database),
            enqueuing: Arc::clone(enqueuing),
        };
        let folder = folder.to_path_buf();
        let run = move || {
            let outcome = broom.sweep().map_err(|trouble| trouble.settle(&folder));
            if let Err(fault) = &outcome {
                tracing::error!(%fault, "the packet folder could not be held against the queue");
            }
            outcome
        };
        let thread = Builder::new().name("store-sweep".into()).spawn(run)?;
        Ok(Self {
            stop,
            course: Mutex::new(Course::Running(thread)),
        })
    }

    /// Waits for the end and says how it went.
    pub(crate) fn wait(&self) -> Result<(), StoreFault> {
        let mut course = self.course.lock().unwrap_or_else(PoisonError::into_inner);
        let before = std::mem::replace(&mut *course, Course::Done(Ok(())));
        let outcome = match before {
            Course::Done(outcome) => outcome,
            Course::Running(thread) => thread.join().unwrap_or_else(|_| {
                Err(StoreFault::Failed(
                    "the sweep of the packet folder broke off".into(),
                ))
            }),
        };
        *course = Course::Done(outcome.clone());
        outcome
    }
}

impl Drop for Sweep {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        // Its fault, if there was one, stands in the log already.
        let _outcome = self.wait();
    }
}

struct Broom {
    stop: Arc<AtomicBool>,
    packets: PacketFolder,
    database: Arc<Database>,
    enqueuing: Arc<Mutex<()>>,
}

impl Broom {
    fn sweep(&self) -> Result<(), Trouble> {
        self.missing()?;
        self.surplus()
    }

    fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// No packet becomes durable while this is held.
    fn nothing_enters(&self) -> MutexGuard<'_, ()> {
        self.enqueuing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Marks packets without a whole file. Only what was there when this began can lack it.
    fn missing(&self) -> Result<(), Trouble> {
        let mut after = 0;
        while !self.stopped() {
            let rows = self.database.read(|t| unsent(t, after))?;
            let Some(last) = rows.last() else { break };
            after = last.seq;
            let lacking = |row: &&Unsent| !self.packets.looks_whole(&row.id, row.size);
            let damaged: Vec<&Unsent> = rows.iter().filter(lacking).collect();
            if !damaged.is_empty() {
                self.database.write(|t| {
                    damaged
                        .iter()
                        .try_for_each(|row| packets::mark_damaged(t, &row.id))
                })?;
            }
        }
        Ok(())
    }

    /// Removes what a crash left half written; packets no row knows stay and are named in the log, because
    /// nobody was told that they are kept, yet they may be all there is of a capture.
    fn surplus(&self) -> Result<(), Trouble> {
        let mut listed = self.packets.list()?;
        while !self.stopped() {
            let step = listed.by_ref().take(STEP).collect::<Result<Vec<_>, _>>()?;
            if step.is_empty() {
                break;
            }
            let strange = self.strange(step)?;
            if strange.is_empty() {
                continue;
            }
            // Once more, with the door shut: what seemed strange may have been a packet on its way in.
            let _shut = self.nothing_enters();
            for lying in self.strange(strange)? {
                match lying {
                    Lying::Unfinished(name) => self.packets.remove_unfinished(&name)?,
                    Lying::Whole(packet) if self.packets.has(&packet) => {
                        tracing::warn!(packet, "a packet file belongs to no queue entry");
                    }
                    Lying::Whole(_) => {}
                }
            }
        }
        Ok(())
    }

    /// Those that no row stands for.
    fn strange(&self, listed: Vec<Lying>) -> Result<Vec<Lying>, Trouble> {
        let unknown = self.database.read(|t| {
            let mut known = t.prepare_cached("SELECT EXISTS (SELECT 1 FROM packet WHERE id = ?)")?;
            let mut unknown = vec![];
            for lying in listed {
                let stands = match &lying {
                    Lying::Unfinished(_) => false,
                    Lying::Whole(id) => known.query_row([id], |row| row.get(0))?,
                };
                if !stands {
                    unknown.push(lying);
                }
            }
            Ok(unknown)
        })?;
        Ok(unknown)
    }
}

/// A packet that is still to be sent.
struct Unsent {
    seq: i64,
    id: String,
    size: u64,
}

/// The next unsent packets in the order in which they became durable.
fn unsent(connection: &Connection, after: i64) -> Result<Vec<Unsent>, Trouble> {
    let mut statement = connection.prepare_cached(
        "SELECT seq, id, size FROM packet
         WHERE seq > ?1 AND state IN ('held', 'waiting', 'sending') ORDER BY seq LIMIT ?2",
    )?;
    let read = |row: &rusqlite::Row<'_>| {
        Ok(Unsent {
            seq: row.get(0)?,
            id: row.get(1)?,
            size: row.get::<_, i64>(2)?.unsigned_abs(),
        })
    };
    Ok(statement
        .query_map((after, STEP as i64), read)?
        .collect::<Result<_, _>>()?)
}
