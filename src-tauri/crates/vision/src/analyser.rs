//! Everything the networks can say about a picture: quickly for a live frame, thoroughly for a still.

use crate::blendshapes::Blendshapes;
use crate::body::{Body, Seen};
use crate::canonical::{CanonicalFace, canonical_face};
use crate::faces::FaceFinder;
use crate::head_pose::head_pose;
use crate::live::Live;
use crate::mesh::{Mesh, Placed, bounds_of};
use crate::mirror::{self, Mirror};
use crate::models::Models;
use crate::person::Person;
use crate::scaled::scaled;
use crate::shrink::shrunk;
use domain::face::{DetectedFace, Face, FaceAnalysis, Limbs, PersonMask, Shoulders};
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
    average: CanonicalFace,
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
            average: canonical_face(models)?,
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
            pose: head_pose(&self.average.fit, &placed.landmarks),
            landmarks: placed.landmarks,
        })
    }

    /// A still is looked at twice, as it is and in a mirror, and what was seen is averaged: no measure may hang on
    /// which side of the face something lies.
    fn thorough(&mut self, picture: &Picture) -> Result<FaceAnalysis, AnalysisFault> {
        let mut faces = self.finder.thorough(picture)?;
        let attempts = faces.len();
        let mut analysis = FaceAnalysis {
            width: picture.width(),
            height: picture.height(),
            ..FaceAnalysis::default()
        };
        if let Some(placed) = self.main_face(picture, &mut faces, attempts)? {
            let mirrored = mirror::picture(picture);
            let opposite = self.average.opposite.clone();
            let mirror = Mirror {
                width: picture.width() as f32,
                opposite: &opposite,
            };
            let face = self.evenly_described(&mirrored, &mirror, &faces[0], placed)?;
            analysis.person = self.evenly_masked(picture, &mirrored, &mirror, &face)?;
            let here = self.body.find(picture, &faces[0].bounds)?;
            let there = self.body.find(&mirrored, &mirror.found(&faces[0]).bounds)?;
            (analysis.shoulders, analysis.limbs) = evenly_seen(here, there, &mirror, face.width());
            analysis.face = Some(face);
        }
        analysis.faces = faces;
        Ok(analysis)
    }

    fn evenly_described(
        &mut self,
        mirrored: &Picture,
        mirror: &Mirror<'_>,
        found: &DetectedFace,
        mut placed: Placed,
    ) -> Result<Face, AnalysisFault> {
        let there = self.mesh.settle(mirrored, &mirror.found(found))?;
        let back = mirror.landmarks(&there.landmarks);
        let size = bounds_of(&placed.landmarks);
        let same = bounds_of(&back).centre().distance(size.centre()) < SAME_FACE * size.width;
        if there.holds() && same && back.len() == placed.landmarks.len() {
            placed.landmarks = mirror::mean_landmarks(&placed.landmarks, &back);
            placed.presence = f32::midpoint(placed.presence, there.presence);
        }
        let mut face = self.described(placed)?;
        let reflected = self.blendshapes.score(&mirror.landmarks(&face.landmarks))?;
        for (score, other) in face.blendshapes.iter_mut().zip(mirror::scores(&reflected)) {
            *score = f32::midpoint(*score, other);
        }
        Ok(face)
    }

    fn evenly_masked(
        &mut self,
        picture: &Picture,
        mirrored: &Picture,
        mirror: &Mirror<'_>,
        face: &Face,
    ) -> Result<Option<PersonMask>, AnalysisFault> {
        let here = self.person.mask(picture, face)?;
        let there = self.person.mask(mirrored, &mirror.face(face))?;
        let there = there.and_then(|seen| mirror::mask(&seen.mask));
        Ok(match (here, there) {
            (Some(here), Some(there)) => Some(mirror::mean_mask(here, &there)),
            (here, _) => here,
        })
    }
}

/// Two looks whose faces lie closer than this many widths saw the same face.
const SAME_FACE: f32 = 0.3;

/// The body as both looks saw it: their mean where they agree within a face's width, else the surer one.
fn evenly_seen(
    here: Option<Seen>,
    there: Option<Seen>,
    mirror: &Mirror<'_>,
    face_width: f32,
) -> (Option<Shoulders>, Option<Limbs>) {
    let here = here.map(|seen| (seen.shoulders, seen.limbs));
    let there = there.map(|seen| (mirror.shoulders(&seen.shoulders), mirror.limbs(&seen.limbs)));
    match (here, there) {
        (Some((p, arms)), Some((q, other_arms))) => {
            let apart = p.right.distance(q.right).max(p.left.distance(q.left));
            if apart < face_width {
                let mean = mirror::mean_shoulders(&p, &q);
                (Some(mean), Some(mirror::mean_limbs(&arms, &other_arms)))
            } else if p.visibility >= q.visibility {
                (Some(p), Some(arms))
            } else {
                (Some(q), Some(other_arms))
            }
        }
        (Some((seen, arms)), None) | (None, Some((seen, arms))) => (Some(seen), Some(arms)),
        (None, None) => (None, None),
    }
}
