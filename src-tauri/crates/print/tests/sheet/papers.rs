use print::paper;

const ONE: &str = r#"
    version = 1
    [[paper]]
    id = "p"
    name_zh = "纸"
    name_en = "paper"
    width_mm = 100.0
    height_mm = 150.0
    margin_mm = 2.0
    media = "m"
    source = "s"
"#;

#[test]
fn the_three_papers_are_those_of_the_trade() {
    let found: Vec<_> = paper::builtin()
        .unwrap()
        .into_iter()
        .map(|p| (p.id, p.width_mm, p.height_mm))
        .collect();
    let asked = [
        ("5-inch", 127.0, 89.0),
        ("6-inch", 152.0, 102.0),
        ("a4", 210.0, 297.0),
    ];
    assert_eq!(found, asked.map(|(id, w, h)| (id.to_string(), w, h)));
}

/// A name of PWG 5101.1 states its own sides; they must be the paper's within the trade's rounding.
#[test]
fn the_printers_name_states_the_same_sides() {
    for paper in paper::builtin().unwrap() {
        let sides = paper.media.rsplit('_').next().unwrap();
        let (number, unit) = sides
            .strip_suffix("mm")
            .map_or_else(|| (sides.strip_suffix("in").unwrap(), 25.4), |n| (n, 1.0));
        let mut named: Vec<f64> = number
            .split('x')
            .map(|n| n.parse::<f64>().unwrap() * unit)
            .collect();
        let mut listed = [paper.width_mm, paper.height_mm];
        named.sort_by(f64::total_cmp);
        listed.sort_by(f64::total_cmp);
        for (named, listed) in named.iter().zip(listed) {
            assert!(
                (named - listed).abs() <= 0.5,
                "{}: {named} and {listed}",
                paper.id
            );
        }
    }
}

#[test]
fn a_list_with_a_slip_is_refused() {
    assert_eq!(paper::parse(ONE).unwrap().len(), 1);
    let slips = [
        ("version = 1", "version = 2"),
        ("version = 1", "version = 1\nsurprise = 1"),
        ("id = \"p\"", "id = \"p\"\ncolour = \"white\""),
        ("source = \"s\"", ""),
        ("source = \"s\"", "source = \" \""),
        ("id = \"p\"", "id = \"P 1\""),
        ("100.0", "nan"),
        ("100.0", "-100.0"),
        ("150.0", "1e9"),
        ("margin_mm = 2.0", "margin_mm = 25.0"),
        ("margin_mm = 2.0", "margin_mm = -0.1"),
        ("media = \"m\"", "media = \"m -o raw\""),
    ];
    for (good, slip) in slips {
        let text = ONE.replacen(good, slip, 1);
        assert_ne!(text, ONE, "{good} is not there");
        assert!(paper::parse(&text).is_err(), "{slip} was taken");
    }
    let twice = format!("{ONE}{}", ONE.replace("version = 1", ""));
    assert_eq!(paper::parse(&twice).unwrap_err().code(), "papers_impossible");
}

#[test]
fn an_unknown_paper_names_the_known_ones() {
    let fault = paper::named("7-inch").unwrap_err();
    assert_eq!(fault.code(), "paper_unknown");
    assert!(
        fault.remedy().contains("5-inch, 6-inch, a4"),
        "{}",
        fault.remedy()
    );
}
