//! `station specs`: the photo specifications, and each number of one with its source.

use photo::specification::record::{BandRecord, BandUnit, Edge, Record, Source};
use photo::specification::{SpecificationFault, bind, records};
use serde::Serialize;
use std::fmt::Write as _;

/// One number, or a pair of them, with where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// What it is about, e.g. `crown`.
    pub what: String,
    /// The value with its unit.
    pub value: String,
    /// The document.
    pub document: String,
    /// `A` official, `B` several copies, `D` derived or ours, `C` one copy, `M` memory.
    pub confidence: &'static str,
    /// Since when.
    pub valid_from: String,
    /// True when a photo that misses it is refused; false when it is only drawn.
    pub gates: bool,
}

/// One specification, explained.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explained {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: u32,
    /// Name in Chinese.
    pub name_zh: String,
    /// Name in English.
    pub name_en: String,
    /// Every number.
    pub entries: Vec<Entry>,
    /// What a reader should know.
    pub notes: Vec<String>,
}

/// Every shipped specification, explained.
///
/// # Errors
/// [`SpecificationFault`] when a shipped file is broken, which a test excludes.
pub fn explained() -> Result<Vec<Explained>, SpecificationFault> {
    records()?.iter().map(explain).collect()
}

/// Explains one record.
///
/// # Errors
/// [`SpecificationFault`] when it cannot bind.
pub fn explain(record: &Record) -> Result<Explained, SpecificationFault> {
    bind(record)?;
    let mut entries = vec![];
    let mut add = |what: &str, value: String, source: &str, may_gate: bool| {
        let Source {
            document,
            confidence,
            valid_from,
        } = record.source(source)?;
        entries.push(Entry {
            what: what.to_owned(),
            value,
            document: document.clone(),
            confidence: confidence.letter(),
            valid_from: valid_from.clone(),
            gates: may_gate && confidence.gates(),
        });
        Ok::<(), SpecificationFault>(())
    };
    let picture = &record.picture;
    let size = format!("{}×{} px, sRGB", picture.width_px, picture.height_px);
    add("picture", size, &picture.source, true)?;
    let density = picture.density_source.as_ref().unwrap_or(&picture.source);
    add("density", format!("{} dpi", picture.density_dpi), density, true)?;
    if let (Some(widths), Some(heights)) = (picture.widths_px, picture.heights_px) {
        let [w0, w1] = widths;
        let [h0, h1] = heights;
        add(
            "sizes",
            format!("{w0}–{w1} × {h0}–{h1} px"),
            &picture.source,
            true,
        )?;
    }
    let file = &record.file;
    let bytes = format!("{}–{} bytes, named {}", file.min_bytes, file.max_bytes, file.name);
    add("file", bytes, &file.source, true)?;
    let quality = file.quality_source.as_ref().unwrap_or(&file.source);
    let least = format!("JPEG quality at least {}", file.min_jpeg_quality);
    add("quality", least, quality, true)?;
    for background in &record.background {
        let [r, g, b] = background.rgb;
        let value = format!("{} RGB({r},{g},{b})", background.id);
        add("background", value, &background.source, true)?;
        let tolerance = background.tolerance_source.as_ref().unwrap_or(&background.source);
        let value = format!("{} within ΔE {}", background.id, background.max_delta_e);
        add("tolerance", value, tolerance, true)?;
    }
    for band in &record.band {
        add(band.of.name(), range(band), &band.source, true)?;
    }
    let off = format!("at most {} px from the middle", record.centring.max_px);
    add("centring", off, &record.centring.source, true)?;
    let operations = &record.operations;
    let allowed = format!(
        "crop, scale up to {}×, background {:?}, flat colour beyond an edge {}; never mirrored, turned or retouched",
        operations.max_scale,
        operations.background,
        if operations.extend {
            "allowed"
        } else {
            "not allowed"
        }
    );
    add("operations", allowed.to_lowercase(), &operations.source, true)?;
    if let Some(print) = &record.print {
        let value = format!("{}×{} mm", print.width_mm, print.height_mm);
        add("print", value, &print.source, false)?;
    }
    Ok(Explained {
        id: record.id.clone(),
        version: record.version,
        name_zh: record.name_zh.clone(),
        name_en: record.name_en.clone(),
        entries,
        notes: record.notes.clone(),
    })
}

fn range(band: &BandRecord) -> String {
    let unit = match band.unit {
        BandUnit::Px => " px".to_owned(),
        BandUnit::Mm => format!(" mm of {} mm", band.of_height_mm.unwrap_or_default()),
        BandUnit::Height => " of the height".to_owned(),
        BandUnit::Width => " of the width".to_owned(),
    };
    let ends = match (band.min, band.max) {
        (Some(min), Some(max)) => format!("{min}–{max}{unit}"),
        (Some(min), None) => format!("at least {min}{unit}"),
        (None, Some(max)) => format!("at most {max}{unit}"),
        (None, None) => "anywhere".to_owned(),
    };
    let from = if band.from == Edge::Bottom {
        " from the lower edge"
    } else {
        ""
    };
    let yields = if band.gives_way > 0 { ", gives way" } else { "" };
    format!("{ends}{from}{yields}")
}

/// The list as a table for people.
pub fn list(specifications: &[Explained]) -> String {
    let mut text = String::new();
    for specification in specifications {
        let of = |what: &str| specification.entries.iter().find(|entry| entry.what == what);
        let size = of("picture").map_or("", |entry| entry.value.as_str());
        let sure = of("picture").map_or("", |entry| entry.confidence);
        let first = |what: &str, end: char| of(what).and_then(|entry| entry.value.split(end).next());
        let bytes = first("file", ',').unwrap_or_default();
        let ground = first("background", ' ').unwrap_or_default();
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "{:<30} {:<12} {:<22} {:<12} {}  {} / {}",
            specification.id,
            size.trim_end_matches(", sRGB"),
            bytes,
            ground,
            sure,
            specification.name_zh,
            specification.name_en
        );
    }
    text
}

/// One specification for people: every number with its source.
pub fn page(specification: &Explained) -> String {
    let mut text = format!(
        "{} version {}\n{} / {}\n\n",
        specification.id, specification.version, specification.name_zh, specification.name_en
    );
    for entry in &specification.entries {
        let binds = if entry.gates { "binds" } else { "drawn" };
        let _ = writeln!(
            text,
            "{:<13} {binds}  {}\n{:<21}{} {} (since {})",
            entry.what, entry.value, "", entry.confidence, entry.document, entry.valid_from
        );
    }
    for note in &specification.notes {
        let _ = write!(text, "\n- {note}");
    }
    if !specification.notes.is_empty() {
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]
    use super::*;

    #[test]
    fn every_number_is_explained_with_its_source() {
        let all = explained().unwrap();
        let find = |id: &str| all.iter().find(|one| one.id == id).unwrap();
        let national = page(find("graduation-480x640"));
        for words in [
            "50–110 px",
            "教毕指〔2017〕99号",
            "20480–40960 bytes",
            "since 2017",
            "B ",
        ] {
            assert!(national.contains(words), "{words} is missing in\n{national}");
        }
        let licence = find("driving-licence-260x378");
        let width = licence
            .entries
            .iter()
            .find(|entry| entry.what == "face_width")
            .unwrap();
        assert!(!width.gates && width.confidence == "C");
        assert!(page(licence).contains("face_width    drawn"));
        assert_eq!(list(&all).lines().count(), all.len());
    }
}
