//! A folder with photos, and the program run in it.

use jpeg_encoder::{ColorType, Encoder};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::{Command, Output};
use tempfile::TempDir;

pub(crate) struct Bench {
    folder: TempDir,
}

pub(crate) fn jpeg(width: u16, height: u16, rgb: [u8; 3]) -> Vec<u8> {
    let mut bytes = vec![];
    let pixels = rgb.repeat(usize::from(width) * usize::from(height));
    Encoder::new(&mut bytes, 90)
        .encode(&pixels, width, height, ColorType::Rgb)
        .unwrap();
    bytes
}

impl Bench {
    /// With `a.jpg` and `b.jpg`.
    pub(crate) fn new() -> Self {
        let bench = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        bench.put("a.jpg", &jpeg(480, 640, [100, 197, 255]));
        bench.put("b.jpg", &jpeg(330, 480, [200, 40, 40]));
        bench
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn put(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.path(name), bytes).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).unwrap()
    }

    /// Every file with its bytes.
    pub(crate) fn all(&self) -> BTreeMap<String, Vec<u8>> {
        let entries = std::fs::read_dir(self.folder.path()).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
        names
            .map(|name| (name.clone(), std::fs::read(self.path(&name)).unwrap()))
            .collect()
    }

    /// `station sheet …` in the folder.
    pub(crate) fn sheet(&self, arguments: &str) -> Output {
        Command::new(env!("CARGO_BIN_EXE_station"))
            .args(["--data", ".", "sheet"])
            .args(arguments.split_whitespace())
            .current_dir(self.folder.path())
            .output()
            .unwrap()
    }
}

pub(crate) fn said(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}
