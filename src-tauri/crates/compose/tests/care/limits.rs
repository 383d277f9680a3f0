//! The doctor's list of limits.

use compose::doctor::Limits;

#[test]
fn unknown_keys_are_refused() {
    let text = include_str!("../../../../../assets/doctor.toml");
    assert_eq!(Limits::parse(text).unwrap(), Limits::builtin().unwrap());
    assert!(Limits::parse(&format!("surprise = 1\n{text}")).is_err());
    assert!(Limits::parse(&text.replace("low_mb", "low")).is_err());
}
