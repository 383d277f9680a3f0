//! Removable disks as the kernel lists them.

use domain::port::Stick;
use std::fs;
use std::path::Path;

/// Folders where desktops mount what people plug in.
const USUAL: [&str; 2] = ["/media/", "/run/media/"];

/// What is mounted now and can be pulled out.
pub(crate) fn present() -> Vec<Stick> {
    let mounts = fs::read_to_string("/proc/self/mounts").unwrap_or_default();
    let mut sticks: Vec<Stick> = mounts.lines().filter_map(stick).collect();
    sticks.sort_by(|one, other| one.path.cmp(&other.path));
    sticks.dedup_by(|one, other| one.path == other.path);
    sticks
}

fn stick(line: &str) -> Option<Stick> {
    let mut fields = line.split(' ');
    let (device, path) = (fields.next()?, unescaped(fields.next()?));
    let plugged = device.starts_with("/dev/")
        && (USUAL.iter().any(|usual| path.starts_with(usual)) || removable(device));
    let label = Path::new(&path).file_name()?.to_string_lossy().into_owned();
    plugged.then(|| Stick {
        free: fs4::available_space(&path).unwrap_or(0),
        path,
        label,
        acknowledgements: false,
    })
}

/// The kernel's own mark, which stands at the whole disk and not at its parts.
fn removable(device: &str) -> bool {
    let Some(name) = device.strip_prefix("/dev/") else {
        return false;
    };
    let here = Path::new("/sys/class/block").join(name);
    let Ok(real) = fs::canonicalize(here) else {
        return false;
    };
    let marks = [Some(real.as_path()), real.parent()];
    marks
        .into_iter()
        .flatten()
        .any(|folder| fs::read_to_string(folder.join("removable")).is_ok_and(|mark| mark.trim() == "1"))
}

/// Spaces, tabs, line ends and backslashes stand in octal in that list.
fn unescaped(text: &str) -> String {
    let marks = [("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")];
    marks
        .iter()
        .fold(text.to_string(), |text, (code, sign)| text.replace(code, sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_desktops_mount_is_a_stick_and_the_machine_s_own_disks_are_not() {
        let found = stick("/dev/sdz1 /media/zhoumin/KINGSTON\\04016G vfat rw,nosuid 0 0").unwrap();
        assert_eq!(found.path, "/media/zhoumin/KINGSTON 16G");
        assert_eq!(found.label, "KINGSTON 16G");
        for line in [
            "/dev/nvme9n1p2 / ext4 rw 0 0",
            "tmpfs /media/fake tmpfs rw 0 0",
            "proc /proc proc rw 0 0",
            "",
        ] {
            assert!(stick(line).is_none(), "{line}");
        }
    }
}
