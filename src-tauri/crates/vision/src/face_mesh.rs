//! The face mesh alone, so that it can be set beside other programs' meshes.

use crate::faces::FaceFinder;
use crate::mesh::Mesh;
use crate::models::Models;
use domain::face::Landmark;
use domain::picture::Picture;
use domain::port::AnalysisFault;

/// Follows one face through a stream of frames with the analyser's own mesh, on one thread: the detector
/// looks only while no face is followed.
pub struct FaceMesh {
    finder: FaceFinder,
    mesh: Mesh,
    followed: Vec<Landmark>,
}

impl FaceMesh {
    /// Builds the detectors and the mesh.
    ///
    /// # Errors
    /// [`AnalysisFault`] when a network cannot be built from its file.
    pub fn new(models: &Models) -> Result<Self, AnalysisFault> {
        Ok(Self {
            finder: FaceFinder::new(models)?,
            mesh: Mesh::new(models)?,
            followed: Vec::new(),
        })
    }

    /// The 478 landmarks of the face in the next frame, in its pixels; empty when there is none.
    ///
    /// # Errors
    /// [`AnalysisFault::Inference`] when a network cannot run.
    pub fn next(&mut self, picture: &Picture) -> Result<&[Landmark], AnalysisFault> {
        let before = std::mem::take(&mut self.followed);
        let mut placed = None;
        if !before.is_empty() {
            placed = Some(self.mesh.follow(picture, &before)?).filter(|placed| placed.holds());
        }
        if placed.is_none()
            && let Some(face) = self.finder.quick(picture)?.first()
        {
            placed = Some(self.mesh.settle(picture, face)?).filter(|placed| placed.holds());
        }
        self.followed = placed.map(|placed| placed.landmarks).unwrap_or_default();
        Ok(&self.followed)
    }
}

impl std::fmt::Debug for FaceMesh {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FaceMesh")
    }
}
