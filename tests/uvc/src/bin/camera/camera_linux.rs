//! The commands.

use anyhow::{Context, Result};
use std::io::BufRead;
use uvc::{Conduct, Model, SimulatedCamera};

/// Obeys until standard input ends.
pub(super) fn run() -> Result<()> {
    let grabber = std::env::args().nth(1).is_some_and(|model| model == "grabber");
    let model = if grabber { Model::GRABBER } else { Model::WEBCAM };
    let mut camera = SimulatedCamera::plug_in(model)?;
    for line in std::io::stdin().lock().lines() {
        match line.context("standard input")?.trim() {
            "unplug" => {
                camera.unplug();
            }
            "plug" => camera.plug()?,
            "clean" | "resume" => camera.behave(Conduct::Clean),
            "stall" => camera.behave(Conduct::Stall),
            "half" => camera.behave(Conduct::Half),
            "junk" => camera.behave(Conduct::Junk),
            "tiny" => camera.behave(Conduct::Tiny),
            "flagged" => camera.behave(Conduct::Flagged),
            "sets" => println!("{:?}", camera.sets()),
            other => eprintln!("{other:?} is no command"),
        }
    }
    Ok(())
}
