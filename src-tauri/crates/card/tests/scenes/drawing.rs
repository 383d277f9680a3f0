//! What the card and the desks look like, in millimetres.

use super::Desk;

fn hash(a: i64, b: i64) -> u64 {
    let mut h =
        (a as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ (b as u64).wrapping_mul(0xC2B2_AE3D_27D4_EB4F);
    h ^= h >> 29;
    h = h.wrapping_mul(0xBF58_476D_1CE4_E5B9);
    h ^ (h >> 32)
}

fn unit(a: i64, b: i64) -> f64 {
    (hash(a, b) % 1000) as f64 / 1000.0
}

/// Strokes of 0.25 mm in cells of `size` mm, as a character has them.
pub(super) fn glyphs(x: f64, y: f64, size: f64) -> bool {
    let (cx, cy) = ((x / (size * 1.1)).floor(), (y / size).floor());
    let u = x - cx * size * 1.1;
    let v = y - cy * size;
    let h = hash(cx as i64, cy as i64);
    let stroke = 0.25;
    let bar = |k: u32, at: f64, p: f64| h >> k & 1 == 1 && (p - at * size).abs() < stroke / 2.0;
    u < size
        && ((0..5).any(|k| bar(k, 0.1 + 0.2 * f64::from(k), v))
            || (5..9).any(|k| bar(k, 0.12 + 0.25 * f64::from(k - 5), u)))
}

fn ground(x: f64, y: f64) -> [f64; 3] {
    let wave = 4.0 * (x * 0.9 + 3.0 * (y * 0.35).sin()).sin();
    [204.0 + wave + 0.1 * x, 222.0 + wave, 224.0 - wave]
}

pub(super) fn front_side(x: f64, y: f64) -> [f64; 3] {
    let line = |from: f64, top: f64, to: f64, size: f64| {
        x > from && x < to && y > top && y < top + size && glyphs(x - from, y - top, size)
    };
    if (56.0..82.0).contains(&x) && (8.0..40.0).contains(&y) {
        let face = ((x - 69.0) / 7.5).hypot((y - 22.0) / 9.5);
        let hair = ((x - 69.0) / 9.0).hypot((y - 20.0) / 11.0);
        return match () {
            () if face < 1.0 => [215.0, 180.0, 160.0],
            () if hair < 1.0 && y < 26.0 => [40.0, 35.0, 35.0],
            () if y > 32.0 && (x - 69.0).abs() < 11.0 => [60.0, 70.0, 95.0],
            () => [240.0, 242.0, 243.0],
        };
    }
    let text = [
        (16.0, 7.0, 30.0, 3.0),
        (16.0, 13.5, 22.0, 2.5),
        (32.0, 13.5, 38.0, 2.5),
        (16.0, 20.0, 42.0, 2.5),
        (16.0, 27.0, 52.0, 2.5),
        (16.0, 31.0, 44.0, 2.5),
        (30.0, 44.0, 78.0, 3.0),
    ];
    if text.iter().any(|t| line(t.0, t.1, t.2, t.3)) {
        return [35.0, 35.0, 40.0];
    }
    if [7.0, 13.5, 20.0, 27.0, 44.0]
        .iter()
        .any(|t| line(5.5, *t, 14.0, 2.0))
    {
        return [60.0, 120.0, 180.0];
    }
    ground(x, y)
}

pub(super) fn back_side(x: f64, y: f64) -> [f64; 3] {
    let line = |from: f64, top: f64, to: f64, size: f64| {
        x > from && x < to && y > top && y < top + size && glyphs(x - from, y - top, size)
    };
    let emblem = (x - 15.0).hypot(y - 14.0);
    if emblem < 9.0 {
        return if emblem > 7.5 || glyphs(x, y, 3.0) {
            [190.0, 40.0, 40.0]
        } else {
            [225.0, 190.0, 150.0]
        };
    }
    if line(28.0, 8.0, 78.0, 4.0)
        || line(28.0, 16.0, 78.0, 6.0)
        || line(34.0, 38.0, 66.0, 2.6)
        || line(34.0, 45.0, 70.0, 2.6)
    {
        return [30.0; 3];
    }
    ground(x, y)
}

pub(super) fn desk(desk: Desk, x: f64, y: f64) -> [f64; 3] {
    match desk {
        Desk::White => [244.0, 242.0, 238.0],
        Desk::Dark => [58.0, 52.0, 50.0],
        Desk::Wood => {
            let board = (y / 70.0).floor();
            let bent = y + 1.5 * (x * 0.02 + board).sin();
            let grain = unit((bent * 2.2).floor() as i64, board as i64) - 0.5;
            let gap = if y - board * 70.0 < 0.8 { 0.5 } else { 1.0 };
            [172.0, 122.0, 78.0].map(|v| gap * (v + 34.0 * grain))
        }
        Desk::Tiles => {
            let (a, b) = ((x / 55.0).floor(), (y / 55.0).floor());
            let grout = x - a * 55.0 < 1.5 || y - b * 55.0 < 1.5;
            let level = if grout {
                70.0
            } else if (a + b) as i64 % 2 == 0 {
                150.0
            } else {
                112.0
            };
            [level, level * 0.97, level * 0.9]
        }
        Desk::Cloth => {
            let fine = unit((x * 1.5).floor() as i64, (y * 1.5).floor() as i64) - 0.5;
            [96.0, 104.0, 128.0].map(|v| v + 40.0 * fine)
        }
        Desk::Stripes => {
            let slanted = (x + 0.6 * y).rem_euclid(18.0);
            if slanted < 9.0 {
                [150.0, 70.0, 60.0]
            } else {
                [120.0, 105.0, 90.0]
            }
        }
    }
}
