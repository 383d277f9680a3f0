//! `cargo xtask fuzz`: coverage-guided fuzzing of the doors for bytes from outside, on the stable toolchain.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::compile;
use crate::external::External;
use crate::system::Purpose;
use crate::{progress, setup};

/// What the compiler adds so that libFuzzer sees which branches were taken; what cargo-fuzz passes on a stable compiler.
const COVERAGE: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
                        -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
                        -Cllvm-args=-sanitizer-coverage-pc-table \
                        -Cllvm-args=-sanitizer-coverage-trace-compares -Cdebug-assertions --cfg=fuzzing";
/// Seconds a target runs unless told otherwise.
const SECONDS: u32 = 60;

/// Fuzzes the targets named, or all: `[target ...] [--seconds N]`.
///
/// # Errors
/// When a target or option is unknown, set-up or build fails, or the fuzzer found something.
pub(crate) fn run(root: &Path, words: &[&str]) -> Result<()> {
    let corpus = root.join("tests/fuzz/corpus");
    let known = targets(&corpus)?;
    let (names, seconds) = parsed(words, &known)?;
    setup::station(root, &[Purpose::Build])?;
    progress::step("building the fuzzer");
    let triple = host()?;
    compile::cargo(root, "cargo-fuzz", &["build", "-p", "fuzz", "--bin", "fuzz"])
        .args([
            "--features",
            "fuzz/libfuzzer",
            "--target",
            &triple,
            "--target-dir",
            "target/fuzz",
        ])
        .env("RUSTFLAGS", COVERAGE)
        .run()?;
    let program = root
        .join("target/fuzz")
        .join(&triple)
        .join("release")
        .join(format!("fuzz{}", std::env::consts::EXE_SUFFIX));
    for name in names {
        progress::step(&format!("fuzzing {name} for {seconds} s"));
        let found = root.join("target/fuzz/found").join(&name);
        fs::create_dir_all(&found).with_context(|| format!("{} cannot be made", found.display()))?;
        External::new(root, &format!("fuzz-{name}"), &program)
            .env("STATION_FUZZ_TARGET", &name)
            .args([&found, &corpus.join(&name)])
            .args([
                format!("-max_total_time={seconds}"),
                "-rss_limit_mb=1024".to_owned(),
                "-malloc_limit_mb=1024".to_owned(),
                "-max_len=65536".to_owned(),
                "-timeout=20".to_owned(),
                "-print_final_stats=1".to_owned(),
                format!("-artifact_prefix=target/fuzz/{name}-"),
            ])
            .remedy("the input that broke it lies at target/fuzz/<target>-<kind>-<hash>: copy it into tests/fuzz/corpus, then mend the parser")
            .live()
            .run()?;
    }
    Ok(())
}

/// Every target has a folder in the corpus; the replay test proves it.
fn targets(corpus: &Path) -> Result<Vec<String>> {
    let entries = fs::read_dir(corpus).with_context(|| format!("{} cannot be read", corpus.display()))?;
    let mut names: Vec<String> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.is_dir())
        .filter_map(|path: PathBuf| path.file_name().and_then(|name| name.to_str()).map(str::to_owned))
        .collect();
    names.sort();
    Ok(names)
}

fn parsed(words: &[&str], known: &[String]) -> Result<(Vec<String>, u32)> {
    let mut names = Vec::new();
    let mut seconds = SECONDS;
    let mut rest = words.iter();
    while let Some(word) = rest.next() {
        if *word == "--seconds" {
            let value = rest.next().context("--seconds wants a number")?;
            seconds = value
                .parse()
                .with_context(|| format!("`{value}` is no number of seconds"))?;
        } else if known.iter().any(|name| name == word) {
            names.push((*word).to_owned());
        } else {
            bail!(
                "`{word}` cannot be fuzzed; what to do: name one of {}",
                known.join(", ")
            );
        }
    }
    if names.is_empty() {
        names = known.to_vec();
    }
    Ok((names, seconds))
}

/// The compiler's own target: named, so that build scripts are not instrumented.
fn host() -> Result<String> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = std::process::Command::new(rustc).arg("-vV").output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let line = text.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(line.context("rustc -vV names no host")?.to_owned())
}
