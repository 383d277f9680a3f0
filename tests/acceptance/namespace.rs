//! A private mount namespace, so that a disk can be full or read-only for one process alone.

use anyhow::{Context, Result, ensure};
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// A shell in a mount namespace of its own; what it mounts goes with it.
pub(crate) struct Namespace {
    shell: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Namespace {
    /// Enters a new namespace, as root of it.
    ///
    /// # Errors
    /// When the system gives no namespace.
    pub(crate) fn enter() -> Result<Self> {
        // Root needs no user namespace, and within a chroot or some containers the kernel grants it none.
        let (own_user, remedy): (&[&str], _) = if is_root()? {
            (&[], "root may not mount here: give the container CAP_SYS_ADMIN")
        } else {
            (
                &["--user", "--map-root-user"],
                "allow unprivileged user namespaces (sysctl user.max_user_namespaces and, where there is one, \
                 kernel.unprivileged_userns_clone), or be root",
            )
        };
        let mut shell = Command::new("unshare")
            .args(own_user)
            .args(propagation()?)
            .args(["--mount", "sh"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("unshare cannot be started (Debian: util-linux)")?;
        let input = shell.stdin.take().context("no input")?;
        let output = BufReader::new(shell.stdout.take().context("no output")?);
        let mut namespace = Self { shell, input, output };
        namespace
            .run("true")
            .with_context(|| format!("no private mount namespace: {remedy}"))?;
        Ok(namespace)
    }

    /// Runs a script and gives what it printed.
    pub(crate) fn run(&mut self, script: &str) -> Result<String> {
        writeln!(self.input, "{{\n{script}\n}}\necho \"ended $?\"")?;
        self.input.flush()?;
        let mut printed = String::new();
        loop {
            let mut line = String::new();
            ensure!(
                self.output.read_line(&mut line)? > 0,
                "the shell has ended: {script}"
            );
            if let Some(code) = line.strip_prefix("ended ") {
                ensure!(
                    code.trim() == "0",
                    "{script}: ended with {}: {printed}",
                    code.trim()
                );
                return Ok(printed);
            }
            printed.push_str(&line);
        }
    }
}

/// The root of a chroot need not be a mount, and then nobody can say how it propagates: who made the chroot did.
fn propagation() -> Result<&'static [&'static str]> {
    let mounts = std::fs::read_to_string("/proc/self/mountinfo").context("no /proc here")?;
    let rooted = mounts.lines().any(|line| line.split(' ').nth(4) == Some("/"));
    Ok(if rooted {
        &[]
    } else {
        &["--propagation", "unchanged"]
    })
}

fn is_root() -> Result<bool> {
    let said = Command::new("id")
        .arg("-u")
        .output()
        .context("id cannot be started")?;
    Ok(said.stdout == b"0\n")
}

impl Drop for Namespace {
    fn drop(&mut self) {
        // What still runs in it holds files on its mounts; it is ours and goes with it.
        let _asked = writeln!(self.input, "kill -9 $! 2>/dev/null; exit");
        let _reaped = self.shell.wait();
    }
}
