//! Verdicts: the reviewer gives one a packet, stations pull them by cursor.

use crate::audit;
use crate::refusal::Refusal;
use crate::shared::{Shared, State, blocking};
use axum::Form;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{FromRequest, Path, Query, Request};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use rusqlite::{Connection, OptionalExtension, Row, params};
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
const PAGE: i64 = 200;

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
pub(crate) struct Verdict {
    cursor: i64,
    packet: String,
    pub(crate) state: String,
    reasons: Vec<String>,
    text: String,
    at: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Pull {
    /// The last cursor that the station has; 0 for all.
    #[serde(default)]
    after: i64,
}

#[derive(Serialize)]
pub(crate) struct Pulled {
    verdicts: Vec<Verdict>,
    /// Where the next pull goes on.
    cursor: i64,
}

/// `GET /v1/verdicts?after=CURSOR`
pub(crate) async fn pull(shared: State, Query(pull): Query<Pull>) -> Result<Json<Pulled>, Refusal> {
    let verdicts = blocking(&shared, move |shared| {
        let database = shared.database();
        let mut statement = database.0.prepare(
            "SELECT cursor, packet, state, reasons, text, at FROM verdict WHERE cursor > ?1
             ORDER BY cursor LIMIT ?2",
        )?;
        let rows = statement.query_map([pull.after, PAGE], read)?;
        Ok(rows.collect::<Result<Vec<_>, _>>()?)
    })
    .await?;
    let cursor = verdicts.last().map_or(pull.after, |last| last.cursor);
    Ok(Json(Pulled { verdicts, cursor }))
}

/// `POST /v1/packets/{id}/verdict`: JSON from programs, a form from the reviewer's page.
pub(crate) async fn judge(
    shared: State,
    Path(id): Path<Uuid>,
    request: Request,
) -> Result<Response, Refusal> {
    let kind = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default();
    let from_page = kind.starts_with("application/x-www-form-urlencoded");
    let judgement = if from_page {
        from_form(request).await?
    } else {
        from_json(request).await?
    };
    let verdict = blocking(&shared, move |shared| shared.judge(id, &judgement)).await?;
    Ok(if from_page {
        Redirect::to("/").into_response()
    } else {
        Json(verdict).into_response()
    })
}

async fn from_json(request: Request) -> Result<Judgement, Refusal> {
    let bytes = Bytes::from_request(request, &())
        .await
        .map_err(|e| Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", e.body_text()))?;
    serde_json::from_slice(&bytes).map_err(|e| Refusal::bad("judgement", e.to_string()))
}

async fn from_form(request: Request) -> Result<Judgement, Refusal> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Fields {
        state: String,
        reason: Option<String>,
        #[serde(default)]
        text: String,
    }
    let Form(fields) = Form::<Fields>::from_request(request, &())
        .await
        .map_err(|e| Refusal::bad("judgement", e.body_text()))?;
    let reasons = fields
        .reason
        .filter(|_| fields.state == "rejected")
        .into_iter()
        .collect();
    Ok(Judgement {
        state: fields.state,
        reasons,
        text: fields.text,
    })
}

impl Shared {
    /// Writes a verdict down; the same one again changes nothing, another one is refused.
    pub(crate) fn judge(&self, id: Uuid, judgement: &Judgement) -> Result<Verdict, Refusal> {
        judgement.check()?;
        let id = id.to_string();
        let mut database = self.database();
        let transaction = database.0.transaction()?;
        let known: bool = transaction.query_row(
            "SELECT EXISTS (SELECT 1 FROM packet WHERE id = ?1)",
            [&id],
            |row| row.get(0),
        )?;
        if !known {
            return Err(Refusal::not_found("packet_unknown"));
        }
        if let Some(earlier) = verdict_of(&transaction, &id)? {
            let same = earlier.state == judgement.state && earlier.reasons == judgement.reasons;
            let code = if earlier.state == "approved" {
                "locked"
            } else {
                "judged"
            };
            return if same {
                Ok(earlier)
            } else {
                Err(Refusal::conflict(code, "the verdict was given"))
            };
        }
        let reasons = serde_json::to_string(&judgement.reasons).map_err(anyhow::Error::from)?;
        let at = jiff::Timestamp::now().to_string();
        transaction.execute(
            "INSERT INTO verdict (packet, state, reasons, text, at) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![id, judgement.state, reasons, judgement.text, at],
        )?;
        audit::record(&transaction, "verdict_given", &id)?;
        let verdict = verdict_of(&transaction, &id)?.ok_or_else(|| Refusal::not_found("packet_unknown"))?;
        transaction.commit()?;
        Ok(verdict)
    }
}

impl Judgement {
    fn check(&self) -> Result<(), Refusal> {
        let known = |code: &String| REASONS.iter().any(|(known, _)| known == code);
        let fits = match self.state.as_str() {
            "approved" => self.reasons.is_empty(),
            "rejected" => !self.reasons.is_empty() && self.reasons.iter().all(known),
            _ => false,
        };
        if fits && self.text.chars().count() <= 500 {
            Ok(())
        } else {
            let message =
                "approved without reasons, or rejected with known ones; at most 500 characters of text";
            Err(Refusal::unreadable("judgement", message))
        }
    }
}

/// The verdict of one packet, if it was given.
pub(crate) fn verdict_of(connection: &Connection, packet: &str) -> rusqlite::Result<Option<Verdict>> {
    connection
        .query_row(
            "SELECT cursor, packet, state, reasons, text, at FROM verdict WHERE packet = ?1",
            [packet],
            read,
        )
        .optional()
}

fn read(row: &Row<'_>) -> rusqlite::Result<Verdict> {
    let reasons: String = row.get(3)?;
    let reasons = serde_json::from_str(&reasons).map_err(|e| {
        rusqlite::Error::FromSqlConversionFailure(3, rusqlite::types::Type::Text, Box::new(e))
    })?;
    Ok(Verdict {
        cursor: row.get(0)?,
        packet: row.get(1)?,
        state: row.get(2)?,
        reasons,
        text: row.get(4)?,
        at: row.get(5)?,
    })
}
