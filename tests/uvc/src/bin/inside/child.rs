//! What a test needs of another process: this program again, with another argument.

use crate::inside::desk::{open, until};
use camera::{Capture, Source, Wanted};
use domain::port::FrameFeed;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::process::{Command, ExitCode, Stdio};

/// Streams from the camera until it is ended.
pub(super) const HOLD: &str = "hold";
/// Prints what the capture layer says of the camera.
pub(super) const WORD: &str = "word";

/// A user without any rights.
const NOBODY: u32 = 65_534;

/// A process that is ended with the test.
pub(super) struct Child(std::process::Child);

impl Child {
    /// One that streams from the camera.
    pub(super) fn holding() -> Self {
        let mut child = this(HOLD).spawn().unwrap();
        let mut line = String::new();
        let out = child.stdout.take().unwrap();
        BufReader::new(out).read_line(&mut line).unwrap();
        assert_eq!(line.trim(), HOLD);
        Self(child)
    }

    pub(super) fn end(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        self.end();
    }
}

/// What the capture layer says in a process that may not use the camera: it has no rights of its own, and
/// no group, the camera's included.
pub(super) fn word_without_privilege() -> String {
    // Setting the user from root drops all groups too.
    let output = this(WORD).uid(NOBODY).gid(NOBODY).output().unwrap();
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

fn this(argument: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .arg(argument)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit());
    command
}

pub(super) fn hold() -> ExitCode {
    let mut stream = open(&Wanted::default()).unwrap();
    stream.next().unwrap();
    println!("{HOLD}");
    while stream.next().is_ok() {}
    ExitCode::SUCCESS
}

pub(super) fn word() -> ExitCode {
    let capture = Capture::start(Source::Auto, BTreeMap::new()).unwrap();
    let health = until("a fault", || capture.health(), |health| health.fault.is_some());
    println!("{}", health.fault.unwrap_or_default());
    ExitCode::SUCCESS
}
