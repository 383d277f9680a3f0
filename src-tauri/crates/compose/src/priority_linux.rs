//! Which thread goes first when the processors are busy.

#![allow(
    unsafe_code,
    reason = "the standard library has no door to a thread's priority"
)]

/// Lets every other thread of the machine go before the calling one, a little: a look at the sitter may come some
/// milliseconds later, the picture on screen may not. Where a system has no such thing, nothing happens.
pub(crate) fn step_back() {
    #[cfg(target_os = "linux")]
    {
        /// Five of the nineteen steps down: a third of the processor's time where two threads want all of it.
        const STEPS: libc::c_int = 5;
        // SAFETY: 0 names the calling thread, and every value is allowed to be asked for.
        if unsafe { libc::setpriority(libc::PRIO_PROCESS, 0, STEPS) } != 0 {
            tracing::debug!("the thread keeps its priority");
        }
    }
}
