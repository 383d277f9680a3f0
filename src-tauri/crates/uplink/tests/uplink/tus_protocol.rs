//! The tus client where it and the server disagree.

use crate::rig::{CHUNK, Rig};
use central::{FaultKind, Target};
use uplink::{Fault, Retry, Tus, UploadState};

fn ignore(_: u64) -> Result<(), String> {
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_offset_is_set_right_by_the_servers_word() {
    let rig = Rig::new();
    let mut tus = Tus::new(&rig.server(), "files").unwrap();
    let bytes = vec![7; 3 * CHUNK];
    let length = bytes.len() as u64;
    let url = tus.create(length, "p").await.unwrap();
    let mut confirmed = Vec::new();
    let mut note = |n| {
        confirmed.push(n);
        Ok(())
    };
    let state = tus.send(&url, &bytes, CHUNK as u64, &mut note).await.unwrap();
    assert_eq!(state, UploadState::At(length));
    assert_eq!(confirmed, [0, 1, 2, 3].map(|n| n * CHUNK as u64));
    // Beyond the end there is nothing to send.
    assert_eq!(
        tus.send(&url, &bytes, length, &mut ignore).await,
        Ok(UploadState::At(length))
    );
    drop_in_background(rig);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chunk_that_is_refused_again_and_again_ends_the_attempt() {
    let rig = Rig::new();
    let mut tus = Tus::new(&rig.server(), "files").unwrap();
    let bytes = vec![7; 10];
    let url = tus.create(10, "p").await.unwrap();
    rig.fault(Target::Patch, FaultKind::Status { code: 423 });
    let busy = tus.send(&url, &bytes, 0, &mut ignore).await.unwrap_err();
    assert_eq!(busy.retry(), Retry::Temporary, "{busy}");
    // An upload of another length is not this one.
    assert_eq!(tus.state(&url, 11).await, Ok(UploadState::Gone));
    tus.terminate(&url).await.unwrap();
    tus.terminate(&url).await.unwrap();
    assert_eq!(tus.state(&url, 10).await, Ok(UploadState::Gone));
    assert_eq!(
        tus.send(&url, &bytes, 0, &mut ignore).await,
        Ok(UploadState::Gone)
    );
    let large = tus.create(1 << 40, "p").await.unwrap_err();
    assert!(matches!(large, Fault::Refused { status: 413, .. }), "{large}");
    drop_in_background(rig);
}

/// The rig's own runtime may not be dropped inside another one.
fn drop_in_background(rig: Rig) {
    std::thread::spawn(move || drop(rig)).join().unwrap();
}
