//! Settings: compiled-in defaults under a file in the data folder.

use camera::Source;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// What `station join` writes into the data folder.
pub(crate) const JOINED: &str = "joined.toml";

const DEFAULTS: &str = include_str!("../../../../assets/settings.toml");

/// Why settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsFault {
    /// The file cannot be read.
    #[error("{path} cannot be read: {source}")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Not TOML, or a key nobody knows.
    #[error("{path} is not valid: {source}")]
    Parse {
        /// The file.
        path: PathBuf,
        /// What is wrong and where.
        source: Box<toml::de::Error>,
    },
    /// A command-line word nobody knows.
    #[error("unknown word {0:?}; known: --data FOLDER")]
    Word(String),
    /// The system does not say where a user's data lie.
    #[error("no home folder; give --data FOLDER")]
    NoHome,
}

/// All settings with the data folder they belong to.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Folder of everything this station keeps.
    pub data: PathBuf,
    /// This station.
    pub station: StationSettings,
    /// The central server.
    pub central: CentralSettings,
    /// The camera.
    pub camera: CameraSettings,
    /// How long things are kept.
    pub retention: RetentionSettings,
    /// The networks.
    pub models: ModelSettings,
    /// Receipts and day sheets.
    pub papers: PaperSettings,
}

/// This station.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StationSettings {
    /// Id; travels in every packet.
    pub id: String,
    /// Name in the top bar.
    pub name: String,
}

/// The central server.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CentralSettings {
    /// Address, empty for none.
    pub url: String,
    /// What the server knows this station by.
    pub token: String,
    /// age recipient.
    pub recipient: String,
    /// ed25519 key in hexadecimal.
    pub verifying_key: String,
    /// age recipient of the recovery key, empty for none.
    pub recovery: String,
    /// PEM file of the school's own certificate authority, empty for none.
    pub root: String,
    /// SHA-256 of the only certificates that are accepted, hexadecimal; empty: every one that the system trusts.
    pub pins: Vec<String>,
    /// Kilobits a second that uploads may use, 0 for all there are.
    pub bandwidth_kbit: u32,
}

/// How long things are kept.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetentionSettings {
    /// Days that the file of an acknowledged packet stays, 0 for ever.
    pub days: u32,
}

impl std::fmt::Debug for CentralSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CentralSettings")
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}

/// The camera.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CameraSettings {
    /// Which one.
    pub source: Source,
    /// What to use when none is there at the start.
    pub fallback: String,
    /// Folder or MJPEG file of the training recording, empty for none.
    pub training: String,
}

/// The networks.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelSettings {
    /// Their folder, empty to look for it.
    pub folder: String,
}

/// Receipts and day sheets.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaperSettings {
    /// Their folder; empty for `capture-station` among this user's documents.
    pub folder: String,
    /// Their language: `zh-CN` or `en`.
    pub language: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    station: StationSettings,
    central: CentralSettings,
    camera: CameraSettings,
    retention: RetentionSettings,
    models: ModelSettings,
    papers: PaperSettings,
}

impl Settings {
    /// Reads `--data FOLDER` and the settings of that folder.
    pub fn from_arguments(words: impl Iterator<Item = String>) -> Result<Self, SettingsFault> {
        let mut data = None;
        let mut words = words;
        while let Some(word) = words.next() {
            match word.as_str() {
                "--data" => data = words.next().map(PathBuf::from),
                _ => return Err(SettingsFault::Word(word)),
            }
        }
        Self::load(&data.map_or_else(data_folder, Ok)?)
    }

    /// The defaults with the keys that `settings.toml` in the data folder sets.
    pub fn load(data: &Path) -> Result<Self, SettingsFault> {
        // What the joining brought, and over it what people wrote.
        let mut files = Vec::new();
        for name in [JOINED, "settings.toml"] {
            let path = data.join(name);
            match std::fs::read_to_string(&path) {
                Ok(text) => files.push((path, text)),
                Err(missing) if missing.kind() == std::io::ErrorKind::NotFound => {}
                Err(source) => return Err(SettingsFault::Read { path, source }),
            }
        }
        let mut merged: toml::Table = parsed(DEFAULTS).map_err(|e| fault(Path::new("the defaults"), e))?;
        for (path, text) in &files {
            merge(&mut merged, text).map_err(|e| fault(path, e))?;
        }
        let last = files.last().map_or(data, |(path, _)| path.as_path());
        Self::from_table(data, merged).map_err(|e| fault(last, e))
    }

    /// The training recording as a source; `None` when none is set up.
    pub fn training(&self) -> Option<Source> {
        let path = &self.camera.training;
        (!path.is_empty()).then(|| Source::Replay(self.data.join(path)))
    }

    fn from_table(data: &Path, table: toml::Table) -> Result<Self, toml::de::Error> {
        let file: File = table.try_into()?;
        let File {
            station,
            central,
            camera,
            retention,
            models,
            papers,
        } = file;
        Ok(Self {
            data: data.to_path_buf(),
            station,
            central,
            camera,
            retention,
            models,
            papers,
        })
    }
}

fn parsed(text: &str) -> Result<toml::Table, toml::de::Error> {
    text.parse()
}

/// Sets the keys that `text` names, and leaves the others.
fn merge(table: &mut toml::Table, text: &str) -> Result<(), toml::de::Error> {
    for (section, keys) in parsed(text)? {
        match (table.get_mut(&section), keys) {
            (Some(toml::Value::Table(known)), toml::Value::Table(keys)) => known.extend(keys),
            (_, keys) => {
                table.insert(section, keys);
            }
        }
    }
    Ok(())
}

fn fault(path: &Path, source: toml::de::Error) -> SettingsFault {
    SettingsFault::Parse {
        path: path.to_path_buf(),
        source: Box::new(source),
    }
}

/// Where a user's station keeps its data on this system.
pub fn data_folder() -> Result<PathBuf, SettingsFault> {
    let var = |name| {
        std::env::var_os(name)
            .filter(|v| !v.is_empty())
            .map(PathBuf::from)
    };
    let base = if cfg!(windows) {
        var("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        var("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        var("XDG_DATA_HOME").or_else(|| var("HOME").map(|home| home.join(".local/share")))
    };
    base.map(|base| base.join("capture-station"))
        .ok_or(SettingsFault::NoHome)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Settings, SettingsFault> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("settings.toml"), text).unwrap();
        Settings::load(folder.path())
    }

    #[test]
    fn what_people_write_goes_before_what_the_joining_brought() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        write(
            JOINED,
            "[station]\nid = \"s7\"\n[central]\ntoken = \"t\"\nurl = \"https://a\"\n",
        );
        write("settings.toml", "[central]\nurl = \"https://b\"\n");
        let settings = Settings::load(folder.path()).unwrap();
        assert_eq!(settings.station.id, "s7");
        assert_eq!(
            (settings.central.token.as_str(), settings.central.url.as_str()),
            ("t", "https://b")
        );
        write(JOINED, "[central]\ntokn = \"t\"\n");
        assert!(Settings::load(folder.path()).is_err());
    }

    #[test]
    fn a_file_changes_what_it_names_and_nothing_else() {
        let text = "[station]\nid = \"s2\"\n[camera]\nsource = \"replay:/x\"\n";
        let settings = read(text).unwrap();
        assert_eq!(settings.station.id, "s2");
        assert_eq!(settings.station.name, "1 号采集位");
        assert_eq!(settings.camera.source, Source::Replay("/x".into()));
    }

    #[test]
    fn unknown_keys_are_refused() {
        for text in [
            "[station]\nident = \"x\"\n",
            "[statoin]\nid = \"x\"\n",
            "[camera]\nsource = \"usb0\"\n",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
