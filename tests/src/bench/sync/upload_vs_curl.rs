//! How fast packets leave on a line that costs nothing, beside curl.

use crate::bench::figure::{Figure, Targets, median};
use anyhow::{Context, Result, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use central::{Central, Config};
use sha1::Digest;
use std::path::Path;
use std::process::Command;
use std::time::Instant;
use tokio::runtime::Runtime;
use uplink::{Sent, Server, Tus};

const PACKETS: usize = 40;
const BYTES: usize = 3 << 20;
const ID: &str = "upload_vs_curl";

/// Measures uploads to the reference server, whose uploads lie on the disk that holds `folder`.
pub(super) fn measure(targets: &Targets, folder: &Path) -> Result<Figure> {
    if Command::new("curl").arg("--version").output().is_err() {
        return targets.unmeasured(ID, "curl is not installed");
    }
    let data = tempfile::tempdir_in(folder)?;
    let central = Central::start(&Config::sample(data.path().join("central")))?;
    let told = central.greeting();
    let server = Server::new(&told.url, &told.token, &told.recipient, &told.verifying_key)?;
    let mut tus = Tus::new(&server, "files")?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()?;
    let file = data.path().join("packet");
    let (mut own, mut curls) = (vec![], vec![]);
    for packet in 0..PACKETS {
        let content: Vec<u8> = (0..BYTES).map(|i| (i * 31 + i / 251 + packet) as u8).collect();
        std::fs::write(&file, &content)?;
        let sum = STANDARD.encode(sha1::Sha1::digest(&content));
        own.push(send(&runtime, &mut tus, content)?);
        curls.push(by_curl(&told.url, &told.token, &file, &sum)?);
    }
    // Medians: a disk that is busy with something else for a moment is nobody's throughput.
    let (own, curls) = (median(&own), median(&curls));
    let rate = |seconds: f64| BYTES as f64 / 1e6 / seconds;
    let beside = format!(
        "{:.0} MB/s against {:.0} MB/s, each byte checked, written and synced by the server; {:.1} and {:.1} ms a packet",
        rate(own),
        rate(curls),
        own * 1e3,
        curls * 1e3
    );
    targets.figure(ID, curls / own, beside)
}

/// Seconds for one packet as a station sends it: its upload is begun, then its bytes go with their checksums.
fn send(runtime: &Runtime, tus: &mut Tus, content: Vec<u8>) -> Result<f64> {
    let content = content.into();
    let began = Instant::now();
    let sent = runtime.block_on(async {
        let mut upload = tus.begin(&content, "bench").await?;
        tus.send(&mut upload, &content, &mut |_| Ok(())).await
    })?;
    let took = began.elapsed().as_secs_f64();
    ensure!(sent == Sent::Whole, "the upload got lost");
    Ok(took)
}

/// Seconds for the same two requests by curl, by its own clock: without the time its process takes to start, and with
/// a checksum that it is given, so that the server has the same work.
fn by_curl(url: &str, token: &str, file: &Path, sum: &str) -> Result<f64> {
    let token = format!("Authorization: Bearer {token}");
    let version = "Tus-Resumable: 1.0.0".to_owned();
    let length = format!("Upload-Length: {BYTES}");
    let begin = [
        "--request",
        "POST",
        "--header",
        &length,
        "--header",
        "Content-Length: 0",
    ];
    let (code, location, began) = curl(&format!("{url}/files"), &[&token, &version], &begin)?;
    ensure!(code == "201", "curl: status {code}");
    let checksum = format!("Upload-Checksum: sha1 {sum}");
    let headers = [
        token.as_str(),
        &version,
        &checksum,
        "Upload-Offset: 0",
        "Content-Type: application/offset+octet-stream",
        // Else it waits for leave to send.
        "Expect:",
    ];
    let bytes = format!("@{}", file.display());
    let (code, _, sent) = curl(
        &location,
        &headers,
        &["--request", "PATCH", "--data-binary", &bytes],
    )?;
    ensure!(code == "204", "curl: status {code}");
    Ok(began + sent)
}

/// Status, where the answer leads, and seconds of one request.
fn curl(url: &str, headers: &[&str], request: &[&str]) -> Result<(String, String, f64)> {
    let mut command = Command::new("curl");
    command.args(["--silent", "--noproxy", "*"]).args(request);
    for header in headers {
        command.args(["--header", header]);
    }
    let said = "%{http_code} %{time_total} %header{location}";
    let output = command.args(["--write-out", said]).arg(url).output()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut words = text.split(' ');
    let mut next = || words.next().map(str::to_owned);
    let (code, seconds, location) = (next(), next(), next());
    let seconds = seconds
        .and_then(|s| s.parse().ok())
        .with_context(|| format!("curl: {text}"))?;
    let root = url.trim_end_matches("/files");
    Ok((
        code.unwrap_or_default(),
        format!("{root}{}", location.unwrap_or_default()),
        seconds,
    ))
}
