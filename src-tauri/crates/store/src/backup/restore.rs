//! The way back.

use super::make::is_torn;
use super::{BackupFault, DATABASE, INDEX, Index, VERSION, files};
use crate::database::version;
use crate::trouble::Trouble;
use crate::{looking, private};
use std::collections::HashSet;
use std::fs;
use std::path::Path;

/// Makes the data folder `data`, which must be empty or not there, from a backup. All hashes and the database are
/// proved on the copy, before it gets its name.
pub fn restore(folder: &Path, data: &Path) -> Result<Index, BackupFault> {
    if data.exists() && fs::read_dir(data).map_or(true, |mut entries| entries.next().is_some()) {
        return Err(BackupFault::NotEmpty(data.to_path_buf()));
    }
    let part = files::part_of(data);
    if part.exists() {
        return Err(BackupFault::Unfinished(part));
    }
    let index = read_index(folder)?;
    let settled = |trouble: Trouble| trouble.settle(&part);
    private::folder(&part.join("packets")).map_err(settled)?;
    private::folder(&part).map_err(settled)?;
    let finished = copy(folder, &part, &index).and_then(|()| prove(&part.join(DATABASE), &index));
    if let Err(fault) = finished {
        if let Err(error) = fs::remove_dir_all(&part) {
            tracing::warn!(%error, "half a data folder stays");
        }
        return Err(fault);
    }
    files::settle(&part, data).map_err(settled)?;
    Ok(index)
}

fn read_index(folder: &Path) -> Result<Index, BackupFault> {
    let none = |why: String| BackupFault::NoBackup(folder.to_path_buf(), why);
    let bytes = fs::read(folder.join(INDEX)).map_err(|error| none(format!("{INDEX}: {error}")))?;
    let index: Index = serde_json::from_slice(&bytes).map_err(|error| none(format!("{INDEX}: {error}")))?;
    if index.version != VERSION {
        return Err(none(format!("its version {} is not known", index.version)));
    }
    let mut names = HashSet::new();
    if let Some(kept) = index
        .files
        .iter()
        .find(|kept| !files::is_ours(&kept.path) || !names.insert(&kept.path))
    {
        return Err(none(format!("{:?} is none of a station's files", kept.path)));
    }
    if !names.contains(&DATABASE.to_string()) {
        return Err(none("it has no database".to_string()));
    }
    Ok(index)
}

fn copy(folder: &Path, part: &Path, index: &Index) -> Result<(), BackupFault> {
    for kept in &index.files {
        match files::copy(&folder.join(&kept.path), &part.join(&kept.path), &kept.path) {
            Ok(copied) if copied == *kept => {}
            Ok(_) => return Err(BackupFault::Altered(kept.path.clone())),
            Err(Trouble::Io(error)) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(BackupFault::Altered(kept.path.clone()));
            }
            Err(trouble) => return Err(trouble.settle(part).into()),
        }
    }
    Ok(())
}

fn prove(path: &Path, index: &Index) -> Result<(), BackupFault> {
    let prove = || -> Result<Option<String>, Trouble> {
        let connection = looking::open(path)?;
        let said: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
        let fits = version(&connection)? == index.schema;
        Ok(match (said.as_str(), fits) {
            ("ok", true) => None,
            ("ok", false) => Some("its version is not that of the list".to_string()),
            _ => Some(said),
        })
    };
    match prove() {
        Ok(None) => Ok(()),
        Ok(Some(said)) => Err(BackupFault::Torn(said)),
        Err(Trouble::Sql(error)) if is_torn(&error) => Err(BackupFault::Torn(error.to_string())),
        Err(trouble) => Err(trouble.settle(path.parent().unwrap_or(path)).into()),
    }
}
