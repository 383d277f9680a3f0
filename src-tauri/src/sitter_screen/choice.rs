//! What the operator chose for the sitter's screen, kept in `sitter-screen.toml` of the data folder.

use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The file in the data folder.
const FILE: &str = "sitter-screen.toml";

/// What the operator chose last.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Choice {
    /// It is to be open.
    pub(crate) open: bool,
    /// On which display, by its name; empty when none was ever chosen.
    pub(crate) display: String,
}

/// Why a choice could not be read or kept; the window says so with the message of the code.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ChoiceFault {
    /// The file is not what this program writes: not TOML, a key nobody knows, or one missing.
    #[error("{path} is not valid: {source}")]
    Parse {
        /// The file.
        path: PathBuf,
        /// What is wrong and where.
        source: Box<toml::de::Error>,
    },
    /// The file cannot be read.
    #[error("{path} cannot be read: {source}")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file cannot be written.
    #[error("{path} cannot be written: {source}")]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl ChoiceFault {
    /// The code of the message: `fault.<code>`.
    pub(crate) const fn code(&self) -> &'static str {
        match self {
            Self::Parse { .. } | Self::Read { .. } => "sitter_choice_unreadable",
            Self::Write { .. } => "sitter_choice_not_kept",
        }
    }
}

impl Choice {
    /// What was kept in this folder; nothing chosen when there is no file.
    pub(crate) fn load(data: &Path) -> Result<Self, ChoiceFault> {
        let path = data.join(FILE);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(missing) if missing.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(source) => return Err(ChoiceFault::Read { path, source }),
        };
        toml::from_str(&text).map_err(|source| ChoiceFault::Parse {
            path,
            source: Box::new(source),
        })
    }

    /// Keeps it: the file is the old one or the new one, whenever the power goes.
    pub(crate) fn keep(&self, data: &Path) -> Result<(), ChoiceFault> {
        let path = data.join(FILE);
        let beside = data.join(format!("{FILE}.new"));
        let text = format!("open = {}\ndisplay = {}\n", self.open, quoted(&self.display));
        let written = || -> io::Result<()> {
            let mut file = File::create(&beside)?;
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
            fs::rename(&beside, &path)
        };
        written().map_err(|source| ChoiceFault::Write { path, source })
    }
}

fn quoted(text: &str) -> toml::Value {
    toml::Value::String(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().unwrap()
    }

    #[test]
    fn what_was_kept_comes_back_whatever_a_display_is_called() {
        let data = folder();
        assert_eq!(Choice::load(data.path()).unwrap(), Choice::default());
        for display in ["HDMI-1", "", r"\\.\DISPLAY2", "\"='\n", "戴尔 U2720Q #2"] {
            for open in [true, false] {
                let choice = Choice {
                    open,
                    display: display.into(),
                };
                choice.keep(data.path()).unwrap();
                assert_eq!(Choice::load(data.path()).unwrap(), choice);
            }
        }
        let files: Vec<_> = fs::read_dir(data.path()).unwrap().collect();
        assert_eq!(files.len(), 1, "nothing half written is left");
    }

    #[test]
    fn a_file_of_another_make_is_told_and_stays() {
        let data = folder();
        for text in [
            "open = true",
            "open = 1\ndisplay = \"a\"",
            "open = true\ndisplay = \"a\"\nmirror = true",
            "open = ",
        ] {
            fs::write(data.path().join(FILE), text).unwrap();
            let fault = Choice::load(data.path()).unwrap_err();
            assert_eq!(fault.code(), "sitter_choice_unreadable", "{text}");
            assert_eq!(fs::read_to_string(data.path().join(FILE)).unwrap(), text);
        }
    }

    #[test]
    fn a_folder_that_is_gone_is_told() {
        let data = folder().path().join("gone");
        let fault = Choice::default().keep(&data).unwrap_err();
        assert_eq!(fault.code(), "sitter_choice_not_kept");
    }
}
