//! The way to the system's printer.

use crate::system;
use std::path::PathBuf;
use thiserror::Error;

/// Why nothing was printed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SpoolFault {
    /// The system has no printing, or it does not answer.
    #[error("printing does not work on this computer: {detail}")]
    NoSystem {
        /// What the system said.
        detail: String,
    },
    /// No printer has this name.
    #[error("there is no printer '{name}'")]
    UnknownPrinter {
        /// The name that was asked for.
        name: String,
        /// The printers there are.
        known: Vec<String>,
    },
    /// The spooler did not take the job.
    #[error("the printing system refused: {words}")]
    Refused {
        /// Its own words.
        words: String,
    },
}

impl SpoolFault {
    /// Names the fault for messages.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoSystem { .. } => "print_no_system",
            Self::UnknownPrinter { .. } => "print_unknown_printer",
            Self::Refused { .. } => "print_refused",
        }
    }

    /// What to do about it.
    pub fn remedy(&self) -> String {
        match self {
            Self::NoSystem { .. } => system::NO_SYSTEM_REMEDY.into(),
            Self::UnknownPrinter { known, .. } if known.is_empty() => {
                "add a printer in the system's settings; none is there".into()
            }
            Self::UnknownPrinter { known, .. } => format!("use one of: {}", known.join(", ")),
            Self::Refused { .. } => {
                "look at the printer and its queue in the system's settings, then print again".into()
            }
        }
    }
}

/// What to print where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PrintJob<'a> {
    /// The printer's name as [`Spooler::printers`] gives it.
    pub printer: &'a str,
    /// How often the whole document is printed, at least 1.
    pub copies: u16,
    /// The paper's name of PWG 5101.1, from [`crate::Paper::media`].
    pub media: &'a str,
}

/// The programs of the system that list printers and take jobs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spooler {
    pub(crate) list: PathBuf,
    pub(crate) submit: PathBuf,
}

impl Default for Spooler {
    /// The system's own programs.
    fn default() -> Self {
        Self::with_programs(system::LIST.into(), system::SUBMIT.into())
    }
}

impl Spooler {
    /// Other programs that take the same arguments.
    pub const fn with_programs(list: PathBuf, submit: PathBuf) -> Self {
        Self { list, submit }
    }

    /// The printers' names; none is no error.
    ///
    /// # Errors
    /// [`SpoolFault::NoSystem`].
    pub fn printers(&self) -> Result<Vec<String>, SpoolFault> {
        system::printers(self)
    }

    /// Hands a PDF document over and returns once the system has it; what the system said is returned. The page
    /// is printed as large as it is.
    ///
    /// # Errors
    /// [`SpoolFault`].
    pub fn submit(&self, job: &PrintJob<'_>, pdf: &[u8]) -> Result<String, SpoolFault> {
        // Asked first: the system's own words for this are none an operator understands, and a name from this
        // list cannot be taken for an option.
        let known = self.printers()?;
        if !known.iter().any(|name| name == job.printer) {
            return Err(SpoolFault::UnknownPrinter {
                name: job.printer.to_string(),
                known,
            });
        }
        system::submit(self, job, pdf)
    }
}

/// What a program wrote, as text without blank ends.
pub(crate) fn words(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim().to_string()
}

/// The fault of a program that could not be started.
pub(crate) fn not_started(program: &std::path::Path, error: &std::io::Error) -> SpoolFault {
    SpoolFault::NoSystem {
        detail: format!("{}: {error}", program.display()),
    }
}
