use crate::bench::{Bench, jpeg, said};

fn holds(bytes: &[u8], part: &[u8]) -> usize {
    bytes.windows(part.len()).filter(|window| *window == part).count()
}

#[test]
fn a_pdf_carries_each_photo_once_and_as_it_is() {
    let bench = Bench::new();
    let output = bench.sheet("a.jpg b.jpg --copies 4 --out sheet.pdf");
    let words = said(&output);
    assert!(output.status.success(), "{words}");
    // 440 of 480 columns stay; 330×480 has the print's own sides.
    assert!(words.contains("a.jpg: 8 % cut off at left and right"), "{words}");
    assert!(!words.contains("b.jpg: "), "{words}");
    assert!(
        words.contains("prints of 33×48 mm: 8; sheets of 6-inch: 1"),
        "{words}"
    );
    let pdf = bench.read("sheet.pdf");
    assert_eq!(holds(&pdf, &bench.read("a.jpg")), 1);
    assert_eq!(holds(&pdf, &bench.read("b.jpg")), 1);
    assert_eq!((holds(&pdf, b"/P0 Do"), holds(&pdf, b"/P1 Do")), (4, 4));
    assert_eq!(bench.all().len(), 3, "nothing else is left");
}

#[test]
fn jpeg_sheets_are_numbered_when_there_are_several() {
    let bench = Bench::new();
    assert!(
        bench
            .sheet("b.jpg --paper 5-inch --out one.jpeg")
            .status
            .success()
    );
    assert!(
        bench
            .sheet("b.jpg --paper 5-inch --copies 9 --out s.jpg")
            .status
            .success()
    );
    let names: Vec<String> = bench.all().into_keys().collect();
    assert_eq!(
        names,
        ["a.jpg", "b.jpg", "one.jpeg", "s-1.jpg", "s-2.jpg", "s-3.jpg"]
    );
    for (name, reds) in [("s-1.jpg", 4.0), ("s-3.jpg", 1.0)] {
        let bytes = bench.read(name);
        let mut decoder = jpeg_decoder::Decoder::new(bytes.as_slice());
        let pixels = decoder.decode().unwrap();
        let red = pixels.chunks(3).filter(|p| p[0] > 180 && p[1] < 80).count() as f64;
        let photo = 33.0 * 48.0 * (300.0 / 25.4) * (300.0 / 25.4);
        assert!((red / photo - reds).abs() < 0.05, "{name}: {}", red / photo);
    }
}

#[test]
fn a_file_is_replaced_only_on_demand() {
    let bench = Bench::new();
    bench.put("s.pdf", b"kept");
    bench.put("s-2.jpg", b"kept");
    for arguments in ["a.jpg --out s.pdf", "a.jpg --copies 17 --out s.jpg"] {
        let output = bench.sheet(arguments);
        assert_eq!(output.status.code(), Some(2));
        assert!(said(&output).contains("--force"), "{}", said(&output));
    }
    assert_eq!(bench.all().len(), 4);
    assert_eq!(bench.read("s.pdf"), b"kept");
    assert!(bench.sheet("a.jpg --out s.pdf --force").status.success());
    assert!(bench.read("s.pdf").starts_with(b"%PDF"));
    // Not even then a photo itself.
    let before = bench.all();
    let output = bench.sheet("a.jpg --out ./a.jpg --force");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(bench.all(), before);
}

/// A camera held upright writes a lying picture and says so; a PDF would show it lying.
#[test]
fn a_turned_photo_is_printed_upright() {
    let bench = Bench::new();
    let lying = jpeg(480, 330, [200, 40, 40]);
    let exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let length = (exif.len() + 2) as u16;
    let mut turned = lying[..2].to_vec();
    turned.extend([0xFF, 0xE1]);
    turned.extend(length.to_be_bytes());
    turned.extend(exif);
    turned.extend(&lying[2..]);
    bench.put("turned.jpg", &turned);
    let output = bench.sheet("turned.jpg --out s.pdf");
    let words = said(&output);
    assert!(output.status.success(), "{words}");
    assert!(words.contains("encoded again"), "{words}");
    assert!(!words.contains("cut off"), "330×480 upright: {words}");
    let pdf = bench.read("s.pdf");
    assert_eq!(holds(&pdf, b"/Width 330"), 1);
    assert_eq!(holds(&pdf, b"Exif"), 0);
}
