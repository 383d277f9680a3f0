//! Requests that mean no good, and what the audit trail says of the others.

use crate::fixture::Capture;
use crate::rig::{FORM, JSON, OCTETS, Rig, ask, try_ask};
use std::io::{Read, Write};
use std::net::TcpStream;
use uuid::Uuid;

#[test]
fn bodies_that_do_not_fit_are_refused_in_the_servers_words() {
    let rig = Rig::new(true);
    let id = Uuid::now_v7();
    let large = vec![b' '; 100 << 10];
    let commit = format!("/v1/packets/{id}/commit");
    let withdraw = format!("/v1/packets/{id}/withdraw");
    for path in ["/v1/orders", &commit, &withdraw] {
        assert_eq!(rig.station("POST", path, &[JSON], &large).status, 413, "{path}");
        assert_eq!(
            rig.station("POST", path, &[FORM], b"a=b").code(),
            "body",
            "{path}"
        );
        assert_eq!(rig.station("POST", path, &[], b"{}").status, 415, "{path}");
        assert_eq!(rig.station("POST", path, &[JSON], b"{").status, 400, "{path}");
        assert_eq!(rig.station("POST", path, &[JSON], b"[]").status, 422, "{path}");
        let more = br#"{"reason":"x","upload":"x","sha256":"x","size":1,"order":"abcdef","enrolment":"x","amount_fen":1}"#;
        assert_eq!(
            rig.station("POST", path, &[JSON], more).status,
            422,
            "{path}: unknown keys"
        );
        let deep = [vec![b'['; 30_000], vec![b']'; 30_000]].concat();
        assert!(rig.station("POST", path, &[JSON], &deep).status < 500, "{path}");
    }
    for path in ["/v1/stations", "/v1/messages"] {
        assert_eq!(rig.reviewer("POST", path, &[JSON], &large).status, 413, "{path}");
        assert_eq!(
            rig.reviewer("POST", path, &[JSON], b"{\"name\":\"\",\"text\":\"\"}")
                .status,
            422,
            "{path}"
        );
    }
    let negative = br#"{"upload":"x","sha256":"x","size":-1}"#;
    assert_eq!(rig.station("POST", &commit, &[JSON], negative).status, 422);
    for number in ["-1", "1e3", "0x10", "99999999999999999999999", "", " 1 2"] {
        let answer = rig.tus("POST", "/files", &[("Upload-Length", number)], b"");
        assert_eq!(answer.status, 400, "{number}");
    }
    for after in ["x", "1.5", "-5", "99999999999999999999"] {
        assert_eq!(
            rig.station("GET", &format!("/v1/changes?after={after}"), &[], b"")
                .status,
            400
        );
    }
    let beyond = format!("/v1/changes?after={}", u64::MAX);
    assert_eq!(rig.station("GET", &beyond, &[], b"").status, 200);
    assert_eq!(rig.station("GET", "/v1/changes?before=1", &[], b"").status, 400);
}

#[test]
fn no_name_leads_out_of_the_folder() {
    let rig = Rig::new(true);
    let (id, sealed) = Capture {
        station: "../../station",
        enrolment: "../x",
        ..Capture::default()
    }
    .seal(&rig.greeting().recipient);
    assert_eq!(
        rig.deliver(id, &sealed.bytes).status,
        200,
        "names are text, never paths"
    );
    for name in [
        "..%2Fsigning.key",
        "..%2F..%2Fetc%2Fpasswd",
        "%2e%2e",
        "signing.key%00",
        "%ff",
    ] {
        for door in ["commit", "withdraw", "photo", "verdict"] {
            let path = format!("/v1/packets/{name}/{door}");
            for method in ["GET", "POST"] {
                let station = rig.station(method, &path, &[JSON], b"{}");
                assert!(
                    (400..500).contains(&station.status),
                    "{method} {path}: {}",
                    station.status
                );
            }
        }
        for method in ["HEAD", "PATCH", "DELETE"] {
            let answer = rig.tus(
                method,
                &format!("/files/{name}"),
                &[OCTETS, ("Upload-Offset", "0")],
                b"x",
            );
            assert_eq!(answer.status, 400, "{method} {name}");
        }
        let file = rig.reviewer("GET", &format!("/v1/packets/{id}/files/{name}"), &[], b"");
        assert!(matches!(file.status, 400 | 404), "{name}");
    }
    let upload = format!("../../packets/{id}.age");
    assert_eq!(
        rig.commit(&sealed.bytes, Uuid::now_v7(), &upload).code(),
        "upload_unknown"
    );
    assert_eq!(rig.station("GET", "/v1/nothing", &[], b"").code(), "door_unknown");
}

#[test]
fn heads_without_end_and_broken_requests_leave_the_server_standing() {
    let rig = Rig::new(true);
    let url = &rig.greeting().url;
    let huge = "x".repeat(1 << 20);
    let answer = try_ask(url, "GET", "/v1/keys", &[("X-Huge", &huge)], b"");
    assert!(answer.is_none_or(|a| (400..500).contains(&a.status)));
    let path = format!("/v1/keys?{}", "y".repeat(1 << 20));
    assert!(try_ask(url, "GET", &path, &[], b"").is_none_or(|a| (400..500).contains(&a.status)));
    let many: Vec<(String, String)> = (0..500).map(|n| (format!("X-{n}"), "z".into())).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    assert!(try_ask(url, "GET", "/v1/keys", &many, b"").is_none_or(|a| (400..500).contains(&a.status)));
    for bytes in [
        b"\x16\x03\x01\x02\x00".as_slice(),
        b"GET / HTTP/9.9\r\n\r\n",
        b"\0\0\0\0\r\n\r\n",
    ] {
        let mut stream = TcpStream::connect(url.strip_prefix("http://").unwrap()).unwrap();
        stream.write_all(bytes).unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        assert!(!answer.starts_with(b"HTTP/1.1 2"));
    }
    assert_eq!(ask(url, "GET", "/v1/keys", &[], b"").status, 200);
}

#[test]
fn every_change_of_state_names_who_made_it() {
    let rig = Rig::new(true);
    let ticket: packet::JoinTicket = rig.central.invite("东门").unwrap().parse().unwrap();
    let key = packet::StationSigningKey::from_seed(&[1; 32]).verifying_key();
    let join =
        serde_json::json!({"code": ticket.code, "verifying_key": key.to_string(), "name": "东"}).to_string();
    let welcome = ask(&rig.greeting().url, "POST", "/v1/join", &[JSON], join.as_bytes()).json();
    let token = welcome["token"].as_str().unwrap();
    let station = welcome["station_id"].as_str().unwrap();
    let (id, sealed) = Capture {
        station,
        ..Capture::default()
    }
    .seal(&rig.greeting().recipient);
    assert_eq!(rig.deliver_as(token, id, &sealed.bytes).status, 200);
    let order = br#"{"order":"order-1","enrolment":"24010001","amount_fen":2000}"#;
    let closing = br#"{"enrolment":"24010001","amount_fen":2000}"#;
    assert_eq!(
        rig.as_station(token, "POST", "/v1/orders", &[JSON], order).status,
        200
    );
    assert_eq!(
        rig.as_station(token, "POST", "/v1/orders/order-1/close", &[JSON], closing)
            .status,
        200
    );
    let verdict = format!("/v1/packets/{id}/verdict");
    let rejected = br#"{"state":"rejected","reasons":["hair"]}"#;
    assert_eq!(rig.reviewer("POST", &verdict, &[JSON], rejected).status, 200);
    let withdraw = format!("/v1/packets/{id}/withdraw");
    assert_eq!(
        rig.as_station(token, "POST", &withdraw, &[JSON], b"{\"reason\":\"x\"}")
            .status,
        200
    );
    let message = "{\"text\":\"停电\",\"urgent\":false}".as_bytes();
    assert_eq!(rig.reviewer("POST", "/v1/messages", &[JSON], message).status, 200);
    assert_eq!(
        rig.reviewer("POST", &format!("/v1/stations/{station}/revoke"), &[], b"")
            .status,
        200
    );

    let page = rig.reviewer("GET", "/audit", &[], b"");
    assert!(
        page.header("content-security-policy")
            .unwrap()
            .starts_with("default-src 'none'")
    );
    let page = String::from_utf8(page.body).unwrap();
    let by_station = format!("station {station}");
    let lines = [
        ("console", "school_told", "sample-2027"),
        ("console", "station_invited", station),
        (&by_station, "station_joined", station),
        (&by_station, "packet_kept", &id.to_string()),
        (&by_station, "order_begun", "order-1"),
        (&by_station, "order_closed", "order-1"),
        ("reviewer", "packet_rejected", &id.to_string()),
        (&by_station, "packet_withdrawn", &id.to_string()),
        ("reviewer", "station_revoked", station),
    ];
    for (who, what, subject) in lines {
        let line = format!("<td>{who}</td><td>{what}</td><td>{subject}</td>");
        assert_eq!(page.matches(&line).count(), 1, "{line}");
    }
    assert_eq!(page.matches("<td>message_sent</td>").count(), 1);
    for personal in ["陈思涵", "31010120060612902X", token] {
        assert!(!page.contains(personal), "ids alone");
    }
}
