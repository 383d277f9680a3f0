//! To a printer, by scripts that stand in for CUPS.

use crate::bench::Bench;
use compose::sheet::{Arguments, SheetFault, run};
use print::Spooler;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

fn script(path: &Path, body: &str) {
    let folder = path.parent().unwrap().display();
    std::fs::write(path, format!("#!/bin/sh\ncd '{folder}'\n{body}\n")).unwrap();
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

fn spooler(bench: &Bench, submit: &str) -> Spooler {
    script(&bench.path("lpstat"), "echo SELPHY");
    script(&bench.path("lp"), submit);
    Spooler::with_programs(bench.path("lpstat"), bench.path("lp"))
}

fn to_printer(bench: &Bench, name: &str) -> Arguments {
    Arguments {
        photos: vec![bench.path("a.jpg")],
        paper: "6-inch".into(),
        size: "33x48".into(),
        gap: 3.0,
        copies: None,
        out: None,
        force: false,
        printer: Some(name.into()),
        times: 2,
        printers: false,
    }
}

#[test]
fn the_printer_gets_the_very_document() {
    let bench = Bench::new();
    let spooler = spooler(
        &bench,
        "echo \"$*\" > told; cat > got; echo request id is SELPHY-1",
    );
    let mut arguments = to_printer(&bench, "SELPHY");
    arguments.out = Some(bench.path("s.pdf"));
    let told = run(&arguments, &spooler).unwrap();
    assert!(
        told.iter().any(|line| line == "request id is SELPHY-1"),
        "{told:?}"
    );
    assert_eq!(bench.read("got"), bench.read("s.pdf"));
    let options = String::from_utf8(bench.read("told")).unwrap();
    assert!(
        options.contains("-d SELPHY -n 2") && options.contains("media=na_index-4x6_4x6in"),
        "{options}"
    );
    let listed = Arguments {
        printers: true,
        ..arguments
    };
    assert_eq!(run(&listed, &spooler).unwrap(), ["SELPHY"]);
}

#[test]
fn a_refusal_is_the_machines_and_a_wrong_name_the_callers() {
    let bench = Bench::new();
    let spooler = spooler(&bench, "echo lp: out of paper >&2; exit 1");
    let fault = |name: &str| -> SheetFault { run(&to_printer(&bench, name), &spooler).unwrap_err() };
    assert_eq!(
        (fault("SELPHY").code(), fault("SELPHY").is_usage()),
        ("print_refused", false)
    );
    assert!(fault("SELPHY").to_string().contains("out of paper"));
    assert_eq!(
        (fault("x").code(), fault("x").is_usage()),
        ("print_unknown_printer", true)
    );
}
