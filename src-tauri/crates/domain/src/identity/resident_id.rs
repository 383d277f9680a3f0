//! The 18-digit citizen identity number of GB 11643-1999: six digits of area, eight of birth, three of sequence (odd
//! male, even female) and a check character.

use super::date::Date;
use super::division;
use super::document::{DocumentKind, DocumentNumber, NumberFault, NumberWarning, Reader, Sex};
use super::eighteen::Eighteen;

pub(super) const READER: Reader = Reader {
    kinds: &[DocumentKind::ResidentId],
    means: |text| text.chars().count() == 18,
    read,
};

pub(super) fn read(text: &str, today: Date) -> Result<DocumentNumber, NumberFault> {
    let parts = Eighteen::read(text, today)?;
    // A code that was given up stays on the card; lists before 1981 are not published. So none is refused.
    let known = division::of(parts.area).is_some();
    Ok(DocumentNumber {
        birth: Some(parts.birth),
        sex: Some(Sex::of_sequence(parts.sequence)),
        area: Some(parts.area),
        warnings: (!known)
            .then_some(NumberWarning::AreaUnknown)
            .into_iter()
            .collect(),
        ..DocumentNumber::new(DocumentKind::ResidentId, text.to_string())
    })
}
