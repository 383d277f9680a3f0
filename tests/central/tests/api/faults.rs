//! The fault simulator does what it says.

use crate::fixture::Capture;
use crate::rig::{Answer, OCTETS, Rig, ask, try_ask};
use central::{Fault, FaultKind, Target};
use packet::HealthProof;

fn inject(rig: &Rig, target: Target, kind: FaultKind) {
    rig.central.inject(Fault {
        target,
        times: 1,
        kind,
    });
}

fn health(rig: &Rig) -> Option<Answer> {
    try_ask(&rig.greeting().url, "GET", "/v1/health?nonce=12345678", &[], b"")
}

fn proves(rig: &Rig, answer: &Answer) -> bool {
    let proof: HealthProof = serde_json::from_slice(&answer.body).unwrap();
    proof.proves(&rig.greeting().verifying_key.parse().unwrap(), "12345678")
}

#[test]
fn answers_are_cut_short_slowed_and_swollen() {
    let rig = Rig::new(true);
    let whole = health(&rig).unwrap();
    inject(&rig, Target::Health, FaultKind::CutHeaders);
    assert!(health(&rig).is_none(), "not one byte of an answer");
    let length = whole.body.len() as u64;
    // The next answer's time may have fewer digits: its middle lies well before the end of any.
    for after in [0, 1, length / 2] {
        inject(&rig, Target::Health, FaultKind::Truncated { after });
        let cut = health(&rig).unwrap();
        assert_eq!((cut.status, cut.body.len() as u64), (200, after));
        let promised: u64 = cut.header("content-length").unwrap().parse().unwrap();
        assert!(promised > after, "the headers promise it all");
    }
    inject(&rig, Target::Health, FaultKind::Slow { bytes_per_s: 100_000 });
    assert!(proves(&rig, &health(&rig).unwrap()), "slow, but whole");
    inject(&rig, Target::Health, FaultKind::Oversize { bytes: 300_000 });
    let swollen = health(&rig).unwrap();
    assert!(swollen.status == 200 && swollen.body.len() >= 300_000);
    let to = "http://elsewhere.invalid/".to_owned();
    inject(
        &rig,
        Target::Health,
        FaultKind::Redirect {
            code: 307,
            to: to.clone(),
        },
    );
    let led = health(&rig).unwrap();
    assert_eq!((led.status, led.header("location")), (307, Some(to.as_str())));
    let refusal = FaultKind::Refusal {
        status: 429,
        code: "too_many_requests".into(),
        retry_after_s: Some(3),
    };
    inject(&rig, Target::Health, refusal);
    let refused = health(&rig).unwrap();
    assert_eq!((refused.status, refused.header("retry-after")), (429, Some("3")));
    assert_eq!(refused.code(), "too_many_requests");
    inject(&rig, Target::Health, FaultKind::WrongSignature);
    assert!(!proves(&rig, &health(&rig).unwrap()));
    assert!(proves(&rig, &health(&rig).unwrap()), "and all is well again");
}

#[test]
fn uploads_are_lost_expired_lied_about_and_left_unchecked() {
    let rig = Rig::new(true);
    let begun = || {
        let created = rig.tus("POST", "/files", &[("Upload-Length", "10")], b"");
        created.header("location").unwrap().to_owned()
    };
    let patch = |at: &str, headers: &[(&str, &str)]| {
        let headers = [headers, &[OCTETS, ("Upload-Offset", "0")]].concat();
        rig.tus("PATCH", at, &headers, b"01234")
    };
    let head = |at: &str| {
        let answer = rig.tus("HEAD", at, &[], b"");
        (answer.status, answer.header("upload-offset").map(str::to_owned))
    };
    let at = begun();
    for (by, told) in [(-3, "2"), (3, "8"), (-9, "0")] {
        assert_eq!(patch(&at, &[]).status, if by == -3 { 204 } else { 409 });
        inject(&rig, Target::Head, FaultKind::LyingOffset { by });
        assert_eq!(head(&at), (200, Some(told.to_owned())));
    }
    assert_eq!(head(&at), (200, Some("5".to_owned())));
    inject(&rig, Target::Files, FaultKind::Expired);
    assert_eq!((head(&at).0, head(&at).0), (410, 410));

    let at = begun();
    inject(&rig, Target::Patch, FaultKind::LostUpload);
    assert_eq!(patch(&at, &[]).status, 204, "confirmed");
    assert_eq!(head(&at).0, 410, "and gone");

    let at = begun();
    let wrong = ("Upload-Checksum", "sha1 2jmj7l5rSw0yVb/vlWAYkK/YBwk=");
    assert_eq!(patch(&at, &[wrong]).status, 460);
    inject(&rig, Target::Patch, FaultKind::AcceptWrongChecksum);
    assert_eq!(patch(&at, &[wrong]).status, 204);
    assert_eq!(head(&at), (200, Some("5".to_owned())));
}

#[test]
fn a_commit_whose_upload_is_lost_is_asked_for_anew() {
    let rig = Rig::new(true);
    let (id, sealed) = Capture::default().seal(&rig.greeting().recipient);
    let upload = rig.upload(&sealed.bytes);
    inject(&rig, Target::Commit, FaultKind::LostUpload);
    let lost = rig.commit(&sealed.bytes, id, &upload);
    assert_eq!((lost.status, lost.code().as_str()), (410, "upload_gone"));
    assert_eq!(rig.tus("HEAD", &upload, &[], b"").status, 410);
    assert_eq!(rig.deliver(id, &sealed.bytes).status, 200);
}

#[test]
fn every_fault_reads_as_the_document_writes_it() {
    let rig = Rig::new(true);
    for kind in [
        r#""cut_headers""#,
        r#""expired""#,
        r#""lost_upload""#,
        r#""accept_wrong_checksum""#,
        r#"{"truncated":{"after":3}}"#,
        r#"{"slow":{"bytes_per_s":8000}}"#,
        r#"{"redirect":{"code":302,"to":"/x"}}"#,
        r#"{"oversize":{"bytes":1}}"#,
        r#"{"lying_offset":{"by":-1}}"#,
        r#"{"refusal":{"status":412,"code":"tus_version"}}"#,
    ] {
        let fault = format!(r#"{{"target":"create","times":0,"kind":{kind}}}"#);
        let headers = [("Content-Type", "application/json")];
        let url = &rig.greeting().url;
        assert_eq!(
            ask(url, "POST", "/simulate/fault", &headers, fault.as_bytes()).status,
            204,
            "{kind}"
        );
    }
}
