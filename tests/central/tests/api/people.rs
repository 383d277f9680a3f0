//! Who may be photographed, and who a walk-in is.

use crate::fixture::Capture;
use crate::rig::{Answer, FORM, JSON, Rig, ask};
use central::{Central, Config, Judgement, Limits, Rate, Settling};
use serde_json::{Value, json};
use uuid::Uuid;

const NUMBER: &str = "31010120060612902X";

/// A station that joined; its key is made from the same seed as its packets' signatures.
fn joined(rig: &Rig, seed: u8) -> (String, String) {
    let ticket: packet::JoinTicket = rig.central.invite("西门").unwrap().parse().unwrap();
    let key = packet::StationSigningKey::from_seed(&[seed; 32]).verifying_key();
    let join = json!({"code": ticket.code, "verifying_key": key.to_string(), "name": "西"}).to_string();
    let welcome = ask(&rig.greeting().url, "POST", "/v1/join", &[JSON], join.as_bytes()).json();
    let text = |key: &str| welcome[key].as_str().unwrap().to_owned();
    (text("station_id"), text("token"))
}

fn question(rig: &Rig, token: &str, name: &str, number: &str) -> Answer {
    let body = json!({"session": "sample-2027", "name": name, "document_number": number}).to_string();
    rig.as_station(token, "POST", "/v1/eligibility", &[JSON], body.as_bytes())
}

fn said(rig: &Rig, token: &str, name: &str, number: &str) -> (String, Value) {
    let answer = question(rig, token, name, number);
    assert_eq!(answer.status, 200);
    let answer = answer.json();
    (
        answer["state"].as_str().unwrap().to_owned(),
        answer["reason"].clone(),
    )
}

fn deliver(rig: &Rig, capture: &Capture<'_>) -> Uuid {
    let (id, sealed) = capture.seal(&rig.greeting().recipient);
    assert_eq!(rig.deliver(id, &sealed.bytes).status, 200);
    id
}

fn changes(rig: &Rig, kind: &str) -> Vec<Value> {
    let page = rig.station("GET", "/v1/changes", &[], b"").json();
    let mut changes = page["changes"].as_array().unwrap().clone();
    changes.retain(|change| change["kind"] == kind);
    changes
}

#[test]
fn the_roster_says_who_may_be_photographed_and_names_nobody() {
    let rig = Rig::new(true);
    let (_, token) = joined(&rig, 7);
    let state = |name: &str, number: &str| said(&rig, &token, name, number);
    assert_eq!(state("陈思涵", NUMBER), ("eligible".into(), Value::Null));
    assert_eq!(
        state(" 陈 思涵", "３１０１０１２００６０６１２９０２x").0,
        "eligible"
    );
    let (no, reason) = state("张子墨", "320102200609179098");
    assert_eq!(no, "not_eligible");
    assert!(reason.as_str().unwrap().contains("学籍科"));
    // Somebody else's number is answered as nobody's.
    assert_eq!(state("张子墨", NUMBER), ("unknown".into(), Value::Null));
    assert_eq!(state("陈思涵", "110101199003070038").0, "unknown");
    assert_eq!(state("陈思涵", "nothing").0, "unknown");
    let other = json!({"session": "other", "name": "陈思涵", "document_number": NUMBER}).to_string();
    let refused = rig.as_station(&token, "POST", "/v1/eligibility", &[JSON], other.as_bytes());
    assert_eq!(
        (refused.status, refused.code().as_str()),
        (404, "session_unknown")
    );
    assert_eq!(question(&rig, &token, "", NUMBER).code(), "person");
    assert_eq!(question(&rig, "wrong", "陈思涵", NUMBER).status, 401);
}

#[test]
fn a_photo_that_stands_is_elsewhere_for_every_other_station() {
    let rig = Rig::new(true);
    let (asking, token) = joined(&rig, 7);
    let first = deliver(&rig, &Capture::default());
    let state = |token: &str| said(&rig, token, "陈思涵", NUMBER).0;
    assert_eq!(state(&token), "captured_elsewhere");
    // The start-up token does not say who asks.
    assert_eq!(state(&rig.greeting().token), "eligible");
    rig.central
        .judge(
            &first.to_string(),
            &Judgement {
                state: "rejected".into(),
                reasons: vec!["other".into()],
                text: String::new(),
            },
        )
        .unwrap();
    assert_eq!(
        state(&token),
        "eligible",
        "a rejected photo is taken again, anywhere"
    );
    let own = Capture {
        station: &asking,
        signer: 7,
        retake_of: Some(first),
        ..Capture::default()
    };
    let (id, sealed) = own.seal(&rig.greeting().recipient);
    assert_eq!(rig.deliver_as(&token, id, &sealed.bytes).status, 200);
    assert_eq!(state(&token), "eligible", "its own photo is not elsewhere");
    let (_, third) = joined(&rig, 8);
    assert_eq!(state(&third), "captured_elsewhere");
}

#[test]
fn names_and_numbers_are_not_guessed_for_long() {
    let dir = tempfile::tempdir().unwrap();
    let central = Central::start(&Config {
        limits: Limits {
            eligibility: Rate {
                burst: 2,
                per_s: 0.001,
            },
            ..Limits::default()
        },
        ..Config::sample(dir.path())
    })
    .unwrap();
    let rig = Rig { central, dir };
    let (_, one) = joined(&rig, 7);
    let (_, two) = joined(&rig, 8);
    for status in [200, 200, 429] {
        assert_eq!(question(&rig, &one, "陈思涵", NUMBER).status, status);
    }
    assert_eq!(
        question(&rig, &two, "陈思涵", NUMBER).status,
        200,
        "nobody else waits"
    );
}

fn walk_in(name: &'static str, number: &'static str) -> Capture<'static> {
    Capture {
        name,
        number,
        enrolment: "walk-in-1",
        ..Capture::default()
    }
}

fn settling(entry: Option<&str>, reason: Option<&str>) -> Settling {
    Settling {
        session: "sample-2027".into(),
        provisional: "walk-in-1".into(),
        entry: entry.map(str::to_owned),
        reason: reason.map(str::to_owned),
        differs: false,
    }
}

#[test]
fn a_walk_in_is_settled_once_and_told() {
    let rig = Rig::new(true);
    let unknown = rig.central.settle(&settling(Some("24010001"), None)).unwrap_err();
    assert!(unknown.to_string().starts_with("walk_in_unknown"), "{unknown}");
    let photo = deliver(&rig, &walk_in("陈思涵", NUMBER));
    let missing = rig.central.settle(&settling(Some("29999999"), None)).unwrap_err();
    assert!(missing.to_string().starts_with("entry_unknown"), "{missing}");
    let other = rig.central.settle(&settling(Some("24010002"), None)).unwrap_err();
    assert!(other.to_string().starts_with("person_differs"), "{other}");
    assert_eq!(
        changes(&rig, "walk_in"),
        Vec::<Value>::new(),
        "nothing of that was told"
    );
    let settled = rig.central.settle(&settling(Some("24010001"), None)).unwrap();
    let again = rig.central.settle(&settling(Some("24010001"), None)).unwrap();
    assert_eq!(settled, again);
    let otherwise = rig
        .central
        .settle(&settling(None, Some("不是本校学生")))
        .unwrap_err();
    assert!(otherwise.to_string().starts_with("settled"), "{otherwise}");
    let told = changes(&rig, "walk_in");
    assert_eq!(told.len(), 1);
    assert_eq!(told[0]["provisional"], "walk-in-1");
    assert_eq!(told[0]["entry"]["student_number"], "24010001");
    assert_eq!(told[0]["reason"], Value::Null);
    // The photo stays as it came, under the enrolment it came with.
    let held = rig.central.packets().unwrap();
    assert_eq!((held.len(), held[0].id.as_str()), (1, photo.to_string().as_str()));
    assert_eq!(
        (held[0].enrolment.as_str(), held[0].state.as_str()),
        ("walk-in-1", "pending")
    );
}

/// Under another number than the roster's, only the settlement shows that it is the same person.
#[test]
fn a_settlement_shows_twins() {
    let rig = Rig::new(true);
    let listed = deliver(
        &rig,
        &Capture {
            enrolment: "sample-2027:24010001",
            ..Capture::default()
        },
    );
    let photo = deliver(&rig, &walk_in("陈思涵", "C12345678"));
    assert_eq!(changes(&rig, "twin"), Vec::<Value>::new());
    let differs = Settling {
        differs: true,
        ..settling(Some("24010001"), None)
    };
    rig.central.settle(&differs).unwrap();
    rig.central.settle(&differs).unwrap();
    let told = changes(&rig, "twin");
    assert_eq!(told.len(), 1);
    assert_eq!(
        (&told[0]["packet"], &told[0]["other_packet"]),
        (&json!(photo), &json!(listed))
    );
}

#[test]
fn the_reviewer_settles_on_the_page() {
    let rig = Rig::new(true);
    deliver(&rig, &walk_in("林晓桐", "110101199003070038"));
    let page = |rig: &Rig| String::from_utf8(rig.reviewer("GET", "/", &[], b"").body).unwrap();
    assert!(page(&rig).contains("临时登记，请对应学籍"));
    let own = rig.greeting().url.clone();
    let post = |form: &str| {
        let form = format!("session=sample-2027&provisional=walk-in-1&back=%2F%3Fstate%3Dpending&{form}");
        let headers = [FORM, ("Origin", own.as_str())];
        rig.reviewer("POST", "/v1/walk-ins/settle", &headers, form.as_bytes())
    };
    let wrong = post("entry=24010001");
    assert_eq!(wrong.status, 409);
    assert!(String::from_utf8(wrong.body).unwrap().contains("勾选“已核对”"));
    assert_eq!(post("entry=&reason=").status, 422);
    let done = post("reason=%E4%B8%8D%E6%98%AF%E6%9C%AC%E6%A0%A1%E5%AD%A6%E7%94%9F");
    assert_eq!(
        (done.status, done.header("location")),
        (303, Some("/?state=pending"))
    );
    let html = page(&rig);
    assert!(html.contains("无学籍可对应：不是本校学生") && !html.contains("请对应学籍"));
    assert_eq!(changes(&rig, "walk_in")[0]["reason"], "不是本校学生");
    let foreign = [FORM, ("Origin", "https://elsewhere.example")];
    let form = b"session=sample-2027&provisional=walk-in-1&entry=24010001";
    assert_eq!(
        rig.reviewer("POST", "/v1/walk-ins/settle", &foreign, form).status,
        403
    );
}
