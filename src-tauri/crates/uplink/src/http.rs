//! The HTTP client of one server.

use crate::answer;
use crate::fault::Fault;
use crate::server::{Server, ServerFault, Trust};
use crate::tls;
use reqwest::{Client, Method, RequestBuilder, Url};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::time::Duration;

/// The HTTP client of one server; cheap to clone.
#[derive(Clone)]
pub(crate) struct Http {
    client: Client,
    base: Url,
    token: Option<String>,
    patience: Duration,
}

/// How long a connection may take to open at most; on a line of two seconds' latency it takes six.
const MOST_CONNECT: Duration = Duration::from_secs(10);

impl Http {
    pub(crate) fn new(server: &Server) -> Result<Self, ServerFault> {
        let mut http = Self::without_token(server.base.clone(), &server.trust, server.patience)?;
        http.token = Some(server.token.clone());
        Ok(http)
    }

    /// A client that shows no token: for the question that gets one.
    pub(crate) fn without_token(base: Url, trust: &Trust, patience: Duration) -> Result<Self, ServerFault> {
        // A second call in the same process finds a provider there, which serves as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut builder = Client::builder()
            .connect_timeout(patience.min(MOST_CONNECT))
            .pool_idle_timeout(Duration::from_secs(20))
            .tcp_nodelay(true)
            // Requests follow each other, so that nothing is gained by sharing a connection; a line that is long
            // and wide is filled by TCP's window, which HTTP/2 would put a smaller one before.
            .http1_only()
            // A redirect is a captive portal's, or would carry the token elsewhere.
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("capture-station/", env!("CARGO_PKG_VERSION")));
        #[cfg(target_os = "linux")]
        {
            // A line that went dead in mid chunk is noticed long before the chunk's own time limit.
            builder = builder.tcp_user_timeout(Duration::from_secs(20));
        }
        builder = if base.scheme() == "http" {
            // On this machine: no proxy between, and no need of a certificate store, which a minimal
            // system does not have.
            builder.no_proxy().tls_certs_only([])
        } else {
            builder.tls_backend_preconfigured(tls::config(trust)?)
        };
        Ok(Self {
            client: builder.build().map_err(client_fault)?,
            base,
            token: None,
            patience,
        })
    }

    /// URL of a path below the server's address; `parts` are escaped.
    pub(crate) fn url(&self, parts: &[&str]) -> Url {
        let mut url = self.base.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(parts);
        }
        url
    }

    /// True when the token may go there.
    pub(crate) fn is_own(&self, url: &Url) -> bool {
        url.origin() == self.base.origin()
    }

    /// A request with the station's token and the ordinary time limit.
    pub(crate) fn request(&self, method: Method, url: Url) -> RequestBuilder {
        let request = self.client.request(method, url).timeout(self.patience);
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    /// How long an ordinary call waits.
    pub(crate) const fn patience(&self) -> Duration {
        self.patience
    }

    pub(crate) async fn get<T: DeserializeOwned>(&self, url: Url, limit: usize) -> Result<T, Fault> {
        answer::read(self.request(Method::GET, url).send().await?, limit).await
    }

    /// The bytes of an answer of one kind of content.
    pub(crate) async fn get_bytes(&self, url: Url, kind: &str, limit: usize) -> Result<Vec<u8>, Fault> {
        answer::read_bytes(self.request(Method::GET, url).send().await?, kind, limit).await
    }

    pub(crate) async fn post<T: DeserializeOwned>(
        &self,
        url: Url,
        message: &impl Serialize,
        limit: usize,
    ) -> Result<T, Fault> {
        answer::read(self.request(Method::POST, url).json(message).send().await?, limit).await
    }
}

fn client_fault(error: reqwest::Error) -> ServerFault {
    ServerFault::Client(error.to_string())
}
