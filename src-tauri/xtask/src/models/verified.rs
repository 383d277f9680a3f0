//! A folder of verified files. A list beside them tells with which size, time and sha256 each was last read, so
//! that a file that nobody has touched is not read again.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use super::{REMEDY, manifest};

/// The list's name; the dot keeps it out of the way of those who look for models.
const LIST: &str = ".verified";

/// A folder and what is known of its files.
pub(super) struct Folder {
    path: PathBuf,
    known: BTreeMap<String, Seen>,
    altered: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Seen {
    size: u64,
    nanoseconds: u128,
    sha256: String,
}

impl Folder {
    /// Opens the folder, which is made if it is not there. A list that cannot be understood counts as empty.
    pub(super) fn open(path: PathBuf) -> Result<Self> {
        fs::create_dir_all(&path).with_context(|| format!("{} cannot be made", path.display()))?;
        let list = fs::read_to_string(path.join(LIST)).unwrap_or_default();
        let known = list.lines().filter_map(entry).collect();
        Ok(Self {
            path,
            known,
            altered: false,
        })
    }

    /// Takes nothing for granted any more: every file is read again.
    pub(super) fn forget(&mut self) {
        self.known.clear();
        self.altered = true;
    }

    /// Whether `file` is there with this sha256.
    pub(super) fn holds(&mut self, file: &str, expected: &str) -> Result<bool> {
        let path = self.path.join(file);
        let Ok((size, nanoseconds)) = size_and_time(&path) else {
            return Ok(false);
        };
        let same = |seen: &&Seen| seen.size == size && seen.nanoseconds == nanoseconds;
        if let Some(seen) = self.known.get(file).filter(same) {
            return Ok(seen.sha256 == expected);
        }
        let found = sha256(&path)?;
        let right = found == expected;
        self.remember(file, size, nanoseconds, found);
        Ok(right)
    }

    /// Moves `made` into the folder as `file`, if it has the sha256 that it must have.
    pub(super) fn take_over(&mut self, made: &Path, file: &str, expected: &str) -> Result<()> {
        let found = sha256(made)?;
        if found != expected {
            bail!(
                "{file} has the sha256 {found} where {} says {expected}; {REMEDY}",
                manifest::PATH
            );
        }
        let path = self.path.join(file);
        // A copy under another name first: whoever opens the file sees the old one or the whole new one.
        let unfinished = self.path.join(format!(".{file}.unfinished"));
        fs::copy(made, &unfinished)
            .and_then(|_| fs::rename(&unfinished, &path))
            .with_context(|| format!("{} cannot be written", path.display()))?;
        let (size, nanoseconds) = size_and_time(&path)?;
        self.remember(file, size, nanoseconds, found);
        Ok(())
    }

    /// Writes the list if it has changed.
    pub(super) fn close(self) -> Result<()> {
        if !self.altered {
            return Ok(());
        }
        let lines = self
            .known
            .iter()
            .map(|(file, seen)| format!("{} {} {} {file}\n", seen.sha256, seen.size, seen.nanoseconds));
        let list = self.path.join(LIST);
        fs::write(&list, lines.collect::<String>())
            .with_context(|| format!("{} cannot be written", list.display()))
    }

    fn remember(&mut self, file: &str, size: u64, nanoseconds: u128, sha256: String) {
        let seen = Seen {
            size,
            nanoseconds,
            sha256,
        };
        self.known.insert(file.to_owned(), seen);
        self.altered = true;
    }
}

/// The sha256 of a file, in small hexadecimal letters.
pub(super) fn sha256(path: &Path) -> Result<String> {
    let unreadable = || format!("{} cannot be read", path.display());
    let mut file = File::open(path).with_context(unreadable)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 20];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => break,
            Ok(length) => hasher.update(buffer.get(..length).unwrap_or_default()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error).with_context(unreadable),
        }
    }
    Ok(hex::encode(hasher.finalize()))
}

fn size_and_time(path: &Path) -> Result<(u64, u128)> {
    let metadata = fs::metadata(path).with_context(|| format!("{} is not there", path.display()))?;
    let time = metadata
        .modified()?
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    Ok((metadata.len(), time.as_nanos()))
}

fn entry(line: &str) -> Option<(String, Seen)> {
    let mut words = line.splitn(4, ' ');
    let sha256 = words.next()?.to_owned();
    let size = words.next()?.parse().ok()?;
    let nanoseconds = words.next()?.parse().ok()?;
    let seen = Seen {
        size,
        nanoseconds,
        sha256,
    };
    Some((words.next()?.to_owned(), seen))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    #[test]
    fn a_file_is_taken_over_only_if_right_and_missed_when_altered() {
        let scratch = std::env::temp_dir().join(format!("xtask-verified-{}", std::process::id()));
        let open = || Folder::open(scratch.join("files")).unwrap();
        fs::create_dir_all(&scratch).unwrap();
        let made = scratch.join("made");

        fs::write(&made, "abd").unwrap();
        let error = open().take_over(&made, "a.onnx", ABC).unwrap_err().to_string();
        assert!(
            error.contains("cargo xtask models") && error.contains("a.onnx"),
            "{error}"
        );
        assert!(!scratch.join("files/a.onnx").exists());

        fs::write(&made, "abc").unwrap();
        let mut folder = open();
        assert!(!folder.holds("a.onnx", ABC).unwrap(), "not there yet");
        folder.take_over(&made, "a.onnx", ABC).unwrap();
        folder.close().unwrap();
        let mut folder = open();
        assert!(folder.holds("a.onnx", ABC).unwrap());
        assert!(!folder.altered, "known by size and time, so not read");
        assert!(
            !folder.holds("a.onnx", &ABC.replace('b', "c")).unwrap(),
            "the manifest has moved on"
        );

        fs::write(scratch.join("files/a.onnx"), "abcd").unwrap();
        assert!(!open().holds("a.onnx", ABC).unwrap(), "altered");

        fs::write(scratch.join("files").join(LIST), "nonsense\n").unwrap();
        fs::write(scratch.join("files/a.onnx"), "abc").unwrap();
        assert!(
            open().holds("a.onnx", ABC).unwrap(),
            "a spoilt list only costs time"
        );
        fs::remove_dir_all(&scratch).unwrap();
    }
}
