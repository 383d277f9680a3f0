//! Signs and colours of the verdicts. A sign differs from every other by its form too: colour alone says nothing.

use super::svg::{Text, n};
use domain::quality::{TickAnswer, Verdict};

pub(super) const INK: &str = "#14181a";
pub(super) const INK_2: &str = "#454b4e";
pub(super) const INK_3: &str = "#5c6265";
pub(super) const LINE: &str = "#d3d6d7";
pub(super) const EDGE: &str = "#0a76b5";
pub(super) const STAGE: &str = "#2a2a2a";
pub(super) const GUIDE: &str = "#ffffff";

/// What a line of the list says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Fail,
    Warn,
    Asked,
    /// Asked, and answered that the picture fits.
    Fits,
    /// Asked, and answered that it does not.
    Breaks,
    NotAssessed,
    Pass,
}

impl Sign {
    pub(super) const fn of(verdict: Verdict, answer: Option<TickAnswer>) -> Self {
        match (verdict, answer) {
            (Verdict::Fail, _) => Self::Fail,
            (Verdict::Warn, _) => Self::Warn,
            (Verdict::Asked, None) => Self::Asked,
            (Verdict::Asked, Some(TickAnswer::Fits)) => Self::Fits,
            (Verdict::Asked, Some(TickAnswer::Breaks)) => Self::Breaks,
            (Verdict::NotAssessed, _) => Self::NotAssessed,
            (Verdict::Pass, _) => Self::Pass,
        }
    }

    /// Colour of its text on white.
    pub(super) const fn colour(self) -> &'static str {
        match self {
            Self::Fail | Self::Breaks => "#ad1119",
            Self::Warn => "#744600",
            Self::Asked => "#00548a",
            Self::NotAssessed => "#4d5356",
            Self::Fits | Self::Pass => "#0a6437",
        }
    }

    /// The sign round a middle.
    pub(super) fn drawn(self, x: f32, y: f32, radius: f32) -> String {
        let colour = self.colour();
        let path = |points: &[(f32, f32)], stroke: &str, width: f32| {
            let mut d = String::new();
            for (i, (dx, dy)) in points.iter().enumerate() {
                let command = if i % 2 == 0 && points.len() != 3 || i == 0 {
                    'M'
                } else {
                    'L'
                };
                d += &format!("{command}{} {}", n(x + dx * radius), n(y + dy * radius));
            }
            format!(
                "<path d=\"{d}\" fill=\"none\" stroke=\"{stroke}\" stroke-width=\"{}\" stroke-linecap=\"round\"/>",
                n(width * radius)
            )
        };
        let round = |fill: &str, stroke: &str| {
            let [x, y, r, w] = [x, y, radius * 0.9, radius * 0.2].map(n);
            format!(
                "<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\" fill=\"{fill}\" stroke=\"{stroke}\" stroke-width=\"{w}\"/>"
            )
        };
        let tick = [(-0.45, 0.05), (-0.1, 0.4), (0.5, -0.35)];
        let cross = [(-0.38, -0.38), (0.38, 0.38), (0.38, -0.38), (-0.38, 0.38)];
        match self {
            Self::Fail => round(colour, colour) + &path(&cross, "#ffffff", 0.26),
            Self::Breaks => round("#ffffff", colour) + &path(&cross, colour, 0.24),
            Self::Fits => round("#ffffff", colour) + &path(&tick, colour, 0.24),
            Self::Pass => path(&tick.map(|(x, y)| (x * 1.4, y * 1.4)), colour, 0.3),
            Self::NotAssessed => round("#ffffff", colour) + &path(&[(-0.4, 0.0), (0.4, 0.0)], colour, 0.24),
            Self::Asked => {
                let mark = Text::of("?")
                    .at(x, y + radius * 0.55)
                    .size(radius * 1.5)
                    .colour(colour);
                round("#ffffff", colour) + &mark.bold().middle().drawn()
            }
            Self::Warn => {
                let [x0, x1, x2, top, low] = [x, x + radius, x - radius, y - radius, y + radius * 0.8].map(n);
                let triangle = format!(
                    "<path d=\"M{x0} {top}L{x1} {low}L{x2} {low}Z\" fill=\"#ffc247\" stroke=\"{colour}\" \
                     stroke-width=\"{}\" stroke-linejoin=\"round\"/>",
                    n(radius * 0.16)
                );
                let mark = [(0.0, -0.4), (0.0, 0.15), (0.0, 0.5), (0.0, 0.51)];
                triangle + &path(&mark, "#2a1a00", 0.2)
            }
        }
    }
}

/// How the frame of a region looks on a picture: colour and dashes.
pub(super) const fn frame(verdict: Verdict) -> (&'static str, &'static str) {
    match verdict {
        Verdict::Fail => ("#ff6b62", ""),
        Verdict::Warn => ("#ffc247", "7 4"),
        _ => ("#64c5ff", "1.2 3.4"),
    }
}
