//! A virtual X display.

use super::screenshot;
use super::watch::{Spot, Watch};
use anyhow::{Context, Result};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A running Xvfb with a frame buffer that can be read as a file.
pub struct Display {
    child: Child,
    name: String,
    buffer: tempfile::TempDir,
}

impl Display {
    /// Starts a display of this size on a number that is free.
    ///
    /// # Errors
    /// When Xvfb is missing: `cargo xtask test` installs it.
    pub fn start(width: u32, height: u32) -> Result<Self> {
        let buffer = tempfile::tempdir()?;
        let mut child = Command::new("Xvfb")
            .args(["-displayfd", "1", "-nolisten", "tcp", "-screen", "0"])
            .arg(format!("{width}x{height}x24"))
            .arg("-fbdir")
            .arg(buffer.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("Xvfb cannot be started: `cargo xtask test` installs it")?;
        let out = child.stdout.take().context("Xvfb has no output")?;
        let mut number = String::new();
        BufReader::new(out).read_line(&mut number)?;
        Ok(Self {
            child,
            name: format!(":{}", number.trim()),
            buffer,
        })
    }

    /// Its name for `DISPLAY`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its process id.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// Begins to watch the number of the picture at a spot.
    ///
    /// # Errors
    /// When the frame buffer cannot be read.
    pub fn watch(&self, spot: Spot) -> Result<Watch> {
        Watch::start(self.memory(), spot)
    }

    /// Writes what is on the display as PNG.
    pub fn shoot(&self, file: &Path) -> Result<()> {
        let buffer = self.memory();
        let dump = std::fs::read(&buffer).with_context(|| format!("{} cannot be read", buffer.display()))?;
        let picture = screenshot::decode(&dump).context("the frame buffer is not an XWD file")?;
        Ok(picture.save(file)?)
    }

    fn memory(&self) -> PathBuf {
        self.buffer.path().join("Xvfb_screen0")
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        // It may be gone already; there is nothing left to stop then.
        let _killed = self.child.kill();
        let _reaped = self.child.wait();
    }
}
