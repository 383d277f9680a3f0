//! Vouchers: known, whole, and good once wherever they are shown.

use crate::rig::{JSON, Rig};
use serde_json::{Value, json};

/// A school of its own, whose session has one voucher.
fn school() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let session = include_str!("../../sample/session.toml").replacen(
        "payment_methods",
        &format!(
            "vouchers = [{{ sha256 = \"{}\", amount_fen = 2000 }}]\npayment_methods",
            hash()
        ),
        1,
    );
    std::fs::write(folder.path().join("session.toml"), session).unwrap();
    let agreement = include_str!("../../sample/agreement.txt");
    std::fs::write(folder.path().join("agreement.txt"), agreement).unwrap();
    let roster = include_str!("../../sample/roster.csv");
    std::fs::write(folder.path().join("roster.csv"), roster).unwrap();
    folder
}

fn hash() -> String {
    packet::sha256_hex(b"QH2027A00X")
}

fn redeem(rig: &Rig, order: &str, enrolment: &str, amount_fen: u32, hash: &str) -> (u16, Value) {
    let order = json!({
        "order": order, "enrolment": enrolment, "amount_fen": amount_fen, "channel": "voucher", "voucher": hash,
    });
    let answer = rig.station("POST", "/v1/orders", &[JSON], order.to_string().as_bytes());
    (answer.status, serde_json::from_slice(&answer.body).unwrap())
}

#[test]
fn a_voucher_pays_one_order_and_is_good_again_once_that_went_back() {
    let school = school();
    let rig = Rig::of_school(school.path());
    let first = || redeem(&rig, "order-1", "24010001", 2000, &hash());
    assert_eq!(
        (first().0, first().1["state"].clone()),
        (200, json!("paid")),
        "and once more"
    );
    // At the next desk.
    let (status, said) = redeem(&rig, "order-2", "24010002", 2000, &hash());
    assert_eq!((status, said["code"].clone()), (409, json!("voucher_used")));
    let (_, said) = redeem(&rig, "order-2", "24010002", 2000, &hash());
    assert_eq!(said["state"], "closed", "its order never opens again");
    let refund = json!({"refund": "refund-1", "order": "order-1", "amount_fen": 2000}).to_string();
    let back = rig.station("POST", "/v1/refunds", &[JSON], refund.as_bytes());
    assert_eq!(
        serde_json::from_slice::<Value>(&back.body).unwrap()["state"],
        "done"
    );
    let (_, said) = redeem(&rig, "order-3", "24010002", 2000, &hash());
    assert_eq!(said["state"], "paid");
}

#[test]
fn a_voucher_nobody_gave_out_or_that_is_too_small_pays_nothing() {
    let school = school();
    let rig = Rig::of_school(school.path());
    let (status, said) = redeem(&rig, "order-1", "24010001", 2000, &"0".repeat(64));
    assert_eq!((status, said["code"].clone()), (422, json!("voucher_unknown")));
    let (status, said) = redeem(&rig, "order-1", "24010001", 2001, &hash());
    assert_eq!((status, said["code"].clone()), (422, json!("voucher_small")));
    let none = rig.station("GET", "/v1/orders/order-1", &[], b"");
    assert_eq!(none.status, 404, "nothing was written down");
}
