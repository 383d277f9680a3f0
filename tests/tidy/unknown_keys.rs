//! Unknown keys are errors in every file a person or a server hands over.

use acceptance::root::root;
use std::fs;

fn asset(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// The text with a key nobody knows in front, so that it stands in the top table.
fn spoiled(text: &str) -> String {
    format!("surprise = 1\n{text}")
}

#[test]
fn in_settings() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(
        folder.path().join("settings.toml"),
        "[camera]\nsuorce = \"auto\"\n",
    )
    .expect("written");
    let fault = compose::Settings::load(folder.path()).expect_err("refused");
    let words = format!("{:#}", anyhow::Error::from(fault));
    assert!(words.contains("suorce"), "the fault names the key: {words}");
}

#[test]
fn in_a_specification() {
    let text = asset("assets/specifications/graduation-480x640.toml");
    assert!(photo::specification::parse(&text).is_ok());
    assert!(photo::specification::parse(&spoiled(&text)).is_err());
}

#[test]
fn in_the_limits() {
    let text = asset("assets/quality.toml");
    assert!(quality::Limits::parse(&text).is_ok());
    assert!(quality::Limits::parse(&spoiled(&text)).is_err());
}

#[test]
fn in_the_limits_of_cards() {
    let text = asset("assets/card.toml");
    assert!(card::Limits::parse(&text).is_ok());
    assert!(card::Limits::parse(&spoiled(&text)).is_err());
    assert!(card::Limits::parse(&text.replace("doubt = 6.5", "doubt = 6.5\nsurprise = 1")).is_err());
}

#[test]
fn in_a_session_set_up() {
    let text = r#"
        id = "s"
        version = 1
        school = "样例学校"
        title = "t"
        kind = "roster"
        specification = "graduation-480x640"
        payment_methods = ["cash"]
        [policy]
        hold_photo_while_payment_unknown = true
        attempts_before_override = 2
        photograph_card = false
        auto_shutter_hold_s = 1.0
        [fee]
        amount_fen = 1
        text = "f"
        [agreement]
        version = "1"
        title = "a"
        text = "x"
        sha256 = "h"
        [contact]
        phone = "1"
        hours = "h"
        qr = ""
    "#;
    assert!(toml::from_str::<domain::setup::SessionSetup>(text).is_ok());
    assert!(toml::from_str::<domain::setup::SessionSetup>(&spoiled(text)).is_err());
    let nested = text.replace("amount_fen = 1", "amount_fen = 1\n amount_yuan = 2");
    assert!(toml::from_str::<domain::setup::SessionSetup>(&nested).is_err());
    let with = |policy: &str| {
        let text = text.replace("[fee]", &format!("[policy.quality]\n{policy}\n[fee]"));
        toml::from_str::<domain::setup::SessionSetup>(&text)
    };
    let relaxed = with("base = \"relaxed\"").expect("a policy by name");
    assert!(quality::Rules::under(&relaxed.policy.quality).is_ok());
    assert!(with("base = \"relaxed\"\nlimit = {}").is_err());
    // What a set-up can be read with may still name nothing that exists.
    let unknown = with("base = \"relaxed\"\nforce = { nose = \"off\" }").expect("it reads");
    assert!(quality::Rules::under(&unknown.policy.quality).is_err());
}

#[test]
fn in_a_command_of_the_window() {
    let command = |text: &str| serde_json::from_str::<station::contract::Command>(text);
    assert!(command(r#"{"do":"ready"}"#).is_ok());
    assert!(command(r#"{"do":"show_class","name":"a"}"#).is_ok());
    assert!(command(r#"{"do":"tick","tick":"head","answer":"fits"}"#).is_ok());
    assert!(command(r#"{"do":"tick","tick":"head","answer":"perhaps"}"#).is_err());
    assert!(command(r#"{"do":"show_class","name":"a","free":true}"#).is_err());
    assert!(
        command(r#"{"do":"import_photo","path":"x"}"#).is_err(),
        "there is no file import"
    );
}
