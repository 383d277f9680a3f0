//! A sample becomes a standard photo: crop, scale, background, file, proof.

use crate::crop::{self, CropPlan, Room};
use crate::crown;
use crate::departure::{Departure, DepartureCode, Departures};
use crate::encode::{self, EncodeFault};
use crate::inspect::{self, Inspection};
use crate::scale::{self, Part};
use crate::{matte, measure};
use domain::face::{Face, FaceAnalysis, PersonMask};
use domain::geometry::Point;
use domain::picture::{Mask, Picture};
use domain::port::{AnalysisFault, FaceAnalyser, Matting};
use domain::specification::PhotoSpecification;
use sha2::{Digest, Sha256};
use thiserror::Error;

/// A finished photo with the proof and everything that was done to make it.
#[derive(Debug, Clone, PartialEq)]
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
    let plan = plan(still, face, person, spec)?;
    let crop = cut(still, &plan, spec).ok_or(DepartureCode::PictureTooSmall)?;

    let network = matting.matte(&crop)?;
    let mask = person_in(&plan, person, spec).ok_or(DepartureCode::PersonMissing)?;
    let network = blank_extension(network, &plan, spec).ok_or(DepartureCode::PersonMissing)?;
    let unit = face.eyes().distance(face.chin()) * plan.scale / 120.0;
    let cutout = matte::cut_out(&crop, &network, &mask, unit).ok_or(DepartureCode::PersonMissing)?;
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
    let mut transformations = operations(&plan, spec);
    transformations.push(format!("jpeg quality={} chroma={}", file.quality, file.chroma.name()));
    Ok(StandardPhoto {
        sha256: hex::encode(Sha256::digest(&file.bytes)),
        bytes: file.bytes,
        jpeg_quality: file.quality,
        crop: plan,
        transformations,
        inspection,
    })
}

/// A second face counts from this detector score on.
const SECOND_FACE_SCORE: f32 = 0.75;

fn subject(analysis: &FaceAnalysis) -> Result<(&Face, &PersonMask), StandardiseFault> {
    let (Some(face), Some(person)) = (&analysis.face, &analysis.person) else {
        return Err(DepartureCode::FaceMissing.into());
    };
    if face.landmarks.len() < 468 || !(face.width() > 1.0) {
        return Err(DepartureCode::FaceMissing.into());
    }
    if analysis.faces.iter().skip(1).any(|other| other.score >= SECOND_FACE_SCORE) {
        return Err(DepartureCode::FaceSeveral.into());
    }
    Ok((face, person))
}

/// Finds the crop; edges are extended only where the person mask leaves them free in the rows of the crop.
fn plan(
    still: &Picture,
    face: &Face,
    person: &PersonMask,
    spec: &PhotoSpecification,
) -> Result<CropPlan, StandardiseFault> {
    let (width, height) = (still.width() as f32, still.height() as f32);
    let inside = |p: Point| p.x >= 0.0 && p.y >= 0.0 && p.x < width && p.y < height;
    let crown = crown::measure(face, |p| if inside(p) { person.at(p) } else { 0.0 })
        .ok_or(DepartureCode::CrownMissing)?;
    if crown.cut_off {
        return Err(DepartureCode::CrownCutOff.into());
    }
    let mut refused = None;
    for row in measure::crowns(&crown) {
        let head = measure::head(face, row);
        let mut room = Room { width, height, extend_top: true, extend_left: true, extend_right: true };
        loop {
            match crop::solve(&head, &room, spec) {
                Ok(plan) => {
                    let touched = touched_edges(&plan, person, width, height, spec);
                    if !touched.any() {
                        return Ok(plan);
                    }
                    room.extend_top &= !touched.top;
                    room.extend_left &= !touched.left;
                    room.extend_right &= !touched.right;
                }
                Err(departures) => {
                    // The top of the hair explains a refusal better than the capped crown.
                    refused.get_or_insert(departures);
                    break;
                }
            }
        }
    }
    Err(refused.unwrap_or_else(|| Departures::one(DepartureCode::Proportions)).into())
}

/// Edges of the sample that a plan extends although the person touches them.
struct Touched {
    top: bool,
    left: bool,
    right: bool,
}

impl Touched {
    const fn any(&self) -> bool {
        self.top || self.left || self.right
    }
}

/// A mask value above this at an edge is a person that goes on beyond it.
const TOUCHES: f32 = 0.3;

fn touched_edges(
    plan: &CropPlan,
    person: &PersonMask,
    width: f32,
    height: f32,
    spec: &PhotoSpecification,
) -> Touched {
    let step = (0.5 / plan.scale).max(1.0);
    let along = |from: f32, to: f32| {
        let count = ((to - from) / step).max(0.0) as usize;
        (0..=count).map(move |i| from + i as f32 * step)
    };
    let (left, right) = (plan.left.max(0.0), (plan.left + spec.width_px as f32 / plan.scale).min(width));
    let (top, bottom) = (plan.top.max(0.0), (plan.top + spec.height_px as f32 / plan.scale).min(height));
    let inset = step;
    let column = |x: f32| along(top, bottom).any(|y| person.at(Point::new(x, y)) > TOUCHES);
    Touched {
        top: plan.extended_top_px > 0 && along(left, right).any(|x| person.at(Point::new(x, inset)) > TOUCHES),
        left: plan.extended_left_px > 0 && column(inset),
        right: plan.extended_right_px > 0 && column(width - inset),
    }
}

/// Cuts the crop out at the photo's size; where it reaches beyond the sample, the edge is repeated.
pub fn cut(still: &Picture, plan: &CropPlan, spec: &PhotoSpecification) -> Option<Picture> {
    let (left, top, right) = (plan.extended_left_px, plan.extended_top_px, plan.extended_right_px);
    let columns = spec.width_px.checked_sub(left + right).filter(|columns| *columns > 0)?;
    let rows = spec.height_px.checked_sub(top).filter(|rows| *rows > 0)?;
    let scale = f64::from(plan.scale);
    let (x, y) = (f64::from(plan.left).max(0.0), f64::from(plan.top).max(0.0));
    let part = Part {
        left: x,
        top: y,
        width: (f64::from(columns) / scale).min(f64::from(still.width()) - x),
        height: (f64::from(rows) / scale).min(f64::from(still.height()) - y),
    };
    let inner = scale::linear(still, part, columns, rows)?;
    if left + right + top == 0 {
        return Some(inner);
    }
    let mut pixels = Vec::with_capacity(spec.width_px as usize * spec.height_px as usize * 3);
    for y in 0..spec.height_px {
        for x in 0..spec.width_px {
            pixels.extend_from_slice(&inner.at(i64::from(x) - i64::from(left), i64::from(y) - i64::from(top)));
        }
    }
    Picture::new(spec.width_px, spec.height_px, pixels)
}

/// The person mask on the pixels of the photo.
fn person_in(plan: &CropPlan, person: &PersonMask, spec: &PhotoSpecification) -> Option<Mask> {
    let mut values = Vec::with_capacity(spec.width_px as usize * spec.height_px as usize);
    for y in 0..spec.height_px {
        for x in 0..spec.width_px {
            let there = in_sample(plan, x, y, spec);
            let p = Point::new(
                plan.left + (x as f32 + 0.5) / plan.scale,
                plan.top + (y as f32 + 0.5) / plan.scale,
            );
            values.push(if there { person.at(p) } else { 0.0 });
        }
    }
    Mask::new(spec.width_px, spec.height_px, values)
}

/// The network's alpha with nothing where the sample has no pixels; `None` when it has another size.
fn blank_extension(mut network: Mask, plan: &CropPlan, spec: &PhotoSpecification) -> Option<Mask> {
    if network.width() != spec.width_px || network.height() != spec.height_px {
        return None;
    }
    let width = spec.width_px as usize;
    for (at, value) in network.values_mut().iter_mut().enumerate() {
        if !in_sample(plan, (at % width) as u32, (at / width) as u32, spec) || !value.is_finite() {
            *value = 0.0;
        }
    }
    Some(network)
}

fn in_sample(plan: &CropPlan, x: u32, y: u32, spec: &PhotoSpecification) -> bool {
    x >= plan.extended_left_px && x + plan.extended_right_px < spec.width_px && y >= plan.extended_top_px
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
    Err(Departures(vec![Departure::of(code, covered, Some(plan.face_width_px), None, "px")]))
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
    let furthest = pairs.iter().map(|(from, to)| plan.map(*from).distance(*to)).fold(0.0, f32::max);
    let limit = WARP * plan.face_width_px;
    (furthest > limit).then(|| Departure::of(DepartureCode::Warped, furthest, None, Some(limit), "px"))
}

fn operations(plan: &CropPlan, spec: &PhotoSpecification) -> Vec<String> {
    let (width, height) = (spec.width_px as f32 / plan.scale, spec.height_px as f32 / plan.scale);
    let mut list = vec![
        format!("crop left={:.2} top={:.2} width={width:.2} height={height:.2}", plan.left, plan.top),
        format!("scale {:.4} catmull-rom linear-light", plan.scale),
    ];
    for (edge, pixels) in
        [("top", plan.extended_top_px), ("left", plan.extended_left_px), ("right", plan.extended_right_px)]
    {
        if pixels > 0 {
            list.push(format!("extend {edge}={pixels}px"));
        }
    }
    let [r, g, b] = spec.background_rgb;
    list.push(format!("background rgb={r},{g},{b} matting"));
    list
}
