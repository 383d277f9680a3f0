//! A packet from sealing to opening, and every way it can be wrong.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

use packet::evidence::*;
use packet::manifest::*;
use packet::*;
use proptest::prelude::*;
use std::collections::BTreeMap;
use uuid::Uuid;

const ORIGINAL: &[u8] = b"\xff\xd8original";
const PHOTO: &[u8] = b"\xff\xd8photo";
const REPORT: &[u8] = b"{}";
const PAGE: &[u8] = b"<svg/>";
const FILES: [(&str, &[u8]); 4] = [
    ("original.jpg", ORIGINAL),
    ("photo.jpg", PHOTO),
    ("report.json", REPORT),
    ("report.svg", PAGE),
];

fn manifest() -> Manifest {
    let at = "2026-11-24T08:00:00Z".parse().unwrap();
    Manifest {
        version: MANIFEST_VERSION,
        packet_id: Uuid::new_v7(uuid::Timestamp::from_unix(uuid::NoContext, 1_764_000_000, 0)),
        retake_of: None,
        station_id: "station-1".into(),
        session: SessionFacts {
            id: "s".into(),
            kind: "roster".into(),
            specification: "graduation-480x640".into(),
        },
        operator_id: "op-1".into(),
        supervisor_override: None,
        identity: IdentityEvidence {
            name: "陈思涵".to_string().into(),
            document: "resident_id".into(),
            number: "11010519491231002X".to_string().into(),
            method: "typed".into(),
            card_photographed: false,
            valid_until: None,
            exception: None,
        },
        enrolment: EnrolmentEvidence {
            id: "20260101".into(),
            source: EnrolmentSource::Roster,
            school: "示例学校".into(),
            class: "一班".into(),
            student_number: "20260101".to_string().into(),
            exam_number: domain::Personal::default(),
            code: None,
            provisional: false,
        },
        payment: PaymentEvidence {
            amount_fen: 2000,
            settled: PaymentMethod::Prepaid {},
            held: false,
        },
        consent: ConsentEvidence {
            text_version: "1".into(),
            text_sha256: sha256_hex(b"text"),
            at,
            operator_id: "op-1".into(),
            under_14: false,
            guardian: None,
        },
        captured_at: at,
        clock_skew_ms: None,
        camera: "replay".into(),
        original: FileFacts::of("original.jpg", ORIGINAL),
        photo: PhotoFacts {
            file: FileFacts::of("photo.jpg", PHOTO),
            width: 480,
            height: 640,
            dpi: 300,
            alterations: vec!["crop".into()],
        },
        report: FileFacts::of("report.json", REPORT),
        report_page: FileFacts::of("report.svg", PAGE),
        card_photos: vec![],
        software: SoftwareFacts {
            version: "0.1.0".into(),
            models: BTreeMap::from([("m".into(), sha256_hex(b"m"))]),
        },
    }
}

/// Sealed by a station of the tests, without a recovery recipient.
fn sealed_to(
    manifest: &Manifest,
    files: &[(&str, &[u8])],
    server: &RecipientKey,
) -> Result<SealedPacket, SealFault> {
    let by = Seal {
        server,
        recovery: None,
        signer: &StationSigningKey::from_seed(&[8; 32]),
    };
    seal(manifest, files, by)
}

/// The day the server's key is lost, the recovery key opens what was sealed before; and nobody else's does.
#[test]
fn a_recovery_recipient_opens_the_same_packet() {
    let (server, recovery) = (OpeningKey::generate(), OpeningKey::generate());
    let signer = StationSigningKey::from_seed(&[9; 32]);
    let sealed = seal(
        &manifest(),
        &FILES,
        Seal {
            server: &server.recipient(),
            recovery: Some(&recovery.recipient()),
            signer: &signer,
        },
    )
    .unwrap();
    let opened = open(&sealed.bytes, &recovery).unwrap();
    assert_eq!(opened, open(&sealed.bytes, &server).unwrap());
    assert_eq!(opened.signer, signer.verifying_key());
    assert_eq!(
        open(&sealed.bytes, &OpeningKey::generate()).unwrap_err(),
        OpenFault::Seal
    );
}

#[test]
fn what_was_sealed_is_what_the_server_opens() {
    let key = OpeningKey::generate();
    let sealed = sealed_to(&manifest(), &FILES, &key.recipient()).unwrap();
    assert_eq!(sealed.size, sealed.bytes.len() as u64);
    assert_eq!(sealed.sha256, sha256_hex(&sealed.bytes));
    for clear in [
        "陈思涵".as_bytes(),
        b"11010519491231002X",
        b"original",
        b"manifest",
    ] {
        assert!(
            !sealed.bytes.windows(clear.len()).any(|w| w == clear),
            "nothing is readable in the seal"
        );
    }
    let opened = open(&sealed.bytes, &key).unwrap();
    assert_eq!(opened.files["photo.jpg"], PHOTO);
    assert_eq!(opened.files.len(), 4);
    assert_eq!(
        open(&sealed.bytes, &OpeningKey::generate()).unwrap_err(),
        OpenFault::Seal
    );
    assert!(
        !format!("{opened:?} {:?}", opened.manifest).contains("陈思涵"),
        "no name in a debug line"
    );
}

#[test]
fn files_and_manifest_must_agree() {
    let recipient = OpeningKey::generate().recipient();
    let swapped: Vec<_> = FILES.iter().map(|(n, _)| (*n, PHOTO)).collect();
    let extra = [FILES.as_slice(), &[("other.jpg", PHOTO)]].concat();
    for files in [&FILES[..2], &swapped, &extra] {
        assert!(matches!(
            sealed_to(&manifest(), files, &recipient),
            Err(SealFault::FileDiffers { .. })
        ));
    }
    let mut tricky = manifest();
    tricky.original.name = "../../original.jpg".into();
    let mut files = FILES;
    files[0].0 = "../../original.jpg";
    assert!(matches!(
        sealed_to(&tricky, &files, &recipient),
        Err(SealFault::Container(ContainerFault::Name))
    ));
}

#[test]
fn a_manifest_that_breaks_a_rule_is_never_sealed() {
    type Break = fn(&mut Manifest);
    let breaks: [(&str, Break); 9] = [
        ("held", |m| m.payment.held = true),
        ("not v7", |m| m.packet_id = Uuid::from_u128(1)),
        ("under 14 alone", |m| m.consent.under_14 = true),
        ("card missing", |m| m.identity.card_photographed = true),
        ("no hash", |m| m.consent.text_sha256.clear()),
        ("upper-case hash", |m| m.photo.file.sha256.make_ascii_uppercase()),
        ("exempt without reason", |m| {
            m.payment.settled = PaymentMethod::Exempt {
                reason: String::new(),
                supervisor_id: "sup".into(),
            }
        }),
        ("paid with a capture that is not the first", |m| {
            m.payment.settled = PaymentMethod::FirstCapture {
                packet_id: Uuid::from_u128(9),
            }
        }),
        ("empty override", |m| {
            m.supervisor_override = Some(SupervisorOverride {
                checks: vec![],
                reason: "r".into(),
                supervisor_id: "s".into(),
            })
        }),
    ];
    let recipient = OpeningKey::generate().recipient();
    for (what, make) in breaks {
        let mut broken = manifest();
        make(&mut broken);
        assert!(
            matches!(
                sealed_to(&broken, &FILES, &recipient),
                Err(SealFault::Manifest(_))
            ),
            "{what}"
        );
    }
}

#[test]
fn unknown_keys_and_versions_are_refused() {
    let mut json = serde_json::to_value(manifest()).unwrap();
    let read = |json: &serde_json::Value| Manifest::from_json(&serde_json::to_vec(json).unwrap());
    assert_eq!(read(&json).unwrap(), read(&json).unwrap());
    json["payment"]["settled"]["tip"] = 1.into();
    assert!(matches!(read(&json), Err(ManifestFault::Schema { .. })));
    json["version"] = 2.into();
    assert_eq!(read(&json), Err(ManifestFault::Version(2)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_altered_byte_is_noticed(at in any::<prop::sample::Index>(), flip in 1u8..=255) {
        let key = OpeningKey::generate();
        let sealed = sealed_to(&manifest(), &FILES, &key.recipient()).unwrap();
        let mut bytes = sealed.bytes;
        let at = at.index(bytes.len());
        bytes[at] ^= flip;
        prop_assert!(open(&bytes, &key).is_err());
    }

    #[test]
    fn no_bytes_make_opening_panic(bytes in prop::collection::vec(any::<u8>(), 0..2000), header in any::<bool>()) {
        let key = OpeningKey::generate();
        let mut all = if header { b"age-encryption.org/v1\n-> X25519 ".to_vec() } else { vec![] };
        all.extend(bytes);
        prop_assert!(open(&all, &key).is_err());
    }
}
