//! The sitter's window itself: the only place that moves windows about.

use super::place::{Display, Place, number};
use crate::label::{OPERATOR, SITTER};
use tauri::{
    AppHandle, Manager, Monitor, PhysicalPosition, PhysicalSize, WebviewUrl, WebviewWindow,
    WebviewWindowBuilder,
};

/// Size of the window on a display that it shares, and the least it can be made, in logical pixels: it hides as little of
/// the operator's as can be.
const SIZE: (f64, f64) = (640.0, 480.0);
/// From the corner of that display, in its own pixels: the operator's top bar stays free.
const MARGIN: i32 = 64;

/// The displays of this machine from the left.
pub(super) fn displays(app: &AppHandle) -> tauri::Result<Vec<Display>> {
    let monitors = app.available_monitors()?;
    let primary = app.primary_monitor()?.as_ref().map(corner);
    let operator = app.get_webview_window(OPERATOR);
    let operator = match operator.map(|window| window.current_monitor()) {
        Some(on) => on?.as_ref().map(corner),
        None => None,
    };
    // A window that is not shown yet is on no display: it will come up on the first one.
    let operator = operator.or(primary);
    let mut displays: Vec<Display> = monitors
        .iter()
        .map(|monitor| Display {
            name: monitor.name().cloned().unwrap_or_default(),
            x: monitor.position().x,
            y: monitor.position().y,
            width: monitor.size().width,
            height: monitor.size().height,
            primary: primary == Some(corner(monitor)),
            operator: operator == Some(corner(monitor)),
        })
        .collect();
    number(&mut displays);
    Ok(displays)
}

fn corner(monitor: &Monitor) -> (i32, i32) {
    (monitor.position().x, monitor.position().y)
}

/// Puts the window where it belongs; `None` closes it.
pub(super) fn bring(app: &AppHandle, place: Option<&Place>) -> tauri::Result<()> {
    let there = app.get_webview_window(SITTER);
    let Some(place) = place else {
        return there.map_or(Ok(()), |window| window.destroy());
    };
    let window = match there {
        Some(window) => window,
        None => build(app)?,
    };
    match place {
        Place::Whole(display) => {
            // Position and size first: what cannot go full screen still covers the right display.
            window.set_position(PhysicalPosition::new(display.x, display.y))?;
            window.set_size(PhysicalSize::new(display.width, display.height))?;
            window.set_fullscreen_on_monitor(PhysicalPosition::new(
                f64::from(display.x),
                f64::from(display.y),
            ))?;
        }
        Place::Beside(display) => {
            window.set_fullscreen(false)?;
            window.set_size(tauri::LogicalSize::new(SIZE.0, SIZE.1))?;
            let right = display.x + i32::try_from(display.width).unwrap_or(0);
            // Not the window's own width: it is only on its way to this size.
            let width = (SIZE.0 * window.scale_factor()?).round() as i32;
            let x = (right - width - MARGIN).max(display.x);
            window.set_position(PhysicalPosition::new(x, display.y + MARGIN))?;
        }
    }
    window.show()
}

fn build(app: &AppHandle) -> tauri::Result<WebviewWindow> {
    WebviewWindowBuilder::new(app, SITTER, WebviewUrl::App("sitter.html".into()))
        .title("采集站 · 学生屏")
        .inner_size(SIZE.0, SIZE.1)
        .min_inner_size(SIZE.0, SIZE.1)
        .visible(false)
        // It has no keys of its own, and the operator's must not get lost in it.
        .focused(false)
        .focusable(false)
        .build()
}

/// Brings the operator's window back when the display under it is gone. Most systems do that by themselves.
pub(super) fn rescue_operator(app: &AppHandle, displays: &[Display]) {
    let Some(window) = app.get_webview_window(OPERATOR) else {
        return;
    };
    if let Err(fault) = rescue(&window, displays) {
        tracing::error!(%fault, "the operator's window");
    }
}

fn rescue(window: &WebviewWindow, displays: &[Display]) -> tauri::Result<()> {
    let Some(home) = displays.iter().find(|d| d.primary).or(displays.first()) else {
        return Ok(());
    };
    // A minimised window lies nowhere, and is not lost.
    if window.is_minimized()? {
        return Ok(());
    }
    let (at, size) = (window.outer_position()?, window.outer_size()?);
    let middle = at.x.saturating_add(i32::try_from(size.width / 2).unwrap_or(0));
    let seen = |display: &&Display| display.holds(middle, at.y.saturating_add(MARGIN));
    if displays.iter().find(seen).is_none() {
        window.unmaximize()?;
        window.set_position(PhysicalPosition::new(home.x, home.y))?;
        window.maximize()?;
        window.set_focus()?;
    }
    Ok(())
}
