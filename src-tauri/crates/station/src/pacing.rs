//! When orders are asked about and given up, from `assets/payment.toml`.

use domain::payment;
use serde::Deserialize;

const NUMBERS: &str = include_str!("../../../../assets/payment.toml");
const MS: i64 = 1000;

/// When orders are asked about and given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pacing {
    pub(crate) orders: payment::Pacing,
    /// Milliseconds from one question about a closed order to the next.
    pub(crate) ask_closed_ms: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Numbers {
    code_lasts: Seconds,
    told: Seconds,
    ask_closed: Seconds,
}

/// A number with where it comes from.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Seconds {
    seconds: i64,
    #[serde(rename = "source")]
    _source: String,
    #[serde(rename = "confidence")]
    _confidence: String,
}

impl Pacing {
    /// The numbers this program was built with.
    pub(crate) fn builtin() -> Result<Self, toml::de::Error> {
        let numbers: Numbers = toml::from_str(NUMBERS)?;
        Ok(Self {
            orders: payment::Pacing {
                lasts_ms: numbers.code_lasts.seconds * MS,
                told_ms: (numbers.code_lasts.seconds + numbers.told.seconds) * MS,
            },
            ask_closed_ms: numbers.ask_closed.seconds * MS,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Pacing;

    #[test]
    fn the_numbers_can_be_read_and_are_in_order() {
        let pacing = Pacing::builtin().unwrap();
        assert!(pacing.orders.lasts_ms >= 60_000 && pacing.orders.told_ms > pacing.orders.lasts_ms);
        assert!(pacing.ask_closed_ms >= 1000);
    }
}
