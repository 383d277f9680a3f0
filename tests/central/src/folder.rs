//! Where things lie in the server's folder, and how a file becomes durable there.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// The server's folder.
#[derive(Debug, Clone)]
pub struct Folder(PathBuf);

impl Folder {
    /// Makes the folder and its parts.
    pub fn prepare(root: &Path) -> std::io::Result<Self> {
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
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(error.into()),
        }
        let text = make()?;
        let half = self.0.join(format!("{name}.new"));
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&half)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        std::fs::rename(&half, &path)?;
        self.sync(&self.0)?;
        Ok(text)
    }

    /// Turns a complete upload into a stored packet: durable content first, then the name.
    pub(crate) fn keep(&self, upload: Uuid, packet: Uuid) -> std::io::Result<()> {
        let (from, to) = (self.upload(upload), self.packet(packet));
        File::open(&from)?.sync_all()?;
        std::fs::rename(&from, &to)?;
        self.sync(&self.0.join("packets"))
    }

    /// Makes names in a folder durable. Windows has no such call and needs none.
    fn sync(&self, folder: &Path) -> std::io::Result<()> {
        if cfg!(unix) {
            File::open(folder)?.sync_all()
        } else {
            Ok(())
        }
    }
}
