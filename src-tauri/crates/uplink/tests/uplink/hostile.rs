//! The reference server and others at their worst: what a station hears is bounded, and what it believes is proved.

use crate::mouth::{Asked, Mouth, Say, answer, relay};
use crate::rig::{CHUNK, Rig, queued};
use central::{FaultKind, Target};
use domain::port::{Central as _, CentralFault};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use uplink::{Server, Uplink};

/// One fault while a packet is sent, then none: it arrives once, after so many faults and so many uploads.
fn sent_through(target: Target, kind: FaultKind) -> (Vec<CentralFault>, usize) {
    let mut rig = Rig::new();
    let mut packet = queued(&rig.uplink.recipient(), None);
    rig.fault(target, kind.clone());
    let mut faults = Vec::new();
    while let Err(fault) = packet.send(&mut rig.uplink) {
        assert!(faults.len() < 5, "{target:?} {kind:?}: {faults:?}");
        faults.push(fault);
    }
    let held = rig.central.packets().unwrap();
    assert_eq!(
        (held.len(), &held[0].sha256),
        (1, &packet.entry.sha256),
        "{target:?} {kind:?}"
    );
    (faults, packet.uploads_begun())
}

/// The first chunk of a packet gets this status from the tus server itself, everything else what is true.
fn answered_once(status: &'static str) -> (Vec<&'static str>, usize) {
    let rig = Rig::new();
    let greeting = rig.central.greeting();
    let (url, done) = (greeting.url.clone(), AtomicBool::new(false));
    let mouth = Mouth::new(move |asked: &Asked| {
        if asked.method != "PATCH" || done.swap(true, Ordering::SeqCst) {
            return relay(asked, &url);
        }
        let head = format!("HTTP/1.1 {status}\r\ntus-resumable: 1.0.0\r\ncontent-length: 0\r\n\r\n");
        Say::Bytes(head.into_bytes())
    });
    let server = Server::new(
        &mouth.url,
        &greeting.token,
        &greeting.recipient,
        &greeting.verifying_key,
    );
    let mut uplink = Uplink::new(server.unwrap()).unwrap();
    let mut packet = queued(&uplink.recipient(), None);
    let mut faults = Vec::new();
    while let Err(fault) = packet.send(&mut uplink) {
        assert!(faults.len() < 5, "{status}: {faults:?}");
        faults.push(fault.code());
    }
    assert_eq!(rig.central.packets().unwrap()[0].sha256, packet.entry.sha256);
    (faults, packet.uploads_begun())
}

#[test]
fn statuses_of_tus_are_understood() {
    // Somebody is wrong about the offset, or the chunk was altered on its way: at once again.
    assert_eq!(answered_once("409 Conflict"), (vec![], 1));
    assert_eq!(answered_once("460 Checksum Mismatch"), (vec![], 1));
    // Gone: the whole again.
    assert_eq!(answered_once("404 Not Found"), (vec![], 2));
    assert_eq!(answered_once("410 Gone"), (vec![], 2));
    assert_eq!(sent_through(Target::Patch, FaultKind::Expired), (vec![], 2));
    assert_eq!(
        answered_once("412 Precondition Failed"),
        (vec!["server_version"], 1)
    );
    assert_eq!(
        answered_once("413 Payload Too Large"),
        (vec!["server_refused"], 1)
    );
    assert_eq!(answered_once("423 Locked"), (vec!["server_error"], 1));
    assert_eq!(
        answered_once("500 Internal Server Error"),
        (vec!["server_error"], 1)
    );
}

#[test]
fn refusals_of_whoever_guards_the_door_are_understood() {
    for (status, code, expected) in [
        (403, "forbidden", "server_refused"),
        (429, "rate", "server_error"),
        (401, "station_revoked", "station_not_accepted"),
        (409, "offset", "server_refused"),
    ] {
        let kind = FaultKind::Refusal {
            status,
            code: code.into(),
            retry_after_s: Some(1),
        };
        let (faults, begun) = sent_through(Target::Patch, kind);
        let codes: Vec<_> = faults.iter().map(CentralFault::code).collect();
        assert_eq!((codes.as_slice(), begun), ([expected].as_slice(), 1), "{status}");
    }
}

#[test]
fn offsets_that_lie_end_in_another_upload_and_not_in_a_loop() {
    for by in [-1, -(CHUNK as i64), 1, CHUNK as i64, 1 << 40] {
        let (faults, begun) = sent_through(Target::Patch, FaultKind::LyingOffset { by });
        let shorter = by == -1;
        assert_eq!((faults, begun), (vec![], if shorter { 1 } else { 2 }), "{by}");
    }
}

#[test]
fn a_server_that_always_lies_gets_no_endless_attempt() {
    for by in [-(CHUNK as i64), 1 << 40] {
        let mut rig = Rig::new();
        let mut packet = queued(&rig.uplink.recipient(), None);
        rig.central.inject(central::Fault {
            target: Target::Files,
            times: 1000,
            kind: FaultKind::LyingOffset { by },
        });
        for _ in 0..2 {
            let fault = packet.send(&mut rig.uplink).unwrap_err();
            assert_eq!(fault.code(), "server_error", "{fault}");
        }
        assert_eq!(packet.uploads_begun(), 6);
        assert!(rig.central.packets().unwrap().is_empty());
    }
}

#[test]
fn what_was_confirmed_and_lost_is_sent_again() {
    assert_eq!(sent_through(Target::Commit, FaultKind::LostUpload).1, 2);
    assert_eq!(sent_through(Target::Commit, FaultKind::Expired).0, []);
    let (faults, _) = sent_through(Target::Patch, FaultKind::LostUpload);
    assert!(faults.iter().all(CentralFault::temporary), "{faults:?}");
}

#[test]
fn a_checksum_that_is_not_looked_at_is_caught_by_the_commit() {
    let mut rig = Rig::new();
    let mut packet = queued(&rig.uplink.recipient(), None);
    rig.fault(Target::Patch, FaultKind::Corrupt);
    for _ in 0..4 {
        rig.fault(Target::Patch, FaultKind::AcceptWrongChecksum);
    }
    packet.send(&mut rig.uplink).unwrap();
    assert_eq!(packet.uploads_begun(), 2);
    assert_eq!(rig.central.packets().unwrap()[0].sha256, packet.entry.sha256);
}

#[test]
fn answers_that_are_cut_slow_or_endless_are_given_up() {
    for target in [Target::Changes, Target::Health, Target::Commit] {
        for kind in [
            FaultKind::CutHeaders,
            FaultKind::Truncated { after: 20 },
            FaultKind::Slow { bytes_per_s: 1 },
            FaultKind::Oversize { bytes: 1 << 30 },
            FaultKind::Redirect {
                code: 302,
                to: "http://127.0.0.1:1/".into(),
            },
            FaultKind::Redirect {
                code: 307,
                to: "/v1/health".into(),
            },
        ] {
            let rig = Rig::new();
            let patience = Duration::from_millis(600);
            let mut uplink = Uplink::new(rig.server().with_patience(patience)).unwrap();
            rig.fault(target, kind.clone());
            let began = Instant::now();
            let fault = match target {
                Target::Changes => uplink.changes(0).unwrap_err(),
                Target::Health => uplink.answers().unwrap_err(),
                _ => queued(&uplink.recipient(), None).send(&mut uplink).unwrap_err(),
            };
            assert!(began.elapsed() < Duration::from_secs(8), "{target:?} {kind:?}");
            let expected = match kind {
                FaultKind::Oversize { .. } | FaultKind::Redirect { .. } => "server_nonsense",
                _ => "server_unreachable",
            };
            assert_eq!(fault.code(), expected, "{target:?} {kind:?}: {fault}");
        }
    }
}

/// Memory that this process holds at most until now, in bytes.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|rest| rest.trim().trim_end_matches(" kB").parse().ok());
    number.unwrap_or(0) * 1024
}

#[test]
fn a_gigabyte_is_not_kept_in_memory() {
    let head = |kind: &str| format!("HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\nconnection: close\r\n\r\n");
    let before = peak();
    for kind in ["application/json", "image/jpeg", "text/html"] {
        let mouth = Mouth::new(move |_: &Asked| Say::Flood(head(kind).into_bytes()));
        let mut uplink = Uplink::new(mouth.server()).unwrap();
        assert_eq!(uplink.changes(0).unwrap_err().code(), "server_nonsense", "{kind}");
        assert_eq!(uplink.photo("x").unwrap_err().code(), "server_nonsense", "{kind}");
    }
    let mouth = Mouth::new(|_: &Asked| Say::Flood(b"HTTP/1.1 200 OK\r\nx: ".to_vec()));
    let mut uplink = Uplink::new(mouth.server()).unwrap();
    assert!(uplink.changes(0).unwrap_err().temporary());
    // Other tests run in this process at the same time, none of which needs a fraction of this.
    assert!(peak() - before < 300 << 20, "{} bytes", peak() - before);
}

#[test]
fn a_place_that_is_not_the_server_is_never_taken_for_it() {
    let portals: [fn(&Asked) -> Say; 6] = [
        |_| answer("200 OK", "text/html", "<form action=/login>"),
        |_| answer("302 Found", "text/html", ""),
        |_| answer("200 OK", "application/json", "{\"ok\":true}"),
        |_| answer("204 No Content", "text/plain", ""),
        |_| Say::Last(b"HTTP/1.0 200 OK\r\ncontent-type: text/html\r\n\r\n<h1>hi</h1>".to_vec()),
        |_| answer("511 Network Authentication Required", "text/html", ""),
    ];
    for portal in portals {
        let mouth = Mouth::new(portal);
        let mut uplink = Uplink::new(mouth.server()).unwrap();
        let mut packet = queued(&uplink.recipient(), None);
        for fault in [
            uplink.answers().unwrap_err(),
            uplink.changes(0).unwrap_err(),
            uplink.photo("x").unwrap_err(),
            packet.send(&mut uplink).unwrap_err(),
        ] {
            assert!(fault.temporary(), "{fault}");
        }
    }
}

#[test]
fn a_server_of_http_1_0_that_closes_after_every_answer_serves() {
    let mouth = Mouth::new(|asked: &Asked| {
        let Some(Say::Bytes(bytes)) = crate::mouth::health(asked, jiff::Timestamp::UNIX_EPOCH) else {
            return answer("404 Not Found", "text/plain", "");
        };
        let text = String::from_utf8(bytes).unwrap();
        Say::Last(text.replace("HTTP/1.1", "HTTP/1.0").into_bytes())
    });
    let mut uplink = Uplink::new(mouth.server()).unwrap();
    for _ in 0..3 {
        assert_eq!(uplink.answers(), Ok(domain::moment::Moment(0)));
    }
}

#[test]
fn an_upload_that_lies_elsewhere_gets_no_byte() {
    let thief = Mouth::new(|_| answer("204 No Content", "text/plain", ""));
    let stolen = format!("{}/files/1", thief.url);
    let mouth = Mouth::new(move |asked: &Asked| {
        let head = match asked.method.as_str() {
            "OPTIONS" => "204 No Content\r\ntus-version: 1.0.0".to_owned(),
            _ => format!("201 Created\r\nlocation: {stolen}"),
        };
        Say::Bytes(
            format!("HTTP/1.1 {head}\r\ntus-resumable: 1.0.0\r\ncontent-length: 0\r\n\r\n").into_bytes(),
        )
    });
    let mut uplink = Uplink::new(mouth.server()).unwrap();
    let mut packet = queued(&uplink.recipient(), None);
    assert_eq!(packet.send(&mut uplink).unwrap_err().code(), "server_nonsense");
    assert!(thief.asked().is_empty());
    assert_eq!(packet.uploads_begun(), 0);
}

#[test]
fn a_name_that_does_not_resolve_is_a_line_that_is_down() {
    let rig = Rig::new();
    let greeting = rig.central.greeting();
    let nowhere = "https://no-such-host.invalid";
    let server = Server::new(nowhere, "t", &greeting.recipient, &greeting.verifying_key).unwrap();
    let own_root = crate::tls::root_pem();
    let server = server
        .with_root(own_root)
        .with_patience(Duration::from_millis(800));
    let fault = Uplink::new(server).unwrap().answers().unwrap_err();
    assert_eq!(fault.code(), "server_unreachable", "{fault}");
}
