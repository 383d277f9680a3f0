//! What a cut costs: bytes that a station sends again, counted by a proxy on the line.

#[path = "../../../../src-tauri/crates/uplink/tests/uplink/line.rs"]
mod line;

use self::line::{BadLine, Cut, Weather};
use crate::bench::figure::{Figure, Targets};
use anyhow::{Result, bail, ensure};
use central::{Central, Config};
use std::path::Path;
use std::time::Duration;
use tokio::runtime::Runtime;
use uplink::{Sent, Server, Tus};

const BYTES: usize = 3 << 20;
/// Chunks that pass before the one that is cut.
const PASSED: [usize; 3] = [0, 1, 2];
/// The smallest chunk that is cut here has 256 KiB.
const CUTS: [Cut; 7] = [
    Cut::Head(30),
    Cut::Body(0),
    Cut::Body(1),
    Cut::Body(128 << 10),
    Cut::LastByte,
    Cut::Answer,
    Cut::Silence(100 << 10),
];

/// Measures cuts on uploads to the reference server, whose uploads lie on the disk that holds `folder`. The worst of
/// all cuts counts.
pub(super) fn measure(targets: &Targets, folder: &Path) -> Result<Figure> {
    let data = tempfile::tempdir_in(folder)?;
    let central = Central::start(&Config::sample(data.path().join("central")))?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()?;
    let mut resent = vec![];
    for passed in PASSED {
        for cut in CUTS {
            // Nothing is known of the line before its first chunk, which is therefore waited for a minute.
            if passed == 0 && matches!(cut, Cut::Silence(_)) {
                continue;
            }
            resent.push(once(&runtime, &central, passed, cut)?);
        }
    }
    let worst = resent.iter().copied().fold(0.0, f64::max);
    let mean = resent.iter().sum::<f64>() / resent.len() as f64;
    let beside = format!("worst of {} cuts; {mean:.2} on the average", resent.len());
    targets.figure("resent_chunks", worst, beside)
}

/// One upload with one cut: bytes sent again, in chunks of the size that was cut.
fn once(runtime: &Runtime, central: &Central, passed: usize, cut: Cut) -> Result<f64> {
    let told = central.greeting();
    let line = BadLine::to(&told.url, Weather::default());
    let server = Server::new(&line.url(), &told.token, &told.recipient, &told.verifying_key)?;
    let mut tus = Tus::new(&server.with_patience(Duration::from_secs(1)), "files")?;
    let content = vec![7; BYTES].into();
    line.strike("PATCH", passed, cut);
    let url = runtime.block_on(async {
        let mut upload = tus.create(BYTES as u64, "bench").await?;
        let broken = tus.send(&mut upload, &content, &mut |_| Ok(())).await;
        ensure!(broken.is_err(), "{cut:?} went unnoticed");
        Ok(upload.url().clone())
    })?;
    let chunk = line.seen().chunk;
    for _ in 0..100 {
        // The server may still hold the upload for the request that was cut.
        std::thread::sleep(Duration::from_millis(20));
        let Ok(Some(mut found)) = runtime.block_on(tus.find(&url, BYTES as u64)) else {
            continue;
        };
        let sent = runtime.block_on(tus.send(&mut found, &content, &mut |_| Ok(())))?;
        ensure!(sent == Sent::Whole, "the upload got lost after {cut:?}");
        return Ok((line.seen().sent - BYTES as u64) as f64 / chunk as f64);
    }
    bail!("the server never let the upload go after {cut:?}")
}
