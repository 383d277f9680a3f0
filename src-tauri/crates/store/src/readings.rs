//! How names are read: in pinyin, in every way each character can be read.

use pinyin::ToPinyinMulti;

/// Readings of one name are many when several characters have several; more than this are not kept.
const MOST: usize = 64;

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

/// The sounds of a name's characters, in the order of the name.
///
/// All readings of every character are taken, so that the surnames 曾, 单, 解, 仇, 查 and 尉迟 are found by
/// their own reading as well as by the usual one; 吕 is found as `lv` and as `lu`.
pub(crate) struct Readings(Vec<Sounds>);

/// How one character sounds; only itself when it is no Chinese one.
struct Sounds {
    all: Vec<String>,
    read: bool,
}

impl Readings {
    /// Of a name that is a [`key`] already.
    pub(crate) fn of(name: &str) -> Self {
        Self(name.chars().map(Sounds::of).collect())
    }

    /// Every reading of the whole name: `zengsihan`, `cengsihan`. None of a name that is its own reading.
    pub(crate) fn whole(&self) -> impl Iterator<Item = String> {
        self.from(0)
    }

    /// Every reading of the name without its first characters, the shortest first: `han`, `sihan`.
    pub(crate) fn ends(&self) -> impl Iterator<Item = String> {
        (1..self.0.len()).rev().flat_map(|at| self.from(at))
    }

    /// The initials: `zsh`, `csh`.
    pub(crate) fn initials(&self) -> impl Iterator<Item = String> {
        let firsts: Vec<Vec<String>> = self
            .0
            .iter()
            .map(|sounds| {
                let mut firsts: Vec<String> = sounds
                    .all
                    .iter()
                    .filter_map(|s| s.chars().next())
                    .map(String::from)
                    .collect();
                firsts.sort();
                firsts.dedup();
                firsts
            })
            .collect();
        joined(&firsts).into_iter().filter(|_| self.is_read(0))
    }

    fn from(&self, at: usize) -> impl Iterator<Item = String> + use<> {
        let all: Vec<&[String]> = self.0.iter().skip(at).map(|s| s.all.as_slice()).collect();
        let read = self.is_read(at);
        joined(&all).into_iter().filter(move |_| read)
    }

    /// True when a character from there on has a sound other than itself.
    fn is_read(&self, at: usize) -> bool {
        self.0.iter().skip(at).any(|sounds| sounds.read)
    }
}

impl Sounds {
    fn of(character: char) -> Self {
        let Some(multi) = character.to_pinyin_multi() else {
            return Self {
                all: vec![character.to_string()],
                read: false,
            };
        };
        let mut all = Vec::new();
        for reading in multi {
            let plain = reading.plain();
            let variants = if plain.contains('ü') {
                vec!["v", "u"]
            } else {
                vec!["ü"]
            };
            for u in variants {
                let sound = plain.replace('ü', u);
                if !all.contains(&sound) {
                    all.push(sound);
                }
            }
        }
        Self { all, read: true }
    }
}

fn joined(all: &[impl AsRef<[String]>]) -> Vec<String> {
    all.iter().fold(vec![String::new()], |heads, tails| {
        heads
            .iter()
            .flat_map(|head| tails.as_ref().iter().map(move |tail| format!("{head}{tail}")))
            .take(MOST)
            .collect()
    })
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
            let whole: Vec<String> = Readings::of(name).whole().collect();
            assert!(whole.iter().any(|w| w == reading), "{name}: {whole:?}");
        }
        assert!(Readings::of("曾小贤").initials().any(|i| i == "zxx"));
    }

    #[test]
    fn a_name_in_letters_has_no_reading_but_itself() {
        let readings = Readings::of("liming");
        assert_eq!(
            readings
                .whole()
                .chain(readings.initials())
                .chain(readings.ends())
                .count(),
            0
        );
        let mixed: Vec<String> = Readings::of("a明").whole().collect();
        assert_eq!(mixed, ["aming", "ameng"]);
        assert_eq!(Readings::of("阿").initials().next().as_deref(), Some("a"));
    }

    #[test]
    fn keys_are_plain() {
        assert_eq!(key(" 阿卜杜·热合曼 "), "阿卜杜热合曼");
        assert_eq!(key("ＬＩ Ming"), "liming");
        assert_eq!(key("lǜ Lü"), "lǜlv");
    }

    #[test]
    fn a_name_of_many_readings_stays_small() {
        assert!(Readings::of(&"行".repeat(40)).whole().count() <= MOST);
    }
}
