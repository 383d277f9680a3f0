//! The session and its person.

use crate::world::{FEE, NUMBER};
use domain::Personal;
use domain::consent::Agreement;
use domain::enrolment::{Enrolment, EnrolmentState};
use domain::payment::voucher::VoucherTerms;
use domain::payment::{Channel, PaymentMethod};
use domain::setup::{CodeUse, Contact, FeeTerms, Policy, QualityPolicy, SessionKind, SessionSetup};

pub(crate) fn person(id: &str) -> Enrolment {
    Enrolment {
        id: id.into(),
        session: "s1".into(),
        name: Personal::new("陈思涵".into()),
        document_number: Some(Personal::new(NUMBER.into())),
        school: "样例学校".into(),
        class_name: "一班".into(),
        student_number: id.into(),
        exam_number: String::new(),
        code: None,
        ticket: String::new(),
        prepaid: false,
        not_eligible: None,
        provisional: false,
        state: EnrolmentState::ToCapture,
    }
}

pub(crate) fn setup() -> SessionSetup {
    SessionSetup {
        id: "s1".into(),
        version: 1,
        school: "样例学校".into(),
        title: "t".into(),
        kind: SessionKind::Hybrid,
        code: CodeUse::Off,
        specification: "graduation-480x640".into(),
        specification_changes: Default::default(),
        policy: Policy {
            hold_photo_while_payment_unknown: true,
            attempts_before_override: 2,
            photograph_card: false,
            trusted_list: false,
            quality: QualityPolicy::default(),
            auto_shutter_hold_s: 1.0,
        },
        fee: FeeTerms {
            amount_fen: FEE,
            text: "采集费".into(),
        },
        payment_methods: vec![
            PaymentMethod::Order,
            PaymentMethod::Cash,
            PaymentMethod::Exempt,
            PaymentMethod::Voucher,
        ],
        channels: vec![Channel::Wechat],
        vouchers: ["1", "2"]
            .map(|end| VoucherTerms {
                sha256: format!("{end:0>64}"),
                amount_fen: FEE,
            })
            .into(),
        agreement: Agreement {
            version: "1".into(),
            title: "t".into(),
            text: "x".into(),
            sha256: "h".into(),
        },
        contact: Contact::default(),
    }
}
