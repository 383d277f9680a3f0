//! Packets that come by hand.

use crate::fixture::Capture;
use crate::rig::Rig;
use central::{Central, Config};
use packet::bundle::{BUNDLE_INDEX, BUNDLE_RECEIPTS, BUNDLE_ROOT, bundle_file};
use packet::{BundleEntry, BundleIndex, BundleReceipts, Expected, SealedPacket, StationSigningKey};
use std::fs;
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// Lays packets and their index on a stick, as a station does.
fn lay(stick: &Path, station: &str, signer: u8, packets: &[(Uuid, SealedPacket)]) -> PathBuf {
    let folder = stick.join(BUNDLE_ROOT).join(station);
    fs::create_dir_all(&folder).unwrap();
    let entries = packets.iter().map(|(id, sealed)| {
        fs::write(folder.join(bundle_file(*id)), &sealed.bytes).unwrap();
        BundleEntry {
            packet_id: *id,
            sha256: sealed.sha256.clone(),
            size: sealed.size,
        }
    });
    let key = StationSigningKey::from_seed(&[signer; 32]);
    let index = BundleIndex::sign(station, jiff::Timestamp::now(), entries.collect(), &key);
    fs::write(folder.join(BUNDLE_INDEX), serde_json::to_vec(&index).unwrap()).unwrap();
    folder
}

fn receipts(folder: &Path) -> BundleReceipts {
    BundleReceipts::from_json(&fs::read(folder.join(BUNDLE_RECEIPTS)).unwrap()).unwrap()
}

/// A server that knows station-1 by its first packet.
fn rig() -> (Rig, Uuid) {
    let rig = Rig::new(true);
    let (id, sealed) = Capture::default().seal(&rig.greeting().recipient);
    assert_eq!(rig.deliver(id, &sealed.bytes).status, 200);
    (rig, id)
}

#[test]
fn a_stick_is_taken_in_like_commits_and_bad_files_are_named() {
    let (rig, first) = rig();
    let recipient = rig.greeting().recipient.clone();
    let person = |enrolment| Capture {
        enrolment,
        number: enrolment,
        ..Capture::default()
    };
    let good = person("1").seal(&recipient);
    let retake = Capture {
        retake_of: Some(good.0),
        ..person("1")
    }
    .seal(&recipient);
    let (flipped, missing) = (person("2").seal(&recipient), person("3").seal(&recipient));
    let foreign = Capture {
        signer: 4,
        ..person("4")
    }
    .seal(&recipient);
    let (withdrawn, twin) = (person("5").seal(&recipient), Capture::default().seal(&recipient));
    let body = "{\"reason\":\"x\"}".as_bytes();
    let path = format!("/v1/packets/{}/withdraw", withdrawn.0);
    assert_eq!(rig.station("POST", &path, &[crate::rig::JSON], body).status, 200);

    let stick = tempfile::tempdir().unwrap();
    let all = [
        good.clone(),
        retake.clone(),
        flipped.clone(),
        missing.clone(),
        foreign.clone(),
        withdrawn.clone(),
        twin.clone(),
    ];
    let folder = lay(stick.path(), "station-1", 1, &all);
    let path = folder.join(bundle_file(flipped.0));
    let mut bytes = fs::read(&path).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(&path, bytes).unwrap();
    fs::remove_file(folder.join(bundle_file(missing.0))).unwrap();

    let imported = rig.central.import(stick.path()).unwrap();
    assert_eq!(imported.new, [good.0, retake.0, twin.0]);
    let problems: Vec<(Uuid, &str)> = imported
        .problems
        .iter()
        .map(|p| (id_of(&p.file), p.code))
        .collect();
    assert_eq!(
        problems,
        [
            (flipped.0, "hash_differs"),
            (missing.0, "missing"),
            (foreign.0, "station_key"),
            (withdrawn.0, "withdrawn"),
        ]
    );
    let key = rig.greeting().verifying_key.parse().unwrap();
    let acknowledged = receipts(&folder).acknowledgements;
    assert_eq!(acknowledged.len(), 3);
    for (acknowledgement, (id, sealed)) in acknowledged.iter().zip([&good, &retake, &twin]) {
        let expected = Expected {
            packet_id: *id,
            sha256: &sealed.sha256,
            size: sealed.size,
        };
        assert_eq!(acknowledgement.verify(&key, &expected), Ok(()));
        assert_eq!(rig.central.sealed_packet(&id.to_string()).unwrap(), sealed.bytes);
    }
    let changes = rig.station("GET", "/v1/changes", &[], b"").json();
    let told = changes["changes"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|c| c["kind"] == "twin");
    let told: Vec<_> = told
        .map(|c| (c["packet"].clone(), c["other_packet"].clone()))
        .collect();
    assert_eq!(told, [(twin.0.to_string().into(), first.to_string().into())]);

    // The missing file turned up; the rest is acknowledged as before, to the byte.
    fs::write(folder.join(bundle_file(missing.0)), &missing.1.bytes).unwrap();
    let again = rig.central.import(stick.path()).unwrap();
    assert_eq!(
        (again.new, again.known),
        (vec![missing.0], vec![good.0, retake.0, twin.0])
    );
    let second = receipts(&folder).acknowledgements;
    assert_eq!(second.len(), 4);
    assert!(acknowledged.iter().all(|a| second.contains(a)));
    assert_eq!(fs::read_dir(rig.dir.path().join("uploads")).unwrap().count(), 0);
}

fn id_of(file: &str) -> Uuid {
    Path::new(file)
        .file_stem()
        .unwrap()
        .to_str()
        .unwrap()
        .parse()
        .unwrap()
}

#[test]
fn a_stick_that_proves_nothing_changes_nothing() {
    let (rig, _) = rig();
    let stick = tempfile::tempdir().unwrap();
    assert!(
        rig.central.import(stick.path()).is_err(),
        "no folder of a station"
    );
    let packet = Capture::default().seal(&rig.greeting().recipient);
    let codes = |stick: &Path| -> Vec<&'static str> {
        rig.central
            .import(stick)
            .unwrap()
            .problems
            .iter()
            .map(|p| p.code)
            .collect()
    };
    let folder = lay(stick.path(), "station-1", 2, std::slice::from_ref(&packet));
    assert_eq!(codes(stick.path()), ["station_key"], "signed by another key");
    lay(stick.path(), "unknown", 1, std::slice::from_ref(&packet));
    assert_eq!(codes(stick.path()), ["station_key", "station_key"]);
    fs::write(folder.join(BUNDLE_INDEX), b"{}").unwrap();
    fs::remove_dir_all(stick.path().join(BUNDLE_ROOT).join("unknown")).unwrap();
    assert_eq!(codes(stick.path()), ["index"]);
    assert_eq!(rig.central.packets().unwrap().len(), 1);
    assert!(!folder.join(BUNDLE_RECEIPTS).exists());
}

#[test]
fn acknowledgements_of_others_stay_and_broken_ones_are_written_anew() {
    let (rig, _) = rig();
    let stick = tempfile::tempdir().unwrap();
    let recipient = rig.greeting().recipient.clone();
    let (one, two) = (
        Capture::default().seal(&recipient),
        Capture::default().seal(&recipient),
    );
    let folder = lay(stick.path(), "station-1", 1, std::slice::from_ref(&one));
    rig.central.import(stick.path()).unwrap();
    // The station took the first away and laid the second beside its acknowledgement.
    lay(stick.path(), "station-1", 1, std::slice::from_ref(&two));
    rig.central.import(stick.path()).unwrap();
    let ids: Vec<Uuid> = receipts(&folder)
        .acknowledgements
        .iter()
        .map(|a| a.packet_id)
        .collect();
    assert_eq!(ids, [one.0, two.0]);
    fs::write(folder.join(BUNDLE_RECEIPTS), b"torn").unwrap();
    assert_eq!(rig.central.import(stick.path()).unwrap().problems, []);
    assert_eq!(receipts(&folder).acknowledgements.len(), 1);
}

#[cfg(unix)]
#[test]
fn no_link_on_a_stick_leads_anywhere() {
    use std::os::unix::fs::symlink;
    let (rig, _) = rig();
    let (stick, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let packet = Capture::default().seal(&rig.greeting().recipient);
    let folder = lay(stick.path(), "station-1", 1, std::slice::from_ref(&packet));
    let secret = outside.path().join("secret");
    fs::rename(folder.join(bundle_file(packet.0)), &secret).unwrap();
    symlink(&secret, folder.join(bundle_file(packet.0))).unwrap();
    let imported = rig.central.import(stick.path()).unwrap();
    assert_eq!(imported.problems[0].code, "missing", "a packet is a plain file");

    fs::remove_file(folder.join(bundle_file(packet.0))).unwrap();
    fs::write(folder.join(bundle_file(packet.0)), &packet.1.bytes).unwrap();
    fs::write(&secret, b"precious").unwrap();
    symlink(&secret, folder.join(format!("{BUNDLE_RECEIPTS}.new"))).unwrap();
    symlink(outside.path(), stick.path().join(BUNDLE_ROOT).join("linked")).unwrap();
    assert_eq!(rig.central.import(stick.path()).unwrap().new, [packet.0]);
    assert_eq!(
        fs::read(&secret).unwrap(),
        b"precious",
        "nothing was written through the link"
    );
    assert_eq!(receipts(&folder).acknowledgements.len(), 1);
}

#[test]
fn the_program_takes_a_stick_in_beside_a_running_server() {
    let (rig, _) = rig();
    let stick = tempfile::tempdir().unwrap();
    let packet = Capture::default().seal(&rig.greeting().recipient);
    lay(stick.path(), "station-1", 1, std::slice::from_ref(&packet));
    let run = || {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_central"));
        command
            .arg("--dir")
            .arg(rig.dir.path())
            .arg("--import")
            .arg(stick.path());
        let output = command.output().unwrap();
        let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        (output.status.success(), told)
    };
    let (succeeded, told) = run();
    assert!(succeeded && told["new"][0] == packet.0.to_string(), "{told}");
    assert_eq!(run().1["known"][0], packet.0.to_string());
    assert_eq!(rig.central.packets().unwrap().len(), 2);
    fs::remove_file(
        stick
            .path()
            .join(BUNDLE_ROOT)
            .join("station-1")
            .join(BUNDLE_INDEX),
    )
    .unwrap();
    assert!(!run().0);
    // The school that the running server told of is not told anew.
    let before = rig.station("GET", "/v1/changes", &[], b"").body;
    let offline = Config {
        simulate: false,
        ..Config::sample(rig.dir.path())
    };
    Central::import_offline(&offline, stick.path()).unwrap();
    assert_eq!(rig.station("GET", "/v1/changes", &[], b"").body, before);
}
