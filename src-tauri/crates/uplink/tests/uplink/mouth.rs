//! A server that says whatever a test puts into its mouth, and writes down what it was asked.

use packet::{HealthProof, ServerSigningKey};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
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

/// What the server at `http://host:port` answers to the same request.
pub(crate) fn relay(asked: &Asked, url: &str) -> Say {
    let mut line = TcpStream::connect(url.trim_start_matches("http://")).unwrap();
    line.write_all(asked.head.as_bytes()).unwrap();
    line.write_all(&asked.body).unwrap();
    let (head, body) = message(&mut BufReader::new(line)).unwrap();
    Say::Bytes([head.into_bytes(), body].concat())
}

fn converse(line: TcpStream, say: &(dyn Fn(&Asked) -> Say + Send + Sync), seen: &Mutex<Vec<Asked>>) {
    serve(line, |asked| {
        seen.lock().unwrap().push(asked.clone());
        say(asked)
    });
}

/// Answers requests until the line ends. Whoever stopped listening broke it: then there is nothing more to say.
pub(crate) fn serve(line: impl Read + Write, mut say: impl FnMut(&Asked) -> Say) {
    let mut line = BufReader::new(line);
    while let Some(asked) = hear(&mut line) {
        let (bytes, goes_on) = match say(&asked) {
            Say::Bytes(bytes) => (bytes, true),
            Say::Last(bytes) => (bytes, false),
            Say::Flood(bytes) => {
                let spaces = [b' '; 64 << 10];
                let _ = line.get_mut().write_all(&bytes);
                let _ = (0..1 << 14).try_for_each(|_| line.get_mut().write_all(&spaces));
                return;
            }
        };
        if line.get_mut().write_all(&bytes).is_err() || line.get_mut().flush().is_err() || !goes_on {
            return;
        }
    }
}

fn hear(input: &mut impl BufRead) -> Option<Asked> {
    let (head, body) = message(input)?;
    let mut first = head.split_whitespace();
    Some(Asked {
        method: first.next()?.to_owned(),
        path: first.next()?.to_owned(),
        head: head.clone(),
        body,
    })
}

/// Head and body of a request or an answer.
fn message(input: &mut impl BufRead) -> Option<(String, Vec<u8>)> {
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
    Some((head, body))
}
