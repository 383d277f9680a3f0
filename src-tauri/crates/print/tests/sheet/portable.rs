//! The PDF document, read back.

use crate::made::{BLUE, RED, blue, framed, paper, size};
use crate::pdf_file::{PdfFile, references, value};
use print::{CUT_MARK_MM, GAP_MM, Sheets, pdf};

const MM: f64 = 25.4 / 72.0;

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-3
}

#[test]
fn pages_are_as_large_as_the_paper_and_photos_lie_where_the_layout_says() {
    // Exactly 33:48; 3:4 cut at the sides; wider than its height, cut at the sides by much.
    let photos = vec![
        framed(330, 480, 10, RED, BLUE),
        framed(480, 640, 10, RED, BLUE),
        framed(640, 480, 10, RED, BLUE),
    ];
    for (id, copies) in [("5-inch", 2), ("6-inch", 3), ("a4", 9)] {
        let sheets =
            Sheets::arrange(&paper(id), size("33x48"), GAP_MM, photos.clone(), Some(copies)).unwrap();
        let file = PdfFile::read(&pdf::document(&sheets));
        let pages = file.pages();
        assert_eq!(pages.len(), sheets.pages().len());
        let sheet = sheets.layout().sheet();
        for (page, shown) in pages.iter().zip(sheets.pages()) {
            let media: Vec<f64> = value(page, "MediaBox")
                .iter()
                .map(|n| n.parse::<f64>().unwrap() * MM)
                .collect();
            assert!(
                near(media[2], sheet.width) && near(media[3], sheet.height),
                "{media:?}"
            );
            let painted = file.painted(page);
            assert_eq!(painted.photos.len(), shown.len());
            for (((name, matrix, clip), photo), place) in
                painted.photos.iter().zip(shown).zip(sheets.layout().places())
            {
                let object = file.object(references(page, name)[0]);
                let photo = &sheets.photos()[*photo];
                assert_eq!(object.1, photo.jpeg(), "carried as it is");
                let [w, skew, tilt, h, x, y] = matrix.map(|n| n * MM);
                assert!(
                    skew == 0.0 && tilt == 0.0 && w > 0.0 && h > 0.0,
                    "neither turned nor mirrored"
                );
                let pixels = (photo.picture().width(), photo.picture().height());
                let (per_x, per_y) = (w / f64::from(pixels.0), h / f64::from(pixels.1));
                assert!((per_x / per_y - 1.0).abs() < 1e-5, "stretched: {per_x} {per_y}");
                let visible = clip.map_or([x, y, w, h], |clip| clip.map(|n| n * MM));
                assert!(near(visible[0], place.left) && near(visible[2], place.width));
                assert!(near(visible[1], sheet.height - place.bottom()) && near(visible[3], place.height));
                // Cut at the middle, and never short of the place.
                let cut = (visible[0] - x, x + w - visible[0] - visible[2]);
                assert!(near(cut.0, cut.1) && cut.0 > -1e-3, "{cut:?}");
                let cut = (visible[1] - y, y + h - visible[1] - visible[3]);
                assert!(near(cut.0, cut.1) && cut.0 > -1e-3, "{cut:?}");
                assert_eq!(clip.is_some(), pixels != (330, 480), "clipped only where needed");
            }
            let marks = sheets.layout().cut_marks(shown.len());
            assert_eq!(painted.lines.len(), marks.len());
            assert!(near(painted.line_width * MM, CUT_MARK_MM));
            for (line, mark) in painted.lines.iter().zip(marks) {
                let [x0, y0, x1, y1] = line.map(|n| n * MM);
                assert!(near(x0, mark.from.0) && near(x1, mark.to.0));
                assert!(near(sheet.height - y0, mark.from.1) && near(sheet.height - y1, mark.to.1));
            }
        }
    }
}

#[test]
fn a_photo_is_carried_once_however_often_it_is_shown() {
    let sheets = Sheets::arrange(&paper("6-inch"), size("33x48"), GAP_MM, vec![blue()], Some(20)).unwrap();
    let bytes = pdf::document(&sheets);
    let file = PdfFile::read(&bytes);
    assert_eq!(file.having("/DCTDecode").len(), 1);
    assert_eq!(file.pages().len(), 3);
    let (image, _) = file.object(file.having("/DCTDecode")[0]);
    assert_eq!(
        (value(&image, "Width")[0], value(&image, "Height")[0]),
        ("480", "640")
    );
    assert!(image.contains("/DeviceRGB"), "{image}");
    assert!(!file.having("/PrintScaling").is_empty());
}

#[test]
fn the_document_names_no_machine_and_no_time() {
    let sheets = Sheets::arrange(&paper("a4"), size("33x48"), GAP_MM, vec![blue()], None).unwrap();
    let bytes = pdf::document(&sheets);
    let text = String::from_utf8_lossy(&bytes);
    for word in ["/Info", "/Producer", "/Creator", "Date", "/Metadata", "/Author"] {
        assert!(!text.contains(word), "{word}");
    }
    assert_eq!(
        bytes,
        pdf::document(&sheets),
        "the same sheet gives the same bytes"
    );
}

#[test]
fn a_grey_photo_stays_grey() {
    use domain::picture::Picture;
    let mut jpeg = vec![];
    jpeg_encoder::Encoder::new(&mut jpeg, 90)
        .encode(&[90; 330 * 480], 330, 480, jpeg_encoder::ColorType::Luma)
        .unwrap();
    let picture = Picture::filled(330, 480, [90; 3]);
    let photo = print::Photo::new(jpeg.clone(), picture).unwrap();
    let sheets = Sheets::arrange(&paper("5-inch"), size("33x48"), 3.0, vec![photo], None).unwrap();
    let file = PdfFile::read(&pdf::document(&sheets));
    let (image, data) = file.object(file.having("/DCTDecode")[0]);
    assert!(image.contains("/DeviceGray"), "{image}");
    assert_eq!(data, jpeg);
}

#[test]
fn a_file_that_is_another_picture_is_refused() {
    use domain::picture::Picture;
    let jpeg = blue().jpeg().to_vec();
    let code = |jpeg: Vec<u8>, width, height| {
        print::Photo::new(jpeg, Picture::filled(width, height, BLUE))
            .unwrap_err()
            .code()
    };
    assert_eq!(code(jpeg.clone(), 640, 480), "print_photo_turned");
    assert_eq!(code(jpeg[..40].to_vec(), 480, 640), "print_photo_header");
    assert_eq!(code(b"GIF89a".to_vec(), 480, 640), "print_photo_header");
    let mut press = vec![];
    jpeg_encoder::Encoder::new(&mut press, 90)
        .encode(&[0; 16 * 16 * 4], 16, 16, jpeg_encoder::ColorType::Cmyk)
        .unwrap();
    assert_eq!(code(press, 16, 16), "print_photo_colours");
}
