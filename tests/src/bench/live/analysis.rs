//! One whole live analysis without a window: decoding, networks, checks, the one instruction.

use crate::bench::figure::{Figure, Targets, median, percentile};
use crate::bench::process::cpu_seconds;
use crate::root;
use anyhow::{Context, Result, ensure};
use domain::frame::{Frame, FrameFormat};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Timed frames.
const FRAMES: u32 = 150;
/// Frames before the first one that counts: the face is found and followed.
const WARM: u32 = 20;
/// Widest picture the station looks at, as in `station::eyes`.
const WIDTH: u32 = 1280;
/// Between two frames of the camera.
const PERIOD: Duration = Duration::from_millis(33);

/// Does with each picture of a scene what the station's eyes do with a live frame.
pub(super) fn measure(targets: &Targets, scene: &Path) -> Result<Figure> {
    let specification = photo::specification::builtin()?
        .into_iter()
        .next()
        .context("no specification")?;
    let mut assessor = quality::LiveAssessor::new(specification, quality::Rules::strict()?);
    let mut steady = quality::Steady::new();
    let mut sight = compose::open_sight(&root::models())?;
    let mut files: Vec<_> = std::fs::read_dir(scene)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    files.sort();
    let jpegs: Vec<Arc<[u8]>> = files
        .iter()
        .map(|file| Ok(std::fs::read(file)?.into()))
        .collect::<Result<_>>()?;
    let (mut times, mut decoding, mut networks) = (vec![], vec![], vec![]);
    let (mut begin, mut before) = (Instant::now(), 0.0);
    for (seq, bytes) in (0..WARM + FRAMES).zip(jpegs.iter().cycle()) {
        if seq == WARM {
            (begin, before) = (Instant::now(), cpu_seconds(&[std::process::id()]));
        }
        let frame = Frame {
            seq: seq.into(),
            at: PERIOD * seq,
            format: FrameFormat::Mjpeg,
            width: 0,
            height: 0,
            bytes: Arc::clone(bytes),
            complete: true,
        };
        let start = Instant::now();
        let picture = photo::decode::frame_scaled(&frame, WIDTH)?;
        let decoded = start.elapsed();
        let mut analysis = sight.analyser.live(&picture)?;
        let seen = start.elapsed();
        let assessment = assessor.assess(&picture, &mut analysis, frame.at);
        steady.next(&assessment, frame.at);
        let whole = start.elapsed();
        ensure!(
            seq < WARM || analysis.face.is_some(),
            "no face in live frame {seq}"
        );
        if seq >= WARM {
            let ms = |time: Duration| time.as_secs_f64() * 1_000.0;
            times.push(ms(whole));
            decoding.push(ms(decoded));
            networks.push(ms(seen.saturating_sub(decoded)));
        }
    }
    let threads = (cpu_seconds(&[std::process::id()]) - before) / begin.elapsed().as_secs_f64();
    targets.figure(
        "live_analysis_ms",
        median(&times),
        format!(
            "median of {FRAMES} at 720p, p95 {:.1} ms; decoding {:.1} ms, networks {:.1} ms; {threads:.2} threads",
            percentile(&times, 95),
            median(&decoding),
            median(&networks),
        ),
    )
}
