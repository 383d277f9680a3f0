//! Calendar dates without a time zone.

use serde::{Deserialize, Serialize};

/// A day of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// 1970-01-01.
    pub const EPOCH: Self = Self {
        year: 1970,
        month: 1,
        day: 1,
    };

    /// `None` when there is no such day.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => return None,
        };
        (day >= 1 && day <= days).then_some(Self { year, month, day })
    }

    /// The year.
    pub const fn year(&self) -> u16 {
        self.year
    }

    /// The month, 1..=12.
    pub const fn month(&self) -> u8 {
        self.month
    }

    /// The day, 1..=31.
    pub const fn day(&self) -> u8 {
        self.day
    }

    /// Reads a day as cards and forms write it: `2006-03-12`, `2006.3.12`, `2006/03/12`, `20060312`, `2006年3月12日`.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim().trim_end_matches('日');
        let parts: Vec<&str> = if text.len() == 8 && text.is_ascii() && !text.contains(['-', '.', '/']) {
            vec![&text[..4], &text[4..6], &text[6..]]
        } else {
            text.split(['-', '.', '/', '年', '月']).map(str::trim).collect()
        };
        let [year, month, day] = parts.as_slice() else {
            return None;
        };
        let digits = |part: &&str| part.bytes().all(|b| b.is_ascii_digit());
        if year.len() != 4 || ![year, month, day].into_iter().all(digits) {
            return None;
        }
        Self::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }

    /// The same day some months later, or the last one of that month.
    pub fn plus_months(self, months: u32) -> Self {
        let total = u32::from(self.year) * 12 + u32::from(self.month) - 1 + months;
        let (year, month) = ((total / 12).min(9999) as u16, (total % 12 + 1) as u8);
        let last = (1..=self.day).rev().find_map(|day| Self::new(year, month, day));
        last.unwrap_or(self)
    }

    /// A few days later: not more than 28.
    pub fn plus_days(self, days: u8) -> Self {
        let day = self.day + days.min(28);
        Self::new(self.year, self.month, day).unwrap_or_else(|| {
            let length = (28..=31u8)
                .rev()
                .find(|last| Self::new(self.year, self.month, *last).is_some())
                .unwrap_or(28);
            let first = Self { day: 1, ..self }.plus_months(1);
            Self {
                day: day - length,
                ..first
            }
        })
    }

    /// Full years from this day to `today`; 0 when `today` is earlier.
    pub fn age(&self, today: Self) -> u32 {
        let years = u32::from(today.year).saturating_sub(u32::from(self.year));
        let before_birthday = (today.month, today.day) < (self.month, self.day);
        years.saturating_sub(u32::from(before_birthday))
    }
}

impl std::fmt::Display for Date {
    /// `2006-03-12`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn age_turns_on_the_birthday() {
        let born = Date::new(2012, 11, 24).unwrap();
        assert_eq!(born.age(Date::new(2026, 11, 23).unwrap()), 13);
        assert_eq!(born.age(Date::new(2026, 11, 24).unwrap()), 14);
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        for (y, m, d) in [
            (2023, 2, 29),
            (1900, 2, 29),
            (2024, 4, 31),
            (2024, 13, 1),
            (2024, 0, 1),
            (2024, 1, 0),
        ] {
            assert_eq!(Date::new(y, m, d), None, "{y}-{m}-{d}");
        }
        assert!(Date::new(2000, 2, 29).is_some());
    }

    #[test]
    fn days_are_read_as_cards_write_them() {
        let day = Date::new(2006, 3, 12);
        for text in [
            "2006-03-12",
            "2006.3.12",
            " 2006/03/12",
            "20060312",
            "2006年3月12日",
        ] {
            assert_eq!(Date::read(text), day, "{text}");
        }
        for text in [
            "",
            "2006",
            "06-03-12",
            "2006-02-30",
            "2006-3",
            "+006-3-1",
            "２００６-3-1",
            "2006--1",
        ] {
            assert_eq!(Date::read(text), None, "{text}");
        }
        assert_eq!(Date::new(2006, 3, 12).unwrap().to_string(), "2006-03-12");
    }

    #[test]
    fn months_and_days_are_counted_on() {
        let day = |y, m, d| Date::new(y, m, d).unwrap();
        assert_eq!(day(2024, 2, 29).plus_months(12), day(2025, 2, 28));
        assert_eq!(day(2025, 12, 31).plus_months(2), day(2026, 2, 28));
        assert_eq!(day(2025, 12, 31).plus_days(1), day(2026, 1, 1));
        assert_eq!(day(2024, 2, 28).plus_days(1), day(2024, 2, 29));
        assert_eq!(day(2024, 2, 29).plus_days(1), day(2024, 3, 1));
    }
}
