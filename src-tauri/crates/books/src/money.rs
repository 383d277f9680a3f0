//! Money as it is written. Whole numbers only.

/// Fen as yuan with two places, e.g. `20.00`, `-10.00`.
pub fn yuan(fen: i64) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    let fen = fen.unsigned_abs();
    format!("{sign}{}.{:02}", fen / 100, fen % 100)
}

const DIGITS: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
const PLACES: [&str; 4] = ["", "拾", "佰", "仟"];
const GROUPS: [&str; 3] = ["", "万", "亿"];

/// Fen in the capitals of receipts (《支付结算办法》, annex 1: 正确填写票据和结算凭证的基本规定), e.g. `贰拾元整`,
/// `壹仟零伍元叁角贰分`, `叁角整`, `贰元零伍分`.
pub fn in_capitals(fen: u32) -> String {
    let (yuan, jiao, rest) = (fen / 100, fen / 10 % 10, fen % 10);
    let digit = |n: u32| DIGITS[n as usize % 10];
    let mut text = String::new();
    if yuan > 0 {
        text.push_str(&whole(yuan));
        text.push('元');
    }
    if jiao == 0 && rest == 0 {
        if text.is_empty() {
            text.push_str("零元");
        }
        text.push('整');
        return text;
    }
    if jiao > 0 {
        text.push(digit(jiao));
        text.push('角');
    } else if yuan > 0 {
        text.push('零');
    }
    if rest > 0 {
        text.push(digit(rest));
        text.push('分');
    } else {
        text.push('整');
    }
    text
}

/// A whole number above 0.
fn whole(number: u32) -> String {
    let mut groups = vec![];
    let mut rest = number;
    while rest > 0 {
        groups.push(rest % 10_000);
        rest /= 10_000;
    }
    let mut text = String::new();
    let mut gap = false;
    for (at, group) in groups.iter().enumerate().rev() {
        if *group == 0 {
            gap = !text.is_empty();
            continue;
        }
        if gap || (!text.is_empty() && *group < 1_000) {
            text.push('零');
        }
        gap = false;
        text.push_str(&four(*group));
        text.push_str(GROUPS[at]);
    }
    text
}

/// 1 to 9999.
fn four(group: u32) -> String {
    let mut text = String::new();
    let mut gap = false;
    for place in (0..4).rev() {
        let digit = group / 10u32.pow(place) % 10;
        if digit == 0 {
            gap = !text.is_empty();
            continue;
        }
        if gap {
            text.push('零');
        }
        gap = false;
        text.push(DIGITS[digit as usize]);
        text.push_str(PLACES[place as usize]);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yuan_keeps_two_places() {
        for (fen, text) in [
            (0, "0.00"),
            (5, "0.05"),
            (2_000, "20.00"),
            (-1_000, "-10.00"),
            (104_000, "1040.00"),
        ] {
            assert_eq!(yuan(fen), text);
        }
    }

    #[test]
    fn capitals_follow_the_rule() {
        for (fen, text) in [
            (0, "零元整"),
            (2_000, "贰拾元整"),
            (1_500, "壹拾伍元整"),
            (30, "叁角整"),
            (5, "伍分"),
            (205, "贰元零伍分"),
            (100_532, "壹仟零伍元叁角贰分"),
            (100_000_000, "壹佰万元整"),
            (1_000_500, "壹万零伍元整"),
            (10_000_100, "壹拾万零壹元整"),
            (1_050_000, "壹万零伍佰元整"),
            (140_950, "壹仟肆佰零玖元伍角整"),
        ] {
            assert_eq!(in_capitals(fen), text, "{fen}");
        }
    }
}
