//! Money without a photo, and photos without money.

use crate::trouble::Trouble;
use crate::words::read_record;
use domain::Moment;
use domain::payment::{PaymentMethod, SettledFee, Unmet};
use rusqlite::Connection;

/// Fees for which money came in and no packet is there. What the school paid beforehand is the school's to count.
pub(crate) fn paid_without_photo(connection: &Connection) -> Result<Vec<Unmet>, Trouble> {
    let mut statement = connection.prepare_cached(
        "SELECT enrolment, record FROM settled_fee WHERE NOT EXISTS (SELECT 1 FROM packet
             WHERE packet.enrolment = settled_fee.enrolment AND packet.state <> 'withdrawn')",
    )?;
    let rows = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<Vec<(String, String)>, _>>()?;
    let mut unmet = Vec::new();
    for (enrolment, text) in rows {
        let fee: SettledFee = read_record(&text)?;
        let order = match fee.method() {
            PaymentMethod::Order | PaymentMethod::AtSync | PaymentMethod::Voucher => {
                Some(fee.proof().to_string())
            }
            PaymentMethod::Cash => None,
            PaymentMethod::Prepaid | PaymentMethod::Exempt => continue,
        };
        unmet.push(Unmet {
            enrolment,
            order,
            amount_fen: fee.amount_fen(),
            at: fee.at(),
        });
    }
    unmet.sort_by(|a, b| (a.at, &a.enrolment).cmp(&(b.at, &b.enrolment)));
    Ok(unmet)
}

/// Held packets, also those whose file needs a person, while nothing settles their fee.
pub(crate) fn photo_without_payment(connection: &Connection) -> Result<Vec<Unmet>, Trouble> {
    let mut statement = connection.prepare_cached(
        "SELECT packet.enrolment, packet.held_for, coalesce(fee_order.amount_fen, 0), packet.stored_at
         FROM packet LEFT JOIN fee_order ON fee_order.id = packet.held_for
         WHERE packet.held_for IS NOT NULL AND packet.state IN ('held', 'needs_attention')
             AND NOT EXISTS (SELECT 1 FROM settled_fee WHERE settled_fee.enrolment = packet.enrolment)
         ORDER BY packet.seq",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(Unmet {
            enrolment: row.get(0)?,
            order: row.get(1)?,
            amount_fen: row.get(2)?,
            at: Moment(row.get(3)?),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
