//! The simulated provider: WeChat Pay and Alipay as their documents describe them, told by script what the phone does
//! and how badly they answer. What it says is made sense of by the same code a real provider's answers would be.

use super::{Bill, Code, Provider, ProviderFault, Repaid, Said, Trade, alipay, wechat};
use crate::refunds::Refund;
use domain::payment::Channel;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How the provider answers this server.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProviderMood {
    /// As it should.
    #[default]
    Answering,
    /// Not at all: the outcome of any order is unknown.
    Silent,
    /// With an error of its own.
    Failing,
}

/// How the provider tells this server that an order was paid.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Notify {
    /// Once, at once.
    #[default]
    Once,
    /// Twice, as it does when it missed the first thanks.
    Twice,
    /// Never: only asking tells.
    Never,
}

#[derive(Debug, Clone, Copy, Default)]
struct Truth {
    paid: bool,
    closed: bool,
}

#[derive(Debug, Default)]
struct Inside {
    mood: ProviderMood,
    notify: Notify,
    /// Answers to give first, whatever is true.
    answers: VecDeque<String>,
    trades: BTreeMap<String, Truth>,
    /// Refunds by number: how often each was asked for.
    refunds: BTreeMap<String, u32>,
    /// Refunds that go no further.
    stuck: BTreeMap<String, Said>,
}

/// Both providers.
#[derive(Default)]
pub(crate) struct Simulated(Mutex<Inside>);

impl Simulated {
    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn set(&self, mood: ProviderMood) {
        self.inside().mood = mood;
    }

    pub(crate) fn set_notify(&self, notify: Notify) {
        self.inside().notify = notify;
    }

    pub(crate) fn script(&self, answers: Vec<String>) {
        self.inside().answers = answers.into();
    }

    /// The sitter's phone pays; says how often this server is told. `None`: the order is closed.
    pub(crate) fn phone_pays(&self, number: &str) -> Option<u32> {
        let mut inside = self.inside();
        let told = match inside.notify {
            Notify::Once => 1,
            Notify::Twice => 2,
            Notify::Never => 0,
        };
        let trade = inside.trades.entry(number.to_owned()).or_default();
        if trade.closed && !trade.paid {
            return None;
        }
        trade.paid = true;
        Some(told)
    }

    /// The provider of a channel. A voucher has none.
    pub(crate) const fn through(&self, channel: Channel) -> At<'_> {
        At {
            simulated: self,
            channel,
        }
    }
}

/// One of both.
pub(crate) struct At<'a> {
    simulated: &'a Simulated,
    channel: Channel,
}

impl At<'_> {
    const fn alipay(&self) -> bool {
        matches!(self.channel, Channel::Alipay)
    }

    /// A word as this provider writes it: its error codes stand alone, its states come with its code for success.
    fn word(&self, word: &str, amount_fen: u32) -> Said {
        let (ok, states): (_, &[&str]) = if self.alipay() {
            (
                "10000",
                &[
                    "WAIT_BUYER_PAY",
                    "TRADE_SUCCESS",
                    "TRADE_FINISHED",
                    "TRADE_CLOSED",
                    "REFUND_SUCCESS",
                ],
            )
        } else {
            let states = &[
                "SUCCESS",
                "REFUND",
                "NOTPAY",
                "CLOSED",
                "REVOKED",
                "USERPAYING",
                "PAYERROR",
                "PROCESSING",
                "ABNORMAL",
            ];
            ("OK", states)
        };
        let amount = if self.alipay() {
            alipay::yuan(amount_fen)
        } else {
            amount_fen.to_string()
        };
        if states.contains(&word) {
            let (code, status) = (ok.to_owned(), word.to_owned());
            return Said { code, status, amount };
        }
        let (code, status) = word.split_once(' ').unwrap_or((word, ""));
        Said {
            code: code.to_owned(),
            status: status.to_owned(),
            amount: String::new(),
        }
    }

    /// What it says: by its mood, by script, or the truth.
    fn say(&self, inside: &mut Inside, truth: &str, amount_fen: u32) -> Result<Said, ProviderFault> {
        match inside.mood {
            ProviderMood::Silent => return Err(ProviderFault::Silence),
            ProviderMood::Failing if self.alipay() => return Ok(self.word("20000", amount_fen)),
            ProviderMood::Failing => return Ok(self.word("SYSTEM_ERROR", amount_fen)),
            ProviderMood::Answering => {}
        }
        let scripted = inside.answers.pop_front();
        Ok(self.word(scripted.as_deref().unwrap_or(truth), amount_fen))
    }

    fn told(&self, inside: &mut Inside, bill: Bill<'_>) -> Result<Trade, ProviderFault> {
        let truth = inside.trades.get(bill.number).copied().unwrap_or_default();
        let word = match (truth, self.alipay()) {
            (Truth { paid: true, .. }, false) => "SUCCESS",
            (Truth { paid: true, .. }, true) => "TRADE_SUCCESS",
            (Truth { closed: true, .. }, false) => "CLOSED",
            (Truth { closed: true, .. }, true) => "TRADE_CLOSED",
            (_, false) => "NOTPAY",
            (_, true) => "WAIT_BUYER_PAY",
        };
        let said = self.say(inside, word, bill.amount_fen)?;
        if self.alipay() {
            alipay::trade(&said, bill.amount_fen)
        } else {
            wechat::trade(&said, bill.amount_fen)
        }
    }
}

impl Provider for At<'_> {
    fn place(&self, bill: Bill<'_>) -> Result<Code, ProviderFault> {
        let mut inside = self.simulated.inside();
        if inside.mood == ProviderMood::Answering {
            inside.trades.entry(bill.number.to_owned()).or_default();
        }
        // The code of an order that cannot be paid any more is no code.
        if self.told(&mut inside, bill)? == Trade::Closed {
            return Err(ProviderFault::Failure("ORDER_CLOSED".to_owned()));
        }
        let mut mark = packet::sha256_hex(bill.number.as_bytes());
        mark.truncate(10);
        let (start, lasts_s) = if self.alipay() {
            ("https://qr.alipay.com/bax", alipay::CODE_LASTS_S)
        } else {
            ("weixin://wxpay/bizpayurl?pr=", wechat::CODE_LASTS_S)
        };
        Ok(Code {
            text: format!("{start}{mark}"),
            lasts_s,
        })
    }

    fn query(&self, bill: Bill<'_>) -> Result<Trade, ProviderFault> {
        self.told(&mut self.simulated.inside(), bill)
    }

    fn close(&self, bill: Bill<'_>) -> Result<Trade, ProviderFault> {
        let mut inside = self.simulated.inside();
        if inside.mood == ProviderMood::Answering {
            let trade = inside.trades.entry(bill.number.to_owned()).or_default();
            trade.closed |= !trade.paid;
        }
        self.told(&mut inside, bill)
    }

    fn refund(&self, refund: &Refund) -> Result<Repaid, ProviderFault> {
        let mut inside = self.simulated.inside();
        if let Some(said) = inside.stuck.get(&refund.refund).cloned() {
            return self.made_sense_of(&said);
        }
        let asked = inside.refunds.get(&refund.refund).copied().unwrap_or(0);
        // The first answer says that it was taken in; the money is back when it is asked about again.
        let truth = match (asked, self.alipay()) {
            (0, true) => "10000",
            (0, false) => "PROCESSING",
            (_, true) => "REFUND_SUCCESS",
            (_, false) => "SUCCESS",
        };
        let said = self.say(&mut inside, truth, refund.amount_fen)?;
        inside.refunds.insert(refund.refund.clone(), asked + 1);
        let meaning = self.made_sense_of(&said);
        if meaning == Ok(Repaid::Refused) {
            inside.stuck.insert(refund.refund.clone(), said);
        }
        meaning
    }
}

impl At<'_> {
    fn made_sense_of(&self, said: &Said) -> Result<Repaid, ProviderFault> {
        if self.alipay() {
            alipay::repaid(said)
        } else {
            wechat::repaid(said)
        }
    }
}
