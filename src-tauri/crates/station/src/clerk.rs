//! The worker that reads roster files: opens them, checks their rows against what is kept, and takes them. Reading a
//! large file takes seconds, and nobody at the desk waits for it.

use crate::event::Event;
use crate::roster_import::{Source, audit_line, bad_rows, import_of};
use domain::Moment;
use domain::identity::date::Date;
use domain::port::{Store, StoreFault};
use domain::roster::{Difference, GoneChoice, ImportCounts, difference};
use roster::{Book, For, Plan, Progress, Roster, RosterFault, Step, TextEncoding};
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender};

/// Largest file that is read at all, in bytes; the reader itself refuses earlier and says why.
const MOST_BYTES: u64 = 64 << 20;

/// What the clerk is asked for.
#[derive(Debug, Clone)]
pub(crate) enum Task {
    /// Open a file, for a school's headings.
    Open {
        path: String,
        encoding: Option<TextEncoding>,
        school: String,
    },
    /// Read its rows as the plan says, and compare them.
    Check {
        plan: Box<Plan>,
        session: String,
        school: String,
        today: Date,
    },
    /// Take what was checked.
    Apply {
        choice: GoneChoice,
        by: String,
        at: Moment,
    },
    /// Write the bad rows into a file beside the roster.
    SaveProblems,
    /// Nobody needs the file any more.
    Forget,
}

/// What the clerk found.
#[derive(Debug, Clone)]
pub(crate) enum Found {
    Working {
        what: &'static str,
        done: u64,
        total: u64,
    },
    Opened(Result<Box<Opened>, Trouble>),
    Checked(Result<Arc<Checked>, Trouble>),
    Applied(Result<ImportCounts, Trouble>),
    Saved(Result<String, Trouble>),
}

/// An opened file.
#[derive(Debug, Clone)]
pub(crate) struct Opened {
    pub(crate) kind: &'static str,
    pub(crate) encoding: Option<roster::Told>,
    pub(crate) plan: Plan,
}

/// What a file's rows are and what they change.
#[derive(Debug)]
pub(crate) struct Checked {
    pub(crate) roster: Roster,
    pub(crate) difference: Difference,
    /// Rows with a problem; one with several is one.
    pub(crate) left_out: u32,
}

/// Why a roster got no further.
#[derive(Debug, Clone, thiserror::Error)]
pub(crate) enum Trouble {
    #[error(transparent)]
    Roster(#[from] RosterFault),
    #[error(transparent)]
    Store(#[from] StoreFault),
}

struct Agreed {
    session: String,
    school: String,
    plan: Plan,
    checked: Arc<Checked>,
}

pub(crate) struct Clerk {
    store: Arc<dyn Store>,
    facts: Sender<Event>,
    path: PathBuf,
    book: Option<Book>,
    agreed: Option<Agreed>,
}

impl Clerk {
    pub(crate) fn new(store: Arc<dyn Store>, facts: Sender<Event>) -> Self {
        Self {
            store,
            facts,
            path: PathBuf::new(),
            book: None,
            agreed: None,
        }
    }

    /// Runs until the station hangs up. Each task has a number that comes back with what was found.
    pub(crate) fn run(mut self, tasks: &Receiver<(u32, Task)>) {
        while let Ok((ticket, task)) = tasks.recv() {
            let found = match task {
                Task::Open {
                    path,
                    encoding,
                    school,
                } => Some(Found::Opened(self.open(ticket, &path, encoding, &school))),
                Task::Check {
                    plan,
                    session,
                    school,
                    today,
                } => Some(Found::Checked(self.check(ticket, *plan, session, school, today))),
                Task::Apply { choice, by, at } => Some(Found::Applied(self.apply(ticket, choice, by, at))),
                Task::SaveProblems => Some(Found::Saved(self.save_problems())),
                Task::Forget => {
                    (self.book, self.agreed) = (None, None);
                    None
                }
            };
            if let Some(found) = found
                && self.facts.send(Event::Roster { ticket, found }).is_err()
            {
                return;
            }
        }
    }

    fn open(
        &mut self,
        ticket: u32,
        path: &str,
        encoding: Option<TextEncoding>,
        school: &str,
    ) -> Result<Box<Opened>, Trouble> {
        (self.book, self.agreed) = (None, None);
        self.path = PathBuf::from(path);
        let bytes = bytes(&self.path).map_err(|error| RosterFault::File(error.to_string()))?;
        let book = roster::open(
            &bytes,
            &name(&self.path),
            encoding,
            &mut teller(&self.facts, ticket),
        )?;
        let opened = Opened {
            kind: book.kind().code(),
            encoding: book.encoding(),
            plan: book.propose(&self.store.learned_headings(school)?),
        };
        self.book = Some(book);
        Ok(Box::new(opened))
    }

    fn check(
        &mut self,
        ticket: u32,
        plan: Plan,
        session: String,
        school: String,
        today: Date,
    ) -> Result<Arc<Checked>, Trouble> {
        self.agreed = None;
        let book = self.book.as_ref().ok_or(RosterFault::NoHeadings)?;
        let wanted = For {
            session: &session,
            school: &school,
            today,
        };
        let roster = book.read(&plan, wanted, &mut teller(&self.facts, ticket))?;
        let kept = self.store.kept_rows(&session)?;
        let difference = difference(&kept, &roster.rows, &roster.fields);
        let left_out = bad_rows(&roster.problems);
        let checked = Arc::new(Checked {
            roster,
            difference,
            left_out,
        });
        self.agreed = Some(Agreed {
            session,
            school,
            plan,
            checked: Arc::clone(&checked),
        });
        Ok(checked)
    }

    fn apply(
        &mut self,
        ticket: u32,
        choice: GoneChoice,
        by: String,
        at: Moment,
    ) -> Result<ImportCounts, Trouble> {
        let (Some(agreed), Some(book)) = (&self.agreed, &self.book) else {
            return Err(RosterFault::NoHeadings.into());
        };
        let source = Source {
            file_name: name(&self.path),
            sha256: book.sha256().to_string(),
            by,
            at,
        };
        let Agreed {
            session,
            school,
            plan,
            checked,
        } = agreed;
        let import = import_of(
            &checked.difference,
            checked.left_out,
            plan,
            session,
            school,
            choice,
            source,
        );
        let total = import.rows.len() as u64;
        let facts = self.facts.clone();
        let counts = self
            .store
            .apply_import(&import, &audit_line(&import), &mut |done| {
                let found = Found::Working {
                    what: "applying",
                    done: done as u64,
                    total,
                };
                let _nobody_listens = facts.send(Event::Roster { ticket, found });
            })?;
        self.agreed = None;
        Ok(counts)
    }

    fn save_problems(&self) -> Result<String, Trouble> {
        let agreed = self.agreed.as_ref().ok_or(RosterFault::NoHeadings)?;
        let roster = &agreed.checked.roster;
        let list = roster::problem_list(roster.problems.iter().chain(&roster.warnings));
        let written =
            write_beside(&self.path, &list).map_err(|error| RosterFault::File(error.to_string()))?;
        Ok(written.to_string_lossy().into_owned())
    }
}

fn teller(facts: &Sender<Event>, ticket: u32) -> impl FnMut(Progress) + use<> {
    let facts = facts.clone();
    move |progress| {
        let what = match progress.step {
            Step::Reading => "reading",
            Step::Checking => "checking",
        };
        let found = Found::Working {
            what,
            done: progress.done,
            total: progress.total,
        };
        // Whoever asked may have gone; the file is read to its end all the same.
        let _nobody_listens = facts.send(Event::Roster { ticket, found });
    }
}

fn name(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

fn bytes(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = vec![];
    File::open(path)?.take(MOST_BYTES).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Writes beside a file under a name that is free, and waits until it is on the disk.
fn write_beside(path: &Path, content: &[u8]) -> std::io::Result<PathBuf> {
    let stem = path
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default();
    let mut last = None;
    for n in 1..100 {
        let number = if n == 1 { String::new() } else { format!("-{n}") };
        let place = path.with_file_name(format!("{stem}-bad-rows{number}.csv"));
        match File::create_new(&place) {
            Ok(mut file) => {
                file.write_all(content)?;
                file.sync_all()?;
                return Ok(place);
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => last = Some(error),
            Err(error) => return Err(error),
        }
    }
    Err(last.unwrap_or_else(|| std::io::Error::other("no name is free")))
}
