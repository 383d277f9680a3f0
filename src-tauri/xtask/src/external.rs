//! Runs another program: its output is shown or kept, it is logged, and a failure says what to do.

use std::collections::VecDeque;
use std::ffi::OsStr;
use std::fmt;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use crate::progress;

/// Lines of output that a failure repeats.
const TAIL: usize = 25;
/// A quiet program is reported as still running this often.
const HEARTBEAT: Duration = Duration::from_secs(10);
/// A pipe that a left-behind grandchild keeps open is waited for this long after the program's end.
const GRACE: Duration = Duration::from_secs(2);

/// One call of another program.
pub(crate) struct External {
    name: String,
    command: Command,
    remedy: String,
    log: PathBuf,
    live: bool,
}

/// A call that did not succeed.
#[derive(Debug)]
pub(crate) struct Failed {
    command: String,
    outcome: String,
    tail: Vec<String>,
    remedy: String,
    log: PathBuf,
}

impl External {
    /// A call of `program` in the repository's root; `name` names its log in `target/xtask/`.
    pub(crate) fn new(root: &Path, name: &str, program: impl AsRef<OsStr>) -> Self {
        let mut command = Command::new(program);
        command
            .current_dir(root)
            .stdin(Stdio::null())
            .env("NO_COLOR", "1")
            .env("CARGO_TERM_COLOR", "never");
        let log = root.join("target/xtask").join(format!("{name}.log"));
        Self {
            name: name.to_owned(),
            command,
            remedy: String::new(),
            log,
            live: false,
        }
    }

    /// Adds arguments.
    pub(crate) fn args<S: AsRef<OsStr>>(mut self, arguments: impl IntoIterator<Item = S>) -> Self {
        self.command.args(arguments);
        self
    }

    /// Adds an option whose value is a path.
    pub(crate) fn arg_path(self, option: &str, path: &Path) -> Self {
        self.args([option.as_ref(), path.as_os_str()])
    }

    /// Runs it in another folder than the root.
    pub(crate) fn dir(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// Sets one variable of its environment.
    pub(crate) fn env(mut self, key: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(key, value);
        self
    }

    /// What a person can do when it fails.
    pub(crate) fn remedy(mut self, text: &str) -> Self {
        text.clone_into(&mut self.remedy);
        self
    }

    /// Shows its output as it comes; otherwise only a sign of life every ten seconds.
    pub(crate) fn live(mut self) -> Self {
        self.live = true;
        self
    }

    /// Runs it to its end.
    ///
    /// # Errors
    /// When it cannot be started or does not exit with 0.
    pub(crate) fn run(self) -> Result<(), Failed> {
        self.run_with(|_| {})
    }

    /// Runs it to its end and hands each line of output on as it comes.
    ///
    /// # Errors
    /// As [`External::run`].
    pub(crate) fn run_with(mut self, mut each: impl FnMut(&str)) -> Result<(), Failed> {
        let mut tail = VecDeque::with_capacity(TAIL);
        let started = self.command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let mut child = match started {
            Ok(child) => child,
            Err(error) => return Err(self.failed(format!("could not be started ({error})"), tail)),
        };
        let lines = read_both(&mut child);
        let mut log = open_log(&self.log);
        self.follow(&mut child, &lines, |line| {
            if let Some(file) = &mut log
                && writeln!(file, "{line}").is_err()
            {
                log = None; // a full disk must not hide the program's own result
            }
            if tail.len() == TAIL {
                tail.pop_front();
            }
            tail.push_back(line.to_owned());
            each(line);
        });
        match child.wait() {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => {
                let outcome = status.code().map_or_else(
                    || {
                        "it was ended from outside; give the command again".clone_into(&mut self.remedy);
                        format!("did not end by itself ({status})")
                    },
                    |code| format!("ended with {code}"),
                );
                Err(self.failed(outcome, tail))
            }
            Err(error) => Err(self.failed(format!("could not be waited for ({error})"), tail)),
        }
    }

    /// Passes lines on until the program and its pipes have ended.
    fn follow(&self, child: &mut Child, lines: &Receiver<String>, mut each: impl FnMut(&str)) {
        let begun = Instant::now();
        let mut shown = Instant::now();
        let mut latest = String::new();
        let mut ended: Option<Instant> = None;
        loop {
            match lines.recv_timeout(Duration::from_millis(200)) {
                Ok(line) => {
                    each(&line);
                    if self.live {
                        println!("{line}");
                        shown = Instant::now();
                    }
                    if !line.trim().is_empty() {
                        latest = line;
                    }
                    ended = None;
                }
                Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) => {
                    if matches!(child.try_wait(), Ok(Some(_)))
                        && ended.get_or_insert_with(Instant::now).elapsed() > GRACE
                    {
                        return;
                    }
                }
            }
            if shown.elapsed() >= HEARTBEAT {
                let latest: String = latest.trim().chars().take(80).collect();
                progress::note(&format!(
                    "… {} {}  {latest}",
                    self.name,
                    progress::spoken(begun.elapsed())
                ));
                shown = Instant::now();
            }
        }
    }

    fn failed(&self, outcome: String, tail: VecDeque<String>) -> Failed {
        let words = std::iter::once(self.command.get_program()).chain(self.command.get_args());
        Failed {
            command: words
                .map(|word| word.to_string_lossy())
                .collect::<Vec<_>>()
                .join(" "),
            outcome,
            tail: tail.into(),
            remedy: self.remedy.clone(),
            log: self.log.clone(),
        }
    }
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "`{}` {}", self.command, self.outcome)?;
        for line in &self.tail {
            writeln!(f, "    | {line}")?;
        }
        if !self.remedy.is_empty() {
            writeln!(f, "  what to do: {}", self.remedy)?;
        }
        write!(f, "  all of its output: {}", self.log.display())
    }
}

impl std::error::Error for Failed {}

/// Reads standard output and standard error on a thread each.
fn read_both(child: &mut Child) -> Receiver<String> {
    let (sender, lines) = channel();
    if let Some(pipe) = child.stdout.take() {
        read(pipe, sender.clone());
    }
    if let Some(pipe) = child.stderr.take() {
        read(pipe, sender);
    }
    lines
}

fn read(pipe: impl Read + Send + 'static, sender: Sender<String>) {
    std::thread::spawn(move || {
        let mut pipe = BufReader::new(pipe);
        let mut bytes = Vec::new();
        while matches!(pipe.read_until(b'\n', &mut bytes), Ok(1..)) {
            let line = plain(String::from_utf8_lossy(&bytes).trim_end());
            bytes.clear();
            if sender.send(line).is_err() {
                return;
            }
        }
    });
}

/// A line without escape sequences: some programs colour what they print even when they are told not to.
fn plain(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut parts = line.split("\u{1b}[");
    text += parts.next().unwrap_or_default();
    for part in parts {
        let end = part
            .find(|letter: char| ('@'..='~').contains(&letter))
            .map_or(part.len(), |at| at + 1);
        text += part.get(end..).unwrap_or_default();
    }
    text
}

/// The log is a convenience: a folder that cannot be written to must not stop the work.
fn open_log(path: &Path) -> Option<File> {
    fs::create_dir_all(path.parent()?).ok()?;
    File::create(path).ok()
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    fn shell(script: &str) -> External {
        let root = std::env::temp_dir();
        External::new(&root, "external-test", "sh").args(["-c", script])
    }

    #[test]
    fn a_failure_names_command_code_output_and_remedy() {
        let failed = shell("echo out; echo err >&2; exit 7")
            .remedy("try again")
            .run()
            .unwrap_err()
            .to_string();
        for part in ["sh -c", "ended with 7", "| out", "| err", "what to do: try again"] {
            assert!(failed.contains(part), "{part} is missing in {failed}");
        }
    }

    #[test]
    fn a_program_that_was_killed_is_not_at_fault_itself() {
        let failed = shell("kill -TERM $$")
            .remedy("mend it")
            .run()
            .unwrap_err()
            .to_string();
        assert!(
            failed.contains("ended from outside") && !failed.contains("mend it"),
            "{failed}"
        );
    }

    #[test]
    fn only_the_end_of_a_long_output_is_repeated() {
        let failed = shell("seq 1 100; exit 1").run().unwrap_err();
        assert_eq!(failed.tail.len(), TAIL);
        assert_eq!(failed.tail.last().map(String::as_str), Some("100"));
    }

    #[test]
    fn colours_are_taken_out_of_a_line() {
        let cases = [
            ("plain", "plain"),
            ("\u{1b}[38;5;249mc\u{1b}[0monst [x]", "const [x]"),
            (
                "Tests  \u{1b}[1m\u{1b}[32m7 passed\u{1b}[39m\u{1b}[22m (7)\u{1b}[",
                "Tests  7 passed (7)",
            ),
        ];
        for (line, expected) in cases {
            assert_eq!(plain(line), expected);
        }
    }

    #[test]
    fn a_program_that_is_not_there_is_a_failure() {
        let failed = External::new(&std::env::temp_dir(), "external-test", "no-such-program-here").run();
        assert!(failed.unwrap_err().to_string().contains("could not be started"));
    }

    #[test]
    fn a_left_behind_child_does_not_hold_the_run() {
        let begun = Instant::now();
        let mut lines = Vec::new();
        shell("sleep 30 & echo done")
            .run_with(|line| lines.push(line.to_owned()))
            .unwrap();
        assert_eq!(lines, ["done"]);
        assert!(begun.elapsed() < Duration::from_secs(10));
    }
}
