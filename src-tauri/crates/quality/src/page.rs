//! The report of one photo as one page for people: the still with what was found on it, beside every rule.
//!
//! The page is a self-contained SVG in the proportions of A4 landscape: no script, no font and no link from outside.
//! Sizes are in units of a quarter of a millimetre.

mod crop;
mod flow;
mod foot;
mod legend;
mod list;
mod number;
mod regions;
mod sign;
mod still;
mod svg;

use crate::framing::Framing;
use crate::report::QualityReport;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::face::FaceAnalysis;
use domain::geometry::Rect;
use domain::specification::PhotoSpecification;
use regions::Regions;
use sign::{INK, INK_2, LINE};
use svg::{Text, escaped, line, n};

/// Width and height of the page.
const SHEET: (f32, f32) = (1188.0, 840.0);
/// Left and right end of what is printed.
const MARGINS: (f32, f32) = (36.0, 1152.0);
/// Right end of the pictures' column, left end of the list.
const PICTURES_END: f32 = 496.0;
const LIST_BEGIN: f32 = 520.0;
/// Where pictures and list begin.
const TOP: f32 = 100.0;
/// Families that the systems bring; none is embedded.
const FAMILIES: &str = "'Noto Sans SC','Noto Sans CJK SC','PingFang SC','Microsoft YaHei UI','Microsoft YaHei',\
                        system-ui,sans-serif";

/// What stands on one page. Nothing in it names the person.
pub struct Page<'a> {
    /// The still as JPEG, upright, not mirrored, at most 1200 pixels on its longer side.
    pub photo: &'a [u8],
    /// Width of that JPEG, pixels.
    pub width: u32,
    /// Height of that JPEG, pixels.
    pub height: u32,
    /// The analysis of the still, in the still's own pixels.
    pub analysis: &'a FaceAnalysis,
    /// The framing of the still; `None` without a face.
    pub framing: Option<Framing>,
    /// The photo specification.
    pub specification: &'a PhotoSpecification,
    /// The report.
    pub report: &'a QualityReport,
    /// Id of the packet.
    pub packet: &'a str,
    /// Id of the enrolment.
    pub enrolment: &'a str,
    /// The date as it is to be read.
    pub date: &'a str,
    /// The words of a message key in the reader's language.
    pub words: &'a dyn Fn(&str) -> String,
}

/// Draws the page.
pub fn page(page: &Page<'_>) -> String {
    let regions = Regions::of(page.report, page.analysis);
    let foot = foot::Foot::of(page);
    let bottom = foot.top - 14.0;
    let [width, height] = [SHEET.0, SHEET.1].map(n);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"297mm\" height=\"210mm\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"{FAMILIES}\"><title>{}</title>",
        escaped(&(page.words)("report.title"))
    );
    out += &format!(
        "<defs><image id=\"photo\" width=\"{}\" height=\"{}\" preserveAspectRatio=\"none\" \
         href=\"data:image/jpeg;base64,{}\"/></defs>",
        page.width,
        page.height,
        STANDARD.encode(page.photo)
    );
    out += &format!("<rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>");
    out += &head(page);
    let (left, right) = (MARGINS.0, PICTURES_END);
    let crop_top = bottom - 262.0;
    let above = Rect::new(left, TOP, right - left, crop_top - 16.0 - TOP);
    let below = Rect::new(left, crop_top, right - left, bottom - crop_top);
    out += &still::drawn(page, &regions, above);
    out += &crop::drawn(page, below);
    out += &legend::drawn(page, Rect::new(332.0, crop_top, right - 332.0, below.height));
    let place = Rect::new(LIST_BEGIN, TOP, MARGINS.1 - LIST_BEGIN, bottom - TOP);
    out += &flow::drawn(&list::lines(page, &regions), place);
    out += &foot.drawn();
    out + "</svg>\n"
}

fn head(page: &Page<'_>) -> String {
    let title = Text::of(&(page.words)("report.title"))
        .at(MARGINS.0, 58.0)
        .size(22.0)
        .colour(INK)
        .bold()
        .within(400.0)
        .drawn();
    let said = |key: &str, value: &str| format!("{} {value}", (page.words)(key));
    let ids = [
        said("report.packet", page.packet),
        said("report.enrolment", page.enrolment),
        said("report.taken", page.date),
    ];
    let ids = Text::of(&ids.join("  ·  "))
        .at(MARGINS.1, 58.0)
        .size(11.0)
        .colour(INK_2)
        .end()
        .within(690.0)
        .drawn();
    title + &ids + &line((MARGINS.0, 72.0), (MARGINS.1, 72.0), LINE, 1.0)
}

/// The page's pixels of the still and those of the JPEG.
fn shown_scale(page: &Page<'_>) -> f32 {
    page.width as f32 / (page.analysis.width.max(1) as f32)
}
