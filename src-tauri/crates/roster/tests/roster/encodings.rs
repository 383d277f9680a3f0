//! What a text is written in is recognised, or the file is refused; never are names turned into others.

use encoding_rs::{BIG5, GB18030, GBK, SHIFT_JIS, WINDOWS_1252};
use proptest::prelude::*;
use roster::{RosterFault, read};

const PLAIN: &str = "XM,XH,班级\n陈思涵,1,护理一班\n王欣怡,2,护理一班\n欧阳浩然,3,口腔医学二班\n";

fn names(bytes: &[u8]) -> Result<Vec<String>, RosterFault> {
    let roster = read(bytes, "a.csv", "s1", "")?;
    Ok(roster
        .rows
        .iter()
        .map(|row| row.name.as_str().to_string())
        .collect())
}

fn wide(text: &str, mark: bool, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let mark = mark.then_some(0xfeff);
    mark.into_iter()
        .chain(text.encode_utf16())
        .flat_map(bytes)
        .collect()
}

#[test]
fn what_chinese_programs_write_is_recognised() {
    let wanted = names(PLAIN.as_bytes()).unwrap();
    assert_eq!(wanted[2], "欧阳浩然");
    for (what, bytes) in [
        ("GBK", GBK.encode(PLAIN).0.into_owned()),
        ("GB18030", GB18030.encode(PLAIN).0.into_owned()),
        ("UTF-16LE", wide(PLAIN, true, u16::to_le_bytes)),
        ("UTF-16BE", wide(PLAIN, true, u16::to_be_bytes)),
        ("UTF-16LE without a mark", wide(PLAIN, false, u16::to_le_bytes)),
        ("UTF-16BE without a mark", wide(PLAIN, false, u16::to_be_bytes)),
    ] {
        assert_eq!(names(&bytes).unwrap(), wanted, "{what}");
    }
}

/// With headings in plain letters nothing but the names themselves shows that something is wrong.
#[test]
fn other_encodings_are_refused() {
    let traditional = "XM,XH\n陳思涵,1\n歐陽浩然,2\n張國榮,3\n劉德華,4\n";
    for (what, bytes) in [
        ("Big5", BIG5.encode(traditional).0.into_owned()),
        (
            "Big5 with simple characters",
            BIG5.encode("XM,XH\n王大明,1\n林小玲,2\n").0.into_owned(),
        ),
        (
            "Shift-JIS",
            SHIFT_JIS
                .encode("XM,XH\nヤマダ,1\n山田太郎,2\nさとう,3\n")
                .0
                .into_owned(),
        ),
        (
            "Latin-1",
            WINDOWS_1252.encode("XM,XH\nJosé,1\nZoë,2\n").0.into_owned(),
        ),
        ("UTF-16 cut", wide(PLAIN, true, u16::to_le_bytes)[..41].to_vec()),
        (
            "UTF-8 cut",
            PLAIN.as_bytes()[..PLAIN.find('思').unwrap() + 1].to_vec(),
        ),
    ] {
        assert_eq!(names(&bytes), Err(RosterFault::Encoding), "{what}");
    }
    // The same characters in an encoding that schools do use.
    assert_eq!(names(&GB18030.encode(PLAIN).0).unwrap().len(), 3);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Names of usual characters come out as they went in, whatever the program wrote, or not at all.
    #[test]
    fn a_name_is_never_another_name(
        all in proptest::collection::vec("[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗][伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平]{1,2}", 1..30)
    ) {
        let mut text = String::from("XM,XH\n");
        all.iter().enumerate().for_each(|(n, name)| text += &format!("{name},{n}\n"));
        let chinese = text.replace("XM,XH", "姓名,学号");
        prop_assert_eq!(&names(&GBK.encode(&chinese).0).unwrap(), &all);
        prop_assert!(names(&GBK.encode(&text).0).map_or(all.len() < 8, |read| read == all));
        prop_assert_eq!(&names(&wide(&text, false, u16::to_le_bytes)).unwrap(), &all);
        // Big5 lacks the simplified ones: what it can write must not come out as something else.
        let (bytes, _, lossy) = BIG5.encode(&text);
        if !lossy {
            prop_assert!(names(&bytes).map_or(true, |read| read == all));
        }
    }
}
