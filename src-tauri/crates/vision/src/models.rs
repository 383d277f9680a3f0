//! The folder of models, checked once and kept in memory until the networks are built.

use crate::manifest::Manifest;
use crate::session::{Memory, Network, Runtime};
use domain::port::AnalysisFault;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The checked models and the loaded inference library.
///
/// It holds the very bytes that were checked, so a network is never built from others. Drop it when the
/// analysers are built: they keep what they need.
pub struct Models {
    runtime: Runtime,
    files: BTreeMap<String, Vec<u8>>,
    /// Names of the files by the models' ids.
    names: BTreeMap<String, String>,
    versions: Vec<(String, String)>,
}

/// A model whose network is built when it is wanted.
pub(crate) struct Later {
    runtime: Runtime,
    id: String,
    path: PathBuf,
    file: String,
    sha256: String,
}

impl Later {
    /// Reads and checks the file, then builds the network as [`Models::photo_network`] does.
    pub(crate) fn photo_network(&self) -> Result<Network, AnalysisFault> {
        let bytes = checked(&self.path, &self.file, &self.sha256)?;
        Network::open(&self.runtime, &self.id, &bytes, 2, Memory::GivenBack)
    }
}

impl Models {
    /// Reads and checks every file of the models folder against the manifest the program was built with
    /// and loads the inference library. Takes about 0.1 s a core; call it off the window's thread.
    ///
    /// # Errors
    /// [`AnalysisFault::Model`] names the first file, in the manifest's order and the library last, that
    /// is missing, unreadable or has another sha256. [`AnalysisFault::Inference`] when the library's
    /// bytes are right but the system cannot load it.
    pub fn open(dir: &Path) -> Result<Self, AnalysisFault> {
        let manifest = Manifest::embedded().map_err(|detail| {
            tracing::error!(%detail, "the embedded model manifest cannot be read");
            AnalysisFault::Model {
                what: "manifest.toml".to_owned(),
            }
        })?;
        let library = manifest.runtime().ok_or_else(|| AnalysisFault::Model {
            what: format!(
                "onnxruntime for {} {}",
                std::env::consts::OS,
                std::env::consts::ARCH
            ),
        })?;
        let library_path = dir.join(&library.file);
        let library_path = library_path.canonicalize().unwrap_or(library_path);
        let (files, library_checked) = std::thread::scope(|scope| {
            // The library is as large as all models together: it is checked beside them.
            let library_check = scope.spawn(|| checked(&library_path, &library.file, &library.sha256));
            let files: Result<BTreeMap<_, _>, _> = manifest
                .model
                .iter()
                .map(|entry| {
                    let bytes = checked(&dir.join(&entry.file), &entry.file, &entry.sha256)?;
                    Ok((entry.id.clone(), bytes))
                })
                .collect();
            (files, library_check.join())
        });
        let files = files?;
        library_checked.map_err(|_| AnalysisFault::Model {
            what: library.file.clone(),
        })??;
        let runtime = Runtime::load(&library_path)?;
        let versions = manifest
            .model
            .iter()
            .map(|entry| (entry.id.clone(), entry.sha256.clone()))
            .chain([("onnxruntime".to_owned(), library.sha256.clone())])
            .collect();
        let names = manifest
            .model
            .iter()
            .map(|entry| (entry.id.clone(), entry.file.clone()))
            .collect();
        Ok(Self {
            runtime,
            files,
            names,
            versions,
        })
    }

    /// Id and sha256 (lower-case hexadecimal) of every model and of the inference library
    /// (`onnxruntime`), as a packet records them.
    pub fn versions(&self) -> &[(String, String)] {
        &self.versions
    }

    /// The checked bytes of a model.
    pub(crate) fn bytes(&self, id: &str) -> Result<&[u8], AnalysisFault> {
        match self.files.get(id) {
            Some(bytes) => Ok(bytes),
            None => Err(AnalysisFault::Model { what: id.to_owned() }),
        }
    }

    /// The file of a model, to be read and checked again when its network is wanted.
    pub(crate) fn later(&self, dir: &Path, id: &str) -> Result<Later, AnalysisFault> {
        let missing = || AnalysisFault::Model { what: id.to_owned() };
        let file = self.names.get(id).ok_or_else(missing)?.clone();
        let version = self.versions.iter().find(|(known, _)| known == id);
        Ok(Later {
            runtime: self.runtime.clone(),
            id: id.to_owned(),
            path: dir.join(&file),
            file,
            sha256: version.ok_or_else(missing)?.1.clone(),
        })
    }

    /// Opens a network for the live picture: on one thread, always ready.
    pub(crate) fn live_network(&self, id: &str) -> Result<Network, AnalysisFault> {
        Network::open(&self.runtime, id, self.bytes(id)?, 1, Memory::Kept)
    }

    /// Opens a network for the finished photo: on two threads, its working memory given back each time.
    pub(crate) fn photo_network(&self, id: &str) -> Result<Network, AnalysisFault> {
        Network::open(&self.runtime, id, self.bytes(id)?, 2, Memory::GivenBack)
    }
}

impl std::fmt::Debug for Models {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Models").field(&self.versions).finish()
    }
}

/// The bytes of a file whose sha256 is the expected one.
fn checked(path: &Path, file: &str, sha256: &str) -> Result<Vec<u8>, AnalysisFault> {
    let fault = || AnalysisFault::Model {
        what: file.to_owned(),
    };
    let bytes = std::fs::read(path).map_err(|error| {
        tracing::error!(file, %error, "a model cannot be read");
        fault()
    })?;
    let found = hex::encode(Sha256::digest(&bytes));
    if found == sha256 {
        Ok(bytes)
    } else {
        tracing::error!(
            file,
            found,
            expected = sha256,
            "a model is not the one of the manifest"
        );
        Err(fault())
    }
}
