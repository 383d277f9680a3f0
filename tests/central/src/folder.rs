//! Where things lie in the server's folder, and how a file becomes durable there.

use crate::blobs::Blobs;
use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// The server's folder.
#[derive(Debug, Clone)]
pub struct Folder(PathBuf);

impl Folder {
    /// Makes the folder and its parts.
    pub fn prepare(root: &Path) -> io::Result<Self> {
        for part in ["uploads", "packets"] {
            std::fs::create_dir_all(root.join(part))?;
        }
        Ok(Self(root.to_owned()))
    }

    /// The database file.
    pub fn database(&self) -> PathBuf {
        self.0.join("central.sqlite")
    }

    /// The growing file of an upload.
    pub fn upload(&self, id: Uuid) -> PathBuf {
        self.0.join("uploads").join(id.hyphenated().to_string())
    }

    /// A stored packet, sealed as it came.
    pub fn packet(&self, id: Uuid) -> PathBuf {
        self.0.join("packets").join(format!("{}.age", id.hyphenated()))
    }

    /// Reads the text of a secret, or writes the one that `make` gives, readable by the owner alone.
    pub(crate) fn secret(
        &self,
        name: &str,
        make: impl FnOnce() -> anyhow::Result<String>,
    ) -> anyhow::Result<String> {
        let path = self.0.join(name);
        match std::fs::read_to_string(&path) {
            Ok(text) => return Ok(text.trim().to_owned()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error.into()),
        }
        let text = make()?;
        replace(&path, text.as_bytes())?;
        Ok(text)
    }
}

impl Blobs for Folder {
    fn begin(&self, upload: Uuid) -> io::Result<()> {
        File::create(self.upload(upload))?.sync_all()
    }

    fn append(&self, upload: Uuid, offset: u64, bytes: &[u8]) -> io::Result<()> {
        let mut file = std::fs::OpenOptions::new()
            .write(true)
            .open(self.upload(upload))?;
        if file.metadata()?.len() < offset {
            return Err(io::ErrorKind::NotFound.into());
        }
        file.set_len(offset)?;
        file.seek(SeekFrom::Start(offset))?;
        file.write_all(bytes)
    }

    fn settle(&self, upload: Uuid) -> io::Result<()> {
        File::options().write(true).open(self.upload(upload))?.sync_all()
    }

    fn length(&self, upload: Uuid) -> io::Result<Option<u64>> {
        some(std::fs::metadata(self.upload(upload)).map(|facts| facts.len()))
    }

    fn uploaded(&self, upload: Uuid) -> io::Result<Option<Vec<u8>>> {
        some(std::fs::read(self.upload(upload)))
    }

    fn keep(&self, upload: Uuid, packet: Uuid) -> io::Result<()> {
        self.settle(upload)?;
        std::fs::rename(self.upload(upload), self.packet(packet))?;
        sync_names(&self.0.join("packets"))
    }

    fn packet(&self, packet: Uuid) -> io::Result<Option<Vec<u8>>> {
        some(std::fs::read(Self::packet(self, packet)))
    }

    fn remove(&self, upload: Uuid) -> io::Result<()> {
        some(std::fs::remove_file(self.upload(upload))).map(drop)
    }
}

/// Puts a file of this content, readable by its owner alone, in the place of what is there: durable, all or nothing.
pub(crate) fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut half = path.as_os_str().to_owned();
    half.push(".new");
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&half)?;
    file.write_all(content)?;
    file.sync_all()?;
    drop(file);
    std::fs::rename(&half, path)?;
    path.parent().map_or(Ok(()), sync_names)
}

/// Makes names in a folder durable. Windows has no such call and needs none.
fn sync_names(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(folder)?.sync_all()
    } else {
        Ok(())
    }
}

fn some<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
