//! The small VM: boots the kernel that `cargo xtask test` prepared, runs one program in it, and gives what
//! that program printed.
//!
//! Everything lies in the first root file system, in memory: no disk, no network, no folder of the host.

mod archive;
mod parts;

use anyhow::{Context, Result, bail};
use archive::Archive;
pub use parts::Parts;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// The argument with which the program is to run the tests.
pub const START: &str = "start";
/// How a line about one test begins.
pub const TEST: &str = "test";
/// How the line with the numbers of passed and failed tests begins.
pub const RESULT: &str = "inside:";
/// How a line with a measured value begins.
pub const FIGURE: &str = "figure";

/// Longer than any run takes, also on a busy machine.
const LONGEST: Duration = Duration::from_secs(400);

/// Runs `program` in the VM and hands on each line it prints, the kernel's own among them.
///
/// # Errors
/// When a part is missing, the VM does not start, or it does not end in time.
pub fn run(parts: &Parts, program: &Path, mut each: impl FnMut(&str)) -> Result<()> {
    let root = std::env::temp_dir().join(format!("camera-vm-{}", std::process::id()));
    fs::write(&root, file_system(parts, program)?)
        .with_context(|| format!("{} cannot be written", root.display()))?;
    let booted = boot(parts, &root);
    let ended = booted.and_then(|vm| follow(vm, &mut each));
    fs::remove_file(&root).with_context(|| format!("{} cannot be removed", root.display()))?;
    ended
}

/// Init, the modules, busybox for both, the program and the libraries it loads.
fn file_system(parts: &Parts, program: &Path) -> Result<Vec<u8>> {
    let mut archive = Archive::new();
    for folder in ["dev", "proc", "sys", "tmp"] {
        archive.folder(folder);
    }
    archive.file("init", include_bytes!("../init.sh"));
    archive.file("bin/busybox", &read(&parts.busybox)?);
    for module in &parts.modules {
        let name = module.file_name().unwrap_or_default().to_string_lossy();
        archive.file(&format!("modules/{name}"), &read(module)?);
    }
    archive.file("inside", &stripped(program)?);
    for library in libraries(program)? {
        archive.file(library.trim_start_matches('/'), &read(Path::new(&library))?);
    }
    Ok(archive.finish())
}

fn read(file: &Path) -> Result<Vec<u8>> {
    fs::read(file).with_context(|| format!("{} cannot be read", file.display()))
}

/// The program without what only a debugger reads: that is most of it, and the VM has to carry it.
fn stripped(program: &Path) -> Result<Vec<u8>> {
    let copy = std::env::temp_dir().join(format!("camera-vm-program-{}", std::process::id()));
    let status = Command::new("strip")
        .arg("-o")
        .args([&copy, &program.to_owned()])
        .status()
        .context("strip, of the same package as the linker, cannot be started")?;
    if !status.success() {
        bail!("strip ended with {status}");
    }
    let bytes = read(&copy)?;
    fs::remove_file(&copy).with_context(|| format!("{} cannot be removed", copy.display()))?;
    Ok(bytes)
}

/// The libraries a program loads, and its loader, by their paths.
fn libraries(program: &Path) -> Result<Vec<String>> {
    let output = Command::new("ldd")
        .arg(program)
        .stdin(Stdio::null())
        .output()
        .context("ldd cannot be started")?;
    let said = String::from_utf8_lossy(&output.stdout);
    // `libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x…)`, and the loader by its path alone.
    let paths = said
        .lines()
        .filter_map(|line| line.split_whitespace().find(|word| word.starts_with('/')));
    Ok(paths.map(str::to_owned).collect())
}

fn boot(parts: &Parts, root: &Path) -> Result<Vm> {
    let mut command = Command::new(&parts.emulator);
    for folder in &parts.firmware {
        command.arg("-L").arg(folder);
    }
    if let Some(libraries) = &parts.libraries {
        command.env("LD_LIBRARY_PATH", libraries);
    }
    let (accelerator, processor) = if parts::has_virtualisation() {
        ("kvm", "host")
    } else {
        ("tcg,thread=multi,tb-size=256", "max")
    };
    command
        .args(["-nodefaults", "-no-user-config", "-display", "none", "-no-reboot"])
        .args(["-accel", accelerator, "-cpu", processor, "-smp", "2", "-m", "768"])
        .arg("-kernel")
        .arg(&parts.kernel)
        .arg("-initrd")
        .arg(root)
        .args(["-append", "console=ttyS0 quiet panic=-1 mitigations=off nokaslr"])
        .args(["-serial", "stdio"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped());
    let child = command
        .spawn()
        .with_context(|| format!("{} cannot be started", parts.emulator.display()))?;
    Ok(Vm(child))
}

/// Hands lines on until the VM switches itself off.
fn follow(mut vm: Vm, each: &mut impl FnMut(&str)) -> Result<()> {
    let output = vm.0.stdout.take().context("the VM's console")?;
    let (sender, lines) = channel();
    std::thread::spawn(move || {
        let mut output = BufReader::new(output);
        let mut line = Vec::new();
        while matches!(output.read_until(b'\n', &mut line), Ok(1..)) {
            let text = String::from_utf8_lossy(&line).trim_end().to_owned();
            line.clear();
            if sender.send(text).is_err() {
                return;
            }
        }
    });
    let began = Instant::now();
    loop {
        match lines.recv_timeout(LONGEST.saturating_sub(began.elapsed())) {
            Ok(line) => each(&line),
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => bail!("the VM did not end in {LONGEST:?}"),
        }
    }
    let status = vm.0.wait().context("the VM")?;
    if !status.success() {
        bail!("the emulator ended with {status}");
    }
    Ok(())
}

/// The emulator's process, which must not outlive a test that fails.
struct Vm(Child);

impl Drop for Vm {
    fn drop(&mut self) {
        // It has ended by itself when all went well.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
