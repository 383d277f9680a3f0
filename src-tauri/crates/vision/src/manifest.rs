//! What the models folder must hold, as the project's model manifest states it.

use serde::Deserialize;
use serde::de::IgnoredAny;

/// The manifest this program was built with.
const TEXT: &str = include_str!("../../../../models/manifest.toml");

/// The models and the inference libraries by platform, with the sha256 of every file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest {
    /// Every model, converted or as published.
    pub(crate) model: Vec<ModelEntry>,
    runtime: Vec<RuntimeEntry>,
    #[serde(rename = "carrier")]
    _carrier: IgnoredAny,
    #[serde(rename = "font")]
    _font: IgnoredAny,
    #[serde(rename = "picture")]
    _picture: IgnoredAny,
}

/// One model file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ModelEntry {
    /// Name in the program and in packets.
    pub(crate) id: String,
    /// Name in the models folder.
    pub(crate) file: String,
    /// Lower-case hexadecimal sha256 of the file.
    pub(crate) sha256: String,
    #[serde(rename = "does")]
    _does: IgnoredAny,
    #[serde(rename = "carrier")]
    _carrier: IgnoredAny,
    #[serde(rename = "inside")]
    _inside: IgnoredAny,
    #[serde(rename = "inside_sha256")]
    _inside_sha256: IgnoredAny,
    #[serde(rename = "make")]
    _make: IgnoredAny,
    #[serde(rename = "licence")]
    _licence: IgnoredAny,
    #[serde(rename = "input", default)]
    _input: IgnoredAny,
    #[serde(rename = "output", default)]
    _output: IgnoredAny,
}

/// The inference library of one platform.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RuntimeEntry {
    os: String,
    arch: String,
    /// Name in the models folder.
    pub(crate) file: String,
    /// Lower-case hexadecimal sha256 of the file.
    pub(crate) sha256: String,
    #[serde(rename = "carrier")]
    _carrier: IgnoredAny,
    #[serde(rename = "inside")]
    _inside: IgnoredAny,
    #[serde(rename = "tested")]
    _tested: IgnoredAny,
}

impl Manifest {
    /// The manifest this program was built with; the text of the error says what is wrong in it.
    pub(crate) fn embedded() -> Result<Self, String> {
        toml::from_str(TEXT).map_err(|error| error.to_string())
    }

    /// The inference library of the platform this program was built for; `None` when there is none.
    pub(crate) fn runtime(&self) -> Option<&RuntimeEntry> {
        self.runtime
            .iter()
            .find(|entry| entry.os == std::env::consts::OS && entry.arch == std::env::consts::ARCH)
    }
}
