//! Values that no photo can meet are refused by name.

use super::SpecificationFault;
use super::record::Record;
use domain::specification::{Band, PhotoSpecification};

/// Placeholders of a file's name.
const PLACEHOLDERS: [&str; 5] = [
    "{document_number}",
    "{student_number}",
    "{exam_number}",
    "{name}",
    "{packet}",
];

/// Checks what stands in the file itself.
pub(super) fn record(record: &Record) -> Result<(), SpecificationFault> {
    let id = &record.id;
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    require(
        !id.is_empty() && id.len() <= 64 && id.chars().all(plain),
        "id",
        "use a-z, 0-9 and '-', at most 64",
    )?;
    require(!record.name_zh.trim().is_empty(), "name_zh", "empty")?;
    require(!record.name_en.trim().is_empty(), "name_en", "empty")?;
    require(record.version >= 1, "version", "starts at 1")?;
    for source in record.sources.values() {
        require(!source.document.trim().is_empty(), "document", "empty")?;
        require(
            dated(&source.valid_from),
            "valid_from",
            "use YYYY, YYYY-MM, YYYY-MM-DD or unknown",
        )?;
    }
    let ids: Vec<&str> = record.background.iter().map(|b| b.id.as_str()).collect();
    let twice = (1..ids.len()).any(|i| ids[..i].contains(&ids[i]));
    require(!twice, "background", "two have one id")?;
    let quantities: Vec<_> = record.band.iter().map(|band| band.of).collect();
    let twice = (1..quantities.len()).any(|i| quantities[..i].contains(&quantities[i]));
    require(!twice, "band", "two are about one quantity")
}

fn dated(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let digits = |part: &str, count: usize| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
    text == "unknown"
        || (parts.len() <= 3 && digits(parts[0], 4) && parts[1..].iter().all(|part| digits(part, 2)))
}

/// Checks what binds.
pub(super) fn bound(spec: &PhotoSpecification) -> Result<(), SpecificationFault> {
    require(
        (32..=4096).contains(&spec.width_px),
        "width_px",
        "must be 32..=4096",
    )?;
    require(
        (32..=4096).contains(&spec.height_px),
        "height_px",
        "must be 32..=4096",
    )?;
    if let Some(sizes) = &spec.sizes {
        let holds =
            sizes.width_px.contains(spec.width_px as f32) && sizes.height_px.contains(spec.height_px as f32);
        require(holds, "widths_px", "the size itself lies outside")?;
    }
    require(
        (72..=1200).contains(&spec.density_dpi),
        "density_dpi",
        "must be 72..=1200",
    )?;
    require(
        spec.min_bytes < spec.max_bytes,
        "max_bytes",
        "must be larger than min_bytes",
    )?;
    require(
        (1..=100).contains(&spec.min_jpeg_quality),
        "min_jpeg_quality",
        "must be 1..=100",
    )?;
    for backdrop in &spec.backgrounds {
        let delta = backdrop.max_delta_e;
        require(
            delta.is_finite() && (0.5..=50.0).contains(&delta),
            "max_delta_e",
            "must be 0.5..=50",
        )?;
    }
    for band in &spec.bands {
        range(band, spec)?;
    }
    rows(spec)?;
    let centre = spec.centre_max_px;
    require(
        centre.is_finite() && centre >= 0.0 && centre < spec.width_px as f32 / 2.0,
        "max_px",
        "must be 0..width/2",
    )?;
    let scale = spec.max_scale;
    require(
        scale.is_finite() && scale > 0.0 && scale <= 1.1,
        "max_scale",
        "must be larger than 0, at most 1.1",
    )?;
    let mut rest = spec.file_name.clone();
    for placeholder in PLACEHOLDERS {
        rest = rest.replace(placeholder, "");
    }
    let plain = |c: char| c.is_alphanumeric() || "-_.".contains(c);
    require(
        rest != spec.file_name && rest.chars().all(plain) && rest.to_ascii_lowercase().ends_with(".jpg"),
        "name",
        "needs a known placeholder and .jpg, and no path",
    )?;
    let print = spec.print.is_none_or(|print| {
        [print.width_mm, print.height_mm]
            .iter()
            .all(|mm| mm.is_finite() && (5.0..=300.0).contains(mm))
    });
    require(print, "print", "must be 5..=300 mm")
}

/// The rows of a head follow one another: crown, eyes, chin.
fn rows(spec: &PhotoSpecification) -> Result<(), SpecificationFault> {
    use domain::specification::Quantity::{Chin, Crown, Eyes};
    for (above, below) in [(Crown, Eyes), (Eyes, Chin), (Crown, Chin)] {
        let find = |of| spec.bands.iter().find(|band| band.of == of);
        if let (Some(above), Some(below)) = (find(above), find(below)) {
            let aims = above.aim.zip(below.aim);
            require(
                below.range.max > above.range.min && aims.is_none_or(|(above, below)| below > above),
                below.of.name(),
                "must lie below the one above it",
            )?;
        }
    }
    Ok(())
}

fn range(band: &Band, spec: &PhotoSpecification) -> Result<(), SpecificationFault> {
    let impossible = |detail: String| Err(SpecificationFault::impossible(band.of.name(), detail));
    let side = if band.of.is_row() || band.of == domain::specification::Quantity::HeadHeight {
        spec.height_px
    } else {
        spec.width_px
    } as f32;
    let range = band.range;
    if !(range.min.is_finite() && range.max.is_finite() && range.min < range.max) {
        return impossible(format!("{} must be smaller than {}", range.min, range.max));
    }
    if range.min < 0.0 || range.max > side || range.max <= 0.0 {
        return impossible(format!("must lie in 0..={side}"));
    }
    if band.aim.is_some_and(|aim| !range.contains(aim)) {
        return impossible("the aim lies outside".to_owned());
    }
    Ok(())
}

fn require(holds: bool, key: &'static str, detail: &str) -> Result<(), SpecificationFault> {
    holds
        .then_some(())
        .ok_or_else(|| SpecificationFault::impossible(key, detail))
}
