//! Who may pass which door, and how often.

use crate::caller::Caller;
use crate::refusal::Refusal;
use crate::shared::{Shared, State, blocking};
use crate::wire::Line;
use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use std::net::IpAddr;
use std::sync::Arc;

/// Who may pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Door {
    /// Anybody.
    Open,
    /// Anybody with a code, which the handler asks for.
    Join,
    /// A station with its bearer token.
    Station,
    /// The reviewer, by HTTP Basic.
    Reviewer,
    /// Anybody, when the server simulates; nobody otherwise.
    Simulator,
}

impl Door {
    pub(crate) async fn pass(self, shared: State, mut request: Request, next: Next) -> Response {
        let line = request.extensions().get::<ConnectInfo<Line>>();
        let address = line.map(|ConnectInfo(line)| line.address.ip());
        match self.check(&shared, address, request.headers()).await {
            Ok(caller) => {
                request.extensions_mut().insert(caller);
                next.run(request).await
            }
            Err(refusal) => {
                let mut response = refusal.into_response();
                let asked = match self {
                    Self::Reviewer => "Basic realm=\"review\", charset=\"UTF-8\"",
                    _ => "Bearer",
                };
                if response.status() == StatusCode::UNAUTHORIZED {
                    response
                        .headers_mut()
                        .insert(header::WWW_AUTHENTICATE, HeaderValue::from_static(asked));
                }
                response
            }
        }
    }

    async fn check(
        self,
        shared: &Arc<Shared>,
        address: Option<IpAddr>,
        headers: &HeaderMap,
    ) -> Result<Caller, Refusal> {
        let given = headers
            .get(header::AUTHORIZATION)
            .and_then(|v| v.to_str().ok())
            .unwrap_or_default();
        match self {
            Self::Open => {
                shared.rates.address.take(address)?;
                Ok(Caller::Nobody)
            }
            Self::Join => {
                shared.rates.join.take(address)?;
                Ok(Caller::Nobody)
            }
            Self::Simulator if shared.simulate => Ok(Caller::Console),
            Self::Simulator => Err(Refusal::not_found("not_simulating")),
            Self::Station => {
                let caller = match station(shared, given).await {
                    Ok(caller) => caller,
                    Err(refusal) => return Err(guessed(shared, address, refusal)),
                };
                shared.rates.station.take(caller.owner().to_owned())?;
                Ok(caller)
            }
            Self::Reviewer => {
                let pair = format!("reviewer:{}", shared.keys.reviewer_password);
                let encoded = base64::engine::general_purpose::STANDARD.encode(pair);
                if !same(given, &format!("Basic {encoded}")) {
                    return Err(guessed(shared, address, unauthorised()));
                }
                if from_elsewhere(headers) {
                    return Err(Refusal::forbidden("elsewhere", "judged from another site's page"));
                }
                Ok(Caller::Reviewer)
            }
        }
    }
}

async fn station(shared: &Arc<Shared>, given: &str) -> Result<Caller, Refusal> {
    let token = given.strip_prefix("Bearer ").ok_or_else(unauthorised)?;
    if same(token, &shared.keys.station_token) {
        return Ok(Caller::StartUp);
    }
    let hash = packet::sha256_hex(token.as_bytes());
    blocking(shared, move |shared| shared.ledger.by_token(&hash))
        .await
        .map(Caller::Station)
}

fn unauthorised() -> Refusal {
    Refusal::new(
        StatusCode::UNAUTHORIZED,
        "unauthorised",
        "the credentials do not fit",
    )
}

/// Wrong credentials cost a request of the address, so that nobody guesses on for long.
fn guessed(shared: &Shared, address: Option<IpAddr>, refusal: Refusal) -> Refusal {
    shared.rates.address.take(address).err().unwrap_or(refusal)
}

/// Browsers send the reviewer's password with requests that other sites' pages make, too; they name
/// the page's origin then.
fn from_elsewhere(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|v: &HeaderValue| v.to_str().ok());
    match (text(header::ORIGIN), text(header::HOST)) {
        (Some(origin), Some(host)) => origin.split_once("://").is_none_or(|(_, rest)| rest != host),
        (Some(_), None) => true,
        (None, _) => false,
    }
}

/// Compares by hash, so that the time tells nothing of the secret.
fn same(given: &str, wanted: &str) -> bool {
    packet::sha256_hex(given.as_bytes()) == packet::sha256_hex(wanted.as_bytes())
}
