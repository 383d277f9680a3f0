//! The finished file measured again: decoded by another decoder than any that made it, and judged against
//! its specification alone.

mod background;

use crate::departure::{Departure, DepartureCode};
use crate::outline::Outline;
use background::Background;
use domain::face::FaceAnalysis;
use domain::picture::Picture;
use domain::port::{AnalysisFault, FaceAnalyser};
use domain::specification::{BackgroundUse, PhotoSpecification, Quantity};
use framing::Head;
use serde::{Deserialize, Serialize};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// One measurement on the finished file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measured {
    /// What was measured: `width`, `height`, `density`, `bytes`, `coding`, `quality`, `background_colour`,
    /// `background_even`, `background_remnant`, `faces`, the specification's bands by name (`crown`, `eyes`, `chin`,
    /// `face_width`, `head_height`, `eye_distance`), `centre`.
    pub id: String,
    /// The value; `None` when it could not be measured, which never counts as right.
    pub value: Option<f32>,
    /// Unit of value and limits: `px`, `dpi`, `bytes`, `quality`, `ΔE`, `count`.
    pub unit: String,
    /// Smallest accepted value.
    pub min: Option<f32>,
    /// Largest accepted value.
    pub max: Option<f32>,
    /// True when the value lies inside the limits.
    pub ok: bool,
}

/// Everything measured on a finished file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inspection {
    /// The measurements in a fixed order.
    pub items: Vec<Measured>,
    /// What lies outside the specification; empty for a photo that passes.
    pub departures: Vec<Departure>,
}

impl Inspection {
    /// True when the photo meets its specification.
    pub fn accepted(&self) -> bool {
        self.departures.is_empty() && !self.items.is_empty()
    }

    fn item(&mut self, id: &str, code: DepartureCode, value: Option<f32>, limits: Limits, unit: &str) {
        let (min, max) = limits;
        let ok = value.is_some_and(|v| min.is_none_or(|min| v >= min) && max.is_none_or(|max| v <= max));
        self.items.push(Measured {
            id: id.into(),
            value,
            unit: unit.into(),
            min,
            max,
            ok,
        });
        if !ok {
            self.departures.push(Departure {
                code,
                value,
                min,
                max,
                unit: unit.into(),
            });
        }
    }
}

type Limits = (Option<f32>, Option<f32>);

fn exactly(value: u32) -> Limits {
    (Some(value as f32), Some(value as f32))
}

fn at_most(value: f32) -> Limits {
    (None, Some(value))
}

/// What is known of how a file was made, which the file itself does not show.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Made {
    /// The background is the sample's own.
    pub untouched: bool,
    /// Bands that gave way, as the specification permits.
    pub gave_way: Vec<Quantity>,
}

/// Measures a finished file against a specification. Of a file from elsewhere only this is known: what binds on
/// every photo must hold, and its background may be any that the specification accepts.
///
/// # Errors
/// Only when the analysis itself fails; a bad photo is an [`Inspection`] with departures.
pub fn inspect(
    bytes: &[u8],
    spec: &PhotoSpecification,
    analyser: &mut dyn FaceAnalyser,
) -> Result<Inspection, AnalysisFault> {
    let made = Made {
        untouched: spec.background_use == BackgroundUse::Untouched,
        gave_way: vec![],
    };
    Ok(examine(bytes, spec, &made, analyser)?.0)
}

/// As [`inspect`], with the analysis of the photo for those who compare it with the sample's.
pub(crate) fn examine(
    bytes: &[u8],
    spec: &PhotoSpecification,
    made: &Made,
    analyser: &mut dyn FaceAnalyser,
) -> Result<(Inspection, Option<FaceAnalysis>), AnalysisFault> {
    let mut inspection = Inspection {
        items: Vec::new(),
        departures: Vec::new(),
    };
    let outline = Outline::read(bytes).unwrap_or_default();
    // Where other sizes are accepted, the bands grow with the picture.
    let resized = spec.resized(outline.width, outline.height);
    let spec = resized.as_ref().unwrap_or(spec);
    file(&mut inspection, bytes, &outline, spec);
    // Geometry and background of a picture of another size have no meaning, and a huge one is not decoded.
    let right_size = outline.width == spec.width_px && outline.height == spec.height_px;
    let Some(photo) = right_size.then(|| decode(bytes)).flatten() else {
        inspection
            .departures
            .push(Departure::plain(DepartureCode::Undecodable));
        return Ok((inspection, None));
    };
    let analysis = analyser.still(&photo)?;
    let ground = if made.untouched {
        Background::kept(&photo, analysis.person.as_ref(), spec)
    } else {
        Background::replaced(&photo, analysis.person.as_ref(), spec)
    };
    background(&mut inspection, &ground);
    geometry(&mut inspection, &analysis, &ground, spec, made);
    Ok((inspection, Some(analysis)))
}

fn background(inspection: &mut Inspection, ground: &Background) {
    use DepartureCode::{BackgroundColour, BackgroundEven, BackgroundRemnant};
    let limit = at_most(ground.max_delta_e);
    inspection.item("background_colour", BackgroundColour, ground.colour, limit, "ΔE");
    inspection.item("background_even", BackgroundEven, ground.evenness, limit, "ΔE");
    // In the sample's own background nothing tells a remnant from the room.
    if let Some(remnant) = ground.remnant_px {
        let most = at_most(background::LARGEST_REMNANT_PX as f32);
        inspection.item(
            "background_remnant",
            BackgroundRemnant,
            Some(remnant as f32),
            most,
            "px",
        );
    }
}

fn file(inspection: &mut Inspection, bytes: &[u8], outline: &Outline, spec: &PhotoSpecification) {
    use DepartureCode::{Bytes, Coding, Density, Pixels, Quality};
    let stated = |value: u32| (value > 0).then_some(value as f32);
    inspection.item(
        "width",
        Pixels,
        stated(outline.width),
        exactly(spec.width_px),
        "px",
    );
    inspection.item(
        "height",
        Pixels,
        stated(outline.height),
        exactly(spec.height_px),
        "px",
    );
    let density = outline.density_dpi.filter(|(x, y)| x == y).map(|(x, _)| x as f32);
    inspection.item("density", Density, density, exactly(spec.density_dpi), "dpi");
    let window = (Some(spec.min_bytes as f32), Some(spec.max_bytes as f32));
    inspection.item("bytes", Bytes, Some(bytes.len() as f32), window, "bytes");
    // A plain sRGB file has three components of eight bits, one sequential scan and nothing attached.
    let oddities = [
        !outline.baseline,
        outline.components != 3,
        outline.precision != 8,
        !outline.complete,
        !outline.metadata.is_empty(),
    ];
    let count = oddities.iter().filter(|odd| **odd).count() as f32;
    inspection.item("coding", Coding, Some(count), at_most(0.0), "count");
    let quality = outline.quality().map(f32::from);
    inspection.item(
        "quality",
        Quality,
        quality,
        (Some(f32::from(spec.min_jpeg_quality)), None),
        "quality",
    );
}

fn geometry(
    inspection: &mut Inspection,
    analysis: &FaceAnalysis,
    ground: &Background,
    spec: &PhotoSpecification,
    made: &Made,
) {
    use DepartureCode::{Centre, FaceMissing};
    let face = analysis.face.as_ref().filter(|face| face.landmarks.len() >= 468);
    let found = Some(if face.is_some() { 1.0 } else { 0.0 });
    inspection.item("faces", FaceMissing, found, (Some(1.0), None), "count");
    let crown = face.and_then(|face| {
        let crown = framing::crown::measure(face, |p| ground.person(p))?;
        let rows = framing::crowns(&crown, spec);
        // Tall hair may reach into the band above the crown: either reading of "crown" inside it will do.
        let band = spec.range(Quantity::Crown);
        let inside = rows
            .iter()
            .find(|row| band.is_some_and(|band| band.contains(**row)));
        inside.or(rows.last()).copied()
    });
    let head = face.map(|face| Head::of(face, crown));
    for band in spec.gating() {
        let value = head.and_then(|head| head.value(band.of));
        // A band that gave way is measured and shown, and stops nothing.
        let limits = if made.gave_way.contains(&band.of) {
            (None, None)
        } else {
            (Some(band.range.min), Some(band.range.max))
        };
        inspection.item(band.of.name(), band.of.into(), value, limits, "px");
    }
    let centre = head.map(|head| (head.axis - spec.width_px as f32 / 2.0).abs());
    inspection.item("centre", Centre, centre, at_most(spec.centre_max_px), "px");
}

/// Decodes with `jpeg-decoder`, which has no code in common with the decoder of the samples or the encoder.
fn decode(bytes: &[u8]) -> Option<Picture> {
    let decoded = catch_unwind(AssertUnwindSafe(|| {
        let mut decoder = jpeg_decoder::Decoder::new(bytes);
        let pixels = decoder.decode().ok()?;
        let info = decoder.info()?;
        if info.pixel_format != jpeg_decoder::PixelFormat::RGB24 {
            return None;
        }
        Picture::new(u32::from(info.width), u32::from(info.height), pixels)
    }));
    decoded.ok().flatten()
}
