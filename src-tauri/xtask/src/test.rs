//! `cargo xtask test`: every check and every test, and one line that sums them up.

use std::fmt::Display;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};

use crate::compile::{self, FEATURES};
use crate::tally::Tally;
use crate::{progress, setup, ui};

/// A test that finds at run time that it cannot run appends `name<TAB>reason` to the file that this variable names.
const SKIPS: &str = "TEST_SKIPS";

/// Sets everything up, runs every test and closes with `N passed, N failed, N skipped`.
///
/// # Errors
/// When the set-up fails: then no test was run.
pub(crate) fn run(root: &Path) -> Result<ExitCode> {
    setup::everything(root)?;
    let skips = root.join("target/xtask/skips.tsv");
    fs::write(&skips, "").with_context(|| format!("{} cannot be written", skips.display()))?;

    let mut run = Run::default();
    run.check("types of the user interface", || ui::check(root));
    run.tests("tests of the user interface", |each| ui::test(root, each));
    run.check("format of the Rust sources", || {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        crate::external::External::new(root, "cargo-fmt", cargo)
            .args(["fmt", "--all", "--check"])
            .remedy("run `cargo fmt --all` (and `rustup component add rustfmt` if it is not there)")
            .run()
    });
    let built = run.check("build of the programs", || compile::programs(root, &[]));
    if built {
        run.tests("tests of the Rust sources", |each| {
            compile::cargo(root, "cargo-test", &["test", "--workspace", "--no-fail-fast"])
                .args(FEATURES)
                .env(SKIPS, &skips)
                .remedy("mend the tests that are named as failed above")
                .live()
                .run_with(each)
        });
    }
    run.check("lints of the Rust sources", || {
        compile::cargo(root, "cargo-clippy", &["clippy", "--workspace", "--all-targets"])
            .args(FEATURES)
            .args(["--", "-D", "warnings"])
            .remedy("mend the lints above (and `rustup component add clippy` if it is not there)")
            .run()
    });
    run.note_skips(&fs::read_to_string(&skips).unwrap_or_default());
    Ok(run.close(std::env::var("CI").is_ok_and(|ci| ci == "true")))
}

/// One run of all checks.
#[derive(Default)]
struct Run {
    tally: Tally,
    failures: Vec<String>,
}

impl Run {
    /// A step that holds or does not: it counts only when it does not. Tells whether it held.
    fn check<E: Display>(&mut self, title: &str, step: impl FnOnce() -> Result<(), E>) -> bool {
        progress::step(title);
        let outcome = step();
        if let Err(error) = &outcome {
            self.failed(title, error);
        }
        outcome.is_ok()
    }

    /// A step that runs tests, whose numbers are read from its output.
    fn tests<E: Display>(&mut self, title: &str, step: impl FnOnce(&mut dyn FnMut(&str)) -> Result<(), E>) {
        progress::step(title);
        let mut found = Tally::default();
        let outcome = step(&mut |line| found.add_line(line));
        self.tally.add(found);
        if let Err(error) = outcome {
            if found.failed == 0 {
                self.failed(title, &error); // it broke before, or without, a failing test
            } else {
                self.failures.push(format!("{title}: {} failed", found.failed));
            }
        }
    }

    fn failed(&mut self, title: &str, error: &dyn Display) {
        eprintln!("{title}: failed: {error:#}");
        self.tally.failed += 1;
        self.failures.push(title.to_owned());
    }

    fn note_skips(&mut self, lines: &str) {
        for line in lines.lines().filter(|line| !line.is_empty()) {
            println!("skipped: {}", line.replace('\t', ": "));
            self.tally.skipped_inside(1);
        }
    }

    /// Prints the last lines; in CI a skipped test is a failure.
    fn close(mut self, ci: bool) -> ExitCode {
        if ci && self.tally.skipped > 0 {
            self.failures
                .push("with CI=true no test may be skipped".to_owned());
        }
        progress::step(if self.failures.is_empty() {
            "all checks held"
        } else {
            "not all checks held:"
        });
        for failure in &self.failures {
            progress::note(failure);
        }
        println!("{}", self.tally);
        if self.failures.is_empty() && self.tally.failed == 0 {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(run: Run, ci: bool) -> String {
        format!("{:?}", run.close(ci))
    }

    fn after(step: impl FnOnce(&mut Run)) -> Run {
        let mut run = Run::default();
        step(&mut run);
        run
    }

    #[test]
    fn a_broken_step_is_one_failed_and_failing_tests_count_themselves() {
        let broken = after(|run| run.tests("t", |_| Err("it was killed")));
        assert_eq!(broken.tally.failed, 1);
        let failing = after(|run| {
            run.tests("t", |each| {
                each("test result: FAILED. 1 passed; 3 failed; 0 ignored");
                Err("ended with 101")
            });
        });
        assert_eq!(
            failing.tally,
            Tally {
                passed: 1,
                failed: 3,
                skipped: 0
            }
        );
        assert_eq!(code(failing, false), format!("{:?}", ExitCode::FAILURE));
    }

    #[test]
    fn a_skip_fails_only_in_ci() {
        let skipping = || {
            after(|run| {
                run.tests("t", |each| {
                    each("test result: ok. 2 passed; 0 failed; 0 ignored");
                    Ok::<(), String>(())
                });
                run.note_skips("camera\tno camera here\n");
            })
        };
        assert_eq!(
            skipping().tally,
            Tally {
                passed: 1,
                failed: 0,
                skipped: 1
            }
        );
        assert_eq!(code(skipping(), false), format!("{:?}", ExitCode::SUCCESS));
        assert_eq!(code(skipping(), true), format!("{:?}", ExitCode::FAILURE));
    }
}
