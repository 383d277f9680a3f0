//! The sheets of one job: which photo lies at which place.

use crate::layout::{Layout, LayoutFault};
use crate::paper::Paper;
use crate::photo::Photo;
use crate::size::Size;

/// Most prints (photos times copies) of one job: more is a slip of the keyboard.
pub const MOST_PRINTS: usize = 2000;

/// The sheets of one job. All have the places of the first, so that a pile is cut in one go.
#[derive(Debug, Clone)]
pub struct Sheets {
    layout: Layout,
    print: Size,
    photos: Vec<Photo>,
    /// For each sheet the photo's index at each place, from the first place on.
    pages: Vec<Vec<usize>>,
}

impl Sheets {
    /// Lays photos out with `copies` of each, one photo after the other, on as many sheets as that takes;
    /// without a number, equally many of each that fill one sheet, and at least one of each.
    ///
    /// # Errors
    /// [`LayoutFault`].
    pub fn arrange(
        paper: &Paper,
        print: Size,
        gap: f64,
        photos: Vec<Photo>,
        copies: Option<usize>,
    ) -> Result<Self, LayoutFault> {
        if photos.is_empty() || copies == Some(0) {
            return Err(LayoutFault::Nothing);
        }
        let copies = match copies {
            Some(copies) => copies,
            None => (Layout::new(paper, print, gap, None)?.capacity() / photos.len()).max(1),
        };
        let prints = photos.len().saturating_mul(copies);
        if prints > MOST_PRINTS {
            return Err(LayoutFault::TooMany { prints });
        }
        let layout = Layout::new(paper, print, gap, Some(prints))?;
        let order: Vec<usize> = (0..photos.len())
            .flat_map(|photo| std::iter::repeat_n(photo, copies))
            .collect();
        let pages = order.chunks(layout.capacity()).map(<[usize]>::to_vec).collect();
        Ok(Self {
            layout,
            print,
            photos,
            pages,
        })
    }

    /// The places on each sheet.
    pub const fn layout(&self) -> &Layout {
        &self.layout
    }

    /// Size of each print, millimetres.
    pub const fn print(&self) -> Size {
        self.print
    }

    /// The photos.
    pub fn photos(&self) -> &[Photo] {
        &self.photos
    }

    /// For each sheet the photo's index at each place, from the first place on.
    pub fn pages(&self) -> &[Vec<usize>] {
        &self.pages
    }
}
