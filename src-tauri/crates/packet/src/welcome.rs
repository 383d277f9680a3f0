//! How a station is let in: a one-time code, and the server's signed answer to it.

use crate::canonical::canonical;
use crate::key::{ServerSigningKey, ServerVerifyingKey};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

const LABEL: &str = "capture-station welcome 1";

/// What an administrator hands to the desk: `K7QF2M9D-<id of the server's key>`. The second part is what the
/// station knows the server by before it has ever spoken to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JoinTicket {
    /// The one-time code: 8 capital letters and digits.
    pub code: String,
    /// Id of the server's key, see [`ServerVerifyingKey::id`]: 16 hexadecimal digits.
    pub key_id: String,
}

/// Text that is no ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a ticket: it reads like K7QF2M9D-0123456789abcdef")]
pub struct TicketFault;

impl FromStr for JoinTicket {
    type Err = TicketFault;

    fn from_str(text: &str) -> Result<Self, TicketFault> {
        let (code, key_id) = text.trim().rsplit_once('-').ok_or(TicketFault)?;
        let code: String = code
            .chars()
            .filter(|c| *c != '-')
            .collect::<String>()
            .to_uppercase();
        let key_id = key_id.to_lowercase();
        let fits = code.len() == 8
            && code.bytes().all(|b| b.is_ascii_alphanumeric())
            && key_id.len() == 16
            && key_id.bytes().all(|b| b.is_ascii_hexdigit());
        if fits {
            Ok(Self { code, key_id })
        } else {
            Err(TicketFault)
        }
    }
}

impl fmt::Display for JoinTicket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.code, self.key_id)
    }
}

/// What the server tells a station that it lets in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Welcome {
    /// The station's id from now on.
    pub station_id: String,
    /// What it shows the server from now on; a secret.
    pub token: String,
    /// age key that packets are sealed to.
    pub recipient: String,
    /// age key of the recovery recipient, where there is one.
    pub recovery: Option<String>,
    /// The server's key, 64 hexadecimal digits.
    pub verifying_key: String,
    /// Ed25519 signature over all of it and the code, 128 hexadecimal digits.
    pub signature: String,
}

impl fmt::Debug for Welcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Welcome({}, <token>)", self.station_id)
    }
}

impl Welcome {
    /// Signs the answer to `code`; `signature` and `verifying_key` are filled in.
    pub fn signed(mut self, code: &str, key: &ServerSigningKey) -> Self {
        self.verifying_key = key.verifying_key().to_string();
        self.signature = key.sign_hex(&self.signed_bytes(code));
        self
    }

    /// The server's key, when it is the one the ticket names and answered exactly this ticket.
    pub fn prove(&self, ticket: &JoinTicket) -> Option<ServerVerifyingKey> {
        let key: ServerVerifyingKey = self.verifying_key.parse().ok()?;
        let fits = key.id() == ticket.key_id && key.proves(&self.signed_bytes(&ticket.code), &self.signature);
        fits.then_some(key)
    }

    fn signed_bytes(&self, code: &str) -> Vec<u8> {
        let recovery = self.recovery.as_deref().unwrap_or_default();
        let fields = [
            code,
            &self.station_id,
            &self.token,
            &self.recipient,
            recovery,
            &self.verifying_key,
        ];
        canonical(LABEL, &fields.map(str::as_bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn welcome(key: &ServerSigningKey) -> Welcome {
        Welcome {
            station_id: "station-1".into(),
            token: "secret".into(),
            recipient: "age1x".into(),
            recovery: None,
            verifying_key: String::new(),
            signature: String::new(),
        }
        .signed("K7QF2M9D", key)
    }

    #[test]
    fn only_the_server_of_the_ticket_can_welcome() {
        let key = ServerSigningKey::from_seed(&[1; 32]);
        let ticket: JoinTicket = format!("k7qf-2m9d-{}", key.verifying_key().id()).parse().unwrap();
        assert_eq!(ticket.code, "K7QF2M9D");
        assert_eq!(ticket.to_string().parse(), Ok(ticket.clone()));
        let good = welcome(&key);
        assert_eq!(good.prove(&ticket), Some(key.verifying_key()));
        assert!(!format!("{good:?}").contains("secret"));

        assert_eq!(
            welcome(&ServerSigningKey::from_seed(&[2; 32])).prove(&ticket),
            None
        );
        let altered = Welcome {
            recipient: "age1y".into(),
            ..good.clone()
        };
        assert_eq!(altered.prove(&ticket), None);
        let other_code = JoinTicket {
            code: "AAAAAAAA".into(),
            ..ticket
        };
        assert_eq!(good.prove(&other_code), None);
    }

    #[test]
    fn text_that_is_no_ticket_is_refused() {
        for text in [
            "",
            "K7QF2M9D",
            "K7QF2M9-0123456789abcdef",
            "K7QF2M9D-0123456789abcdeg",
        ] {
            assert_eq!(text.parse::<JoinTicket>(), Err(TicketFault), "{text}");
        }
    }
}
