//! Keeps the machine's other accounts out: document numbers and the server's token lie in the data folder.
//! On Windows a folder takes over who may read it from the one it lies in; nothing is done there.

use crate::trouble::Trouble;
use std::fs::{self, OpenOptions};
use std::io::ErrorKind;
use std::path::Path;

/// Makes a folder for this account only, or closes one that is there: people make the data folder
/// themselves, for its settings, and get what their system gives.
pub(crate) fn folder(path: &Path) -> Result<(), Trouble> {
    if path.is_dir() {
        return close(path);
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    Ok(builder.create(path)?)
}

/// Makes an empty file for this account only, or closes one that is there. Never opens that one: a file
/// closed again would take along the locks that SQLite holds on it.
pub(crate) fn file(path: &Path) -> Result<(), Trouble> {
    match writing().create_new(true).open(path) {
        Ok(_made) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => close(path),
        Err(error) => Err(error.into()),
    }
}

/// How files are opened for writing: what is made by it is this account's only.
pub(crate) fn writing() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Takes the rights of everybody else away, or refuses what cannot be closed.
pub(crate) fn close(path: &Path) -> Result<(), Trouble> {
    #[cfg(unix)]
    {
        use domain::port::StoreFault;
        use std::os::unix::fs::PermissionsExt;
        const EVERYBODY_ELSE: u32 = 0o077;
        const SHARED: u32 = 0o1000;

        let mode = |path| Ok::<_, Trouble>(fs::metadata(path)?.permissions().mode() & 0o7777);
        let found = mode(path)?;
        if found & EVERYBODY_ELSE == 0 {
            return Ok(());
        }
        // A sticky folder, such as /tmp, is everybody's on purpose: closing it would lock them all out.
        if found & SHARED != 0 {
            return Err(StoreFault::NotPrivate.into());
        }
        match fs::set_permissions(path, fs::Permissions::from_mode(found & !EVERYBODY_ELSE)) {
            Err(error) if error.kind() == ErrorKind::PermissionDenied => {
                return Err(StoreFault::NotPrivate.into());
            }
            other => other?,
        }
        // Disks without permissions may take the call and do nothing.
        if mode(path)? & EVERYBODY_ELSE != 0 {
            return Err(StoreFault::NotPrivate.into());
        }
        tracing::info!(path = %path.display(), "closed to other accounts");
    }
    #[cfg(not(unix))]
    let _: &Path = path;
    Ok(())
}
