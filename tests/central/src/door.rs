//! Who may pass which door.

use crate::refusal::Refusal;
use crate::shared::{Shared, State};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base64::Engine;

/// Who may pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Door {
    /// Anybody.
    Open,
    /// A station with the bearer token.
    Station,
    /// The reviewer, by HTTP Basic.
    Reviewer,
    /// Anybody, when the server simulates; nobody otherwise.
    Simulator,
}

impl Door {
    pub(crate) async fn pass(self, shared: State, request: Request, next: Next) -> Response {
        match self.check(&shared, request.headers()) {
            Ok(()) => next.run(request).await,
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

    fn check(self, shared: &Shared, headers: &HeaderMap) -> Result<(), Refusal> {
        let given = headers
            .get(header::AUTHORIZATION)
            .and_then(|v| v.to_str().ok())
            .unwrap_or_default();
        let passes = match self {
            Self::Open => true,
            Self::Simulator if shared.simulate => true,
            Self::Simulator => return Err(Refusal::not_found("not_simulating")),
            Self::Station => same(given, &format!("Bearer {}", shared.keys.station_token)),
            Self::Reviewer => {
                let pair = format!("reviewer:{}", shared.keys.reviewer_password);
                let encoded = base64::engine::general_purpose::STANDARD.encode(pair);
                same(given, &format!("Basic {encoded}"))
            }
        };
        if !passes {
            return Err(Refusal::new(
                StatusCode::UNAUTHORIZED,
                "unauthorised",
                "the credentials do not fit",
            ));
        }
        if self == Self::Reviewer && from_elsewhere(headers) {
            return Err(Refusal::new(
                StatusCode::FORBIDDEN,
                "elsewhere",
                "judged from another site's page",
            ));
        }
        Ok(())
    }
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
