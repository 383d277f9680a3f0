//! A sample becomes a standard photo: crop, scale, background, file, proof.

mod cutting;
mod framing;
mod operations;
mod proof;

pub use cutting::cut;

use crate::departure::{Departure, DepartureCode, Departures};
use crate::encode::{self, EncodeFault};
use crate::inspect::{self, Inspection, Made};
use crate::matte::{self, Cutout, EdgeQuality, Wall};
use ::framing::CropPlan;
use domain::face::{Face, FaceAnalysis, PersonMask};
use domain::picture::Picture;
use domain::port::{AnalysisFault, FaceAnalyser, Matting};
use domain::specification::{BackgroundUse, Ground, PhotoSpecification, Quantity};
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
    /// Bands that gave way to others, as the specification permits; empty as a rule.
    pub gave_way: Vec<Quantity>,
    /// The background is the sample's own.
    pub untouched: bool,
    /// How clean the edge between person and new background is; `None` where the background is the sample's own.
    pub edge: Option<EdgeQuality>,
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
    ground: Ground,
    matting: &mut dyn Matting,
    analyser: &mut dyn FaceAnalyser,
) -> Result<StandardPhoto, StandardiseFault> {
    let (face, person) = subject(analysis)?;
    let kept = match (spec.background_use, ground) {
        (BackgroundUse::Untouched, _) | (BackgroundUse::Either, Ground::Untouched) => true,
        (BackgroundUse::Replaced | BackgroundUse::Either, _) => false,
    };
    // Where the background stays, flat colour beside it would show.
    let spec = &PhotoSpecification {
        may_extend: spec.may_extend && !kept,
        ..spec.clone()
    };
    let crown = framing::crown(still, face, person)?;
    let mut solution = framing::plan(still, face, person, &crown, spec)?;
    let Drawn {
        photo,
        background,
        edge,
    } = if kept {
        Drawn::untouched(cut(still, &solution.plan, spec).ok_or(DepartureCode::PictureTooSmall)?)
    } else {
        let (mut crop, mut cutout) = cut_out(still, face, person, &solution.plan, spec, matting)?;
        // The alpha shows the crown four times finer than the mask that the plan went by.
        if let Some(crown) = framing::corrected(face, &crown, &solution.plan, &cutout.alpha, spec) {
            solution = framing::plan(still, face, person, &crown, spec)?;
            (crop, cutout) = cut_out(still, face, person, &solution.plan, spec, matting)?;
        }
        check_bottom(&cutout.alpha, face, &solution.plan, spec)?;
        Drawn::on(spec, crop, &cutout, &solution.plan)?
    };
    let plan = solution.plan;
    let made = Made {
        untouched: background == Background::Untouched,
        gave_way: solution.gave_way.clone(),
    };

    let file = encode::fit(&photo, spec)?.map_err(|departure| Departures(vec![departure]))?;
    let (inspection, seen) = inspect::examine(&file.bytes, spec, &made, analyser)?;
    let mut departures = inspection.departures.clone();
    let planned = ::framing::crowns(&crown, spec)
        .into_iter()
        .map(|row| plan.row(row));
    proof::attached(&mut departures, &planned.collect::<Vec<_>>());
    departures.extend(seen.as_ref().and_then(|seen| proof::warped(face, seen, &plan)));
    if !departures.is_empty() {
        return Err(Departures(departures).into());
    }
    let mut transformations = operations::list(&solution, -plan.row(crown.top), background, spec);
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
        gave_way: solution.gave_way,
        untouched: made.untouched,
        edge,
        transformations,
        inspection,
    })
}

/// What became of the background.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Background {
    Untouched,
    Replaced([u8; 3]),
}

/// The share of the allowed distance that a wall may use up to be left alone.
const CLEARLY: f32 = 0.75;

/// A photo before it is coded.
struct Drawn {
    photo: Picture,
    background: Background,
    edge: Option<EdgeQuality>,
}

impl Drawn {
    const fn untouched(photo: Picture) -> Self {
        Self {
            photo,
            background: Background::Untouched,
            edge: None,
        }
    }

    /// The person before the specification's background; a wall that is one already is left alone.
    fn on(
        spec: &PhotoSpecification,
        crop: Picture,
        cutout: &Cutout,
        plan: &CropPlan,
    ) -> Result<Self, Departures> {
        let rgb = spec.background_rgb;
        let wall = Wall::measure(&crop, &cutout.alpha);
        let extended = plan.extended_top_px + plan.extended_left_px + plan.extended_right_px > 0;
        // Coding adds a little of its own, so the wall must be better than the file has to be.
        let most = CLEARLY * spec.background_max_delta_e;
        if !extended && wall.is_some_and(|wall| wall.meets(rgb, most)) {
            return Ok(Self::untouched(crop));
        }
        let photo = matte::compose(cutout, spec.width_px, spec.height_px, rgb)
            .ok_or_else(|| Departures::one(DepartureCode::PersonMissing))?;
        let edge = matte::edge_quality(cutout, &photo, rgb, wall.map(|wall| wall.rgb));
        Ok(Self {
            photo,
            background: Background::Replaced(rgb),
            edge,
        })
    }
}

fn cut_out(
    still: &Picture,
    face: &Face,
    person: &PersonMask,
    plan: &CropPlan,
    spec: &PhotoSpecification,
    matting: &mut dyn Matting,
) -> Result<(Picture, Cutout), StandardiseFault> {
    let crop = cut(still, plan, spec).ok_or(DepartureCode::PictureTooSmall)?;
    let network = matting.matte(&crop)?;
    let network = cutting::blank_extension(network, plan, spec).ok_or(DepartureCode::PersonMissing)?;
    let mask = cutting::person_in(plan, person, spec).ok_or(DepartureCode::PersonMissing)?;
    let unit = face.eyes().distance(face.chin()) * plan.scale / 120.0;
    let cutout = matte::cut_out(&crop, &network, &mask, unit).ok_or(DepartureCode::PersonMissing)?;
    Ok((crop, cutout))
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

/// Least width of the person at the lower edge, face widths: a neck has 0.6 and more. Nothing may float.
const LEAST_BELOW: f32 = 0.5;

/// The person must reach the lower edge.
fn check_bottom(
    alpha: &[f32],
    face: &Face,
    plan: &CropPlan,
    spec: &PhotoSpecification,
) -> Result<(), Departures> {
    let width = spec.width_px as usize;
    let last = &alpha[alpha.len() - width..];
    let covered = last.iter().filter(|a| **a > 0.5).count() as f32;
    let least = LEAST_BELOW * face.width() * plan.scale;
    if covered >= least {
        return Ok(());
    }
    let code = DepartureCode::BottomUncovered;
    Err(Departures(vec![Departure::of(
        code,
        covered,
        Some(least),
        None,
        "px",
    )]))
}
