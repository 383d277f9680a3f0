//! The parts of the small VM in which the camera layer is tested against the kernel's own driver
//! (`tests/uvc`): Debian's kernel with the modules for USB cameras, a static busybox, and QEMU where none is
//! installed. They are downloaded and unpacked, never installed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::external::{External, Failed};
use crate::{progress, system};

/// What is loaded in the VM: the driver for USB cameras, and the controller a camera in software plugs into.
const MODULES: [&str; 2] = ["uvcvideo", "vhci_hcd"];
/// What depends on the kernel's package of the day. The kernels named `cloud` have none of the modules.
const KERNEL: &str = "linux-image-amd64";
const BUSYBOX: &str = "busybox-static";
const EMULATOR: &str = "qemu-system-x86";
/// A changed preparation is done again.
const VERSION: &str = "1\n";

/// Sees to it that the parts lie in `target/camvm`. Touches no network when they do.
///
/// # Errors
/// When they cannot be had.
pub(crate) fn ensure(root: &Path) -> Result<()> {
    if !cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        progress::note("the camera's driver is tested on Linux with an x86-64 processor only");
        return Ok(());
    }
    let place = root.join("target/camvm");
    let stamp = place.join("version");
    let emulator = installed("qemu-system-x86_64") || place.join("qemu/usr/bin/qemu-system-x86_64").is_file();
    if emulator && fs::read_to_string(&stamp).is_ok_and(|then| then == VERSION) {
        return Ok(());
    }
    progress::step("preparing the VM for the camera's tests (some 100 MB)");
    // Made beside the place, so that a half-made one is never taken for a whole one.
    let made = root.join("target/camvm.new");
    for folder in [&made, &place] {
        if folder.exists() {
            fs::remove_dir_all(folder).with_context(|| format!("{} cannot be removed", folder.display()))?;
        }
    }
    make(root, &made).or_else(|_| {
        // No index, or an old one that names packages which are no longer kept: ask for the present one, once.
        progress::note("not at once: asking for the present package index");
        system::renew_index(root)?;
        fs::remove_dir_all(&made).with_context(|| format!("{} cannot be removed", made.display()))?;
        make(root, &made)
    })?;
    fs::write(made.join("version"), VERSION).context("the VM's version cannot be written")?;
    fs::rename(&made, &place).with_context(|| format!("{} cannot be put in place", made.display()))
}

/// Makes all parts in an empty folder.
fn make(root: &Path, made: &Path) -> Result<()> {
    let unpacked = made.join("unpacked");
    fs::create_dir_all(&unpacked).with_context(|| format!("{} cannot be made", unpacked.display()))?;
    let kernel = lines(External::new(root, "camera-vm-kernel", "apt-cache").args(["depends", KERNEL]))?
        .iter()
        .find_map(|line| Some(line.trim().strip_prefix("Depends: ")?.to_owned()))
        .with_context(|| format!("the package index has no {KERNEL}"))?;
    unpack(root, &unpacked, &[kernel, BUSYBOX.to_owned()])?;
    let busybox = made.join("busybox");
    fs::rename(unpacked.join("bin/busybox"), &busybox).context("no busybox in its package")?;
    let boot = entries(&unpacked.join("boot"))?;
    let kernel = boot
        .iter()
        .find(|path| name(path).starts_with("vmlinuz"))
        .context("no kernel in its package")?;
    fs::rename(kernel, made.join("vmlinuz")).context("the kernel cannot be moved")?;
    choose_modules(root, &busybox, &unpacked, &made.join("modules"))?;
    fs::remove_dir_all(&unpacked).with_context(|| format!("{} cannot be removed", unpacked.display()))?;
    if !installed("qemu-system-x86_64") {
        // Simulated, because a real installation could remove other versions of QEMU's parts.
        let plan = External::new(root, "camera-vm-qemu", "apt-get").args([
            "install",
            "--simulate",
            "--no-install-recommends",
            EMULATOR,
        ]);
        let packages: Vec<String> = lines(plan)?
            .iter()
            .filter_map(|line| line.strip_prefix("Inst ")?.split(' ').next().map(str::to_owned))
            .collect();
        unpack(root, &made.join("qemu"), &packages)?;
    }
    Ok(())
}

/// Downloads packages and unpacks them into a folder.
fn unpack(root: &Path, into: &Path, packages: &[String]) -> Result<()> {
    let downloads = into.join("packages");
    fs::create_dir_all(&downloads).with_context(|| format!("{} cannot be made", downloads.display()))?;
    External::new(root, "camera-vm-download", "apt-get")
        .dir(&downloads)
        // Else apt's own user, which may not write here, is tried first.
        .args(["-o", "APT::Sandbox::User=root", "download"])
        .args(packages)
        .remedy("see that the package index can be reached, then give the command again")
        .run()?;
    for package in entries(&downloads)? {
        External::new(root, "camera-vm-unpack", "dpkg")
            .args(["-x".as_ref(), package.as_os_str(), into.as_os_str()])
            .remedy("the download may be damaged: give the command again")
            .run()?;
    }
    fs::remove_dir_all(&downloads).with_context(|| format!("{} cannot be removed", downloads.display()))
}

/// Copies the modules that are needed, with a number in front that tells the order to load them in.
fn choose_modules(root: &Path, busybox: &Path, unpacked: &Path, into: &Path) -> Result<()> {
    let all = unpacked.join("lib/modules");
    let release = entries(&all)?
        .first()
        .cloned()
        .context("the kernel has no modules")?;
    External::new(root, "camera-vm-depmod", busybox)
        .args(["depmod".as_ref(), "-b".as_ref(), unpacked.as_os_str()])
        .args([name(&release)])
        .run()?;
    let list = release.join("modules.dep");
    let text = fs::read_to_string(&list).with_context(|| format!("{} cannot be read", list.display()))?;
    fs::create_dir_all(into).with_context(|| format!("{} cannot be made", into.display()))?;
    for (number, module) in load_order(&text, &MODULES)?.into_iter().enumerate() {
        let file = name(Path::new(&module));
        let copy = into.join(format!("{number:02}-{file}"));
        fs::copy(release.join(&module), &copy).with_context(|| format!("{module} cannot be copied"))?;
    }
    Ok(())
}

/// The files of the wanted modules and of all they depend on, in an order in which they can be loaded.
///
/// `modules.dep` has a line for each, `file: files it depends on`.
fn load_order(text: &str, wanted: &[&str]) -> Result<Vec<String>> {
    let needs: BTreeMap<&str, Vec<&str>> = text
        .lines()
        .filter_map(|line| line.split_once(':'))
        .map(|(module, needs)| (module, needs.split_whitespace().collect()))
        .collect();
    let mut order = Vec::new();
    for name in wanted {
        // The kernel treats both dashes alike.
        let ends = [name.to_string(), name.replace('_', "-")].map(|name| format!("/{name}.ko"));
        let module = needs
            .keys()
            .find(|module| ends.iter().any(|end| module.ends_with(end.as_str())))
            .with_context(|| format!("the kernel has no module {name}"))?;
        add(module, &needs, &mut order, 0)?;
    }
    Ok(order)
}

fn add(module: &str, needs: &BTreeMap<&str, Vec<&str>>, order: &mut Vec<String>, depth: u32) -> Result<()> {
    if depth > 32 {
        bail!("modules.dep goes round in a circle at {module}");
    }
    for needed in needs.get(module).into_iter().flatten() {
        add(needed, needs, order, depth + 1)?;
    }
    if !order.iter().any(|before| before == module) {
        order.push(module.to_owned());
    }
    Ok(())
}

/// Runs a program and gives the lines it printed.
fn lines(external: External) -> Result<Vec<String>, Failed> {
    let mut lines = Vec::new();
    external.run_with(|line| lines.push(line.to_owned()))?;
    Ok(lines)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    fs::read_dir(folder)
        .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect())
        .with_context(|| format!("{} cannot be read", folder.display()))
}

fn name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

fn installed(program: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(program).is_file()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_come_after_what_they_need() {
        let text = "k/a/uvcvideo.ko: k/v/videodev.ko k/v/mc.ko k/usb/usbcore.ko\n\
            k/v/videodev.ko: k/v/mc.ko\nk/v/mc.ko:\nk/usb/usbcore.ko: k/usb/usb-common.ko\n\
            k/usb/usb-common.ko:\nk/ip/vhci-hcd.ko: k/usb/usbcore.ko\nk/x/other.ko:\n";
        let order = load_order(text, &["uvcvideo", "vhci_hcd"]).unwrap();
        assert_eq!(order.len(), 6, "{order:?}");
        let at = |end: &str| order.iter().position(|module| module.ends_with(end)).unwrap();
        for (needed, module) in [
            ("/mc.ko", "/videodev.ko"),
            ("/videodev.ko", "/uvcvideo.ko"),
            ("/usb-common.ko", "/usbcore.ko"),
            ("/usbcore.ko", "/vhci-hcd.ko"),
        ] {
            assert!(at(needed) < at(module), "{order:?}");
        }
        assert!(load_order(text, &["absent"]).is_err());
        assert!(load_order("k/a.ko: k/b.ko\nk/b.ko: k/a.ko\n", &["a"]).is_err());
    }
}
