//! What the server answers is what the API document says, down to every key.

use crate::fixture::{Capture, sealed};
use crate::rig::{Answer, JSON, Rig, ask};
use central::OPENAPI;
use serde_json::{Value, json};

#[test]
fn answers_are_as_the_document_describes_them() {
    let rig = Rig::new(true);
    let url = rig.greeting().url.clone();
    let document: Value = serde_json::from_str(OPENAPI).unwrap();
    let follows = |answer: &Answer, method: &str, path: &str| {
        let pointer = format!(
            "/paths/{}/{method}/responses/{}",
            path.replace('/', "~1"),
            answer.status
        );
        let response = document
            .pointer(&pointer)
            .unwrap_or_else(|| panic!("{pointer} is not described"));
        let response = resolve(&document, response);
        let schema = &response["content"]["application/json"]["schema"];
        assert!(schema.is_object(), "{pointer} has a schema");
        check(&document, schema, &answer.json(), &pointer);
    };
    follows(
        &ask(&url, "GET", "/v1/health?nonce=12345678", &[], b""),
        "get",
        "/v1/health",
    );
    follows(
        &ask(&url, "GET", "/v1/health?nonce=-", &[], b""),
        "get",
        "/v1/health",
    );
    follows(&ask(&url, "GET", "/v1/keys", &[], b""), "get", "/v1/keys");
    follows(&ask(&url, "GET", "/v1/sessions", &[], b""), "get", "/v1/sessions");
    follows(
        &rig.station("GET", "/v1/sessions", &[], b""),
        "get",
        "/v1/sessions",
    );
    follows(
        &rig.station("GET", "/v1/sessions/sample-2027", &[], b""),
        "get",
        "/v1/sessions/{id}",
    );
    follows(
        &rig.station("GET", "/v1/sessions/x", &[], b""),
        "get",
        "/v1/sessions/{id}",
    );
    let roster = "/v1/sessions/{id}/roster";
    follows(
        &rig.station("GET", "/v1/sessions/sample-2027/roster", &[], b""),
        "get",
        roster,
    );

    let order = json!({"order": "order-1", "enrolment": "24010001", "amount_fen": 2000}).to_string();
    follows(
        &rig.station("POST", "/v1/orders", &[JSON], order.as_bytes()),
        "post",
        "/v1/orders",
    );
    let other = order.replace("2000", "2001");
    follows(
        &rig.station("POST", "/v1/orders", &[JSON], other.as_bytes()),
        "post",
        "/v1/orders",
    );
    follows(
        &rig.station("GET", "/v1/orders/order-1", &[], b""),
        "get",
        "/v1/orders/{id}",
    );
    follows(
        &ask(&url, "GET", "/simulate/orders", &[], b""),
        "get",
        "/simulate/orders",
    );
    let pay = "/simulate/orders/{id}/pay";
    follows(
        &ask(&url, "POST", "/simulate/orders/order-1/pay", &[], b""),
        "post",
        pay,
    );
    let close = "/v1/orders/{id}/close";
    let closing = json!({"enrolment": "24010001", "amount_fen": 2000}).to_string();
    follows(
        &rig.station("POST", "/v1/orders/order-1/close", &[JSON], closing.as_bytes()),
        "post",
        close,
    );
    let refund = json!({"refund": "refund-1", "order": "order-1", "amount_fen": 2000}).to_string();
    for _ in 0..2 {
        follows(
            &rig.station("POST", "/v1/refunds", &[JSON], refund.as_bytes()),
            "post",
            "/v1/refunds",
        );
    }
    follows(
        &ask(&url, "POST", "/simulate/orders/order-1/notify", &[], b""),
        "post",
        "/simulate/orders/{id}/notify",
    );

    let person = json!({"session": "sample-2027", "name": "张子墨", "document_number": "320102200609179098"});
    for question in [
        person,
        json!({"session": "x", "name": "张子墨", "document_number": "1"}),
    ] {
        let question = question.to_string();
        let answer = rig.station("POST", "/v1/eligibility", &[JSON], question.as_bytes());
        follows(&answer, "post", "/v1/eligibility");
    }
    let (walk_in, walk_in_sealed) = Capture {
        enrolment: "walk-in-1",
        ..Capture::default()
    }
    .seal(&rig.greeting().recipient);
    rig.deliver(walk_in, &walk_in_sealed.bytes);
    for entry in ["29999999", "24010001"] {
        let settling =
            json!({"session": "sample-2027", "provisional": "walk-in-1", "entry": entry}).to_string();
        follows(
            &rig.reviewer("POST", "/v1/walk-ins/settle", &[JSON], settling.as_bytes()),
            "post",
            "/v1/walk-ins/settle",
        );
    }
    let changes = rig.station("GET", "/v1/changes", &[], b"").json();
    let told = changes["changes"].as_array().unwrap().last().unwrap();
    let schema = &document["components"]["schemas"]["WalkInChange"];
    check(&document, schema, told, "a walk-in's change");

    let (id, sealed) = sealed(&rig.greeting().recipient, "陈思涵");
    let commit = "/v1/packets/{id}/commit";
    follows(&rig.commit(&sealed, id, "none"), "post", commit);
    let upload = rig.upload(&sealed);
    follows(&rig.commit(&sealed, id, &upload), "post", commit);
    follows(
        &rig.reviewer("GET", "/v1/packets", &[], b""),
        "get",
        "/v1/packets",
    );
    let verdict = "/v1/packets/{id}/verdict";
    let path = format!("/v1/packets/{id}/verdict");
    for judgement in [json!({"state": "maybe"}), json!({"state": "approved"})] {
        let body = judgement.to_string();
        follows(
            &rig.reviewer("POST", &path, &[JSON], body.as_bytes()),
            "post",
            verdict,
        );
    }
    follows(
        &rig.station("GET", "/v1/verdicts", &[], b""),
        "get",
        "/v1/verdicts",
    );
    assert_eq!(rig.central.packets().unwrap().len(), 2);
}

fn resolve<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    match value["$ref"].as_str() {
        Some(target) => document.pointer(target.strip_prefix('#').unwrap()).unwrap(),
        None => value,
    }
}

/// The part of JSON Schema that the document uses.
fn check(document: &Value, schema: &Value, value: &Value, at: &str) {
    let schema = resolve(document, schema);
    if let Some(options) = schema["anyOf"].as_array() {
        let fitting = options.iter().find(|o| (o["type"] == "null") == value.is_null());
        return check(document, fitting.unwrap(), value, at);
    }
    if let Some(options) = schema["enum"].as_array() {
        assert!(options.contains(value), "{at}: {value}");
    }
    let fits = match schema["type"].as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("number") => value.is_number(),
        Some("boolean") => value.is_boolean(),
        Some("null") => value.is_null(),
        _ => schema["enum"].is_array(),
    };
    assert!(fits, "{at}: {value} is not {}", schema["type"]);
    for item in value.as_array().into_iter().flatten() {
        check(document, &schema["items"], item, &format!("{at}/items"));
    }
    for (key, part) in value.as_object().into_iter().flatten() {
        let described = &schema["properties"][key];
        assert!(described.is_object(), "{at}: {key} is not described");
        check(document, described, part, &format!("{at}/{key}"));
    }
    for key in schema["required"].as_array().into_iter().flatten() {
        assert!(
            value.get(key.as_str().unwrap()).is_some(),
            "{at}: {key} is missing"
        );
    }
}
