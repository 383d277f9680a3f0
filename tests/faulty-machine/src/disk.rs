//! The functions of the C library through which a program changes files.

use crate::plan::{Kind, Plan, What};
use crate::power::Unsafe;
use crate::system::{self, answer, fail};
use libc::{c_char, c_int, c_void, mode_t, off_t, size_t, ssize_t};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

/// What the environment asks for.
struct Order {
    folder: PathBuf,
    /// Each with the calls that counted for it.
    plans: Vec<(Plan, AtomicU64)>,
    log: c_int,
    /// Where files are kept whose names are gone, and what a power cut would take; when one is planned.
    power: Option<(PathBuf, Mutex<Unsafe>)>,
}

/// All calls on files of the folder.
static COUNTED: AtomicU64 = AtomicU64::new(0);

fn order() -> Option<&'static Order> {
    static ORDER: OnceLock<Option<Order>> = OnceLock::new();
    let read = || {
        let folder = PathBuf::from(std::env::var_os("FAULTY_FOLDER")?);
        let log = std::env::var_os("FAULTY_LOG").map(PathBuf::from);
        let text = std::env::var("FAULTY_PLAN").unwrap_or_default();
        let parts = text.split(';').map(str::trim).filter(|part| !part.is_empty());
        let plans: Vec<_> = parts
            .map(|part| {
                (
                    Plan::parse(part).unwrap_or_else(|| unreadable(part)),
                    AtomicU64::new(0),
                )
            })
            .collect();
        let cut = plans.iter().any(|(plan, _)| plan.what == What::Cut);
        let power = cut.then(|| {
            let stash = folder.with_extension("stash");
            system::folder(&stash);
            (stash, Mutex::default())
        });
        let log = log.map_or(-1, |path| system::log(&path));
        Some(Order {
            folder,
            plans,
            log,
            power,
        })
    };
    ORDER.get_or_init(read).as_ref()
}

/// A plan that is misread would let a test pass that tests nothing.
fn unreadable(text: &str) -> ! {
    system::append(2, &format!("FAULTY_PLAN {text:?} is not a plan\n"));
    system::end()
}

/// A call on a file of the folder.
struct Call<'a> {
    kind: Kind,
    function: &'static str,
    path: &'a Path,
}

impl Order {
    /// Counts a call and says what is to happen at it.
    fn strike(&self, call: &Call<'_>) -> Option<What> {
        let number = COUNTED.fetch_add(1, Ordering::SeqCst) + 1;
        if self.log >= 0 {
            let name = call.path.file_name().unwrap_or_default().to_string_lossy();
            let kind = call.kind.word();
            system::append(self.log, &format!("{number} {kind} {} {name}\n", call.function));
        }
        let counting = self.plans.iter().filter(|(plan, _)| plan.counts(call.kind));
        // Every plan counts, also behind one that strikes.
        let struck: Vec<_> = counting
            .filter_map(|(plan, counted)| plan.at(counted.fetch_add(1, Ordering::SeqCst) + 1, call.kind))
            .collect();
        struck.first().copied()
    }
}

/// Carries a call out, or what the plan makes of it. `half` is what is still done of a torn one; `note` tells what
/// a power cut would take of it.
fn carry_out(
    call: Call<'_>,
    whole: &dyn Fn() -> i64,
    half: &dyn Fn() -> i64,
    note: &dyn Fn(&mut Unsafe, &Path),
) -> i64 {
    let Some(order) = order().filter(|order| call.path.starts_with(&order.folder)) else {
        return whole();
    };
    // Held until the call is done: what is noted of it must stand in the order in which it happened.
    let mut power = order
        .power
        .as_ref()
        .map(|(stash, changes)| (stash, changes.lock().unwrap_or_else(PoisonError::into_inner)));
    match order.strike(&call) {
        None => {
            if let Some((stash, changes)) = &mut power {
                note(changes, stash);
            }
            whole()
        }
        Some(What::Kill) => system::end(),
        Some(What::Cut) => {
            if let Some((_, changes)) = &mut power {
                changes.cut();
            }
            system::end()
        }
        Some(What::Torn) => {
            half();
            system::end()
        }
        Some(What::Fails { errno, .. }) => fail(errno).into(),
    }
}

/// A change of an open file from a place on, of so many bytes or of all.
fn change(
    function: &'static str,
    file: c_int,
    span: (u64, Option<u64>),
    whole: &dyn Fn() -> i64,
    half: &dyn Fn() -> i64,
) -> i64 {
    let kind = Kind::Write;
    let note = |changes: &mut Unsafe, _: &Path| changes.bytes(file, span.0, span.1);
    system::path_of(file, |path| {
        carry_out(Call { kind, function, path }, whole, half, &note)
    })
    .unwrap_or_else(whole)
}

/// An `fsync`.
fn sync(function: &'static str, file: c_int, whole: &dyn Fn() -> i64) -> c_int {
    let kind = Kind::Sync;
    let at = |path: &Path| {
        let answer = carry_out(Call { kind, function, path }, whole, whole, &|_, _| ());
        if let Some(order) = order().filter(|order| path.starts_with(&order.folder))
            && let Some((_, changes)) = &order.power
        {
            let mut changes = changes.lock().unwrap_or_else(PoisonError::into_inner);
            changes.synced(file, path, answer == 0);
        }
        answer
    };
    answer(system::path_of(file, at).unwrap_or_else(whole))
}

/// A call that names something.
fn name(
    kind: Kind,
    function: &'static str,
    path: Option<&Path>,
    whole: &dyn Fn() -> i64,
    note: &dyn Fn(&mut Unsafe, &Path),
) -> c_int {
    answer(match path {
        Some(path) => carry_out(Call { kind, function, path }, whole, whole, note),
        None => whole(),
    })
}

/// Stands in for the C library's function.
///
/// # Safety
/// As there: `from` has `count` readable bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn write(file: c_int, from: *const c_void, count: size_t) -> ssize_t {
    // SAFETY: passed on as it came, or less of it.
    let put = |count: size_t| unsafe { libc::syscall(libc::SYS_write, file, from, count) };
    let span = (system::position(file), Some(count as u64));
    change("write", file, span, &|| put(count), &|| put(count / 2)) as ssize_t
}

/// Stands in for the C library's function.
///
/// # Safety
/// As there: `from` has `count` readable bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pwrite(file: c_int, from: *const c_void, count: size_t, at: off_t) -> ssize_t {
    // SAFETY: passed on as it came, or less of it.
    let put = |count: size_t| unsafe { libc::syscall(libc::SYS_pwrite64, file, from, count, at) };
    let span = (u64::try_from(at).unwrap_or(0), Some(count as u64));
    change("pwrite", file, span, &|| put(count), &|| put(count / 2)) as ssize_t
}

/// Stands in for the C library's function.
///
/// # Safety
/// As there: `from` has `count` readable bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pwrite64(file: c_int, from: *const c_void, count: size_t, at: off_t) -> ssize_t {
    // SAFETY: the same function on systems of 64 bits.
    unsafe { pwrite(file, from, count, at) }
}

/// Stands in for the C library's function.
#[unsafe(no_mangle)]
pub extern "C" fn ftruncate(file: c_int, length: off_t) -> c_int {
    // SAFETY: takes no pointers.
    let cut = || unsafe { libc::syscall(libc::SYS_ftruncate, file, length) };
    answer(change(
        "ftruncate",
        file,
        (u64::try_from(length).unwrap_or(0), None),
        &cut,
        &cut,
    ))
}

/// Stands in for the C library's function.
#[unsafe(no_mangle)]
pub extern "C" fn ftruncate64(file: c_int, length: off_t) -> c_int {
    ftruncate(file, length)
}

/// Stands in for the C library's function.
#[unsafe(no_mangle)]
pub extern "C" fn fsync(file: c_int) -> c_int {
    // SAFETY: takes no pointers.
    sync("fsync", file, &|| unsafe { libc::syscall(libc::SYS_fsync, file) })
}

/// Stands in for the C library's function.
#[unsafe(no_mangle)]
pub extern "C" fn fdatasync(file: c_int) -> c_int {
    // SAFETY: takes no pointers.
    sync("fdatasync", file, &|| unsafe {
        libc::syscall(libc::SYS_fdatasync, file)
    })
}

/// Stands in for the C library's function.
///
/// # Safety
/// As there: both paths end with a zero byte.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rename(from: *const c_char, to: *const c_char) -> c_int {
    let here = libc::AT_FDCWD;
    // SAFETY: passed on as it came.
    let call = || unsafe { libc::syscall(libc::SYS_renameat2, here, from, here, to, 0) };
    // SAFETY: as the caller says.
    let (old, new) = unsafe { (system::path_at(from), system::path_at(to)) };
    let note = |changes: &mut Unsafe, stash: &Path| {
        if let (Some(old), Some(new)) = (old, new) {
            changes.moves(old, new, stash);
        }
    };
    name(Kind::Name, "rename", new, &call, &note)
}

/// Stands in for the C library's function.
///
/// # Safety
/// As there: the path ends with a zero byte.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn unlink(path: *const c_char) -> c_int {
    // SAFETY: passed on as it came.
    let call = || unsafe { libc::syscall(libc::SYS_unlinkat, libc::AT_FDCWD, path, 0) };
    // SAFETY: as the caller says.
    let path = unsafe { system::path_at(path) };
    let note =
        |changes: &mut Unsafe, stash: &Path| path.into_iter().for_each(|path| changes.goes(path, stash));
    name(Kind::Unname, "unlink", path, &call, &note)
}

/// Stands in for the C library's function.
///
/// # Safety
/// As there: the path ends with a zero byte.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mkdir(path: *const c_char, mode: mode_t) -> c_int {
    // SAFETY: passed on as it came.
    let call = || unsafe { libc::syscall(libc::SYS_mkdirat, libc::AT_FDCWD, path, mode) };
    // SAFETY: as the caller says.
    let path = unsafe { system::path_at(path) };
    let note = |changes: &mut Unsafe, _: &Path| {
        path.into_iter()
            .filter(|path| !system::is_there(path))
            .for_each(|path| changes.made(path));
    };
    name(Kind::Make, "mkdir", path, &call, &note)
}

/// Stands in for the C library's function, whose third argument is there only when a file may be made; the
/// calling conventions of Linux let it be read when it is not.
///
/// # Safety
/// As there: the path ends with a zero byte.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn open(path: *const c_char, flags: c_int, mode: mode_t) -> c_int {
    // SAFETY: passed on as it came.
    let call = || unsafe { libc::syscall(libc::SYS_openat, libc::AT_FDCWD, path, flags, mode) };
    // SAFETY: as the caller says.
    let named = unsafe { system::path_at(path) };
    let makes = flags & libc::O_CREAT != 0 && named.is_some_and(|path| !system::is_there(path));
    if !makes && flags & libc::O_TRUNC == 0 {
        return answer(call());
    }
    let note = |changes: &mut Unsafe, _: &Path| {
        let Some(path) = named else { return };
        if makes {
            changes.made(path);
        } else {
            changes.empties(path);
        }
    };
    name(Kind::Make, "open", named, &call, &note)
}

/// Stands in for the C library's function.
///
/// # Safety
/// As there: the path ends with a zero byte.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn open64(path: *const c_char, flags: c_int, mode: mode_t) -> c_int {
    // SAFETY: the same function on systems of 64 bits.
    unsafe { open(path, flags, mode) }
}
