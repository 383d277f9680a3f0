//! Walk-ins: a station photographed somebody whom its roster does not have, and a reviewer says who that is.

use crate::caller::Caller;
use crate::extract::{Body, is_form};
use crate::people::same_person;
use crate::refusal::Refusal;
use crate::review;
use crate::shared::{Shared, State, blocking};
use axum::extract::{Form, FromRequest, Request};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Extension, Json};
use serde::{Deserialize, Serialize};

/// Longest reason, in characters; what stations show.
const MOST_REASON: usize = 200;

/// Who a walk-in is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settling {
    /// The session.
    pub session: String,
    /// Id of the provisional enrolment that the station gave.
    pub provisional: String,
    /// Id of the row of the roster, when the person is on it.
    #[serde(default)]
    pub entry: Option<String>,
    /// Why nobody of the roster is meant, in the reviewer's words.
    #[serde(default)]
    pub reason: Option<String>,
    /// The row has another name or number than the packet, and the reviewer knows.
    #[serde(default)]
    pub differs: bool,
}

/// What became of a walk-in, as the API gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Settlement {
    /// The session.
    pub session: String,
    /// Id of the provisional enrolment.
    pub provisional: String,
    /// Id of the row of the roster.
    pub entry: Option<String>,
    /// Why it is nobody of the roster.
    pub reason: Option<String>,
    /// When it was settled, RFC 3339.
    pub at: String,
}

/// `POST /v1/walk-ins/settle`: JSON from programs, a form from the reviewer's page.
pub(crate) async fn settle(
    shared: State,
    Extension(caller): Extension<Caller>,
    request: Request,
) -> Result<Response, Refusal> {
    if !is_form(&request) {
        let Body(settling) = Body::<Settling>::from_request(request, &()).await?;
        let settled = blocking(&shared, move |shared| shared.settle(&settling, &caller)).await?;
        return Ok(Json(settled).into_response());
    }
    let Form(page) = Form::<Page>::from_request(request, &())
        .await
        .map_err(|e| Refusal::new(e.status(), "body", e.body_text()))?;
    let back = page.back.clone();
    let back = review::back_of(&back);
    let settling = page.settling();
    let settled = blocking(&shared, move |shared| shared.settle(&settling, &caller)).await;
    Ok(match settled {
        Ok(_) => Redirect::to(back).into_response(),
        Err(refusal) => review::refused(&refusal, back),
    })
}

/// The form of the reviewer's page; a field left empty was not filled in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Page {
    session: String,
    provisional: String,
    #[serde(default)]
    entry: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    differs: Option<String>,
    #[serde(default)]
    back: String,
}

impl Page {
    fn settling(self) -> Settling {
        let filled = |text: String| Some(text.trim().to_owned()).filter(|t| !t.is_empty());
        Settling {
            session: self.session,
            provisional: self.provisional,
            entry: filled(self.entry),
            reason: filled(self.reason),
            differs: self.differs.is_some(),
        }
    }
}

impl Settling {
    fn check(&self) -> Result<(), Refusal> {
        let line = |text: &String| {
            let length = text.chars().count();
            (1..=MOST_REASON).contains(&length)
                && !text.trim().is_empty()
                && !text.chars().any(char::is_control)
        };
        let fits = match (&self.entry, &self.reason) {
            (Some(_), None) => true,
            (None, Some(reason)) => line(reason),
            _ => false,
        };
        if fits {
            Ok(())
        } else {
            let message =
                format!("either an entry of the roster, or a reason of 1 to {MOST_REASON} characters");
            Err(Refusal::unreadable("settlement", message))
        }
    }
}

impl Shared {
    /// Says who a walk-in is; the same again changes nothing. A row with another name or number is taken only when
    /// that was seen: a wrong enrolment cannot be mended later.
    pub(crate) fn settle(&self, settling: &Settling, by: &Caller) -> Result<Settlement, Refusal> {
        settling.check()?;
        let (session, provisional) = (&settling.session, &settling.provisional);
        let packet = self.ledger.walk_in_packet(session, provisional)?;
        let packet = packet.ok_or_else(|| Refusal::not_found("walk_in_unknown"))?;
        if let (Some(entry), false) = (&settling.entry, settling.differs) {
            let row = self.ledger.entry(session, entry)?;
            let row = row.ok_or_else(|| Refusal::not_found("entry_unknown"))?;
            let identity = self.open_packet(packet)?.manifest.identity;
            if !same_person(&row, identity.name.as_str(), identity.number.as_str()) {
                let message = "the row has another name or number than the packet";
                return Err(Refusal::conflict("person_differs", message));
            }
        }
        self.ledger.settle_walk_in(settling, by)
    }
}
