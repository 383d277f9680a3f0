//! Document numbers: published examples, each fault at its place, and what each standard promises.

mod eighteen;
mod kinds;
mod validity;
mod zones;

use domain::identity::date::Date;

pub(crate) fn today() -> Date {
    Date::new(2026, 11, 24).expect("a day")
}
