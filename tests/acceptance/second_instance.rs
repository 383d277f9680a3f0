//! Two stations on one data folder.

use crate::booth::Booth;
use crate::desk::watch;
use anyhow::{Result, bail};
use compose::Desktop;
use station::contract::Screen;

#[test]
fn the_second_is_told_and_the_first_goes_on() -> Result<()> {
    let booth = Booth::open()?;
    let first = booth.desktop()?;
    match Desktop::open(&booth.settings) {
        Err(fault) => assert_eq!(fault.code(), "second_instance"),
        Ok(_) => bail!("two stations on one data folder"),
    }
    watch(
        &first,
        "the first one's sign-in",
        |view| matches!(&view.screen, Screen::SignIn { operators, .. } if !operators.is_empty()),
    )?;
    Ok(())
}
