//! A sample becomes a standard photo: crop, scale, background, file, proof.

mod cutting;
mod framing;

pub use cutting::cut;

use crate::crop::CropPlan;
use crate::departure::{Departure, DepartureCode, Departures};
use crate::encode::{self, EncodeFault};
use crate::inspect::{self, Inspection};
use crate::matte::{self, Cutout};
use domain::face::{Face, FaceAnalysis, PersonMask};
use domain::geometry::Point;
use domain::picture::Picture;
use domain::port::{AnalysisFault, FaceAnalyser, Matting};
use domain::specification::PhotoSpecification;
use sha2::{Digest, Sha256};
use thiserror::Error;

/// A finished photo with the proof and everything that was done to make it.
#[derive(Clone, PartialEq)]
pub struct StandardPhoto {
    /// The JPEG file.
    pub bytes: Vec<u8>,
    /// SHA-256 of the file, lower-case hex.
    pub sha256: String,
    /// JPEG quality it was written with, 1..=100.
    pub jpeg_quality: u8,
    /// Where the photo lies in the sample.
    pub crop: CropPlan,
    /// Every operation with its parameters, in order: `crop …`, `scale …`, `extend …`, `background …`,
    /// `jpeg …`. Nothing is ever mirrored, turned or retouched.
    pub transformations: Vec<String>,
    /// The finished file measured again; it has no departures.
    pub inspection: Inspection,
}

/// Never the picture itself: it must not get into a log.
impl std::fmt::Debug for StandardPhoto {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "StandardPhoto({}, {} B, {:?})",
            self.sha256,
            self.bytes.len(),
            self.crop
        )
    }
}

/// Why there is no photo.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum StandardiseFault {
    /// The sample or the finished file cannot meet the specification.
    #[error("the photo departs from its specification: {0}")]
    Departs(#[from] Departures),
    /// A network failed.
    #[error(transparent)]
    Analysis(#[from] AnalysisFault),
    /// The file could not be written.
    #[error(transparent)]
    Encode(#[from] EncodeFault),
}

impl From<DepartureCode> for StandardiseFault {
    fn from(code: DepartureCode) -> Self {
        Self::Departs(Departures::one(code))
    }
}

/// Makes the standard photo of the one person in `still`.
///
/// `analysis` is that of `still`; `analyser` looks at the finished file only.
///
/// # Errors
/// [`StandardiseFault::Departs`] names every demand that cannot be met, the most useful first.
pub fn standardise(
    still: &Picture,
    analysis: &FaceAnalysis,
    spec: &PhotoSpecification,
    matting: &mut dyn Matting,
    analyser: &mut dyn FaceAnalyser,
) -> Result<StandardPhoto, StandardiseFault> {
    let (face, person) = subject(analysis)?;
    let crown = framing::crown(still, face, person)?;
    let mut plan = framing::plan(still, face, person, &crown, spec)?;
    let mut cutout = cut_out(still, face, person, &plan, spec, matting)?;
    // The alpha shows the crown four times finer than the mask that the plan went by.
    if let Some(crown) = framing::corrected(face, &crown, &plan, &cutout.alpha, spec) {
        plan = framing::plan(still, face, person, &crown, spec)?;
        cutout = cut_out(still, face, person, &plan, spec, matting)?;
    }
    check_bottom(&cutout.alpha, &plan, spec)?;
    let photo = matte::compose(&cutout, spec.width_px, spec.height_px, spec.background_rgb)
        .ok_or(DepartureCode::PersonMissing)?;

    let file = encode::fit(&photo, spec)?.map_err(|departure| Departures(vec![departure]))?;
    let (inspection, seen) = inspect::examine(&file.bytes, spec, analyser)?;
    let mut departures = inspection.departures.clone();
    departures.extend(seen.as_ref().and_then(|seen| warped(face, seen, &plan)));
    if !departures.is_empty() {
        return Err(Departures(departures).into());
    }
    let hair_out = -plan.map(Point::new(0.0, crown.hair_top)).y;
    let mut transformations = operations(&plan, hair_out, spec);
    transformations.push(format!(
        "jpeg quality={} chroma={}",
        file.quality,
        file.chroma.name()
    ));
    Ok(StandardPhoto {
        sha256: hex::encode(Sha256::digest(&file.bytes)),
        bytes: file.bytes,
        jpeg_quality: file.quality,
        crop: plan,
        transformations,
        inspection,
    })
}

fn cut_out(
    still: &Picture,
    face: &Face,
    person: &PersonMask,
    plan: &CropPlan,
    spec: &PhotoSpecification,
    matting: &mut dyn Matting,
) -> Result<Cutout, StandardiseFault> {
    let crop = cut(still, plan, spec).ok_or(DepartureCode::PictureTooSmall)?;
    let network = matting.matte(&crop)?;
    let network = cutting::blank_extension(network, plan, spec).ok_or(DepartureCode::PersonMissing)?;
    let mask = cutting::person_in(plan, person, spec).ok_or(DepartureCode::PersonMissing)?;
    let unit = face.eyes().distance(face.chin()) * plan.scale / 120.0;
    Ok(matte::cut_out(&crop, &network, &mask, unit).ok_or(DepartureCode::PersonMissing)?)
}

/// A second face counts from this detector score on.
const SECOND_FACE_SCORE: f32 = 0.75;

fn subject(analysis: &FaceAnalysis) -> Result<(&Face, &PersonMask), StandardiseFault> {
    let (Some(face), Some(person)) = (&analysis.face, &analysis.person) else {
        return Err(DepartureCode::FaceMissing.into());
    };
    if face.landmarks.len() < 468 || face.width().is_nan() || face.width() < 1.0 {
        return Err(DepartureCode::FaceMissing.into());
    }
    if analysis
        .faces
        .iter()
        .skip(1)
        .any(|other| other.score >= SECOND_FACE_SCORE)
    {
        return Err(DepartureCode::FaceSeveral.into());
    }
    Ok((face, person))
}

/// The person must fill the lower edge at least as wide as the face: nothing may float.
fn check_bottom(alpha: &[f32], plan: &CropPlan, spec: &PhotoSpecification) -> Result<(), Departures> {
    let width = spec.width_px as usize;
    let last = &alpha[alpha.len() - width..];
    let covered = last.iter().filter(|a| **a > 0.5).count() as f32;
    if covered >= plan.face_width_px {
        return Ok(());
    }
    let code = DepartureCode::BottomUncovered;
    Err(Departures(vec![Departure::of(
        code,
        covered,
        Some(plan.face_width_px),
        None,
        "px",
    )]))
}

/// How far the landmarks may lie from where crop and scale put them: two readings of one face differ by about
/// one per cent of its width.
const WARP: f32 = 0.04;

/// Compares the photo's face with the sample's under the plan.
fn warped(face: &Face, seen: &FaceAnalysis, plan: &CropPlan) -> Option<Departure> {
    let photo = seen.face.as_ref().filter(|photo| photo.landmarks.len() >= 468)?;
    let pairs = [
        (face.right_eye(), photo.right_eye()),
        (face.left_eye(), photo.left_eye()),
        (face.chin(), photo.chin()),
    ];
    let furthest = pairs
        .iter()
        .map(|(from, to)| plan.map(*from).distance(*to))
        .fold(0.0, f32::max);
    let limit = WARP * plan.face_width_px;
    (furthest > limit).then(|| Departure::of(DepartureCode::Warped, furthest, None, Some(limit), "px"))
}

fn operations(plan: &CropPlan, hair_out: f32, spec: &PhotoSpecification) -> Vec<String> {
    let (width, height) = (
        spec.width_px as f32 / plan.scale,
        spec.height_px as f32 / plan.scale,
    );
    let mut list = vec![
        format!(
            "crop left={:.2} top={:.2} width={width:.2} height={height:.2}",
            plan.left, plan.top
        ),
        format!("scale {:.4} catmull-rom linear-light", plan.scale),
    ];
    for (edge, pixels) in [
        ("top", plan.extended_top_px),
        ("left", plan.extended_left_px),
        ("right", plan.extended_right_px),
    ] {
        if pixels > 0 {
            list.push(format!("extend {edge}={pixels}px"));
        }
    }
    if hair_out >= 1.0 {
        list.push(format!("hair above the crown left out={hair_out:.0}px"));
    }
    let [r, g, b] = spec.background_rgb;
    list.push(format!("background rgb={r},{g},{b} matting"));
    list
}
