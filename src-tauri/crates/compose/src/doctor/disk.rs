//! Room on the disk of the data folder.

use super::finding::Finding;
use super::limits::Disk;
use super::patient::Patient;

pub(super) fn check(patient: &Patient<'_>) -> Vec<Finding> {
    vec![match fs4::available_space(&patient.settings.data) {
        Ok(bytes) => judge(bytes / 1_000_000, patient.limits.disk),
        Err(error) => Finding::trouble("disk_unreadable", error.to_string(), "see that the disk is there"),
    }]
}

fn judge(free_mb: u64, limits: Disk) -> Finding {
    let sentence = format!("{free_mb} MB are free on the disk");
    let remedy =
        "make room: remove what is not the station's; packets leave by themselves once they have arrived";
    if free_mb < limits.least_mb {
        Finding::trouble("disk_full", sentence, remedy)
    } else if free_mb < limits.low_mb {
        Finding::notice("disk_low", sentence, remedy)
    } else {
        Finding::well("disk_room", sentence)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Limits;

    #[test]
    fn room_is_judged_by_the_list() {
        let limits = Limits::builtin().unwrap().disk;
        for (free_mb, code) in [
            (499, "disk_full"),
            (500, "disk_low"),
            (1_999, "disk_low"),
            (2_000, "disk_room"),
        ] {
            assert_eq!(judge(free_mb, limits).code, code, "{free_mb}");
        }
    }
}
