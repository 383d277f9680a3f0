//! The networks.

use crate::{Settings, memory, priority};
use domain::picture::{Mask, Picture};
use domain::port::{AnalysisFault, FaceAnalyser, Matting};
use station::Sight;
use std::path::{Path, PathBuf};
use vision::{Models, ModnetMatting, OnnxAnalyser};

/// Loads every network from a folder; a missing or altered file is named.
pub fn open_sight(folder: &Path) -> Result<Sight, AnalysisFault> {
    let models = Models::open(folder)?;
    Ok(Sight {
        analyser: Box::new(OnnxAnalyser::new(&models)?),
        matting: Box::new(ModnetMatting::new(&models)?),
        models: models.versions().iter().cloned().collect(),
    })
}

/// The same for a desk, where live pictures are looked at all day: what only a photo needs is loaded for it.
/// The calling thread, which looks, steps back behind the one that paints.
pub(crate) fn open_desk_sight(folder: &Path) -> Result<Sight, AnalysisFault> {
    priority::step_back();
    let models = Models::open(folder)?;
    let sight = Sight {
        analyser: Box::new(OnnxAnalyser::new(&models)?),
        matting: Box::new(Frugal(ModnetMatting::on_demand(&models, folder)?)),
        models: models.versions().iter().cloned().collect(),
    };
    drop(models);
    memory::give_back();
    Ok(sight)
}

/// A matting whose rest leaves no memory behind.
struct Frugal(ModnetMatting);

impl Matting for Frugal {
    fn matte(&mut self, crop: &Picture) -> Result<Mask, AnalysisFault> {
        self.0.matte(crop)
    }

    fn ready(&mut self) -> Result<(), AnalysisFault> {
        self.0.ready()
    }

    fn rest(&mut self) {
        self.0.rest();
        memory::give_back();
    }
}

/// Loads only what looks at finished files.
pub(crate) fn open_analyser(folder: &Path) -> Result<Box<dyn FaceAnalyser>, AnalysisFault> {
    Ok(Box::new(OnnxAnalyser::new(&Models::open(folder)?)?))
}

/// The folder the settings name; else `models/files` beside the program or in a folder above it.
pub fn models_folder(settings: &Settings) -> PathBuf {
    let named = &settings.models.folder;
    if !named.is_empty() {
        return settings.data.join(named);
    }
    let near = |start: PathBuf| {
        let above: Vec<PathBuf> = start.ancestors().map(|dir| dir.join("models/files")).collect();
        above.into_iter().find(|dir| dir.is_dir())
    };
    let program = std::env::current_exe().ok().and_then(near);
    let here = || std::env::current_dir().ok().and_then(near);
    program
        .or_else(here)
        .unwrap_or_else(|| PathBuf::from("models/files"))
}
