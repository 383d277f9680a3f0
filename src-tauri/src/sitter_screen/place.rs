//! Which display the sitter's window fills, and when it fills none.

use serde::Serialize;

/// One display as the operator may choose it. Lengths are the display's own pixels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Display {
    /// Its name; displays of the same name are numbered from the left.
    pub(crate) name: String,
    /// Left edge on the desktop.
    pub(crate) x: i32,
    /// Upper edge on the desktop.
    pub(crate) y: i32,
    /// Width.
    pub(crate) width: u32,
    /// Height.
    pub(crate) height: u32,
    /// The system's first display.
    pub(crate) primary: bool,
    /// The operator's window is on it.
    pub(crate) operator: bool,
}

impl Display {
    /// True when a point of the desktop lies on it.
    pub(crate) fn holds(&self, x: i32, y: i32) -> bool {
        let inside = |at: i32, from: i32, length: u32| {
            i64::from(at) >= i64::from(from) && i64::from(at) < i64::from(from) + i64::from(length)
        };
        inside(x, self.x, self.width) && inside(y, self.y, self.height)
    }
}

/// Where the sitter's window goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// It fills this display.
    Whole(Display),
    /// An ordinary window on this display, which the operator's window is on as well.
    Beside(Display),
}

/// The place on the display of this name; `None` when there is no such display. Never the whole of the display that
/// the operator works on.
pub(crate) fn place(wanted: &str, displays: &[Display]) -> Option<Place> {
    let display = displays.iter().find(|display| display.name == wanted)?;
    Some(if display.operator || displays.len() == 1 {
        Place::Beside(display.clone())
    } else {
        Place::Whole(display.clone())
    })
}

/// Gives displays of the same name numbers, in the order in which they stand on the desktop.
pub(crate) fn number(displays: &mut [Display]) {
    displays.sort_by_key(|display| (display.x, display.y));
    let names: Vec<String> = displays.iter().map(|display| display.name.clone()).collect();
    for (i, display) in displays.iter_mut().enumerate() {
        let before = names.iter().take(i).filter(|name| **name == display.name).count();
        if before > 0 {
            display.name = format!("{} #{}", display.name, before + 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn display(name: &str, x: i32, operator: bool) -> Display {
        Display {
            name: name.into(),
            x,
            y: 0,
            width: 1920,
            height: 1080,
            primary: x == 0,
            operator,
        }
    }

    #[test]
    fn it_fills_a_display_of_its_own_and_never_the_operators() {
        let two = [display("A", 0, true), display("B", 1920, false)];
        assert_eq!(place("B", &two), Some(Place::Whole(two[1].clone())));
        assert_eq!(place("A", &two), Some(Place::Beside(two[0].clone())));
        assert_eq!(place("C", &two), None, "a display that is gone");
        assert_eq!(place("A", &[]), None);
    }

    #[test]
    fn the_last_display_is_never_filled_even_before_the_operators_window_has_moved_there() {
        let one = [display("B", 0, false)];
        assert_eq!(place("B", &one), Some(Place::Beside(one[0].clone())));
    }

    #[test]
    fn two_of_a_name_are_told_apart_from_the_left() {
        let mut three = [
            display("DELL", 3840, false),
            display("DELL", 0, true),
            display("LG", 1920, false),
        ];
        number(&mut three);
        let names: Vec<_> = three.iter().map(|d| (d.name.as_str(), d.x)).collect();
        assert_eq!(names, [("DELL", 0), ("LG", 1920), ("DELL #2", 3840)]);
    }

    #[test]
    fn a_point_lies_on_one_of_two_neighbours() {
        let two = [display("A", -1920, false), display("B", 0, true)];
        for (x, on) in [(-1920, "A"), (-1, "A"), (0, "B"), (1919, "B")] {
            let found: Vec<_> = two.iter().filter(|d| d.holds(x, 0)).collect();
            assert_eq!(found.len(), 1);
            assert_eq!(found[0].name, on);
        }
        assert!(!two.iter().any(|d| d.holds(1920, 0) || d.holds(0, -1)));
    }
}
