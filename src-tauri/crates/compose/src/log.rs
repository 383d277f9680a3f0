//! Where log lines go.

use tracing_subscriber::EnvFilter;

/// Log lines to standard error: ids and codes, never personal data. `STATION_LOG` sets the level.
pub fn log_to_stderr() {
    let filter = EnvFilter::try_from_env("STATION_LOG").unwrap_or_else(|_| EnvFilter::new("info,ort=warn"));
    let set = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .try_init();
    if set.is_err() {
        tracing::debug!("log lines already go somewhere");
    }
}
