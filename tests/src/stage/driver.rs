//! The station's real window through WebKitWebDriver.

use super::{Display, Key};
use anyhow::{Context, Result, bail};
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::{Client, ClientBuilder};
use serde_json::{Value, json};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long a page is waited for.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running station with its window.
pub struct Window {
    client: Client,
    driver: Child,
    presses: u32,
    data: PathBuf,
}

impl Window {
    /// Opens the program on a data folder.
    ///
    /// # Errors
    /// When WebKitWebDriver is missing (`cargo xtask test` installs it) or the window does not come up.
    pub async fn open(display: &Display, program: &Path, data: &Path, log: &Path) -> Result<Self> {
        Self::open_telling(display, program, data, log, "info,ort=warn").await
    }

    /// The same, with the lines that `filter` lets into the log.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub async fn open_telling(
        display: &Display,
        program: &Path,
        data: &Path,
        log: &Path,
        filter: &str,
    ) -> Result<Self> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let log = std::fs::OpenOptions::new().create(true).append(true).open(log)?;
        let driver = Command::new("WebKitWebDriver")
            .arg(format!("--port={port}"))
            .env("DISPLAY", display.name())
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("GTK_A11Y", "none")
            .env("NO_AT_BRIDGE", "1")
            .env("NO_COLOR", "1")
            .env("STATION_LOG", filter)
            .env_remove("WAYLAND_DISPLAY")
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .context("WebKitWebDriver cannot be started: `cargo xtask test` installs it")?;
        let options = json!({
            "webkitgtk:browserOptions": {
                "binary": program.display().to_string(),
                "args": ["--data", data.display().to_string()],
            }
        });
        let capabilities = options.as_object().cloned().unwrap_or_default();
        let until = Instant::now() + PATIENCE;
        let client = loop {
            let connector = hyper_util::client::legacy::connect::HttpConnector::new();
            let mut builder = ClientBuilder::new(connector);
            builder.capabilities(capabilities.clone());
            match builder.connect(&format!("http://127.0.0.1:{port}")).await {
                Ok(client) => break client,
                Err(fault) if Instant::now() > until => {
                    bail!("the window did not come up: {fault}")
                }
                Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
            }
        };
        Ok(Self {
            client,
            driver,
            presses: 0,
            data: data.to_path_buf(),
        })
    }

    /// Key presses since the last [`Self::count_from_here`].
    pub const fn presses(&self) -> u32 {
        self.presses
    }

    /// Begins to count key presses.
    pub fn count_from_here(&mut self) {
        self.presses = 0;
    }

    /// Runs JavaScript in the page and gives what it returns.
    pub async fn ask(&self, script: &str) -> Result<Value> {
        Ok(self.client.execute(script, vec![]).await?)
    }

    /// The name of the page on screen, empty while none is.
    pub async fn page(&self) -> Result<String> {
        let script = "return document.querySelector('[data-page]')?.dataset.page ?? ''";
        Ok(self.ask(script).await?.as_str().unwrap_or_default().to_string())
    }

    /// Waits until one of these pages is on screen and gives its name.
    pub async fn wait_for(&self, pages: &[&str]) -> Result<String> {
        let until = Instant::now() + PATIENCE;
        loop {
            let page = self.page().await?;
            if pages.contains(&page.as_str()) {
                return Ok(page);
            }
            if Instant::now() > until {
                let text = self.ask("return document.body.innerText").await?;
                bail!("waited for {pages:?}, on screen is {page:?}: {text}");
            }
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    }

    /// Waits until a script gives true.
    pub async fn wait_until(&self, what: &str, script: &str) -> Result<()> {
        let until = Instant::now() + PATIENCE;
        while self.ask(script).await? != Value::Bool(true) {
            if Instant::now() > until {
                let text = self.ask("return document.body.innerText").await?;
                bail!("waited for {what}; on screen: {text}");
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok(())
    }

    /// Goes to another window of the program, by a script that is true in it; keys and questions go there from now on.
    pub async fn turn_to(&self, what: &str, script: &str) -> Result<()> {
        let until = Instant::now() + PATIENCE;
        loop {
            for window in self.client.windows().await? {
                self.client.switch_to_window(window).await?;
                if self
                    .ask(script)
                    .await
                    .is_ok_and(|answer| answer == Value::Bool(true))
                {
                    return Ok(());
                }
            }
            if Instant::now() > until {
                bail!("no window with {what}");
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Runs JavaScript in the page whose last argument is called with the answer.
    pub async fn ask_later(&self, script: &str) -> Result<Value> {
        Ok(self.client.execute_async(script, vec![]).await?)
    }

    /// Presses one key or chord, as a person would: down and up again.
    pub async fn press(&mut self, key: Key) -> Result<()> {
        self.presses += 1;
        let codes = key.codes();
        let mut actions = KeyActions::new("keyboard".into());
        for code in &codes {
            actions = actions.then(KeyAction::Down { value: *code });
        }
        for code in codes.iter().rev() {
            actions = actions.then(KeyAction::Up { value: *code });
        }
        Ok(self.client.perform_actions(actions).await?)
    }

    /// Types a text into whatever has the focus, slowly enough for a person. Not counted as key presses.
    pub async fn type_text(&mut self, text: &str) -> Result<()> {
        for letter in text.chars() {
            self.press(Key::Char(letter)).await?;
            self.presses -= 1;
            tokio::time::sleep(Duration::from_millis(45)).await;
        }
        Ok(())
    }

    /// Puts a text into a field by its selector, as an input method would.
    pub async fn fill(&self, selector: &str, text: &str) -> Result<()> {
        let script = "const [s, t] = arguments; const f = document.querySelector(s);\
            if (!f) return false; f.focus(); f.value = t;\
            f.dispatchEvent(new InputEvent('input', { bubbles: true }));\
            f.dispatchEvent(new Event('change', { bubbles: true })); return true";
        let done = self
            .client
            .execute(script, vec![json!(selector), json!(text)])
            .await?;
        if done != Value::Bool(true) {
            bail!("no field {selector}");
        }
        Ok(())
    }

    /// Kills the station without a word to it, as a power cut would.
    pub async fn kill(mut self) -> Result<()> {
        for pid in self.stations()? {
            let killed = Command::new("kill").args(["-9", &pid.to_string()]).status()?;
            if !killed.success() {
                bail!("station {pid} could not be killed");
            }
        }
        self.driver.kill()?;
        self.driver.wait()?;
        Ok(())
    }

    /// Closes the window and everything behind it.
    pub async fn close(mut self) -> Result<()> {
        let stations = self.stations()?;
        // The station goes with the session; what does not go by itself is ended below.
        let _ended = self.client.clone().close().await;
        for pid in &stations {
            // Usually gone by now.
            let _killed = Command::new("kill")
                .arg(pid.to_string())
                .stderr(Stdio::null())
                .status();
        }
        self.driver.kill()?;
        // Its data folder is free only when the process itself is gone; its command line goes before.
        let until = Instant::now() + PATIENCE;
        while stations.iter().any(|pid| lives(*pid)) {
            if Instant::now() > until {
                bail!("the station did not end");
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        self.driver.wait()?;
        Ok(())
    }

    /// Process ids of the station on this data folder.
    pub fn stations(&self) -> Result<Vec<u32>> {
        let mut found = vec![];
        for entry in std::fs::read_dir("/proc")? {
            let entry = entry?;
            let Ok(pid) = entry.file_name().to_string_lossy().parse::<u32>() else {
                continue;
            };
            // A process may end while it is looked at.
            let Ok(line) = std::fs::read(entry.path().join("cmdline")) else {
                continue;
            };
            let words: Vec<&[u8]> = line.split(|b| *b == 0).collect();
            let ours = self.data.display().to_string();
            if words.contains(&ours.as_bytes()) && words.contains(&b"--data".as_slice()) {
                found.push(pid);
            }
        }
        Ok(found)
    }
}

/// True while a process exists and is more than a name in the table.
fn lives(pid: u32) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    stat.rsplit(") ")
        .next()
        .is_some_and(|rest| !rest.is_empty() && !rest.starts_with('Z'))
}

impl Drop for Window {
    fn drop(&mut self) {
        // `close` and `kill` leave nothing to do here; a failed test does.
        for pid in self.stations().unwrap_or_default() {
            let _killed = Command::new("kill")
                .args(["-9", &pid.to_string()])
                .stderr(Stdio::null())
                .status();
        }
        let _killed = self.driver.kill();
        let _reaped = self.driver.wait();
    }
}
