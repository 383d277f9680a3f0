//! What the answers of Alipay mean (当面付: alipay.trade.precreate, query, cancel, refund), and its amounts in yuan.

use super::{ProviderFault, Repaid, Said, Trade};

/// Seconds for which a `qr_code` can be scanned.
pub(crate) const CODE_LASTS_S: i64 = 7200;

/// Whole fen as yuan with two decimals, by integer arithmetic.
pub(crate) fn yuan(fen: u32) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

/// Yuan with up to two decimals as whole fen; anything else is none.
pub(crate) fn fen(yuan: &str) -> Option<u32> {
    let (whole, part) = yuan.split_once('.').unwrap_or((yuan, ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(part) || part.len() > 2 {
        return None;
    }
    let part: u32 = format!("{part:0<2}").parse().ok()?;
    whole.parse::<u32>().ok()?.checked_mul(100)?.checked_add(part)
}

/// `alipay.trade.query`.
pub(crate) fn trade(said: &Said, amount_fen: u32) -> Result<Trade, ProviderFault> {
    match said.code.as_str() {
        "10000" => {}
        // The payer types the password.
        "10003" => return Ok(Trade::NotPaid),
        // A precreated order becomes a trade only when it is scanned.
        "40004" if said.status == "ACQ.TRADE_NOT_EXIST" => return Err(ProviderFault::NoSuchOrder),
        other => return Err(ProviderFault::Failure(other.to_owned())),
    }
    match said.status.as_str() {
        "TRADE_SUCCESS" | "TRADE_FINISHED" if fen(&said.amount) == Some(amount_fen) => Ok(Trade::Paid),
        "TRADE_SUCCESS" | "TRADE_FINISHED" => Err(ProviderFault::Contradiction),
        "WAIT_BUYER_PAY" => Ok(Trade::NotPaid),
        // Unpaid and over, or given back whole: whether it was ever paid is written down here already.
        "TRADE_CLOSED" => Ok(Trade::Closed),
        other => Err(ProviderFault::Failure(other.to_owned())),
    }
}

/// `alipay.trade.refund`: asking again under the same `out_request_no` gives nothing back twice.
pub(crate) fn repaid(said: &Said) -> Result<Repaid, ProviderFault> {
    match (said.code.as_str(), said.status.as_str()) {
        ("10000", "REFUND_SUCCESS") => Ok(Repaid::Done),
        ("10000", _) | ("20000", _) => Ok(Repaid::OnItsWay),
        ("40004", "ACQ.SELLER_BALANCE_NOT_ENOUGH" | "ACQ.SYSTEM_ERROR") => Ok(Repaid::OnItsWay),
        ("40004", _) => Ok(Repaid::Refused),
        (other, _) => Err(ProviderFault::Failure(other.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yuan_and_fen_are_the_same_money() {
        for amount in [0, 1, 9, 10, 99, 100, 2000, 2001, 1_000_000, u32::MAX] {
            assert_eq!(fen(&yuan(amount)), Some(amount), "{amount}");
        }
        assert_eq!(
            (fen("20"), fen("20.5"), fen("0.01")),
            (Some(2000), Some(2050), Some(1))
        );
        for wrong in ["", ".", ".5", "20.001", "-1", "2e3", "20,00", "１", "99999999999"] {
            assert_eq!(fen(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn every_documented_answer_has_its_meaning() {
        let failure = |code: &str| Err(ProviderFault::Failure(code.to_owned()));
        let table = [
            ("10000", "WAIT_BUYER_PAY", Ok(Trade::NotPaid)),
            ("10000", "TRADE_SUCCESS", Ok(Trade::Paid)),
            ("10000", "TRADE_FINISHED", Ok(Trade::Paid)),
            ("10000", "TRADE_CLOSED", Ok(Trade::Closed)),
            ("10003", "", Ok(Trade::NotPaid)),
            ("20000", "", failure("20000")),
            ("40004", "ACQ.TRADE_NOT_EXIST", Err(ProviderFault::NoSuchOrder)),
            ("40004", "ACQ.SYSTEM_ERROR", failure("40004")),
        ];
        let said = |code: &str, status: &str| Said {
            code: code.to_owned(),
            status: status.to_owned(),
            amount: "20.00".to_owned(),
        };
        for (code, status, meaning) in table {
            assert_eq!(trade(&said(code, status), 2000), meaning, "{code} {status}");
        }
        assert_eq!(
            trade(&said("10000", "TRADE_SUCCESS"), 200),
            Err(ProviderFault::Contradiction)
        );
        assert_eq!(repaid(&said("10000", "REFUND_SUCCESS")), Ok(Repaid::Done));
        assert_eq!(repaid(&said("20000", "")), Ok(Repaid::OnItsWay));
        assert_eq!(
            repaid(&said("40004", "ACQ.TRADE_HAS_FINISHED")),
            Ok(Repaid::Refused)
        );
    }
}
