//! `cargo xtask bench`: measures, and shows each value beside its target.

use std::fmt::Display;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::external::External;
use crate::system::{self, Purpose};
use crate::{compile, models, progress, setup};

/// What can be measured.
const NAMES: [&str; 4] = ["live", "quality", "standardise", "sync"];
/// The keys of one measured value, in the order of the table's columns.
const KEYS: [&str; 7] = ["id", "what", "value", "unit", "target", "ok", "beside"];

/// Measures `names`, or all, and prints their tables.
///
/// # Errors
/// When a name is unknown, or set-up, build or a measurement fails.
pub(crate) fn run(root: &Path, names: &[&str]) -> Result<()> {
    if let Some(unknown) = names.iter().find(|name| !NAMES.contains(name)) {
        bail!(
            "`{unknown}` cannot be measured; what to do: name one of {}",
            NAMES.join(", ")
        );
    }
    let names = if names.is_empty() { &NAMES[..] } else { names };
    setup::station(root, &[Purpose::Build, Purpose::Models, Purpose::Window])?;
    compile::programs(root, &["bench", "capture-station", "station"])?;
    let folder = root.join("target/bench");
    fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    for name in names {
        if *name == "live" {
            beside_live(root);
        }
        progress::step(&format!("measuring: {name}"));
        let file = folder.join(format!("{name}.json"));
        External::new(root, &format!("bench-{name}"), compile::program(root, "bench"))
            .args([name, "--out"])
            .args([&file])
            .remedy("the lines above say what could not be measured")
            .live()
            .run()?;
        let text = fs::read_to_string(&file).with_context(|| format!("{} cannot be read", file.display()))?;
        println!(
            "{}",
            table(&text).with_context(|| format!("{} is not as it should be", file.display()))?
        );
        progress::note(&format!("the same: target/bench/{name}.json"));
    }
    Ok(())
}

/// What `live` is measured against: MediaPipe of the tests' checker, and a camera in a virtual machine. What
/// cannot be had is missing from the table, with the reason, and stops nothing.
fn beside_live(root: &Path) {
    let without = |what: &str, error: &dyn Display| progress::note(&format!("without {what}: {error:#}"));
    let mediapipe = || {
        system::ensure(root, &[Purpose::Check])?;
        models::ensure_checker(root)
    };
    if let Err(error) = mediapipe() {
        without("MediaPipe", &error);
    }
    progress::step("the virtual UVC camera");
    // Figures of an earlier run are none of this one.
    let figures = root.join("target/bench/camera-vm.json");
    let gone = fs::remove_file(&figures).or_else(|error| match error.kind() {
        ErrorKind::NotFound => Ok(()),
        _ => Err(error),
    });
    if let Err(error) = gone {
        return without("the virtual UVC camera", &error);
    }
    if let Err(error) = compile::cargo(root, "cargo-test-uvc", &["test", "-p", "uvc"]).run() {
        without("the virtual UVC camera", &error);
    }
}

/// The table of one measurement.
fn table(json: &str) -> Result<String> {
    let list: Vec<serde_json::Map<String, Value>> = serde_json::from_str(json)?;
    let mut rows = vec![KEYS.map(str::to_owned)];
    for entry in &list {
        if let Some(key) = entry.keys().find(|key| !KEYS.contains(&key.as_str())) {
            bail!("unknown key `{key}`");
        }
        let mut row = KEYS.map(|_| String::new());
        for (cell, key) in row.iter_mut().zip(KEYS) {
            *cell = shown(entry.get(key).with_context(|| format!("`{key}` is missing"))?);
        }
        rows.push(row);
    }
    let mut widths = [0; KEYS.len()];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let line = |row: &[String; KEYS.len()]| {
        let cells = row
            .iter()
            .zip(widths)
            .map(|(cell, width)| format!("{cell:<width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    Ok(rows.iter().map(line).collect::<Vec<_>>().join("\n"))
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => "-".to_owned(),
        Value::Bool(true) => "ok".to_owned(),
        Value::Bool(false) => "short".to_owned(),
        Value::Number(number) => number
            .as_f64()
            .filter(|_| !number.is_i64())
            .map_or_else(|| number.to_string(), rounded),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Three significant digits are more than two runs on one machine agree on.
fn rounded(value: f64) -> String {
    match value.abs() {
        100.0.. => format!("{value:.0}"),
        10.0..100.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_shows_value_target_and_verdict() {
        let json = r#"[{"id":"preview_fps_720p","what":"preview","value":29.97,"unit":"1/s","target":">= 24","ok":true,"beside":""},
            {"id":"start_to_frame_ms","what":"start","value":1234.5,"unit":"ms","target":"<= 1000","ok":false,"beside":"cold"}]"#;
        let text = table(json).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 3);
        assert!(lines[1].contains("30.0") && lines[1].contains("ok"), "{text}");
        assert!(
            lines[2].contains("1234") && lines[2].contains("short") && lines[2].ends_with("cold"),
            "{text}"
        );
    }

    #[test]
    fn other_keys_are_refused() {
        let missing = r#"[{"id":"a"}]"#;
        assert!(
            table(missing)
                .unwrap_err()
                .to_string()
                .contains("`what` is missing")
        );
        let more = r#"[{"id":"a","note":1}]"#;
        assert!(
            table(more)
                .unwrap_err()
                .to_string()
                .contains("unknown key `note`")
        );
    }
}
