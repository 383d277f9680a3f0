//! Mainland travel permits of residents of Taiwan (台胞证): eight digits without a check character.

use super::date::Date;
use super::document::{DocumentKind, DocumentNumber, NumberFault, NumberWarning, Reader, digits_from};

pub(super) const READER: Reader = Reader {
    kinds: &[DocumentKind::TaiwanPermit],
    means: |text| text.len() == 8 && digits_from(text, 0),
    read,
};

fn read(text: &str, _today: Date) -> Result<DocumentNumber, NumberFault> {
    if let Some(at) = text.chars().position(|c| !c.is_ascii_digit()) {
        return Err(NumberFault::Character(at + 1));
    }
    if text.len() != 8 {
        return Err(NumberFault::Length {
            found: text.len(),
            expected: 8,
        });
    }
    Ok(DocumentNumber {
        warnings: vec![NumberWarning::NoCheck, NumberWarning::MayBePassport],
        ..DocumentNumber::new(DocumentKind::TaiwanPermit, text.to_string())
    })
}
