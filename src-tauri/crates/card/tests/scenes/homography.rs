//! The map to the card against a pinhole that knows nothing of it.

use crate::scene::{CARD, Scene};
use card::{HEIGHT, Homography, Quad, WIDTH, rectify};
use proptest::prelude::*;

proptest! {
    #[test]
    fn every_place_of_the_card_goes_where_the_pinhole_puts_it(
        (roll, tilt, axis) in (0.0..360.0, 0.0..25.0, 0.0..360.0),
        (share, focal) in (0.2..0.7, 0.6..1.6),
        (x, y) in (0.0..1.0, 0.0..1.0),
    ) {
        let scene = Scene { roll, tilt, axis, share, focal, ..Scene::default() };
        let map = Homography::onto(CARD.0, CARD.1, &Quad(scene.corners())).unwrap();
        let (x, y) = (x * CARD.0, y * CARD.1);
        let (mapped, seen) = (map.apply(card::Point::new(x, y)), scene.project((x, y)));
        prop_assert!(mapped.distance(seen) < 1e-6, "{mapped:?} {seen:?}");
    }

    #[test]
    fn the_cross_ratio_of_four_places_on_a_line_stays(
        (roll, tilt, axis) in (0.0..360.0, 0.0..25.0, 0.0..360.0),
    ) {
        let scene = Scene { roll, tilt, axis, ..Scene::default() };
        let map = Homography::onto(1.0, 1.0, &Quad(scene.corners())).unwrap();
        let on = |t: f64| map.apply(card::Point::new(t, 0.2 + 0.5 * t));
        let [a, b, c, d] = [0.0, 0.3, 0.5, 0.9].map(on);
        let ratio = a.distance(c) * b.distance(d) / (b.distance(c) * a.distance(d));
        prop_assert!((ratio - 0.5 * 0.6 / (0.2 * 0.9)).abs() < 1e-9, "{ratio}");
    }
}

#[test]
fn a_tilted_card_is_cut_out_as_it_was_drawn() {
    let tilted = Scene {
        roll: 33.0,
        tilt: 24.0,
        axis: 70.0,
        share: 0.6,
        noise: 0.0,
        light: (1.0, 1.0),
        ..Scene::default()
    };
    let out = rectify(&tilted.draw(), &Quad(tilted.corners())).unwrap();
    // The same card straight before the camera, every element of it one of the rectified picture.
    let straight = Scene {
        size: (WIDTH, HEIGHT),
        share: 1.0,
        shift: (0.0, 0.0),
        roll: 0.0,
        tilt: 0.0,
        noise: 0.0,
        light: (1.0, 1.0),
        blur: (0.6, 0.6),
        ..tilted
    };
    let wanted = straight.draw();
    let differs = |dx: i64, dy: i64| {
        let mut sum = 0.0;
        for y in 30..i64::from(HEIGHT) - 30 {
            for x in 30..i64::from(WIDTH) - 30 {
                let (a, b) = (out.at(x + dx, y + dy), wanted.at(x, y));
                sum += f64::from(a[1].abs_diff(b[1]));
            }
        }
        sum
    };
    let here = differs(0, 0);
    // Print is moved by not even one element: every other place fits less well.
    for (dx, dy) in [(1, 0), (-1, 0), (0, 1), (0, -1), (2, 2), (-2, 2)] {
        assert!(differs(dx, dy) > here, "{dx} {dy}");
    }
    let mean = here / f64::from((WIDTH - 60) * (HEIGHT - 60));
    assert!(mean < 6.0, "{mean} levels on average");
}

#[test]
fn corners_on_a_line_have_no_map() {
    let flat = [0.0, 1.0, 2.0, 3.0].map(|t| card::Point::new(t, t));
    assert!(Homography::onto(1.0, 1.0, &Quad(flat)).is_none());
}
