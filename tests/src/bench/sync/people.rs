//! People who are nobody, as many as are asked for, the same in every run.

use domain::enrolment::{Enrolment, EnrolmentState};
use domain::identity::mod_11_2::check_character;

/// Session they belong to.
pub(super) const SESSION: &str = "bench";

/// The commonest surnames with their share of 1,000 people (2020 census report of the public security
/// ministry, rounded; confidence B), the rest spread evenly.
const SURNAMES: [(&str, usize); 20] = [
    ("王", 72),
    ("李", 72),
    ("张", 68),
    ("刘", 51),
    ("陈", 45),
    ("杨", 31),
    ("黄", 22),
    ("赵", 20),
    ("吴", 20),
    ("周", 19),
    ("徐", 14),
    ("孙", 14),
    ("马", 13),
    ("朱", 12),
    ("胡", 11),
    ("郭", 11),
    ("何", 11),
    ("高", 10),
    ("林", 10),
    ("罗", 10),
];
const OTHER_SURNAMES: &str = "郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛";
const GIVEN: &str = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉玲红梅鹏飞宇浩然子轩梓涵思怡欣雨佳琪博晨阳一诺俊熙雪婷瑞嘉豪志远晓东海燕春华建国立新成龙凤英";

/// Person number `n`, from 0: a name by its shares, a valid document number, a class of forty.
pub(super) fn person(n: usize) -> Enrolment {
    let mut dice = Dice(n as u64 + 1);
    let name = name(&mut dice);
    let student_number = format!("{}{:07}", 2020 + n % 6, n);
    Enrolment {
        id: format!("{SESSION}:{student_number}"),
        session: SESSION.into(),
        name: name.into(),
        document_number: Some(document_number(&mut dice, n).into()),
        school: "青禾职业技术学校".into(),
        class_name: format!("护理 {} 班", n / 40 + 1),
        student_number,
        exam_number: String::new(),
        code: None,
        ticket: format!("{:03}", n % 1_000),
        prepaid: n.is_multiple_of(3),
        not_eligible: None,
        provisional: false,
        state: EnrolmentState::ToCapture,
    }
}

/// Person number `n`'s name by another draw, for questions.
pub(super) fn name(dice: &mut Dice) -> String {
    let mut share = dice.below(1_000);
    let common = SURNAMES.iter().find(|(_, of)| {
        let hit = share < *of;
        share = share.saturating_sub(*of);
        hit
    });
    let mut name = common.map_or_else(
        || dice.one_of(OTHER_SURNAMES).to_string(),
        |(s, _)| (*s).to_string(),
    );
    name.push(dice.one_of(GIVEN));
    if dice.below(100) < 85 {
        name.push(dice.one_of(GIVEN));
    }
    name
}

fn document_number(dice: &mut Dice, n: usize) -> String {
    let area = [110_105, 310_101, 440_106, 330_102, 510_104][dice.below(5)];
    let (year, month, day) = (1996 + dice.below(12), 1 + dice.below(12), 1 + dice.below(28));
    let body = format!("{area}{year}{month:02}{day:02}{:03}", n % 1_000);
    let digits: Vec<u32> = body.chars().filter_map(|c| c.to_digit(10)).collect();
    let check = digits.try_into().map_or('0', |digits| check_character(&digits));
    format!("{body}{check}")
}

/// Numbers that look like chance and are the same in every run (splitmix64, Steele et al. 2014).
pub(super) struct Dice(pub(super) u64);

impl Dice {
    /// From 0 to one below `end`.
    pub(super) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % end as u64) as usize
    }

    fn one_of(&mut self, all: &str) -> char {
        let at = self.below(all.chars().count());
        all.chars().nth(at).unwrap_or_default()
    }
}
