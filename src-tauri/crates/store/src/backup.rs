//! A copy of everything a station keeps and still needs, taken while it works, and the way back.
//!
//! A backup is a folder: the database as of one moment, the files of all packets that no acknowledgement has
//! come for, and the small files of the data folder (settings and keys). `backup.json` lists them with their
//! hashes; it is written last, and until then the folder's name ends in `.part`.

mod fault;
mod files;
mod make;
mod restore;

pub use fault::BackupFault;
pub use make::back_up;
pub use restore::restore;

use domain::Moment;
use serde::{Deserialize, Serialize};

/// Version of [`Index`] that this program writes, and the only one it reads.
const VERSION: u32 = 1;

/// Name of the list.
const INDEX: &str = "backup.json";

/// Name of the database.
const DATABASE: &str = "station.sqlite";

/// What a backup holds: `backup.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Index {
    /// Version of this list.
    pub version: u32,
    /// When it was begun.
    pub at: Moment,
    /// Version of the database's schema.
    pub schema: u32,
    /// Everything that must be there.
    pub files: Vec<Kept>,
    /// Packets that are still to be sent and whose file was missing or damaged already.
    pub lacking: Vec<String>,
}

/// One file of a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    /// Where it belongs below the data folder, with `/`.
    pub path: String,
    /// Its size in bytes.
    pub size: u64,
    /// SHA-256, lower-case hexadecimal.
    pub sha256: String,
}
