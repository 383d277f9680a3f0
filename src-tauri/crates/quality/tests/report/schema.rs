//! The report's schema holds for a full report and refuses spoilt ones. The validator knows the few keywords that the
//! schema uses, and refuses a schema with any other.

use super::sample::{faceless, full, report};
use quality::Rules;
use serde_json::{Value, json};

fn schema() -> Value {
    serde_json::from_str(include_str!(
        "../../../../../assets/schemas/quality-report.schema.json"
    ))
    .unwrap()
}

fn is_type(value: &Value, name: &str) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        other => panic!("unknown type {other}"),
    }
}

/// Why `value` is not valid; empty when it is.
fn faults(root: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut need = |holds: bool, what: &str| {
        if !holds {
            out.push(format!("{at}: {what}"));
        }
    };
    let mut deeper = Vec::new();
    let size = |text: &Value| text.as_u64().unwrap() as usize;
    for (keyword, rule) in schema.as_object().unwrap() {
        match keyword.as_str() {
            "$schema" | "$id" | "$defs" | "title" | "description" => {}
            "$ref" => {
                let target = root
                    .pointer(rule.as_str().unwrap().trim_start_matches('#'))
                    .unwrap();
                deeper.extend(faults(root, target, value, at));
            }
            "anyOf" => {
                let each = rule
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|s| faults(root, s, value, at));
                let best = each.min_by_key(Vec::len).unwrap();
                deeper.extend(best);
            }
            "type" => {
                let names = rule.as_array().cloned().unwrap_or_else(|| vec![rule.clone()]);
                need(
                    names.iter().any(|name| is_type(value, name.as_str().unwrap())),
                    "type",
                );
            }
            "const" => need(value == rule, "const"),
            "enum" => need(rule.as_array().unwrap().contains(value), "enum"),
            "minimum" => need(
                value.as_f64().is_none_or(|v| v >= rule.as_f64().unwrap()),
                keyword,
            ),
            "maximum" => need(
                value.as_f64().is_none_or(|v| v <= rule.as_f64().unwrap()),
                keyword,
            ),
            "minLength" => need(
                value.as_str().is_none_or(|v| v.chars().count() >= size(rule)),
                keyword,
            ),
            "minItems" => need(value.as_array().is_none_or(|v| v.len() >= size(rule)), keyword),
            "maxItems" => need(value.as_array().is_none_or(|v| v.len() <= size(rule)), keyword),
            "pattern" => {
                assert_eq!(rule, "^[0-9a-f]{64}$", "the one pattern known here");
                let hex = |v: &str| v.len() == 64 && v.bytes().all(|b| b"0123456789abcdef".contains(&b));
                need(value.as_str().is_none_or(hex), keyword);
            }
            "items" => {
                for (i, item) in value.as_array().into_iter().flatten().enumerate() {
                    deeper.extend(faults(root, rule, item, &format!("{at}/{i}")));
                }
            }
            "properties" => {
                for (key, rule) in rule.as_object().unwrap() {
                    if let Some(value) = value.get(key) {
                        deeper.extend(faults(root, rule, value, &format!("{at}/{key}")));
                    }
                }
            }
            "required" => {
                let keys = rule.as_array().unwrap().iter().map(|key| key.as_str().unwrap());
                let missing: Vec<_> = keys
                    .filter(|key| value.is_object() && value.get(key).is_none())
                    .collect();
                need(missing.is_empty(), &format!("misses {missing:?}"));
            }
            "additionalProperties" => {
                assert_eq!(rule, false);
                let known = schema["properties"].as_object().unwrap();
                let keys = value.as_object().into_iter().flat_map(|object| object.keys());
                let odd: Vec<_> = keys.filter(|key| !known.contains_key(*key)).collect();
                need(odd.is_empty(), &format!("has {odd:?}"));
            }
            other => panic!("the validator does not know {other}"),
        }
    }
    out.extend(deeper);
    out
}

fn refused(value: &Value) -> bool {
    let schema = schema();
    !faults(&schema, &schema, value, "").is_empty()
}

#[test]
fn full_and_faceless_reports_are_valid() {
    let rules = Rules::strict().unwrap();
    let schema = schema();
    for report in [full(), report(&rules, faceless(&rules), None)] {
        let value = serde_json::to_value(report).unwrap();
        assert_eq!(faults(&schema, &schema, &value, ""), Vec::<String>::new());
    }
}

#[test]
fn spoilt_values_are_refused() {
    let sound = serde_json::to_value(full()).unwrap();
    assert!(!refused(&sound));
    for (pointer, value) in [
        ("/schema", json!("capture-station/quality-report/1")),
        ("/policy/changed", json!("no")),
        ("/versions/rules", json!(-1)),
        ("/models/0/sha256", json!("0F")),
        ("/exceptions/0/kind", json!("shy")),
        ("/exceptions/0/at", json!(1.5)),
        ("/rules", json!([])),
        ("/rules/3/numbers", json!("D")),
        ("/rules/0/iso", json!({ "name": "SingleFacePresent" })),
        ("/stages/0/framing", json!({})),
        ("/stages/0/assessment/results/4/verdict", json!("fine")),
        ("/stages/0/assessment/results/4/confidence", json!(0.2)),
        ("/stages/0/assessment/ticks/0/answer", json!("perhaps")),
        ("/stages/0/assessment/ticks", json!([{}, {}, {}, {}, {}])),
    ] {
        let mut spoilt = sound.clone();
        *spoilt.pointer_mut(pointer).unwrap() = value;
        assert!(refused(&spoilt), "{pointer}");
    }
}

/// Every place of the sample where an object stands.
fn objects(value: &Value, at: &str, found: &mut Vec<String>) {
    if let Some(object) = value.as_object() {
        found.push(at.to_owned());
        object
            .iter()
            .for_each(|(key, value)| objects(value, &format!("{at}/{key}"), found));
    }
    for (i, item) in value.as_array().into_iter().flatten().enumerate().take(2) {
        objects(item, &format!("{at}/{i}"), found);
    }
}

#[test]
fn a_key_more_or_less_is_refused_everywhere() {
    let sound = serde_json::to_value(full()).unwrap();
    let mut places = Vec::new();
    objects(&sound, "", &mut places);
    assert!(places.len() > 15, "{places:?}");
    for place in places {
        let object = |value: &mut Value| {
            value
                .pointer_mut(&place)
                .unwrap()
                .as_object_mut()
                .unwrap()
                .clone()
        };
        let mut more = sound.clone();
        more.pointer_mut(&place).unwrap()["surprise"] = json!(1);
        assert!(refused(&more), "{place} with a key more");
        for key in object(&mut sound.clone()).keys() {
            let mut less = sound.clone();
            less.pointer_mut(&place)
                .unwrap()
                .as_object_mut()
                .unwrap()
                .remove(key);
            assert!(refused(&less), "{place} without {key}");
        }
    }
}
