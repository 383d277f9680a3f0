//! One picture with its analysis, and the patches that several measures share, each made once.

use crate::cloth::Cloth;
use crate::code::Reason;
use crate::edge_patch::Edges;
use crate::face_light::FaceLight;
use crate::face_patch::FacePatch;
use crate::forehead::Forehead;
use crate::framing::Framing;
use crate::head_patch::HeadPatch;
use crate::lenses::Lenses;
use crate::limits::Limits;
use crate::mesh::LANDMARKS;
use crate::outline::Outline;
use crate::region::Region;
use crate::rules::Rules;
use crate::skin::Skin;
use crate::torso_patch::TorsoPatch;
use crate::wall::Wall;
use domain::face::{Face, FaceAnalysis};
use domain::picture::Picture;
use domain::quality::{Assessment, Stage, Verdict};
use domain::specification::PhotoSpecification;
use std::cell::OnceCell;

/// Smallest inter-eye distance on which anything is measured, source pixels.
const LEAST_INTER_EYE_PX: f32 = 8.0;

/// What every measure is given.
pub(crate) struct Scene<'a> {
    pub(crate) stage: Stage,
    pub(crate) picture: &'a Picture,
    pub(crate) analysis: &'a FaceAnalysis,
    pub(crate) specification: &'a PhotoSpecification,
    pub(crate) rules: &'a Rules,
    /// The numbers of the measures under these rules.
    pub(crate) limits: &'a Limits,
    /// Results of the live frame before this one.
    previous: Option<&'a Assessment>,
    framing: OnceCell<Result<Framing, Reason>>,
    face_patch: OnceCell<FacePatch>,
    head_patch: OnceCell<HeadPatch>,
    skin: OnceCell<Option<Skin>>,
    forehead: OnceCell<Forehead>,
    lenses: OnceCell<Lenses>,
    light: OnceCell<FaceLight>,
    edges: OnceCell<Option<Edges>>,
    torso: OnceCell<TorsoPatch>,
    wall: OnceCell<Option<Wall>>,
    cloth: OnceCell<Cloth>,
    outline: OnceCell<Outline>,
}

impl<'a> Scene<'a> {
    pub(crate) const fn new(
        stage: Stage,
        picture: &'a Picture,
        analysis: &'a FaceAnalysis,
        specification: &'a PhotoSpecification,
        rules: &'a Rules,
        previous: Option<&'a Assessment>,
    ) -> Self {
        Self {
            stage,
            picture,
            analysis,
            specification,
            rules,
            limits: rules.limits(),
            previous,
            framing: OnceCell::new(),
            face_patch: OnceCell::new(),
            head_patch: OnceCell::new(),
            skin: OnceCell::new(),
            forehead: OnceCell::new(),
            lenses: OnceCell::new(),
            light: OnceCell::new(),
            edges: OnceCell::new(),
            torso: OnceCell::new(),
            wall: OnceCell::new(),
            cloth: OnceCell::new(),
            outline: OnceCell::new(),
        }
    }

    /// The main face with a whole mesh.
    pub(crate) fn face(&self) -> Result<&'a Face, Reason> {
        let face = match &self.analysis.face {
            Some(face) => face,
            None if self.analysis.faces.is_empty() => return Err(Reason::NoFace),
            None => return Err(Reason::NoMesh),
        };
        let whole = face.landmarks.len() >= LANDMARKS
            && face.landmarks.iter().all(|l| l.x.is_finite() && l.y.is_finite())
            && [face.pose.yaw, face.pose.pitch, face.pose.roll]
                .iter()
                .all(|angle| angle.is_finite());
        if !whole {
            return Err(Reason::NoMesh);
        }
        if face.inter_eye_distance() < LEAST_INTER_EYE_PX {
            return Err(Reason::FewPixels);
        }
        Ok(face)
    }

    /// The verdict a check had on the frame before; a pass when there was none.
    pub(crate) fn was(&self, check: &str) -> Verdict {
        self.previous
            .and_then(|p| p.results.iter().find(|r| r.check == check))
            .map_or(Verdict::Pass, |r| r.verdict)
    }

    /// The value with which a check failed on the frame before, if it did.
    pub(crate) fn failed_with(&self, check: &str) -> Option<f32> {
        let before = self.previous?.results.iter().find(|r| r.check == check)?;
        let failed = before.verdict == Verdict::Fail;
        before.value.filter(|_| failed).map(|value| value as f32)
    }

    pub(crate) fn framing(&self) -> Result<&Framing, Reason> {
        self.framing
            .get_or_init(|| Framing::of(self))
            .as_ref()
            .map_err(|reason| *reason)
    }

    pub(crate) fn face_patch(&self) -> Result<&FacePatch, Reason> {
        let face = self.face()?;
        Ok(self.face_patch.get_or_init(|| FacePatch::cut(self.picture, face)))
    }

    /// The head with hair and ears; for slow rules, the face patch is a third of its size.
    pub(crate) fn head_patch(&self) -> Result<&HeadPatch, Reason> {
        let face = self.face()?;
        let person = self.analysis.person.as_ref();
        Ok(self
            .head_patch
            .get_or_init(|| HeadPatch::cut(self.picture, face, person)))
    }

    /// The person's own skin and hair.
    pub(crate) fn skin(&self) -> Result<&Skin, Reason> {
        let patch = self.head_patch()?;
        let skin = self.skin.get_or_init(|| Skin::read(patch));
        skin.as_ref().ok_or(Reason::FaceCut)
    }

    /// Forehead and brows, where their colours can be told and the head is not turned away.
    pub(crate) fn forehead(&self) -> Result<&Forehead, Reason> {
        if self.face()?.pose.yaw.abs() > self.limits.forehead.most_yaw {
            return Err(Reason::HeadTurned);
        }
        if self.light()?.chroma < self.limits.colour_trust.least_chroma {
            return Err(Reason::ColourUnreliable);
        }
        let (patch, skin) = (self.head_patch()?, self.skin()?);
        Ok(self.forehead.get_or_init(|| Forehead::read(patch, skin)))
    }

    /// Spectacles, unless the head is turned away.
    pub(crate) fn lenses(&self) -> Result<&Lenses, Reason> {
        if self.face()?.pose.yaw.abs() > self.limits.glasses.most_yaw {
            return Err(Reason::HeadTurned);
        }
        let patch = self.head_patch()?;
        Ok(self.lenses.get_or_init(|| Lenses::read(patch)))
    }

    pub(crate) fn light(&self) -> Result<&FaceLight, Reason> {
        let patch = self.face_patch()?;
        Ok(self
            .light
            .get_or_init(|| FaceLight::read(patch, self.limits.clipping.luma)))
    }

    /// Edge measures of the face, whatever its size.
    pub(crate) fn edges(&self) -> Result<&Edges, Reason> {
        let face = self.face()?;
        let edges = self.edges.get_or_init(|| Edges::measure(self.picture, face));
        edges.as_ref().ok_or(Reason::FewPixels)
    }

    pub(crate) fn torso(&self) -> Result<&TorsoPatch, Reason> {
        let face = self.face()?;
        let person = self.analysis.person.as_ref().ok_or(Reason::NoMask)?;
        Ok(self
            .torso
            .get_or_init(|| TorsoPatch::cut(self.picture, face, person, self.analysis.shoulders.as_ref())))
    }

    pub(crate) fn wall(&self) -> Result<&Wall, Reason> {
        let torso = self.torso()?;
        let slope = self.limits.background_lines.slope;
        self.wall
            .get_or_init(|| Wall::measure(torso, slope))
            .as_ref()
            .ok_or(Reason::NoWall)
    }

    /// The clothes, when enough of them is in the picture.
    pub(crate) fn cloth(&self) -> Result<&Region, Reason> {
        let cloth = self.dressed()?;
        cloth.enough.then_some(&cloth.region).ok_or(Reason::LittleCloth)
    }

    /// Pixels of the torso patch with the person's own skin colour, however little cloth there is.
    pub(crate) fn bare_skin(&self) -> Result<&Region, Reason> {
        Ok(&self.dressed()?.bare)
    }

    fn dressed(&self) -> Result<&Cloth, Reason> {
        let torso = self.torso()?;
        let skin = self.light()?.skin.ok_or(Reason::FaceCut)?;
        Ok(self.cloth.get_or_init(|| Cloth::find(torso, skin)))
    }

    /// Where the person ends and the wall begins.
    pub(crate) fn outline(&self) -> Result<&Outline, Reason> {
        let torso = self.torso()?;
        Ok(self.outline.get_or_init(|| Outline::measure(torso)))
    }

    /// Refuses measures of fine detail on a face that is not sharp.
    pub(crate) fn needs_sharpness(&self) -> Result<(), Reason> {
        let edges = self.edges()?;
        let verdict = crate::checks::sharpness::judge(edges, &self.limits.sharpness, Verdict::Pass);
        if verdict == Verdict::Fail {
            Err(Reason::NotSharp)
        } else {
            Ok(())
        }
    }

    /// Refuses measures of colour on a grey picture or under a strong cast.
    pub(crate) fn needs_colour(&self) -> Result<(), Reason> {
        let trust = &self.limits.colour_trust;
        let light = self.light()?;
        let eyes_large = self.face()?.inter_eye_distance() >= trust.least_inter_eye_px;
        let white = light
            .eye_white
            .filter(|_| eyes_large)
            .map_or(0.0, |white| white.chroma());
        let skin = light.skin.ok_or(Reason::FaceCut)?;
        let natural = skin.hue() >= trust.least_skin_hue && skin.hue() <= trust.most_skin_hue;
        let colour = light.chroma >= trust.least_chroma;
        if colour && natural && white <= trust.most_eye_white_chroma {
            Ok(())
        } else {
            Err(Reason::ColourUnreliable)
        }
    }
}
