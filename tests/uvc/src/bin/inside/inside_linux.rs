//! Runs the tests one after the other against one simulated camera, and prints a line for each.

mod child;
mod desk;
mod faults;
mod frames;
mod listing;
mod locks;

use desk::Desk;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::time::Instant;
use uvc::{Conduct, vm};

type Test = (&'static str, fn(&mut Desk));

const TESTS: &[Test] = &[
    (
        "the_metadata_node_is_no_camera",
        listing::the_metadata_node_is_no_camera,
    ),
    (
        "modes_are_those_the_camera_states",
        listing::modes_are_those_the_camera_states,
    ),
    (
        "pictures_arrive_to_the_byte_and_decode",
        frames::pictures_arrive_to_the_byte_and_decode,
    ),
    (
        "raw_frames_arrive_to_the_byte",
        frames::raw_frames_arrive_to_the_byte,
    ),
    (
        "spoilt_frames_are_never_published",
        frames::spoilt_frames_are_never_published,
    ),
    (
        "what_the_camera_calls_faulty_is_incomplete",
        frames::what_the_camera_calls_faulty_is_incomplete,
    ),
    (
        "a_stall_is_noticed_and_passes",
        faults::a_stall_is_noticed_and_passes,
    ),
    (
        "unplugging_is_a_loss_until_it_is_back",
        faults::unplugging_is_a_loss_until_it_is_back,
    ),
    (
        "a_busy_camera_is_called_so_and_taken_when_free",
        faults::a_busy_camera_is_called_so_and_taken_when_free,
    ),
    (
        "without_permission_it_is_called_so",
        faults::without_permission_it_is_called_so,
    ),
    (
        "locks_reach_the_camera_and_are_rounded",
        locks::locks_reach_the_camera_and_are_rounded,
    ),
    (
        "locks_are_lost_with_the_cable_and_set_again",
        locks::locks_are_lost_with_the_cable_and_set_again,
    ),
    (
        "the_capture_layer_sets_the_locks_again_by_itself",
        locks::the_capture_layer_sets_the_locks_again_by_itself,
    ),
    (
        "a_camera_of_29_97_frames_a_second_is_used",
        listing::a_camera_of_29_97_frames_a_second_is_used,
    ),
];

/// Runs the tests, or what a test needs of another process.
pub(super) fn run() -> ExitCode {
    tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::DEBUG)
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .init();
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.first().map(String::as_str) {
        Some(vm::START) => all(),
        Some(child::HOLD) => child::hold(),
        Some(child::WORD) => child::word(),
        _ => {
            eprintln!("these tests run in the VM that tests/kernel.rs boots");
            ExitCode::FAILURE
        }
    }
}

fn all() -> ExitCode {
    let mut desk = Desk::new();
    let mut failed = 0;
    for (name, test) in TESTS {
        let began = Instant::now();
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            desk.ready();
            test(&mut desk);
        }));
        let word = if outcome.is_ok() { "ok" } else { "FAILED" };
        failed += usize::from(outcome.is_err());
        println!(
            "{} {name} ... {word} ({:.1} s)",
            vm::TEST,
            began.elapsed().as_secs_f64()
        );
        desk.camera.behave(Conduct::Clean);
    }
    println!("{} {} {failed}", vm::RESULT, TESTS.len() - failed);
    ExitCode::from(u8::from(failed > 0))
}
