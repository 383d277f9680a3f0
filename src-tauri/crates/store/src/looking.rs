//! Connections that only look, beside a station that may be running.

use crate::database::{Database, version};
use crate::trouble::Trouble;
use domain::port::StoreFault;
use rusqlite::{Connection, OpenFlags};
use std::path::Path;
use std::time::Duration;

/// Opens a database that is there, for reading only: it never waits for a writer nor holds one up. One of a
/// newer version is refused; one that is torn shows itself at the first question.
pub(crate) fn open(path: &Path) -> Result<Connection, Trouble> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "temp_store", "memory")?;
    let found = version(&connection)?;
    if found > Database::VERSION {
        let known = Database::VERSION;
        return Err(StoreFault::Newer { found, known }.into());
    }
    Ok(connection)
}
