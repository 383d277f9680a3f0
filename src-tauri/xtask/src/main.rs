//! `cargo xtask`: the one door to everything that is done with this repository, from a fresh machine to the benches.
//!
//! It depends on nothing but Rust's own library and three small crates, because it must compile in seconds on a
//! machine where nothing is installed yet.

mod bench;
mod camera_vm;
mod compile;
mod demo;
mod external;
mod fuzz;
mod help;
mod models;
mod progress;
mod root;
mod run;
mod setup;
mod soak;
mod stamp;
mod system;
mod tally;
mod test;
mod tools;
mod ui;

use std::process::ExitCode;

fn main() -> ExitCode {
    progress::start();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match dispatch(&words) {
        Ok(code) => code,
        Err(error) => {
            progress::stop_with(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn dispatch(words: &[&str]) -> anyhow::Result<ExitCode> {
    let root = root::find()?;
    match words {
        [] | ["help" | "--help" | "-h"] => {
            help::print();
            return Ok(ExitCode::SUCCESS);
        }
        ["test"] => return test::run(&root),
        ["setup"] => setup::everything(&root)?,
        ["run", rest @ ..] => return run::run(&root, rest),
        ["demo"] => demo::run(&root)?,
        ["bench", names @ ..] => bench::run(&root, names)?,
        ["soak", rest @ ..] => soak::run(&root, rest)?,
        ["fuzz", rest @ ..] => fuzz::run(&root, rest)?,
        ["models"] => setup::verified_models(&root)?,
        _ => {
            help::print();
            anyhow::bail!(
                "`cargo xtask {}` is not one of the commands above",
                words.join(" ")
            );
        }
    }
    Ok(ExitCode::SUCCESS)
}
