//! A models folder that is not as it should be.

use crate::bench::{models, models_dir};
use domain::port::AnalysisFault;
use std::path::Path;
use vision::Models;

/// A folder with links to all models.
fn copy_of_models() -> tempfile::TempDir {
    let dir = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    for entry in std::fs::read_dir(models_dir()).expect("run `cargo xtask models` first") {
        let entry = entry.unwrap();
        let copy = dir.path().join(entry.file_name());
        if std::fs::hard_link(entry.path(), &copy).is_err() {
            std::fs::copy(entry.path(), &copy).unwrap();
        }
    }
    dir
}

fn fault_of(dir: &Path) -> AnalysisFault {
    Models::open(dir).expect_err("a folder that is not whole must be refused")
}

#[test]
fn an_altered_model_is_refused_by_name() {
    let dir = copy_of_models();
    let path = dir.path().join("face_landmarks_478.onnx");
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::remove_file(&path).unwrap();
    std::fs::write(&path, bytes).unwrap();
    let fault = fault_of(dir.path());
    assert_eq!(
        fault,
        AnalysisFault::Model {
            what: "face_landmarks_478.onnx".to_owned()
        }
    );
    assert!(fault.to_string().contains("cargo xtask models"), "{fault}");
}

#[test]
fn a_missing_model_is_named() {
    let dir = copy_of_models();
    std::fs::remove_file(dir.path().join("modnet.onnx")).unwrap();
    assert_eq!(
        fault_of(dir.path()),
        AnalysisFault::Model {
            what: "modnet.onnx".to_owned()
        }
    );
}

#[test]
fn a_missing_library_is_named() {
    let dir = copy_of_models();
    let library = std::fs::read_dir(dir.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .find(|name| name.contains("onnxruntime"))
        .expect("run `cargo xtask models` first");
    std::fs::remove_file(dir.path().join(&library)).unwrap();
    assert_eq!(fault_of(dir.path()), AnalysisFault::Model { what: library });
}

#[test]
fn every_file_has_its_version() {
    let versions = models().versions();
    for id in [
        "blazeface_short",
        "face_landmarks_478",
        "modnet",
        "canonical_face",
        "onnxruntime",
    ] {
        let (_, sha256) = versions.iter().find(|(known, _)| known == id).expect(id);
        assert_eq!(sha256.len(), 64);
    }
}
