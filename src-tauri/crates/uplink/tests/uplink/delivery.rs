//! A packet's way to its acknowledgement, through every fault of the line and the server.

use crate::rig::{CHUNK, Queued, Rig, queued, server};
use central::{Central, Config, FaultKind, Target};
use domain::port::{Central as _, CentralFault};
use packet::{Acknowledgement, Expected};
use uplink::{Server, Tus, Uplink};

fn packet_for(rig: &Rig) -> Queued {
    queued(&rig.uplink.recipient(), None)
}

#[test]
fn a_packet_arrives_once_and_its_acknowledgement_can_be_proved_again() {
    let mut rig = Rig::new();
    let mut queued = packet_for(&rig);
    let received = queued.send(&mut rig.uplink).unwrap();

    let acknowledgement: Acknowledgement = serde_json::from_str(&received.acknowledgement).unwrap();
    let entry = &queued.entry;
    let packet_id = entry.packet.parse().unwrap();
    let expected = Expected {
        packet_id,
        sha256: &entry.sha256,
        size: entry.size,
    };
    let key = rig.central.greeting().verifying_key.parse().unwrap();
    acknowledgement.verify(&key, &expected).unwrap();

    let held = rig.central.packets().unwrap();
    assert_eq!(
        (held.len(), &held[0].sha256, held[0].size),
        (1, &entry.sha256, entry.size)
    );
    let opened = rig.central.open_packet(&entry.packet).unwrap();
    assert_eq!(opened.files["original.jpg"].len(), 300_000);

    let told: Vec<u64> = queued.told.iter().map(|(_, confirmed)| *confirmed).collect();
    assert_eq!(told[0], 0, "the address is told before the first byte leaves");
    assert!(
        told.windows(2)
            .all(|pair| pair[1] - pair[0] <= CHUNK as u64 && pair[0] < pair[1])
    );
    assert_eq!(told.last(), Some(&entry.size));

    // Sent once more after everything: the same acknowledgement, nothing stored twice.
    assert_eq!(queued.send(&mut rig.uplink).unwrap(), received);
    // And by a station that lost all memory of the upload.
    queued.entry.upload_url = None;
    assert_eq!(queued.send(&mut rig.uplink).unwrap(), received);
    assert_eq!(rig.central.packets().unwrap().len(), 1);
}

#[test]
fn a_cut_in_mid_chunk_costs_at_most_that_chunk() {
    let mut rig = Rig::new();
    let mut queued = packet_for(&rig);
    let second_chunk = 1;
    for _ in 0..second_chunk {
        rig.fault(Target::Patch, FaultKind::Delay { ms: 0 });
    }
    rig.fault(Target::Patch, FaultKind::Cut { after: 30_000 });
    let fault = queued.send(&mut rig.uplink).unwrap_err();
    assert!(matches!(fault, CentralFault::Unreachable(_)), "{fault}");
    assert!(fault.temporary());
    assert_eq!(queued.entry.confirmed_bytes, CHUNK as u64);

    let before = queued.told.len();
    queued.send(&mut rig.uplink).unwrap();
    assert_eq!(
        queued.told[before].1,
        (CHUNK + CHUNK / 2) as u64,
        "it goes on behind the first chunk, with half a one"
    );
    assert_eq!(queued.uploads_begun(), 1);
    assert_eq!(rig.central.packets().unwrap()[0].sha256, queued.entry.sha256);
}

#[test]
fn an_answer_lost_on_the_way_back_changes_nothing() {
    for target in [Target::Patch, Target::Commit] {
        let mut rig = Rig::new();
        let mut queued = packet_for(&rig);
        rig.fault(target, FaultKind::CutAnswer);
        let fault = queued.send(&mut rig.uplink).unwrap_err();
        assert!(
            matches!(fault, CentralFault::Unreachable(_)),
            "{target:?}: {fault}"
        );
        queued.send(&mut rig.uplink).unwrap();
        assert_eq!(queued.uploads_begun(), 1, "{target:?}");
        assert_eq!(rig.central.packets().unwrap().len(), 1, "{target:?}");
    }
}

#[test]
fn trouble_and_nonsense_are_temporary_and_never_an_acknowledgement() {
    let mut rig = Rig::new();
    let mut queued = packet_for(&rig);
    for target in [Target::Files, Target::Patch, Target::Commit] {
        for (kind, code) in [
            (FaultKind::Status { code: 500 }, "server_error"),
            (FaultKind::Status { code: 503 }, "server_error"),
            (FaultKind::Status { code: 302 }, "server_nonsense"),
            (FaultKind::Status { code: 403 }, "server_nonsense"),
            (FaultKind::Nonsense, "server_nonsense"),
            (FaultKind::OtherJson, "server_nonsense"),
        ] {
            rig.fault(target, kind.clone());
            let fault = queued.send(&mut rig.uplink).unwrap_err();
            assert_eq!(fault.code(), code, "{target:?} {kind:?}: {fault}");
            assert!(fault.temporary(), "{target:?} {kind:?}");
        }
    }
    queued.send(&mut rig.uplink).unwrap();
    assert_eq!(rig.central.packets().unwrap().len(), 1);
}

#[test]
fn an_acknowledgement_with_a_wrong_signature_is_refused() {
    let mut rig = Rig::new();
    let mut queued = packet_for(&rig);
    rig.fault(Target::Commit, FaultKind::WrongSignature);
    let fault = queued.send(&mut rig.uplink).unwrap_err();
    assert!(matches!(fault, CentralFault::Acknowledgement(_)), "{fault}");
    assert!(!fault.temporary());

    let greeting = rig.central.greeting();
    let other_key = packet::ServerSigningKey::from_seed(&[9; 32])
        .verifying_key()
        .to_string();
    let distrustful = Server::new(&greeting.url, &greeting.token, &greeting.recipient, &other_key).unwrap();
    let mut distrustful = Uplink::new(distrustful).unwrap();
    assert_eq!(
        queued.send(&mut distrustful).unwrap_err().code(),
        "acknowledgement_invalid"
    );
    assert_eq!(distrustful.answers().unwrap_err().code(), "server_nonsense");
}

#[test]
fn other_bytes_under_the_same_id_are_a_mismatch() {
    let mut rig = Rig::new();
    let mut first = packet_for(&rig);
    first.send(&mut rig.uplink).unwrap();
    let mut second = packet_for(&rig);
    second.entry.packet = first.entry.packet.clone();
    let fault = second.send(&mut rig.uplink).unwrap_err();
    assert_eq!(fault, CentralFault::Mismatch);
    assert!(!fault.temporary());
    assert_eq!(rig.central.packets().unwrap()[0].sha256, first.entry.sha256);
}

#[test]
fn a_packet_for_another_server_is_refused_for_a_person_to_see() {
    let mut rig = Rig::new();
    let foreign = packet::OpeningKey::generate().recipient().to_string();
    let fault = queued(&foreign, None).send(&mut rig.uplink).unwrap_err();
    assert!(fault.to_string().contains("packet_unreadable"), "{fault}");
    assert!(!fault.temporary());
    assert!(rig.central.packets().unwrap().is_empty());
}

#[test]
fn bytes_altered_behind_the_servers_checksum_are_sent_again() {
    let mut rig = Rig::new();
    let mut queued = packet_for(&rig);
    rig.fault(Target::Patch, FaultKind::Corrupt);
    queued.send(&mut rig.uplink).unwrap();
    assert_eq!(queued.uploads_begun(), 2);
    assert!(
        queued.told.contains(&(None, 0)),
        "the store was told that the first address is gone"
    );
    assert_eq!(rig.central.packets().unwrap()[0].sha256, queued.entry.sha256);
}

#[test]
fn an_upload_that_the_server_lost_is_begun_anew() {
    let mut rig = Rig::new();
    let mut queued = packet_for(&rig);
    rig.fault(Target::Patch, FaultKind::Cut { after: 10 });
    queued.send(&mut rig.uplink).unwrap_err();

    let tus = Tus::new(&rig.server(), "files").unwrap();
    let url = tus.known(queued.entry.upload_url.as_deref().unwrap()).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(tus.terminate(&url)).unwrap();

    queued.send(&mut rig.uplink).unwrap();
    assert_eq!(queued.uploads_begun(), 2);
    assert_eq!(rig.central.packets().unwrap().len(), 1);
}

#[test]
fn an_upload_that_is_about_to_expire_is_begun_anew() {
    for (lifetime_s, begun) in [(30, 2), (600, 1)] {
        let dir = tempfile::tempdir().unwrap();
        let mut config = Config::sample(dir.path());
        config.limits.upload_lifetime_s = lifetime_s;
        let central = Central::start(&config).unwrap();
        let mut uplink = Uplink::new(server(&central)).unwrap();
        let mut queued = queued(&uplink.recipient(), None);
        // The answer to the second chunk is lost.
        for kind in [FaultKind::Delay { ms: 0 }, FaultKind::CutAnswer] {
            central.inject(central::Fault {
                target: Target::Patch,
                times: 1,
                kind,
            });
        }
        queued.send(&mut uplink).unwrap_err();
        queued.send(&mut uplink).unwrap();
        assert_eq!(queued.uploads_begun(), begun, "{lifetime_s} s");
        assert_eq!(central.packets().unwrap().len(), 1);
    }
}

#[test]
fn an_address_of_somebody_else_never_gets_the_token() {
    let mut rig = Rig::new();
    let mut queued = packet_for(&rig);
    // Nobody listens there: had it been asked, the attempt would fail.
    queued.entry.upload_url = Some("http://127.0.0.1:1/files/x".into());
    queued.send(&mut rig.uplink).unwrap();
    assert_eq!(queued.uploads_begun(), 1);
}

#[test]
fn a_server_that_comes_back_goes_on_with_the_upload() {
    let Rig {
        central,
        mut uplink,
        dir,
    } = Rig::new();
    let mut queued = queued(&uplink.recipient(), None);
    central.inject(central::Fault {
        target: Target::Patch,
        times: 1,
        kind: FaultKind::Cut { after: 10 },
    });
    queued.send(&mut uplink).unwrap_err();
    let listen = central.address();
    central.stop();
    let fault = queued.send(&mut uplink).unwrap_err();
    assert!(matches!(fault, CentralFault::Unreachable(_)), "{fault}");
    assert_eq!(uplink.answers().unwrap_err().code(), "server_unreachable");

    let central = Central::start(&Config {
        listen,
        ..Config::sample(dir.path())
    })
    .unwrap();
    uplink.answers().unwrap();
    queued.send(&mut uplink).unwrap();
    assert_eq!(queued.uploads_begun(), 1);
    assert_eq!(central.packets().unwrap()[0].sha256, queued.entry.sha256);
}

#[test]
fn a_station_that_is_not_known_is_refused() {
    let rig = Rig::new();
    let greeting = rig.central.greeting();
    let stranger = Server::new(
        &greeting.url,
        "other",
        &greeting.recipient,
        &greeting.verifying_key,
    )
    .unwrap();
    let mut stranger = Uplink::new(stranger).unwrap();
    let fault = packet_for(&rig).send(&mut stranger).unwrap_err();
    assert_eq!(
        (fault.code(), fault.temporary()),
        ("station_not_accepted", false),
        "{fault}"
    );
    assert_eq!(fault, CentralFault::Unaccepted("unauthorised".into()));
}

#[test]
fn a_store_that_cannot_write_the_address_down_stops_the_attempt() {
    let mut rig = Rig::new();
    let queued = packet_for(&rig);
    let mut progress = |_: Option<&str>, _| Err("disk full".to_owned());
    let delivery = domain::port::Delivery {
        entry: &queued.entry,
        sealed: &queued.sealed,
        progress: &mut progress,
    };
    let fault = rig.uplink.deliver(delivery).unwrap_err();
    assert!(
        fault.temporary() && fault.to_string().contains("disk full"),
        "{fault}"
    );
    assert!(rig.central.packets().unwrap().is_empty());
}

#[test]
fn a_server_that_does_not_answer_is_given_up_in_time() {
    let rig = Rig::new();
    let mut hasty =
        Uplink::new(server(&rig.central).with_patience(std::time::Duration::from_millis(200))).unwrap();
    rig.fault(Target::Any, FaultKind::Delay { ms: 3000 });
    let began = std::time::Instant::now();
    assert_eq!(hasty.answers().unwrap_err().code(), "server_unreachable");
    assert!(began.elapsed() < std::time::Duration::from_millis(2500));
}
