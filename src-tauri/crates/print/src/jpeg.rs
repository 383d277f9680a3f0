//! Sheets as JPEG pictures, for printers and shops that take nothing else.

use crate::area::Area;
use crate::cut_marks::{CUT_MARK_GREY, CutMark};
use crate::photo::Photo;
use crate::sheets::Sheets;
use crate::size::Size;
use domain::picture::Picture;
use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::pixels::U16x3;
use fast_image_resize::{FilterType, PixelComponentMapper, PixelType, ResizeAlg, ResizeOptions, Resizer};
use jpeg_encoder::{ColorType, Encoder, PixelDensity, PixelDensityUnit, SamplingFactor};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::LazyLock;
use thiserror::Error;

/// Dots per inch of a sheet.
pub const DPI: u16 = 300;

/// Quality of a sheet, 1..=100: a photo is encoded a second time here, which must not show.
const QUALITY: u8 = 95;

static LINEAR: LazyLock<PixelComponentMapper> = LazyLock::new(fast_image_resize::create_srgb_mapper);

/// Why a sheet could not be drawn.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DrawFault {
    /// The encoder failed.
    #[error("the JPEG encoder failed: {detail}")]
    Encoder {
        /// What it said.
        detail: String,
    },
    /// A photo could not be scaled.
    #[error("photo {photo} could not be scaled")]
    Scale {
        /// Its number among the photos, from 1.
        photo: usize,
    },
}

impl DrawFault {
    /// Names the fault for messages.
    pub const fn code(&self) -> &'static str {
        "print_drawing"
    }

    /// What to do about it.
    pub const fn remedy(&self) -> &'static str {
        "write the sheet as PDF instead, and report this"
    }
}

/// Draws the sheets one after the other: baseline JPEG, sRGB, 4:4:4, 300 dpi, white paper.
pub fn pages(sheets: &Sheets) -> impl Iterator<Item = Result<Vec<u8>, DrawFault>> {
    // Places differ by a pixel at most, so each photo is scaled once or a few times for all sheets.
    let mut scaled = BTreeMap::new();
    sheets.pages().iter().map(move |page| {
        let layout = sheets.layout();
        let size = layout.sheet();
        let mut canvas = Picture::filled(dots(size.width), dots(size.height), [255; 3]);
        for mark in layout.cut_marks(page.len()) {
            draw_mark(&mut canvas, &mark);
        }
        for (place, at) in layout.places().iter().zip(page) {
            let Some(photo) = sheets.photos().get(*at) else {
                continue;
            };
            let spot = Spot::of(place);
            let photo = match scaled.entry((*at, spot.width, spot.height)) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(empty) => {
                    let small = scale(photo, spot.width, spot.height);
                    empty.insert(small.ok_or(DrawFault::Scale { photo: at + 1 })?)
                }
            };
            paste(&mut canvas, photo, &spot);
        }
        encode(&canvas)
    })
}

/// Pixels of a place: its edges, each rounded, so that neighbours without a gap share an edge.
struct Spot {
    left: u32,
    top: u32,
    width: u32,
    height: u32,
}

impl Spot {
    fn of(place: &Area) -> Self {
        let (left, top) = (dots(place.left), dots(place.top));
        Self {
            left,
            top,
            width: dots(place.right()).saturating_sub(left).max(1),
            height: dots(place.bottom()).saturating_sub(top).max(1),
        }
    }
}

/// Millimetres as pixels; lengths on a sheet are 0 to 1000 mm.
fn dots(mm: f64) -> u32 {
    (mm * f64::from(DPI) / 25.4).round().max(0.0) as u32
}

/// Scales the shown part in linear light, so that fine hair keeps its brightness. The part has the ratio of the
/// pixels it fills: not even rounding stretches it.
fn scale(photo: &Photo, width: u32, height: u32) -> Option<Picture> {
    let picture = photo.picture();
    let part = photo.crop(Size {
        width: f64::from(width),
        height: f64::from(height),
    });
    let source = ImageRef::new(
        picture.width(),
        picture.height(),
        picture.pixels(),
        PixelType::U8x3,
    )
    .ok()?;
    let mut light = Image::new(picture.width(), picture.height(), PixelType::U16x3);
    LINEAR.forward_map(&source, &mut light).ok()?;
    let mut scaled = Image::new(width, height, PixelType::U16x3);
    let options = ResizeOptions::new()
        .resize_alg(ResizeAlg::Convolution(FilterType::CatmullRom))
        .crop(part.left, part.top, part.width, part.height);
    Resizer::new()
        .resize_typed(
            &light.typed_image::<U16x3>()?,
            &mut scaled.typed_image_mut::<U16x3>()?,
            &options,
        )
        .ok()?;
    let mut out = Image::new(width, height, PixelType::U8x3);
    LINEAR.backward_map(&scaled, &mut out).ok()?;
    Picture::new(width, height, out.into_vec())
}

fn paste(canvas: &mut Picture, photo: &Picture, spot: &Spot) {
    let row_bytes = spot.width as usize * 3;
    for (row, samples) in photo.pixels().chunks_exact(row_bytes).enumerate() {
        fill_row(canvas, spot.left, spot.top + row as u32, samples);
    }
}

/// One pixel wide, which is nearest to the width asked for: on the pixel whose middle is nearest to the line.
fn draw_mark(canvas: &mut Picture, mark: &CutMark) {
    let half = 25.4 / f64::from(DPI) / 2.0;
    let upright = mark.from.0 == mark.to.0;
    let (across, down) = if upright { (half, 0.0) } else { (0.0, half) };
    let (left, top) = (dots(mark.from.0 - across), dots(mark.from.1 - down));
    let (width, height) = if upright {
        (1, dots(mark.to.1).saturating_sub(top))
    } else {
        (dots(mark.to.0).saturating_sub(left), 1)
    };
    let samples = vec![(CUT_MARK_GREY * 255.0) as u8; width as usize * 3];
    for row in top..top + height {
        fill_row(canvas, left, row, &samples);
    }
}

/// Writes samples into a row of the canvas; what would lie outside is left out.
fn fill_row(canvas: &mut Picture, left: u32, row: u32, samples: &[u8]) {
    let stride = canvas.width() as usize * 3;
    let target = canvas
        .pixels_mut()
        .chunks_exact_mut(stride)
        .nth(row as usize)
        .and_then(|row| row.get_mut(left as usize * 3..));
    if let Some(target) = target {
        for (to, from) in target.iter_mut().zip(samples) {
            *to = *from;
        }
    }
}

fn encode(canvas: &Picture) -> Result<Vec<u8>, DrawFault> {
    let failed = |detail: String| DrawFault::Encoder { detail };
    let side = |side: u32| u16::try_from(side).map_err(|e| failed(e.to_string()));
    let mut bytes = vec![];
    let mut encoder = Encoder::new(&mut bytes, QUALITY);
    encoder.set_density(PixelDensity {
        density: (DPI, DPI),
        unit: PixelDensityUnit::Inches,
    });
    encoder.set_sampling_factor(SamplingFactor::R_4_4_4);
    encoder
        .encode(
            canvas.pixels(),
            side(canvas.width())?,
            side(canvas.height())?,
            ColorType::Rgb,
        )
        .map_err(|e| failed(e.to_string()))?;
    Ok(bytes)
}
