//! The fuzzer: libFuzzer on the door named by `STATION_FUZZ_TARGET`.

#![no_main]

use std::sync::LazyLock;

static RUN: LazyLock<fn(&[u8])> = LazyLock::new(|| {
    let name = std::env::var("STATION_FUZZ_TARGET").unwrap_or_default();
    let target = fuzz::TARGETS.iter().find(|target| target.name == name);
    target.map_or_else(
        || panic!("STATION_FUZZ_TARGET names no target: {name:?}"),
        |target| target.run,
    )
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| RUN(bytes));
