//! What a data folder holds, looked at without changing anything: the facts for whoever judges them.

use crate::packet_folder::{Lying, PacketFolder};
use crate::trouble::Trouble;
use crate::{audit, cameras, looking};
use domain::Moment;
use domain::camera::CameraChoice;
use domain::port::StoreFault;
use rusqlite::{Connection, OptionalExtension};
use std::collections::{HashMap, HashSet};
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

/// Lines of what is wrong that are kept of a database.
const MOST_LINES: usize = 100;

/// A data folder that is looked at, whether or not a station runs on it.
pub struct Inspection {
    folder: PathBuf,
    connection: Connection,
}

/// How the database stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Soundness {
    /// Nothing is wrong with it.
    Sound,
    /// Tables are whole and indexes are not; indexes can be made again from tables.
    Indexes(Vec<String>),
    /// Tables are damaged: what SQLite says, at most 100 lines.
    Torn(Vec<String>),
}

/// How the packets and the files of the packet folder stand to each other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PacketHealth {
    /// Files that have the recorded hash.
    pub whole: u64,
    /// Packets that still have to reach the central server and whose file is not there.
    pub missing: Vec<String>,
    /// Packets whose file has another hash, or cannot be read.
    pub damaged: Vec<String>,
    /// Files of packets that no row knows.
    pub unknown: Vec<String>,
    /// Files that were being written; left by a crash when no station is running.
    pub unfinished: Vec<String>,
}

/// True when a station runs on this data folder. What is not there is used by nobody.
pub fn in_use(folder: &Path) -> bool {
    let lock = File::options().write(true).open(folder.join("lock"));
    lock.is_ok_and(|lock| matches!(lock.try_lock(), Err(TryLockError::WouldBlock)))
}

impl Inspection {
    /// Looks at a data folder with a database in it. Refuses a database of a newer version.
    pub fn open(folder: &Path) -> Result<Self, StoreFault> {
        let connection = looking::open(&folder.join("station.sqlite")).map_err(|t| t.settle(folder))?;
        Ok(Self {
            folder: folder.to_path_buf(),
            connection,
        })
    }

    /// Reads every page of the database. Takes seconds at a million people.
    pub fn soundness(&self) -> Soundness {
        let lines = self
            .lines("PRAGMA integrity_check(100)", |row| row.get(0))
            .unwrap_or_else(|error| vec![error.to_string()]);
        if lines == ["ok"] {
            return Soundness::Sound;
        }
        let of_index = |line: &String| {
            // What sqlite3.c (pragma integrity_check) says of an index that does not fit its table.
            (line.starts_with("row ") && line.contains(" missing from index "))
                || line.starts_with("wrong # of entries in index ")
                || line.starts_with("non-unique entry in index ")
                || (line.starts_with("row ") && line.contains(" values differ from index "))
        };
        if lines.iter().all(of_index) {
            Soundness::Indexes(lines)
        } else {
            Soundness::Torn(lines)
        }
    }

    /// Rows that refer to rows that are not there, as `table: number of rows`.
    pub fn dangling(&self) -> Result<Vec<String>, StoreFault> {
        let tables: Vec<String> = self.ask(|c| lines(c, "PRAGMA foreign_key_check", |row| row.get(0)))?;
        let mut counts = HashMap::<String, usize>::new();
        tables
            .into_iter()
            .for_each(|table| *counts.entry(table).or_default() += 1);
        let mut told: Vec<String> = counts.iter().map(|(table, n)| format!("{table}: {n}")).collect();
        told.sort();
        Ok(told)
    }

    /// Follows the audit trail: the number of lines, or the number of the first one that does not fit.
    pub fn audit(&self) -> Result<Result<u64, u64>, StoreFault> {
        self.ask(audit::follow)
    }

    /// When the last line of the audit trail was written.
    pub fn last_line(&self) -> Result<Option<Moment>, StoreFault> {
        self.ask(|c| {
            let sql = "SELECT at FROM audit ORDER BY seq DESC LIMIT 1";
            Ok(c.query_row(sql, [], |row| row.get(0)).optional()?.map(Moment))
        })
    }

    /// Which camera the desk uses.
    pub fn camera_choice(&self) -> Result<CameraChoice, StoreFault> {
        self.ask(cameras::choice)
    }

    /// Reads every packet file and compares hashes; says now and then how many are done, of how many.
    pub fn packets(&self, told: &mut dyn FnMut(usize, usize)) -> Result<PacketHealth, StoreFault> {
        self.ask(|c| packets(c, &self.folder, told))
    }

    fn ask<T>(&self, question: impl FnOnce(&Connection) -> Result<T, Trouble>) -> Result<T, StoreFault> {
        question(&self.connection).map_err(|trouble| trouble.settle(&self.folder))
    }

    fn lines(
        &self,
        sql: &str,
        read: fn(&rusqlite::Row<'_>) -> rusqlite::Result<String>,
    ) -> rusqlite::Result<Vec<String>> {
        self.connection
            .prepare(sql)?
            .query_map([], read)?
            .take(MOST_LINES)
            .collect()
    }
}

fn lines(
    connection: &Connection,
    sql: &str,
    read: fn(&rusqlite::Row<'_>) -> rusqlite::Result<String>,
) -> Result<Vec<String>, Trouble> {
    Ok(connection
        .prepare(sql)?
        .query_map([], read)?
        .collect::<Result<_, _>>()?)
}

/// The files are listed first: a packet that comes in meanwhile has its file before its row.
fn packets(
    connection: &Connection,
    folder: &Path,
    told: &mut dyn FnMut(usize, usize),
) -> Result<PacketHealth, Trouble> {
    let mut health = PacketHealth::default();
    let files = PacketFolder::look(folder);
    let mut lying = HashSet::new();
    for entry in files.list()? {
        match entry? {
            Lying::Whole(id) => drop(lying.insert(id)),
            Lying::Unfinished(name) => health.unfinished.push(name),
        }
    }
    let mut statement = connection.prepare(
        "SELECT id, sha256, acknowledgement IS NULL AND state NOT IN ('superseded', 'withdrawn') FROM packet
         ORDER BY seq",
    )?;
    let read = |row: &rusqlite::Row<'_>| {
        Ok((
            row.get::<_, String>(0)?,
            row.get::<_, String>(1)?,
            row.get::<_, bool>(2)?,
        ))
    };
    let rows = statement.query_map([], read)?.collect::<Result<Vec<_>, _>>()?;
    let total = rows.len();
    for (done, (id, sha256, needed)) in rows.into_iter().enumerate() {
        if done.is_multiple_of(100) {
            told(done, total);
        }
        match (lying.remove(&id), files.read(&id, &sha256)) {
            (_, Ok(_)) => health.whole += 1,
            (true, Err(_)) => health.damaged.push(id),
            (false, Err(_)) if needed => health.missing.push(id),
            // Nobody waits for it: its file was removed, after its acknowledgement.
            (false, Err(_)) => {}
        }
    }
    told(total, total);
    health.unknown = lying.into_iter().collect();
    health.unknown.sort();
    health.unfinished.sort();
    Ok(health)
}
