//! What the station has to do.

use super::{PacketOrder, SampleId};
use crate::audit::AuditEvent;
use crate::code::CodeBinding;
use crate::enrolment::Enrolment;
use crate::enrolment::matching::Sought;
use crate::exception::KnownException;
use crate::payment::{Order, SettledFee};
use crate::specification::Ground;

/// What the station has to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Look the person up in the session's roster.
    LookUp(Sought),
    /// Keep a provisional enrolment.
    KeepProvisional(Enrolment),
    /// A 采集码 becomes the one of an enrolment: write it down, and the audit line with it.
    BindCode {
        /// The code and whose it is.
        binding: CodeBinding,
        /// The line of the audit trail.
        audit: AuditEvent,
    },
    /// A code that no stored photo carries is an enrolment's no more, and the audit line says so.
    ReleaseCode {
        /// Id of the enrolment.
        enrolment: String,
        /// The line of the audit trail.
        audit: AuditEvent,
    },
    /// Write the order down, then ask the central server for it.
    PlaceOrder(Order),
    /// Ask the central server to close the order; its answer may be that it was paid.
    CloseOrder(Order),
    /// The fee is settled: write it down with the enrolment, and the audit line with it.
    KeepSettledFee {
        /// Id of the enrolment.
        enrolment: String,
        /// The evidence.
        fee: SettledFee,
        /// The line of the audit trail.
        audit: AuditEvent,
    },
    /// Run the checks on a still, under what the person's known exceptions ease.
    Assess(SampleId),
    /// A known exception was granted: write it down with the person, and the audit line with it.
    KeepException {
        /// Id of the enrolment.
        enrolment: String,
        /// The exception.
        exception: KnownException,
        /// The line of the audit trail; names the kind, not the reason.
        audit: AuditEvent,
    },
    /// Make the photo.
    Standardise(SampleId, Ground),
    /// Seal and store the packet.
    Store(Box<PacketOrder>),
    /// Forget every still of this session.
    Discard,
    /// Write a line of the audit trail.
    Audit(AuditEvent),
}
