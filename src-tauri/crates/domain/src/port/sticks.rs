//! Packets that travel by hand.

use crate::queue::QueueEntry;

/// Why nothing could be written on a stick or read from it. The code is the UI's key: `fault.<code>`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StickFault {
    /// It is not there any more, or not a folder.
    #[error("the stick is not there")]
    Gone,
    /// No room left on it.
    #[error("no room left on the stick")]
    Full,
    /// It cannot be written.
    #[error("the stick cannot be written")]
    ReadOnly,
    /// What lies on it was altered, or is of another version.
    #[error("what lies on the stick cannot be trusted: {0}")]
    Altered(String),
    /// A packet's own file is damaged or missing on this machine: it is left out, and the rest goes on.
    #[error("packet {0} is damaged or missing")]
    PacketDamaged(String),
    /// Anything else the system said.
    #[error("the stick failed: {0}")]
    Failed(String),
}

impl StickFault {
    /// The code of the message.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Gone => "stick_gone",
            Self::Full => "stick_full",
            Self::ReadOnly => "stick_read_only",
            Self::Altered(_) => "stick_altered",
            Self::PacketDamaged(_) => "packet_damaged",
            Self::Failed(_) => "stick_failed",
        }
    }
}

/// A removable disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stick {
    /// Folder it is mounted at.
    pub path: String,
    /// Name for people.
    pub label: String,
    /// Free bytes on it.
    pub free: u64,
    /// Acknowledgements for this station lie on it.
    pub acknowledgements: bool,
}

/// What one call did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Carried {
    /// Ids of the packets written now, or found there whole; all of them are in the signed index.
    pub written: Vec<String>,
    /// Acknowledgements found there, by packet id, each as the server wrote it (JSON). Whoever calls verifies them.
    pub acknowledgements: Vec<(String, String)>,
    /// Acknowledgements that prove nothing; counted by whoever verifies.
    pub refused: u32,
    /// Packets left out because their own file is damaged; the rest was written.
    pub damaged: Vec<String>,
}

/// The removable disks of this machine, and what this station carries on them. Calls block; what was written is
/// fsynced when one returns `Ok`.
pub trait Sticks: Send {
    /// The disks that are there now.
    fn present(&mut self) -> Vec<Stick>;

    /// Takes the acknowledgements that lie in `folder`, then writes `entries` there, each read through `sealed`,
    /// and last the signed index. Nothing that lies there already is removed before it is acknowledged.
    fn carry(
        &mut self,
        folder: &str,
        entries: &[QueueEntry],
        sealed: &mut dyn FnMut(&str) -> Result<Vec<u8>, StickFault>,
        progress: &mut dyn FnMut(usize),
    ) -> Result<Carried, StickFault>;
}
