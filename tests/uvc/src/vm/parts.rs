//! The files of the VM, as `cargo xtask test` prepares them.

use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};

/// Where the parts of the VM lie.
#[derive(Debug)]
pub struct Parts {
    /// The kernel.
    pub kernel: PathBuf,
    /// Its modules, in the order to load them in.
    pub modules: Vec<PathBuf>,
    /// A static busybox.
    pub busybox: PathBuf,
    /// QEMU for x86-64: the machine's own or one that was only unpacked.
    pub emulator: PathBuf,
    /// Where an unpacked emulator finds its firmware.
    pub firmware: Vec<PathBuf>,
    /// Where an unpacked emulator finds its libraries.
    pub libraries: Option<String>,
}

impl Parts {
    /// Finds the parts in a folder.
    ///
    /// # Errors
    /// When one is missing; the message says what to do.
    pub fn find(folder: &Path) -> Result<Self> {
        let there = |path: PathBuf| -> Result<PathBuf> {
            if !path.exists() {
                bail!(
                    "{} is missing; what to do: `cargo xtask test` prepares them, or says under set-up why it cannot",
                    path.display()
                );
            }
            Ok(path)
        };
        let modules = there(folder.join("modules"))?;
        let mut modules = fs::read_dir(&modules)
            .and_then(|entries| {
                entries
                    .map(|entry| Ok(entry?.path()))
                    .collect::<Result<Vec<_>, _>>()
            })
            .with_context(|| format!("{} cannot be read", modules.display()))?;
        modules.sort();
        let mut parts = Self {
            kernel: there(folder.join("vmlinuz"))?,
            modules,
            busybox: there(folder.join("busybox"))?,
            emulator: PathBuf::new(),
            firmware: Vec::new(),
            libraries: None,
        };
        if let Some(installed) = installed() {
            parts.emulator = installed;
            return Ok(parts);
        }
        let unpacked = folder.join("qemu");
        parts.emulator = there(unpacked.join("usr/bin").join(EMULATOR))?;
        parts.firmware = ["usr/share/qemu", "usr/share/seabios", "usr/lib/ipxe/qemu"]
            .map(|place| unpacked.join(place))
            .to_vec();
        let libraries = ["usr/lib/x86_64-linux-gnu", "lib/x86_64-linux-gnu"]
            .map(|place| unpacked.join(place).display().to_string());
        parts.libraries = Some(libraries.join(":"));
        Ok(parts)
    }
}

const EMULATOR: &str = "qemu-system-x86_64";

/// The machine's own emulator.
fn installed() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(EMULATOR))
        .find(|program| program.is_file())
}

/// Whether the processor itself can run the VM. `/dev/kvm` alone tells nothing: in some clouds it opens and
/// then never runs an ordinary kernel.
pub(super) fn has_virtualisation() -> bool {
    let able = fs::read_to_string("/proc/cpuinfo").is_ok_and(|text| {
        let flags = text.lines().find(|line| line.starts_with("flags"));
        flags.is_some_and(|flags| flags.split_whitespace().any(|flag| matches!(flag, "vmx" | "svm")))
    });
    able && fs::OpenOptions::new()
        .read(true)
        .write(true)
        .open("/dev/kvm")
        .is_ok()
}
