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
}

impl Config {
    /// A simulating server with the sample school on a free loopback port.
    pub fn sample(dir: impl Into<PathBuf>) -> Self {
        Self {
            dir: dir.into(),
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            school: None,
            simulate: true,
        }
    }
}
