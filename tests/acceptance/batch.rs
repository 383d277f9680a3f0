//! `station standardise` and `station check` as programs call them.

use acceptance::{root, sitters};
use anyhow::{Context, Result, ensure};
use compose::batch::{Outcome, Summary};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant, SystemTime};
use tempfile::TempDir;

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(120);

/// A folder for everything, with the settings that name the networks.
fn place() -> Result<TempDir> {
    let folder = tempfile::tempdir()?;
    let models = root::models().display().to_string();
    fs::write(
        folder.path().join("settings.toml"),
        format!("[models]\nfolder = {models:?}\n"),
    )?;
    fs::create_dir(folder.path().join("in"))?;
    Ok(folder)
}

fn station(place: &Path) -> Command {
    let mut command = Command::new(root::program("station"));
    command.arg("--data").arg(place).current_dir(place);
    command
}

fn ran(command: &mut Command) -> Result<(i32, Output)> {
    let output = command.output().context("station cannot be started")?;
    let code = output.status.code().context("killed")?;
    Ok((code, output))
}

/// One frame of a sitter who becomes a photo, under these names.
fn good(place: &Path, names: &[&str]) -> Result<()> {
    let scenes = sitters::scenes(&root::sitters(), &root::models())?;
    for name in names {
        fs::copy(scenes.join("biden-right/0.jpg"), place.join("in").join(name))?;
    }
    Ok(())
}

fn summary(out: &Path) -> Result<Summary> {
    Ok(serde_json::from_slice(&fs::read(out.join("summary.json"))?)?)
}

fn photos(out: &Path) -> BTreeMap<String, SystemTime> {
    let entries = fs::read_dir(out).into_iter().flatten().flatten();
    entries
        .filter(|entry| entry.path().extension().is_some_and(|e| e == "jpg"))
        .filter_map(|entry| {
            Some((
                entry.file_name().to_string_lossy().into_owned(),
                entry.metadata().ok()?.modified().ok()?,
            ))
        })
        .collect()
}

#[test]
fn a_killed_batch_goes_on_and_redoes_one_picture_at_most() -> Result<()> {
    let place = place()?;
    let out = place.path().join("out");
    good(place.path(), &["1.jpg", "2.jpg", "3.jpg", "4.jpg", "5.jpg"])?;
    let arguments = ["standardise", "in", "--out", "out", "--jobs", "1", "--quiet"];
    let mut child = station(place.path())
        .args(arguments)
        .stdout(Stdio::null())
        .spawn()?;
    let begun = Instant::now();
    while photos(&out).len() < 2 {
        ensure!(begun.elapsed() < PATIENCE, "no photo came");
        std::thread::sleep(Duration::from_millis(5));
    }
    child.kill()?;
    child.wait()?;
    let before = photos(&out);
    ensure!(before.len() < 5, "it was over before it was killed");
    let (code, _) = ran(station(place.path()).args(arguments))?;
    assert_eq!(code, 0);
    let after = photos(&out);
    assert_eq!(after.len(), 5);
    let redone = before
        .iter()
        .filter(|(name, at)| after.get(*name) != Some(*at))
        .count();
    assert!(redone <= 1, "{redone} were done again");
    // A third run does nothing; a changed picture or photo is done again.
    let (code, _) = ran(station(place.path()).args(arguments))?;
    assert_eq!((code, photos(&out)), (0, after.clone()));
    fs::write(out.join("3.jpg"), b"damaged")?;
    let (code, _) = ran(station(place.path()).args(arguments))?;
    let mended = photos(&out);
    let again: Vec<_> = after
        .iter()
        .filter(|(name, at)| mended.get(*name) != Some(*at))
        .map(|(name, _)| name)
        .collect();
    assert_eq!(code, 0);
    assert_eq!(again, ["3.jpg"]);
    // A picture that is refused now leaves no photo of an earlier run behind.
    fs::copy(
        root::sitters().join("astronaut.png"),
        place.path().join("in/3.jpg"),
    )?;
    let (code, _) = ran(station(place.path()).args(arguments))?;
    assert_eq!((code, photos(&out).len()), (1, 4));
    assert!(
        !fs::read_dir(&out)?
            .flatten()
            .any(|entry| entry.file_name().to_string_lossy().ends_with(".part"))
    );
    Ok(())
}

#[test]
fn each_refusal_has_its_code_and_the_rest_goes_on() -> Result<()> {
    let place = place()?;
    let folder = place.path().join("in");
    good(place.path(), &["good.jpg"])?;
    let whole = fs::read(folder.join("good.jpg"))?;
    fs::write(folder.join("cut.jpg"), &whole[..whole.len() / 2])?;
    fs::copy(root::sitters().join("astronaut.png"), folder.join("small.png"))?;
    let blank = domain::picture::Picture::filled(640, 480, [200, 200, 200]);
    fs::write(folder.join("=blank.jpg"), photo::encode::jpeg(&blank, 90, 72)?)?;
    fs::write(folder.join("notes.txt"), "no picture by its ending: passed over")?;
    let hashes = |folder: &Path| -> Result<Vec<(PathBuf, Vec<u8>)>> {
        let mut all = vec![];
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            all.push((path.clone(), fs::read(path)?));
        }
        all.sort();
        Ok(all)
    };
    let before = hashes(&folder)?;
    let (code, output) =
        ran(station(place.path()).args(["standardise", "in", "--out", "out", "--format", "json", "--page"]))?;
    assert_eq!(code, 1);
    assert_eq!(hashes(&folder)?, before, "the originals are untouched");
    let out = place.path().join("out");
    let told: Summary = serde_json::from_slice(&output.stdout)?;
    assert_eq!(told, summary(&out)?);
    let of = |name: &str| {
        let item = told.items.iter().find(|item| item.name == name);
        item.map(|item| (item.outcome, item.codes.first().map_or("", String::as_str)))
    };
    assert_eq!(of("good"), Some((Outcome::Photo, "")));
    assert_eq!(of("small"), Some((Outcome::Refused, "too_small")));
    assert_eq!(of("=blank"), Some((Outcome::Refused, "no_face")));
    assert!(
        matches!(of("cut"), Some((Outcome::Refused, code)) if code.starts_with("picture_")),
        "{:?}",
        of("cut")
    );
    assert_eq!(told.items.len(), 4);
    let csv = fs::read_to_string(out.join("summary.csv"))?;
    assert!(csv.contains("in/=blank.jpg") && !csv.lines().any(|line| line.starts_with('=')));
    for file in ["good.jpg", "good.json", "good.svg", "contact.svg"] {
        assert!(out.join(file).is_file(), "{file}");
    }
    assert!(fs::read_to_string(out.join("contact.svg"))?.contains("data:image/jpeg;base64,"));

    // What was made passes the check; what it was made from does not.
    let (code, output) =
        ran(station(place.path()).args(["check", "out/good.jpg", "in/good.jpg", "--format", "json"]))?;
    assert_eq!(code, 1);
    let checked: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout)?;
    assert_eq!(checked[0]["outcome"], "photo");
    assert_eq!(checked[1]["outcome"], "refused");
    assert!(
        checked[1]["codes"]
            .as_array()
            .context("codes")?
            .contains(&"pixels".into())
    );
    assert_eq!(
        ran(station(place.path()).args(["check", "out/good.jpg", "--quiet"]))?.0,
        0
    );
    Ok(())
}

#[test]
fn two_workers_make_what_one_makes_and_a_document_names_it() -> Result<()> {
    let place = place()?;
    good(place.path(), &["a.jpg", "b.jpg"])?;
    let document = r#"{"items": [{"input": "in/a.jpg", "name": "甲"}, {"input": "in/b.jpg"}]}"#;
    fs::write(place.path().join("request.json"), document)?;
    for jobs in ["1", "2"] {
        let (code, output) = ran(station(place.path()).args([
            "standardise",
            "--json",
            "request.json",
            "--out",
            jobs,
            "--jobs",
            jobs,
            "--quiet",
        ]))?;
        assert_eq!(code, 0, "{}", String::from_utf8_lossy(&output.stderr));
    }
    for name in ["甲.jpg", "b.jpg"] {
        let read = |jobs: &str| fs::read(place.path().join(jobs).join(name));
        assert_eq!(read("1")?, read("2")?, "{name}");
    }
    Ok(())
}

#[test]
fn a_request_that_cannot_be_carried_out_does_nothing() -> Result<()> {
    let place = place()?;
    good(place.path(), &["a.jpg"])?;
    fs::create_dir(place.path().join("other"))?;
    fs::copy(place.path().join("in/a.jpg"), place.path().join("other/A.png"))?;
    for (arguments, code) in [
        (
            vec!["in", "--spec", "passport-of-atlantis"],
            "specification_unknown",
        ),
        (vec!["in", "other"], "name_taken"),
        (vec!["nowhere.jpg"], "input_unreadable"),
        (vec![], "nothing_named"),
        (vec!["--json", "settings.toml"], "request_unreadable"),
    ] {
        let (status, output) = ran(station(place.path())
            .arg("standardise")
            .args(&arguments)
            .args(["--out", "out"]))?;
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(status, 2, "{arguments:?}: {told}");
        assert!(told.starts_with(code), "{arguments:?}: {told}");
        assert!(!place.path().join("out").exists(), "{arguments:?}");
    }
    let original = fs::read(place.path().join("in/a.jpg"))?;
    let (status, output) = ran(station(place.path()).args(["standardise", "in", "--out", "./in"]))?;
    assert_eq!(status, 2);
    assert!(output.stderr.starts_with(b"would_overwrite"));
    assert_eq!(fs::read(place.path().join("in/a.jpg"))?, original);
    // A place that cannot be written: the fault names it and says how to go on.
    fs::create_dir_all(place.path().join("out/a.jpg/full"))?;
    let (status, output) = ran(station(place.path()).args(["standardise", "in", "--out", "out", "--quiet"]))?;
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(status, 3, "{told}");
    assert!(
        told.starts_with("output_failed") && told.contains("a.jpg") && told.contains("--out"),
        "{told}"
    );
    assert_eq!(fs::read(place.path().join("in/a.jpg"))?, original);
    Ok(())
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_folder_is_told_and_the_batch_goes_on_once_there_is_room() -> Result<()> {
    let place = place()?;
    good(place.path(), &["1.jpg", "2.jpg"])?;
    fs::create_dir(place.path().join("out"))?;
    let mut inside = crate::namespace::Namespace::enter()?;
    let (here, program) = (
        place.path().display(),
        root::program("station").display().to_string(),
    );
    let command = format!(
        "'{program}' --data . standardise in --out out --quiet --jobs 1 >told.txt 2>fault.txt </dev/null"
    );
    inside.run(&format!(
        "cd '{here}' && mount -t tmpfs -o size=64k tmpfs out && {{ {command}; test $? = 3; }}"
    ))?;
    let fault = fs::read_to_string(place.path().join("fault.txt"))?;
    assert!(
        fault.starts_with("output_failed") && fault.contains("Free some space"),
        "{fault}"
    );
    let listed = inside.run(&format!("ls -A '{here}/out'"))?;
    assert!(!listed.contains(".part"), "{listed}");
    inside.run(&format!(
        "cd '{here}' && mount -o remount,size=20m out && {command}"
    ))?;
    let told = fs::read_to_string(place.path().join("told.txt"))?;
    assert!(told.ends_with("2 photos, 0 refused, 0 failed\n"), "{told}");
    Ok(())
}

#[test]
fn the_independent_checker_finds_photos_right_and_refusals_true() -> Result<()> {
    let place = place()?;
    good(place.path(), &["biden.jpg"])?;
    let folder = place.path().join("in");
    fs::copy(root::sitters().join("obama3.jpg"), folder.join("obama.jpg"))?;
    fs::copy(root::sitters().join("astronaut.png"), folder.join("small.png"))?;
    let (code, _) = ran(station(place.path()).args(["standardise", "in", "--out", "out", "--quiet"]))?;
    assert_eq!(code, 1);
    let counts = summary(&place.path().join("out"))?.counts;
    assert_eq!((counts.photo, counts.refused), (2, 1));
    crate::checker::judges(&folder, &place.path().join("out"))
}
