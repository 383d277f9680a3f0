//! Provinces, prefectures and counties by their codes of GB/T 2260, those given up included: `assets/divisions.csv`.

use std::sync::LazyLock;

const LIST: &str = include_str!("../../../../../assets/divisions.csv");

/// One code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Division {
    /// Six digits.
    pub code: u32,
    /// The newest name it stood for.
    pub name: &'static str,
    /// Year of the first list with it.
    pub since: u16,
    /// First year without it; none while it is in use.
    pub until: Option<u16>,
}

/// By code, as the file has them.
static DIVISIONS: LazyLock<Vec<Division>> = LazyLock::new(|| LIST.lines().filter_map(read).collect());

fn read(line: &'static str) -> Option<Division> {
    let mut fields = line.split(',');
    Some(Division {
        code: fields.next()?.parse().ok()?,
        name: fields.next()?,
        since: fields.next()?.parse().ok()?,
        until: fields.next()?.parse().ok(),
    })
}

/// The division of a code; `None` when no list has it.
pub fn of(code: u32) -> Option<Division> {
    let found = DIVISIONS.binary_search_by_key(&code, |d| d.code).ok()?;
    DIVISIONS.get(found).copied()
}

/// Province, prefecture and county of a code, as far as listed: `北京市朝阳区`; `None` when the code itself is not.
pub fn whole_name(code: u32) -> Option<String> {
    let own = of(code)?;
    let above = [code / 10_000 * 10_000, code / 100 * 100]
        .into_iter()
        .filter(|upper| *upper != code)
        .filter_map(of);
    Some(above.chain([own]).map(|d| d.name).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read_and_stands_in_order() {
        let lines = LIST.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(DIVISIONS.len(), lines);
        assert!(DIVISIONS.windows(2).all(|pair| pair[0].code < pair[1].code));
        let years = 1981..=2025;
        let plain = |d: &Division| {
            (110_000..900_000).contains(&d.code)
                && !d.name.is_empty()
                && years.contains(&d.since)
                && d.until.is_none_or(|until| until > d.since)
        };
        let odd: Vec<_> = DIVISIONS.iter().filter(|d| !plain(d)).collect();
        assert!(odd.is_empty(), "{odd:?}");
    }

    #[test]
    fn given_up_codes_are_known() {
        // 崇文区 went into 东城区 in 2010; 涪陵地区 was a part of 四川 until 1997.
        assert_eq!(
            of(110_103).map(|d| (d.name, d.until)),
            Some(("崇文区", Some(2010)))
        );
        assert!(of(512_300).is_some());
        assert_eq!(whole_name(110_105).as_deref(), Some("北京市朝阳区"));
        assert_eq!(whole_name(440_305).as_deref(), Some("广东省深圳市南山区"));
        assert_eq!(of(830_000), None);
    }
}
