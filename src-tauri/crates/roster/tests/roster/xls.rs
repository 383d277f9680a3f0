//! Workbooks of Excel 97 to 2003, written byte by byte: no code is shared with any reader.

use crate::NUMBER;
use roster::{FileKind, ProblemCode, RosterFault, open, read};

/// A cell to write.
pub(crate) enum Value<'a> {
    Text(&'a str),
    Number(f64),
    /// A formula with its kept value.
    Formula(f64),
}

/// A sheet to write.
#[derive(Default)]
pub(crate) struct Sheet<'a> {
    pub(crate) name: &'a str,
    pub(crate) hidden: bool,
    pub(crate) cells: Vec<(u16, u16, Value<'a>)>,
    pub(crate) hidden_rows: Vec<u16>,
    /// First and last row, first and last column.
    pub(crate) merged: Vec<[u16; 4]>,
}

fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).unwrap();
    [&kind.to_le_bytes(), &length.to_le_bytes(), data].concat()
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn begin(kind: u16) -> Vec<u8> {
    let words = [0x0600, kind, 0x0dbb, 0x07cc, 0, 0, 0, 0];
    record(0x0809, &words.map(u16::to_le_bytes).concat())
}

fn sheet(sheet: &Sheet<'_>) -> Vec<u8> {
    let mut bytes = begin(0x0010);
    for row in &sheet.hidden_rows {
        // Row, first and last column, height, two words unused, flags.
        let words = [*row, 0, 1, 0, 0, 0, 0x0120, 0x000f];
        bytes.extend(record(0x0208, &words.map(u16::to_le_bytes).concat()));
    }
    for (row, column, value) in &sheet.cells {
        let head = [*row, *column, 0].map(u16::to_le_bytes).concat();
        bytes.extend(match value {
            Value::Text(text) => {
                let length = u16::try_from(text.encode_utf16().count()).unwrap();
                record(
                    0x0204,
                    &[&head, &length.to_le_bytes()[..], &[1], &wide(text)].concat(),
                )
            }
            Value::Number(number) => record(0x0203, &[head, number.to_le_bytes().to_vec()].concat()),
            Value::Formula(number) => {
                // Flags, chain, length of the tokens, and one token: the number 1.
                let tail = [0, 0, 0, 0, 0, 0, 3, 0, 0x1e, 1, 0];
                record(
                    0x0006,
                    &[head, number.to_le_bytes().to_vec(), tail.to_vec()].concat(),
                )
            }
        });
    }
    if !sheet.merged.is_empty() {
        let count = u16::try_from(sheet.merged.len()).unwrap();
        let areas = sheet.merged.iter().flatten().flat_map(|word| word.to_le_bytes());
        bytes.extend(record(
            0x00e5,
            &count.to_le_bytes().into_iter().chain(areas).collect::<Vec<_>>(),
        ));
    }
    bytes.extend(record(0x000a, &[]));
    bytes
}

fn workbook(sheets: &[Sheet<'_>]) -> Vec<u8> {
    let names = |places: &[u32]| {
        let mut head = begin(0x0005);
        head.extend(record(0x0042, &0x04b0_u16.to_le_bytes()));
        for (sheet, place) in sheets.iter().zip(places) {
            let length = u8::try_from(sheet.name.encode_utf16().count()).unwrap();
            let data = [
                place.to_le_bytes().to_vec(),
                vec![u8::from(sheet.hidden), 0, length, 1],
                wide(sheet.name),
            ];
            head.extend(record(0x0085, &data.concat()));
        }
        head.extend(record(0x000a, &[]));
        head
    };
    let bodies: Vec<Vec<u8>> = sheets.iter().map(sheet).collect();
    let mut place = u32::try_from(names(&vec![0; sheets.len()]).len()).unwrap();
    let mut places = vec![];
    for body in &bodies {
        places.push(place);
        place += u32::try_from(body.len()).unwrap();
    }
    [names(&places), bodies.concat()].concat()
}

/// A compound file with one stream.
pub(crate) fn compound(name: &str, mut stream: Vec<u8>) -> Vec<u8> {
    const END: u32 = 0xffff_fffe;
    const FREE: u32 = 0xffff_ffff;
    // Shorter ones would lie in small sectors.
    stream.resize(stream.len().max(4096).next_multiple_of(512), 0);
    let sectors = u32::try_from(stream.len() / 512).unwrap();
    assert!(sectors < 120, "one sector of chains");
    let mut head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    head.extend([0; 16]);
    head.extend(
        [0x3e_u16, 3, 0xfffe, 9, 6, 0, 0, 0]
            .map(u16::to_le_bytes)
            .concat(),
    );
    head.extend(
        [0_u32, 1, 1, 0, 4096, END, 0, END, 0, 0]
            .map(u32::to_le_bytes)
            .concat(),
    );
    head.resize(512, 0xff);
    let mut chains = vec![0xffff_fffd, END];
    chains.extend((3..2 + sectors).chain([END]));
    chains.resize(128, FREE);
    let mut directory = vec![];
    for (name, kind, child, start, size) in [
        ("Root Entry", 5_u8, 1, END, 0),
        (name, 2, FREE, 2, u32::try_from(stream.len()).unwrap()),
    ] {
        let mut entry = wide(name);
        let length = u16::try_from(entry.len() + 2).unwrap();
        entry.resize(64, 0);
        entry.extend(length.to_le_bytes());
        entry.extend([kind, 1]);
        entry.extend([FREE, FREE, child].map(u32::to_le_bytes).concat());
        entry.extend([0; 36]);
        entry.extend([start, size, 0].map(u32::to_le_bytes).concat());
        directory.extend(entry);
    }
    while directory.len() < 512 {
        directory.extend([0; 68]);
        directory.extend([0xff; 12]);
        directory.extend([0; 48]);
    }
    [
        head,
        chains.into_iter().flat_map(u32::to_le_bytes).collect(),
        directory,
        stream,
    ]
    .concat()
}

pub(crate) fn xls(sheets: &[Sheet<'_>]) -> Vec<u8> {
    compound("Workbook", workbook(sheets))
}

pub(crate) fn line<'a>(row: u16, texts: &[&'a str]) -> Vec<(u16, u16, Value<'a>)> {
    let cells = (0..).zip(texts).filter(|(_, text)| !text.is_empty());
    cells
        .map(|(column, text)| (row, column, Value::Text(text)))
        .collect()
}

#[test]
fn an_old_workbook_is_read_with_its_traps() {
    let mut cells = line(0, &["2027 届毕业生名单"]);
    cells.extend(line(1, &["姓名", "证件", "", "学号", "班级"]));
    cells.extend(line(2, &["", "类型", "身份证号", "", ""]));
    cells.extend(line(3, &["李　明", "身份证", NUMBER, "", "护理 1 班"]));
    cells.push((3, 3, Value::Number(24_010_001.0)));
    cells.extend(line(4, &["王欣怡", "身份证"]));
    cells.push((4, 2, Value::Number(440_106_200_711_239_053.0)));
    cells.push((4, 3, Value::Number(24_010_002.0)));
    cells.extend(line(5, &["陈思涵", "", "", "24010003", "护理 2 班"]));
    cells.extend(line(6, &["周安然"]));
    cells.push((6, 3, Value::Formula(24_010_004.0)));
    let shown = Sheet {
        name: "护理",
        cells,
        hidden_rows: vec![5],
        merged: vec![
            [0, 0, 0, 4],
            [1, 2, 0, 0],
            [1, 1, 1, 2],
            [1, 2, 3, 3],
            [1, 2, 4, 4],
            [3, 4, 4, 4],
        ],
        ..Sheet::default()
    };
    let mut old = line(0, &["姓名", "学号"]);
    old.extend(line(1, &["不该出现", "1"]));
    let hidden = Sheet {
        name: "旧名单",
        hidden: true,
        cells: old,
        ..Sheet::default()
    };
    let bytes = xls(&[hidden, shown]);
    let book = open(&bytes, "名单.xls", None, &mut |_| {}).unwrap();
    assert_eq!(book.kind(), FileKind::Xls);
    let plan = book.propose(&Default::default());
    let listed: Vec<_> = plan
        .sheets
        .iter()
        .map(|s| (s.name.as_str(), s.hidden, s.used, s.hidden_rows))
        .collect();
    assert_eq!(listed, [("旧名单", true, false, 0), ("护理", false, true, 1)]);
    let roster = read(&bytes, "名单.xls", "s1", "青禾").unwrap();
    let people: Vec<_> = roster
        .rows
        .iter()
        .map(|row| {
            (
                row.name.as_str(),
                row.student_number.as_str(),
                row.class_name.as_str(),
            )
        })
        .collect();
    assert_eq!(
        people,
        [("李明", "24010001", "护理 1 班"), ("周安然", "24010004", "")]
    );
    let named: Vec<_> = roster
        .problems
        .iter()
        .map(|p| (p.row, p.letters.as_str(), p.code))
        .collect();
    assert_eq!(
        named,
        [
            (5, "C", ProblemCode::NumberAsFloat),
            (6, "A", ProblemCode::RowHidden)
        ]
    );
}

#[test]
fn a_far_cell_a_password_and_a_file_without_a_workbook_are_refused() {
    let mut cells = line(0, &["姓名", "学号"]);
    cells.push((65_535, 255, Value::Number(1.0)));
    let far = xls(&[Sheet {
        name: "a",
        cells,
        ..Sheet::default()
    }]);
    assert!(far.len() < 8_192);
    assert_eq!(read(&far, "a.xls", "s1", "").unwrap_err(), RosterFault::TooLarge);
    let locked = compound("EncryptedPackage", vec![1; 100]);
    assert_eq!(
        read(&locked, "a.xlsx", "s1", "").unwrap_err(),
        RosterFault::Password
    );
    let protected = [begin(0x0005), record(0x002f, &[1, 0, 1, 0]), record(0x000a, &[])].concat();
    let protected = compound("Workbook", protected);
    assert_eq!(
        read(&protected, "a.xls", "s1", "").unwrap_err(),
        RosterFault::Password
    );
    let other = compound("WordDocument", vec![1; 100]);
    assert!(matches!(
        read(&other, "a.xls", "s1", "").unwrap_err(),
        RosterFault::Unreadable(_)
    ));
}
