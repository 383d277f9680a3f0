//! Boots the VM and runs the tests of `src/bin/inside` in it.

#![cfg(all(target_os = "linux", target_arch = "x86_64"))]
#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

use std::collections::{BTreeMap, VecDeque};
use std::fs;
use std::io::Write;
use std::path::Path;
use uvc::vm::{self, Parts};

/// Lines of the VM's console that a failure repeats.
const TAIL: usize = 80;

#[test]
fn the_camera_layer_holds_against_the_kernels_own_driver() {
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target");
    let parts = Parts::find(&target.join("camvm")).unwrap_or_else(|e| panic!("{e:#}"));
    let mut told = Told::default();
    let ended = vm::run(&parts, Path::new(env!("CARGO_BIN_EXE_inside")), |line| {
        told.hear(line)
    });
    let tail = || {
        told.tail
            .iter()
            .map(|line| format!("\n  | {line}"))
            .collect::<String>()
    };
    if let Err(error) = ended {
        panic!("{error:#}{}", tail());
    }
    let (passed, failed) = told
        .result
        .unwrap_or_else(|| panic!("the tests had no end{}", tail()));
    assert_eq!(failed, 0, "inside the VM{}", tail());
    assert_eq!(passed, told.tests, "tests that passed and their lines{}", tail());
    assert!(passed > 0 && told.figures.len() == 2, "{:?}", told.figures);

    let folder = target.join("bench");
    fs::create_dir_all(&folder).unwrap();
    let figures = serde_json::to_string(&told.figures).unwrap();
    fs::write(folder.join("camera-vm.json"), figures + "\n").unwrap();
}

/// What the program in the VM said.
#[derive(Default)]
struct Told {
    tail: VecDeque<String>,
    tests: usize,
    result: Option<(usize, usize)>,
    figures: BTreeMap<String, f64>,
}

impl Told {
    fn hear(&mut self, line: &str) {
        if self.tail.len() == TAIL {
            self.tail.pop_front();
        }
        self.tail.push_back(line.to_owned());
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            [vm::TEST, _, "...", ..] => self.tests += 1,
            [vm::RESULT, passed, failed] => {
                self.result = passed.parse().ok().zip(failed.parse().ok());
            }
            [vm::FIGURE, name, value] => {
                self.figures.insert(name.to_owned(), value.parse().unwrap());
            }
            _ => return,
        }
        // Not `println!`: what a passing test prints with that is not shown.
        let mut out = std::io::stdout();
        writeln!(out, "  in the VM: {line}").unwrap();
    }
}
