//! The file that tells the replay camera what to do.
//!
//! Its first line is one of: `play SCENE` (from the scene's first picture), `tour SCENE:SECONDS,
//! SCENE:SECONDS, …` (one scene after the other, each for so long, round and round), `stall` (send
//! nothing), `vanish` (as if unplugged), `half` (every frame cut short), `junk` (frames without sense), and
//! `resume` or `return`, which both end any of these four; a tour then goes on. The line counts from the
//! start, and again whenever it is written.

use super::tour::Stop;
use std::fs::File;
use std::io::Read;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::{Duration, Instant, SystemTime};

/// One line of the control file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Command {
    Play(String),
    Tour(Vec<Stop>),
    Stall,
    Resume,
    Vanish,
    Return,
    Half,
    Junk,
}

/// A line that is no command.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct UnknownCommand;

impl FromStr for Command {
    type Err = UnknownCommand;

    fn from_str(line: &str) -> Result<Self, UnknownCommand> {
        match line.trim() {
            "stall" => Ok(Self::Stall),
            "resume" => Ok(Self::Resume),
            "vanish" => Ok(Self::Vanish),
            "return" => Ok(Self::Return),
            "half" => Ok(Self::Half),
            "junk" => Ok(Self::Junk),
            line => match line.split_once(char::is_whitespace) {
                Some(("play", scene)) => Ok(Self::Play(scene.trim().to_owned())),
                Some(("tour", stops)) => {
                    let stops: Result<_, _> = stops.split(',').map(str::parse).collect();
                    stops.map(Self::Tour).map_err(|_| UnknownCommand)
                }
                _ => Err(UnknownCommand),
            },
        }
    }
}

/// Reads the control file when it has changed.
pub(super) struct Control {
    file: PathBuf,
    seen: Option<(Option<SystemTime>, String)>,
    next_look: Option<Instant>,
}

/// Between two looks at the file.
const PERIOD: Duration = Duration::from_millis(100);
/// More than any command needs.
const MOST_BYTES: u64 = 1024;

impl Control {
    pub(super) fn new(file: PathBuf) -> Self {
        Self {
            file,
            seen: None,
            next_look: None,
        }
    }

    /// A new command, if there is one; looks at most every [`PERIOD`]. No file, an empty one and an
    /// unknown command change nothing.
    pub(super) fn look(&mut self) -> Option<Command> {
        let now = Instant::now();
        if self.next_look.is_some_and(|at| now < at) {
            return None;
        }
        self.next_look = Some(now + PERIOD);
        let present = self.read()?;
        if self.seen.as_ref() == Some(&present) {
            return None;
        }
        let line = present.1.lines().next().unwrap_or_default().trim().to_owned();
        self.seen = Some(present);
        match line.parse() {
            Ok(command) => Some(command),
            // Whoever writes the file may be caught between emptying and filling it.
            Err(UnknownCommand) if line.is_empty() => None,
            Err(UnknownCommand) => {
                tracing::warn!(file = %self.file.display(), line, "unknown command for the replay camera");
                None
            }
        }
    }

    fn read(&self) -> Option<(Option<SystemTime>, String)> {
        let file = File::open(&self.file).ok()?;
        let written = file.metadata().ok().and_then(|about| about.modified().ok());
        let mut bytes = Vec::new();
        file.take(MOST_BYTES).read_to_end(&mut bytes).ok()?;
        Some((written, String::from_utf8_lossy(&bytes).into_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_read_and_nothing_else_is() {
        assert_eq!("play two words".parse(), Ok(Command::Play("two words".into())));
        assert_eq!("  stall \r".parse(), Ok(Command::Stall));
        let stop = |scene: &str, seconds| Stop {
            scene: scene.into(),
            stay: Duration::from_secs(seconds),
        };
        let tour = Command::Tour(vec![stop("wall", 4), stop("two words", 20)]);
        assert_eq!("tour wall:4, two words:20".parse(), Ok(tour));
        let lines = ["", "play", "Stall", "stall now", "rewind", "\u{0}"];
        let tours = ["tour", "tour wall", "tour wall:4,", "tour wall:4 small:4,right"];
        for line in lines.into_iter().chain(tours) {
            assert_eq!(line.parse::<Command>(), Err(UnknownCommand), "{line:?}");
        }
    }

    #[test]
    fn a_written_command_comes_once_and_again_when_it_is_written_again() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("replay.ctl");
        let mut control = Control::new(file.clone());
        let mut look = || {
            control.next_look = None;
            control.look()
        };
        assert_eq!(look(), None);
        std::fs::write(&file, "play a\nstall\n").unwrap();
        assert_eq!(look(), Some(Command::Play("a".into())));
        assert_eq!(look(), None);
        std::fs::write(&file, "nonsense").unwrap();
        assert_eq!(look(), None);
        std::fs::write(&file, "half").unwrap();
        assert_eq!(look(), Some(Command::Half));
        let later = SystemTime::now() + Duration::from_secs(5);
        File::options()
            .write(true)
            .open(&file)
            .unwrap()
            .set_modified(later)
            .unwrap();
        assert_eq!(look(), Some(Command::Half));
        assert_eq!(control.look(), None, "not before the period is over");
    }
}
