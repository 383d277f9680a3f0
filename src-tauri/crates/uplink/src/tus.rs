//! A client of tus 1.0: core, creation, checksum, expiration and termination, over any server that speaks it.
//!
//! Nothing that the server says is believed before it fits what was said before: a server that loses what it
//! confirmed, or confirms what it was not sent, gets the whole again and the last word only at the commit.

use crate::answer;
use crate::cap::{Cap, Paced};
use crate::checksum::{self, Ahead};
use crate::expiry::{self, MARGIN};
use crate::fault::Fault;
use crate::http::Http;
use crate::locked::Locked;
use crate::offer::Offer;
use crate::pace::Pace;
use crate::server::{Server, ServerFault};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use reqwest::header::{CONTENT_TYPE, HeaderMap, LOCATION};
use reqwest::{Body, Method, RequestBuilder, Response, StatusCode, Url};
use std::time::Instant;

/// Chunks within one attempt that may be refused, or confirmed in part, before the attempt ends.
const TRIES: u32 = 3;

/// Told after every confirmed chunk how many bytes the server holds; an error stops the attempt.
pub type Progress<'a> = &'a mut dyn FnMut(u64) -> Result<(), String>;

/// An upload that the server knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    url: Url,
    offset: u64,
    /// When the server will have dropped it.
    ends: Option<Instant>,
}

impl Upload {
    /// Its address.
    pub const fn url(&self) -> &Url {
        &self.url
    }

    /// Bytes that the server holds.
    pub const fn offset(&self) -> u64 {
        self.offset
    }
}

/// How sending ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    /// The server says that it holds every byte.
    Whole,
    /// The upload is unknown, expired or contradicts itself: begin anew.
    Gone,
}

/// A client of one tus server.
pub struct Tus {
    http: Http,
    endpoint: Url,
    pace: Pace,
    cap: Option<Cap>,
    offer: Option<Offer>,
    locked: Locked,
    ahead: Option<Ahead>,
}

impl Tus {
    /// A client of the tus endpoint at `path` below the server's address.
    pub fn new(server: &Server, path: &str) -> Result<Self, ServerFault> {
        Ok(Self::over(Http::new(server)?, path, server))
    }

    pub(crate) fn over(http: Http, path: &str, server: &Server) -> Self {
        let endpoint = http.url(&path.split('/').collect::<Vec<_>>());
        Self {
            http,
            endpoint,
            pace: Pace::new(server.chunk),
            cap: server.cap.clone(),
            offer: None,
            locked: Locked::default(),
            ahead: None,
        }
    }

    /// Reads an upload's address that was kept; `None` when it does not lie at this server.
    pub fn known(&self, kept: &str) -> Option<Url> {
        kept.parse().ok().filter(|url| self.http.is_own(url))
    }

    /// Begins an upload of `length` bytes. The caller keeps its address before any byte leaves. `name` goes along as
    /// metadata and must not be personal.
    pub async fn create(&mut self, length: u64, name: &str) -> Result<Upload, Fault> {
        if self.offer().await?.max_size.is_some_and(|most| length > most) {
            return Err(too_large());
        }
        let request = self
            .request(Method::POST, self.endpoint.clone())
            .header("Upload-Length", length)
            .header("Upload-Metadata", format!("filename {}", STANDARD.encode(name)));
        let response = self.tus_answer(request).await?;
        if response.status() != StatusCode::CREATED {
            return Err(refused(response).await);
        }
        let location = response.headers().get(LOCATION).and_then(|v| v.to_str().ok());
        let url = location.and_then(|location| response.url().join(location).ok());
        // The token travels with every chunk: it does not follow an address to somebody else.
        let url = url
            .filter(|url| self.http.is_own(url))
            .ok_or_else(|| Fault::Nonsense("the upload's address is missing or elsewhere".to_owned()))?;
        Ok(Upload {
            url,
            offset: 0,
            ends: ends(response.headers()),
        })
    }

    /// Begins an upload of these bytes like [`Tus::create`]. While the server makes ready for it, the first chunk's
    /// checksum is made.
    pub async fn begin(&mut self, bytes: &Bytes, name: &str) -> Result<Upload, Fault> {
        let length = bytes.len() as u64;
        if self.offer().await?.sha1 {
            let first = slice(bytes, &(0..self.pace.end(0, length)));
            self.ahead = Some(Ahead::start(first));
        }
        self.create(length, name).await
    }

    /// Asks where an upload of `length` bytes stands; `None` when it cannot be gone on with: unknown, terminated, of
    /// another length, expired or about to, or locked for so long that nobody can be writing to it.
    pub async fn find(&mut self, url: &Url, length: u64) -> Result<Option<Upload>, Fault> {
        let response = self.tus_answer(self.request(Method::HEAD, url.clone())).await?;
        match response.status() {
            status if status.is_success() => self.locked.open(url),
            StatusCode::NOT_FOUND | StatusCode::GONE | StatusCode::FORBIDDEN => return Ok(None),
            StatusCode::LOCKED if self.locked.overdue(url, Instant::now()) => return Ok(None),
            _ => return Err(refused(response).await),
        }
        let headers = response.headers();
        let offset = number(headers, "upload-offset")?;
        let fits = number(headers, "upload-length")? == length && offset <= length;
        let lives = expiry::remaining(headers).is_none_or(|left| left > MARGIN);
        // Nothing is missing of a whole one: it is committed before anybody drops it.
        Ok((fits && (lives || offset == length)).then(|| Upload {
            url: url.clone(),
            offset,
            ends: ends(headers),
        }))
    }

    /// Sends what the upload misses of `bytes`, chunk by chunk, until the server has all.
    pub async fn send(
        &mut self,
        upload: &mut Upload,
        bytes: &Bytes,
        progress: Progress<'_>,
    ) -> Result<Sent, Fault> {
        let length = bytes.len() as u64;
        let mut tries = 0;
        while upload.offset < length {
            if upload.ends.is_some_and(|ends| ends <= Instant::now()) {
                return Ok(Sent::Gone);
            }
            let (offset, end) = (upload.offset, self.pace.end(upload.offset, length));
            let began = Instant::now();
            let answered = self.patch(&upload.url, bytes, offset..end).await;
            let response = answered.inspect_err(|_| self.pace.broke())?;
            match response.status().as_u16() {
                200 | 204 => {
                    let confirmed = number(response.headers(), "upload-offset")?;
                    if !(offset + 1..=end).contains(&confirmed) {
                        return Ok(Sent::Gone);
                    }
                    upload.offset = confirmed;
                    upload.ends = ends(response.headers()).or(upload.ends);
                }
                404 | 410 => return Ok(Sent::Gone),
                // Somebody is wrong about the offset: the server's word counts, unless it takes back what it said.
                409 => match self.find(&upload.url, length).await? {
                    Some(found) if found.offset >= offset => *upload = found,
                    _ => return Ok(Sent::Gone),
                },
                // The chunk was altered on its way and dropped there.
                460 => {}
                _ => return Err(refused(response).await),
            }
            if upload.offset == end {
                self.pace.went(end - offset, began.elapsed());
            } else {
                tries += 1;
            }
            if tries >= TRIES {
                return Err(Fault::Unsteady("chunks are refused again and again"));
            }
            if upload.offset > offset {
                progress(upload.offset).map_err(Fault::Progress)?;
            }
        }
        Ok(Sent::Whole)
    }

    /// Drops an upload; one that is gone already is fine.
    pub async fn terminate(&self, url: &Url) -> Result<(), Fault> {
        let response = self.tus_answer(self.request(Method::DELETE, url.clone())).await?;
        match response.status() {
            status if status.is_success() => Ok(()),
            StatusCode::NOT_FOUND | StatusCode::GONE => Ok(()),
            _ => Err(refused(response).await),
        }
    }

    async fn patch(
        &mut self,
        url: &Url,
        bytes: &Bytes,
        part: std::ops::Range<u64>,
    ) -> Result<Response, Fault> {
        let checked = self.offer().await?.sha1;
        let size = part.end - part.start;
        let chunk = slice(bytes, &part);
        let mut patience = self.http.patience() + self.pace.allowance(size);
        let mut request = self
            .request(Method::PATCH, url.clone())
            .header(CONTENT_TYPE, "application/offset+octet-stream")
            .header("Upload-Offset", part.start);
        if checked {
            let made = match self.ahead.take() {
                Some(ahead) => ahead.take(&chunk).await,
                None => None,
            };
            let sum = made.unwrap_or_else(|| checksum::of(&chunk));
            request = request.header("Upload-Checksum", sum);
        }
        let body = match &self.cap {
            Some(cap) => {
                patience += cap.time_for(size);
                Body::wrap(Paced::new(chunk, cap.clone()))
            }
            None => Body::from(chunk),
        };
        self.tus_answer(request.timeout(patience).body(body)).await
    }

    /// What the server offers; asked once.
    async fn offer(&mut self) -> Result<Offer, Fault> {
        if let Some(known) = self.offer {
            return Ok(known);
        }
        let request = self.http.request(Method::OPTIONS, self.endpoint.clone());
        let response = request.send().await?;
        if !response.status().is_success() {
            return Err(answer::refusal(response).await);
        }
        let offer = Offer::read(response.headers())?;
        self.offer = Some(offer);
        Ok(offer)
    }

    fn request(&self, method: Method, url: Url) -> RequestBuilder {
        self.http.request(method, url).header("Tus-Resumable", "1.0.0")
    }

    /// An answer that a tus server gave: without its mark, a status is somebody else's word.
    async fn tus_answer(&self, request: RequestBuilder) -> Result<Response, Fault> {
        let response = request.send().await?;
        let headers = response.headers();
        if headers.contains_key("tus-resumable") || headers.contains_key("tus-version") {
            return Ok(response);
        }
        Err(if response.status().is_success() {
            Fault::Nonsense("not a tus server's answer".to_owned())
        } else {
            answer::refusal(response).await
        })
    }
}

fn slice(bytes: &Bytes, part: &std::ops::Range<u64>) -> Bytes {
    let at = |place: u64| usize::try_from(place).unwrap_or(usize::MAX).min(bytes.len());
    bytes.slice(at(part.start)..at(part.end))
}

/// When the upload of this answer ends. An end that is past when it is told is not believed: the upload is there.
fn ends(headers: &HeaderMap) -> Option<Instant> {
    let left = expiry::remaining(headers).filter(|left| !left.is_zero())?;
    Instant::now().checked_add(left)
}

fn number(headers: &HeaderMap, name: &'static str) -> Result<u64, Fault> {
    let text = headers
        .get(name)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default();
    text.parse()
        .map_err(|_| Fault::Nonsense(format!("{name} is missing or not a number")))
}

/// The fault that an unsuccessful answer of a tus server stands for.
async fn refused(response: Response) -> Fault {
    match response.status() {
        StatusCode::PRECONDITION_FAILED => Fault::Versions("the server does not speak tus 1.0.0".to_owned()),
        StatusCode::PAYLOAD_TOO_LARGE => too_large(),
        _ => answer::refusal(response).await,
    }
}

fn too_large() -> Fault {
    let message = "the packet is larger than the server takes".to_owned();
    Fault::Refused {
        status: 413,
        code: "too_large".to_owned(),
        message,
    }
}
