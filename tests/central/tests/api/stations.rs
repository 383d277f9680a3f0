//! Stations: let in by a one-time code, known by their key, shut out.

use crate::fixture::Capture;
use crate::rig::{JSON, Rig, ask};
use packet::{JoinTicket, StationSigningKey, Welcome};
use serde_json::json;

/// Joins with a ticket's code as the station whose key is made of this seed.
fn join(rig: &Rig, ticket: &JoinTicket, seed: u8) -> crate::rig::Answer {
    let key = StationSigningKey::from_seed(&[seed; 32]).verifying_key();
    let body = json!({"code": ticket.code, "verifying_key": key.to_string(), "name": "2 号采集位"});
    ask(
        &rig.greeting().url,
        "POST",
        "/v1/join",
        &[JSON],
        body.to_string().as_bytes(),
    )
}

fn invited(rig: &Rig) -> (String, JoinTicket) {
    let answer = rig.reviewer("POST", "/v1/stations", &[JSON], "{\"name\":\"东门\"}".as_bytes());
    assert_eq!(answer.status, 200);
    let invitation = answer.json();
    let ticket = invitation["ticket"].as_str().unwrap().parse().unwrap();
    (invitation["station_id"].as_str().unwrap().to_owned(), ticket)
}

#[test]
fn a_code_lets_one_station_in_once_and_its_own_token_counts() {
    let rig = Rig::new(false);
    let (station, ticket) = invited(&rig);
    let wrong = JoinTicket {
        code: "AAAAAAAA".into(),
        ..ticket.clone()
    };
    assert_eq!(
        (
            join(&rig, &wrong, 7).status,
            join(&rig, &wrong, 7).code().as_str()
        ),
        (403, "join_code")
    );
    let welcome: Welcome = serde_json::from_slice(&join(&rig, &ticket, 7).body).unwrap();
    assert!(welcome.prove(&ticket).is_some(), "signed over this ticket's code");
    assert_eq!(welcome.station_id, station);
    assert_eq!(welcome.recipient, rig.greeting().recipient);
    assert_eq!(join(&rig, &ticket, 8).code(), "join_code", "a code works once");

    let path = "/v1/changes?after=0";
    assert_eq!(rig.as_station(&welcome.token, "GET", path, &[], b"").status, 200);
    assert_eq!(
        rig.as_station("else", "GET", path, &[], b"").code(),
        "unauthorised"
    );
    let revoke = format!("/v1/stations/{station}/revoke");
    assert_eq!(
        rig.as_station(&welcome.token, "POST", &revoke, &[], b"").status,
        401
    );
    for _ in 0..2 {
        assert_eq!(rig.reviewer("POST", &revoke, &[], b"").json()["state"], "revoked");
    }
    let shut = rig.as_station(&welcome.token, "GET", path, &[], b"");
    assert_eq!((shut.status, shut.code().as_str()), (401, "station_revoked"));
    assert_eq!(
        rig.reviewer("POST", "/v1/stations/none/revoke", &[], b"").code(),
        "station_unknown"
    );

    let (other, ticket) = invited(&rig);
    assert_eq!(
        rig.reviewer("POST", &format!("/v1/stations/{other}/revoke"), &[], b"")
            .status,
        200
    );
    assert_eq!(
        join(&rig, &ticket, 9).code(),
        "join_code",
        "the code of a revoked invitation is void"
    );
    let secrets = std::fs::read(rig.dir.path().join("central.sqlite")).unwrap();
    let wal = std::fs::read(rig.dir.path().join("central.sqlite-wal")).unwrap_or_default();
    for secret in [welcome.token.as_bytes(), ticket.code.as_bytes()] {
        let kept = [&secrets, &wal]
            .iter()
            .any(|file| file.windows(secret.len()).any(|w| w == secret));
        assert!(!kept, "tokens and codes are kept as hashes alone");
    }
}

#[test]
fn a_packet_counts_only_with_the_key_of_its_station() {
    let rig = Rig::new(false);
    let (station, ticket) = invited(&rig);
    let welcome: Welcome = serde_json::from_slice(&join(&rig, &ticket, 7).body).unwrap();
    let of = |station: &str, signer| {
        Capture {
            station,
            signer,
            ..Capture::default()
        }
        .seal(&rig.greeting().recipient)
    };
    let commit = |token: &str, (id, sealed): (uuid::Uuid, packet::SealedPacket)| {
        let answer = rig.deliver_as(token, id, &sealed.bytes);
        (
            answer.status,
            answer.json()["code"].as_str().unwrap_or_default().to_owned(),
        )
    };
    let refused = (422, "station_key".to_owned());
    assert_eq!(commit(&welcome.token, of(&station, 7)), (200, String::new()));
    assert_eq!(commit(&welcome.token, of(&station, 8)), refused, "another key");
    assert_eq!(
        commit(&welcome.token, of("nobody", 7)),
        refused,
        "a station nobody knows"
    );

    // The start-up token binds a station's first key, once, and never that of a station that was let in.
    let start_up = rig.greeting().token.clone();
    assert_eq!(commit(&start_up, of("station-1", 1)), (200, String::new()));
    assert_eq!(commit(&start_up, of("station-1", 2)), refused);
    assert_eq!(commit(&start_up, of(&station, 8)), refused);
    let (waiting, _) = invited(&rig);
    assert_eq!(
        commit(&start_up, of(&waiting, 9)),
        refused,
        "nobody sits on another's place"
    );

    // What a revoked station sealed counts no more, unless its key is let in again.
    rig.central.revoke(&station).unwrap();
    assert_eq!(commit(&start_up, of(&station, 7)), refused);
    let (again, ticket) = invited(&rig);
    assert_eq!(join(&rig, &ticket, 7).status, 200);
    assert_eq!(commit(&start_up, of(&station, 7)), (200, String::new()));
    let states: Vec<_> = rig.central.stations().unwrap();
    let state = |id: &str| states.iter().find(|s| s.station_id == id).unwrap().state.clone();
    assert_eq!(
        [state(&station), state(&again), state("station-1")],
        ["revoked", "active", "active"]
    );
}

#[test]
fn an_upload_belongs_to_the_station_that_began_it() {
    let rig = Rig::new(false);
    let (_, ticket) = invited(&rig);
    let welcome: Welcome = serde_json::from_slice(&join(&rig, &ticket, 7).body).unwrap();
    let at = rig.upload(b"bytes");
    let tus = ("Tus-Resumable", "1.0.0");
    let foreign = rig.as_station(&welcome.token, "HEAD", &at, &[tus], b"");
    assert_eq!(foreign.status, 404);
    assert_eq!(
        rig.as_station(&welcome.token, "DELETE", &at, &[tus], b"").status,
        404
    );
    assert_eq!(rig.tus("HEAD", &at, &[], b"").status, 200);
}
