//! From a record to what binds: units become pixels, and what has too weak a source is kept for drawing only.

use super::SpecificationFault;
use super::record::{BandRecord, BandUnit, CrownMeans, Edge, Record, Trust};
use domain::specification::{Backdrop, Band, PhotoSpecification, PrintSize, Quantity, Range, Sizes};

/// What binds of a record.
pub(super) fn bind(record: &Record) -> Result<PhotoSpecification, SpecificationFault> {
    let mut bands = Vec::with_capacity(record.band.len());
    for band in &record.band {
        let trust = record.source(&band.source)?.confidence;
        bands.push(one(band, record, trust.gates())?);
    }
    let first = record
        .background
        .first()
        .ok_or_else(|| SpecificationFault::impossible("background", "there is none"))?;
    let (source, confidence) = sources(record)?;
    let range = |ends: [f32; 2]| Range {
        min: ends[0],
        max: ends[1],
    };
    let head = record
        .band
        .iter()
        .any(|band| band.of != Quantity::Eyes && band.means == CrownMeans::Head);
    Ok(PhotoSpecification {
        id: record.id.clone(),
        version: record.version,
        name_zh: record.name_zh.clone(),
        name_en: record.name_en.clone(),
        source,
        confidence,
        width_px: record.picture.width_px,
        height_px: record.picture.height_px,
        sizes: record
            .picture
            .widths_px
            .zip(record.picture.heights_px)
            .map(|(widths, heights)| Sizes {
                width_px: range(widths),
                height_px: range(heights),
            }),
        density_dpi: record.picture.density_dpi,
        min_bytes: record.file.min_bytes,
        max_bytes: record.file.max_bytes,
        min_jpeg_quality: record.file.min_jpeg_quality,
        background_rgb: first.rgb,
        background_max_delta_e: first.max_delta_e,
        backgrounds: record
            .background
            .iter()
            .map(|background| Backdrop {
                id: background.id.clone(),
                rgb: background.rgb,
                max_delta_e: background.max_delta_e,
            })
            .collect(),
        background_use: record.operations.background,
        bands,
        crown_is_head: head,
        centre_max_px: record.centring.max_px,
        max_scale: record.operations.max_scale,
        may_extend: record.operations.extend,
        file_name: record.file.name.clone(),
        print: record.print.as_ref().map(|print| PrintSize {
            width_mm: print.width_mm,
            height_mm: print.height_mm,
        }),
    })
}

/// One band in photo pixels from the upper edge.
fn one(band: &BandRecord, record: &Record, gates: bool) -> Result<Band, SpecificationFault> {
    let (width, height) = (record.picture.width_px as f32, record.picture.height_px as f32);
    let unit = match band.unit {
        BandUnit::Px => 1.0,
        BandUnit::Height => height,
        BandUnit::Width => width,
        BandUnit::Mm => {
            let mm = band.of_height_mm.filter(|mm| *mm > 0.0);
            height
                / mm.ok_or_else(|| SpecificationFault::impossible(band.of.name(), "mm needs of_height_mm"))?
        }
    };
    let side = if band.of == Quantity::FaceWidth || band.of == Quantity::EyeDistance {
        width
    } else {
        height
    };
    let (min, max) = (
        band.min.map_or(0.0, |min| min * unit),
        band.max.map_or(side, |max| max * unit),
    );
    let (range, aim) = match band.from {
        Edge::Top => (Range { min, max }, band.aim.map(|aim| aim * unit)),
        Edge::Bottom if band.of.is_row() => (
            Range {
                min: side - max,
                max: side - min,
            },
            band.aim.map(|aim| side - aim * unit),
        ),
        Edge::Bottom => {
            return Err(SpecificationFault::impossible(
                band.of.name(),
                "a length has no edge",
            ));
        }
    };
    Ok(Band {
        of: band.of,
        range,
        aim,
        gates,
        gives_way: band.gives_way,
    })
}

/// The documents behind what binds, and the weakest trust among those that are not this program's own.
fn sources(record: &Record) -> Result<(String, String), SpecificationFault> {
    let mut keys = vec![
        &record.picture.source,
        &record.file.source,
        &record.centring.source,
        &record.operations.source,
    ];
    keys.extend(&record.picture.density_source);
    keys.extend(&record.file.quality_source);
    for background in &record.background {
        keys.push(&background.source);
        keys.extend(&background.tolerance_source);
    }
    // Bands and prints of a weak source are kept for drawing; anything else would bind.
    for key in &keys {
        if !record.source(key)?.confidence.gates() {
            let told =
                format!("{key:?} is too weak for a number that binds; only bands and prints may rest on it");
            return Err(SpecificationFault::impossible("source", told));
        }
    }
    keys.extend(record.band.iter().map(|band| &band.source));
    keys.extend(record.print.iter().map(|print| &print.source));
    let mut documents: Vec<&str> = vec![];
    let mut weakest = None;
    for key in keys {
        let source = record.source(key)?;
        if source.confidence.gates() && source.confidence != Trust::D {
            weakest = weakest.max(Some(source.confidence));
            if !documents.contains(&source.document.as_str()) {
                documents.push(&source.document);
            }
        }
    }
    let weakest = weakest
        .ok_or_else(|| SpecificationFault::impossible("sources", "no number has a source that binds"))?;
    Ok((documents.join("; "), weakest.letter().to_owned()))
}
