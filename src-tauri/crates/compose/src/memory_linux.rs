//! How glibc hands out memory, and what it keeps although nothing uses it. Other systems' allocators need no telling.

#![allow(unsafe_code, reason = "the C library has no other door to its allocator")]

/// Two arenas in place of eight a core: the threads that decode and analyse pictures would each keep their own free
/// memory otherwise, some 25 MB in all. To be called before the program starts any thread.
pub fn keep_few_arenas() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    {
        // SAFETY: a refused value leaves everything as it was.
        let taken = unsafe { libc::mallopt(libc::M_ARENA_MAX, 2) };
        if taken == 0 {
            tracing::debug!("the number of arenas stays as it is");
        }
    }
}

/// Gives unused memory back to the system. Loading the networks leaves some 40 MB, their files' bytes, behind.
pub(crate) fn give_back() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    {
        // SAFETY: has no preconditions; glibc takes its own locks.
        let found = unsafe { libc::malloc_trim(0) };
        tracing::debug!(found, "unused memory");
    }
}
