//! A stick from the station that fills it to the one that takes it in, and back.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

use domain::Moment;
use domain::port::{StickFault, Sticks};
use domain::queue::{QueueEntry, QueueState};
use jiff::Timestamp;
use packet::bundle::{BUNDLE_INDEX, BUNDLE_RECEIPTS, bundle_file};
use packet::{Acknowledgement, Expected, ServerSigningKey, StationSigningKey, sha256_hex};
use std::fs;
use std::path::{Path, PathBuf};
use sticks::{Bundle, Carrier, bundles};
use uuid::Uuid;

fn carrier() -> Carrier {
    let signer = StationSigningKey::from_seed(&[3; 32]);
    Carrier::new("station-2".into(), signer, || Timestamp::UNIX_EPOCH)
}

fn bytes(n: u128) -> Vec<u8> {
    format!("sealed {n}").into_bytes()
}

fn entry(n: u128) -> QueueEntry {
    QueueEntry {
        packet: Uuid::from_u128(n).to_string(),
        enrolment: "e".into(),
        session: "s".into(),
        state: QueueState::Waiting,
        sha256: sha256_hex(&bytes(n)),
        size: bytes(n).len() as u64,
        stored_at: Moment(0),
        attempts: 0,
        next_attempt_at: Moment(0),
        last_fault: None,
        failed_at: None,
        upload_url: None,
        confirmed_bytes: 0,
        order: None,
        retake_of: None,
        acknowledged_at: None,
        exported_at: None,
        withdrawal: None,
        verdict: None,
    }
}

/// The store of the station: every packet is there but the damaged ones.
fn store(damaged: &'static [u128]) -> impl FnMut(&str) -> Result<Vec<u8>, StickFault> {
    move |packet| {
        let n = packet.parse::<Uuid>().unwrap().as_u128();
        if damaged.contains(&n) {
            Err(StickFault::PacketDamaged(packet.to_string()))
        } else {
            Ok(bytes(n))
        }
    }
}

fn fill(stick: &Path, packets: &[u128]) -> domain::port::Carried {
    let entries: Vec<_> = packets.iter().map(|n| entry(*n)).collect();
    carrier()
        .carry(stick.to_str().unwrap(), &entries, &mut store(&[]), &mut |_| {})
        .unwrap()
}

fn only_bundle(stick: &Path) -> Bundle {
    let mut found = bundles(stick).unwrap();
    assert_eq!(found.len(), 1);
    let only = found.remove(0);
    assert_eq!(only.name, "station-2");
    only.bundle.unwrap()
}

fn folder(stick: &Path) -> PathBuf {
    stick.join("capture-station/station-2")
}

fn receipt(n: u128) -> Acknowledgement {
    let sha256 = sha256_hex(&bytes(n));
    let expected = Expected {
        packet_id: Uuid::from_u128(n),
        sha256: &sha256,
        size: bytes(n).len() as u64,
    };
    Acknowledgement::sign(
        &expected,
        Timestamp::UNIX_EPOCH,
        &ServerSigningKey::from_seed(&[4; 32]),
    )
}

#[test]
fn what_is_written_is_taken_in_and_its_acknowledgement_comes_back() {
    let stick = tempfile::tempdir().unwrap();
    let carried = fill(stick.path(), &[1, 2]);
    assert_eq!((carried.written.len(), carried.acknowledgements.len()), (2, 0));
    let bundle = only_bundle(stick.path());
    let packets = bundle.index().packets.clone();
    for (n, entry) in [1, 2].into_iter().zip(&packets) {
        assert_eq!(bundle.sealed(entry).unwrap(), bytes(n));
    }
    bundle.keep_receipts(&[receipt(1)]).unwrap();
    bundle.keep_receipts(&[receipt(2), receipt(1)]).unwrap();
    assert_eq!(bundle.receipts().unwrap().len(), 2, "each once");

    // The next visit brings them, and the packets they stand for leave the index; what came in between is added.
    let carried = fill(stick.path(), &[3]);
    let mut brought: Vec<_> = carried
        .acknowledgements
        .iter()
        .map(|(id, _)| id.clone())
        .collect();
    brought.sort();
    assert_eq!(brought, [1, 2].map(|n| Uuid::from_u128(n).to_string()));
    let left: Vec<_> = only_bundle(stick.path())
        .index()
        .packets
        .iter()
        .map(|p| p.packet_id)
        .collect();
    assert_eq!(left, [Uuid::from_u128(3)]);
}

#[test]
fn what_nobody_took_in_stays_on_the_stick_and_in_the_index() {
    let stick = tempfile::tempdir().unwrap();
    fill(stick.path(), &[1]);
    fill(stick.path(), &[2]);
    assert_eq!(only_bundle(stick.path()).index().packets.len(), 2);
    // Half written again by a pulled stick: written anew.
    fs::write(
        folder(stick.path()).join(bundle_file(Uuid::from_u128(2))),
        b"half",
    )
    .unwrap();
    fill(stick.path(), &[2]);
    let bundle = only_bundle(stick.path());
    let packets = bundle.index().packets.clone();
    assert!(packets.iter().all(|entry| bundle.sealed(entry).is_ok()));
}

#[test]
fn one_damaged_packet_is_named_and_the_rest_is_written() {
    let stick = tempfile::tempdir().unwrap();
    let entries = [entry(1), entry(2), entry(3)];
    let mut counted = vec![];
    let carried = carrier()
        .carry(
            stick.path().to_str().unwrap(),
            &entries,
            &mut store(&[2]),
            &mut |n| counted.push(n),
        )
        .unwrap();
    assert_eq!(carried.damaged, [Uuid::from_u128(2).to_string()]);
    assert_eq!((carried.written.len(), counted.as_slice()), (2, &[1, 2, 3][..]));
}

#[test]
fn a_stick_that_was_touched_is_not_believed() {
    let stick = tempfile::tempdir().unwrap();
    fill(stick.path(), &[1, 2]);
    let bundle = only_bundle(stick.path());
    let entry = bundle.index().packets[0].clone();
    let file = folder(stick.path()).join(bundle_file(entry.packet_id));
    for content in [b"sealed X".as_slice(), b"", b"sealed 1 and much more"] {
        fs::write(&file, content).unwrap();
        let fault = bundle.sealed(&entry).unwrap_err();
        assert_eq!(fault.code(), "packet_damaged");
    }
    fs::remove_file(&file).unwrap();
    assert_eq!(bundle.sealed(&entry).unwrap_err().code(), "packet_damaged");

    let index = folder(stick.path()).join(BUNDLE_INDEX);
    let text = fs::read_to_string(&index).unwrap();
    for touched in [
        text.replacen("station-2", "station-9", 1),
        text.replace('}', ""),
        String::new(),
    ] {
        fs::write(&index, touched).unwrap();
        let found = bundles(stick.path()).unwrap();
        assert_eq!(found[0].bundle.as_ref().unwrap_err().code(), "stick_altered");
    }
    // Acknowledgements that cannot be read keep nothing from being written.
    fs::write(folder(stick.path()).join(BUNDLE_RECEIPTS), "{").unwrap();
    let carried = fill(stick.path(), &[1]);
    assert_eq!((carried.refused, carried.written.len()), (1, 1));
}

#[test]
fn a_stick_that_is_not_there_is_said_to_be_gone() {
    let stick = tempfile::tempdir().unwrap();
    let path = stick.path().join("pulled");
    let fault = carrier().carry(path.to_str().unwrap(), &[], &mut store(&[]), &mut |_| {});
    assert_eq!(fault.unwrap_err(), StickFault::Gone);
    assert_eq!(bundles(&path).unwrap_err(), StickFault::Gone);
    assert!(
        bundles(stick.path()).unwrap().is_empty(),
        "an empty stick is no fault"
    );
    assert!(!path.exists());
    let odd = Carrier::new("../out".into(), StationSigningKey::from_seed(&[3; 32]), || {
        Timestamp::UNIX_EPOCH
    })
    .carry(stick.path().to_str().unwrap(), &[], &mut store(&[]), &mut |_| {});
    assert_eq!(odd.unwrap_err().code(), "stick_failed");
}
