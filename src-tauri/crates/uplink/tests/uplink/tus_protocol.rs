//! The tus client where it and the server disagree.

use crate::rig::{CHUNK, Rig};
use bytes::Bytes;
use central::{FaultKind, Target};
use uplink::{Fault, Retry, Sent, Tus};

fn ignore(_: u64) -> Result<(), String> {
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_ahead_is_believed_and_one_that_went_back_is_not() {
    let rig = Rig::new();
    let mut tus = Tus::new(&rig.server(), "files").unwrap();
    let bytes = Bytes::from(vec![7; 3 * CHUNK]);
    let length = bytes.len() as u64;
    let mut upload = tus.create(length, "p").await.unwrap();
    let stale = upload.clone();
    let mut stop_after_one = |_| Err("enough".to_owned());
    tus.send(&mut upload, &bytes, &mut stop_after_one)
        .await
        .unwrap_err();

    // As after an answer that got lost: the server has more than the station knows.
    let mut confirmed = Vec::new();
    let mut note = |n| {
        confirmed.push(n);
        Ok(())
    };
    let mut behind = stale.clone();
    assert_eq!(tus.send(&mut behind, &bytes, &mut note).await, Ok(Sent::Whole));
    assert_eq!(confirmed, [1, 2, 3].map(|n| n * CHUNK as u64));
    // Nothing is missing: nothing is sent.
    let mut whole = tus.find(stale.url(), length).await.unwrap().unwrap();
    assert_eq!(tus.send(&mut whole, &bytes, &mut ignore).await, Ok(Sent::Whole));

    // Another upload that the station believes further than the server does.
    let other = tus.create(length, "p").await.unwrap();
    tus.terminate(other.url()).await.unwrap();
    let mut ahead = other;
    assert_eq!(tus.send(&mut ahead, &bytes, &mut ignore).await, Ok(Sent::Gone));
    drop_in_background(rig);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_go_on_is_told_from_what_can_be_tried_again() {
    let rig = Rig::new();
    let mut tus = Tus::new(&rig.server(), "files").unwrap();
    let bytes = Bytes::from(vec![7; 10]);
    let mut upload = tus.create(10, "p").await.unwrap();
    let url = upload.url().clone();
    rig.fault(Target::Patch, FaultKind::Status { code: 423 });
    let busy = tus.send(&mut upload, &bytes, &mut ignore).await.unwrap_err();
    assert_eq!(busy.retry(), Retry::Temporary, "{busy}");
    // An upload of another length is not this one.
    assert_eq!(tus.find(&url, 11).await, Ok(None));
    tus.terminate(&url).await.unwrap();
    tus.terminate(&url).await.unwrap();
    assert_eq!(tus.find(&url, 10).await, Ok(None));
    let large = tus.create(1 << 40, "p").await.unwrap_err();
    assert!(matches!(large, Fault::Refused { status: 413, .. }), "{large}");
    drop_in_background(rig);
}

/// The rig's own runtime may not be dropped inside another one.
fn drop_in_background(rig: Rig) {
    std::thread::spawn(move || drop(rig)).join().unwrap();
}
