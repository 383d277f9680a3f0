//! A sitter who does what is said comes to sit right, and is never sent closer and back in turn.

use super::{Sitter, complaints, rules, specification};
use domain::geometry::Point;
use domain::quality::Stage;
use quality::{Instruction, LiveAssessor, instruction};
use std::time::Duration;

/// One step as people take it: a twentieth nearer, a finger's breadth aside.
fn follow(sitter: &mut Sitter, said: Instruction) -> bool {
    match said {
        Instruction::TooSmall => sitter.ied *= 1.05,
        Instruction::TooLarge => sitter.ied /= 1.05,
        // The sitter's own left is the picture's right.
        Instruction::MoveLeft => sitter.eyes.x += 14.0,
        Instruction::MoveRight => sitter.eyes.x -= 14.0,
        Instruction::CrownHigh => sitter.eyes.y += 10.0,
        Instruction::CrownLow => sitter.eyes.y -= 10.0,
        Instruction::ChestCut => sitter.ied /= 1.05,
        _ => return false,
    }
    true
}

/// Follows the instructions from a start; gives what was said, in order.
fn walk(mut sitter: Sitter) -> (Vec<Instruction>, Sitter) {
    let mut assessor = LiveAssessor::new(specification(), rules());
    let mut said = vec![];
    for step in 0..70 {
        let at = Duration::from_millis(100 * step);
        let assessment = assessor.assess(&sitter.picture(), &mut sitter.analysis(), at);
        let next = instruction(&assessment);
        if !follow(&mut sitter, next) {
            said.push(next);
            break;
        }
        said.push(next);
    }
    (said, sitter)
}

#[test]
fn who_follows_the_words_arrives_and_is_never_sent_to_and_fro() {
    let starts = [
        (70.0, 260.0, 300.0),
        (85.0, 430.0, 520.0),
        (230.0, 360.0, 420.0),
        (200.0, 300.0, 250.0),
        (145.0, 500.0, 620.0),
        (120.0, 200.0, 200.0),
        (165.0, 360.0, 330.0),
    ];
    for (ied, x, y) in starts {
        let start = Sitter {
            ied,
            eyes: Point::new(x, y),
            ..Sitter::default()
        };
        let (said, there) = walk(start);
        assert_eq!(said.last(), Some(&Instruction::Good), "{ied} {x} {y}: {said:?}");
        for (one, other) in [
            (Instruction::TooSmall, Instruction::TooLarge),
            (Instruction::MoveLeft, Instruction::MoveRight),
            (Instruction::CrownHigh, Instruction::CrownLow),
        ] {
            let both = said.contains(&one) && said.contains(&other);
            assert!(!both, "{ied} {x} {y}: sent to and fro: {said:?}");
        }
        // What the live guide calls good has a crop.
        let still = super::assess(Stage::Still, &there);
        assert_eq!(complaints(&still), Vec::<String>::new(), "{ied} {x} {y}");
    }
}
