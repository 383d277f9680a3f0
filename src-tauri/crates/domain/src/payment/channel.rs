//! Who is asked for the money of an order.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Who is asked for the money of an order. A voucher is paid by the central server's list: an order without a phone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// WeChat Pay.
    #[default]
    Wechat,
    /// Alipay.
    Alipay,
    /// A voucher that was given out before.
    Voucher,
}

impl Channel {
    /// Every channel.
    pub const ALL: [Self; 3] = [Self::Wechat, Self::Alipay, Self::Voucher];

    /// Its name in files and messages.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Wechat => "wechat",
            Self::Alipay => "alipay",
            Self::Voucher => "voucher",
        }
    }

    /// The channel of a name.
    pub fn read(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.code() == code)
    }
}
