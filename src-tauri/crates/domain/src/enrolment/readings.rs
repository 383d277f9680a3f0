//! How names are read: in pinyin, in every way each character can be read.

use pinyin::ToPinyinMulti;
use std::collections::BTreeSet;

/// Readings of one name are many when several characters have several; more than this are not kept.
const MOST: usize = 64;

/// Lower case, no spaces and no name dots, full-width letters as plain ones, `ü` as `v`.
pub fn key(text: &str) -> String {
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
#[derive(Debug)]
pub struct Readings(Vec<Sounds>);

/// How one character sounds; only itself when it is no Chinese one.
#[derive(Debug)]
struct Sounds {
    all: Vec<String>,
    read: bool,
}

/// True when two names can be read alike and at least one of them is written in Chinese: 林晓桐 and 林小桐, 李明 and
/// `LI MING`.
pub fn sound_alike(one: &str, other: &str) -> bool {
    let (one, other) = (key(one), key(other));
    let (read, other_read) = (Readings::of(&one), Readings::of(&other));
    if one.is_empty() || other.is_empty() || !(read.is_read(0) || other_read.is_read(0)) {
        return false;
    }
    let sounds = |name: String, readings: &Readings| -> BTreeSet<String> {
        readings
            .whole()
            .chain((!readings.is_read(0)).then_some(name))
            .collect()
    };
    !sounds(one, &read).is_disjoint(&sounds(other, &other_read))
}

impl Readings {
    /// Of a name that is a [`key`] already.
    pub fn of(name: &str) -> Self {
        Self(name.chars().map(Sounds::of).collect())
    }

    /// Every reading of the whole name: `zengsihan`, `cengsihan`. None of a name that is its own reading.
    pub fn whole(&self) -> impl Iterator<Item = String> {
        self.from(0)
    }

    /// Every reading of the name without its first characters, the shortest first: `han`, `sihan`.
    pub fn ends(&self) -> impl Iterator<Item = String> {
        (1..self.0.len()).rev().flat_map(|at| self.from(at))
    }

    /// The initials: `zsh`, `csh`.
    pub fn initials(&self) -> impl Iterator<Item = String> {
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
        for (name, whole, initials) in [
            ("曾小贤", "zengxiaoxian", "zxx"),
            ("单雄信", "shanxiongxin", "sxx"),
            ("解缙", "xiejin", "xj"),
            ("仇英", "qiuying", "qy"),
            ("查良镛", "zhaliangyong", "zly"),
            ("尉迟恭", "yuchigong", "ycg"),
            ("尉小宝", "weixiaobao", "wxb"),
            ("吕布", "lvbu", "lb"),
            ("吕布", "lubu", "lb"),
            ("朴正秀", "piaozhengxiu", "pzx"),
            ("盖叫天", "gejiaotian", "gjt"),
            ("区寄", "ouji", "oj"),
            ("种师道", "chongshidao", "csd"),
            ("乐毅", "yueyi", "yy"),
            ("万俟卨", "moqixie", "mqx"),
            ("任盈盈", "renyingying", "ryy"),
            ("华佗", "huatuo", "ht"),
            ("翟让", "zhairang", "zr"),
            ("覃辉", "qinhui", "qh"),
            ("覃辉", "tanhui", "th"),
            ("缪荃孙", "miaoquansun", "mqs"),
            ("宓羲", "mixi", "mx"),
            ("员半千", "yunbanqian", "ybq"),
            ("折可适", "shekeshi", "sks"),
            ("召平", "shaoping", "sp"),
            ("洗星海", "xianxinghai", "xxh"),
            ("繁钦", "poqin", "pq"),
            ("逄蒙", "pangmeng", "pm"),
            ("秘彭祖", "bipengzu", "bpz"),
            ("祭遵", "zhaizun", "zz"),
            ("长孙无忌", "zhangsunwuji", "zswj"),
            ("单于", "chanyu", "cy"),
            ("宿白", "subai", "sb"),
            ("燕青", "yanqing", "yq"),
            ("那英", "naying", "ny"),
            ("隗嚣", "kuixiao", "kx"),
            ("隗嚣", "weixiao", "wx"),
            ("郗鉴", "chijian", "cj"),
            ("郇山", "huanshan", "hs"),
            ("澹台灭明", "tantaimieming", "ttmm"),
            ("车延", "cheyan", "cy"),
            ("么书仪", "yaoshuyi", "ysy"),
            ("乜小川", "niexiaochuan", "nxc"),
            ("仉督", "zhangdu", "zd"),
            ("句践", "goujian", "gj"),
            ("牟平", "muping", "mp"),
            ("柏杨", "boyang", "by"),
            ("柏杨", "baiyang", "by"),
            ("褚遂良", "chusuiliang", "csl"),
            ("钭元", "touyuan", "ty"),
        ] {
            let readings = Readings::of(name);
            let all: Vec<String> = readings.whole().collect();
            assert!(all.iter().any(|w| w == whole), "{name}: {all:?}");
            let all: Vec<String> = readings.initials().collect();
            assert!(all.iter().any(|i| i == initials), "{name}: {all:?}");
        }
    }

    #[test]
    fn names_that_sound_the_same_are_told_from_those_that_do_not() {
        for (one, other) in [
            ("林晓桐", "林小桐"),
            ("陈思涵", "陈诗涵"),
            ("曾小贤", "增小闲"),
            ("吕布", "LÜ BU"),
            ("吕布", "LYU BU"),
            ("李明", "Li Ming"),
        ] {
            let same = sound_alike(one, other);
            assert_eq!(
                same,
                !matches!((one, other), ("陈思涵", _) | (_, "LYU BU")),
                "{one} {other}"
            );
        }
        for (one, other) in [("", ""), ("李明", ""), ("LI MING", "li ming"), ("李明", "王明")] {
            assert!(!sound_alike(one, other), "{one} {other}");
        }
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
