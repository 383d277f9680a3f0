//! Drawn shapes of known colour: what opens, what stays filled, what counts as a plain wall.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

use super::wall::Wall;
use super::*;

const WIDTH: usize = 240;
const HEIGHT: usize = 320;
const WALL: [u8; 3] = [212, 216, 217];
const HAIR: [u8; 3] = [40, 32, 28];

/// A block of `cloth` before the wall; the network takes a patch near its edge for wall, the person mask
/// does not. `hole` is the colour of that patch.
fn doubted(cloth: [u8; 3], hole: [u8; 3]) -> f32 {
    let inside = |x: usize, y: usize| (60..180).contains(&x) && y >= 60;
    let patch = |x: usize, y: usize| (70..95).contains(&x) && (140..180).contains(&y);
    let (mut pixels, mut network, mut person) = (vec![], vec![], vec![]);
    for (x, y) in (0..WIDTH * HEIGHT).map(|at| (at % WIDTH, at / WIDTH)) {
        pixels.extend(match (inside(x, y), patch(x, y)) {
            (_, true) => hole,
            (true, _) => cloth,
            _ => WALL,
        });
        person.push(if inside(x, y) { 1.0 } else { 0.0 });
        network.push(if inside(x, y) && !patch(x, y) { 1.0 } else { 0.0 });
    }
    let mask = |values| Mask::new(WIDTH as u32, HEIGHT as u32, values).unwrap();
    let crop = Picture::new(WIDTH as u32, HEIGHT as u32, pixels).unwrap();
    let cutout = cut_out(&crop, &mask(network), &mask(person), 1.0).unwrap();
    cutout.alpha[160 * WIDTH + 82]
}

#[test]
fn a_gap_between_curls_opens_although_the_mask_covers_it() {
    // Bare wall, and wall in the shade of the hair.
    for gap in [WALL, [170, 173, 174]] {
        let alpha = doubted(HAIR, gap);
        assert!(alpha < 0.02, "{gap:?}: {alpha}");
    }
}

#[test]
fn a_hole_that_does_not_show_the_wall_stays_filled() {
    for hole in [HAIR, [205, 160, 135], [60, 90, 170], [105, 107, 108]] {
        let alpha = doubted(HAIR, hole);
        assert!(alpha > 0.9, "{hole:?}: {alpha}");
    }
}

#[test]
fn cloth_of_the_walls_colour_keeps_what_the_mask_says() {
    for cloth in [WALL, [230, 230, 232], [200, 204, 205]] {
        let alpha = doubted(cloth, WALL);
        assert!(alpha > 0.95, "{cloth:?}: {alpha}");
    }
}

/// A wall of a colour that depends on the place, with a person's block before it.
fn wall(colour: impl Fn(usize, usize) -> [u8; 3]) -> Option<Wall> {
    let (mut pixels, mut alpha) = (vec![], vec![]);
    for (x, y) in (0..WIDTH * HEIGHT).map(|at| (at % WIDTH, at / WIDTH)) {
        let person = (60..180).contains(&x) && y >= 60;
        pixels.extend(if person { HAIR } else { colour(x, y) });
        alpha.push(if person { 1.0 } else { 0.0 });
    }
    Wall::measure(
        &Picture::new(WIDTH as u32, HEIGHT as u32, pixels).unwrap(),
        &alpha,
    )
}

const BLUE: [u8; 3] = [100, 197, 255];

#[test]
fn a_wall_of_the_background_asked_for_is_left_alone() {
    let flat = wall(|_, _| BLUE).unwrap();
    assert_eq!((flat.rgb, flat.evenness, flat.delta_e(BLUE)), (BLUE, 0.0, 0.0));
    assert!(flat.meets(BLUE, 1.0));
    // The block of 120 by 260 px takes 128 by 264 with its margin, of 240 by 320.
    assert!((flat.share - 0.56).abs() < 0.02, "{}", flat.share);
    // Two levels of grain are no fault.
    let grain = wall(|x, y| BLUE.map(|v| v - ((x * 7 + y * 13) % 3) as u8)).unwrap();
    assert!(grain.meets(BLUE, 3.0), "{grain:?}");
}

#[test]
fn a_cast_a_gradient_and_a_shadow_are_told_from_it() {
    // L* 76.1, a* -8.6, b* -38.9 against L* 75.9 of the demanded: the cast is in the colour, not in evenness.
    let cast = wall(|_, _| [118, 192, 240]).unwrap();
    assert!(cast.evenness < 0.01 && cast.delta_e(BLUE) > 6.0, "{cast:?}");
    assert!(!cast.meets(BLUE, 5.0));

    // 16 levels from top to bottom: the 95th percentile lies near 7 levels from the median, about 2.5 L*.
    let gradient = wall(|_, y| [200; 3].map(|v: u8| v + (y / 20) as u8)).unwrap();
    assert!((2.0..3.5).contains(&gradient.evenness), "{gradient:?}");
    assert!(gradient.meets([206, 206, 206], 4.0) && !gradient.meets([206, 206, 206], 1.5));

    // A shadow on a tenth of the wall leaves the median and shows in the evenness.
    let shadow = wall(|x, y| if x > 180 && y > 150 { [70, 140, 180] } else { BLUE }).unwrap();
    assert!(shadow.rgb == BLUE && shadow.evenness > 15.0, "{shadow:?}");
    assert!(!shadow.meets(BLUE, 5.0));
}

#[test]
fn what_shows_no_wall_is_not_measured() {
    let crop = Picture::filled(40, 40, WALL);
    assert_eq!(Wall::measure(&crop, &[1.0; 1600]), None);
    assert_eq!(Wall::measure(&crop, &[0.0; 7]), None);
    assert!(Wall::measure(&crop, &[0.0; 1600]).is_some());
}
