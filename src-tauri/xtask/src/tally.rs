//! Adds up what test runners say.

use std::fmt;

/// Numbers of tests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Tests that ran and held.
    pub(crate) passed: u32,
    /// Tests that did not hold, and steps that did not get as far as their tests.
    pub(crate) failed: u32,
    /// Tests that were not run.
    pub(crate) skipped: u32,
}

impl Tally {
    /// Reads one line of a test runner's output: a summary adds its numbers, any other line nothing.
    ///
    /// Understands libtest's `test result:`, vitest's `Tests` and the runner inside Node.
    pub(crate) fn add_line(&mut self, line: &str) {
        if let Some(found) = libtest(line).or_else(|| vitest(line)).or_else(|| node(line)) {
            self.add(found);
        }
    }

    /// Adds another tally.
    pub(crate) fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }

    /// Counts tests as skipped that their runner could only report as passed.
    pub(crate) fn skipped_inside(&mut self, count: u32) {
        let count = count.min(self.passed);
        self.passed -= count;
        self.skipped += count;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} passed, {} failed, {} skipped",
            self.passed, self.failed, self.skipped
        )
    }
}

/// `test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.02s`
fn libtest(line: &str) -> Option<Tally> {
    let (_, numbers) = line.trim().strip_prefix("test result: ")?.split_once(". ")?;
    counted(numbers.split(';'))
}

/// `      Tests  1 failed | 10 passed | 2 skipped (13)`
fn vitest(line: &str) -> Option<Tally> {
    let numbers = line.trim().strip_prefix("Tests ")?;
    counted(numbers.split('(').next()?.split('|'))
}

/// `ℹ pass 12` or `# pass 12`, one line for each kind.
fn node(line: &str) -> Option<Tally> {
    let mut words = line.trim().strip_prefix(['ℹ', '#'])?.split_whitespace();
    let (kind, count, end) = (words.next()?, words.next()?.parse().ok()?, words.next());
    end.is_none().then(|| one(kind, count)).flatten()
}

/// Parts such as `12 passed`; a part that says something else is passed over.
fn counted<'a>(parts: impl Iterator<Item = &'a str>) -> Option<Tally> {
    let mut sum: Option<Tally> = None;
    for part in parts {
        let mut words = part.split_whitespace();
        if let (Some(count), Some(kind)) = (words.next().and_then(|word| word.parse().ok()), words.next())
            && let Some(found) = one(kind, count)
        {
            sum.get_or_insert_default().add(found);
        }
    }
    sum
}

fn one(kind: &str, count: u32) -> Option<Tally> {
    let none = Tally::default();
    match kind {
        "passed" | "pass" => Some(Tally {
            passed: count,
            ..none
        }),
        "failed" | "fail" | "cancelled" => Some(Tally {
            failed: count,
            ..none
        }),
        "ignored" | "skipped" | "todo" => Some(Tally {
            skipped: count,
            ..none
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(output: &str) -> (u32, u32, u32) {
        let mut tally = Tally::default();
        output.lines().for_each(|line| tally.add_line(line));
        (tally.passed, tally.failed, tally.skipped)
    }

    #[test]
    fn several_libtest_binaries_add_up() {
        let output = "\
running 3 tests
test a ... ok
test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 4 filtered out; finished in 0.02s
   Doc-tests domain
test result: FAILED. 5 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.50s";
        assert_eq!(sum(output), (7, 2, 1));
    }

    #[test]
    fn vitest_counts_tests_and_not_files() {
        let output =
            " Test Files  1 failed | 2 passed (3)\n      Tests  1 failed | 10 passed | 2 skipped (13)\n";
        assert_eq!(sum(output), (10, 1, 2));
        assert_eq!(sum("      Tests  7 passed (7)"), (7, 0, 0));
    }

    #[test]
    fn the_runner_inside_node_counts() {
        let output = "ℹ tests 6\nℹ suites 0\nℹ pass 4\nℹ fail 1\nℹ cancelled 0\nℹ skipped 1\nℹ todo 0\nℹ duration_ms 44.1";
        assert_eq!(sum(output), (4, 1, 1));
        assert_eq!(sum("# pass 3\n# a comment with pass 9 in it"), (3, 0, 0));
    }

    #[test]
    fn words_of_a_test_are_not_numbers() {
        assert_eq!(
            sum("test says_2_passed ... ok\nthread 'x' panicked: 3 failed; why\nTests are nice"),
            (0, 0, 0)
        );
    }

    #[test]
    fn a_test_that_skipped_itself_is_not_passed() {
        let mut tally = Tally {
            passed: 5,
            failed: 0,
            skipped: 1,
        };
        tally.skipped_inside(2);
        assert_eq!(tally.to_string(), "3 passed, 0 failed, 3 skipped");
    }
}
