//! Verdicts: the reviewer gives one a packet, stations pull them by cursor.

use crate::caller::Caller;
use crate::changes::Pull;
use crate::extract::{Asked, Body, Named, is_form};
use crate::refusal::Refusal;
use crate::review;
use crate::shared::{State, blocking};
use axum::extract::{FromRequest, Request};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Extension, Form, Json};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Codes that a rejection may carry; the station has a text for each.
pub const REASONS: [(&str, &str); 15] = [
    ("not_frontal", "头部不正"),
    ("eyes_closed", "闭眼"),
    ("eyes_hidden", "头发或镜框遮挡眼睛"),
    ("expression", "表情不自然"),
    ("glasses", "有色眼镜或镜片反光"),
    ("hair", "头发遮挡额头或耳朵"),
    ("headwear", "佩戴饰品"),
    ("clothing", "服装不符合要求"),
    ("background", "背景不合格"),
    ("shadow", "面部阴影或阴阳脸"),
    ("exposure", "过亮或过暗"),
    ("blurred", "照片模糊"),
    ("position", "人像位置或大小不合格"),
    ("wrong_person", "照片与本人不符"),
    ("other", "其他"),
];

/// Verdicts in one answer; the station asks again from the new cursor.
const PAGE: u32 = 200;

/// What a reviewer decides about a packet.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Judgement {
    /// `approved` or `rejected`.
    pub state: String,
    /// Codes of the reasons; at least one when rejected, none when approved.
    #[serde(default)]
    pub reasons: Vec<String>,
    /// Free text for the operator.
    #[serde(default)]
    pub text: String,
}

/// A verdict as the API gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// Position in the list of verdicts; rises.
    pub cursor: i64,
    /// Packet it is about.
    pub packet: String,
    /// `approved` or `rejected`.
    pub state: String,
    /// Codes of the reasons; none when approved.
    pub reasons: Vec<String>,
    /// Free text for the operator.
    pub text: String,
    /// When it was given, RFC 3339.
    pub at: String,
}

#[derive(Serialize)]
pub(crate) struct Pulled {
    verdicts: Vec<Verdict>,
    /// Where the next pull goes on.
    cursor: i64,
}

/// `GET /v1/verdicts?after=CURSOR`
pub(crate) async fn pull(shared: State, Asked(pull): Asked<Pull>) -> Result<Json<Pulled>, Refusal> {
    let after = pull.after();
    let verdicts = blocking(&shared, move |shared| shared.ledger.verdicts(after, PAGE)).await?;
    let cursor = verdicts.last().map_or(after, |last| last.cursor);
    Ok(Json(Pulled { verdicts, cursor }))
}

/// `POST /v1/packets/{id}/verdict`: JSON from programs, a form from the reviewer's page.
pub(crate) async fn judge(
    shared: State,
    Named(id): Named<Uuid>,
    Extension(caller): Extension<Caller>,
    request: Request,
) -> Result<Response, Refusal> {
    if !is_form(&request) {
        let Body(judgement) = Body::from_request(request, &()).await?;
        return Ok(Json(give(&shared, id, judgement, caller).await?).into_response());
    }
    let (judgement, back) = from_form(request).await?;
    let back = review::back_of(&back);
    Ok(match give(&shared, id, judgement, caller).await {
        Ok(_) => Redirect::to(back).into_response(),
        Err(refusal) => review::refused(&refusal, back),
    })
}

async fn give(shared: &State, id: Uuid, judgement: Judgement, by: Caller) -> Result<Verdict, Refusal> {
    judgement.check()?;
    blocking(shared, move |shared| shared.ledger.judge(id, &judgement, &by)).await
}

/// Each ticked reason is a field of its own; reasons ticked beside an approval were ticked before the mind was
/// changed, and mean nothing.
async fn from_form(request: Request) -> Result<(Judgement, String), Refusal> {
    let Form(fields) = Form::<Vec<(String, String)>>::from_request(request, &())
        .await
        .map_err(|e| Refusal::new(e.status(), "body", e.body_text()))?;
    let mut judgement = Judgement {
        state: String::new(),
        reasons: Vec::new(),
        text: String::new(),
    };
    let mut back = String::new();
    for (name, value) in fields {
        match name.as_str() {
            "state" => judgement.state = value,
            "reason" => judgement.reasons.push(value),
            "text" => judgement.text = value,
            "back" => back = value,
            _ => return Err(Refusal::unreadable("judgement", "the form has an unknown field")),
        }
    }
    if judgement.state == "approved" {
        judgement.reasons.clear();
        judgement.text.clear();
    }
    Ok((judgement, back))
}

impl Judgement {
    fn differ(&self) -> bool {
        let distinct: std::collections::BTreeSet<_> = self.reasons.iter().collect();
        distinct.len() == self.reasons.len()
    }

    pub(crate) fn check(&self) -> Result<(), Refusal> {
        let known = |code: &String| REASONS.iter().any(|(known, _)| known == code);
        let fits = match self.state.as_str() {
            "approved" => self.reasons.is_empty(),
            "rejected" => !self.reasons.is_empty() && self.reasons.iter().all(known) && self.differ(),
            _ => false,
        };
        if fits && self.text.chars().count() <= 500 {
            Ok(())
        } else {
            let message = "approved without reasons, or rejected with known ones, each once; at most 500 characters of text";
            Err(Refusal::unreadable("judgement", message))
        }
    }
}
