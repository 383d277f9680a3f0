//! A server that says whatever a test puts into its mouth, and writes down what it was asked.

use packet::{HealthProof, ServerSigningKey};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use uplink::Server;

/// A request as it came.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) method: String,
    /// Path and query.
    pub(crate) path: String,
    /// The head, one header a line.
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

/// What is said in return.
pub(crate) enum Say {
    /// These bytes; the connection stays open.
    Bytes(Vec<u8>),
    /// These bytes, then the connection closes.
    Last(Vec<u8>),
    /// These bytes, then spaces for as long as somebody listens, a gigabyte at most.
    Flood(Vec<u8>),
    /// Nothing, and the connection stays open.
    Silence,
}

pub(crate) struct Mouth {
    pub(crate) url: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Mouth {
    pub(crate) fn new(say: impl Fn(&Asked) -> Say + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::<Mutex<Vec<Asked>>>::default();
        let (say, seen) = (Arc::new(say), Arc::clone(&asked));
        std::thread::spawn(move || {
            for line in listener.incoming().flatten() {
                let (say, seen) = (Arc::clone(&say), Arc::clone(&seen));
                std::thread::spawn(move || converse(line, say.as_ref(), &seen));
            }
        });
        Self { url, asked }
    }

    /// Requests so far.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    /// This server as a station is told of it; it is known by [`key`].
    pub(crate) fn server(&self) -> Server {
        let recipient = packet::OpeningKey::generate().recipient().to_string();
        Server::new(&self.url, "t", &recipient, &key().verifying_key().to_string()).unwrap()
    }
}

/// The key of every [`Mouth`].
pub(crate) fn key() -> ServerSigningKey {
    ServerSigningKey::from_seed(&[1; 32])
}

/// An answer with a body.
pub(crate) fn answer(status: &str, kind: &str, body: &str) -> Say {
    let length = body.len();
    let text = format!("HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\n\r\n{body}");
    Say::Bytes(text.into_bytes())
}

/// A good answer in JSON.
pub(crate) fn json(body: &serde_json::Value) -> Say {
    answer("200 OK", "application/json", &body.to_string())
}

/// A refusal in the server's words.
pub(crate) fn refusal(status: &str, code: &str) -> Say {
    let body = serde_json::json!({"code": code, "message": "no"});
    answer(status, "application/json", &body.to_string())
}

/// The true answer to a question for the health; `None` for other questions.
pub(crate) fn health(asked: &Asked, time: jiff::Timestamp) -> Option<Say> {
    let nonce = asked.path.strip_prefix("/v1/health?nonce=")?;
    let proof = HealthProof::sign("1", time, nonce, &key());
    Some(json(&serde_json::to_value(proof).unwrap()))
}

fn converse(line: TcpStream, say: &(dyn Fn(&Asked) -> Say + Send + Sync), seen: &Mutex<Vec<Asked>>) {
    let mut out = line.try_clone().unwrap();
    let mut input = BufReader::new(line);
    while let Some(asked) = hear(&mut input) {
        seen.lock().unwrap().push(asked.clone());
        // Whoever stopped listening broke the line: then there is nothing more to say.
        match say(&asked) {
            Say::Bytes(bytes) => {
                if out.write_all(&bytes).is_err() {
                    return;
                }
            }
            Say::Last(bytes) => {
                let _ = out.write_all(&bytes);
                let _ = out.shutdown(Shutdown::Both);
                return;
            }
            Say::Flood(bytes) => {
                let spaces = [b' '; 64 << 10];
                let _ = out.write_all(&bytes);
                let _ = (0..1 << 14).try_for_each(|_| out.write_all(&spaces));
                return;
            }
            Say::Silence => {}
        }
    }
}

fn hear(input: &mut BufReader<TcpStream>) -> Option<Asked> {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if input.read_line(&mut head).ok()? == 0 {
            return None;
        }
    }
    let length = head
        .lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .and_then(|(_, value)| value.trim().parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    input.read_exact(&mut body).ok()?;
    let mut first = head.split_whitespace();
    Some(Asked {
        method: first.next()?.to_owned(),
        path: first.next()?.to_owned(),
        head: head.clone(),
        body,
    })
}
