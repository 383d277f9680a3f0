//! Edges drawn with known faults give the numbers that the drawing says.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

use domain::picture::Picture;
use photo::EdgeQuality;

const SIDE: usize = 200;
const BLUE: [u8; 3] = [100, 197, 255];
/// Lightness of the blue, worked out by hand from CIE 1976: Y = 0.4986.
const BLUE_L: f32 = 75.98;
const WHITE: [u8; 3] = [255, 255, 255];
const HAIR: [u8; 3] = [40, 32, 28];

/// A block of hair whose right half is the person; `beside` gives the colour so many pixels to its left,
/// 1 being the first; beyond, the picture is blue.
fn edge(beside: impl Fn(usize) -> Option<[u8; 3]>, alpha: impl Fn(usize) -> f32) -> (Picture, Vec<f32>) {
    let half = SIDE / 2;
    let (mut pixels, mut alphas) = (vec![], vec![]);
    for x in (0..SIDE * SIDE).map(|at| at % SIDE) {
        if x >= half {
            pixels.extend(HAIR);
            alphas.push(1.0);
        } else {
            pixels.extend(beside(half - x).unwrap_or(BLUE));
            alphas.push(alpha(half - x));
        }
    }
    (Picture::new(SIDE as u32, SIDE as u32, pixels).unwrap(), alphas)
}

fn mix(share: f32, over: [u8; 3], under: [u8; 3]) -> [u8; 3] {
    std::array::from_fn(|c| (share * f32::from(over[c]) + (1.0 - share) * f32::from(under[c]) + 0.5) as u8)
}

fn measure(beside: impl Fn(usize) -> Option<[u8; 3]>, wall: Option<[u8; 3]>) -> EdgeQuality {
    let (photo, alpha) = edge(beside, |_| 0.0);
    EdgeQuality::measure(&photo, &alpha, BLUE, wall).unwrap()
}

#[test]
fn a_clean_hard_edge_has_no_rim() {
    let clean = measure(|_| None, Some(WHITE));
    assert_eq!(clean.rim_excess_l, 0.0);
    assert_eq!(clean.rim_old_wall, Some(0.0));
    assert_eq!((clean.soft_px, clean.islands_px), (0.0, 0));
    // The band holds the second, third and fourth pixel of each row.
    assert_eq!(clean.rim_px, 3 * SIDE as u32);
}

#[test]
fn a_pale_rim_of_known_width_gives_the_known_number() {
    // White (L* 100) in one of the band's three pixels, then in all of them.
    let thin = measure(|d| (d <= 2).then_some(WHITE), Some(WHITE));
    let wide = measure(|d| (d <= 4).then_some(WHITE), Some(WHITE));
    assert!(
        (thin.rim_excess_l - (100.0 - BLUE_L) / 3.0).abs() < 0.1,
        "{thin:?}"
    );
    assert!((wide.rim_excess_l - (100.0 - BLUE_L)).abs() < 0.2, "{wide:?}");
    assert!((wide.rim_old_wall.unwrap() - 1.0).abs() < 0.01, "{wide:?}");
    // A pixel further out is not the rim's.
    assert_eq!(
        measure(|d| (d > 4 && d < 20).then_some(WHITE), None).rim_excess_l,
        0.0
    );
}

#[test]
fn the_number_grows_with_the_strength_of_the_rim() {
    let mut last = 0.0;
    for percent in [10, 30, 50, 70, 90] {
        let share = percent as f32 / 100.0;
        let rim = measure(|d| (d <= 4).then(|| mix(share, WHITE, BLUE)), Some(WHITE));
        assert!(rim.rim_excess_l > last + 1.0, "{percent} %: {rim:?}");
        assert!(
            (rim.rim_old_wall.unwrap() - share).abs() < 0.01,
            "{percent} %: {rim:?}"
        );
        last = rim.rim_excess_l;
    }
}

#[test]
fn a_soft_edge_of_dark_hair_is_not_a_rim() {
    let soft = |d: usize| (1.0 - d as f32 / 5.0).max(0.0);
    let (photo, alpha) = edge(|d| Some(mix(soft(d), HAIR, BLUE)), |d| soft(d) * 0.99);
    let quality = EdgeQuality::measure(&photo, &alpha, BLUE, Some(WHITE)).unwrap();
    assert!(quality.rim_excess_l < 0.01, "{quality:?}");
    assert!(quality.rim_old_wall.unwrap() < 0.01, "{quality:?}");
    assert!((quality.soft_px - 4.0).abs() < 0.1, "{quality:?}");
}

#[test]
fn what_is_left_of_a_dark_wall_is_found_where_lightness_says_nothing() {
    let brick = [120, 60, 40];
    let rim = measure(|d| (d <= 4).then(|| mix(0.4, brick, BLUE)), Some(brick));
    assert_eq!(rim.rim_excess_l, 0.0);
    // Hair is nearly a darker brick: the two cannot be told apart, so nothing is said.
    assert_eq!(rim.rim_old_wall, None);

    let green = [60, 150, 40];
    let rim = measure(|d| (d <= 4).then(|| mix(0.4, green, BLUE)), Some(green));
    assert!((rim.rim_old_wall.unwrap() - 0.4).abs() < 0.01, "{rim:?}");
    // The old wall was the new colour, or is unknown: nothing to look for.
    assert_eq!(measure(|_| None, Some(BLUE)).rim_old_wall, None);
    assert_eq!(measure(|_| None, None).rim_old_wall, None);
}

#[test]
fn an_island_is_counted() {
    let (photo, mut alpha) = edge(|_| None, |_| 0.0);
    for (x, y) in (0..5).flat_map(|x| (0..5).map(move |y| (x, y))) {
        alpha[(20 + y) * SIDE + 20 + x] = 0.8;
    }
    let quality = EdgeQuality::measure(&photo, &alpha, BLUE, None).unwrap();
    assert_eq!(quality.islands_px, 25);
}

#[test]
fn without_an_outline_there_is_no_number() {
    let photo = Picture::filled(8, 8, BLUE);
    assert_eq!(EdgeQuality::measure(&photo, &[0.0; 64], BLUE, None), None);
    assert_eq!(EdgeQuality::measure(&photo, &[1.0; 64], BLUE, None), None);
    assert_eq!(EdgeQuality::measure(&photo, &[1.0; 63], BLUE, None), None);
}

#[test]
fn the_numbers_travel_as_json_and_unknown_ones_are_refused() {
    let quality = measure(|d| (d <= 2).then_some(WHITE), None);
    let json = serde_json::to_string(&quality).unwrap();
    assert_eq!(serde_json::from_str::<EdgeQuality>(&json).unwrap(), quality);
    let more = json.replace('{', "{\"shine\":1,");
    assert!(serde_json::from_str::<EdgeQuality>(&more).is_err());
}
