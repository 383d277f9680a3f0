//! The server's API from outside, byte by byte: doors, tus statuses, the reviewer's page, the program.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod changes;
mod contract;
mod document;
mod faults;
mod fixture;
mod hostile;
mod import;
mod limits;
mod people;
mod review;
mod rig;
mod stations;
mod twins;
mod vouchers;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use central::{Greeting, OPENAPI};
use fixture::sealed;
use rig::{OCTETS, Rig, ask};
use sha1::Digest;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use uuid::Uuid;

#[test]
fn every_door_is_locked_as_the_api_document_says() {
    let rig = Rig::new(false);
    let document: serde_json::Value = serde_json::from_str(OPENAPI).unwrap();
    let mut locked = 0;
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            if method == "parameters" {
                continue;
            }
            let filled = path
                .replace("{id}", &Uuid::now_v7().to_string())
                .replace("{name}", "photo.jpg");
            let answer = ask(&rig.greeting().url, &method.to_uppercase(), &filled, &[], b"");
            let door = operation["security"].as_array().unwrap().first();
            match door
                .and_then(|d| d.as_object())
                .and_then(|d| d.keys().next())
                .map(String::as_str)
            {
                Some("station") => assert_eq!(answer.header("www-authenticate"), Some("Bearer"), "{path}"),
                Some("reviewer") => {
                    assert!(
                        answer.header("www-authenticate").unwrap().starts_with("Basic"),
                        "{path}"
                    );
                }
                _ if path.starts_with("/simulate") => {
                    assert_eq!(
                        (answer.status, answer.code().as_str()),
                        (404, "not_simulating"),
                        "{path}"
                    );
                    continue;
                }
                _ => {
                    assert_ne!(answer.status, 401, "{method} {path}");
                    continue;
                }
            }
            assert_eq!(answer.status, 401, "{method} {path}");
            locked += 1;
        }
    }
    assert!(locked >= 15);
    // One door's key does not open the other.
    assert_eq!(rig.station("GET", "/v1/packets", &[], b"").status, 401);
    assert_eq!(rig.reviewer("GET", "/v1/sessions", &[], b"").status, 401);
}

#[test]
fn tus_refuses_as_the_protocol_says() {
    let rig = Rig::new(true);
    let options = ask(&rig.greeting().url, "OPTIONS", "/files", &[], b"");
    assert_eq!(options.header("tus-version"), Some("1.0.0"));
    assert_eq!(options.header("tus-checksum-algorithm"), Some("sha1,sha256"));
    assert!(options.header("tus-extension").unwrap().contains("expiration"));

    assert_eq!(
        rig.station("POST", "/files", &[("Upload-Length", "1")], b"")
            .status,
        412
    );
    let create = |headers: &[(&str, &str)]| rig.tus("POST", "/files", headers, b"").status;
    assert_eq!(create(&[]), 400);
    assert_eq!(create(&[("Upload-Length", "-1")]), 400);
    assert_eq!(create(&[("Upload-Length", "9999999999999")]), 413);
    assert_eq!(
        create(&[("Upload-Length", "1"), ("Upload-Metadata", "a YQ==,a YQ==")]),
        400
    );
    assert_eq!(create(&[("Upload-Length", "1"), ("Upload-Metadata", "a ?")]), 400);

    let created = rig.tus(
        "POST",
        "/files",
        &[("Upload-Length", "10"), ("Upload-Metadata", "a YQ==,b")],
        b"",
    );
    assert_eq!(
        (created.status, created.header("tus-resumable")),
        (201, Some("1.0.0"))
    );
    assert!(created.header("upload-expires").unwrap().ends_with("GMT"));
    let at = created.header("location").unwrap();
    let patch = |headers: &[(&str, &str)], body: &[u8]| rig.tus("PATCH", at, headers, body);
    assert_eq!(patch(&[("Upload-Offset", "0")], b"01234").status, 415);
    assert_eq!(patch(&[OCTETS, ("Upload-Offset", "5")], b"01234").status, 409);
    assert_eq!(
        patch(&[OCTETS, ("Upload-Offset", "0")], b"01234567890").status,
        413
    );
    let sum = |bytes: &[u8]| format!("sha1 {}", STANDARD.encode(sha1::Sha1::digest(bytes)));
    let checked = |sum: &str| {
        patch(
            &[OCTETS, ("Upload-Offset", "0"), ("Upload-Checksum", sum)],
            b"01234",
        )
        .status
    };
    assert_eq!(checked(&sum(b"other")), 460);
    assert_eq!(checked("md5 AAAA"), 400);
    let head = || {
        rig.tus("HEAD", at, &[], b"")
            .header("upload-offset")
            .map(str::to_owned)
    };
    assert_eq!(head().as_deref(), Some("0"), "nothing of what was refused stays");
    assert_eq!(checked(&sum(b"01234")), 204);
    assert_eq!(head().as_deref(), Some("5"));
    assert_eq!(patch(&[OCTETS, ("Upload-Offset", "5")], b"56789").status, 204);

    assert_eq!(rig.tus("DELETE", at, &[], b"").status, 204);
    assert_eq!(rig.tus("HEAD", at, &[], b"").status, 410);
    assert_eq!(
        rig.tus("HEAD", &format!("/files/{}", Uuid::now_v7()), &[], b"")
            .status,
        404
    );
    assert_eq!(
        std::fs::read_dir(rig.dir.path().join("uploads")).unwrap().count(),
        0
    );
}

#[test]
fn a_commit_takes_only_the_packet_it_names() {
    let rig = Rig::new(true);
    let (id, sealed) = sealed(&rig.greeting().recipient, "陈思涵");
    let other = Uuid::now_v7();
    assert_eq!(rig.commit(&sealed, id, "/files/none").code(), "upload_unknown");
    let half = rig.tus("POST", "/files", &[("Upload-Length", "9")], b"");
    assert_eq!(
        rig.commit(&sealed, id, half.header("location").unwrap()).code(),
        "upload_incomplete"
    );
    let upload = rig.upload(&sealed);
    assert_eq!(rig.commit(&sealed[1..], id, &upload).code(), "hash_differs");
    assert_eq!(rig.commit(&sealed, other, &upload).code(), "packet_unreadable");
    let held = rig.commit(&sealed, id, &upload);
    assert_eq!(held.status, 200);
    assert_eq!(
        rig.commit(&sealed, id, "/files/none").body,
        held.body,
        "the same answer, to the byte"
    );
    assert_eq!(rig.commit(&sealed[1..], id, &upload).code(), "packet_differs");
    let kept = rig.dir.path().join("packets").join(format!("{id}.age"));
    assert_eq!(std::fs::read(kept).unwrap(), sealed);
}

#[test]
fn a_commit_that_a_crash_cut_in_two_is_finished_by_the_next_one() {
    let rig = Rig::new(true);
    let (id, sealed) = sealed(&rig.greeting().recipient, "陈思涵");
    let upload = rig.upload(&sealed);
    let growing = rig
        .dir
        .path()
        .join("uploads")
        .join(upload.rsplit('/').next().unwrap());
    // The file has its last name already, but the row was never written.
    std::fs::rename(growing, rig.dir.path().join("packets").join(format!("{id}.age"))).unwrap();
    assert_eq!(rig.commit(&sealed, id, &upload).status, 200);
    assert_eq!(rig.central.packets().unwrap().len(), 1);
}

#[test]
fn the_roster_is_given_as_the_school_wrote_it() {
    let rig = Rig::new(true);
    let path = "/v1/sessions/sample-2027/roster";
    let csv = rig.station("GET", path, &[("Accept", "text/csv")], b"");
    assert_eq!(csv.body, include_bytes!("../../sample/roster.csv"));
    let etag = csv.header("etag").unwrap();
    assert_eq!(
        rig.station("GET", path, &[("If-None-Match", etag)], b"").status,
        304
    );
    assert_eq!(
        rig.station("GET", path, &[], b"").json()["entries"]
            .as_array()
            .unwrap()
            .len(),
        32
    );
}

#[test]
fn the_program_greets_in_one_line_and_keeps_its_keys() {
    let dir = tempfile::tempdir().unwrap();
    let start = |more: &[&str]| {
        let mut child = Command::new(env!("CARGO_BIN_EXE_central"))
            .arg("--dir")
            .arg(dir.path())
            .args(more)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let greeting = serde_json::from_str::<Greeting>(&line);
        let health = greeting
            .as_ref()
            .ok()
            .map(|g| ask(&g.url, "GET", "/v1/health?nonce=12345678", &[], b"").status);
        child.kill().unwrap();
        child.wait().unwrap();
        greeting.map(|g| (g, health))
    };
    let (first, health) = start(&[]).unwrap();
    assert_eq!(health, Some(200));
    let fault = r#"{"target":"any","kind":{"status":{"code":503}}}"#;
    let (second, health) = start(&["--simulate", "--fault", fault]).unwrap();
    assert_eq!(health, Some(503));
    assert_eq!(
        (first.recipient, first.verifying_key, first.token),
        (second.recipient, second.verifying_key, second.token)
    );
    assert!(start(&["--simulate", "--fault", r#"{"target":"any","kind":"surprise"}"#]).is_err());
    #[cfg(unix)]
    for name in ["opening.key", "signing.key", "station.token", "reviewer.password"] {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(dir.path().join(name))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}
