//! What frames and signs mean, with the count of each verdict.

use super::Page;
use super::sign::{EDGE, INK, INK_2, Sign, frame};
use super::svg::{Text, line, n, wrapped};
use domain::geometry::Rect;
use domain::quality::Verdict;

/// The verdicts with the keys of their headings, in the order of the list.
pub(super) const GROUPS: [(Verdict, &str); 5] = [
    (Verdict::Fail, "report.fail"),
    (Verdict::Warn, "report.warn"),
    (Verdict::Asked, "report.asked"),
    (Verdict::NotAssessed, "report.not_assessed"),
    (Verdict::Pass, "report.pass"),
];

pub(super) fn drawn(page: &Page<'_>, within: Rect) -> String {
    let title = (page.words)("report.legend");
    let mut out = Text::of(&title)
        .at(within.x, within.y + 8.0)
        .size(11.0)
        .colour(INK)
        .bold()
        .within(within.width)
        .drawn();
    let mut y = within.y + 30.0;
    for (verdict, key) in GROUPS {
        let results = page
            .report
            .stages
            .iter()
            .flat_map(|stage| &stage.assessment.results);
        let count = results.filter(|result| result.verdict == verdict).count();
        out += &Sign::of(verdict, None).drawn(within.x + 6.0, y - 3.5, 5.5);
        if matches!(verdict, Verdict::Fail | Verdict::Warn | Verdict::Asked) {
            out += &sample(verdict, within.x + 18.0, y - 3.5);
        }
        let words = format!("{}\u{2002}{count}", (page.words)(key));
        out += &Text::of(&words)
            .at(within.x + 50.0, y)
            .size(10.0)
            .colour(INK)
            .within(within.width - 50.0)
            .drawn();
        y += 18.0;
    }
    out += &line((within.x + 2.0, y - 3.0), (within.x + 30.0, y - 3.0), EDGE, 5.0);
    let [x0, x, x1, top, low] = [
        within.x + 20.5,
        within.x + 24.0,
        within.x + 27.5,
        y - 8.0,
        y + 2.0,
    ]
    .map(n);
    out += &format!(
        "<path d=\"M{x} {top}L{x0} {low}H{x1}Z\" fill=\"{INK}\" stroke=\"#ffffff\" stroke-width=\"0.7\"/>"
    );
    for words in wrapped(&(page.words)("report.bands"), 9.0, within.width - 50.0) {
        out += &Text::of(&words)
            .at(within.x + 50.0, y)
            .size(9.0)
            .colour(INK_2)
            .within(within.width - 50.0)
            .drawn();
        y += 11.5;
    }
    out
}

/// A piece of the frame, on the ground that pictures have.
fn sample(verdict: Verdict, x: f32, y: f32) -> String {
    let (colour, dashes) = frame(verdict);
    let dashes = if dashes.is_empty() { "none" } else { dashes };
    let [left, right, x, top, y] = [x + 2.0, x + 24.0, x, y - 5.0, y].map(n);
    format!(
        "<rect x=\"{x}\" y=\"{top}\" width=\"26\" height=\"10\" rx=\"2\" fill=\"{}\"/>\
         <path d=\"M{left} {y}H{right}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.8\" \
         stroke-dasharray=\"{dashes}\" stroke-linecap=\"round\"/>",
        super::sign::STAGE
    )
}
