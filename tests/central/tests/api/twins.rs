//! The same person twice, packets taken back, approved ones locked.

use crate::fixture::Capture;
use crate::rig::{JSON, Rig};
use central::Judgement;
use serde_json::{Value, json};
use uuid::Uuid;

fn twins(rig: &Rig) -> Vec<(Uuid, Uuid)> {
    let page = rig.station("GET", "/v1/changes", &[], b"").json();
    let id = |value: &Value| value.as_str().unwrap().parse().unwrap();
    let changes = page["changes"].as_array().unwrap().iter();
    changes
        .filter(|c| c["kind"] == "twin")
        .map(|c| (id(&c["packet"]), id(&c["other_packet"])))
        .collect()
}

fn deliver(rig: &Rig, capture: Capture<'_>) -> Uuid {
    let (id, sealed) = capture.seal(&rig.greeting().recipient);
    assert_eq!(rig.deliver(id, &sealed.bytes).status, 200);
    assert_eq!(
        rig.deliver(id, &sealed.bytes).status,
        200,
        "once more changes nothing"
    );
    id
}

fn withdraw(rig: &Rig, id: Uuid) -> (u16, Value) {
    let path = format!("/v1/packets/{id}/withdraw");
    let answer = rig.station("POST", &path, &[JSON], "{\"reason\":\"拍错了人\"}".as_bytes());
    (answer.status, answer.json())
}

fn state(rig: &Rig, id: Uuid) -> String {
    let packets = rig.central.packets().unwrap();
    packets
        .into_iter()
        .find(|p| p.id == id.to_string())
        .unwrap()
        .state
}

fn judge(rig: &Rig, id: Uuid, state: &str) -> Result<(), String> {
    let judgement = Judgement {
        state: state.into(),
        reasons: if state == "rejected" {
            vec!["other".into()]
        } else {
            vec![]
        },
        text: String::new(),
    };
    rig.central
        .judge(&id.to_string(), &judgement)
        .map_err(|e| e.to_string())
}

/// Without a roster and a document the code is all that is known of a person; the wire says so.
#[test]
fn a_packet_with_nothing_but_a_code_is_taken_and_the_same_code_elsewhere_is_a_twin() {
    let rig = Rig::new(true);
    let alone = |station, signer, enrolment, code| Capture {
        name: "",
        number: "",
        station,
        signer,
        enrolment,
        code,
        ..Capture::default()
    };
    let first = deliver(&rig, alone("station-1", 1, "graduates:code-1", "hN3kQ0z7Yw2b"));
    deliver(&rig, alone("station-2", 2, "graduates:code-2", "another code"));
    assert_eq!(
        twins(&rig),
        [],
        "two people without a number are not the same one"
    );
    let same = deliver(&rig, alone("station-2", 2, "graduates:code-1", "hN3kQ0z7Yw2b"));
    assert_eq!(twins(&rig), [(same, first)]);
    // Beside a roster: one code for two people of the list.
    let beside = deliver(
        &rig,
        Capture {
            number: "440106200711239053",
            enrolment: "24010002",
            code: "another code",
            station: "station-3",
            signer: 3,
            ..Capture::default()
        },
    );
    assert_eq!(twins(&rig).len(), 2);
    assert_eq!(twins(&rig)[1].0, beside);
}

#[test]
fn the_same_person_from_two_stations_is_told_once() {
    let rig = Rig::new(true);
    let two = Capture {
        station: "station-2",
        signer: 2,
        ..Capture::default()
    };
    let first = deliver(&rig, Capture::default());
    assert_eq!(twins(&rig), []);
    let by_number = deliver(
        &rig,
        Capture {
            enrolment: "walk-in-1",
            ..two.clone()
        },
    );
    assert_eq!(twins(&rig), [(by_number, first)]);
    let page = rig.station("GET", "/v1/changes", &[], b"").json();
    let told = page["changes"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(
        (&told["station"], &told["other_station"]),
        (&json!("station-2"), &json!("station-1"))
    );
    // Its retake is no twin of the first, and the pair of both people's captures was told already.
    let retake = deliver(
        &rig,
        Capture {
            enrolment: "walk-in-1",
            retake_of: Some(by_number),
            ..two.clone()
        },
    );
    assert_eq!(twins(&rig).len(), 1);
    // Another person, another session: nobody's twin.
    deliver(
        &rig,
        Capture {
            number: "440106200711239053",
            enrolment: "24010002",
            ..two.clone()
        },
    );
    deliver(
        &rig,
        Capture {
            session: "other",
            ..two.clone()
        },
    );
    assert_eq!(twins(&rig).len(), 1);
    // The same enrolment under another number is a twin as well, of what is current alone.
    let by_enrolment = deliver(
        &rig,
        Capture {
            number: "440106200711239054",
            ..two.clone()
        },
    );
    assert_eq!(twins(&rig)[1..], [(by_enrolment, first)]);
    assert_eq!(withdraw(&rig, first).0, 200);
    assert_eq!(withdraw(&rig, retake).0, 200);
    assert_eq!(withdraw(&rig, by_number).0, 200);
    let told = twins(&rig).len();
    deliver(
        &rig,
        Capture {
            enrolment: "walk-in-2",
            ..two
        },
    );
    assert_eq!(twins(&rig).len(), told, "what was taken back is no twin");
    let html = String::from_utf8(rig.reviewer("GET", "/", &[], b"").body).unwrap();
    assert!(html.contains("同一人另有照片"));
}

#[test]
fn a_retake_may_come_before_what_it_replaces() {
    let rig = Rig::new(true);
    let recipient = rig.greeting().recipient.clone();
    let (first, first_sealed) = Capture::default().seal(&recipient);
    let (second, second_sealed) = Capture {
        retake_of: Some(first),
        ..Capture::default()
    }
    .seal(&recipient);
    let third = deliver(
        &rig,
        Capture {
            retake_of: Some(second),
            ..Capture::default()
        },
    );
    for (id, sealed) in [(second, second_sealed), (first, first_sealed)] {
        assert_eq!(rig.deliver(id, &sealed.bytes).status, 200);
    }
    assert_eq!(twins(&rig), []);
    assert_eq!(
        [first, second, third].map(|id| state(&rig, id)),
        ["superseded", "superseded", "pending"]
    );
    assert!(
        judge(&rig, first, "approved")
            .unwrap_err()
            .starts_with("superseded")
    );
    judge(&rig, third, "approved").unwrap();
    // Approved is locked, whichever capture of the chain a retake names.
    for of in [first, second, third] {
        let (id, sealed) = Capture {
            retake_of: Some(of),
            ..Capture::default()
        }
        .seal(&recipient);
        assert_eq!(rig.deliver(id, &sealed.bytes).code(), "locked");
    }
    let (status, answer) = withdraw(&rig, third);
    assert_eq!((status, answer["code"].as_str()), (409, Some("locked")));
    assert!(judge(&rig, third, "rejected").unwrap_err().starts_with("locked"));
}

#[test]
fn a_packet_is_taken_back_also_before_it_came() {
    let rig = Rig::new(true);
    let (id, sealed) = Capture::default().seal(&rig.greeting().recipient);
    for _ in 0..2 {
        assert_eq!(
            withdraw(&rig, id),
            (200, json!({"packet": id, "state": "withdrawn"}))
        );
    }
    assert_eq!(rig.deliver(id, &sealed.bytes).code(), "withdrawn");
    assert_eq!(rig.central.packets().unwrap(), []);
    let held = deliver(&rig, Capture::default());
    judge(&rig, held, "rejected").unwrap();
    let retake = deliver(
        &rig,
        Capture {
            retake_of: Some(held),
            ..Capture::default()
        },
    );
    assert_eq!(state(&rig, held), "superseded");
    assert_eq!(withdraw(&rig, retake).0, 200);
    assert_eq!(
        [held, retake].map(|id| state(&rig, id)),
        ["rejected", "withdrawn"]
    );
    assert!(
        judge(&rig, retake, "approved")
            .unwrap_err()
            .starts_with("withdrawn")
    );
    let empty = format!("/v1/packets/{held}/withdraw");
    assert_eq!(
        rig.station("POST", &empty, &[JSON], b"{\"reason\":\"\"}").code(),
        "reason"
    );
}

#[test]
fn a_station_takes_back_its_own_packets_and_sees_any_photo() {
    let rig = Rig::new(true);
    let held = deliver(&rig, Capture::default());
    let ticket = rig.central.invite("西门").unwrap();
    let ticket: packet::JoinTicket = ticket.parse().unwrap();
    let key = packet::StationSigningKey::from_seed(&[9; 32]).verifying_key();
    let join = json!({"code": ticket.code, "verifying_key": key.to_string(), "name": "西"}).to_string();
    let welcome = crate::rig::ask(&rig.greeting().url, "POST", "/v1/join", &[JSON], join.as_bytes()).json();
    let token = welcome["token"].as_str().unwrap();
    let path = format!("/v1/packets/{held}/withdraw");
    let foreign = rig.as_station(token, "POST", &path, &[JSON], b"{\"reason\":\"x\"}");
    assert_eq!((foreign.status, foreign.code().as_str()), (403, "not_yours"));
    let photo = rig.as_station(token, "GET", &format!("/v1/packets/{held}/photo"), &[], b"");
    assert_eq!(
        (photo.header("content-type"), photo.body.as_slice()),
        (Some("image/jpeg"), crate::fixture::PHOTO)
    );
    let unknown = rig.as_station(
        token,
        "GET",
        &format!("/v1/packets/{}/photo", Uuid::now_v7()),
        &[],
        b"",
    );
    assert_eq!((unknown.status, unknown.code().as_str()), (404, "packet_unknown"));
}
