//! What `cargo xtask` says about itself.

/// Prints the commands and what each leaves behind.
pub(crate) fn print() {
    println!("{TEXT}");
}

const TEXT: &str = "\
cargo xtask COMMAND

  demo     sets everything up and runs the main job: two sitters from the camera to the acknowledged packet.
           With a display the operator's window opens, and where there is no camera sitters come by themselves;
           without a display a scripted operator works in a virtual one.
           Leaves target/demo/ (photos, packets, screens).
  test     sets everything up and runs every test; the last line is `N passed, N failed, N skipped`.
           With CI=true a skipped test is a failure.
  run      sets up what the station needs and starts it for daily use. Words after `--` go to the station.
  bench    measures: `cargo xtask bench [live|quality|standardise|sync]`; no name measures all.
           Leaves target/bench/NAME.json.
  soak     lets the camera fail every few seconds: `cargo xtask soak [MINUTES] [--seed N]`, 30 minutes unless told
           otherwise. A line a minute, then whether the station held. `cargo xtask soak kill [N]` kills the station
           2,000 times instead, `cargo xtask soak drain [N]` lets a queue of 10,000 small packets go.
  fuzz     fuzzes the doors for bytes from outside: `cargo xtask fuzz [TARGET ...] [--seconds N]`.
           What breaks one lies in target/fuzz/.
  models   fetches, converts and verifies the models and the ONNX Runtime library.
  setup    only the set-up that the commands above share: system packages, npm packages, models, checker.

What is already there is not fetched again, so that a second run needs no network.
Output of every command that was run lies in target/xtask/.";
