//! Makes the sitters' scenes and lays them out for a replay camera that goes through one sitting after the
//! other by itself.

use acceptance::{root, sitters};
use anyhow::Result;
use clap::Parser;
use std::path::PathBuf;

/// Makes the sitters' scenes for a replay camera.
#[derive(Parser)]
struct Arguments {
    /// Folder of the sitters' portraits.
    #[arg(long)]
    sitters: PathBuf,
    /// Folder for the camera to play.
    #[arg(long)]
    out: PathBuf,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let scenes = sitters::scenes(&arguments.sitters, &root::models())?;
    sitters::stage(&scenes, &arguments.out)?;
    sitters::tell(&arguments.out, &sitters::tour())
}
