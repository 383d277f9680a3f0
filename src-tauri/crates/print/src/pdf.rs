//! Sheets as a PDF document.
//!
//! Each photo's file is carried once and unchanged (ISO 32000-1, 7.4.8 DCTDecode); where a print shows less of it, a clipping
//! path hides the rest. The document names no program, person or time.

use crate::area::Area;
use crate::cut_marks::{CUT_MARK_GREY, CUT_MARK_MM};
use crate::photo::Photo;
use crate::sheets::Sheets;
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref};

/// Points (1/72 in) in a millimetre.
const POINTS_PER_MM: f64 = 72.0 / 25.4;

const CATALOG: Ref = Ref::new(1);
const PAGE_TREE: Ref = Ref::new(2);
/// The first photo's object; the others follow it, then two objects for each page.
const FIRST_PHOTO: i32 = 3;

/// Writes all sheets as one document, a page each, exactly as large as the paper.
pub fn document(sheets: &Sheets) -> Vec<u8> {
    let mut pdf = Pdf::new();
    let photos: Vec<Ref> = (FIRST_PHOTO..)
        .take(sheets.photos().len())
        .map(Ref::new)
        .collect();
    let mut next = FIRST_PHOTO + number(photos.len());
    let mut page_refs = vec![];
    for page in sheets.pages() {
        let (page_ref, content_ref) = (Ref::new(next), Ref::new(next + 1));
        next += 2;
        page_refs.push(page_ref);
        let size = sheets.layout().sheet();
        let mut written = pdf.page(page_ref);
        written
            .parent(PAGE_TREE)
            .media_box(Rect::new(0.0, 0.0, points(size.width), points(size.height)))
            .contents(content_ref);
        let mut resources = written.resources();
        let mut names = resources.x_objects();
        for (at, photo) in photos.iter().enumerate().filter(|(at, _)| page.contains(at)) {
            names.pair(Name(name(at).as_bytes()), *photo);
        }
        names.finish();
        resources.finish();
        written.finish();
        pdf.stream(content_ref, &content(sheets, page));
    }
    for (photo, photo_ref) in sheets.photos().iter().zip(&photos) {
        let mut image = pdf.image_xobject(*photo_ref, photo.jpeg());
        image
            .width(number(photo.picture().width() as usize))
            .height(number(photo.picture().height() as usize))
            .bits_per_component(8);
        image.filter(Filter::DctDecode);
        if photo.grey() {
            image.color_space().device_gray();
        } else {
            image.color_space().device_rgb();
        }
    }
    let mut catalog = pdf.catalog(CATALOG);
    catalog.pages(PAGE_TREE);
    // Viewers would else offer to fit the page to the printer's margins, and 33 mm would be 32.
    catalog
        .viewer_preferences()
        .pair(Name(b"PrintScaling"), Name(b"None"));
    catalog.finish();
    pdf.pages(PAGE_TREE)
        .count(number(page_refs.len()))
        .kids(page_refs);
    pdf.finish()
}

/// The marks first, so that no rounding draws one over a face.
fn content(sheets: &Sheets, page: &[usize]) -> Vec<u8> {
    let layout = sheets.layout();
    let bottom_up = |y: f64| points(layout.sheet().height - y);
    let mut content = Content::new();
    content
        .set_stroke_gray(CUT_MARK_GREY as f32)
        .set_line_width(points(CUT_MARK_MM));
    for mark in layout.cut_marks(page.len()) {
        content
            .move_to(points(mark.from.0), bottom_up(mark.from.1))
            .line_to(points(mark.to.0), bottom_up(mark.to.1))
            .stroke();
    }
    for (place, at) in layout.places().iter().zip(page) {
        let Some(photo) = sheets.photos().get(*at) else {
            continue;
        };
        let crop = photo.crop(sheets.print());
        content.save_state();
        if crop.cuts() {
            content
                .rect(
                    points(place.left),
                    bottom_up(place.bottom()),
                    points(place.width),
                    points(place.height),
                )
                .clip_nonzero()
                .end_path();
        }
        let whole = whole(photo, place, sheets);
        content
            .transform([
                points(whole.width),
                0.0,
                0.0,
                points(whole.height),
                points(whole.left),
                bottom_up(whole.bottom()),
            ])
            .x_object(Name(name(*at).as_bytes()))
            .restore_state();
    }
    content.finish().to_vec()
}

/// Where the whole photo would lie, its shown part being at `place`.
fn whole(photo: &Photo, place: &Area, sheets: &Sheets) -> Area {
    let crop = photo.crop(sheets.print());
    let mm_per_pixel = place.width / crop.width;
    Area {
        left: place.left - crop.left * mm_per_pixel,
        top: place.top - crop.top * mm_per_pixel,
        width: f64::from(photo.picture().width()) * mm_per_pixel,
        height: f64::from(photo.picture().height()) * mm_per_pixel,
    }
}

fn name(photo: usize) -> String {
    format!("P{photo}")
}

fn points(mm: f64) -> f32 {
    (mm * POINTS_PER_MM) as f32
}

/// Counts and sides here end far below the limit: prints at 2000, sides of a JPEG at 65535.
fn number(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}
