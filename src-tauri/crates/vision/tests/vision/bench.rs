//! What the tests look at and with: the models folder, portraits fetched at set-up, drawn pictures.

use domain::picture::Picture;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use vision::{Models, OnnxAnalyser};

/// The repository's root.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..")
}

/// The folder of models.
pub(crate) fn models_dir() -> PathBuf {
    root().join("models/files")
}

/// The checked models, opened once for all tests.
pub(crate) fn models() -> &'static Models {
    static MODELS: OnceLock<Models> = OnceLock::new();
    MODELS.get_or_init(|| Models::open(&models_dir()).expect("run `cargo xtask models` first"))
}

/// A new analyser.
pub(crate) fn analyser() -> OnnxAnalyser {
    OnnxAnalyser::new(models()).expect("the networks open")
}

/// A portrait fetched at set-up.
pub(crate) fn sitter(file: &str) -> Picture {
    let path = root().join("target/sitters").join(file);
    let decoded = image::open(&path)
        .unwrap_or_else(|error| panic!("{}: {error}: run `cargo xtask models` first", path.display()))
        .into_rgb8();
    Picture::new(decoded.width(), decoded.height(), decoded.into_raw()).expect("a decoded picture")
}

/// A grey wall, lighter at the top, with a little texture.
pub(crate) fn wall(width: u32, height: u32) -> Picture {
    let mut picture = Picture::filled(width, height, [0; 3]);
    let mut noise = 0x2545_f491_u32;
    for (index, pixel) in picture.pixels_mut().chunks_exact_mut(3).enumerate() {
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let row = index as u32 / width;
        let value = 205 - row * 30 / height + (noise >> 29);
        pixel.fill(value as u8);
    }
    picture
}

/// The part of a picture from `left`, `top`, at another size.
pub(crate) fn cut(picture: &Picture, [left, top, width, height]: [u32; 4], to: (u32, u32)) -> Picture {
    let whole = image::RgbImage::from_raw(picture.width(), picture.height(), picture.pixels().to_vec())
        .expect("a picture is a picture");
    let part = image::imageops::crop_imm(&whole, left, top, width, height).to_image();
    let sized = image::imageops::resize(&part, to.0, to.1, image::imageops::FilterType::Triangle);
    Picture::new(to.0, to.1, sized.into_raw()).expect("a picture is a picture")
}

/// One picture laid onto another.
pub(crate) fn paste(onto: &mut Picture, picture: &Picture, left: u32, top: u32) {
    let (width, row) = (onto.width() as usize * 3, picture.width() as usize * 3);
    for (y, line) in picture.pixels().chunks_exact(row).enumerate() {
        let start = (top as usize + y) * width + left as usize * 3;
        onto.pixels_mut()[start..start + row].copy_from_slice(line);
    }
}
