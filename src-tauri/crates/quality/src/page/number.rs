//! Numbers of a result as they are read.

use super::Page;
use domain::quality::CheckResult;

/// Value with unit, and the limits in brackets: `14.2° (≤ 13.5)`; empty when there is neither.
pub(super) fn measured(page: &Page<'_>, result: &CheckResult) -> String {
    let unit = match result.unit.as_str() {
        "" => String::new(),
        "count" if result.value.is_some_and(|v| v.fract() == 0.0) => String::new(),
        unit => (page.words)(&format!("unit.{unit}")),
    };
    let close = unit.is_empty() || unit.starts_with(['°', '/']);
    let places = places(result);
    let value = result.value.map(|value| {
        let space = if close { "" } else { " " };
        format!("{}{space}{unit}", number(value, places))
    });
    let limits = match (result.min, result.max) {
        (Some(min), Some(max)) if min == max => format!("= {}", number(min, places)),
        (Some(min), Some(max)) => format!("{}–{}", number(min, places), number(max, places)),
        (Some(min), None) => format!("≥ {}", number(min, places)),
        (None, Some(max)) => format!("≤ {}", number(max, places)),
        (None, None) => String::new(),
    };
    match (value, limits.is_empty()) {
        (Some(value), true) => value,
        (Some(value), false) => format!("{value} ({limits})"),
        (None, _) => limits,
    }
}

/// Decimals by which the value still differs from a limit it differs from; at most four.
fn places(result: &CheckResult) -> usize {
    let limits = [result.min, result.max];
    let Some(value) = result.value else { return 4 };
    let least = match limits
        .into_iter()
        .flatten()
        .chain([value])
        .map(f64::abs)
        .fold(0.0, f64::max)
    {
        size if size >= 100.0 => 0,
        size if size >= 10.0 => 1,
        size if size >= 1.0 => 2,
        _ => 3,
    };
    let told = |places: usize| {
        let same = |limit: f64| limit != value && number(limit, places) == number(value, places);
        !limits.into_iter().flatten().any(same)
    };
    (least..4).find(|places| told(*places)).unwrap_or(4)
}

/// A number without needless zeros; a dash for what is none.
pub(super) fn number(value: f64, places: usize) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    let text = format!("{value:.places$}");
    let text = if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.')
    } else {
        &text
    };
    if text == "-0" { "0" } else { text }.to_owned()
}
