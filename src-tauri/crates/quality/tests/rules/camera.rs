//! What the camera's own work rests on: the choice from a burst, and the light meter.

use super::{Sitter, rules, specification};
use quality::{Standing, best, meter, standing};

fn of(sitter: &Sitter) -> Standing {
    standing(&sitter.picture(), &sitter.analysis(), &specification(), &rules())
}

#[test]
fn of_a_burst_the_frame_with_open_eyes_and_a_sharp_face_is_kept() {
    let good = Sitter::default();
    let blink = Sitter {
        opening: 0.02,
        ..good.clone()
    };
    let talking = Sitter {
        gap: 0.2,
        ..good.clone()
    };
    let shaken = Sitter {
        blur: 6,
        ..good.clone()
    };
    let [good, blink, talking, shaken] = [&good, &blink, &talking, &shaken].map(of);
    assert_eq!(good.faults, 0);
    assert_eq!(best(&[blink, good, talking]), 1);
    assert_eq!(best(&[shaken, talking, good]), 2);
    assert_eq!(best(&[good, good, good]), 0, "the one nearest to the shutter");
    assert!(
        blink.faults > talking.faults,
        "closed eyes are worse than an open mouth"
    );
    let nobody = standing(
        &Sitter::default().picture(),
        &Default::default(),
        &specification(),
        &rules(),
    );
    assert_eq!(nobody, Standing::USELESS);
}

#[test]
fn the_meter_tells_how_bright_picture_and_face_are() {
    let read = |sitter: &Sitter| meter(&sitter.picture(), &sitter.analysis(), &rules());
    let usual = read(&Sitter::default());
    assert!((usual.histogram.iter().sum::<f32>() - 1.0).abs() < 1e-3);
    let middle = |reading: &quality::LightReading| -> f32 {
        reading
            .histogram
            .iter()
            .enumerate()
            .map(|(class, share)| class as f32 * share)
            .sum()
    };
    let dark = read(&Sitter {
        light: 0.08,
        ..Sitter::default()
    });
    assert!(middle(&dark) < middle(&usual) - 10.0);
    let (usual, dark) = (usual.face.unwrap(), dark.face.unwrap());
    assert_eq!(usual.correction(), 1.0, "{usual:?}");
    assert!(
        dark.level < dark.least && (1.05..=1.6).contains(&dark.correction()),
        "{dark:?}"
    );
    let burnt = read(&Sitter {
        light: 3.0,
        ..Sitter::default()
    });
    assert!(
        burnt.clipped > 0.2 && burnt.face.unwrap().correction() < 1.0,
        "{burnt:?}"
    );
}
