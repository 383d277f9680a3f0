//! The keys of both sides: one pair to seal packets to the server, and a pair each for what server and station sign.

use crate::sha256_hex;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use std::fmt;
use std::str::FromStr;

/// A key given as text is not one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyFault {
    /// Not an age X25519 recipient (`age1…`).
    #[error("not an age X25519 recipient")]
    Recipient,
    /// Not an age X25519 identity (`AGE-SECRET-KEY-1…`).
    #[error("not an age X25519 identity")]
    Identity,
    /// Not 32 bytes in hexadecimal, or not a point of the curve, or a weak one.
    #[error("not an ed25519 key of 32 bytes in hexadecimal")]
    Signature,
}

/// The public key that packets are sealed to.
#[derive(Clone)]
pub struct RecipientKey(pub(crate) age::x25519::Recipient);

impl FromStr for RecipientKey {
    type Err = KeyFault;

    fn from_str(text: &str) -> Result<Self, KeyFault> {
        text.trim().parse().map(Self).map_err(|_| KeyFault::Recipient)
    }
}

impl fmt::Display for RecipientKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for RecipientKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RecipientKey({})", self.0)
    }
}

/// The secret key that opens packets; only the server and tests have one.
pub struct OpeningKey(pub(crate) age::x25519::Identity);

impl OpeningKey {
    /// A new key from the operating system's random bytes.
    pub fn generate() -> Self {
        Self(age::x25519::Identity::generate())
    }

    /// The public half.
    pub fn recipient(&self) -> RecipientKey {
        RecipientKey(self.0.to_public())
    }

    /// The secret as text, for the server's own key file and nothing else.
    pub fn to_secret_text(&self) -> zeroize::Zeroizing<String> {
        use age::secrecy::ExposeSecret;
        zeroize::Zeroizing::new(self.0.to_string().expose_secret().to_owned())
    }
}

impl FromStr for OpeningKey {
    type Err = KeyFault;

    fn from_str(text: &str) -> Result<Self, KeyFault> {
        text.trim().parse().map(Self).map_err(|_| KeyFault::Identity)
    }
}

impl fmt::Debug for OpeningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OpeningKey(<secret>)")
    }
}

/// One side's two ed25519 types. They stay apart as types, so that a station's signature can never be asked for
/// where the server's is meant.
macro_rules! signing_pair {
    ($secret:ident, $public:ident, $whose:literal) => {
        #[doc = concat!("The ", $whose, "'s secret signing key.")]
        pub struct $secret(SigningKey);

        impl $secret {
            /// The key made from 32 random bytes; drawing them is the caller's business.
            pub fn from_seed(seed: &[u8; 32]) -> Self {
                Self(SigningKey::from_bytes(seed))
            }

            /// The public half.
            pub fn verifying_key(&self) -> $public {
                $public(self.0.verifying_key())
            }

            /// Signature over canonical bytes, in hexadecimal.
            pub(crate) fn sign_hex(&self, canonical: &[u8]) -> String {
                hex::encode(self.0.sign(canonical).to_bytes())
            }
        }

        impl fmt::Debug for $secret {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($secret), "(<secret>)"))
            }
        }

        #[doc = concat!("The public key that proves what the ", $whose, " signed; as text 64 hexadecimal digits.")]
        #[derive(Clone, PartialEq, Eq)]
        pub struct $public(VerifyingKey);

        impl $public {
            /// A short name of the key: the first 16 digits of the SHA-256 of its bytes.
            pub fn id(&self) -> String {
                let mut id = sha256_hex(self.0.as_bytes());
                id.truncate(16);
                id
            }

            /// True when `signature_hex` is this key's strict signature over the canonical bytes.
            pub(crate) fn proves(&self, canonical: &[u8], signature_hex: &str) -> bool {
                let mut signature = [0; 64];
                hex::decode_to_slice(signature_hex, &mut signature).is_ok()
                    && self
                        .0
                        .verify_strict(canonical, &Signature::from_bytes(&signature))
                        .is_ok()
            }
        }

        impl FromStr for $public {
            type Err = KeyFault;

            fn from_str(text: &str) -> Result<Self, KeyFault> {
                let mut bytes = [0; 32];
                hex::decode_to_slice(text.trim(), &mut bytes).map_err(|_| KeyFault::Signature)?;
                let key = VerifyingKey::from_bytes(&bytes).map_err(|_| KeyFault::Signature)?;
                if key.is_weak() {
                    Err(KeyFault::Signature)
                } else {
                    Ok(Self(key))
                }
            }
        }

        impl fmt::Display for $public {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&hex::encode(self.0.as_bytes()))
            }
        }

        impl fmt::Debug for $public {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($public), "({})"), self)
            }
        }
    };
}

signing_pair!(ServerSigningKey, ServerVerifyingKey, "server");
signing_pair!(StationSigningKey, StationVerifyingKey, "station");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_survive_as_text_and_secrets_stay_out_of_debug() {
        let opening = OpeningKey::generate();
        let again: OpeningKey = opening.to_secret_text().parse().unwrap();
        assert_eq!(again.recipient().to_string(), opening.recipient().to_string());
        assert!(!format!("{opening:?}").contains("AGE-SECRET"));

        let signing = ServerSigningKey::from_seed(&[7; 32]);
        let text = signing.verifying_key().to_string();
        assert_eq!(
            text.parse::<ServerVerifyingKey>().unwrap(),
            signing.verifying_key()
        );
        assert_eq!(signing.verifying_key().id().len(), 16);
        assert_eq!(format!("{signing:?}"), "ServerSigningKey(<secret>)");
    }

    #[test]
    fn text_that_is_no_key_is_refused() {
        assert!("age1nothing".parse::<RecipientKey>().is_err());
        assert!("".parse::<OpeningKey>().is_err());
        let weak = "00".repeat(32);
        for text in ["", "zz", weak.as_str()] {
            assert_eq!(
                text.parse::<ServerVerifyingKey>(),
                Err(KeyFault::Signature),
                "{text}"
            );
        }
    }
}
