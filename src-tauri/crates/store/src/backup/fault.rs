//! What can go wrong with backups.

use domain::port::StoreFault;
use std::path::PathBuf;

/// Why there is no backup, or nothing was restored.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BackupFault {
    /// There is no database to copy.
    #[error("{0} has no station.sqlite")]
    NothingThere(PathBuf),
    /// Where something is to be written, something is.
    #[error("{0} exists")]
    Exists(PathBuf),
    /// An earlier run was cut off and left this.
    #[error("{0} is left of a run that was cut off")]
    Unfinished(PathBuf),
    /// The data folder holds something already.
    #[error("{0} is not empty")]
    NotEmpty(PathBuf),
    /// There is no list, or one that cannot be read or names what is none of the station's.
    #[error("{0} is no whole backup: {1}")]
    NoBackup(PathBuf, String),
    /// A file is missing or does not have the recorded hash.
    #[error("{0} in the backup is missing or altered")]
    Altered(String),
    /// The database is damaged.
    #[error("the database is damaged: {0}")]
    Torn(String),
    /// The store or the disk.
    #[error(transparent)]
    Store(#[from] StoreFault),
}

impl BackupFault {
    /// Names the fault for messages.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NothingThere(_) => "backup_nothing_there",
            Self::Exists(_) => "backup_exists",
            Self::Unfinished(_) => "backup_unfinished",
            Self::NotEmpty(_) => "backup_data_not_empty",
            Self::NoBackup(..) => "backup_none",
            Self::Altered(_) => "backup_altered",
            Self::Torn(_) => "backup_torn",
            Self::Store(fault) => fault.code(),
        }
    }

    /// What to do about it.
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::NothingThere(_) => "name the station's data folder with --data",
            Self::Exists(_) => "name a folder that is not there yet",
            Self::Unfinished(_) => "remove it, then try again",
            Self::NotEmpty(_) => "restore into a new data folder, and move the old one away first",
            Self::NoBackup(..) => {
                "name the folder that holds backup.json; one whose name ends in .part was never finished"
            }
            Self::Altered(_) => "use another backup",
            Self::Torn(_) => "use the last backup that is whole: station restore",
            Self::Store(StoreFault::Full) => "make room on the disk",
            Self::Store(StoreFault::Newer { .. }) => "use the program's newer version",
            Self::Store(_) => "see what the system says, then try again",
        }
    }

    /// True when the caller named the wrong thing, and false when the machine failed.
    pub const fn is_usage(&self) -> bool {
        matches!(
            self,
            Self::NothingThere(_) | Self::Exists(_) | Self::Unfinished(_) | Self::NotEmpty(_)
        )
    }
}
