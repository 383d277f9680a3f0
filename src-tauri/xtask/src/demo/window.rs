//! The demo with a display: the operator's window for a person to work in, with a central server on loopback.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::{compile, progress};

/// The people at the demo's desk: id, name, role, PIN.
const PEOPLE: [(&str, &str, &str, &str); 2] = [
    ("zhoumin", "周敏", "operator", "2468"),
    ("lizhuren", "李主任", "supervisor", "135790"),
];

/// Starts the server with the sample school, prepares a data folder below `out`, opens the window and waits until
/// it is closed.
///
/// # Errors
/// When one of them does not start.
pub(super) fn open(root: &Path, out: &Path, camera: &Path) -> Result<()> {
    progress::step("starting the reference central server with the sample school");
    let server = Server::start(root, &out.join("central"))?;
    let data = out.join("station");
    fs::create_dir_all(&data).with_context(|| format!("{} cannot be made", data.display()))?;
    let settings = settings(&server.greeting, &root.join("models/files"), camera)?;
    fs::write(data.join("settings.toml"), settings).context("the demo's settings cannot be written")?;
    for person in &PEOPLE {
        enrol(root, &data, person)?;
    }
    progress::step("opening the operator's window; close it to end the demo");
    for (id, name, role, pin) in PEOPLE {
        progress::note(&format!("{role} {name} ({id}), PIN {pin}"));
    }
    progress::note(&format!(
        "the server's page: {} (reviewer, {})",
        server.says("url")?,
        server.says("reviewer_password")?
    ));
    progress::note(&format!(
        "without a camera, sitters come and find their place by themselves; `play NAME` written to {}/replay.ctl \
         holds one scene of that folder",
        camera.display()
    ));
    let status = Command::new(compile::program(root, "capture-station"))
        .arg("--data")
        .arg(&data)
        .current_dir(root)
        .status()
        .context("target/release/capture-station could not be started")?;
    if !status.success() {
        bail!("the station ended with {status}; what to do: read what it said above");
    }
    Ok(())
}

/// The reference central server; it ends with the demo.
struct Server {
    child: Child,
    greeting: Value,
}

impl Server {
    fn start(root: &Path, folder: &Path) -> Result<Self> {
        let mut child = Command::new(compile::program(root, "central"))
            .args(["--simulate", "--dir"])
            .arg(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .context("target/release/central could not be started")?;
        let mut line = String::new();
        if let Some(pipe) = child.stdout.take() {
            BufReader::new(pipe)
                .read_line(&mut line)
                .context("the central server cannot be heard")?;
        }
        // Held from here on, so that the server ends even when its greeting is not understood.
        let mut server = Self {
            child,
            greeting: Value::Null,
        };
        server.greeting =
            serde_json::from_str(&line).context("the central server did not say where it listens")?;
        Ok(server)
    }

    fn says(&self, key: &str) -> Result<&str> {
        says(&self.greeting, key)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Err(error) = self.child.kill().and_then(|()| self.child.wait()) {
            progress::note(&format!("the central server had ended already: {error}"));
        }
    }
}

fn says<'a>(greeting: &'a Value, key: &str) -> Result<&'a str> {
    greeting
        .get(key)
        .and_then(Value::as_str)
        .with_context(|| format!("the central server's greeting has no `{key}`"))
}

/// The settings of the demo's station: the server it belongs to, and the replay camera where there is no other.
fn settings(greeting: &Value, models: &Path, scenes: &Path) -> Result<String> {
    let mut central = toml::Table::new();
    for key in ["url", "token", "recipient", "verifying_key"] {
        central.insert(key.to_owned(), says(greeting, key)?.into());
    }
    let one = |key: &str, value: String| toml::Table::from_iter([(key.to_owned(), value.into())]);
    let camera = one("fallback", format!("replay:{}", scenes.display()));
    let models = one("folder", models.display().to_string());
    let all = [("central", central), ("camera", camera), ("models", models)];
    Ok(toml::Table::from_iter(all.map(|(section, keys)| (section.to_owned(), keys.into()))).to_string())
}

/// Adds one person; the PIN goes in by standard input, so that no process list shows it.
fn enrol(root: &Path, data: &Path, (id, name, role, pin): &(&str, &str, &str, &str)) -> Result<()> {
    let mut child = Command::new(compile::program(root, "station"))
        .arg("--data")
        .arg(data)
        .args(["operator", id, name, "--role", role])
        .stdin(Stdio::piped())
        .spawn()
        .context("target/release/station could not be started")?;
    if let Some(mut pipe) = child.stdin.take() {
        writeln!(pipe, "{pin}").context("`station operator` does not take the PIN")?;
    }
    if !child.wait()?.success() {
        bail!("`station operator {id}` failed; what to do: read what it said above");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_carry_what_the_server_said() {
        let greeting = serde_json::json!({
            "url": "http://127.0.0.1:1", "token": "t\"q", "recipient": "age1x", "verifying_key": "ab", "reviewer_password": "p"
        });
        let text = settings(&greeting, Path::new("/m"), Path::new("/s")).unwrap();
        let table: toml::Table = text.parse().unwrap();
        assert_eq!(table["central"]["token"].as_str(), Some("t\"q"));
        assert_eq!(table["camera"]["fallback"].as_str(), Some("replay:/s"));
        assert!(
            !text.contains("reviewer"),
            "the reviewer's password is none of the station's business"
        );
        let error = settings(
            &serde_json::json!({ "url": "u" }),
            Path::new("/m"),
            Path::new("/s"),
        )
        .unwrap_err();
        assert!(error.to_string().contains("no `token`"));
    }
}
