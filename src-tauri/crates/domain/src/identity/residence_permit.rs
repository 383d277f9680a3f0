//! Residence permits of residents of Hong Kong (810000), Macau (820000) and Taiwan (830000), given since 2018-09-01: built
//! as the number of GB 11643 (State Council measure 2018, art. 7).

use super::date::Date;
use super::document::{DocumentKind, DocumentNumber, NumberFault, Reader, Sex};
use super::eighteen::Eighteen;

/// The codes in place of an area.
const AREAS: [&str; 3] = ["810000", "820000", "830000"];

pub(super) const READER: Reader = Reader {
    kinds: &[DocumentKind::ResidencePermit],
    means: |text| text.chars().count() == 18 && AREAS.iter().any(|area| text.starts_with(area)),
    read,
};

fn read(text: &str, today: Date) -> Result<DocumentNumber, NumberFault> {
    let parts = Eighteen::read(text, today)?;
    if !AREAS.iter().any(|area| text.starts_with(area)) {
        return Err(NumberFault::Area);
    }
    Ok(DocumentNumber {
        birth: Some(parts.birth),
        sex: Some(Sex::of_sequence(parts.sequence)),
        area: Some(parts.area),
        ..DocumentNumber::new(DocumentKind::ResidencePermit, text.to_string())
    })
}
