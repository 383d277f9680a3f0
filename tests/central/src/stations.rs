//! Stations: invited by an administrator, let in by a one-time code, shut out.

use crate::caller::Caller;
use crate::extract::{Body, Named};
use crate::refusal::Refusal;
use crate::shared::{Shared, State, blocking};
use axum::{Extension, Json};
use jiff::{SignedDuration, Timestamp};
use packet::{JoinTicket, StationVerifyingKey, Welcome};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

/// Hours for which a code opens the door.
const CODE_LIFETIME_H: i64 = 24;
/// Letters of a code: none that people take for another.
const LETTERS: &[u8; 31] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";
const CODE_LENGTH: usize = 8;
/// Longest name of a station, in characters.
const MOST_NAME: usize = 60;

/// A station as the administrator sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Station {
    /// Its id, as it stands in its packets.
    pub station_id: String,
    /// Name the administrator gave it.
    pub name: String,
    /// Name it gave itself when it joined.
    pub desk: String,
    /// Its key, 64 hexadecimal digits, once it is known.
    pub verifying_key: Option<String>,
    /// `invited`, `expired` (the code was never used), `active` or `revoked`.
    pub state: String,
    /// When it was invited, RFC 3339.
    pub created_at: String,
    /// When it came.
    pub joined_at: Option<String>,
    /// When it was shut out.
    pub revoked_at: Option<String>,
    /// When its last packet came.
    pub last_packet_at: Option<String>,
}

/// Who may join.
#[derive(Debug, Clone, Copy)]
pub struct Invitation<'a> {
    /// Id it will have.
    pub station: &'a str,
    /// Name for people.
    pub name: &'a str,
    /// SHA-256 of the code.
    pub code_sha256: &'a str,
    /// Until when the code opens the door.
    pub expires_at: Timestamp,
}

/// Who joins now.
#[derive(Debug, Clone, Copy)]
pub struct Joining<'a> {
    /// SHA-256 of the code.
    pub code_sha256: &'a str,
    /// The station's key, hexadecimal.
    pub key: &'a str,
    /// SHA-256 of the token it gets.
    pub token_sha256: &'a str,
    /// What it calls itself.
    pub desk: &'a str,
    /// When.
    pub at: Timestamp,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewStation {
    name: String,
}

/// `POST /v1/stations`: the answer holds the ticket, which is shown once and kept nowhere.
pub(crate) async fn invite(
    shared: State,
    Extension(caller): Extension<Caller>,
    Body(NewStation { name }): Body<NewStation>,
) -> Result<Json<Value>, Refusal> {
    check_name(&name)?;
    let (station, ticket, expires_at) =
        blocking(&shared, move |shared| shared.invite(&name, &caller)).await?;
    Ok(Json(
        json!({ "station_id": station, "ticket": ticket.to_string(), "expires_at": expires_at }),
    ))
}

/// `GET /v1/stations`
pub(crate) async fn list(shared: State) -> Result<Json<Value>, Refusal> {
    let stations = blocking(&shared, |shared| shared.ledger.stations()).await?;
    Ok(Json(json!({ "stations": stations })))
}

/// `POST /v1/stations/{id}/revoke`
pub(crate) async fn revoke(
    shared: State,
    Named(id): Named<String>,
    Extension(caller): Extension<Caller>,
) -> Result<Json<Station>, Refusal> {
    blocking(&shared, move |shared| shared.ledger.revoke(&id, &caller))
        .await
        .map(Json)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Join {
    code: String,
    verifying_key: String,
    name: String,
}

/// `POST /v1/join`
pub(crate) async fn join(shared: State, Body(join): Body<Join>) -> Result<Json<Welcome>, Refusal> {
    check_name(&join.name)?;
    let key: StationVerifyingKey = join
        .verifying_key
        .parse()
        .map_err(|_| Refusal::unreadable("verifying_key", "not an ed25519 key of 64 hexadecimal digits"))?;
    blocking(&shared, move |shared| shared.join(&join, &key))
        .await
        .map(Json)
}

fn check_name(name: &str) -> Result<(), Refusal> {
    let fits = (1..=MOST_NAME).contains(&name.chars().count()) && !name.chars().any(char::is_control);
    if fits {
        Ok(())
    } else {
        let message = format!("a name has 1 to {MOST_NAME} characters on one line");
        Err(Refusal::unreadable("name", message))
    }
}

impl Shared {
    /// Writes a station down and gives its id and the ticket that lets it in.
    pub(crate) fn invite(&self, name: &str, by: &Caller) -> Result<(String, JoinTicket, Timestamp), Refusal> {
        let mut unique = Uuid::new_v4().simple().to_string();
        unique.truncate(12);
        let station = format!("station-{unique}");
        let code = new_code()?;
        let expires_at = Timestamp::now() + SignedDuration::from_hours(CODE_LIFETIME_H);
        let invitation = Invitation {
            station: &station,
            name,
            code_sha256: &packet::sha256_hex(code.as_bytes()),
            expires_at,
        };
        self.ledger.invite(&invitation, by)?;
        let key_id = self.keys.signing.verifying_key().id();
        Ok((station, JoinTicket { code, key_id }, expires_at))
    }

    fn join(&self, join: &Join, key: &StationVerifyingKey) -> Result<Welcome, Refusal> {
        let token = crate::keys::random_hex::<24>()?;
        let joining = Joining {
            code_sha256: &packet::sha256_hex(join.code.as_bytes()),
            key: &key.to_string(),
            token_sha256: &packet::sha256_hex(token.as_bytes()),
            desk: &join.name,
            at: Timestamp::now(),
        };
        let station_id = self.ledger.join(&joining)?;
        let welcome = Welcome {
            station_id,
            token,
            recipient: self.keys.opening.recipient().to_string(),
            recovery: self.recovery.clone(),
            verifying_key: String::new(),
            signature: String::new(),
        };
        Ok(welcome.signed(&join.code, &self.keys.signing))
    }
}

/// Every letter as likely as any other: bytes beyond the last whole round of letters are drawn again.
fn new_code() -> anyhow::Result<String> {
    let round = 256 - 256 % LETTERS.len();
    let mut code = String::new();
    while code.len() < CODE_LENGTH {
        let mut byte = [0];
        getrandom::fill(&mut byte).map_err(|e| anyhow::anyhow!("no random bytes: {e}"))?;
        let drawn = usize::from(byte[0]);
        if let Some(letter) = LETTERS.get(drawn % LETTERS.len()).filter(|_| drawn < round) {
            code.push(char::from(*letter));
        }
    }
    Ok(code)
}
