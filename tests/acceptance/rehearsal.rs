//! The scripted run in a process of its own.

use crate::booth::Booth;
use anyhow::Result;
use std::path::Path;
use std::process::{Command, Stdio};

/// Its program.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_rehearse");

/// The scripted run on a booth, with its output caught.
pub(crate) fn command(booth: &Booth, students: &[String]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(arguments(&booth.settings.data, &booth.camera, students));
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// What it is started with.
pub(crate) fn arguments(data: &Path, camera: &Path, students: &[String]) -> Vec<String> {
    let mut words = vec!["--data".into(), data.display().to_string()];
    words.extend(["--scenes".into(), camera.display().to_string()]);
    words.extend(
        students
            .iter()
            .flat_map(|number| ["--student".into(), number.clone()]),
    );
    words
}

/// Ids of the packets it said were confirmed; a line that was cut by a kill was not said.
pub(crate) fn confirmed(output: &str) -> Vec<String> {
    let whole = output.split_inclusive('\n').filter(|line| line.ends_with('\n'));
    whole
        .filter_map(|line| line.trim().strip_prefix("confirmed ").map(str::to_string))
        .collect()
}

/// Runs to its end; gives standard output and standard error, and whether it ended well.
pub(crate) fn run(command: &mut Command) -> Result<(String, String, bool)> {
    let answer = command.output()?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok((
        text(&answer.stdout),
        text(&answer.stderr),
        answer.status.success(),
    ))
}
