//! What the system's programs are told, by scripts that stand in for them.

use print::{PrintJob, SpoolFault, Spooler};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use tempfile::TempDir;

struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new(list: &str, submit: &str) -> Self {
        let desk = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        for (name, body) in [("lpstat", list), ("lp", submit)] {
            let path = desk.file(name);
            let text = format!("#!/bin/sh\ncd '{}'\n{body}\n", desk.folder.path().display());
            fs::write(&path, text).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        }
        desk
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn spooler(&self) -> Spooler {
        Spooler::with_programs(self.file("lpstat"), self.file("lp"))
    }
}

const TWO: &str = "test \"$*\" = -e && printf 'Canon_SELPHY\\nOffice\\n'";
const TAKES: &str =
    "printf '%s\\n' \"$@\" > told; cat > got; echo 'request id is Canon_SELPHY-7 (1 file(s))'";

fn job(printer: &str) -> PrintJob<'_> {
    PrintJob {
        printer,
        copies: 3,
        media: "na_index-4x6_4x6in",
    }
}

#[test]
fn a_job_arrives_whole_and_unscaled() {
    let desk = Desk::new(TWO, TAKES);
    // More than a pipe holds.
    let pdf: Vec<u8> = (0..300_000u32).map(|i| i as u8).collect();
    let said = desk.spooler().submit(&job("Canon_SELPHY"), &pdf).unwrap();
    assert_eq!(said, "request id is Canon_SELPHY-7 (1 file(s))");
    assert_eq!(fs::read(desk.file("got")).unwrap(), pdf);
    let told = fs::read_to_string(desk.file("told")).unwrap();
    let told: Vec<&str> = told.lines().collect();
    let has = |pair: [&str; 2]| told.windows(2).any(|two| two == pair);
    assert!(has(["-d", "Canon_SELPHY"]) && has(["-n", "3"]), "{told:?}");
    assert!(has(["-o", "media=na_index-4x6_4x6in"]), "{told:?}");
    assert!(
        has(["-o", "fit-to-page=false"]) && has(["-o", "print-scaling=none"]),
        "{told:?}"
    );
}

#[test]
fn printers_are_listed() {
    assert_eq!(
        Desk::new(TWO, TAKES).spooler().printers().unwrap(),
        ["Canon_SELPHY", "Office"]
    );
    assert!(Desk::new("true", TAKES).spooler().printers().unwrap().is_empty());
}

#[test]
fn an_unknown_printer_is_told_before_anything_is_sent() {
    let desk = Desk::new(TWO, TAKES);
    for name in ["Epson", "", "-d", "Office\nCanon_SELPHY"] {
        let fault = desk.spooler().submit(&job(name), b"pdf").unwrap_err();
        assert_eq!(fault.code(), "print_unknown_printer");
        assert!(
            fault.remedy().contains("Canon_SELPHY, Office"),
            "{}",
            fault.remedy()
        );
    }
    assert!(!desk.file("told").exists());
}

#[test]
fn the_spoolers_own_words_are_kept() {
    // It refuses before it reads, as lp does with a bad option.
    let refuses = "echo 'lp: The printer or class does not accept jobs.' >&2; exit 1";
    let fault = Desk::new(TWO, refuses)
        .spooler()
        .submit(&job("Office"), &vec![7; 300_000])
        .unwrap_err();
    assert_eq!(
        fault,
        SpoolFault::Refused {
            words: "lp: The printer or class does not accept jobs.".into()
        }
    );
}

#[test]
fn without_printing_the_fault_says_so() {
    let down = "echo 'lpstat: Unable to connect to server: Bad file descriptor' >&2; exit 1";
    let fault = Desk::new(down, TAKES).spooler().printers().unwrap_err();
    assert_eq!(fault.code(), "print_no_system");
    assert!(fault.to_string().contains("Unable to connect"), "{fault}");
    let desk = Desk::new(TWO, TAKES);
    let absent = Spooler::with_programs(desk.file("absent"), desk.file("lp"));
    assert_eq!(absent.printers().unwrap_err().code(), "print_no_system");
    let half = Spooler::with_programs(desk.file("lpstat"), desk.file("absent"));
    let fault = half.submit(&job("Office"), b"pdf").unwrap_err();
    assert_eq!(fault.code(), "print_no_system");
    assert!(!fault.remedy().is_empty());
}
