//! The foot: what judged, by name and version.

use super::sign::{INK_3, LINE};
use super::svg::{Text, line, wrapped};
use super::{MARGINS, Page, SHEET};

/// Most lines; more text is set smaller.
const MOST_LINES: usize = 4;

/// The foot with its place.
pub(super) struct Foot {
    /// Where it begins.
    pub(super) top: f32,
    lines: Vec<String>,
    size: f32,
}

impl Foot {
    pub(super) fn of(page: &Page<'_>) -> Self {
        let width = MARGINS.1 - MARGINS.0;
        let paragraphs = [judged(page), exceptions(page), models(page)];
        let at = |size: f32| -> Vec<String> {
            let whole = paragraphs.iter().filter(|text| !text.is_empty());
            whole.flat_map(|text| wrapped(text, size, width)).collect()
        };
        let sizes = [9.0, 8.5, 8.0, 7.5, 7.0, 6.0, 5.0, 4.0, 3.0];
        let size = sizes
            .into_iter()
            .find(|size| at(*size).len() <= MOST_LINES)
            .unwrap_or(2.0);
        let lines = at(size);
        Self {
            top: SHEET.1 - 24.0 - lines.len().min(MOST_LINES) as f32 * 12.0,
            lines,
            size,
        }
    }

    pub(super) fn drawn(&self) -> String {
        let mut out = line((MARGINS.0, self.top), (MARGINS.1, self.top), LINE, 1.0);
        for (i, words) in self.lines.iter().enumerate() {
            let y = self.top + 13.0 + i as f32 * 12.0;
            let text = Text::of(words).at(MARGINS.0, y).size(self.size).colour(INK_3);
            out += &text.within(MARGINS.1 - MARGINS.0).drawn();
        }
        out
    }
}

fn judged(page: &Page<'_>) -> String {
    let (report, words) = (page.report, page.words);
    let mut policy = match report.policy.name.as_str() {
        "strict" => words("report.policy.strict"),
        "relaxed" => words("report.policy.relaxed"),
        other => other.to_owned(),
    };
    if report.policy.changed {
        policy = format!("{policy}, {}", words("report.policy.changed"));
    }
    let versions = &report.versions;
    [
        format!("{}: {policy}", words("report.policy")),
        format!("{} {}", words("report.rules"), versions.rules),
        format!("{} {}", words("report.limits"), versions.limits),
        format!("{} {}", words("report.measures"), versions.measures),
        format!(
            "{}: {} v{}",
            words("report.specification"),
            report.specification.id,
            report.specification.version
        ),
        report.schema.clone(),
    ]
    .join("  ·  ")
}

fn exceptions(page: &Page<'_>) -> String {
    let known = &page.report.exceptions;
    if known.is_empty() {
        return String::new();
    }
    let each = known.iter().map(|exception| {
        let kind = (page.words)(&format!("exception.{}", exception.kind.code()));
        format!("{kind} ({})", exception.supervisor)
    });
    let each: Vec<String> = each.collect();
    format!("{}: {}", (page.words)("report.exceptions"), each.join("  ·  "))
}

fn models(page: &Page<'_>) -> String {
    let each = page.report.models.iter().map(|model| {
        let begin: String = model.sha256.chars().take(8).collect();
        format!("{} {begin}", model.id)
    });
    let each: Vec<String> = each.collect();
    format!("{}: {}", (page.words)("report.models"), each.join("  ·  "))
}
