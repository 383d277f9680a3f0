//! Text on PDF pages.

use domain::port::PaperFault;
use krilla::Document;
use krilla::geom::{PathBuilder, Point};
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::Stroke;
use krilla::surface::Surface;
use krilla::text::{Font, TextDirection};
use skrifa::MetadataProvider;
use skrifa::instance::{LocationRef, Size};

/// Points in a millimetre.
const POINTS: f32 = 72.0 / 25.4;

/// The font of all papers.
pub(crate) struct Typeface {
    font: Font,
    bytes: Vec<u8>,
}

/// A text whose missing characters are replaced by a box.
pub(crate) struct Shown {
    pub(crate) text: String,
    /// A character was missing.
    pub(crate) rare: bool,
}

impl Typeface {
    /// `None` when the bytes are no font.
    pub(crate) fn read(bytes: Vec<u8>) -> Option<Self> {
        let font = Font::new(bytes.clone().into(), 0)?;
        skrifa::FontRef::new(&bytes).ok()?;
        Some(Self { font, bytes })
    }

    fn reference(&self) -> Option<skrifa::FontRef<'_>> {
        skrifa::FontRef::new(&self.bytes).ok()
    }

    /// Replaces what the font lacks.
    pub(crate) fn shown(&self, text: &str) -> Shown {
        let Some(font) = self.reference() else {
            return Shown {
                text: text.to_string(),
                rare: false,
            };
        };
        let charmap = font.charmap();
        let mut rare = false;
        let text = text
            .chars()
            .map(|c| {
                if charmap.map(c).is_some() {
                    c
                } else {
                    rare = true;
                    '□'
                }
            })
            .collect();
        Shown { text, rare }
    }

    /// Width in millimetres at `size` points.
    pub(crate) fn width(&self, text: &str, size: f32) -> f32 {
        let Some(font) = self.reference() else { return 0.0 };
        let charmap = font.charmap();
        let metrics = font.glyph_metrics(Size::new(size), LocationRef::default());
        let points: f32 = text
            .chars()
            .filter_map(|c| metrics.advance_width(charmap.map(c)?))
            .sum();
        points / POINTS
    }

    /// The text cut to a width in millimetres, with an ellipsis.
    pub(crate) fn fit(&self, text: &str, size: f32, width: f32) -> String {
        if self.width(text, size) <= width {
            return text.to_string();
        }
        let mut cut: Vec<char> = text.chars().collect();
        while !cut.is_empty() {
            cut.pop();
            let shorter: String = cut.iter().chain(['…'].iter()).collect();
            if self.width(&shorter, size) <= width {
                return shorter;
            }
        }
        String::new()
    }
}

/// A pen on one page; millimetres from the upper left corner.
pub(crate) struct Pen<'a, 'b> {
    pub(crate) surface: Surface<'a>,
    pub(crate) face: &'b Typeface,
}

impl Pen<'_, '_> {
    /// Text whose baseline begins at `x`, `y`.
    pub(crate) fn text(&mut self, x: f32, y: f32, size: f32, text: &str) {
        let at = Point::from_xy(x * POINTS, y * POINTS);
        self.surface.draw_text(
            at,
            self.face.font.clone(),
            size,
            text,
            false,
            TextDirection::LeftToRight,
        );
    }

    /// Text whose baseline ends at `x`, `y`.
    pub(crate) fn right(&mut self, x: f32, y: f32, size: f32, text: &str) {
        let width = self.face.width(text, size);
        self.text(x - width, y, size, text);
    }

    /// A thin line from left to right.
    pub(crate) fn rule(&mut self, from: f32, to: f32, y: f32) {
        let mut path = PathBuilder::new();
        path.move_to(from * POINTS, y * POINTS);
        path.line_to(to * POINTS, y * POINTS);
        if let Some(path) = path.finish() {
            self.surface.set_stroke(Some(Stroke {
                width: 0.5,
                opacity: NormalizedF32::new(0.6).unwrap_or(NormalizedF32::ONE),
                ..Stroke::default()
            }));
            self.surface.set_fill(None);
            self.surface.draw_path(&path);
            self.surface.set_stroke(None);
            self.surface.set_fill(Some(krilla::paint::Fill::default()));
        }
    }
}

/// Adds a page of `width` by `height` millimetres and draws on it.
pub(crate) fn draw(
    document: &mut Document,
    face: &Typeface,
    (width, height): (f32, f32),
    with: impl FnOnce(&mut Pen<'_, '_>),
) -> Result<(), PaperFault> {
    let size = PageSettings::from_wh(width * POINTS, height * POINTS)
        .ok_or_else(|| PaperFault::Failed("a page has no size".to_string()))?;
    let mut page = document.start_page_with(size);
    {
        let surface = page.surface();
        let mut pen = Pen { surface, face };
        with(&mut pen);
        pen.surface.finish();
    }
    page.finish();
    Ok(())
}

/// The finished file.
pub(crate) fn finish(document: Document) -> Result<Vec<u8>, PaperFault> {
    document
        .finish()
        .map_err(|error| PaperFault::Failed(format!("{error:?}")))
}
