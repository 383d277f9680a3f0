//! Everything the networks can say about a picture: quickly for a live frame, thoroughly for a still.

use crate::blendshapes::Blendshapes;
use crate::body::Body;
use crate::canonical::{Fitted, canonical_face};
use crate::faces::FaceFinder;
use crate::head_pose::head_pose;
use crate::live::Live;
use crate::mesh::{Mesh, Placed, bounds_of};
use crate::models::Models;
use crate::person::Person;
use crate::scaled::scaled;
use crate::shrink::shrunk;
use domain::face::{DetectedFace, Face, FaceAnalysis};
use domain::picture::Picture;
use domain::port::{AnalysisFault, FaceAnalyser};
use fast_image_resize::Resizer;

/// A still with a longer side is analysed in a copy of this size: no network looks closer, and the limits
/// of the quality rules were found so.
const LONGEST_STILL: u32 = 1600;

/// Finds faces, their mesh, the person and the shoulders, each network on one thread.
pub struct OnnxAnalyser {
    networks: Networks,
    live: Live,
}

impl OnnxAnalyser {
    /// Builds the networks.
    ///
    /// # Errors
    /// [`AnalysisFault`] when a network cannot be built from its file.
    pub fn new(models: &Models) -> Result<Self, AnalysisFault> {
        Ok(Self {
            networks: Networks::new(models)?,
            live: Live::default(),
        })
    }
}

impl std::fmt::Debug for OnnxAnalyser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OnnxAnalyser")
    }
}

impl FaceAnalyser for OnnxAnalyser {
    fn live(&mut self, picture: &Picture) -> Result<FaceAnalysis, AnalysisFault> {
        self.live.analyse(&mut self.networks, picture)
    }

    fn still(&mut self, picture: &Picture) -> Result<FaceAnalysis, AnalysisFault> {
        match shrunk(&mut self.networks.resizer, picture, LONGEST_STILL) {
            Some((small, factor)) => Ok(scaled(self.networks.thorough(&small)?, factor, picture)),
            None => self.networks.thorough(picture),
        }
    }
}

/// The networks of one analyser.
pub(crate) struct Networks {
    pub(crate) finder: FaceFinder,
    pub(crate) mesh: Mesh,
    pub(crate) person: Person,
    pub(crate) body: Body,
    blendshapes: Blendshapes,
    fit: Vec<Fitted>,
    resizer: Resizer,
}

impl Networks {
    fn new(models: &Models) -> Result<Self, AnalysisFault> {
        Ok(Self {
            finder: FaceFinder::new(models)?,
            mesh: Mesh::new(models)?,
            person: Person::new(models)?,
            body: Body::new(models)?,
            blendshapes: Blendshapes::new(models)?,
            fit: canonical_face(models)?,
            resizer: Resizer::new(),
        })
    }

    /// The main face among those found: the first, which is the largest, on which the mesh holds; it is
    /// moved to the front. Looks at no more than `attempts` of them.
    pub(crate) fn main_face(
        &mut self,
        picture: &Picture,
        faces: &mut [DetectedFace],
        attempts: usize,
    ) -> Result<Option<Placed>, AnalysisFault> {
        for index in 0..faces.len().min(attempts) {
            let placed = self.mesh.settle(picture, &faces[index])?;
            if placed.holds() {
                faces[..=index].rotate_right(1);
                return Ok(Some(placed));
            }
        }
        Ok(None)
    }

    /// The face with its expressions and angles.
    pub(crate) fn described(&mut self, placed: Placed) -> Result<Face, AnalysisFault> {
        Ok(Face {
            bounds: bounds_of(&placed.landmarks),
            presence: placed.presence,
            blendshapes: self.blendshapes.score(&placed.landmarks)?,
            pose: head_pose(&self.fit, &placed.landmarks),
            landmarks: placed.landmarks,
        })
    }

    fn thorough(&mut self, picture: &Picture) -> Result<FaceAnalysis, AnalysisFault> {
        let mut faces = self.finder.thorough(picture)?;
        let attempts = faces.len();
        let mut analysis = FaceAnalysis {
            width: picture.width(),
            height: picture.height(),
            ..FaceAnalysis::default()
        };
        if let Some(placed) = self.main_face(picture, &mut faces, attempts)? {
            let face = self.described(placed)?;
            analysis.person = self.person.mask(picture, &face)?;
            if let Some(seen) = self.body.find(picture, &faces[0].bounds)? {
                analysis.shoulders = Some(seen.shoulders);
                analysis.limbs = Some(seen.limbs);
            }
            analysis.face = Some(face);
        }
        analysis.faces = faces;
        Ok(analysis)
    }
}
