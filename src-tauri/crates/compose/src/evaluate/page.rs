//! The errors as one page for people: a thumbnail of each, grouped by rule. It needs no other file.

use super::document::Document;
use super::judging::Outcome;
use super::overall::Share;
use super::subject::Subject;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::collections::BTreeSet;
use std::fmt::Write;

const STYLE: &str = "body{font:14px/1.4 system-ui,sans-serif;margin:24px;color:#1b1f24}h2{margin:28px 0 4px}\
h3{margin:12px 0 4px;font-weight:600}pre{background:#f4f5f7;padding:12px;overflow:auto}\
.row{display:flex;flex-wrap:wrap;gap:12px}figure{margin:0;width:160px}\
.t{width:160px;height:160px;background:#eceef1 center/contain no-repeat}\
figcaption{font-size:12px;overflow-wrap:anywhere}";

/// Text that may stand between tags and in quoted attributes.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// Writes the page; `summary` is the text of the evaluation.
pub fn page(document: &Document, subjects: &[Subject], summary: &str) -> String {
    let mut body = String::new();
    let mut used = BTreeSet::new();
    let overall = &document.overall;
    whole(
        &mut body,
        &mut used,
        subjects,
        "Bad pictures accepted",
        &overall.accepted_bad,
    );
    whole(
        &mut body,
        &mut used,
        subjects,
        "Good portraits stopped",
        &overall.stopped_good,
    );
    for rule in &document.rules {
        by_rule(&mut body, &mut used, subjects, &rule.rule);
    }
    // Each thumbnail stands once, however many errors show it.
    let mut thumbnails = String::new();
    for index in used {
        if let Some(subject) = subjects.get(index) {
            let _ = write!(
                thumbnails,
                ".t{index}{{background-image:url(data:image/jpeg;base64,{})}}",
                STANDARD.encode(&subject.thumbnail)
            );
        }
    }
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Evaluation</title>\
         <style>{STYLE}{thumbnails}</style><h1>Evaluation of the quality rules</h1>\
         <p>{} rows, policy {}, program {}</p>{body}<h2>All figures</h2><pre>{}</pre></html>\n",
        document.rows,
        escaped(&document.versions.policy),
        escaped(document.versions.program),
        escaped(summary)
    )
}

fn whole(body: &mut String, used: &mut BTreeSet<usize>, subjects: &[Subject], title: &str, share: &Share) {
    let _ = write!(
        body,
        "<h2>{} ({} of {})</h2><div class=\"row\">",
        escaped(title),
        share.count,
        share.of
    );
    for file in &share.files {
        if let Some(index) = subjects.iter().position(|s| s.row.file == *file)
            && let Some(subject) = subjects.get(index)
        {
            let by = match &subject.seen {
                Ok(looked) => looked
                    .stopping()
                    .map(|r| r.check.clone())
                    .collect::<Vec<_>>()
                    .join(", "),
                Err(code) => code.clone(),
            };
            figure(body, used, index, subject, &by);
        }
    }
    body.push_str("</div>");
}

fn by_rule(body: &mut String, used: &mut BTreeSet<usize>, subjects: &[Subject], rule: &str) {
    let kinds = [
        (Outcome::FalseAlarm, "False alarms"),
        (Outcome::Missed, "Missed"),
        (Outcome::NotAssessed, "Not assessed, should fire"),
    ];
    let of = |outcome: Outcome| {
        let wrong = move |s: &Subject| s.outcomes.iter().any(|(r, o)| r == rule && *o == outcome);
        subjects.iter().enumerate().filter(move |(_, s)| wrong(s))
    };
    if kinds.iter().all(|(outcome, _)| of(*outcome).next().is_none()) {
        return;
    }
    let _ = write!(body, "<h2>{}</h2>", escaped(rule));
    for (outcome, title) in kinds {
        let errors: Vec<_> = of(outcome).collect();
        if errors.is_empty() {
            continue;
        }
        let _ = write!(body, "<h3>{title} ({})</h3><div class=\"row\">", errors.len());
        for (index, subject) in errors {
            figure(body, used, index, subject, &value(subject, rule));
        }
        body.push_str("</div>");
    }
}

/// The value with its limits, or why there is none.
fn value(subject: &Subject, rule: &str) -> String {
    let Ok(looked) = &subject.seen else {
        return subject.seen.as_ref().err().cloned().unwrap_or_default();
    };
    let Some(result) = looked.result(rule) else {
        return String::new();
    };
    let mut text = format!("{:?}", result.verdict);
    if let Some(value) = result.value {
        let _ = write!(text, " {value:.3} {}", result.unit);
    }
    if let Some(min) = result.min {
        let _ = write!(text, " ≥ {min:.3}");
    }
    if let Some(max) = result.max {
        let _ = write!(text, " ≤ {max:.3}");
    }
    if let Some(code) = &result.code {
        let _ = write!(text, " ({code})");
    }
    text
}

fn figure(body: &mut String, used: &mut BTreeSet<usize>, index: usize, subject: &Subject, note: &str) {
    used.insert(index);
    let codes: Vec<&str> = subject
        .row
        .named
        .iter()
        .map(|named| named.text.as_str())
        .collect();
    let file = escaped(&subject.row.file);
    let _ = write!(
        body,
        "<figure><div class=\"t t{index}\" role=\"img\" aria-label=\"{file}\"></div>\
         <figcaption><b>{file}</b><br>{}<br>{}</figcaption></figure>",
        escaped(note),
        escaped(&codes.join(", "))
    );
}
