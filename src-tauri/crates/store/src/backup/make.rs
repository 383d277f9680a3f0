//! Making a backup.

use super::{BackupFault, DATABASE, INDEX, Index, VERSION, files};
use crate::database::version;
use crate::packet_folder::PacketFolder;
use crate::trouble::Trouble;
use crate::{looking, private};
use domain::Moment;
use domain::port::StoreFault;
use rusqlite::Connection;
use rusqlite::backup::Backup;
use std::fs;
use std::io::Write;
use std::path::Path;

/// Largest file of the data folder that is taken along: settings and keys are small, recordings are not.
const LARGEST: u64 = 1 << 20;

/// Copies a data folder into `folder`, which must not be there, while a station may be working on it; says now and
/// then how many packets are done, of how many. The database is a copy of one moment; a packet that was
/// acknowledged meanwhile is copied with the rest when its file is still there.
pub fn back_up(
    data: &Path,
    folder: &Path,
    at: Moment,
    told: &mut dyn FnMut(usize, usize),
) -> Result<Index, BackupFault> {
    if !data.join(DATABASE).is_file() {
        return Err(BackupFault::NothingThere(data.to_path_buf()));
    }
    let part = files::part_of(folder);
    if folder.exists() {
        return Err(BackupFault::Exists(folder.to_path_buf()));
    }
    if part.exists() {
        return Err(BackupFault::Unfinished(part));
    }
    let settled = |trouble: Trouble| trouble.settle(&part);
    let database = looking::open(&data.join(DATABASE)).map_err(|trouble| trouble.settle(data))?;
    private::folder(&part.join("packets")).map_err(settled)?;
    private::folder(&part).map_err(settled)?;
    let made = make(data, &database, &part, at, told);
    let index = match made {
        Ok(index) => index,
        Err(fault) => {
            // Half a backup is worth nothing and may fill the disk.
            if let Err(error) = fs::remove_dir_all(&part) {
                tracing::warn!(%error, "half a backup stays");
            }
            return Err(fault);
        }
    };
    files::settle(&part, folder).map_err(settled)?;
    Ok(index)
}

fn make(
    data: &Path,
    database: &Connection,
    part: &Path,
    at: Moment,
    told: &mut dyn FnMut(usize, usize),
) -> Result<Index, BackupFault> {
    let settled = |trouble: Trouble| trouble.settle(part);
    let copied = part.join(".database");
    let (schema, needed) = copy_database(database, &copied)?;
    let mut kept = vec![files::copy(&copied, &part.join(DATABASE), DATABASE).map_err(settled)?];
    fs::remove_file(&copied).map_err(|e| settled(e.into()))?;
    for name in small_files(data).map_err(settled)? {
        kept.push(files::copy(&data.join(&name), &part.join(&name), &name).map_err(settled)?);
    }
    let source = PacketFolder::look(data);
    let mut lacking = vec![];
    for (done, (packet, sha256)) in needed.iter().enumerate() {
        if done.is_multiple_of(100) {
            told(done, needed.len());
        }
        let path = format!("packets/{packet}.packet");
        // Read whole and compared, so that no damaged packet takes the place of a good one.
        match source.read(packet, sha256) {
            Ok(_) => kept.push(files::copy(&data.join(&path), &part.join(&path), &path).map_err(settled)?),
            Err(Trouble::Fault(StoreFault::PacketDamaged(_))) => lacking.push(packet.clone()),
            Err(trouble) => return Err(settled(trouble).into()),
        }
    }
    told(needed.len(), needed.len());
    let index = Index {
        version: VERSION,
        at,
        schema,
        files: kept,
        lacking,
    };
    write_index(&index, &part.join(INDEX)).map_err(settled)?;
    Ok(index)
}

/// Packets with their hashes.
type Needed = Vec<(String, String)>;

/// The database as it is now, in one file without a log beside it; gives its schema and the packets that no
/// acknowledgement has come for, as the copy has them.
fn copy_database(from: &Connection, to: &Path) -> Result<(u32, Needed), BackupFault> {
    let copy = || -> Result<Result<(u32, Needed), BackupFault>, Trouble> {
        private::file(to)?;
        let mut target = Connection::open(to)?;
        // All at once: writers of the station go on meanwhile, because they write to a log.
        Backup::new(from, &mut target)?.step(-1)?;
        target.pragma_update(None, "journal_mode", "delete")?;
        let said: String = target.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
        if said != "ok" {
            return Ok(Err(BackupFault::Torn(said)));
        }
        let needed = target
            .prepare("SELECT id, sha256 FROM packet WHERE acknowledgement IS NULL AND state <> 'withdrawn' ORDER BY seq")?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        let schema = version(&target)?;
        target.close().map_err(|(_, error)| error)?;
        Ok(Ok((schema, needed)))
    };
    copy().map_err(|trouble| match trouble {
        Trouble::Sql(error) if is_torn(&error) => BackupFault::Torn(error.to_string()),
        other => other.settle(to.parent().unwrap_or(to)).into(),
    })?
}

pub(super) fn is_torn(error: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode::{DatabaseCorrupt, NotADatabase};
    matches!(error.sqlite_error_code(), Some(DatabaseCorrupt | NotADatabase))
}

/// Settings, keys and whatever else is small and lies directly in the data folder.
fn small_files(data: &Path) -> Result<Vec<String>, Trouble> {
    let mut names = vec![];
    for entry in fs::read_dir(data)? {
        let entry = entry?;
        let facts = entry.metadata()?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let of_database = name.starts_with(DATABASE) || name.ends_with(".part");
        if facts.is_file() && facts.len() <= LARGEST && !of_database && files::is_ours(&name) {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

fn write_index(index: &Index, path: &Path) -> Result<(), Trouble> {
    let mut file = private::writing().create_new(true).open(path)?;
    file.write_all(&serde_json::to_vec_pretty(index)?)?;
    Ok(file.sync_all()?)
}
