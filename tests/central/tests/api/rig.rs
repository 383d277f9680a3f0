//! A server and plain requests to it, written byte by byte.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use central::{Central, Config, Greeting};
use packet::sha256_hex;
use std::io::{Read, Write};
use std::net::TcpStream;
use uuid::Uuid;

pub(crate) struct Answer {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub(crate) fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }
}

/// One request on its own connection.
pub(crate) fn ask(url: &str, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
    try_ask(url, method, path, headers, body).unwrap()
}

/// The same; none when the connection ends before the answer's headers do.
pub(crate) fn try_ask(
    url: &str,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> Option<Answer> {
    let host = url.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    let mut head = format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n");
    head.push_str(&format!("Content-Length: {}\r\n", body.len()));
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    stream.write_all(format!("{head}\r\n").as_bytes()).unwrap();
    // A server that refuses early may close before it has read all.
    let _ = stream.write_all(body);
    let mut all = Vec::new();
    // A connection that breaks has given what it could.
    let _ = stream.read_to_end(&mut all);
    let end = all.windows(4).position(|w| w == b"\r\n\r\n")?;
    let head = String::from_utf8(all[..end].to_vec()).unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Some(Answer {
        status,
        head,
        body: all[end + 4..].to_vec(),
    })
}

pub(crate) struct Rig {
    pub(crate) central: Central,
    pub(crate) dir: tempfile::TempDir,
}

impl Rig {
    pub(crate) fn new(simulate: bool) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let central = Central::start(&Config {
            simulate,
            ..Config::sample(dir.path())
        })
        .unwrap();
        Self { central, dir }
    }

    /// A server with a school of its own: the folder of its three files.
    pub(crate) fn of_school(school: &std::path::Path) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let central = Central::start(&Config {
            school: Some(school.to_owned()),
            ..Config::sample(dir.path())
        })
        .unwrap();
        Self { central, dir }
    }

    pub(crate) fn greeting(&self) -> &Greeting {
        self.central.greeting()
    }

    pub(crate) fn station(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        self.as_station(&self.greeting().token, method, path, headers, body)
    }

    pub(crate) fn as_station(
        &self,
        token: &str,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Answer {
        let token = format!("Bearer {token}");
        let headers = [headers, &[("Authorization", &token)]].concat();
        ask(&self.greeting().url, method, path, &headers, body)
    }

    pub(crate) fn tus(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        self.station(
            method,
            path,
            &[headers, &[("Tus-Resumable", "1.0.0")]].concat(),
            body,
        )
    }

    pub(crate) fn reviewer(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let pair = STANDARD.encode(format!("reviewer:{}", self.greeting().reviewer_password));
        let basic = format!("Basic {pair}");
        let headers = [headers, &[("Authorization", &basic)]].concat();
        ask(&self.greeting().url, method, path, &headers, body)
    }

    pub(crate) fn upload(&self, bytes: &[u8]) -> String {
        let length = bytes.len().to_string();
        let created = self.tus("POST", "/files", &[("Upload-Length", &length)], b"");
        let location = created.header("location").unwrap().to_owned();
        let answer = self.tus("PATCH", &location, &[OCTETS, ("Upload-Offset", "0")], bytes);
        assert_eq!(
            (answer.status, answer.header("upload-offset")),
            (204, Some(length.as_str()))
        );
        location
    }

    /// Uploads and commits.
    pub(crate) fn deliver(&self, id: Uuid, sealed: &[u8]) -> Answer {
        self.deliver_as(&self.greeting().token, id, sealed)
    }

    pub(crate) fn deliver_as(&self, token: &str, id: Uuid, sealed: &[u8]) -> Answer {
        let length = sealed.len().to_string();
        let tus = ("Tus-Resumable", "1.0.0");
        let created = self.as_station(token, "POST", "/files", &[tus, ("Upload-Length", &length)], b"");
        let at = created.header("location").unwrap();
        let patched = self.as_station(token, "PATCH", at, &[tus, OCTETS, ("Upload-Offset", "0")], sealed);
        assert_eq!(patched.status, 204);
        let message = serde_json::json!({"upload": at, "sha256": sha256_hex(sealed), "size": sealed.len()});
        let path = format!("/v1/packets/{id}/commit");
        self.as_station(token, "POST", &path, &[JSON], message.to_string().as_bytes())
    }

    pub(crate) fn commit(&self, sealed: &[u8], id: Uuid, upload: &str) -> Answer {
        let message =
            serde_json::json!({"upload": upload, "sha256": sha256_hex(sealed), "size": sealed.len()});
        let path = format!("/v1/packets/{id}/commit");
        self.station("POST", &path, &[JSON], message.to_string().as_bytes())
    }
}

pub(crate) const OCTETS: (&str, &str) = ("Content-Type", "application/offset+octet-stream");
pub(crate) const JSON: (&str, &str) = ("Content-Type", "application/json");
pub(crate) const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");
