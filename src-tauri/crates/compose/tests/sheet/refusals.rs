use crate::bench::{Bench, said};

#[test]
fn bad_input_is_named_with_a_remedy_and_leaves_nothing() {
    let bench = Bench::new();
    let whole = bench.read("a.jpg");
    bench.put("short.jpg", &whole[..whole.len() / 2]);
    bench.put("text.jpg", b"not a picture");
    bench.put("empty.jpg", b"");
    std::fs::write(bench.path("blocked.pdf"), b"kept").unwrap();
    let before = bench.all();
    let cases = [
        (
            "a.jpg --paper 7-inch --out s.pdf",
            "paper_unknown",
            "5-inch, 6-inch, a4",
        ),
        (
            "a.jpg --size 120x160 --out s.pdf",
            "print_too_large",
            "larger paper",
        ),
        ("a.jpg --size 33 --out s.pdf", "print_size", "33x48"),
        ("a.jpg --size 33x-48 --out s.pdf", "print_size", "33x48"),
        ("a.jpg --gap -1 --out s.pdf", "print_gap", "0 to 50"),
        ("a.jpg --gap nan --out s.pdf", "print_gap", "0 to 50"),
        ("a.jpg --copies 0 --out s.pdf", "print_nothing", "one copy"),
        ("a.jpg --copies 100000 --out s.jpg", "print_too_many", "2000"),
        ("absent.jpg --out s.pdf", "sheet_photo_unreadable", "name a photo"),
        ("text.jpg --out s.pdf", "sheet_not_jpeg", "station standardise"),
        (
            "a.jpg empty.jpg --out s.pdf",
            "sheet_not_jpeg",
            "station standardise",
        ),
        ("a.jpg short.jpg --out s.jpg", "picture_cut_short", "undamaged"),
        ("a.jpg --out s.png", "sheet_kind", ".pdf or .jpg"),
        ("a.jpg --out sheet", "sheet_kind", ".pdf or .jpg"),
        ("a.jpg --out absent/s.pdf", "sheet_no_folder", "make the folder"),
        ("a.jpg --out blocked.pdf", "sheet_exists", "--force"),
        ("a.jpg --out a.jpg --force", "sheet_out_is_photo", "another file"),
    ];
    for (arguments, code, remedy) in cases {
        let output = bench.sheet(arguments);
        let words = said(&output);
        assert_eq!(output.status.code(), Some(2), "{arguments}: {words}");
        assert!(words.contains(&format!("({code})")), "{arguments}: {words}");
        assert!(words.contains(remedy), "{arguments}: {words}");
        assert_eq!(bench.all(), before, "{arguments} left something");
    }
}

#[test]
fn the_command_line_itself_is_checked() {
    let bench = Bench::new();
    let before = bench.all();
    for arguments in [
        "a.jpg",
        "--out s.pdf",
        "",
        "a.jpg --out s.pdf --times 2",
        "a.jpg --printer x --times 0",
        "a.jpg --printers",
        "a.jpg --out s.pdf --scale 2",
    ] {
        let output = bench.sheet(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments}: {}", said(&output));
        assert_eq!(bench.all(), before, "{arguments}");
    }
}
