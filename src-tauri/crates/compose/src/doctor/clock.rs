//! This machine's clock, against the server's signed time and the audit trail.

use super::finding::Finding;
use super::patient::{Link, Patient};
use domain::Moment;

pub(super) fn check(patient: &Patient<'_>) -> Vec<Finding> {
    let server = match patient.link {
        Link::Answers(at) => Some(at),
        _ => None,
    };
    let last = patient.inspection().and_then(|i| i.last_line().ok().flatten());
    vec![judge(patient.now, server, last, patient.limits.clock.apart_s)]
}

/// `last` is when the station last wrote something down: the clock was not before that.
fn judge(now: Moment, server: Option<Moment>, last: Option<Moment>, apart_s: i64) -> Finding {
    let remedy = "set the clock right, or have the system set it from the network";
    let seconds = |from: Moment| now.since(from) / 1_000;
    match (server.map(seconds), last.map(seconds)) {
        (Some(ahead), _) if ahead.abs() > apart_s => {
            let side = if ahead > 0 { "ahead of" } else { "behind" };
            let sentence = format!("the clock is {} s {side} the server's", ahead.abs());
            Finding::trouble("clock_wrong", sentence, remedy)
        }
        (Some(ahead), _) => Finding::well("clock_right", format!("the clock is {ahead} s from the server's")),
        (None, Some(ahead)) if ahead < -apart_s => {
            let sentence = format!(
                "the clock is {} s behind the last line of the audit trail",
                ahead.abs()
            );
            Finding::trouble("clock_behind", sentence, remedy)
        }
        (None, _) => Finding::notice(
            "clock_not_compared",
            "the clock was compared with no server's",
            "compare it with another clock",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_are_compared_either_way() {
        let now = Moment(1_800_000_000_000);
        let judged = |server: Option<i64>, last: Option<i64>| {
            let moved = |ms: i64| now.plus(ms);
            judge(now, server.map(moved), last.map(moved), 300).code
        };
        let year = 365 * 86_400_000;
        assert_eq!(judged(Some(300_000), None), "clock_right");
        assert_eq!(judged(Some(301_000), None), "clock_wrong");
        assert_eq!(judged(Some(-year), Some(-5_000)), "clock_wrong");
        assert_eq!(judged(Some(year), None), "clock_wrong");
        assert_eq!(judged(None, Some(year)), "clock_behind");
        assert_eq!(judged(None, Some(-year)), "clock_not_compared");
        assert_eq!(judged(None, None), "clock_not_compared");
        // The server knows better than what was written down by a clock that ran ahead.
        assert_eq!(judged(Some(0), Some(year)), "clock_right");
    }
}
