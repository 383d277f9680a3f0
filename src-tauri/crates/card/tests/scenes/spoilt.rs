//! Every fault of a picture is told by its own name.

use crate::limits;
use crate::scene::{Desk, Scene, Spoilt, Thing};
use card::{Seen, judge};
use domain::document::{Flaw, Judgement};

fn seen(scene: &Scene) -> Seen {
    judge(&scene.draw(), &limits())
}

fn value(seen: &Seen, flaw: Flaw) -> f64 {
    let finding = seen.findings.iter().find(|f| f.flaw == flaw).unwrap();
    finding.value.unwrap()
}

#[track_caller]
fn told(scene: &Scene, flaw: Flaw) {
    let seen = seen(scene);
    assert_eq!(
        (seen.judgement(), seen.reason()),
        (Judgement::Bad, Some(flaw)),
        "{scene:?} {:#?}",
        seen.findings
    );
}

#[test]
fn glare_by_its_area() {
    for (radius, x) in [(4.0, -20.0), (8.0, 10.0), (6.0, 25.0)] {
        let spoilt = Spoilt::Glare { x, y: 3.0, radius };
        for desk in [Desk::White, Desk::Dark, Desk::Wood] {
            let scene = Scene {
                desk,
                spoilt,
                ..Scene::default()
            };
            told(&scene, Flaw::Glare);
            let area = value(&seen(&scene), Flaw::Glare);
            let disc = std::f64::consts::PI * radius * radius;
            assert!(
                (disc * 0.9..disc * 1.9).contains(&area),
                "{area} for a disc of {disc}"
            );
        }
    }
}

#[test]
fn a_little_glare_is_left_to_the_operator() {
    let spoilt = Spoilt::Glare {
        x: -20.0,
        y: 3.0,
        radius: 1.6,
    };
    let seen = seen(&Scene {
        spoilt,
        ..Scene::default()
    });
    assert_eq!(
        (seen.judgement(), seen.reason()),
        (Judgement::NotAssessed, Some(Flaw::Glare))
    );
}

#[test]
fn blur_of_a_wrong_focus_and_of_a_moving_hand() {
    for blur in [(2.6, 2.6), (4.0, 4.0), (0.6, 3.2), (3.2, 0.6)] {
        for desk in [Desk::Stripes, Desk::Dark, Desk::Cloth] {
            told(
                &Scene {
                    blur,
                    desk,
                    ..Scene::default()
                },
                Flaw::Blur,
            );
        }
    }
}

#[test]
fn blur_is_measured_on_the_card_and_not_in_elements() {
    // The same blur of the card at two distances.
    let near = Scene {
        share: 0.66,
        blur: (1.98, 1.98),
        ..Scene::default()
    };
    let far = Scene {
        share: 0.5,
        blur: (1.5, 1.5),
        ..Scene::default()
    };
    let [near, far] = [near, far].map(|scene| value(&seen(&scene), Flaw::Blur));
    assert!((near / far - 1.0).abs() < 0.15, "{near} {far}");
}

#[test]
fn a_card_without_print_is_not_called_sharp() {
    // The rim is sharp; of print there is none to judge.
    let bare = Scene {
        spoilt: Spoilt::No,
        thing: Thing::Card { front: true },
        ..Scene::default()
    };
    let mut picture = bare.draw();
    let corners = bare.corners();
    let (left, right) = (corners[0].x as usize + 20, corners[1].x as usize - 20);
    let (top, bottom) = (corners[0].y as usize + 40, corners[2].y as usize - 40);
    let width = picture.width() as usize;
    for y in top..bottom {
        for x in left..right {
            picture.pixels_mut()[(y * width + x) * 3..][..3].fill(210);
        }
    }
    let seen = judge(&picture, &limits());
    assert_eq!(seen.reason(), Some(Flaw::Blur), "{:#?}", seen.findings);
    assert_eq!(seen.judgement(), Judgement::NotAssessed);
}

#[test]
fn a_finger_over_any_corner() {
    for corner in 0..4 {
        for desk in [Desk::White, Desk::Dark, Desk::Wood] {
            let spoilt = Spoilt::Finger { corner, radius: 9.0 };
            told(
                &Scene {
                    spoilt,
                    desk,
                    ..Scene::default()
                },
                Flaw::CornerCovered,
            );
        }
    }
}

#[test]
fn a_card_half_out_of_the_picture() {
    for (shift, roll) in [((0.22, 0.0), 14.0), ((-0.22, 0.05), 194.0), ((0.2, 0.16), -12.0)] {
        told(
            &Scene {
                shift,
                roll,
                ..Scene::default()
            },
            Flaw::Cut,
        );
    }
    // With a whole side outside nothing tells a card from a strip.
    for shift in [(0.3, 0.0), (-0.3, 0.0)] {
        told(
            &Scene {
                shift,
                ..Scene::default()
            },
            Flaw::NotFound,
        );
    }
}

#[test]
fn a_card_far_away() {
    told(
        &Scene {
            share: 0.3,
            blur: (0.4, 0.4),
            ..Scene::default()
        },
        Flaw::TooSmall,
    );
}

#[test]
fn a_card_in_the_dark() {
    told(
        &Scene {
            light: (0.2, 0.2),
            desk: Desk::Dark,
            ..Scene::default()
        },
        Flaw::TooDark,
    );
}
