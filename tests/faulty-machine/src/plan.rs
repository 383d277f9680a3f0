//! What goes wrong, and when: `NUMBER WHAT [KIND,…]`, e.g. `17 kill` or `3 broken sync`; several of them with `;`
//! between.
//!
//! `NUMBER` counts from 1 the calls of the named kinds (of all kinds when none is named).
//!
//! | what | at that call |
//! |---|---|
//! | `kill` | the process ends before it |
//! | `cut` | the power goes before it: nothing stays that no `fsync` had made safe |
//! | `torn` | half of what was to be written is written, then the process ends; after it, when it writes nothing |
//! | `full`, `full-on` | `ENOSPC`: this once, or from then on. Names can still be taken away |
//! | `broken`, `broken-on` | `EIO`: this once, or from then on |
//! | `read-only-on` | `EROFS` from then on |

/// What a call does to a disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Makes or empties a file, or makes a folder.
    Make,
    /// Writes, or changes a length.
    Write,
    /// Waits until it is on the disk.
    Sync,
    /// Gives a name.
    Name,
    /// Takes a name away.
    Unname,
}

impl Kind {
    /// The word for it in a plan and in the log.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Make => "make",
            Self::Write => "write",
            Self::Sync => "sync",
            Self::Name => "name",
            Self::Unname => "unname",
        }
    }

    const ALL: [Self; 5] = [Self::Make, Self::Write, Self::Sync, Self::Name, Self::Unname];

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// The process ends before the call.
    Kill,
    /// The power goes before the call.
    Cut,
    /// The process ends in the middle of the call.
    Torn,
    /// The call fails with this number, once or from then on.
    Fails {
        /// The system's number.
        errno: i32,
        /// Not only this once.
        on: bool,
    },
}

/// One fault of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// The call, counted from 1.
    pub at: u64,
    /// What happens at it.
    pub what: What,
    kinds: u8,
}

impl Plan {
    /// Reads one; `None` when it is none.
    pub fn parse(text: &str) -> Option<Self> {
        let mut words = text.split_whitespace();
        let at = words.next()?.parse().ok()?;
        let fails = |errno, on| What::Fails { errno, on };
        let what = match words.next()? {
            "kill" => What::Kill,
            "cut" => What::Cut,
            "torn" => What::Torn,
            "full" => fails(libc::ENOSPC, false),
            "full-on" => fails(libc::ENOSPC, true),
            "broken" => fails(libc::EIO, false),
            "broken-on" => fails(libc::EIO, true),
            "read-only-on" => fails(libc::EROFS, true),
            _ => return None,
        };
        let kinds = match words.next() {
            None => u8::MAX,
            Some(list) => list.split(',').try_fold(0, |kinds, word| {
                let kind = Kind::ALL.into_iter().find(|kind| kind.word() == word)?;
                Some(kinds | kind.bit())
            })?,
        };
        words.next().is_none().then_some(Self { at, what, kinds })
    }

    /// Whether calls of this kind count.
    pub const fn counts(&self, kind: Kind) -> bool {
        self.kinds & kind.bit() != 0
    }

    /// What happens at the call with this number among those that count.
    pub fn at(&self, number: u64, kind: Kind) -> Option<What> {
        match self.what {
            // A full disk lets go of files.
            What::Fails { errno, .. } if errno == libc::ENOSPC && matches!(kind, Kind::Unname) => None,
            What::Fails { on: true, .. } => (number >= self.at).then_some(self.what),
            _ => (number == self.at).then_some(self.what),
        }
    }
}
