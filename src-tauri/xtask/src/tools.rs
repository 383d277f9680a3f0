//! The tools a person brings: git, Node with npm, Python 3. Cargo is there, or nobody would read this.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Result, bail};

/// npm as this system calls it.
pub(crate) const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };
/// Python 3 as this system calls it.
pub(crate) const PYTHON: &str = if cfg!(windows) { "python" } else { "python3" };

/// Name, command, least version (major, minor), and what to do.
const TOOLS: [(&str, &str, (u32, u32), &str); 4] = [
    ("git", "git", (2, 20), "install git"),
    ("Node", "node", (20, 0), "install Node 20 or later"),
    ("npm", NPM, (9, 0), "install npm; it comes with Node"),
    ("Python", PYTHON, (3, 9), "install Python 3.9 or later"),
];

/// Checks that each tool is there and new enough.
///
/// # Errors
/// When one is not; all that are wrong are named at once.
pub(crate) fn check(root: &Path) -> Result<()> {
    let problems: Vec<String> = TOOLS.iter().filter_map(|tool| problem(root, tool)).collect();
    if problems.is_empty() {
        return Ok(());
    }
    bail!("{}", problems.join("\n"));
}

fn problem(root: &Path, (name, command, least, remedy): &(&str, &str, (u32, u32), &str)) -> Option<String> {
    let output = Command::new(command)
        .arg("--version")
        .current_dir(root)
        .stdin(Stdio::null())
        .output();
    let Ok(output) = output else {
        return Some(format!("{name} was not found; what to do: {remedy}"));
    };
    let said = String::from_utf8_lossy(&output.stdout);
    match version(&said) {
        Some(found) if found >= *least => None,
        Some(_) => Some(format!(
            "{name} is too old ({}); what to do: {remedy}",
            said.trim()
        )),
        None => Some(format!("{name} does not tell its version; what to do: {remedy}")),
    }
}

/// The first `major.minor` in what a tool says about itself.
fn version(said: &str) -> Option<(u32, u32)> {
    let digits = said.find(|letter: char| letter.is_ascii_digit())?;
    let mut parts = said.get(digits..)?.split(|letter: char| !letter.is_ascii_digit());
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_found_in_what_tools_say() {
        let cases = [
            ("git version 2.39.5\n", Some((2, 39))),
            ("v20.20.2\n", Some((20, 20))),
            ("11.19.1\n", Some((11, 19))),
            ("Python 3.11.2\n", Some((3, 11))),
            ("nothing", None),
        ];
        for (said, expected) in cases {
            assert_eq!(version(said), expected, "{said}");
        }
    }
}
