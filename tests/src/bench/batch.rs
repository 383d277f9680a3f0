//! What a batch from the command line costs.

use super::figure::{Figure, Targets, median};
use crate::{root, sitters};
use anyhow::{Context, Result, ensure};
use compose::batch::Summary;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Pictures of the long batch.
const MANY: usize = 200;
/// Memory is first read after so many photos.
const EARLY: usize = 20;
/// Times the single picture is made anew.
const COLD: usize = 3;
/// Between two looks at a process.
const LOOK: Duration = Duration::from_millis(10);

/// What one run showed.
struct Ran {
    seconds: f64,
    peak_mb: f64,
    /// Memory after the first photos and at the end, MB.
    early_mb: f64,
    late_mb: f64,
}

/// Measures the command on one picture and on many, in `folder`.
pub fn measure(targets: &Targets, folder: &Path) -> Result<Vec<Figure>> {
    let scenes = sitters::scenes(&root::sitters(), &root::models())?;
    let source = scenes.join("biden-right/0.jpg");
    let one = folder.join("one");
    fs::create_dir_all(&one)?;
    fs::copy(&source, one.join("0.jpg"))?;
    let many = folder.join("many");
    fs::create_dir_all(&many)?;
    for i in 0..MANY {
        fs::copy(&source, many.join(format!("{i:03}.jpg")))?;
    }

    let loading = Instant::now();
    drop(compose::open_sight(&root::models())?);
    let loading = loading.elapsed().as_secs_f64();
    let cold: Vec<Ran> = (0..COLD)
        .map(|i| run(&one, &folder.join(format!("one-{i}")), 1, None))
        .collect::<Result<_>>()?;
    let seconds: Vec<f64> = cold.iter().map(|ran| ran.seconds).collect();
    let peak = cold.iter().map(|ran| ran.peak_mb).fold(0.0, f64::max);
    let single = run(&many, &folder.join("many-1"), 1, Some("0"))?;
    let double = run(&many, &folder.join("many-2"), 2, Some("0,1"))?;
    let growth = 100.0 * (single.late_mb / single.early_mb - 1.0);
    Ok(vec![
        targets.figure(
            "cold_s",
            median(&seconds),
            format!("median of {COLD}; loading the networks alone {loading:.2} s"),
        )?,
        targets.figure("peak_rss_mb", peak, "")?,
        targets.figure(
            "batch_scaling",
            single.seconds / double.seconds,
            format!("{:.0} s against {:.0} s", single.seconds, double.seconds),
        )?,
        targets.figure(
            "batch_memory_growth",
            growth,
            format!(
                "{:.0} MB, then {:.0} MB, one worker",
                single.early_mb, single.late_mb
            ),
        )?,
        rims(targets, folder)?,
    ])
}

/// The command on a folder of pictures, bound to these cores.
fn command(pictures: &Path, out: &Path, jobs: usize, cores: Option<&str>) -> Result<Command> {
    let program = root::program("station");
    let mut command = match cores {
        Some(cores) => {
            let mut bound = Command::new("taskset");
            bound.args(["-c", cores]).arg(program);
            bound
        }
        None => Command::new(program),
    };
    let settings = out.with_extension("settings");
    fs::create_dir_all(&settings)?;
    let models = format!("[models]\nfolder = {:?}\n", root::models().display().to_string());
    fs::write(settings.join("settings.toml"), models)?;
    command
        .arg("--data")
        .arg(&settings)
        .arg("standardise")
        .arg(pictures)
        .arg("--out")
        .arg(out)
        .args(["--quiet", "--jobs", &jobs.to_string()])
        .stdout(Stdio::null());
    Ok(command)
}

fn run(pictures: &Path, out: &Path, jobs: usize, cores: Option<&str>) -> Result<Ran> {
    let start = Instant::now();
    let mut child = command(pictures, out, jobs, cores)?
        .spawn()
        .context("station cannot be started")?;
    let (mut peak_mb, mut early_mb, mut late_mb) = (0.0f64, 0.0, 0.0);
    while child.try_wait()?.is_none() {
        let (now, most) = memory_mb(&child);
        peak_mb = peak_mb.max(most);
        if now > 0.0 {
            late_mb = now;
        }
        if early_mb == 0.0 && photos(out) >= EARLY {
            early_mb = now;
        }
        std::thread::sleep(LOOK);
    }
    let seconds = start.elapsed().as_secs_f64();
    let status = child.wait()?;
    ensure!(status.success(), "station standardise ended with {status}");
    Ok(Ran {
        seconds,
        peak_mb,
        early_mb,
        late_mb,
    })
}

fn photos(out: &Path) -> usize {
    let entries = fs::read_dir(out).into_iter().flatten().flatten();
    entries
        .filter(|entry| entry.path().extension().is_some_and(|e| e == "jpg"))
        .count()
}

/// Memory of a process now and at its largest, MB.
fn memory_mb(child: &Child) -> (f64, f64) {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let of = |key: &str| {
        let line = status.lines().find(|line| line.starts_with(key));
        let kb = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<f64>().ok());
        kb.unwrap_or_default() / 1024.0
    };
    (of("VmRSS:"), of("VmHWM:"))
}

/// The rim of every photo of a folder of portraits, listed beside the figures.
fn rims(targets: &Targets, folder: &Path) -> Result<Figure> {
    let Some(pictures) = std::env::var_os("STATION_PICTURES") else {
        return targets.unmeasured("rim_excess_l", "STATION_PICTURES names no folder of portraits");
    };
    let out = folder.join("rims");
    let status = command(Path::new(&pictures), &out, 2, None)?.status()?;
    let text =
        fs::read_to_string(out.join("summary.json")).with_context(|| format!("ended with {status}"))?;
    let summary: Summary = serde_json::from_str(&text)?;
    let mut rims: Vec<(f64, String)> = summary
        .items
        .into_iter()
        .filter_map(|item| Some((f64::from(item.rim_excess_l?), item.name)))
        .collect();
    rims.sort_by(|a, b| b.0.total_cmp(&a.0));
    let list: String = rims
        .iter()
        .map(|(rim, name)| format!("{rim:.3}\t{name}\n"))
        .collect();
    let kept = folder.with_file_name("rims.tsv");
    fs::write(&kept, list)?;
    let values: Vec<f64> = rims.iter().map(|(rim, _)| *rim).collect();
    let beside = format!("{} photos, each in rims.tsv beside this file", values.len());
    targets.figure("rim_excess_l", median(&values), beside)
}
