//! Every code the station can send has a message in every language.

use acceptance::root::root;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

fn languages() -> BTreeMap<String, BTreeMap<String, String>> {
    let folder = root().join("ui/messages");
    let entries = fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "json"))
        .map(|path| {
            let name = path
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let text = fs::read_to_string(&path).expect("messages");
            (
                name.clone(),
                serde_json::from_str(&text).unwrap_or_else(|e| panic!("{name}: {e}")),
            )
        })
        .collect()
}

/// Every key the station's codes need.
fn needed() -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    let mut both = |key: String| {
        keys.insert(format!("{key}.do"));
        keys.insert(key);
    };
    // What happened and what to do.
    domain::session::Refusal::CODES
        .iter()
        .for_each(|code| both(format!("refusal.{code}")));
    for flaw in domain::document::Flaw::ALL {
        both(format!("card.flaw.{}", flaw.code()));
    }
    domain::session::CodeRefusal::CODES
        .iter()
        .for_each(|code| both(format!("refusal.{code}")));
    for code in FAULTS {
        both(format!("fault.{code}"));
    }
    let departures = photo::DepartureCode::ALL
        .iter()
        .map(|code| format!("departure.{}", code.code()));
    keys.extend(departures);
    keys.insert("departure.failed".to_string());
    let codes = quality::codes().expect("the rules the program was built with");
    keys.extend(codes.checks.iter().map(|id| format!("check.{id}")));
    keys.extend(
        codes
            .instructions
            .iter()
            .map(|code| format!("instruction.{code}")),
    );
    keys.extend(codes.reasons.iter().map(|code| format!("reason.{code}")));
    keys.extend(codes.units.iter().map(|unit| format!("unit.{unit}")));
    keys.extend(codes.ticks.iter().map(|id| format!("tick.{id}")));
    keys.extend(codes.exceptions.iter().map(|code| format!("exception.{code}")));
    keys.extend(VERDICTS.map(|verdict| format!("verdict.{verdict}")));
    keys.extend(MEASURED.iter().map(|id| format!("measured.{id}")));
    keys.extend(
        central::REASONS
            .iter()
            .map(|(code, _)| format!("reason.review.{code}")),
    );
    let roster_codes = roster::CODES.iter().chain(&uplink::ROSTER_CODES);
    keys.extend(roster_codes.map(|code| format!("roster.{code}")));
    {
        use domain::identity::name::NameWarning;
        use domain::identity::validity::ValidityWarning;
        use domain::identity::{DocumentKind, IdentityException, NumberWarning};
        keys.extend(DocumentKind::ALL.map(|kind| format!("document.{}", kind.code())));
        keys.extend(NumberWarning::ALL.map(|w| format!("number_warning.{}", w.code())));
        keys.extend(NameWarning::ALL.map(|w| format!("name_warning.{}", w.code())));
        keys.extend(ValidityWarning::ALL.map(|w| format!("validity_warning.{}", w.code())));
        keys.extend(IdentityException::ALL.map(|why| format!("identity_exception.{}", why.code())));
    }
    keys.extend(EVIDENCE.iter().map(|code| format!("evidence.{code}")));
    keys.extend(
        ["order", "cash", "prepaid", "exempt", "voucher", "at_sync"].map(|method| format!("method.{method}")),
    );
    keys.extend(domain::payment::Channel::ALL.map(|channel| format!("channel.{}", channel.code())));
    keys.extend(["offline", "not_on_roster", "no_vouchers"].map(|code| format!("method_closed.{code}")));
    keys
}

/// Codes of faults that reach the screen; `faults_are_all_listed` compares them with the enums.
const FAULTS: &[&str] = &[
    "acknowledgement_invalid",
    "camera_blind",
    "camera_busy",
    "camera_failed",
    "camera_format",
    "camera_gone",
    "camera_locked",
    "camera_locked_light",
    "camera_locked_unseen",
    "camera_no_controls",
    "camera_none",
    "camera_not_open",
    "camera_permission",
    "camera_stalled",
    "change_invalid",
    "day_not_counted",
    "day_not_explained",
    "day_signed",
    "inference",
    "model_missing",
    "no_face_to_measure",
    "no_operators",
    "no_server_key",
    "no_sessions",
    "not_a_supervisor",
    "not_withdrawable",
    "number_nobody",
    "number_several",
    "packet_damaged",
    "paid_twice",
    "held_unpaid",
    "paper_failed",
    "paper_folder",
    "paper_font",
    "paper_made",
    "picture_animated",
    "picture_colour",
    "picture_corrupt",
    "picture_cut_short",
    "picture_file_too_large",
    "picture_format",
    "picture_layout",
    "picture_profile",
    "picture_too_large",
    "picture_unreadable",
    "pin_locked",
    "pin_wrong",
    "quality_policy_invalid",
    "receipt_nothing_paid",
    "voucher_refused",
    "refund_not_taken",
    "refund_refused",
    "roster_rows",
    "roster_unreadable",
    "scan_in_english",
    "scan_nowhere",
    "scan_pay_code",
    "seal_failed",
    "second_instance",
    "server_certificate",
    "server_error",
    "server_nonsense",
    "server_refused",
    "server_unreachable",
    "server_version",
    "settings_invalid",
    "setup_invalid",
    "sitter_choice_not_kept",
    "sitter_choice_unreadable",
    "sitter_window",
    "specification_impossible",
    "specification_unknown",
    "specification_unreadable",
    "station_not_accepted",
    "stick_altered",
    "stick_failed",
    "stick_full",
    "stick_gone",
    "stick_read_only",
    "store_failed",
    "store_full",
    "store_newer",
    "store_not_private",
    "store_read_only",
    "system",
    "training_picture",
    "upload_mismatch",
    "worker_lost",
];

/// Words of a result.
const VERDICTS: [&str; 5] = ["pass", "warn", "fail", "not_assessed", "asked"];

const MEASURED: [&str; 18] = [
    "width",
    "height",
    "density",
    "bytes",
    "coding",
    "quality",
    "background_colour",
    "background_even",
    "background_remnant",
    "faces",
    "crown",
    "eyes",
    "chin",
    "face_width",
    "head_height",
    "eye_distance",
    "centre",
    "edge",
];

const EVIDENCE: [&str; 16] = [
    "own_code",
    "compared",
    "typed",
    "vouched",
    "student_number",
    "prepaid",
    "cash",
    "order",
    "exempt",
    "no_fee",
    "unknown",
    "accepted",
    "overridden",
    "measured",
    "held",
    "wrong",
];

#[test]
fn every_code_has_a_message_in_every_language() {
    let languages = languages();
    assert!(
        languages.contains_key("zh-CN") && languages.contains_key("en"),
        "{:?}",
        languages.keys()
    );
    let mut missing = vec![];
    for (language, messages) in &languages {
        for key in needed() {
            match messages.get(&key) {
                Some(text) if !text.trim().is_empty() => {}
                _ => missing.push(format!("{language}: {key}")),
            }
        }
    }
    assert!(missing.is_empty(), "{} missing: {missing:#?}", missing.len());
}

#[test]
fn languages_have_the_same_keys_and_arguments() {
    let languages = languages();
    let reference = &languages["zh-CN"];
    for (language, messages) in &languages {
        let keys = |m: &BTreeMap<String, String>| m.keys().cloned().collect::<BTreeSet<_>>();
        let differing: Vec<_> = keys(reference)
            .symmetric_difference(&keys(messages))
            .cloned()
            .collect();
        assert!(
            differing.is_empty(),
            "{language} and zh-CN differ in {differing:?}"
        );
        for (key, text) in messages {
            assert_eq!(arguments(text), arguments(&reference[key]), "{language}: {key}");
        }
    }
}

fn arguments(text: &str) -> BTreeSet<String> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split(['}', ',']).next())
        .map(str::to_string)
        .collect()
}

#[test]
fn faults_are_all_listed() {
    use domain::port::{CentralFault, StickFault, StoreFault};
    let said = String::new;
    let central = [
        CentralFault::Unreachable(said()),
        CentralFault::Nonsense(said()),
        CentralFault::Trouble(said()),
        CentralFault::Certificate(said()),
        CentralFault::Unaccepted(said()),
        CentralFault::Versions(said()),
        CentralFault::Refused(said()),
        CentralFault::Mismatch,
        CentralFault::Acknowledgement(said()),
    ];
    let store = [
        StoreFault::Full,
        StoreFault::ReadOnly,
        StoreFault::Newer { found: 2, known: 1 },
        StoreFault::NotPrivate,
        StoreFault::InUse,
        StoreFault::PacketDamaged(said()),
        StoreFault::Failed(said()),
    ];
    let sticks = [
        StickFault::Gone,
        StickFault::Full,
        StickFault::ReadOnly,
        StickFault::Altered(said()),
        StickFault::PacketDamaged(said()),
        StickFault::Failed(said()),
    ];
    let codes = central
        .iter()
        .map(CentralFault::code)
        .chain(store.iter().map(StoreFault::code))
        .chain(sticks.iter().map(StickFault::code))
        .chain(photo::decode::DecodeFault::CODES)
        .chain(photo::specification::SpecificationFault::CODES);
    for code in codes {
        assert!(FAULTS.contains(&code), "{code} is not listed");
    }
    // Codes that stand as words in the sources: every `fault.<code>` must be listed too.
    for folder in [
        "src-tauri/crates/station/src",
        "src-tauri/crates/compose/src",
        "src-tauri/src",
    ] {
        for (path, text) in super::shape::sources(folder) {
            for rest in text.split("\"fault.").skip(1) {
                let code = rest.split('"').next().unwrap_or_default();
                let plain = code.chars().all(|c| c.is_ascii_lowercase() || c == '_');
                assert!(
                    !plain || FAULTS.contains(&code),
                    "{path}: fault.{code} is not listed"
                );
            }
        }
    }
}
