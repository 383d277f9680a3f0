//! The folder of sealed packets: a file is there whole, or not at all.

use crate::private;
use crate::trouble::Trouble;
use domain::port::StoreFault;
use sha2::{Digest, Sha256};
use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

const KEPT: &str = "packet";
const UNFINISHED: &str = "part";

/// `packets/` in the data folder.
#[derive(Clone)]
pub(crate) struct PacketFolder(PathBuf);

/// A file in the packet folder, by its name without the extension.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Lying {
    /// A whole packet.
    Whole(String),
    /// What a packet is written to before it is whole.
    Unfinished(String),
}

impl Lying {
    fn of(path: &Path) -> Option<Self> {
        let name = path.file_stem().and_then(OsStr::to_str)?.to_string();
        match path.extension().and_then(OsStr::to_str)? {
            KEPT => Some(Self::Whole(name)),
            UNFINISHED => Some(Self::Unfinished(name)),
            _ => None,
        }
    }
}

impl PacketFolder {
    /// Makes the folder when it is not there. Packets of older versions keep their permissions: they are
    /// sealed, and lie in two closed folders.
    pub(crate) fn open(data: &Path) -> Result<Self, Trouble> {
        let path = data.join("packets");
        private::folder(&path)?;
        // Also when it is there: the start that made it may have ended before its name was durable.
        sync_folder(data)?;
        Ok(Self(path))
    }

    /// The folder of a data folder that is only looked at.
    pub(crate) fn look(data: &Path) -> Self {
        Self(data.join("packets"))
    }

    /// Writes a packet so that a power cut at any moment leaves all of it or nothing: another name first,
    /// fsync, rename, fsync of the folder. Bytes that do not have the hash they came with never get its name.
    pub(crate) fn write(&self, packet: &str, bytes: &[u8], sha256: &str) -> Result<(), Trouble> {
        let last = self.path(packet)?;
        let first = last.with_extension(UNFINISHED);
        let unfinished = || {
            let mut file = private::writing().create(true).truncate(true).open(&first)?;
            file.write_all(bytes)?;
            file.sync_all()
        };
        // The sitter waits for both: the bytes are hashed while the disk takes them.
        let (hashed, written) = std::thread::scope(|scope| {
            let hashed = scope.spawn(|| hash(bytes) == sha256);
            let written = unfinished();
            (hashed.join(), written)
        });
        let written = match (hashed, written) {
            (Ok(true), Ok(())) => fs::rename(&first, &last),
            (Ok(true), Err(error)) => Err(error),
            _ => {
                Self::drop_unfinished(packet, &first);
                let what = format!("packet {packet} does not have its own hash");
                return Err(Trouble::Other(what));
            }
        };
        if let Err(error) = written {
            Self::drop_unfinished(packet, &first);
            return Err(error.into());
        }
        sync_folder(&self.0)
    }

    /// Half a packet must not keep a full disk full; what cannot be removed goes at the next start.
    fn drop_unfinished(packet: &str, path: &Path) {
        if let Err(kept) = fs::remove_file(path) {
            tracing::debug!(packet, error = %kept, "an unfinished packet file stays until the next start");
        }
    }

    /// The bytes of a packet when they have the recorded hash.
    pub(crate) fn read(&self, packet: &str, sha256: &str) -> Result<Vec<u8>, Trouble> {
        let damaged = || Trouble::Fault(StoreFault::PacketDamaged(packet.to_string()));
        let bytes = match fs::read(self.path(packet)?) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(damaged()),
            Err(error) => return Err(error.into()),
        };
        if hash(&bytes) == sha256 {
            Ok(bytes)
        } else {
            Err(damaged())
        }
    }

    /// True when a file of that size is there; cheap enough for every packet after every start.
    pub(crate) fn looks_whole(&self, packet: &str, size: u64) -> bool {
        self.path(packet)
            .is_ok_and(|path| fs::metadata(path).is_ok_and(|m| m.is_file() && m.len() == size))
    }

    /// True when a packet's file is there, whatever is in it.
    pub(crate) fn has(&self, packet: &str) -> bool {
        self.path(packet).is_ok_and(|path| path.is_file())
    }

    /// Removes a packet that no row promises.
    pub(crate) fn remove(&self, packet: &str) -> Result<(), Trouble> {
        Ok(fs::remove_file(self.path(packet)?)?)
    }

    /// Removes a packet whose acknowledgement is kept; one that is gone already is fine.
    pub(crate) fn remove_if_there(&self, packet: &str) -> Result<(), Trouble> {
        match fs::remove_file(self.path(packet)?) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Everything in the folder, in no order. Names that are no packet's are left out.
    pub(crate) fn list(&self) -> Result<impl Iterator<Item = Result<Lying, Trouble>> + use<>, Trouble> {
        Ok(fs::read_dir(&self.0)?.filter_map(|entry| match entry {
            Ok(entry) => Lying::of(&entry.path()).map(Ok),
            Err(error) => Some(Err(error.into())),
        }))
    }

    /// Removes half a packet; one that is gone by now is no fault.
    pub(crate) fn remove_unfinished(&self, name: &str) -> Result<(), Trouble> {
        if Path::new(name).file_name() != Some(OsStr::new(name)) {
            return Err(Trouble::Other("a file name is not plain".to_string()));
        }
        match fs::remove_file(self.0.join(format!("{name}.{UNFINISHED}"))) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Moves a packet that no row knows into a folder of its own, beside others of its name; false when it is not
    /// there any more.
    pub(crate) fn set_aside(&self, packet: &str) -> Result<bool, Trouble> {
        let from = self.path(packet)?;
        let aside = self.0.join("unknown");
        private::folder(&aside)?;
        let names = std::iter::once(format!("{packet}.{KEPT}"))
            .chain((2_u32..).map(|n| format!("{packet}.{n}.{KEPT}")));
        let free = names.map(|name| aside.join(name)).find(|to| !to.exists());
        match fs::rename(&from, free.unwrap_or_else(|| aside.join(packet))) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(false),
            moved => moved?,
        }
        sync_folder(&aside)?;
        sync_folder(&self.0)?;
        Ok(true)
    }

    /// Ids become file names: letters, digits, `-` and `_` only.
    pub(crate) fn is_plain(packet: &str) -> bool {
        let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
        !packet.is_empty() && packet.len() <= 64 && packet.bytes().all(plain)
    }

    fn path(&self, packet: &str) -> Result<PathBuf, Trouble> {
        if !Self::is_plain(packet) {
            return Err(Trouble::Other("a packet id is not a plain word".to_string()));
        }
        Ok(self.0.join(format!("{packet}.{KEPT}")))
    }
}

/// SHA-256, lower-case hex.
pub(crate) fn hash(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// Makes names in a folder durable. Windows has no such call; NTFS journals names itself.
pub(crate) fn sync_folder(path: &Path) -> Result<(), Trouble> {
    #[cfg(unix)]
    fs::File::open(path)?.sync_all()?;
    #[cfg(not(unix))]
    let _: &Path = path;
    Ok(())
}
