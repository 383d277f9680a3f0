//! What a command says of itself in a log.

use super::Command;

impl std::fmt::Debug for Command {
    /// Only the name of the command: some carry names, numbers and PINs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let name = serde_json::to_value(self)
            .ok()
            .and_then(|v| v.get("do").and_then(|d| d.as_str()).map(str::to_string));
        f.write_str(name.as_deref().unwrap_or("command"))
    }
}
