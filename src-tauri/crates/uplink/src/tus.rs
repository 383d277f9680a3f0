//! A client of tus 1.0: core, creation, checksum and termination, over any server that speaks it.

use crate::answer;
use crate::fault::Fault;
use crate::http::Http;
use crate::server::{Server, ServerFault};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::header::{CONTENT_TYPE, HeaderMap, LOCATION};
use reqwest::{Method, RequestBuilder, Response, StatusCode, Url};
use sha1::Digest;

/// Times that one chunk is tried within one attempt, when the server's offset or checksum contradicts.
const TRIES_PER_CHUNK: u32 = 3;

/// Told after every confirmed chunk how many bytes the server holds; an error stops the attempt.
pub type Progress<'a> = &'a mut dyn FnMut(u64) -> Result<(), String>;

/// Where an upload stands at the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UploadState {
    /// It goes on after so many bytes.
    At(u64),
    /// Unknown, expired, terminated, or of another length: begin anew.
    Gone,
}

/// A client of one tus server.
pub struct Tus {
    http: Http,
    endpoint: Url,
    chunk: usize,
    checksum: Option<bool>,
}

impl Tus {
    /// A client of the tus endpoint at `path` below the server's address.
    pub fn new(server: &Server, path: &str) -> Result<Self, ServerFault> {
        Ok(Self::over(Http::new(server)?, path, server.chunk))
    }

    pub(crate) fn over(http: Http, path: &str, chunk: usize) -> Self {
        let endpoint = http.url(&path.split('/').collect::<Vec<_>>());
        Self {
            http,
            endpoint,
            chunk,
            checksum: None,
        }
    }

    /// Reads an upload's address that was kept; `None` when it does not lie at this server.
    pub fn known(&self, kept: &str) -> Option<Url> {
        kept.parse().ok().filter(|url| self.http.is_own(url))
    }

    /// Begins an upload of `length` bytes and gives its address, which the caller keeps before any byte
    /// leaves. `name` goes along as metadata and must not be personal.
    pub async fn create(&self, length: u64, name: &str) -> Result<Url, Fault> {
        let request = self
            .request(Method::POST, self.endpoint.clone())
            .header("Upload-Length", length)
            .header("Upload-Metadata", format!("filename {}", STANDARD.encode(name)));
        let response = self.tus_answer(request).await?;
        match response.status() {
            StatusCode::CREATED => {}
            StatusCode::PAYLOAD_TOO_LARGE => return Err(too_large()),
            _ => return Err(answer::refusal(response).await),
        }
        let location = response.headers().get(LOCATION).and_then(|v| v.to_str().ok());
        let url = location.and_then(|location| response.url().join(location).ok());
        // The token travels with every chunk: it does not follow an address to somebody else.
        url.filter(|url| self.http.is_own(url))
            .ok_or_else(|| Fault::Nonsense("the upload's address is missing or elsewhere".to_owned()))
    }

    /// Asks where an upload of `length` bytes stands.
    pub async fn state(&self, url: &Url, length: u64) -> Result<UploadState, Fault> {
        let response = self.tus_answer(self.request(Method::HEAD, url.clone())).await?;
        match response.status() {
            status if status.is_success() => {}
            StatusCode::NOT_FOUND | StatusCode::GONE | StatusCode::FORBIDDEN => return Ok(UploadState::Gone),
            _ => return Err(answer::refusal(response).await),
        }
        let offset = number(response.headers(), "upload-offset")?;
        let announced = number(response.headers(), "upload-length")?;
        let fits = announced == length && offset <= length;
        Ok(if fits {
            UploadState::At(offset)
        } else {
            UploadState::Gone
        })
    }

    /// Sends what is missing of `bytes` in chunks, from `offset` on, until the server has all.
    pub async fn send(
        &mut self,
        url: &Url,
        bytes: &[u8],
        mut offset: u64,
        progress: Progress<'_>,
    ) -> Result<UploadState, Fault> {
        let length = bytes.len() as u64;
        let checksum = self.offers_checksum().await?;
        let mut tries = 0;
        while offset < length {
            let rest = usize::try_from(offset)
                .ok()
                .and_then(|start| bytes.get(start..))
                .unwrap_or_default();
            let chunk = &rest[..rest.len().min(self.chunk)];
            let response = self.patch(url, chunk, offset, checksum).await?;
            let status = response.status();
            let confirmed = match status.as_u16() {
                200 | 204 => number(response.headers(), "upload-offset")?,
                404 | 410 => return Ok(UploadState::Gone),
                // Somebody is wrong about the offset: the server's word counts.
                409 => match self.state(url, length).await? {
                    UploadState::At(true_offset) => true_offset,
                    UploadState::Gone => return Ok(UploadState::Gone),
                },
                // The chunk was altered on its way and dropped there.
                460 => offset,
                413 => return Err(too_large()),
                _ => return Err(answer::refusal(response).await),
            };
            if status.is_success() && !(offset + 1..=offset + chunk.len() as u64).contains(&confirmed) {
                return Err(Fault::Nonsense(
                    "the confirmed bytes are not those that were sent".to_owned(),
                ));
            }
            tries = if confirmed > offset { 0 } else { tries + 1 };
            if tries >= TRIES_PER_CHUNK {
                return Err(Fault::Unsteady("a chunk is refused again and again"));
            }
            offset = confirmed;
            progress(offset).map_err(Fault::Progress)?;
        }
        Ok(UploadState::At(offset))
    }

    /// Drops an upload; one that is gone already is fine.
    pub async fn terminate(&self, url: &Url) -> Result<(), Fault> {
        let response = self.tus_answer(self.request(Method::DELETE, url.clone())).await?;
        match response.status() {
            status if status.is_success() => Ok(()),
            StatusCode::NOT_FOUND | StatusCode::GONE => Ok(()),
            _ => Err(answer::refusal(response).await),
        }
    }

    async fn patch(&self, url: &Url, chunk: &[u8], offset: u64, checksum: bool) -> Result<Response, Fault> {
        let mut request = self
            .request(Method::PATCH, url.clone())
            .timeout(self.http.patience_for(chunk.len()))
            .header(CONTENT_TYPE, "application/offset+octet-stream")
            .header("Upload-Offset", offset);
        if checksum {
            let sum = STANDARD.encode(sha1::Sha1::digest(chunk));
            request = request.header("Upload-Checksum", format!("sha1 {sum}"));
        }
        self.tus_answer(request.body(bytes::Bytes::copy_from_slice(chunk)))
            .await
    }

    /// Whether the server checks `sha1`; asked once.
    async fn offers_checksum(&mut self) -> Result<bool, Fault> {
        if let Some(known) = self.checksum {
            return Ok(known);
        }
        let response = self
            .request(Method::OPTIONS, self.endpoint.clone())
            .send()
            .await?;
        if !response.status().is_success() {
            return Err(answer::refusal(response).await);
        }
        let lists = |name: &str, wanted: &str| {
            let text = response
                .headers()
                .get(name)
                .and_then(|v| v.to_str().ok())
                .unwrap_or_default();
            text.split(',')
                .any(|entry| entry.trim().eq_ignore_ascii_case(wanted))
        };
        if !lists("tus-version", "1.0.0") {
            return Err(Fault::Nonsense("not a tus 1.0.0 server".to_owned()));
        }
        let offers = lists("tus-extension", "checksum") && lists("tus-checksum-algorithm", "sha1");
        self.checksum = Some(offers);
        Ok(offers)
    }

    fn request(&self, method: Method, url: Url) -> RequestBuilder {
        self.http.request(method, url).header("Tus-Resumable", "1.0.0")
    }

    /// An answer that a tus server gave: without its mark, a status is somebody else's word.
    async fn tus_answer(&self, request: RequestBuilder) -> Result<Response, Fault> {
        let response = request.send().await?;
        if response.headers().contains_key("tus-resumable") {
            return Ok(response);
        }
        Err(if response.status().is_success() {
            Fault::Nonsense("not a tus server's answer".to_owned())
        } else {
            answer::refusal(response).await
        })
    }
}

fn number(headers: &HeaderMap, name: &'static str) -> Result<u64, Fault> {
    let text = headers
        .get(name)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default();
    text.parse()
        .map_err(|_| Fault::Nonsense(format!("{name} is missing or not a number")))
}

fn too_large() -> Fault {
    let message = "the packet is larger than the server takes".to_owned();
    Fault::Refused {
        status: 413,
        code: "too_large".to_owned(),
        message,
    }
}
