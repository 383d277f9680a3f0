//! The live analysis: follows one face from frame to frame and spreads the slow parts over the frames.

use crate::analyser::Networks;
use crate::detection::{area, overlap};
use crate::mesh::{Placed, bounds_of};
use crate::region::Region;
use domain::face::{DetectedFace, Face, FaceAnalysis, Landmark, Limbs, PersonMask, Shoulders};
use domain::picture::Picture;
use domain::port::AnalysisFault;
use std::time::{Duration, Instant};

/// The detector looks at every frame of this number, so that a second face or another sitter is seen.
const DETECT_EVERY: u32 = 10;
/// The person mask is made new on every frame of this number.
const MASK_EVERY: u32 = 3;
/// The shoulders are looked for again after this time.
const SHOULDERS_EVERY: Duration = Duration::from_millis(500);
/// Found faces the mesh is tried on before a frame counts as one without a usable face.
const ATTEMPTS: usize = 2;
/// A detected face that overlaps the followed one this much is the same face.
const SAME_FACE: f32 = 0.3;
/// The followed face stays the main one unless another is this much larger, in area.
const LARGER: f32 = 1.4;
/// Shoulders lie below the eyes, at most so many face widths away.
const SHOULDERS_WITHIN: f32 = 3.5;

/// What is remembered from frame to frame.
#[derive(Default)]
pub(crate) struct Live {
    track: Option<Track>,
}

/// A face that is followed.
struct Track {
    size: (u32, u32),
    frame: u32,
    faces: Vec<DetectedFace>,
    landmarks: Vec<Landmark>,
    person: Option<PersonMask>,
    body: Option<Region>,
    shoulders: Option<Shoulders>,
    limbs: Option<Limbs>,
    body_seen: Option<Instant>,
}

impl Live {
    /// Analyses the next frame. After a fault the following frame starts anew.
    pub(crate) fn analyse(
        &mut self,
        networks: &mut Networks,
        picture: &Picture,
    ) -> Result<FaceAnalysis, AnalysisFault> {
        let size = (picture.width(), picture.height());
        let mut analysis = FaceAnalysis {
            width: size.0,
            height: size.1,
            ..FaceAnalysis::default()
        };
        let followed = match self.track.take().filter(|track| track.size == size) {
            Some(track) => track.follow(networks, picture)?,
            None => None,
        };
        let (mut track, placed) = match followed {
            Some(followed) => followed,
            // Nothing is followed, or the face that was is gone: another may be there already.
            None => match Track::start(networks, picture)? {
                Ok(started) => started,
                Err(faces) => return Ok(FaceAnalysis { faces, ..analysis }),
            },
        };
        let face = networks.described(placed)?;
        track.look_around(networks, picture, &face)?;
        analysis.faces.clone_from(&track.faces);
        analysis.person.clone_from(&track.person);
        analysis.shoulders = track.shoulders;
        analysis.limbs.clone_from(&track.limbs);
        analysis.face = Some(face);
        self.track = Some(track);
        Ok(analysis)
    }
}

impl Track {
    /// Looks for a face to follow; the faces found when the mesh holds on none of them.
    fn start(
        networks: &mut Networks,
        picture: &Picture,
    ) -> Result<Result<(Self, Placed), Vec<DetectedFace>>, AnalysisFault> {
        let mut faces = networks.finder.quick(picture)?;
        let Some(placed) = networks.main_face(picture, &mut faces, ATTEMPTS)? else {
            return Ok(Err(faces));
        };
        let track = Self {
            size: (picture.width(), picture.height()),
            frame: 0,
            faces,
            landmarks: placed.landmarks.clone(),
            person: None,
            body: None,
            shoulders: None,
            limbs: None,
            body_seen: None,
        };
        Ok(Ok((track, placed)))
    }

    /// Follows the face into the next frame; `None` when it is lost.
    fn follow(
        mut self,
        networks: &mut Networks,
        picture: &Picture,
    ) -> Result<Option<(Self, Placed)>, AnalysisFault> {
        self.frame = self.frame.wrapping_add(1);
        if self.frame.is_multiple_of(DETECT_EVERY) {
            let mut faces = networks.finder.quick(picture)?;
            if !self.keeps(&mut faces) {
                return Ok(None);
            }
            self.faces = faces;
        }
        let placed = networks.mesh.follow(picture, &self.landmarks)?;
        if !placed.holds() {
            return Ok(None);
        }
        self.landmarks.clone_from(&placed.landmarks);
        Ok(Some((self, placed)))
    }

    /// True when the followed face is among those found and still the main one; it is moved to the front.
    fn keeps(&self, faces: &mut [DetectedFace]) -> bool {
        let bounds = bounds_of(&self.landmarks);
        let same = |face: &DetectedFace| overlap(&face.bounds, &bounds);
        let best = (0..faces.len()).max_by(|&a, &b| same(&faces[a]).total_cmp(&same(&faces[b])));
        let Some(index) = best.filter(|&index| same(&faces[index]) >= SAME_FACE) else {
            return false;
        };
        let largest = faces.iter().map(|face| area(&face.bounds)).fold(0.0, f32::max);
        if largest > area(&faces[index].bounds) * LARGER {
            return false;
        }
        faces[..=index].rotate_right(1);
        true
    }

    /// Renews the person mask or the shoulders when it is their turn, never both with a detection.
    fn look_around(
        &mut self,
        networks: &mut Networks,
        picture: &Picture,
        face: &Face,
    ) -> Result<(), AnalysisFault> {
        if self.person.is_none() || self.frame % MASK_EVERY == 1 {
            self.person = networks.person.mask(picture, face)?;
            return Ok(());
        }
        let due = self
            .body_seen
            .is_none_or(|seen| seen.elapsed() >= SHOULDERS_EVERY);
        if due && !self.frame.is_multiple_of(DETECT_EVERY) {
            self.look_at_body(networks, picture, face)?;
        }
        Ok(())
    }

    /// The first look only finds the region; the shoulders come with the next one, a frame later.
    fn look_at_body(
        &mut self,
        networks: &mut Networks,
        picture: &Picture,
        face: &Face,
    ) -> Result<(), AnalysisFault> {
        let refined = self.body.is_some();
        let region = match self.body.take() {
            Some(region) => Some(region),
            None => networks.body.detect(picture, &self.faces[0].bounds)?,
        };
        let seen = match region {
            Some(region) => networks.body.look(picture, region)?,
            None => None,
        };
        let seen = seen.filter(|seen| {
            let middle = seen.shoulders.right.middle(seen.shoulders.left);
            middle.distance(face.eyes()) <= SHOULDERS_WITHIN * face.width()
        });
        self.body = seen.as_ref().map(|seen| seen.next);
        if refined || seen.is_none() {
            self.shoulders = seen.as_ref().map(|seen| seen.shoulders);
            self.limbs = seen.map(|seen| seen.limbs);
            self.body_seen = Some(Instant::now());
        }
        Ok(())
    }
}
