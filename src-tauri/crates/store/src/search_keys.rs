//! Names and numbers as the search compares them.

use pinyin::ToPinyinMulti;

/// Readings of one name are many when several characters have several; more than this are not kept.
const MOST_READINGS: usize = 64;

/// Lower case, no spaces and no name dots, full-width letters as plain ones, `ü` as `v`.
pub(crate) fn key(text: &str) -> String {
    let kept = |c: &char| !c.is_whitespace() && !matches!(c, '·' | '•' | '．' | '.' | '‧' | '・');
    let plain = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        'ü' | 'Ü' => 'v',
        other => other,
    };
    text.chars()
        .filter(kept)
        .map(plain)
        .flat_map(char::to_lowercase)
        .collect()
}

/// Every reading of a name, each led by a space: ` zengsihan cengsihan`, and its initials: ` zsh csh`.
///
/// All readings of every character are taken, so that the surnames 曾, 单, 解, 仇, 查 and 尉迟 are found by
/// their own reading as well as by the usual one; 吕 is found as `lv` and as `lu`.
pub(crate) fn readings(name: &str) -> (String, String) {
    let mut whole = vec![String::new()];
    let mut initials = vec![String::new()];
    for character in key(name).chars() {
        let sounds = sounds(character);
        let mut firsts: Vec<String> = sounds
            .iter()
            .filter_map(|s| s.chars().next())
            .map(String::from)
            .collect();
        firsts.sort();
        firsts.dedup();
        whole = joined(&whole, &sounds);
        initials = joined(&initials, &firsts);
    }
    (spaced(&whole), spaced(&initials))
}

/// Turns a key into a pattern for `LIKE … ESCAPE '\'`, without the signs at its ends.
pub(crate) fn escaped(key: &str) -> String {
    let mut pattern = String::with_capacity(key.len());
    for c in key.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern
}

fn sounds(character: char) -> Vec<String> {
    let Some(multi) = character.to_pinyin_multi() else {
        return vec![character.to_string()];
    };
    let mut sounds = Vec::new();
    for reading in multi {
        let plain = reading.plain();
        let variants = if plain.contains('ü') {
            vec!['v', 'u']
        } else {
            vec!['ü']
        };
        for u in variants {
            let sound = plain.replace('ü', &u.to_string());
            if !sounds.contains(&sound) {
                sounds.push(sound);
            }
        }
    }
    sounds
}

fn joined(heads: &[String], tails: &[String]) -> Vec<String> {
    heads
        .iter()
        .flat_map(|head| tails.iter().map(move |tail| format!("{head}{tail}")))
        .take(MOST_READINGS)
        .collect()
}

fn spaced(all: &[String]) -> String {
    all.iter().map(|one| format!(" {one}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surnames_are_found_by_their_own_reading() {
        for (name, reading) in [
            ("曾小贤", "zengxiaoxian"),
            ("单雄信", "shanxiongxin"),
            ("解缙", "xiejin"),
            ("仇英", "qiuying"),
            ("查良镛", "zhaliangyong"),
            ("尉迟恭", "yuchigong"),
            ("吕布", "lvbu"),
            ("吕布", "lubu"),
        ] {
            let (whole, _) = readings(name);
            assert!(whole.contains(&format!(" {reading}")), "{name}: {whole}");
        }
        assert!(readings("曾小贤").1.contains(" zxx"));
    }

    #[test]
    fn keys_are_plain() {
        assert_eq!(key(" 阿卜杜·热合曼 "), "阿卜杜热合曼");
        assert_eq!(key("ＬＩ Ming"), "liming");
        assert_eq!(key("lǜ Lü"), "lǜlv");
        assert_eq!(escaped("a%_\\"), "a\\%\\_\\\\");
    }

    #[test]
    fn a_name_of_many_readings_stays_small() {
        assert!(readings(&"行".repeat(40)).0.len() < MOST_READINGS * 400);
    }
}
