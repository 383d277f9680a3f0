//! What WebKitGTK needs to be told before it starts.

/// On software rendering the DMA-BUF renderer costs a 720p preview 164 % of a core instead of 45 % and
/// brings 49 ms instead of 13 ms; it is switched off unless the environment already decides. Must be the
/// first thing in `main`, before any thread.
#[cfg(target_os = "linux")]
#[allow(
    unsafe_code,
    reason = "setting a variable is sound here: no other thread runs yet"
)]
pub(crate) fn prepare() {
    const FLAG: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
    if std::env::var_os(FLAG).is_none() {
        // SAFETY: called first in `main`; no other thread reads the environment.
        unsafe { std::env::set_var(FLAG, "1") };
    }
}

/// Other systems have their own web view.
#[cfg(not(target_os = "linux"))]
pub(crate) fn prepare() {}
