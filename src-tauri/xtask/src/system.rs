//! System packages: what is missing is installed with apt when that is allowed, else named with the exact line.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::external::External;
use crate::progress;

/// The list, relative to the repository's root.
const LIST: &str = "src-tauri/xtask/system-packages.toml";

/// What a package is needed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To compile and start the station.
    Build,
    /// To open its window without a display.
    Window,
    /// To fetch and convert the models.
    Models,
    /// To check finished photos.
    Check,
}

#[derive(Debug, PartialEq, Eq)]
struct Package {
    name: String,
    purpose: Purpose,
    why: String,
}

/// Sees to it that the packages for `purposes` are installed. Touches no network when they are.
///
/// # Errors
/// When some are missing and may not, or cannot, be installed here.
pub(crate) fn ensure(root: &Path, purposes: &[Purpose]) -> Result<()> {
    let text = fs::read_to_string(root.join(LIST)).with_context(|| format!("{LIST} cannot be read"))?;
    let mut wanted = parse(&text).with_context(|| format!("{LIST} is not as it should be"))?;
    wanted.retain(|package| purposes.contains(&package.purpose));
    if !cfg!(target_os = "linux") {
        progress::note(
            "untested system: Tauri's own prerequisites for it must be installed (a web view, a C compiler)",
        );
        return Ok(());
    }
    let Some(installed) = installed(&wanted) else {
        progress::note(
            "this Linux has no dpkg (untested); these Debian packages, or their like, must be installed:",
        );
        show(&wanted);
        return Ok(());
    };
    wanted.retain(|package| !installed.contains(&package.name));
    if wanted.is_empty() {
        return Ok(());
    }
    progress::step(&format!("system packages that are missing: {}", wanted.len()));
    show(&wanted);
    install(root, &wanted)
}

fn show(packages: &[Package]) {
    for package in packages {
        progress::note(&format!("{:<24} {}", package.name, package.why));
    }
}

/// The names among `wanted` that dpkg has installed; none when there is no dpkg.
fn installed(wanted: &[Package]) -> Option<Vec<String>> {
    let output = Command::new("dpkg-query")
        .args(["-W", "-f", "${Package} ${db:Status-Status}\n"])
        .args(wanted.iter().map(|package| &package.name))
        .stdin(Stdio::null())
        .output()
        .ok()?;
    let said = String::from_utf8_lossy(&output.stdout);
    Some(
        said.lines()
            .filter_map(|line| line.strip_suffix(" installed"))
            .map(str::to_owned)
            .collect(),
    )
}

fn install(root: &Path, missing: &[Package]) -> Result<()> {
    let names: Vec<&str> = missing.iter().map(|package| package.name.as_str()).collect();
    let by_hand = format!(
        "sudo apt-get update && sudo apt-get install --no-install-recommends {}",
        names.join(" ")
    );
    let Some(prefix) = rights() else {
        bail!(
            "installing needs rights that this run does not have; what to do: run this line, then give the command again\n\n  {by_hand}"
        );
    };
    let apt = |log: &str, arguments: &[&str]| apt(root, prefix, log, arguments, &by_hand);
    let packages = ["install", "--no-install-recommends"]
        .into_iter()
        .chain(names.iter().copied())
        .collect::<Vec<_>>();
    progress::step("installing them with apt (some minutes on a slow line)");
    let fresh = !index_is_there();
    if fresh {
        apt("apt-update", &["update"]).run()?;
    }
    if let Err(first) = apt("apt-install", &packages).run() {
        if fresh {
            return Err(first.into());
        }
        // An old index names packages that are no longer kept: ask for the present one, once.
        apt("apt-update", &["update"]).run()?;
        apt("apt-install", &packages).run()?;
    }
    Ok(())
}

/// Asks for the present package index.
///
/// # Errors
/// When it may not, or cannot, be asked for here.
pub(crate) fn renew_index(root: &Path) -> Result<()> {
    let by_hand = "sudo apt-get update";
    let Some(prefix) = rights() else {
        bail!(
            "the package index is missing or old; what to do: run `{by_hand}`, then give the command again"
        );
    };
    apt(root, prefix, "apt-update", &["update"], by_hand).run()?;
    Ok(())
}

/// A call of apt-get that asks no questions; `prefix` gives it the rights.
fn apt(root: &Path, prefix: &[&str], log: &str, arguments: &[&str], by_hand: &str) -> External {
    let words: Vec<&str> = prefix
        .iter()
        .chain(&["env", "DEBIAN_FRONTEND=noninteractive"])
        .copied()
        .collect();
    let (program, first) = words.split_first().unwrap_or((&"env", &[]));
    External::new(root, log, program)
        .args(first)
        .args(["apt-get", "-y", "-o", "Dpkg::Use-Pty=0"])
        .args(arguments)
        .remedy(&format!(
            "see that the package index can be reached, or run by hand: {by_hand}"
        ))
}

/// The words to put before a command that installs; none when it may not.
fn rights() -> Option<&'static [&'static str]> {
    let answers = |program: &str, arguments: &[&str]| {
        Command::new(program)
            .args(arguments)
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .output()
            .ok()
    };
    let root = answers("id", &["-u"]).is_some_and(|output| output.stdout.trim_ascii() == b"0");
    if root {
        return Some(&[]);
    }
    answers("sudo", &["-n", "true"])
        .is_some_and(|output| output.status.success())
        .then_some(&["sudo", "-n"])
}

fn index_is_there() -> bool {
    let Ok(entries) = fs::read_dir("/var/lib/apt/lists") else {
        return false;
    };
    entries.flatten().any(|entry| {
        let name = entry.file_name();
        name.to_string_lossy().contains("_Packages")
    })
}

fn parse(text: &str) -> Result<Vec<Package>> {
    let document: toml::Table = text.parse()?;
    if let Some(key) = document.keys().find(|key| *key != "package") {
        bail!("unknown key `{key}`");
    }
    let list = document
        .get("package")
        .and_then(toml::Value::as_array)
        .context("there is no [[package]]")?;
    list.iter().map(package).collect()
}

fn package(entry: &toml::Value) -> Result<Package> {
    let entry = entry.as_table().context("[[package]] is not a table")?;
    if let Some(key) = entry
        .keys()
        .find(|key| !["name", "needed_for", "why"].contains(&key.as_str()))
    {
        bail!("unknown key `{key}`");
    }
    let word = |key: &str| {
        entry
            .get(key)
            .and_then(toml::Value::as_str)
            .with_context(|| format!("`{key}` is missing or no text"))
    };
    let purpose = match word("needed_for")? {
        "build" => Purpose::Build,
        "window" => Purpose::Window,
        "models" => Purpose::Models,
        "check" => Purpose::Check,
        other => bail!("needed_for = \"{other}\" is none of build, window, models, check"),
    };
    Ok(Package {
        name: word("name")?.to_owned(),
        purpose,
        why: word("why")?.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_read_and_every_package_says_why() {
        let packages = parse(include_str!("../system-packages.toml")).unwrap();
        assert!(
            packages
                .iter()
                .any(|package| package.name == "libwebkit2gtk-4.1-dev")
        );
        for (at, package) in packages.iter().enumerate() {
            assert!(!package.why.is_empty(), "{} says no reason", package.name);
            let twice = packages
                .iter()
                .skip(at + 1)
                .any(|other| other.name == package.name);
            assert!(!twice, "{} is listed twice", package.name);
        }
    }

    #[test]
    fn what_is_unknown_or_missing_is_refused() {
        let good = "[[package]]\nname = 'a'\nneeded_for = 'build'\nwhy = 'b'\n";
        assert!(parse(good).is_ok());
        let cases = [
            (format!("{good}version = '1'\n"), "unknown key `version`"),
            (format!("mirror = 'x'\n{good}"), "unknown key `mirror`"),
            (good.replace("'build'", "'fun'"), "none of build"),
            (good.replace("why = 'b'\n", ""), "`why` is missing"),
            (String::new(), "no [[package]]"),
        ];
        for (text, expected) in cases {
            let error = format!("{:#}", parse(&text).unwrap_err());
            assert!(error.contains(expected), "{error}");
        }
    }
}
