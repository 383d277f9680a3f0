//! What the answers of WeChat Pay APIv3 Native mean (pay.weixin.qq.com, documents of 2025: order, query, close, refund).

use super::{ProviderFault, Repaid, Said, Trade};

/// Seconds for which a `code_url` can be scanned.
pub(crate) const CODE_LASTS_S: i64 = 7200;

/// `GET /v3/pay/transactions/out-trade-no/{out_trade_no}`.
pub(crate) fn trade(said: &Said, amount_fen: u32) -> Result<Trade, ProviderFault> {
    ok(said)?;
    match said.status.as_str() {
        // REFUND: paid, and given back in part or whole since.
        "SUCCESS" | "REFUND" if said.amount == amount_fen.to_string() => Ok(Trade::Paid),
        "SUCCESS" | "REFUND" => Err(ProviderFault::Contradiction),
        // PAYERROR: this attempt failed; the order can be paid by another until it is closed.
        "NOTPAY" | "USERPAYING" | "PAYERROR" => Ok(Trade::NotPaid),
        "CLOSED" | "REVOKED" => Ok(Trade::Closed),
        other => Err(ProviderFault::Failure(other.to_owned())),
    }
}

/// `POST /v3/refund/domestic/refunds` and its query.
pub(crate) fn repaid(said: &Said) -> Result<Repaid, ProviderFault> {
    match said.code.as_str() {
        // The payer's account takes no money any more: to be paid back by hand.
        "USER_ACCOUNT_ABNORMAL" => return Ok(Repaid::Refused),
        // The merchant's account is short, or it was a hiccup: the same number again.
        "NOT_ENOUGH" | "SYSTEM_ERROR" => return Ok(Repaid::OnItsWay),
        _ => ok(said)?,
    }
    match said.status.as_str() {
        "SUCCESS" => Ok(Repaid::Done),
        "PROCESSING" => Ok(Repaid::OnItsWay),
        "ABNORMAL" | "CLOSED" => Ok(Repaid::Refused),
        other => Err(ProviderFault::Failure(other.to_owned())),
    }
}

fn ok(said: &Said) -> Result<(), ProviderFault> {
    match said.code.as_str() {
        "OK" => Ok(()),
        "ORDER_NOT_EXIST" => Err(ProviderFault::NoSuchOrder),
        "FREQUENCY_LIMITED" => Err(ProviderFault::Limited),
        other => Err(ProviderFault::Failure(other.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(code: &str, status: &str) -> Said {
        Said {
            code: code.to_owned(),
            status: status.to_owned(),
            amount: "2000".to_owned(),
        }
    }

    #[test]
    fn every_documented_answer_has_its_meaning() {
        let failure = |code: &str| Err(ProviderFault::Failure(code.to_owned()));
        let table = [
            ("OK", "SUCCESS", Ok(Trade::Paid)),
            ("OK", "REFUND", Ok(Trade::Paid)),
            ("OK", "NOTPAY", Ok(Trade::NotPaid)),
            ("OK", "USERPAYING", Ok(Trade::NotPaid)),
            ("OK", "PAYERROR", Ok(Trade::NotPaid)),
            ("OK", "CLOSED", Ok(Trade::Closed)),
            ("OK", "REVOKED", Ok(Trade::Closed)),
            ("OK", "NEW_WORD", failure("NEW_WORD")),
            ("SYSTEM_ERROR", "", failure("SYSTEM_ERROR")),
            ("ORDER_NOT_EXIST", "", Err(ProviderFault::NoSuchOrder)),
            ("FREQUENCY_LIMITED", "", Err(ProviderFault::Limited)),
        ];
        for (code, status, meaning) in table {
            assert_eq!(trade(&said(code, status), 2000), meaning, "{code} {status}");
        }
        assert_eq!(
            trade(&said("OK", "SUCCESS"), 1999),
            Err(ProviderFault::Contradiction),
            "another amount"
        );
    }

    #[test]
    fn every_documented_answer_to_a_refund_has_its_meaning() {
        let table = [
            ("OK", "SUCCESS", Repaid::Done),
            ("OK", "PROCESSING", Repaid::OnItsWay),
            ("OK", "ABNORMAL", Repaid::Refused),
            ("OK", "CLOSED", Repaid::Refused),
            ("NOT_ENOUGH", "", Repaid::OnItsWay),
            ("SYSTEM_ERROR", "", Repaid::OnItsWay),
            ("USER_ACCOUNT_ABNORMAL", "", Repaid::Refused),
        ];
        for (code, status, meaning) in table {
            assert_eq!(repaid(&said(code, status)), Ok(meaning), "{code} {status}");
        }
        assert_eq!(
            repaid(&said("FREQUENCY_LIMITED", "")),
            Err(ProviderFault::Limited)
        );
    }
}
