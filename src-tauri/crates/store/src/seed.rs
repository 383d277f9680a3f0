//! The seed of the station's signing key: drawn once, kept beside the database for this account only.

use crate::packet_folder::sync_folder;
use crate::private;
use crate::trouble::Trouble;
use domain::port::StoreFault;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

const NAME: &str = "station.key";

/// Reads the seed of the data folder, or draws one and makes it durable.
///
/// A damaged one is a fault and is never replaced: a new key would be a station that the central server does not
/// know, and packets under it would be refused.
///
/// # Errors
/// [`StoreFault`]; `Failed` when the file is not 64 hexadecimal digits.
pub fn station_seed(data: &Path) -> Result<[u8; 32], StoreFault> {
    try_seed(data).map_err(|trouble| trouble.settle(data))
}

fn try_seed(data: &Path) -> Result<[u8; 32], Trouble> {
    private::folder(data)?;
    let path = data.join(NAME);
    match fs::read_to_string(&path) {
        Ok(text) => {
            private::close(&path)?;
            let mut seed = [0; 32];
            hex::decode_to_slice(text.trim(), &mut seed)
                .map_err(|_| Trouble::Other(format!("{NAME} is not 64 hexadecimal digits")))?;
            return Ok(seed);
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(error.into()),
    }
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(|_| Trouble::Other("no random bytes".to_string()))?;
    let half = path.with_extension("part");
    let mut file = private::writing().create(true).truncate(true).open(&half)?;
    file.write_all(hex::encode(seed).as_bytes())?;
    file.sync_all()?;
    fs::rename(&half, &path)?;
    sync_folder(data)?;
    Ok(seed)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

    use super::*;

    #[test]
    fn it_is_drawn_once_and_a_damaged_one_is_never_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("station");
        let seed = station_seed(&data).unwrap();
        assert_ne!(seed, [0; 32]);
        assert_eq!(station_seed(&data).unwrap(), seed);
        let other = station_seed(&folder.path().join("other")).unwrap();
        assert_ne!(other, seed);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(data.join(NAME)).unwrap().permissions().mode();
            assert_eq!(mode & 0o077, 0);
        }
        fs::write(data.join(NAME), "zz").unwrap();
        assert_eq!(station_seed(&data).unwrap_err().code(), "store_failed");
        assert_eq!(fs::read_to_string(data.join(NAME)).unwrap(), "zz");
    }
}
