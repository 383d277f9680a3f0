//! The uplink's tus client against `@tus/server` with `@tus/file-store` from npm, through a line that
//! is cut in mid chunk.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use uplink::{Sent, Server, Tus};

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_is_taken_by_tus_server_and_resumed_after_a_cut() {
    let folder = tempfile::tempdir().unwrap();
    let node = Node::start(folder.path());
    let budget = Arc::new(AtomicU64::new(u64::MAX));
    let port = cutting_proxy(node.port, Arc::clone(&budget));
    let recipient = packet::OpeningKey::generate().recipient().to_string();
    let key = packet::ServerSigningKey::from_seed(&[1; 32])
        .verifying_key()
        .to_string();
    let server = Server::new(&format!("http://127.0.0.1:{port}"), "token", &recipient, &key).unwrap();
    let mut tus = Tus::new(&server.with_chunk(256 << 10), "files").unwrap();

    let bytes: Vec<u8> = (0..1_500_000u32).map(|i| (i / 3 + i * 5) as u8).collect();
    let length = bytes.len() as u64;
    let bytes = bytes::Bytes::from(bytes);
    let mut upload = tus.create(length, "packet.age").await.unwrap();
    let mut confirmed = 0;
    let mut note = |n| {
        confirmed = n;
        if n == 512 << 10 {
            budget.store(100_000, Ordering::SeqCst);
        }
        Ok(())
    };
    let cut = tus.send(&mut upload, &bytes, &mut note).await.unwrap_err();
    assert!(matches!(cut, uplink::Fault::Unreachable(_)), "{cut}");
    assert_eq!(confirmed, 512 << 10);

    budget.store(u64::MAX, Ordering::SeqCst);
    let url = upload.url().clone();
    let mut found = tus
        .find(&url, length)
        .await
        .unwrap()
        .expect("the upload is there");
    assert!((confirmed..length).contains(&found.offset()), "{found:?}");
    let sent = tus.send(&mut found, &bytes, &mut |_| Ok(())).await.unwrap();
    assert_eq!(sent, Sent::Whole);

    let name = url.path_segments().unwrap().next_back().unwrap();
    assert!(
        std::fs::read(folder.path().join(name)).unwrap() == bytes,
        "byte for byte"
    );
    tus.terminate(&url).await.unwrap();
    assert_eq!(tus.find(&url, length).await, Ok(None));
}

struct Node {
    child: Child,
    port: u16,
}

impl Node {
    fn start(folder: &Path) -> Self {
        let home = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../tests/tus-node");
        assert!(
            home.join("node_modules/@tus/server").is_dir(),
            "the npm packages of tests/tus-node are not installed: run `cargo xtask test`"
        );
        let mut child = Command::new("node")
            .arg("server.mjs")
            .arg(folder)
            .current_dir(home)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("node starts: run `cargo xtask test`");
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let greeting: serde_json::Value = serde_json::from_str(&line).unwrap();
        let port = greeting["port"].as_u64().and_then(|p| p.try_into().ok()).unwrap();
        Self { child, port }
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// Passes connections on to `port` until `budget` bytes went to the server; then it cuts the one that
/// carried them.
fn cutting_proxy(port: u16, budget: Arc<AtomicU64>) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let own = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for client in listener.incoming() {
            let (Ok(client), Ok(server)) = (client, TcpStream::connect(("127.0.0.1", port))) else {
                return;
            };
            let back = (server.try_clone().unwrap(), client.try_clone().unwrap());
            let budget = Arc::clone(&budget);
            std::thread::spawn(move || pass(client, server, Some(&budget)));
            std::thread::spawn(move || pass(back.0, back.1, None));
        }
    });
    own
}

fn pass(mut from: TcpStream, mut to: TcpStream, budget: Option<&AtomicU64>) {
    let mut buffer = [0; 16 << 10];
    while let Ok(read @ 1..) = from.read(&mut buffer) {
        if let Some(budget) = budget {
            let left = budget.load(Ordering::SeqCst);
            if left < read as u64 {
                break;
            }
            if left != u64::MAX {
                budget.fetch_sub(read as u64, Ordering::SeqCst);
            }
        }
        if to.write_all(&buffer[..read]).is_err() {
            break;
        }
    }
    // Either side may be gone already; then there is nothing left to cut.
    let _ = from.shutdown(Shutdown::Both);
    let _ = to.shutdown(Shutdown::Both);
}
