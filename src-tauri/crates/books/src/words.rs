//! The words on papers.

use serde::Deserialize;
use std::collections::BTreeMap;

const LANGUAGES: [(&str, &str); 2] = [
    ("zh-CN", include_str!("words/zh-CN.toml")),
    ("en", include_str!("words/en.toml")),
];

/// The words of one language by key; groups are named by the code of what they say.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Words {
    methods: BTreeMap<String, String>,
    queue: BTreeMap<String, String>,
    refund: BTreeMap<String, String>,
    answered: BTreeMap<String, String>,
    #[serde(flatten)]
    plain: BTreeMap<String, String>,
}

impl Words {
    /// `None` when there are none in it.
    pub(crate) fn in_language(language: &str) -> Option<Self> {
        let (_, text) = LANGUAGES.iter().find(|(tag, _)| *tag == language)?;
        toml::from_str(text).ok()
    }

    /// A word; its key when it is missing, which a test rules out.
    pub(crate) fn of(&self, key: &str) -> String {
        found(&self.plain, key)
    }

    /// A word with one value put in.
    pub(crate) fn with(&self, key: &str, name: &str, value: &str) -> String {
        self.of(key).replace(&format!("{{{name}}}"), value)
    }

    /// The word for a value of one of the domain's enums, by its code.
    pub(crate) fn code(&self, group: Group, value: &impl serde::Serialize) -> String {
        let code = toml::Value::try_from(value)
            .ok()
            .and_then(|value| value.as_str().map(str::to_string))
            .unwrap_or_default();
        let group = match group {
            Group::Method => &self.methods,
            Group::Queue => &self.queue,
            Group::Refund => &self.refund,
            Group::Answered => &self.answered,
        };
        found(group, &code)
    }
}

/// What a code is of.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Group {
    Method,
    Queue,
    Refund,
    Answered,
}

fn found(words: &BTreeMap<String, String>, key: &str) -> String {
    words.get(key).cloned().unwrap_or_else(|| key.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<String> {
        let table: toml::Table = toml::from_str(text).unwrap();
        let mut keys = vec![];
        for (key, value) in table {
            match value {
                toml::Value::Table(group) => {
                    keys.extend(group.into_iter().map(|(k, _)| format!("{key}.{k}")))
                }
                _ => keys.push(key),
            }
        }
        keys.sort();
        keys
    }

    /// Every word that the code asks for is in every language, and no language has one that nothing asks for.
    #[test]
    fn every_language_has_the_words_that_are_asked_for() {
        let sources = [
            include_str!("receipt.rs"),
            include_str!("tables.rs"),
            include_str!("sheet_pdf.rs"),
        ]
        .concat();
        for (tag, text) in LANGUAGES {
            assert!(Words::in_language(tag).is_some(), "{tag}");
            assert_eq!(keys(text), keys(LANGUAGES[0].1), "{tag}");
            for key in keys(text).iter().filter(|key| !key.contains('.')) {
                assert!(sources.contains(&format!("\"{key}\"")), "nothing says {key}");
            }
        }
        let words = Words::in_language("en").unwrap();
        let mut rest = sources.as_str();
        let mut asked = 0;
        for call in ["words.of(\"", "words.with(\""] {
            while let Some(at) = rest.find(call) {
                rest = &rest[at + call.len()..];
                let key = &rest[..rest.find('"').unwrap()];
                assert!(words.plain.contains_key(key), "no word for {key}");
                asked += 1;
            }
            rest = sources.as_str();
        }
        assert!(asked > 20, "{asked}");
    }

    #[test]
    fn codes_of_the_domain_have_words() {
        use domain::payment::{PaymentMethod, RefundState};
        let words = Words::in_language("en").unwrap();
        for method in [
            PaymentMethod::Order,
            PaymentMethod::AtSync,
            PaymentMethod::Cash,
            PaymentMethod::Prepaid,
            PaymentMethod::Voucher,
            PaymentMethod::Exempt,
        ] {
            assert!(
                words
                    .methods
                    .values()
                    .any(|w| *w == words.code(Group::Method, &method))
            );
        }
        assert_eq!(words.code(Group::Refund, &RefundState::Done), "Given back");
        assert_eq!(words.code(Group::Answered, &"override"), "Photo let through");
    }
}
