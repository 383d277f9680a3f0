//! The 采集码: an opaque text that belongs to one enrolment of one person.
//!
//! Its format is not public, and name and number inside are hidden (教学服〔2022〕10号): it is kept whole, bound to the
//! capture and handed on. Nothing in it is interpreted.

use crate::Personal;
use crate::enrolment::Enrolment;
use crate::moment::Moment;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// Most that one QR code carries, of version 40 at the lowest correction (ISO/IEC 18004, table 7): digits only.
const MOST_DIGITS: usize = 7_089;
/// The same in the 45 characters of its alphanumeric mode.
const MOST_ALPHANUMERIC: usize = 4_296;
/// The same in bytes.
const MOST_BYTES: usize = 2_953;

/// What a 采集码 is known by: the SHA-256 of its payload, lower-case hex.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CodeId(String);

impl CodeId {
    /// An id that was kept; `None` when it is none.
    pub fn kept(text: &str) -> Option<Self> {
        let hex = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
        (text.len() == 64 && text.bytes().all(hex)).then(|| Self(text.to_owned()))
    }

    /// 64 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As people read it out: `5C0E-77D1`.
    pub fn short(&self) -> String {
        let (head, tail) = (&self.0[..4], &self.0[4..8]);
        format!("{head}-{tail}").to_uppercase()
    }

    /// Id of the enrolment that has nothing but this code; the same at every station of a session.
    pub fn enrolment(&self, session: &str) -> String {
        format!("{session}:code-{}", self.0)
    }
}

/// A 采集码 as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaptureCode {
    payload: Personal<String>,
    id: CodeId,
}

/// Why a text cannot be a 采集码.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CodeFault {
    /// Nothing, or only blanks.
    #[error("the code is empty")]
    Empty,
    /// A control character: the scanner is set up wrongly.
    #[error("the code carries a control character")]
    Control,
    /// More than a QR code can carry.
    #[error("the code is longer than a QR code can be")]
    TooLong,
    /// It pays.
    #[error("this is a payment code")]
    Payment,
    /// It leads to a page, a network or a contact that has nothing to do with enrolments.
    #[error("this code leads elsewhere")]
    Elsewhere,
}

impl CaptureCode {
    /// Takes a payload over as it was read.
    pub fn read(text: &str) -> Result<Self, CodeFault> {
        if text.trim().is_empty() {
            return Err(CodeFault::Empty);
        }
        if text.chars().any(char::is_control) {
            return Err(CodeFault::Control);
        }
        if text.len() > most(text) {
            return Err(CodeFault::TooLong);
        }
        if pays(text) {
            return Err(CodeFault::Payment);
        }
        if leads_elsewhere(text) {
            return Err(CodeFault::Elsewhere);
        }
        let mut id = String::with_capacity(64);
        for byte in Sha256::digest(text.as_bytes()) {
            // Writing to a string does not fail.
            let _ = write!(id, "{byte:02x}");
        }
        Ok(Self {
            payload: text.to_owned().into(),
            id: CodeId(id),
        })
    }

    /// The whole of it, as it was read.
    pub const fn payload(&self) -> &Personal<String> {
        &self.payload
    }

    /// What it is known by.
    pub const fn id(&self) -> &CodeId {
        &self.id
    }
}

/// Most bytes of a text in the tightest mode that can carry it.
fn most(text: &str) -> usize {
    let alphanumeric = |b: u8| b.is_ascii_digit() || b.is_ascii_uppercase() || b" $%*+-./:".contains(&b);
    if text.bytes().all(|b| b.is_ascii_digit()) {
        MOST_DIGITS
    } else if text.bytes().all(alphanumeric) {
        MOST_ALPHANUMERIC
    } else {
        MOST_BYTES
    }
}

/// True for what pays: the codes that a payer shows (WeChat 18 digits from 10 to 15, Alipay 16 to 24 digits from 25 to
/// 30, UnionPay 19 digits from 62) and the links that a payer scans.
pub fn pays(text: &str) -> bool {
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    let head: u32 = text.get(..2).and_then(|two| two.parse().ok()).unwrap_or(0);
    let shown = digits
        && match head {
            10..=15 => text.len() == 18,
            25..=30 => (16..=24).contains(&text.len()),
            62 => text.len() == 19,
            _ => false,
        };
    let lower = text.to_ascii_lowercase();
    let links = [
        "weixin://wxpay/",
        "wxp://",
        "https://qr.alipay.com/",
        "https://qr.95516.com/",
    ];
    shown || links.iter().any(|link| lower.starts_with(link))
}

/// Where 采集码 are given out (学信网). What they carry is not public: a link to this place may be one.
const HOME: &str = "chsi.com.cn";

/// True for what posters, shops and phones show: a link to anywhere but where 采集码 come from, a network, a contact.
fn leads_elsewhere(text: &str) -> bool {
    let lower = text.trim_start().to_ascii_lowercase();
    let others = [
        "weixin://",
        "alipay://",
        "alipays://",
        "market://",
        "otpauth://",
        "wifi:",
        "mecard:",
        "begin:vcard",
        "begin:vevent",
        "mailto:",
        "tel:",
        "sms:",
        "smsto:",
        "geo:",
    ];
    if others.iter().any(|scheme| lower.starts_with(scheme)) {
        return true;
    }
    let link = ["https://", "http://"]
        .iter()
        .find_map(|scheme| lower.strip_prefix(scheme));
    link.is_some_and(|rest| {
        let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
        let host = authority.rsplit('@').next().unwrap_or_default();
        let host = host.split(':').next().unwrap_or_default();
        host != HOME && !host.strip_suffix(HOME).is_some_and(|head| head.ends_with('.'))
    })
}

/// What a hand scanner typed, without its end key and in the narrow characters it meant: an input method makes wide
/// ones of them.
pub fn narrow(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{3000}' => ' ',
        '\u{3002}' => '.',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        other => other,
    };
    text.trim_end_matches(['\r', '\n', '\t'])
        .chars()
        .map(narrow)
        .collect()
}

/// A code becomes the one of an enrolment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeBinding {
    /// The session.
    pub session: String,
    /// The code.
    pub code: CodeId,
    /// Whose it is.
    pub enrolment: String,
    /// When it was shown.
    pub at: Moment,
}

/// Whose a code is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeHolder {
    /// The code.
    pub code: CodeId,
    /// Whose it is.
    pub enrolment: Enrolment,
    /// The packet that carries it; none while no photo was stored, or once it was taken back.
    pub packet: Option<String>,
    /// When it was shown.
    pub at: Moment,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> Option<CodeFault> {
        CaptureCode::read(text).err()
    }

    #[test]
    fn a_code_is_kept_whole_and_known_by_its_hash() {
        let text = " CHSI/采集码 5f3a== ";
        let code = CaptureCode::read(text).expect("a code");
        assert_eq!(code.payload().as_str(), text);
        let abc = CaptureCode::read("abc").expect("a code");
        let known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(abc.id().as_str(), known, "FIPS 180-2, B.1");
        assert_eq!(abc.id().short(), "BA78-16BF");
        assert_eq!(CodeId::kept(known).as_ref(), Some(abc.id()));
        assert!(CodeId::kept("ba78").is_none() && CodeId::kept(&known.to_uppercase()).is_none());
        assert!(!format!("{abc:?}").contains("\"abc\""), "never in a log");
    }

    #[test]
    fn wide_characters_become_what_the_scanner_meant() {
        assert_eq!(narrow("ＡＢ－１２／ｘ＝\u{3000}。\r\n"), "AB-12/x= .");
        assert_eq!(narrow("采集码 plain"), "采集码 plain");
    }

    #[test]
    fn what_cannot_be_one_is_named() {
        assert_eq!(fault(""), Some(CodeFault::Empty));
        assert_eq!(fault(" \u{3000}"), Some(CodeFault::Empty));
        assert_eq!(fault("a\u{1d}b"), Some(CodeFault::Control));
        assert_eq!(fault("a\r"), Some(CodeFault::Control));
        let long = [("7", MOST_DIGITS), ("A", MOST_ALPHANUMERIC), ("a", MOST_BYTES)];
        for (letter, most) in long {
            assert_eq!(fault(&letter.repeat(most)), None, "{letter}");
            assert_eq!(
                fault(&letter.repeat(most + 1)),
                Some(CodeFault::TooLong),
                "{letter}"
            );
        }
    }

    #[test]
    fn what_pays_is_told_from_what_does_not() {
        let pay = [
            "134567890123456789",
            "100000000000000000",
            "2512345678901234",
            "301234567890123456789012",
            "6212345678901234567",
            "weixin://wxpay/bizpayurl?pr=abc",
            "HTTPS://QR.ALIPAY.COM/bax",
        ];
        for text in pay {
            assert_eq!(fault(text), Some(CodeFault::Payment), "{text}");
        }
        let others = [
            "164567890123456789",
            "13456789012345678",
            "251234567890123",
            "3112345678901234",
            "621234567890123456",
            "13456789012345678X",
            "https://www.chsi.com.cn/",
        ];
        for text in others {
            assert_eq!(fault(text), None, "{text}");
        }
    }

    #[test]
    fn what_leads_elsewhere_is_told_from_where_codes_come_from() {
        let elsewhere = [
            "https://shop.example/item?id=5",
            "HTTP://U.WECHAT.COM/abc",
            "https://chsi.com.cn.example/x",
            "https://mychsi.com.cn/x",
            "https://www.chsi.com.cn@shop.example/",
            "https://shop.example\\.chsi.com.cn/",
            "weixin://dl/business",
            "WIFI:S:campus;T:WPA;P:x;;",
            "BEGIN:VCARD",
            "tel:400",
        ];
        for text in elsewhere {
            assert_eq!(fault(text), Some(CodeFault::Elsewhere), "{text}");
        }
        let codes = [
            "https://www.chsi.com.cn:443/xlcj?c=5f3a",
            "http://CHSI.com.cn",
            "CHSI:5f3a",
            "tel-5f3a",
        ];
        for text in codes {
            assert_eq!(fault(text), None, "{text}");
        }
    }
}
