//! The JPEG sheet, decoded by another decoder and measured.

use crate::made::{BLUE, RED, framed, of_pixels, paper, size};
use print::{Area, GAP_MM, Sheets, jpeg};

struct Seen {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

impl Seen {
    fn read(bytes: &[u8]) -> Self {
        let mut decoder = jpeg_decoder::Decoder::new(bytes);
        let pixels = decoder.decode().unwrap();
        let info = decoder.info().unwrap();
        Self {
            width: usize::from(info.width),
            height: usize::from(info.height),
            pixels,
        }
    }

    fn at(&self, x: usize, y: usize) -> [u8; 3] {
        let i = (y * self.width + x) * 3;
        [self.pixels[i], self.pixels[i + 1], self.pixels[i + 2]]
    }
}

fn is(seen: [u8; 3], colour: [u8; 3], by: u8) -> bool {
    seen.iter().zip(colour).all(|(a, b)| a.abs_diff(b) <= by)
}

/// How far a pixel's centre lies inside an area, in pixels of 300 dpi; negative outside.
fn depth(area: &Area, x: usize, y: usize) -> f64 {
    let mm = |pixel: usize| (pixel as f64 + 0.5) * 25.4 / 300.0;
    let (x, y) = (mm(x), mm(y));
    let inside = (x - area.left)
        .min(area.right() - x)
        .min(y - area.top)
        .min(area.bottom() - y);
    inside * 300.0 / 25.4
}

#[test]
fn photos_lie_where_the_layout_says_and_all_else_is_white() {
    let photo = framed(480, 640, 0, BLUE, BLUE);
    for (id, pixels, copies) in [
        ("5-inch", (1051, 1500), 3),
        ("6-inch", (1795, 1205), 8),
        ("a4", (2480, 3508), 25),
    ] {
        let sheets = Sheets::arrange(
            &paper(id),
            size("33x48"),
            GAP_MM,
            vec![photo.clone()],
            Some(copies),
        )
        .unwrap();
        let bytes = jpeg::pages(&sheets).next().unwrap().unwrap();
        assert_eq!(bytes[6..11], *b"JFIF\0");
        assert_eq!(bytes[13..18], [1, 1, 44, 1, 44], "300 dots an inch");
        let seen = Seen::read(&bytes);
        assert_eq!((seen.width, seen.height), pixels, "{id}");
        let (mut grey, mut wrong) = (0, 0);
        let marks = sheets.layout().cut_marks(copies);
        for y in 0..seen.height {
            for x in 0..seen.width {
                let depth = sheets
                    .layout()
                    .places()
                    .iter()
                    .map(|place| depth(place, x, y))
                    .fold(f64::MIN, f64::max);
                // JPEG rings about 8 pixels round an edge; a mark is looked for below.
                let ok = if depth > 1.0 {
                    is(seen.at(x, y), BLUE, if depth > 9.0 { 3 } else { 40 })
                } else if depth < -1.0 {
                    let near_mark = marks.iter().any(|mark| {
                        let area = Area {
                            left: mark.from.0,
                            top: mark.from.1,
                            width: mark.to.0 - mark.from.0,
                            height: mark.to.1 - mark.from.1,
                        };
                        self::depth(&area, x, y) > -9.0
                    });
                    let pixel = seen.at(x, y);
                    grey += usize::from(is(pixel, [140; 3], 30));
                    near_mark || is(pixel, [255; 3], if depth < -9.0 { 2 } else { 30 })
                } else {
                    true
                };
                wrong += usize::from(!ok);
            }
        }
        assert_eq!(wrong, 0, "{id}");
        // Each mark is one pixel wide over its length, less its ends.
        let length: f64 = marks
            .iter()
            .map(|m| (m.to.0 - m.from.0 + m.to.1 - m.from.1) * 300.0 / 25.4)
            .sum();
        let share = grey as f64 / length;
        assert!((0.8..1.1).contains(&share), "{id}: marks of {share} pixels");
    }
}

/// The frame of a photo is cut where the print is narrower, whole where it is not, and stays as wide on screen.
#[test]
fn a_photo_of_other_sides_is_cut_at_its_middle_and_never_stretched() {
    // 480×640 for 33×48: 440 of 480 columns stay, so 20 of the frame's 60 go on each side and none above.
    let photo = framed(480, 640, 60, RED, BLUE);
    let sheets = Sheets::arrange(&paper("6-inch"), size("33x48"), GAP_MM, vec![photo], Some(1)).unwrap();
    let seen = Seen::read(&jpeg::pages(&sheets).next().unwrap().unwrap());
    let place = sheets.layout().places()[0];
    let pixel = |mm: f64| (mm * 300.0 / 25.4).round() as usize;
    let reds = |pixels: Vec<[u8; 3]>| pixels.iter().filter(|p| is(**p, RED, 60)).count() as f64;
    let row = pixel(place.top + 24.0);
    let left = reds(
        (pixel(place.left)..pixel(place.left + 16.0))
            .map(|x| seen.at(x, row))
            .collect(),
    );
    let right = reds(
        (pixel(place.left + 17.0)..pixel(place.right()))
            .map(|x| seen.at(x, row))
            .collect(),
    );
    let column = pixel(place.left + 16.0);
    let top = reds(
        (pixel(place.top)..pixel(place.top + 24.0))
            .map(|y| seen.at(column, y))
            .collect(),
    );
    // 33 mm are 389.76 pixels of the sheet for 440 of the photo.
    let scale = 389.76 / 440.0;
    assert!((left - 40.0 * scale).abs() <= 1.5, "left {left}");
    assert!((right - 40.0 * scale).abs() <= 1.5, "right {right}");
    assert!((top - 60.0 * scale).abs() <= 1.5, "top {top}");
}

/// Left is left and up is up: four corners of four colours.
#[test]
fn a_photo_is_neither_turned_nor_mirrored() {
    let corner = |x: u32, y: u32| match (x < 165, y < 240) {
        (true, true) => [250, 0, 0],
        (false, true) => [0, 250, 0],
        (true, false) => [0, 0, 250],
        (false, false) => [250, 250, 0],
    };
    let pixels = (0..480)
        .flat_map(|y| (0..330).flat_map(move |x| corner(x, y)))
        .collect();
    let sheets = Sheets::arrange(
        &paper("5-inch"),
        size("33x48"),
        0.0,
        vec![of_pixels(330, 480, pixels)],
        None,
    )
    .unwrap();
    let seen = Seen::read(&jpeg::pages(&sheets).next().unwrap().unwrap());
    for place in sheets.layout().places() {
        let at = |x: f64, y: f64| {
            let pixel = |mm: f64| (mm * 300.0 / 25.4) as usize;
            seen.at(
                pixel(place.left + place.width * x),
                pixel(place.top + place.height * y),
            )
        };
        assert!(is(at(0.25, 0.25), [250, 0, 0], 12));
        assert!(is(at(0.75, 0.25), [0, 250, 0], 12));
        assert!(is(at(0.25, 0.75), [0, 0, 250], 12));
        assert!(is(at(0.75, 0.75), [250, 250, 0], 12));
    }
}

#[test]
fn each_sheet_is_a_picture() {
    let photo = framed(480, 640, 0, BLUE, BLUE);
    let sheets = Sheets::arrange(&paper("5-inch"), size("33x48"), GAP_MM, vec![photo], Some(5)).unwrap();
    let pages: Vec<_> = jpeg::pages(&sheets)
        .map(|page| Seen::read(&page.unwrap()))
        .collect();
    assert_eq!(pages.len(), 2);
    let blues = |seen: &Seen| {
        seen.pixels
            .chunks(3)
            .filter(|p| is([p[0], p[1], p[2]], BLUE, 3))
            .count()
    };
    let share = blues(&pages[0]) as f64 / blues(&pages[1]) as f64;
    assert!((share - 4.0).abs() < 0.1, "four photos, then one: {share}");
}
