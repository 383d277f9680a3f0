//! What the server tells: health, changes, photos, withdrawals; also by a server that is hostile, old or nobody's.

use crate::mouth::{Asked, Mouth, Say, answer, health, json, refusal};
use domain::change::What;
use domain::moment::Moment;
use domain::port::{Central as _, CentralFault};
use domain::queue::ReviewState;
use jiff::Timestamp;
use serde_json::{Value, json as value};
use uplink::Uplink;

const PACKET: &str = "01900000-0000-7000-8000-000000000001";
const OTHER: &str = "01900000-0000-7000-8000-000000000002";
const AT: &str = "2026-11-28T04:00:00Z";
const AT_MS: i64 = 1_795_838_400_000;

/// An uplink to a server that answers the question for changes like this.
fn told(say: impl Fn() -> Say + Send + Sync + 'static) -> (Mouth, Uplink) {
    let mouth = Mouth::new(move |asked: &Asked| health(asked, Timestamp::now()).unwrap_or_else(&say));
    let uplink = Uplink::new(mouth.server()).unwrap();
    (mouth, uplink)
}

fn changes(list: Vec<Value>, more: bool) -> (Mouth, Uplink) {
    let body = value!({"changes": list, "more": more});
    told(move || json(&body))
}

fn setup() -> Value {
    let text = "协议";
    value!({"cursor": 7, "kind": "setup", "setup": {
        "id": "s", "version": 1, "school": "学校", "title": "t", "kind": "roster",
        "specification": "graduation-480x640", "payment_methods": ["cash"],
        "policy": {"hold_photo_while_payment_unknown": true, "attempts_before_override": 2,
                   "photograph_card": false, "quality": {"base": "relaxed"}, "auto_shutter_hold_s": 1.0},
        "fee": {"amount_fen": 2000, "text": "f"},
        "agreement": {"version": "1", "title": "a", "text": text, "sha256": packet::sha256_hex(text.as_bytes())},
        "contact": {"phone": "1", "hours": "h", "qr": ""},
    }})
}

fn entry(id: &str, name: &str) -> Value {
    value!({"id": id, "name": name, "document_number": null, "school": "s", "class_name": "<b>c</b>",
            "student_number": "../../etc/passwd", "ticket": "", "prepaid": false, "eligible": true, "reason": null})
}

fn roster(session: &str, entries: Value) -> Value {
    value!({"cursor": 8, "kind": "roster", "session": session, "first_row": 501, "entries": entries,
            "removed": ["9"]})
}

fn verdict(cursor: i64) -> Value {
    value!({"cursor": cursor, "kind": "verdict", "packet": PACKET, "state": "rejected", "reasons": ["shadow"],
            "text": "请重拍 <b>\n第二行", "at": AT})
}

fn message(text: &str) -> Value {
    value!({"cursor": 10, "kind": "message", "id": "m1", "urgent": true, "text": text, "at": AT})
}

fn twin(other: &str) -> Value {
    value!({"cursor": 11, "kind": "twin", "packet": PACKET, "station": "a", "other_packet": other,
            "other_station": "b", "at": AT})
}

#[test]
fn changes_come_in_order_and_markup_stays_text() {
    let markup = "<script>alert(1)</script> ../../x";
    let entries = value!([entry("1", "<i>李</i>"), 7, entry("../2", "王")]);
    let list = vec![roster("s", entries), verdict(9), message(markup), twin(OTHER)];
    let (mouth, mut uplink) = changes(list, true);
    let answer = uplink.changes(7).unwrap();
    assert!(answer.more);
    assert_eq!(
        answer.changes.iter().map(|c| c.cursor).collect::<Vec<_>>(),
        [8, 9, 10, 11]
    );
    let What::Roster(rows) = &answer.changes[0].what else {
        panic!("{answer:?}")
    };
    assert_eq!((rows.session.as_str(), rows.first_row, rows.count), ("s", 501, 3));
    assert_eq!(rows.problems, ["502: unreadable"]);
    assert_eq!(rows.removed, ["s:9"]);
    let first = &rows.rows[0];
    assert_eq!(
        (first.name.as_str(), first.class_name.as_str()),
        ("<i>李</i>", "<b>c</b>")
    );
    assert_eq!(first.student_number, "../../etc/passwd");
    assert_eq!(rows.rows[1].id, "s:../2");
    let What::Verdict(found) = &answer.changes[1].what else {
        panic!("{answer:?}")
    };
    assert_eq!(
        (found.cursor, found.state, found.at),
        (9, ReviewState::Rejected, Moment(AT_MS))
    );
    let What::Message(found) = &answer.changes[2].what else {
        panic!("{answer:?}")
    };
    assert_eq!((found.text.as_str(), found.urgent), (markup, true));
    assert!(matches!(&answer.changes[3].what, What::Twin(twin) if twin.other_packet == OTHER));

    let asked = mouth.asked();
    assert_eq!(asked[0].path, "/v1/changes?after=7");
    assert!(
        asked[0].head.contains("authorization: Bearer t"),
        "{}",
        asked[0].head
    );
}

#[test]
fn a_list_that_breaks_a_rule_is_not_used_at_all() {
    let rising = |cursors: &[i64]| cursors.iter().map(|c| verdict(*c)).collect::<Vec<_>>();
    let with = |mut change: Value, key: &str, to: Value| {
        change[key] = to;
        vec![change]
    };
    let lists = [
        rising(&[9, 9]),
        rising(&[9, 8]),
        rising(&[5]),
        rising(&(6..207).collect::<Vec<_>>()),
        vec![roster("../s", value!([]))],
        vec![roster("s", value!(vec![value!(1); 501]))],
        with(roster("s", value!([])), "first_row", value!(0)),
        with(verdict(9), "packet", value!("../x")),
        with(verdict(9), "state", value!("maybe")),
        with(verdict(9), "surplus", value!(1)),
        with(verdict(9), "cursor", value!("9")),
        vec![value!("change")],
        vec![value!({"cursor": 9})],
    ];
    for list in lists {
        let text = value!(list).to_string();
        let (_mouth, mut uplink) = changes(list, false);
        let fault = uplink.changes(5).unwrap_err();
        assert_eq!(
            fault.code(),
            "server_nonsense",
            "{fault} {}",
            &text[..text.len().min(200)]
        );
    }
    let (_mouth, mut uplink) = changes(vec![], true);
    assert_eq!(uplink.changes(0).unwrap_err().code(), "server_nonsense");
    let (_mouth, mut uplink) = changes(rising(&(6..206).collect::<Vec<_>>()), false);
    assert_eq!(uplink.changes(5).unwrap().changes.len(), 200);
}

/// One message that nobody can be shown must not keep every verdict behind it back.
#[test]
fn a_message_or_pair_that_cannot_be_used_is_told_and_passed_by() {
    let mut elsewhere = twin(OTHER);
    elsewhere["station"] = value!("a/b");
    for bad in [
        message(&"字".repeat(501)),
        message("a\u{7}b"),
        twin(PACKET),
        elsewhere,
    ] {
        let cursor = bad["cursor"].as_i64().unwrap();
        let mut after = verdict(9);
        after["cursor"] = value!(cursor + 1);
        let (_mouth, mut uplink) = changes(vec![bad, after], false);
        let answer = uplink.changes(5).unwrap().changes;
        assert_eq!(
            (answer[0].cursor, &answer[0].what),
            (cursor, &What::Unusable("change_invalid"))
        );
        assert!(matches!(answer[1].what, What::Verdict(_)));
    }
    let (_mouth, mut uplink) = changes(vec![message("two\nlines")], false);
    assert!(matches!(
        uplink.changes(5).unwrap().changes[0].what,
        What::Message(_)
    ));
}

#[test]
fn a_setup_is_whole_or_passed_by() {
    let (_mouth, mut uplink) = changes(vec![setup()], false);
    let answer = uplink.changes(0).unwrap();
    assert!(matches!(&answer.changes[0].what, What::Setup(setup) if setup.id == "s"));
    for (at, to) in [
        ("/setup/agreement/text", value!("another")),
        ("/setup/id", value!("a/../b")),
        ("/setup/school", value!(" ")),
        ("/setup/payment_methods", value!([])),
    ] {
        let mut bad = setup();
        *bad.pointer_mut(at).unwrap() = to;
        let (_mouth, mut uplink) = changes(vec![bad], false);
        let answer = uplink.changes(0).unwrap().changes;
        assert_eq!(answer[0].what, What::Unusable("setup_invalid"), "{at}");
    }
}

#[test]
fn what_this_program_does_not_know_is_a_question_of_versions() {
    let (_mouth, mut uplink) = changes(vec![value!({"cursor": 1, "kind": "moon", "phase": 3})], false);
    let fault = uplink.changes(0).unwrap_err();
    assert_eq!(
        (fault.code(), fault.temporary(), fault.of_link()),
        ("server_version", false, true)
    );

    // An old server proves that it is there, and does not know the door.
    for say in [
        || answer("404 Not Found", "text/html", "<h1>not found</h1>"),
        || refusal("404 Not Found", "not_found"),
    ] {
        let (_mouth, mut uplink) = told(say);
        assert_eq!(uplink.changes(0).unwrap_err().code(), "server_version");
        assert_eq!(uplink.photo(PACKET).unwrap_err().code(), "server_version");
        assert_eq!(uplink.withdraw(PACKET, "r").unwrap_err().code(), "server_version");
    }
    // Nobody proves anything: a captive portal.
    let mouth = Mouth::new(|_| answer("404 Not Found", "text/html", "<h1>Wi-Fi</h1>"));
    let mut uplink = Uplink::new(mouth.server()).unwrap();
    assert_eq!(uplink.changes(0).unwrap_err().code(), "server_nonsense");
}

#[test]
fn the_time_is_the_one_that_was_signed() {
    for seconds in [0, 1_795_838_400, 1_795_838_400 + 366 * 86_400] {
        let time = Timestamp::from_second(seconds).unwrap();
        let mouth = Mouth::new(move |asked: &Asked| health(asked, time).unwrap());
        let mut uplink = Uplink::new(mouth.server()).unwrap();
        assert_eq!(uplink.answers(), Ok(Moment(seconds * 1000)));
    }
    let replayed = Mouth::new(|asked: &Asked| {
        let old = Asked {
            path: "/v1/health?nonce=abc".into(),
            ..asked.clone()
        };
        health(&old, Timestamp::now()).unwrap()
    });
    let mut uplink = Uplink::new(replayed.server()).unwrap();
    assert_eq!(uplink.answers().unwrap_err().code(), "server_nonsense");
}

#[test]
fn a_photo_is_a_jpeg_of_the_size_of_one() {
    let jpeg = |length: usize| {
        let mut bytes =
            format!("HTTP/1.1 200 OK\r\ncontent-type: image/jpeg\r\ncontent-length: {length}\r\n\r\n");
        bytes.push_str(&"x".repeat(length - 3));
        let mut bytes = bytes.into_bytes();
        let at = bytes.len() + 3 - length;
        bytes.splice(at..at, *b"\xff\xd8\xff");
        bytes
    };
    let (mouth, mut uplink) = told(move || Say::Bytes(jpeg(1 << 20)));
    assert_eq!(uplink.photo(PACKET).unwrap().len(), 1 << 20);
    assert_eq!(mouth.asked()[0].path, format!("/v1/packets/{PACKET}/photo"));
    let (_mouth, mut uplink) = told(move || Say::Bytes(jpeg((1 << 20) + 1)));
    assert_eq!(uplink.photo(PACKET).unwrap_err().code(), "server_nonsense");
    for (kind, body) in [
        ("text/html", "\u{fffd}<html>"),
        ("image/jpeg", "GIF89a"),
        ("image/png", "x"),
    ] {
        let (_mouth, mut uplink) = told(move || answer("200 OK", kind, body));
        assert_eq!(
            uplink.photo(PACKET).unwrap_err().code(),
            "server_nonsense",
            "{kind}"
        );
    }
    let (_mouth, mut uplink) = told(|| refusal("404 Not Found", "packet_unknown"));
    assert_eq!(uplink.photo(PACKET).unwrap_err().code(), "server_refused");
}

#[test]
fn a_withdrawal_is_confirmed_for_this_packet() {
    let confirmed = |packet: &'static str, state: &'static str| {
        told(move || json(&value!({"packet": packet, "state": state})))
    };
    let (mouth, mut uplink) = confirmed(PACKET, "withdrawn");
    uplink.withdraw(PACKET, "错人").unwrap();
    let asked = mouth.asked();
    assert_eq!(asked[0].path, format!("/v1/packets/{PACKET}/withdraw"));
    assert_eq!(asked[0].body, r#"{"reason":"错人"}"#.as_bytes());
    for (packet, state) in [(OTHER, "withdrawn"), (PACKET, "approved")] {
        let (_mouth, mut uplink) = confirmed(packet, state);
        assert_eq!(
            uplink.withdraw(PACKET, "r").unwrap_err().code(),
            "server_nonsense"
        );
    }
    let (_mouth, mut uplink) = told(|| refusal("409 Conflict", "locked"));
    let fault = uplink.withdraw(PACKET, "r").unwrap_err();
    assert!(
        matches!(&fault, CentralFault::Refused(text) if text.contains("locked")),
        "{fault}"
    );
    let (_mouth, mut uplink) = told(|| refusal("401 Unauthorized", "station_revoked"));
    let fault = uplink.withdraw(PACKET, "r").unwrap_err();
    assert_eq!(fault, CentralFault::Unaccepted("station_revoked".into()));
}
