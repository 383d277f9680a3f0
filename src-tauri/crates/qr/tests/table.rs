//! Codes as phones show them and cameras see them: what is read, and what is named too poor.

use domain::picture::Picture;
use fast_qr::{QRBuilder, QRCode};
use qr::{Seen, look};

/// As long as what people show: 96 characters that look like an encrypted text.
const TEXT: &str =
    "hN3kQ0z7Yw2bX5tE9rUaLpV6mCfJsD1gKoTiHxBqRvZeWcSyMjFdPlAn4G8uI+/hN3kQ0z7Yw2bX5tE9rUaLpV6mCfJsD1g==";

/// How a code is drawn into a picture of 1280 by 720.
#[derive(Clone, Copy)]
struct Shown {
    /// Pixels of the picture for one module.
    module: f64,
    /// Turn in its own plane, degrees.
    turn: f64,
    /// How much farther one side is than the other; 0 looks straight at it.
    slant: f64,
    /// Radius of a box blur, run twice, in pixels.
    blur: usize,
    dark: u8,
    light: u8,
    /// Part of the code's width that is covered, from its lower right corner.
    covered: f64,
}

const PLAIN: Shown = Shown {
    module: 6.0,
    turn: 0.0,
    slant: 0.0,
    blur: 0,
    dark: 20,
    light: 235,
    covered: 0.0,
};

fn code(text: &str) -> QRCode {
    QRBuilder::new(text).build().expect("a code")
}

/// Brightness of the code's plane at a place in modules; the quiet zone is four modules wide.
fn module(qr: &QRCode, x: f64, y: f64, shown: &Shown) -> Option<u8> {
    let size = qr.size as f64;
    if !(-4.0..size + 4.0).contains(&x) || !(-4.0..size + 4.0).contains(&y) {
        return None;
    }
    let inside = (0.0..size).contains(&x) && (0.0..size).contains(&y);
    let edge = size * (1.0 - shown.covered);
    if inside && x >= edge && y >= edge {
        return Some(128);
    }
    let dark = inside && qr[y as usize][x as usize].value();
    Some(if dark { shown.dark } else { shown.light })
}

/// Draws codes at these middles, each pixel from nine places.
fn drawn(codes: &[(&QRCode, f64, f64)], shown: &Shown) -> Picture {
    let (width, height) = (1280_usize, 720_usize);
    let mut grey = vec![0_u8; width * height];
    let (sin, cos) = shown.turn.to_radians().sin_cos();
    let one = |px: f64, py: f64| {
        codes
            .iter()
            .find_map(|(qr, cx, cy)| {
                let (dx, dy) = ((px - cx) / shown.module, (py - cy) / shown.module);
                let (x, y) = (dx * cos + dy * sin, dy * cos - dx * sin);
                let half = qr.size as f64 / 2.0;
                // A plane that leans away from the camera.
                let depth = 1.0 - shown.slant * x / qr.size as f64;
                module(qr, x / depth + half, y / depth + half, shown)
            })
            .unwrap_or(90)
    };
    for (i, value) in grey.iter_mut().enumerate() {
        let (x, y) = ((i % width) as f64, (i / width) as f64);
        let places = [0.17, 0.5, 0.83];
        let sum: u32 = places
            .iter()
            .flat_map(|dy| places.iter().map(move |dx| (dx, dy)))
            .map(|(dx, dy)| u32::from(one(x + dx, y + dy)))
            .sum();
        *value = (sum / 9) as u8;
    }
    for _ in 0..2 {
        grey = blurred(&grey, width, shown.blur, 1);
        grey = blurred(&grey, width, shown.blur, width);
    }
    let pixels = grey.iter().flat_map(|v| [*v; 3]).collect();
    Picture::new(1280, 720, pixels).expect("a picture")
}

fn blurred(grey: &[u8], width: usize, radius: usize, step: usize) -> Vec<u8> {
    let reach = radius as isize;
    let length = grey.len() as isize;
    (0..length)
        .map(|i| {
            let along = |k: isize| {
                let j = i + k * step as isize;
                let same_row = step != 1 || j / width as isize == i / width as isize;
                let j = if (0..length).contains(&j) && same_row {
                    j
                } else {
                    i
                };
                u32::from(grey[j as usize])
            };
            let sum: u32 = (-reach..=reach).map(along).sum();
            (sum / (2 * radius as u32 + 1)) as u8
        })
        .collect()
}

#[test]
fn what_is_read_and_what_is_too_poor() {
    let qr = code(TEXT);
    let at = [(&qr, 640.0, 360.0)];
    let read = || Seen::Read(TEXT.to_owned());
    let table = [
        ("as it should be", PLAIN, read()),
        (
            "small",
            Shown {
                module: 3.0,
                turn: 2.0,
                ..PLAIN
            },
            read(),
        ),
        ("smaller", Shown { module: 2.2, ..PLAIN }, read()),
        ("turned", Shown { turn: 31.0, ..PLAIN }, read()),
        ("upside down", Shown { turn: 180.0, ..PLAIN }, read()),
        (
            "in perspective",
            Shown {
                slant: 0.25,
                turn: 8.0,
                ..PLAIN
            },
            read(),
        ),
        ("blurred", Shown { blur: 2, ..PLAIN }, read()),
        (
            "of low contrast",
            Shown {
                dark: 105,
                light: 150,
                ..PLAIN
            },
            read(),
        ),
        (
            "dark theme",
            Shown {
                dark: 235,
                light: 20,
                ..PLAIN
            },
            read(),
        ),
        (
            "dark theme, dimmed",
            Shown {
                dark: 120,
                light: 30,
                ..PLAIN
            },
            read(),
        ),
        (
            "a thumb on a corner",
            Shown {
                covered: 0.12,
                ..PLAIN
            },
            read(),
        ),
        (
            "half covered",
            Shown {
                covered: 0.6,
                ..PLAIN
            },
            Seen::Poor,
        ),
        (
            "a screenshot of a screenshot",
            Shown {
                module: 4.0,
                blur: 2,
                ..PLAIN
            },
            Seen::Poor,
        ),
        ("out of focus", Shown { blur: 12, ..PLAIN }, Seen::Nothing),
    ];
    let mut told = vec![];
    for (what, shown, expected) in table {
        let picture = drawn(&at, &shown);
        let begun = std::time::Instant::now();
        let seen = look(&picture);
        let name = |seen: &Seen| match seen {
            Seen::Nothing => "nothing",
            Seen::Poor => "poor",
            Seen::Several => "several",
            Seen::Read(_) => "read",
        };
        println!("{what}: {} {:?}", name(&seen), begun.elapsed());
        if seen != expected {
            told.push(format!("{what}: {} instead of {}", name(&seen), name(&expected)));
        }
    }
    assert!(told.is_empty(), "{told:?}");
}

#[test]
fn several_codes_are_told_and_the_same_one_twice_is_one() {
    let (one, other) = (code(TEXT), code("another"));
    let shown = Shown { module: 5.0, ..PLAIN };
    let both = drawn(&[(&one, 350.0, 360.0), (&other, 950.0, 360.0)], &shown);
    assert_eq!(look(&both), Seen::Several);
    let twice = drawn(&[(&one, 350.0, 360.0), (&one, 950.0, 360.0)], &shown);
    assert_eq!(look(&twice), Seen::Read(TEXT.to_owned()));
}

#[test]
fn a_picture_without_a_code_says_so() {
    assert_eq!(look(&Picture::filled(1, 1, [0; 3])), Seen::Nothing);
    assert_eq!(look(&Picture::filled(5000, 3, [9; 3])), Seen::Nothing);
    assert_eq!(look(&drawn(&[], &PLAIN)), Seen::Nothing);
}
