//! A number that a machine can read off a picture on the screen: a row of dark and light cells.
//!
//! The first cell is dark and the second light, so that dimming and scaling do no harm. Then comes each bit
//! of the number's Gray code, highest first, with its opposite beside it: what is no mark is not read as a
//! number, and a row caught between two frames reads as one of the two.

use domain::picture::Picture;

/// Numbers go from 0 to one less than this and begin again.
pub const COUNT: u32 = 1 << BITS;
/// Cells of a mark.
pub const CELLS: usize = 2 + 2 * BITS as usize;

const BITS: u32 = 6;
const DARK: u8 = 16;
const LIGHT: u8 = 240;
/// The light cell is lighter than the dark one by at least this on the screen.
const CONTRAST: u8 = 40;

/// Where the mark lies in a picture 1280 pixels wide; it grows with the picture. There the photo's guide
/// ends left of it, a sitter's head is far away, and the stage of the window still shows it.
const LEFT: f32 = 940.0;
const TOP: f32 = 60.0;
const CELL: f32 = 12.0;
const WIDTH: f32 = 1280.0;
/// Height in cells.
const HIGH: f32 = 2.0;

/// Draws a number into a picture.
pub fn draw(picture: &mut Picture, number: u32) {
    let (width, unit) = (picture.width() as usize, unit(picture.width()));
    let pixel = |length: f32| (length * unit).round() as usize;
    for (i, light) in cells(number).into_iter().enumerate() {
        let (from, to) = (pixel(LEFT + CELL * i as f32), pixel(LEFT + CELL * (i + 1) as f32));
        for y in pixel(TOP)..pixel(TOP + CELL * HIGH) {
            let row = picture
                .pixels_mut()
                .get_mut((y * width + from) * 3..(y * width + to) * 3);
            row.unwrap_or_default().fill(if light { LIGHT } else { DARK });
        }
    }
}

/// The middle of each cell in a picture of this width, in its pixels.
pub fn middles(width: u32) -> [(f32, f32); CELLS] {
    let unit = unit(width);
    std::array::from_fn(|i| {
        let x = LEFT + CELL * (i as f32 + 0.5);
        (x * unit, (TOP + CELL * HIGH / 2.0) * unit)
    })
}

/// The number that these levels of the cells show; none when they are no mark.
pub fn read(levels: &[u8; CELLS]) -> Option<u32> {
    let [dark, light, bits @ ..] = levels;
    if light.checked_sub(*dark)? < CONTRAST {
        return None;
    }
    let middle = u8::midpoint(*dark, *light);
    let mut gray = 0;
    for pair in bits.chunks_exact(2) {
        let [bit, opposite] = [pair[0] > middle, pair[1] > middle];
        if bit == opposite {
            return None;
        }
        gray = gray << 1 | u32::from(bit);
    }
    Some(number_of(gray))
}

fn cells(number: u32) -> [bool; CELLS] {
    let number = number % COUNT;
    let gray = number ^ (number >> 1);
    std::array::from_fn(|i| match i.checked_sub(2) {
        None => i == 1,
        Some(at) => {
            let bit = gray >> (BITS - 1 - at as u32 / 2) & 1 == 1;
            bit == at.is_multiple_of(2)
        }
    })
}

const fn number_of(gray: u32) -> u32 {
    let (mut number, mut rest) = (gray, gray >> 1);
    while rest > 0 {
        number ^= rest;
        rest >>= 1;
    }
    number
}

fn unit(width: u32) -> f32 {
    width as f32 / WIDTH
}

#[cfg(test)]
mod tests {
    use super::*;

    fn levels(picture: &Picture) -> [u8; CELLS] {
        middles(picture.width()).map(|(x, y)| picture.at(x as i64, y as i64)[1])
    }

    #[test]
    fn every_number_is_read_back_from_a_dimmed_jpeg() {
        for (width, height) in [(1280, 720), (1920, 1080)] {
            let mut seen = vec![];
            for number in 0..COUNT {
                let mut picture = Picture::filled(width, height, [230, 231, 229]);
                draw(&mut picture, number);
                let jpeg = photo::encode::jpeg(&picture, 70, 72).unwrap();
                let mut shown = photo::decode::picture(&jpeg, photo::decode::Limits::default())
                    .unwrap()
                    .picture;
                shown.pixels_mut().iter_mut().for_each(|p| *p = *p / 2 + 10);
                seen.push(read(&levels(&shown)));
            }
            assert_eq!(seen, (0..COUNT).map(Some).collect::<Vec<_>>());
        }
    }

    #[test]
    fn between_two_frames_one_of_the_two_is_read() {
        for number in 0..COUNT {
            let level = |light: bool| if light { LIGHT } else { DARK };
            let (old, new) = (cells(number).map(level), cells(number + 1).map(level));
            for cut in (0..=CELLS).step_by(2) {
                let mixed = std::array::from_fn(|i| if i < cut { new[i] } else { old[i] });
                let found = read(&mixed).unwrap();
                assert!(
                    found == number || found == (number + 1) % COUNT,
                    "{number}: {found}"
                );
            }
        }
    }

    #[test]
    fn what_is_no_mark_has_no_number() {
        assert_eq!(read(&[0; CELLS]), None);
        assert_eq!(read(&std::array::from_fn(|i| (i * 17) as u8)), None);
        let mut wrong = cells(9).map(|light| if light { LIGHT } else { DARK });
        wrong[5] = wrong[4];
        assert_eq!(read(&wrong), None);
    }
}
