//! Which camera to use.

use std::path::PathBuf;
use std::str::FromStr;

/// Which camera to use; written `auto`, `device:ID` or `replay:PATH` in settings and on the command line.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Source {
    /// The first camera found; after a loss the same one is preferred.
    #[default]
    Auto,
    /// The camera with this [`id`](crate::CameraInfo::id), and no other.
    Device(String),
    /// A folder of JPEG pictures or an MJPEG file, played as if it were a camera.
    Replay(PathBuf),
}

/// A text that names no source.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no camera: write auto, device:ID or replay:PATH")]
pub struct UnknownSource(pub String);

impl FromStr for Source {
    type Err = UnknownSource;

    fn from_str(text: &str) -> Result<Self, UnknownSource> {
        match text.split_once(':') {
            None if text == "auto" => Ok(Self::Auto),
            Some(("device", id)) if !id.is_empty() => Ok(Self::Device(id.to_owned())),
            Some(("replay", path)) if !path.is_empty() => Ok(Self::Replay(path.into())),
            _ => Err(UnknownSource(text.to_owned())),
        }
    }
}

impl std::fmt::Display for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Auto => f.write_str("auto"),
            Self::Device(id) => write!(f, "device:{id}"),
            Self::Replay(path) => write!(f, "replay:{}", path.display()),
        }
    }
}

impl TryFrom<String> for Source {
    type Error = UnknownSource;

    fn try_from(text: String) -> Result<Self, UnknownSource> {
        text.parse()
    }
}

impl From<Source> for String {
    fn from(source: Source) -> Self {
        source.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_source_survives_its_own_spelling() {
        for source in [
            Source::Auto,
            Source::Device("1-1:1.0".into()),
            Source::Replay("/a b/c:d".into()),
        ] {
            assert_eq!(source.to_string().parse(), Ok(source));
        }
        for text in ["", "Auto", "device", "device:", "replay:", "file:x"] {
            assert_eq!(text.parse::<Source>(), Err(UnknownSource(text.into())));
        }
    }
}
