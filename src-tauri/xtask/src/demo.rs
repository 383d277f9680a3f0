//! `cargo xtask demo`: the main job, shown.

mod summary;
mod window;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::external::External;
use crate::system::Purpose;
use crate::{compile, progress, setup};

/// Sets up, builds and runs the main job: in the operator's window when there is a display, else with the
/// scripted operator in a virtual one.
///
/// # Errors
/// When set-up, build or the job itself fail, or a result is missing.
pub(crate) fn run(root: &Path) -> Result<()> {
    let display = has_display();
    let mut purposes = vec![Purpose::Build, Purpose::Models];
    if !display {
        purposes.push(Purpose::Window);
    }
    setup::station(root, &purposes)?;
    let own: &[&str] = if display {
        &["scenes", "station"]
    } else {
        &["operator"]
    };
    compile::programs(root, &[&["capture-station", "central"], own].concat())?;
    let out = root.join("target/demo");
    if out.exists() {
        fs::remove_dir_all(&out)
            .with_context(|| format!("{} of the last demo cannot be removed", out.display()))?;
    }
    if display {
        let camera = out.join("camera");
        stage(root, &camera)?;
        return window::open(root, &out, &camera);
    }
    progress::step("the scripted operator takes two sitters through the whole job");
    External::new(root, "operator", compile::program(root, "operator"))
        .arg_path("--out", &out)
        .arg_path("--central-bin", &compile::program(root, "central"))
        .arg_path("--app", &compile::program(root, "capture-station"))
        .arg_path("--sitters", &root.join("target/sitters"))
        .remedy("the last lines above say at which step it stopped; target/demo/screens shows what the operator saw")
        .live()
        .run()?;
    summary::print(root, &out)
}

/// Makes what the replay camera plays when there is no other: sitters who find their place, one after the other.
fn stage(root: &Path, camera: &Path) -> Result<()> {
    progress::step("sitters for the replay camera");
    External::new(root, "scenes", compile::program(root, "scenes"))
        .arg_path("--sitters", &root.join("target/sitters"))
        .arg_path("--out", camera)
        .remedy("`cargo xtask models` brings the portraits and the networks that cut them out")
        .run()?;
    Ok(())
}

/// Whether a window can be shown to somebody here.
fn has_display() -> bool {
    let named = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || named("DISPLAY") || named("WAYLAND_DISPLAY")
}
