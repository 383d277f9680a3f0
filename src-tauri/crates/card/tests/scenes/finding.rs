//! Is the card found, exactly, and nothing else?

use crate::limits;
use crate::scene::{DESKS, Desk, Scene, Thing};
use card::{find, judge};
use domain::document::{Flaw, Judgement};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// Poses of one run of the figure.
const POSES: usize = 240;
/// Farthest a corner may lie from the true one, in elements of a picture 1280 wide.
const NEAR: f64 = 2.0;

fn scenes() -> impl Strategy<Value = Scene> {
    (
        (0.38..0.68_f64, -0.12..0.12_f64, -0.08..0.08_f64, 0.0..360.0_f64),
        (0.0..25.0, 0.0..360.0, 0.75..1.3),
        (
            0..DESKS.len(),
            any::<bool>(),
            0.75..1.05,
            0.75..1.05,
            0.5..5.0,
            0.4..1.1,
        ),
        any::<u64>(),
    )
        .prop_map(
            |((share, x, y, roll), (tilt, axis, focal), (desk, front, left, right, noise, blur), seed)| {
                // A card on end has to fit into the height.
                let upright = roll.to_radians().sin().abs();
                let share = share.min(0.68 - 0.26 * upright);
                Scene {
                    share,
                    shift: (x * (1.0 - upright * 0.5), y * (1.0 - share)),
                    roll,
                    tilt,
                    axis,
                    focal,
                    desk: DESKS[desk],
                    thing: Thing::Card { front },
                    light: (left, right),
                    noise,
                    blur: (blur, blur),
                    seed,
                    ..Scene::default()
                }
            },
        )
        .prop_filter("the card is in the picture", |scene| {
            scene.corners().iter().all(|p| {
                p.x > 12.0
                    && p.y > 12.0
                    && p.x < f64::from(scene.size.0) - 12.0
                    && p.y < f64::from(scene.size.1) - 12.0
            })
        })
}

fn runner() -> TestRunner {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    TestRunner::new_with_rng(Config::default(), rng)
}

/// Greatest distance of a corner, whichever of both ways up it was taken.
pub(crate) fn off(scene: &Scene, quad: &card::Quad) -> f64 {
    let truth = scene.corners();
    let way = |by: usize| {
        (0..4)
            .map(|i| quad.0[i].distance(truth[(i + by) % 4]))
            .fold(0.0, f64::max)
    };
    way(0).min(way(2))
}

#[test]
fn cards_in_any_pose_are_found_to_two_elements() {
    let limits = limits();
    let mut runner = runner();
    let (mut exact, mut lost, mut wrong) = (0, vec![], vec![]);
    let (mut took, mut distances) = (vec![], vec![]);
    for _ in 0..POSES {
        let scene = scenes().new_tree(&mut runner).unwrap().current();
        let picture = scene.draw();
        let begun = std::time::Instant::now();
        let found = judge(&picture, &limits).found;
        took.push(begun.elapsed());
        match found.map(|found| off(&scene, &found.quad)) {
            Some(off) if off <= NEAR => {
                exact += 1;
                distances.push(off);
            }
            Some(off) => wrong.push((off, scene)),
            None => lost.push(scene),
        }
    }
    distances.sort_by(f64::total_cmp);
    took.sort();
    println!(
        "{exact} of {POSES} within {NEAR} elements (median {:.2}), {} elsewhere, {} not found; judged in {:?}, {:?} at most",
        distances[distances.len() / 2],
        wrong.len(),
        lost.len(),
        took[POSES / 2],
        took[POSES - 1],
    );
    for (off, scene) in &wrong {
        println!("off by {off:.1}: {scene:?}");
    }
    for scene in &lost {
        println!("lost: {scene:?}");
    }
    assert!(exact * 100 >= POSES * 97, "{exact} of {POSES}");
    assert!(wrong.len() * 100 <= POSES, "{} found elsewhere", wrong.len());
}

/// Desks without a card: bare, or with something that is none.
fn empty() -> impl Strategy<Value = Scene> {
    let things = prop_oneof![
        Just(Thing::Nothing),
        (any::<bool>()).prop_map(|print| Thing::Sheet {
            width: 105.0,
            height: 74.25,
            print
        }),
        (40.0..120.0, 40.0..120.0, any::<bool>()).prop_map(|(width, height, print)| Thing::Sheet {
            width,
            height,
            print
        }),
        // Of the card's own size, but with sharp corners.
        (any::<bool>()).prop_map(|print| Thing::Sheet {
            width: 85.6,
            height: 53.98,
            print
        }),
    ];
    (scenes(), things).prop_map(|(scene, thing)| Scene { thing, ..scene })
}

#[test]
fn a_desk_without_a_card_has_none() {
    let limits = limits();
    let mut runner = runner();
    let mut false_finds = vec![];
    for _ in 0..POSES / 2 {
        let scene = empty().new_tree(&mut runner).unwrap().current();
        if let Some(found) = find(&scene.draw(), &limits) {
            false_finds.push((scene, found));
        }
    }
    println!("{} false finds in {} scenes", false_finds.len(), POSES / 2);
    for (scene, found) in &false_finds {
        println!("{scene:?}\n  {found:?}");
    }
    assert!(false_finds.len() * 50 <= POSES / 2, "{}", false_finds.len());
}

#[test]
fn a_good_picture_is_good_on_every_desk() {
    for desk in DESKS {
        for front in [true, false] {
            let scene = Scene {
                desk,
                thing: Thing::Card { front },
                ..Scene::default()
            };
            let seen = judge(&scene.draw(), &limits());
            assert_eq!(seen.judgement(), Judgement::Good, "{desk:?} {:#?}", seen.findings);
        }
    }
}

#[test]
fn a_bare_desk_says_not_found() {
    let scene = Scene {
        thing: Thing::Nothing,
        desk: Desk::Wood,
        ..Scene::default()
    };
    let seen = judge(&scene.draw(), &limits());
    assert_eq!(seen.reason(), Some(Flaw::NotFound));
    assert_eq!(seen.judgement(), Judgement::Bad);
    assert!(seen.card.is_none());
}

proptest! {
    #![proptest_config(Config::with_cases(200))]

    #[test]
    fn no_picture_is_too_odd_to_be_judged(
        (width, height) in (1_u32..1500, 1_u32..40),
        on_end in any::<bool>(),
        seed in any::<u64>(),
        grain in 1_u64..40,
    ) {
        let (width, height) = if on_end { (height, width) } else { (width, height) };
        // Bars and noise, so that there are lines to get lost in.
        let pixels = (0..u64::from(width * height * 3))
            .map(|i| ((i / grain).wrapping_mul(seed | 1) >> 24) as u8)
            .collect();
        let picture = domain::picture::Picture::new(width, height, pixels).unwrap();
        let seen = judge(&picture, &limits());
        prop_assert_eq!(seen.card.is_some(), seen.found.is_some());
        prop_assert!(seen.findings.iter().all(|f| f.value.is_none_or(f64::is_finite)));
    }
}
