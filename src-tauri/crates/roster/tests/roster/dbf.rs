//! Tables of dBase and FoxPro, written byte by byte.

use encoding_rs::{BIG5, GB18030};
use roster::{FileKind, For, ProblemCode, RosterFault, TextEncoding, open, read};

/// A table of columns (name, kind, length) and of records with a mark each.
pub(crate) fn dbf(code_page: u8, columns: &[(&[u8], u8, u8)], records: &[(u8, Vec<Vec<u8>>)]) -> Vec<u8> {
    let begin = u16::try_from(32 + 32 * columns.len() + 1).unwrap();
    let length = columns.iter().map(|column| u16::from(column.2)).sum::<u16>() + 1;
    let mut bytes = vec![0x03, 126, 11, 28];
    bytes.extend(u32::try_from(records.len()).unwrap().to_le_bytes());
    bytes.extend(begin.to_le_bytes());
    bytes.extend(length.to_le_bytes());
    bytes.resize(32, 0);
    bytes[29] = code_page;
    for (name, kind, length) in columns {
        let mut column = name.to_vec();
        column.resize(11, 0);
        column.extend([*kind, 0, 0, 0, 0, *length]);
        column.resize(32, 0);
        bytes.extend(column);
    }
    bytes.push(0x0d);
    for (mark, cells) in records {
        bytes.push(*mark);
        for (cell, (_, kind, length)) in cells.iter().zip(columns) {
            let mut cell = cell.clone();
            let length = usize::from(*length);
            if *kind == b'N' {
                let room = length.saturating_sub(cell.len());
                cell.splice(0..0, vec![b' '; room]);
            }
            cell.resize(length, b' ');
            bytes.extend(cell);
        }
    }
    bytes.push(0x1a);
    bytes
}

fn gbk(text: &str) -> Vec<u8> {
    GB18030.encode(text).0.into_owned()
}

/// The columns that CHSI asks for, as far as they matter here.
fn chsi(code_page: u8, names: &[&[u8]]) -> Vec<u8> {
    let columns: [(&[u8], u8, u8); 9] = [
        (b"KSH", b'C', 18),
        (b"XH", b'C', 15),
        (b"XM", b'C', 8),
        (b"XB", b'C', 2),
        (b"CSRQ", b'D', 8),
        (b"SFZH", b'C', 18),
        (b"ZYMC", b'C', 50),
        (b"CC", b'C', 12),
        (b"BH", b'N', 6),
    ];
    let records: Vec<_> = (1..)
        .zip(names)
        .map(|(n, name)| {
            let cells = vec![
                format!("271101012345{n:02}").into_bytes(),
                format!("2401{n:04}").into_bytes(),
                name.to_vec(),
                gbk("女"),
                b"19491231".to_vec(),
                if n == 1 {
                    b"11010519491231002X".to_vec()
                } else {
                    vec![]
                },
                gbk("护理"),
                gbk("专科"),
                b"2401".to_vec(),
            ];
            (b' ', cells)
        })
        .collect();
    dbf(code_page, &columns, &records)
}

#[test]
fn the_code_page_of_the_texts_counts_and_not_that_of_the_head() {
    let names = [gbk("陈思涵"), gbk("欧阳浩然"), gbk("王欣怡"), gbk("李明")];
    let names: Vec<&[u8]> = names.iter().map(Vec::as_slice).collect();
    // None, right, Windows ANSI, US MS-DOS, Big5.
    for code_page in [0x00, 0x4d, 0x7a, 0x57, 0x03, 0x01, 0x78] {
        let bytes = chsi(code_page, &names);
        let book = open(&bytes, "xs.dbf", None, &mut |_| {}).unwrap();
        let told = book.encoding().unwrap();
        assert_eq!(
            (book.kind(), told.encoding, told.sure),
            (FileKind::Dbf, TextEncoding::Gb18030, true),
            "{code_page:x}"
        );
        let roster = read(&bytes, "xs.dbf", "s1", "青禾").unwrap();
        assert!(
            roster.problems.is_empty() && roster.warnings.is_empty(),
            "{roster:?}"
        );
        let read: Vec<_> = roster.rows.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(read, ["陈思涵", "欧阳浩然", "王欣怡", "李明"], "{code_page:x}");
        let first = &roster.rows[0];
        assert_eq!(
            (
                first.exam_number.as_str(),
                first.student_number.as_str(),
                first.class_name.as_str()
            ),
            ("27110101234501", "24010001", "2401")
        );
    }
}

#[test]
fn another_encoding_is_offered_and_can_be_chosen() {
    let names = ["陳思涵", "張國榮", "劉德華", "歐陽然"].map(|name| BIG5.encode(name).0.into_owned());
    let columns: [(&[u8], u8, u8); 2] = [(b"XM", b'C', 8), (b"XH", b'C', 8)];
    let records: Vec<_> = (1..)
        .zip(&names)
        .map(|(n, name)| (b' ', vec![name.clone(), format!("{n}").into_bytes()]))
        .collect();
    let bytes = dbf(0, &columns, &records);
    assert_eq!(
        read(&bytes, "a.dbf", "s1", "").unwrap_err(),
        RosterFault::Encoding,
        "nobody chose"
    );
    let people = |chosen| {
        let book = open(&bytes, "a.dbf", chosen, &mut |_| {}).unwrap();
        let today = domain::identity::date::Date::new(2026, 11, 28).unwrap();
        let wanted = For {
            session: "s1",
            school: "",
            today,
        };
        let roster = book
            .read(&book.propose(&Default::default()), wanted, &mut |_| {})
            .unwrap();
        (
            book.encoding().unwrap(),
            roster
                .rows
                .iter()
                .map(|r| r.name.as_str().to_string())
                .collect::<Vec<_>>(),
        )
    };
    let (told, offered) = people(None);
    assert_eq!(
        (told.encoding, told.sure, offered[0].as_str()),
        (TextEncoding::Big5, false, "陳思涵")
    );
    let (told, chosen) = people(Some(TextEncoding::Big5));
    assert!(told.sure);
    assert_eq!(chosen, ["陳思涵", "張國榮", "劉德華", "歐陽然"]);
}

#[test]
fn half_characters_deleted_records_memos_and_overflow_are_named() {
    let columns: [(&[u8], u8, u8); 5] = [
        (b"XM", b'C', 7),
        (b"XH", b'N', 8),
        (b"BH", b'C', 6),
        (b"YJF", b'L', 1),
        (b"BZ", b'M', 10),
    ];
    let cell = |name: &[u8], number: &str| {
        vec![
            name.to_vec(),
            number.as_bytes().to_vec(),
            gbk("一班"),
            b"T".to_vec(),
            b"         1".to_vec(),
        ]
    };
    let cut = gbk("欧阳浩然")[..7].to_vec();
    let records = [
        (b' ', cell(&gbk("陈思涵"), "24010001")),
        (b' ', cell(&cut, "24010002")),
        (b'*', cell(&gbk("已退学"), "24010003")),
        (b' ', cell(&gbk("李明"), "********")),
        (b' ', cell(b"\xff\xff", "24010005")),
    ];
    let bytes = dbf(0, &columns, &records);
    let book = open(&bytes, "a.dbf", Some(TextEncoding::Gb18030), &mut |_| {}).unwrap();
    let mut plan = book.propose(&Default::default());
    assert_eq!((plan.sheets[0].deleted, plan.sheets[0].rows), (1, 4));
    assert!(plan.assign(0, "D", Some(domain::roster::RosterField::Prepaid)));
    let today = domain::identity::date::Date::new(2026, 11, 28).unwrap();
    let wanted = For {
        session: "s1",
        school: "",
        today,
    };
    let roster = book.read(&plan, wanted, &mut |_| {}).unwrap();
    let named: Vec<_> = roster
        .problems
        .iter()
        .map(|p| (p.row, p.letters.as_str(), p.code))
        .collect();
    assert_eq!(
        named,
        [
            (3, "A", ProblemCode::TextCut),
            (5, "B", ProblemCode::CellError),
            (6, "A", ProblemCode::TextUndecodable),
        ],
        "counted as a spreadsheet would show the table"
    );
    assert_eq!((roster.rows.len(), roster.rows[0].prepaid), (1, true));
    // A memo is of no use, and nobody who asks for one gets an empty text.
    assert!(plan.assign(0, "E", Some(domain::roster::RosterField::School)));
    let roster = book.read(&plan, wanted, &mut |_| {}).unwrap();
    assert_eq!(roster.problems[0].code, ProblemCode::TextElsewhere);
}

#[test]
fn a_table_that_was_cut_is_refused_and_a_stale_count_is_not() {
    let whole = chsi(0x4d, &[&gbk("陈思涵"), &gbk("李明")]);
    assert!(matches!(
        read(&whole[..whole.len() - 40], "a.dbf", "s1", "").unwrap_err(),
        RosterFault::Unreadable(_)
    ));
    let mut stale = whole;
    stale[4] = 0;
    assert_eq!(read(&stale, "a.dbf", "s1", "").unwrap().rows.len(), 2);
}
