//! Being let in, and being shut out again.

use crate::mouth::{Mouth, json, key, refusal};
use crate::rig::{Rig, queued};
use domain::port::{Central as _, CentralFault};
use packet::{JoinTicket, ServerSigningKey, StationSigningKey, Welcome};
use uplink::{JoinFault, Server, Uplink, join};

fn station_key() -> packet::StationVerifyingKey {
    StationSigningKey::from_seed(&[1; 32]).verifying_key()
}

fn ask(url: &str, ticket: &JoinTicket) -> Result<Welcome, JoinFault> {
    join(url, None, ticket, &station_key(), "2 号采集位")
}

#[test]
fn a_ticket_opens_the_door_once() {
    let rig = Rig::new();
    let greeting = rig.central.greeting();
    let ticket: JoinTicket = rig.central.invite("礼堂").unwrap().parse().unwrap();
    let welcome = ask(&greeting.url, &ticket).unwrap();
    assert_eq!(
        (&welcome.recipient, &welcome.verifying_key),
        (&greeting.recipient, &greeting.verifying_key)
    );
    assert!(matches!(ask(&greeting.url, &ticket), Err(JoinFault::Code)));

    let server = Server::new(
        &greeting.url,
        &welcome.token,
        &welcome.recipient,
        &welcome.verifying_key,
    );
    let mut uplink = Uplink::new(server.unwrap()).unwrap();
    uplink.answers().unwrap();
    assert!(!uplink.changes(0).unwrap().changes.is_empty());
    assert_eq!(uplink.recovery(), None);

    rig.central.revoke(&welcome.station_id).unwrap();
    let fault = uplink.changes(0).unwrap_err();
    assert_eq!(fault, CentralFault::Unaccepted("station_revoked".into()));
    assert_eq!((fault.code(), fault.of_link()), ("station_not_accepted", true));
    let fault = queued(&uplink.recipient(), None).send(&mut uplink).unwrap_err();
    assert_eq!(fault.code(), "station_not_accepted");
    // The server itself is there all the same.
    uplink.answers().unwrap();
}

#[test]
fn nothing_is_believed_that_the_ticket_does_not_prove() {
    let rig = Rig::new();
    let url = rig.central.greeting().url.clone();
    let real: JoinTicket = rig.central.invite("x").unwrap().parse().unwrap();
    let foreign = ServerSigningKey::from_seed(&[7; 32]).verifying_key().id();
    let elsewhere = JoinTicket {
        key_id: foreign,
        ..real.clone()
    };
    let fault = ask(&url, &elsewhere).unwrap_err();
    assert!(matches!(fault, JoinFault::Unproven), "{fault}");
    assert_eq!(fault.code(), "join_unproven");
    let typo = JoinTicket {
        code: "AAAAAAAA".into(),
        ..real
    };
    assert_eq!(ask(&url, &typo).unwrap_err().code(), "join_code");
    assert_eq!(
        ask("http://central.example", &typo).unwrap_err().code(),
        "join_address"
    );
    assert_eq!(
        ask("http://127.0.0.1:1", &typo).unwrap_err().code(),
        "server_unreachable"
    );
}

#[test]
fn a_welcome_is_signed_for_this_ticket_and_can_be_used() {
    let ticket = JoinTicket {
        code: "K7QF2M9D".into(),
        key_id: key().verifying_key().id(),
    };
    let good = Welcome {
        station_id: "station-1".into(),
        token: "secret".into(),
        recipient: packet::OpeningKey::generate().recipient().to_string(),
        recovery: Some(packet::OpeningKey::generate().recipient().to_string()),
        verifying_key: String::new(),
        signature: String::new(),
    };
    let heard = |welcome: Welcome| {
        let mouth = Mouth::new(move |_| json(&serde_json::to_value(&welcome).unwrap()));
        (ask(&mouth.url, &ticket), mouth)
    };
    let signed = |welcome: &Welcome| welcome.clone().signed(&ticket.code, &key());
    let (answer, mouth) = heard(signed(&good));
    let answer = answer.unwrap();
    assert_eq!(answer, signed(&good));
    let asked = &mouth.asked()[0];
    assert!(
        !asked.head.to_lowercase().contains("authorization"),
        "{}",
        asked.head
    );
    let message: serde_json::Value = serde_json::from_slice(&asked.body).unwrap();
    let expected = serde_json::json!({
        "code": "K7QF2M9D", "verifying_key": station_key().to_string(), "name": "2 号采集位",
    });
    assert_eq!((asked.path.as_str(), message), ("/v1/join", expected));
    let server = Server::new(
        &mouth.url,
        &answer.token,
        &answer.recipient,
        &answer.verifying_key,
    )
    .unwrap();
    let uplink = Uplink::new(server.with_recovery(answer.recovery.as_deref().unwrap()).unwrap()).unwrap();
    assert_eq!(uplink.recovery(), good.recovery);

    let mut altered = signed(&good);
    altered.recipient = packet::OpeningKey::generate().recipient().to_string();
    assert_eq!(heard(altered).0.unwrap_err().code(), "join_unproven");
    assert_eq!(
        heard(good.clone().signed("AAAAAAAA", &key()))
            .0
            .unwrap_err()
            .code(),
        "join_unproven"
    );
    for unusable in [
        Welcome {
            station_id: "../x".into(),
            ..good.clone()
        },
        Welcome {
            token: "two words".into(),
            ..good.clone()
        },
        Welcome {
            recipient: "age1x".into(),
            ..good.clone()
        },
        Welcome {
            recovery: Some("age1x".into()),
            ..good.clone()
        },
    ] {
        let (answer, _mouth) = heard(signed(&unusable));
        assert_eq!(answer.unwrap_err().code(), "join_welcome", "{unusable:?}");
    }
}

#[test]
fn a_door_that_is_closed_says_why() {
    let ticket = JoinTicket {
        code: "K7QF2M9D".into(),
        key_id: key().verifying_key().id(),
    };
    for (status, code, expected) in [
        ("403 Forbidden", "join_code", "join_code"),
        ("429 Too Many Requests", "too_many", "server_error"),
        ("422 Unprocessable Entity", "name", "server_refused"),
        ("401 Unauthorized", "unauthorised", "station_not_accepted"),
    ] {
        let mouth = Mouth::new(move |_| refusal(status, code));
        assert_eq!(ask(&mouth.url, &ticket).unwrap_err().code(), expected, "{status}");
    }
    let portal = Mouth::new(|_| crate::mouth::answer("200 OK", "text/html", "<form>"));
    assert_eq!(ask(&portal.url, &ticket).unwrap_err().code(), "server_nonsense");
}
