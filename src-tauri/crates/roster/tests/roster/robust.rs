//! Whatever bytes come, a roster is read or refused, and no row is lost.

use crate::{NUMBER, csv, row, xlsx};
use proptest::prelude::*;
use roster::read;

fn workbook() -> &'static [u8] {
    static BYTES: std::sync::OnceLock<Vec<u8>> = std::sync::OnceLock::new();
    BYTES.get_or_init(|| {
        xlsx(|workbook| {
            let sheet = workbook.add_worksheet();
            row(sheet, 0, &["姓名", "学号", "身份证号"]);
            row(sheet, 1, &["李明", "1", NUMBER]);
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let _outcome = read(&bytes, "a.csv", "s1", "");
        let _outcome = read(&[b"PK\x03\x04".as_slice(), &bytes].concat(), "a.xlsx", "s1", "");
        let _outcome = read(&[b"\xd0\xcf\x11\xe0".as_slice(), &bytes].concat(), "a.xls", "s1", "");
        let _outcome = read(&crate::xls::compound("Workbook", bytes.clone()), "a.xls", "s1", "");
        let _outcome = read(&[b"\x03".as_slice(), &bytes].concat(), "a.dbf", "s1", "");
    }

    #[test]
    fn no_text_panics_and_no_row_is_lost(rows in proptest::collection::vec("[^\"\r\n\0,;\t]{1,12},[0-9Ee+.]{0,20},[是否x ]{0,2}", 1..20)) {
        let text = format!("姓名,身份证号,可采集\n{}\n", rows.join("\n"));
        let roster = csv(&text);
        let mut named: Vec<u32> = roster.problems.iter().map(|p| p.row).collect();
        named.dedup();
        let filled = rows.iter().filter(|r| r.chars().any(|c| c != ',' && !c.is_whitespace())).count();
        prop_assert_eq!(named.len() + roster.rows.len(), filled);
    }

    #[test]
    fn a_damaged_workbook_is_no_panic(at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<prop::sample::Index>()) {
        let mut bytes = workbook().to_vec();
        let place = at.index(bytes.len());
        bytes[place] = byte;
        let _outcome = read(&bytes, "a.xlsx", "s1", "");
        let _outcome = read(&bytes[..cut.index(bytes.len())], "a.xlsx", "s1", "");
    }

    #[test]
    fn a_damaged_table_or_old_workbook_is_no_panic(at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<prop::sample::Index>()) {
        let table = crate::dbf::dbf(0, &[(b"XM", b'C', 8), (b"XH", b'N', 8)], &[(b' ', vec![b"a".to_vec(), b"1".to_vec()])]);
        let mut cells = crate::xls::line(0, &["姓名", "学号"]);
        cells.extend(crate::xls::line(1, &["李明", "1"]));
        let old = crate::xls::xls(&[crate::xls::Sheet { name: "a", cells, ..Default::default() }]);
        for (name, mut bytes) in [("a.dbf", table), ("a.xls", old)] {
            let place = at.index(bytes.len());
            bytes[place] = byte;
            let _outcome = read(&bytes, name, "s1", "");
            let _outcome = read(&bytes[..cut.index(bytes.len())], name, "s1", "");
        }
    }
}
