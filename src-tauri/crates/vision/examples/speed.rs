//! Prints how long the networks take on a picture: `speed MODELS_DIR PICTURE [FRAMES]`.
//!
//! The picture is used as it is for the still, stood on a grey frame of 1280x720 for the live frames and
//! squeezed to 480x640 for the matte.

use domain::picture::Picture;
use domain::port::{FaceAnalyser, Matting};
use std::error::Error;
use std::path::PathBuf;
use std::time::Instant;
use vision::{Models, ModnetMatting, OnnxAnalyser};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1);
    let usage = "speed MODELS_DIR PICTURE [FRAMES]";
    let dir = PathBuf::from(arguments.next().ok_or(usage)?);
    let path = PathBuf::from(arguments.next().ok_or(usage)?);
    let frames: usize = match arguments.next() {
        Some(number) => number.to_string_lossy().parse()?,
        None => 100,
    };
    let (models, open_ms) = timed(|| Models::open(&dir));
    let models = models?;
    let (analyser, analyser_ms) = timed(|| OnnxAnalyser::new(&models));
    let mut analyser = analyser?;
    let (matting, matting_ms) = timed(|| ModnetMatting::new(&models));
    let mut matting = matting?;
    println!(
        "check models {open_ms:.0} ms, build analyser {analyser_ms:.0} ms, build matting {matting_ms:.0} ms"
    );

    let picture = image::open(&path)?.into_rgb8();
    let still = of(picture.clone())?;
    let live = of(on_a_frame(&picture))?;
    let crop = of(image::imageops::thumbnail(&picture, 480, 640))?;
    let mut live_ms = Vec::new();
    for _ in 0..frames {
        let (analysis, ms) = timed(|| analyser.live(&live));
        if analysis?.face.is_none() {
            println!("no face in the live frame");
        }
        live_ms.push(ms);
    }
    println!("first live frame {:.1} ms", live_ms[0]);
    println!("live 1280x720 {}", spread(&mut live_ms[1..]));
    let mut still_ms = Vec::new();
    let mut matte_ms = Vec::new();
    for _ in 0..7 {
        let (analysis, ms) = timed(|| analyser.still(&still));
        analysis?;
        still_ms.push(ms);
        let (alpha, ms) = timed(|| matting.matte(&crop));
        alpha?;
        matte_ms.push(ms);
    }
    println!(
        "still {}x{} {}",
        still.width(),
        still.height(),
        spread(&mut still_ms)
    );
    println!("matte 480x640 {}", spread(&mut matte_ms));
    Ok(())
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed().as_secs_f64() * 1e3)
}

/// The picture's upper part, 3:4, in the middle of a grey frame.
fn on_a_frame(picture: &image::RgbImage) -> image::RgbImage {
    let width = picture.width().min(picture.height() * 3 / 4);
    let left = (picture.width() - width) / 2;
    let part = image::imageops::crop_imm(picture, left, 0, width, width * 4 / 3).to_image();
    let mut frame = image::RgbImage::from_pixel(1280, 720, image::Rgb([190; 3]));
    image::imageops::overlay(&mut frame, &image::imageops::thumbnail(&part, 540, 720), 370, 0);
    frame
}

fn of(image: image::RgbImage) -> Result<Picture, &'static str> {
    Picture::new(image.width(), image.height(), image.into_raw()).ok_or("an empty picture")
}

fn spread(ms: &mut [f64]) -> String {
    ms.sort_by(f64::total_cmp);
    let at = |share: f64| ms[((ms.len() - 1) as f64 * share) as usize];
    format!(
        "median {:.1} ms, p90 {:.1}, least {:.1}, most {:.1}",
        at(0.5),
        at(0.9),
        at(0.0),
        at(1.0)
    )
}
