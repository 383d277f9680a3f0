//! Operators and their PINs.

use crate::common::*;
use domain::Moment;
use domain::operator::{Operator, Role};
use domain::port::{PinFault, Store};
use store::StationStore;

#[test]
fn five_wrong_pins_lock_for_five_minutes_across_a_restart() {
    let (folder, store) = store();
    let zhou = Operator {
        id: "zhoumin".into(),
        name: "周敏".into(),
        role: Role::Supervisor,
    };
    for bad in ["123", "1234567890123", "12a4", ""] {
        assert!(store.keep_operator(&zhou, bad).is_err(), "{bad}");
    }
    store.keep_operator(&zhou, "2468").unwrap();
    assert_eq!(store.operators().unwrap(), std::slice::from_ref(&zhou));
    assert_eq!(
        store.check_pin("nobody", "2468", Moment(0)),
        Err(PinFault::Unknown)
    );
    assert_eq!(
        store.check_pin("zhoumin", "0000", Moment(0)),
        Err(PinFault::Wrong { left: 4 })
    );
    assert_eq!(store.check_pin("zhoumin", "2468", Moment(0)), Ok(zhou.clone()));
    for left in [4, 3, 2, 1] {
        assert_eq!(
            store.check_pin("zhoumin", "0000", Moment(0)),
            Err(PinFault::Wrong { left })
        );
    }
    let locked = Err(PinFault::Locked {
        until: Moment(300_000),
    });
    assert_eq!(store.check_pin("zhoumin", "0000", Moment(0)), locked);
    drop(store);
    let store = StationStore::open(folder.path()).unwrap();
    assert_eq!(store.check_pin("zhoumin", "2468", Moment(299_999)), locked);
    // A clock set back by a day does not lock for a day.
    let back = Moment(-86_400_000);
    assert_eq!(
        store.check_pin("zhoumin", "2468", back),
        Err(PinFault::Locked {
            until: back.plus(300_000)
        })
    );
    assert_eq!(store.check_pin("zhoumin", "2468", Moment(300_000)), Ok(zhou));
}
