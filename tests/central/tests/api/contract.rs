//! schemathesis, an independent reader of the API document, finds no answer that the document does not allow.

use crate::fixture::Capture;
use crate::rig::{JSON, Rig};
use central::{Central, Config, Limits, OPENAPI, Rate};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The program, as `cargo xtask setup` made it ready.
fn schemathesis() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/venv-contract");
    let program = if cfg!(windows) {
        "Scripts/schemathesis.exe"
    } else {
        "bin/schemathesis"
    };
    let program = folder.join(program);
    assert!(
        program.exists(),
        "{} is not there: run `cargo xtask setup`",
        program.display()
    );
    program
}

/// Doors that a station or a reviewer may use: those of the simulator break answers on purpose.
fn doors() -> usize {
    let document: serde_json::Value = serde_json::from_str(OPENAPI).unwrap();
    let paths = document["paths"].as_object().unwrap().iter();
    let real = paths.filter(|(path, _)| !path.starts_with("/simulate"));
    real.flat_map(|(_, methods)| methods.as_object().unwrap().keys())
        .filter(|method| *method != "parameters")
        .count()
}

#[test]
fn the_server_answers_as_the_document_says_whatever_is_asked() {
    let dir = tempfile::tempdir().unwrap();
    let endless = Rate {
        burst: 1_000_000,
        per_s: 1.0,
    };
    let central = Central::start(&Config {
        limits: Limits {
            join: endless,
            address: endless,
            ..Limits::default()
        },
        ..Config::sample(dir.path())
    })
    .unwrap();
    let rig = Rig { central, dir };
    let (id, sealed) = Capture::default().seal(&rig.greeting().recipient);
    assert_eq!(rig.deliver(id, &sealed.bytes).status, 200);
    let order = br#"{"order":"order-1","enrolment":"24010001","amount_fen":2000}"#;
    assert_eq!(rig.station("POST", "/v1/orders", &[JSON], order).status, 200);
    let upload = rig.upload(b"bytes");
    rig.central.invite("东门").unwrap();
    let station = rig.central.stations().unwrap().pop().unwrap().station_id;

    let contract = Path::new(env!("CARGO_MANIFEST_DIR")).join("contract");
    let scratch = tempfile::tempdir().unwrap();
    let run = Command::new(schemathesis())
        .arg("--config-file")
        .arg(contract.join("schemathesis.toml"))
        .args(["run", "--no-color", "--exclude-path-regex", "^/simulate"])
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi.json"))
        .current_dir(scratch.path())
        .env("SCHEMATHESIS_HOOKS", "hooks")
        .env("PYTHONPATH", &contract)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("PYTHONUTF8", "1")
        .env("CENTRAL_URL", &rig.greeting().url)
        .env("CENTRAL_TOKEN", &rig.greeting().token)
        .env("CENTRAL_PASSWORD", &rig.greeting().reviewer_password)
        .env("CENTRAL_PACKET", id.to_string())
        .env("CENTRAL_ORDER", "order-1")
        .env("CENTRAL_STATION", station)
        .env("CENTRAL_UPLOAD", upload.trim_start_matches("/files/"))
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&run.stdout);
    assert!(
        run.status.success(),
        "{told}\n{}",
        String::from_utf8_lossy(&run.stderr)
    );
    let tested = format!("Tested: {}", doors());
    assert!(told.contains(&tested), "every door was tried ({tested}):\n{told}");
    // The real packet was asked for and found, so that more than refusals was compared.
    let audit = String::from_utf8(rig.reviewer("GET", "/audit", &[], b"").body).unwrap();
    assert!(
        audit.contains(&format!("<td>packet_withdrawn</td><td>{id}</td>")),
        "{told}"
    );
}
