//! The fuzzer: libFuzzer on the door named by `STATION_FUZZ_TARGET`.

#![no_main]

use std::panic::{catch_unwind, resume_unwind};
use std::sync::{LazyLock, Mutex};

static TARGET: LazyLock<fuzz::Target> = LazyLock::new(|| {
    let name = std::env::var("STATION_FUZZ_TARGET").unwrap_or_default();
    let target = fuzz::TARGETS.iter().find(|target| target.name == name);
    *target.unwrap_or_else(|| panic!("STATION_FUZZ_TARGET names no target: {name:?}"))
});

/// Words of the last panic, whether or not somebody caught it.
static WORDS: Mutex<String> = Mutex::new(String::new());

/// libFuzzer's own hook ends the program at every panic. The decoder's door catches those of foreign decoders, which
/// is what it promises; only a panic that leaves a door is a find.
fn listen() {
    LazyLock::force(&TARGET);
    std::panic::set_hook(Box::new(|panic| {
        if let Ok(mut words) = WORDS.lock() {
            *words = panic.to_string();
        }
    }));
}

fn check(bytes: &[u8]) {
    if let Err(panic) = catch_unwind(|| TARGET.check(bytes)) {
        let words = WORDS.lock().map(|words| words.clone()).unwrap_or_default();
        eprintln!("{words}");
        resume_unwind(panic);
    }
}

libfuzzer_sys::fuzz_target!(init: listen(), |bytes: &[u8]| check(bytes));
