//! The page for people.

use super::sample::{faceless, framing, full, report, specification, still};
use super::sitter::{self, SIZE};
use domain::face::FaceAnalysis;
use quality::report::QualityReport;
use quality::{Framing, Page, Rules, page};
use quick_xml::Reader;
use quick_xml::events::Event;
use std::collections::{BTreeMap, BTreeSet};

fn messages(language: &str) -> BTreeMap<String, String> {
    serde_json::from_str(match language {
        "en" => include_str!("../../../../../ui/messages/en.json"),
        _ => include_str!("../../../../../ui/messages/zh-CN.json"),
    })
    .unwrap()
}

fn drawn(
    report: &QualityReport,
    analysis: &FaceAnalysis,
    framing: Option<Framing>,
    words: &dyn Fn(&str) -> String,
) -> String {
    page(&Page {
        photo: &sitter::jpeg(),
        width: SIZE.0,
        height: SIZE.1,
        analysis,
        framing,
        specification: &specification(),
        report,
        packet: "0199a7c2-4f3e-7d11-9b06-5a8d2c41e7f0",
        enrolment: "2027-03-001842",
        date: "2027-05-22 10:41",
        words,
    })
}

/// Reads the page as XML: the rules it shows, and its element names.
fn read(svg: &str) -> (Vec<String>, BTreeSet<String>) {
    let mut reader = Reader::from_str(svg);
    reader.config_mut().check_end_names = true;
    let (mut rules, mut names, mut depth) = (Vec::new(), BTreeSet::new(), 0);
    loop {
        let event = reader.read_event().unwrap();
        match &event {
            Event::Start(element) | Event::Empty(element) => {
                depth += i32::from(matches!(event, Event::Start(_)));
                names.insert(element.name().as_ref().to_owned());
                for attribute in element.attributes() {
                    let attribute = attribute.unwrap();
                    assert!(!attribute.value.contains('<'), "a bare < in an attribute");
                    if attribute.key.as_ref() == "data-rule" {
                        rules.push(attribute.value.to_string());
                    }
                }
            }
            Event::End(_) => depth -= 1,
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0, "every element is closed");
    (rules, names)
}

fn expected(report: &QualityReport) -> Vec<String> {
    let stages = report.stages.iter().zip(["still", "finished"]);
    let keys = stages.flat_map(|(stage, name)| {
        let results = stage.assessment.results.iter();
        results.map(move |result| format!("{name}/{}", result.check))
    });
    let mut keys: Vec<String> = keys.collect();
    keys.sort();
    keys
}

fn assert_whole(svg: &str, report: &QualityReport) {
    let (mut rules, names) = read(svg);
    rules.sort();
    assert_eq!(rules, expected(report), "every result exactly once");
    let known = [
        "svg", "title", "defs", "image", "rect", "path", "circle", "text", "use", "g",
    ];
    assert!(
        names.iter().all(|name| known.contains(&name.as_str())),
        "{names:?}"
    );
}

#[test]
fn every_result_stands_on_the_page_once() {
    let rules = Rules::strict().unwrap();
    let words = |key: &str| messages("en")[key].clone();
    let whole = full();
    assert_whole(
        &drawn(&whole, &sitter::analysis(), Some(framing()), &words),
        &whole,
    );
    let none = report(&rules, faceless(&rules), None);
    assert_whole(&drawn(&none, &sitter::faceless(), None, &words), &none);
    let unasked = {
        let mut assessment = still(&rules);
        assessment.ticks.clear();
        report(&rules, assessment, Some(framing()))
    };
    assert_whole(
        &drawn(&unasked, &sitter::analysis(), Some(framing()), &words),
        &unasked,
    );
}

#[test]
fn every_message_the_page_needs_is_there_in_both_languages() {
    for language in ["en", "zh"] {
        let messages = messages(language);
        let words = |key: &str| {
            messages
                .get(key)
                .unwrap_or_else(|| panic!("{language}: {key}"))
                .clone()
        };
        drawn(&full(), &sitter::analysis(), Some(framing()), &words);
    }
}

#[test]
fn hostile_words_stay_words() {
    let mut report = full();
    let hostile = "<script>alert('&\"')</script>\u{0}\u{1b}";
    report.policy.name = hostile.to_owned();
    report.models[0].id = hostile.to_owned();
    report.exceptions[0].supervisor = hostile.to_owned();
    report.stages[0].assessment.results[0].check = "\"/><script>".to_owned();
    let svg = drawn(&report, &sitter::analysis(), Some(framing()), &|_| {
        hostile.to_owned()
    });
    let (rules, names) = read(&svg);
    assert_eq!(rules.len(), expected(&report).len());
    assert!(!names.contains("script") && !svg.contains("<script"), "{names:?}");
}

#[test]
fn nothing_is_loaded_and_nobody_is_named() {
    let words = |key: &str| messages("en")[key].clone();
    let svg = drawn(&full(), &sitter::analysis(), Some(framing()), &words);
    let links: Vec<_> = svg
        .match_indices("href=\"")
        .map(|(i, _)| &svg[i + 6..i + 20])
        .collect();
    assert!(
        links
            .iter()
            .all(|link| link.starts_with("data:image") || link.starts_with("#photo"))
    );
    for word in ["http://", "https://", "url(", "<style", "onload"] {
        let own = usize::from(word == "http://");
        assert_eq!(
            svg.matches(word).count(),
            own,
            "{word}; the name space alone is an address"
        );
    }
}

#[test]
fn numbers_that_are_none_draw_a_page_still() {
    let mut odd = framing();
    (odd.scale, odd.eyes_px, odd.off_centre_px) = (f32::MIN_POSITIVE, f32::NAN, f32::INFINITY);
    let numbers_only = Framing {
        eyes_px: f32::NAN,
        crown_px: Some(f32::INFINITY),
        ..framing()
    };
    let mut analysis = sitter::analysis();
    let face = analysis.face.as_mut().unwrap();
    face.landmarks
        .iter_mut()
        .for_each(|landmark| landmark.x = f32::NAN);
    let words = |key: &str| messages("en")[key].clone();
    for (analysis, framing) in [
        (&analysis, odd),
        (&sitter::analysis(), odd),
        (&sitter::analysis(), numbers_only),
    ] {
        let svg = drawn(&full(), analysis, Some(framing), &words);
        assert_whole(&svg, &full());
        let (_, after) = svg.split_once("</defs>").unwrap();
        assert!(!after.contains("NaN") && !after.contains("inf"));
    }
    analysis.face.as_mut().unwrap().landmarks.truncate(3);
    assert_whole(&drawn(&full(), &analysis, Some(odd), &words), &full());
}
