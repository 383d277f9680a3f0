//! Mainland travel permits of residents of Hong Kong and Macau (回乡证): H or M and eight digits that stay for life; cards
//! of the first edition print two more, for how often one was issued. There is no check character.

use super::date::Date;
use super::document::{DocumentKind, DocumentNumber, NumberFault, NumberWarning, Reader, digits_from};

pub(super) const READER: Reader = Reader {
    kinds: &[DocumentKind::TravelPermit],
    means: |text| {
        matches!(text.as_bytes().first(), Some(b'H' | b'M'))
            && matches!(text.len(), 9 | 11)
            && digits_from(text, 1)
    },
    read,
};

fn read(text: &str, _today: Date) -> Result<DocumentNumber, NumberFault> {
    let found = text.chars().count();
    if !matches!(found, 9 | 11) {
        return Err(NumberFault::Length { found, expected: 9 });
    }
    let fits = |(i, c): (usize, char)| {
        if i == 0 {
            matches!(c, 'H' | 'M')
        } else {
            c.is_ascii_digit()
        }
    };
    if let Some(at) = text.chars().enumerate().position(|place| !fits(place)) {
        return Err(NumberFault::Character(at + 1));
    }
    // Some passports have a letter and eight digits too.
    let warnings = if found == 11 {
        vec![NumberWarning::IssueLeftOut, NumberWarning::NoCheck]
    } else {
        vec![NumberWarning::NoCheck, NumberWarning::MayBePassport]
    };
    Ok(DocumentNumber {
        warnings,
        ..DocumentNumber::new(DocumentKind::TravelPermit, text[..9].to_string())
    })
}
