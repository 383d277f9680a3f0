//! The crop with the specification's bands at its margins: what is required as a bar, what was measured as a mark.

use super::number::number;
use super::sign::{EDGE, INK, INK_2, LINE, Sign};
use super::still::picture;
use super::svg::{Text, line, n};
use super::{Page, shown_scale};
use crate::framing::Framing;
use crate::mesh;
use domain::geometry::Rect;
use domain::specification::{Quantity, Range};
use framing::axis;

/// The crop in pixels of the still; `None` without a face.
pub(super) fn place(page: &Page<'_>) -> Option<Rect> {
    let framing = page
        .framing
        .filter(|framing| framing.scale.is_finite() && framing.scale > 0.0)?;
    let face = page.analysis.face.as_ref();
    let face = face.filter(|face| face.landmarks.len() >= mesh::LANDMARKS)?;
    let (width, height) = (
        page.specification.width_px as f32,
        page.specification.height_px as f32,
    );
    let left = framing.scale * axis(face) - width / 2.0 - framing.off_centre_px;
    let top = framing.scale * face.eyes().y - framing.eyes_px;
    let [x, y, width, height] = [left, top, width, height].map(|v| v / framing.scale);
    let finite = [x, y, width, height].iter().all(|v| v.is_finite());
    finite.then(|| Rect::new(x, y, width, height))
}

pub(super) fn drawn(page: &Page<'_>, within: Rect) -> String {
    let caption = Text::of(&(page.words)("report.crop"))
        .at(within.x, within.y + 8.0)
        .size(11.0)
        .colour(INK)
        .bold()
        .within(286.0)
        .drawn();
    let (Some(cut), Some(framing)) = (place(page), page.framing) else {
        let words = (page.words)("report.no_face");
        let said = Text::of(&words).at(within.x, within.y + 30.0);
        return caption + &said.size(10.0).colour(INK_2).within(280.0).drawn();
    };
    let size = (
        page.specification.width_px.max(1) as f32,
        page.specification.height_px.max(1) as f32,
    );
    let k = (168.0 / size.0).min((within.height - 58.0) / size.1);
    let at = Rect::new(within.x + 112.0, within.y + 20.0, size.0 * k, size.1 * k);
    let shown = shown_scale(page);
    let part = Rect::new(
        cut.x * shown,
        cut.y * shown,
        cut.width * shown,
        cut.height * shown,
    );
    caption + &picture(page, at, part) + &beside(page, &framing, at, k) + &below(page, &framing, at, k)
}

/// Rows of the head: bars beside the crop.
fn beside(page: &Page<'_>, framing: &Framing, at: Rect, k: f32) -> String {
    let spec = page.specification;
    let rows = [
        ("check.crown", Quantity::Crown),
        ("check.eye_line", Quantity::Eyes),
        ("check.chin_line", Quantity::Chin),
    ];
    let x = at.x - 7.0;
    let mut out = line((x, at.y), (x, at.y + at.height), LINE, 1.0);
    for (key, of) in rows {
        let Some(range) = spec.range(of) else { continue };
        let value = framing.value(of);
        let (top, low) = (at.y + range.min * k, at.y + range.max * k);
        out += &line((x, top), (x, low), EDGE, 5.0);
        if let Some(value) = value.filter(|value| value.is_finite()) {
            let y = at.y + value.clamp(0.0, spec.height_px as f32) * k;
            let [x0, x1, top, y, low] = [x + 5.0, x - 5.0, y - 3.5, y, y + 3.5].map(n);
            out += &format!(
                "<path d=\"M{x0} {y}L{x1} {top}V{low}Z\" fill=\"{INK}\" stroke=\"#ffffff\" stroke-width=\"0.7\"/>"
            );
        }
        out += &label(page, key, &range, value, x - 9.0, (top + low) / 2.0);
    }
    out
}

/// Name, band and value of one number, right-aligned to `x`.
fn label(page: &Page<'_>, key: &str, range: &Range, value: Option<f32>, x: f32, y: f32) -> String {
    let (name, said) = ((page.words)(key), said(range, value));
    let sign = sign(range, value);
    let name = Text::of(&name)
        .at(x, y - 2.0)
        .size(9.0)
        .colour(INK_2)
        .end()
        .within(94.0)
        .drawn();
    let text = Text::of(&said)
        .at(x, y + 10.0)
        .size(9.5)
        .colour(sign.colour())
        .end()
        .within(80.0)
        .drawn();
    name + &text + &sign.drawn(x - (super::svg::ems(&said) * 9.5).min(80.0) - 8.0, y + 6.5, 4.5)
}

/// Lengths of the head that the page can show, the most telling first.
const LENGTHS: [(&str, Quantity); 3] = [
    ("check.face_width", Quantity::FaceWidth),
    ("check.head_height", Quantity::HeadHeight),
    ("check.eye_distance", Quantity::EyeDistance),
];

/// The first length that the specification states: two bars below the crop, from the smallest to the largest.
fn below(page: &Page<'_>, framing: &Framing, at: Rect, k: f32) -> String {
    let stated = LENGTHS
        .iter()
        .find_map(|(key, of)| Some((key, *of, page.specification.range(*of)?)));
    let Some((key, of, range)) = stated else {
        return String::new();
    };
    let (range, value) = (&range, framing.value(of));
    let middle = at.x + at.width / 2.0;
    let y = at.y + at.height + 8.0;
    let mut out = line((at.x, y), (at.x + at.width, y), LINE, 1.0);
    let face = middle + framing.off_centre_px.clamp(-at.width, at.width) * k;
    for side in [-0.5, 0.5] {
        out += &line(
            (middle + side * range.min * k, y),
            (middle + side * range.max * k, y),
            EDGE,
            5.0,
        );
        let x = (face + side * value.unwrap_or_default() * k).clamp(at.x, at.x + at.width);
        let [x0, x, x1, top, low] = [x - 3.5, x, x + 3.5, y - 5.0, y + 5.0].map(n);
        out += &format!(
            "<path d=\"M{x} {top}L{x0} {low}H{x1}Z\" fill=\"{INK}\" stroke=\"#ffffff\" stroke-width=\"0.7\"/>"
        );
    }
    let sign = sign(range, value);
    let words = format!("{}  {}", (page.words)(key), said(range, value));
    let text = Text::of(&words)
        .at(middle + 6.0, y + 20.0)
        .size(9.5)
        .colour(sign.colour())
        .middle();
    let text = text.within(at.width + 20.0);
    let half = super::svg::ems(&words) * 9.5 / 2.0;
    out + &text.drawn() + &sign.drawn(middle - half.min(at.width / 2.0) - 4.0, y + 16.5, 4.5)
}

fn said(range: &Range, value: Option<f32>) -> String {
    let value = value.map_or("–".to_owned(), |value| number(f64::from(value), 0));
    format!(
        "{value} ({}–{})",
        number(f64::from(range.min), 0),
        number(f64::from(range.max), 0)
    )
}

fn sign(range: &Range, value: Option<f32>) -> Sign {
    match value {
        None => Sign::NotAssessed,
        Some(value) if range.contains(value) => Sign::Pass,
        Some(_) => Sign::Fail,
    }
}
