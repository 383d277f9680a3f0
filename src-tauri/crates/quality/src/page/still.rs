//! The still with its landmarks as thin points, the frames of the regions and the marks of the crop. Nothing is filled
//! over the face.

use super::regions::{Region, Regions};
use super::sign::{GUIDE, INK, INK_2, STAGE, frame};
use super::svg::{Text, line, n};
use super::{Page, crop, shown_scale};
use domain::geometry::Rect;

/// Room beside the picture for the numbers.
const BESIDE: f32 = 24.0;
/// Least distance of two numbers.
const APART: f32 = 17.0;

pub(super) fn drawn(page: &Page<'_>, regions: &Regions, within: Rect) -> String {
    let caption = Text::of(&(page.words)("report.still"))
        .at(within.x, within.y + 8.0)
        .size(11.0)
        .colour(INK)
        .bold()
        .within(within.width)
        .drawn();
    let room = (within.width - 2.0 * BESIDE, within.height - 18.0);
    let size = (page.width.max(1) as f32, page.height.max(1) as f32);
    let k = (room.0 / size.0).min(room.1 / size.1);
    let (w, h) = (size.0 * k, size.1 * k);
    let place = Rect::new(within.x + (within.width - w) / 2.0, within.y + 18.0, w, h);
    let scale = k * shown_scale(page);
    let at = |x: f32, y: f32| (place.x + x * scale, place.y + y * scale);
    let mut out = caption + &picture(page, place, Rect::new(0.0, 0.0, size.0, size.1));
    out += &format!("<svg{} viewBox=\"{}\">", attributes(place), view(place));
    if let Some(face) = &page.analysis.face {
        let points: String = face
            .landmarks
            .iter()
            .map(|landmark| at(landmark.x, landmark.y))
            .map(|(x, y)| format!("M{} {}h.01", n(x), n(y)))
            .collect();
        for (colour, opacity, width) in [("#000000", "0.55", "1.7"), (GUIDE, "1", "0.9")] {
            out += &format!(
                "<path d=\"{points}\" fill=\"none\" stroke=\"{colour}\" stroke-opacity=\"{opacity}\" \
                 stroke-width=\"{width}\" stroke-linecap=\"round\"/>"
            );
        }
    }
    for region in &regions.0 {
        for rect in &region.rects {
            let (x, y) = at(rect.x, rect.y);
            out += &framed(Rect::new(x, y, rect.width * scale, rect.height * scale), region);
        }
    }
    if let Some(cut) = crop::place(page) {
        let (x, y) = at(cut.x, cut.y);
        out += &marks(Rect::new(x, y, cut.width * scale, cut.height * scale));
    }
    out += "</svg>";
    let sides = [(0, place.x - 13.0), (1, place.x + place.width + 13.0)];
    for (side, x) in sides {
        let on_side = |region: &Region| {
            let rect = region.rects.get(side)?;
            let (left, top) = at(rect.x, rect.y);
            Some((
                region.number,
                Rect::new(left, top, rect.width * scale, rect.height * scale),
            ))
        };
        out += &numbers(regions.0.iter().filter_map(on_side).collect(), x, place);
    }
    out
}

/// A part of the JPEG in a place of the page.
pub(super) fn picture(page: &Page<'_>, place: Rect, part: Rect) -> String {
    let [x, y, w, h] = [place.x, place.y, place.width, place.height].map(n);
    let whole = page.width > 0 && page.height > 0 && part.width > 0.0 && part.height > 0.0;
    let ground = format!("<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" fill=\"{STAGE}\"/>");
    if !whole {
        return ground;
    }
    ground
        + &format!(
            "<svg{} viewBox=\"{}\" preserveAspectRatio=\"none\"><use href=\"#photo\"/></svg>",
            attributes(place),
            view(part)
        )
}

fn attributes(place: Rect) -> String {
    let [x, y, w, h] = [place.x, place.y, place.width, place.height].map(n);
    format!(" x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\"")
}

fn view(part: Rect) -> String {
    [part.x, part.y, part.width, part.height].map(n).join(" ")
}

fn framed(rect: Rect, region: &Region) -> String {
    let (colour, dashes) = frame(region.verdict);
    let dashes = if dashes.is_empty() {
        String::new()
    } else {
        format!(" stroke-dasharray=\"{dashes}\" stroke-linecap=\"round\"")
    };
    let attributes = attributes(rect);
    format!(
        "<rect{attributes} fill=\"none\" stroke=\"#000000\" stroke-opacity=\"0.55\" stroke-width=\"3.2\"{dashes}/>\
         <rect{attributes} fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.8\"{dashes}/>"
    )
}

/// Corners of the crop.
fn marks(rect: Rect) -> String {
    let (right, low) = (rect.x + rect.width, rect.y + rect.height);
    let arm = 14.0_f32.min(rect.width / 3.0);
    let corners = [
        (rect.x, rect.y, arm, arm),
        (right, rect.y, -arm, arm),
        (right, low, -arm, -arm),
        (rect.x, low, arm, -arm),
    ];
    let d: String = corners
        .iter()
        .map(|(x, y, dx, dy)| format!("M{} {}H{}V{}", n(x + dx), n(*y), n(*x), n(y + dy)))
        .collect();
    format!(
        "<path d=\"{d}\" fill=\"none\" stroke=\"#000000\" stroke-opacity=\"0.55\" stroke-width=\"4.5\"/>\
         <path d=\"{d}\" fill=\"none\" stroke=\"{GUIDE}\" stroke-width=\"2.5\"/>"
    )
}

/// Numbers beside the picture, each with a line to its frame.
fn numbers(mut regions: Vec<(usize, Rect)>, x: f32, place: Rect) -> String {
    regions.sort_by(|a, b| a.1.y.total_cmp(&b.1.y));
    let mut rows: Vec<f32> = Vec::new();
    for (_, rect) in &regions {
        let own = (rect.y + 8.0).clamp(place.y + 8.0, place.y + place.height - 8.0);
        let free = rows.last().map_or(own, |last| own.max(last + APART));
        rows.push(free);
    }
    // What was pushed below the picture moves up again.
    let mut low = place.y + place.height - 8.0;
    for row in rows.iter_mut().rev() {
        *row = row.min(low);
        low = *row - APART;
    }
    let left = x < place.x;
    let mut out = String::new();
    for ((number, rect), y) in regions.iter().zip(rows) {
        let edge = if left { rect.x } else { rect.x + rect.width };
        let to = (edge, y.clamp(rect.y, rect.y + rect.height));
        let from = (if left { x + 7.5 } else { x - 7.5 }, y);
        out += &line(from, to, "#000000", 1.6).replace("stroke=", "stroke-opacity=\"0.45\" stroke=");
        out += &line(from, to, GUIDE, 0.8);
        out += &line(
            from,
            (if left { place.x } else { place.x + place.width }, y),
            INK_2,
            0.9,
        );
        out += &numbered(*number, x, y, 7.5);
    }
    out
}

/// A number in a ring, beside the picture and in the list.
pub(super) fn numbered(number: usize, x: f32, y: f32, radius: f32) -> String {
    let words = number.to_string();
    let digits = Text::of(&words)
        .at(x, y + radius * 0.5)
        .size(radius * 1.35)
        .colour(INK)
        .bold()
        .middle();
    let [cx, cy, r] = [x, y, radius].map(n);
    format!(
        "<circle cx=\"{cx}\" cy=\"{cy}\" r=\"{r}\" fill=\"#ffffff\" stroke=\"{INK_2}\" stroke-width=\"1\"/>"
    ) + &digits.drawn()
}
