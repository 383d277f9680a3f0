//! How one server is started.

use std::net::SocketAddr;
use std::path::PathBuf;

/// How one server is started.
#[derive(Debug, Clone)]
pub struct Config {
    /// Folder of the database, keys, uploads and packets; made when missing.
    pub dir: PathBuf,
    /// Address to listen on; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Folder with `session.toml`, `agreement.txt` and `roster.csv`; the built-in sample when `None`.
    pub school: Option<PathBuf>,
    /// Opens the `/simulate` doors: payment without a provider, and faults on demand.
    pub simulate: bool,
    /// age key of the recovery recipient that stations are told of, `age1…`.
    pub recovery: Option<String>,
    /// How much one caller may ask for.
    pub limits: Limits,
}

impl Config {
    /// A simulating server with the sample school on a free loopback port.
    pub fn sample(dir: impl Into<PathBuf>) -> Self {
        Self {
            dir: dir.into(),
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            school: None,
            simulate: true,
            recovery: None,
            limits: Limits::default(),
        }
    }
}

/// How much one caller may ask for. The defaults let a station empty a queue of 10,000 packets in one go and only
/// slow down what asks without end.
#[derive(Debug, Clone, PartialEq)]
pub struct Limits {
    /// Requests of one station's token.
    pub station: Rate,
    /// Requests of one address at the open doors, and such with wrong credentials at the others.
    pub address: Rate,
    /// Attempts to join of one address.
    pub join: Rate,
    /// Questions of one station's token who may be photographed: names and numbers are not to be guessed here.
    pub eligibility: Rate,
    /// Largest upload, in bytes.
    pub largest_upload: u64,
    /// Unfinished uploads of one station; all stations with the start-up token count as one.
    pub open_uploads: u32,
    /// Announced bytes of all unfinished uploads together.
    pub unfinished_bytes: u64,
    /// Seconds after which an upload that got no byte is dropped.
    pub upload_lifetime_s: u32,
}

/// A bucket of requests that is filled again at a steady pace.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// Requests at once after a pause.
    pub burst: u32,
    /// Requests a second in the long run.
    pub per_s: f64,
}

/// Largest packet with its seal, in bytes.
const LARGEST_PACKET: u64 = packet::MAX_CONTAINER as u64 + (1 << 20);

impl Default for Limits {
    fn default() -> Self {
        Self {
            // Three or four requests a packet.
            station: Rate {
                burst: 50_000,
                per_s: 1_000.0,
            },
            address: Rate {
                burst: 3_000,
                per_s: 100.0,
            },
            join: Rate {
                burst: 60,
                per_s: 0.5,
            },
            // A desk serves two a minute at most; all stations of the start-up token share theirs.
            eligibility: Rate {
                burst: 300,
                per_s: 2.0,
            },
            largest_upload: LARGEST_PACKET,
            open_uploads: 2_000,
            unfinished_bytes: 16 << 30,
            upload_lifetime_s: 24 * 3600,
        }
    }
}
