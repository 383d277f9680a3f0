//! The pages' own data.

use crate::contract::{
    CaptureScreen, LastLookScreen, MeasuredRow, MethodRow, OrderRow, PaymentScreen, PersonRow,
};
use crate::desk::Desk;
use domain::Moment;
use domain::payment::{Channel, Order, OrderState, PaymentMethod};
use domain::session::{SampleId, State};
use domain::setup::SessionSetup;
use domain::specification::{BackgroundUse, PhotoSpecification};

/// Milliseconds without an answer after which the central server counts as not there.
const SILENCE_MS: i64 = 60_000;

impl Desk {
    pub(super) fn payment_screen(&self, setup: &SessionSetup, now: Moment) -> PaymentScreen {
        let (enrolment, method, order) = match &self.state {
            State::Paying {
                enrolment,
                method,
                order,
                ..
            } => (Some(enrolment), *method, order.as_ref()),
            _ => (None, PaymentMethod::Order, None),
        };
        let answered = self.last_answer.is_some_and(|at| now.since(at) < SILENCE_MS);
        let prepaid = enrolment.is_some_and(|e| e.record().prepaid);
        let row = |method: PaymentMethod| {
            let closed = match method {
                PaymentMethod::Order if !answered && order.is_none() => Some("offline"),
                PaymentMethod::Prepaid if !prepaid => Some("not_on_roster"),
                PaymentMethod::Voucher if setup.vouchers.is_empty() => Some("no_vouchers"),
                _ => None,
            };
            MethodRow {
                method,
                closed: closed.map(str::to_string),
            }
        };
        PaymentScreen {
            fee_fen: order.map_or(setup.fee.amount_fen, |o| o.amount_fen),
            fee_text: setup.fee.text.clone(),
            methods: setup.payment_methods.iter().copied().map(row).collect(),
            method,
            channels: setup.channels.clone(),
            order: order.map(order_row),
            may_go_on_unknown: order.is_some_and(|o| {
                let hold = setup.policy.hold_photo_while_payment_unknown || o.channel == Channel::Voucher;
                hold && o.state == OrderState::Unknown
            }),
        }
    }

    pub(super) fn capture_screen(&self, setup: &SessionSetup, now: Moment) -> Option<CaptureScreen> {
        let State::Capturing { attempt, .. } = &self.state else {
            return None;
        };
        let specification = self.specification.as_deref()?.clone();
        let seen = self.shutter.seen.as_ref();
        let health = self.around.feed.health();
        let (width, height) = seen.map_or((health.width, health.height), |s| (s.width, s.height));
        let guide = domain::geometry::guide(specification.width_px, specification.height_px, width, height);
        Some(CaptureScreen {
            frame_width: width,
            frame_height: height,
            guide,
            specification,
            results: seen.map(|s| s.assessment.results.clone()).unwrap_or_default(),
            instruction: seen.and_then(|s| s.instruction.clone()),
            good: seen.is_some_and(|s| s.good),
            auto_shutter: self.shutter.is_automatic(),
            countdown: self
                .shutter
                .count(now, setup.policy.auto_shutter_hold_s)
                .filter(|_| !self.waits_for_code()),
            training: self.training(),
            attempt: *attempt,
            checks_per_s: self.shutter.rate(now),
            exceptions: self.exception_kinds(),
            code: self.code_pane(setup),
        })
    }

    pub(super) fn last_look_screen(&self) -> LastLookScreen {
        let (sample, accepted) = match &self.state {
            State::LastLook { accepted, .. } => (accepted.sample(), Some(accepted)),
            _ => (SampleId(0), None),
        };
        let measured = self.samples.get(&sample).and_then(|s| s.made.as_ref());
        let waived = accepted.and_then(|a| a.waived());
        let free = |s: &PhotoSpecification| s.background_use == BackgroundUse::Either;
        LastLookScreen {
            width_px: self.specification.as_ref().map_or(0, |s| s.width_px),
            height_px: self.specification.as_ref().map_or(0, |s| s.height_px),
            untouched: measured.is_some_and(|m| m.photo.untouched),
            ground_choice: self.specification.as_deref().is_some_and(free),
            sample: sample.0,
            person: self.state.enrolment().map_or_else(nobody, |e| self.person_row(e)),
            measured: measured
                .map(|m| {
                    let items = m.photo.inspection.items.iter().map(measured_row);
                    items.chain(m.photo.edge.map(edge_row)).collect()
                })
                .unwrap_or_default(),
            overridden: waived.map(|w| w.checks.clone()).unwrap_or_default(),
            supervisor: waived.map(|w| w.approval.supervisor().to_string()),
            held: self
                .state
                .file()
                .is_some_and(|f| matches!(f.fee(), domain::payment::FeeEvidence::Unknown { .. })),
        }
    }
}

fn nobody() -> PersonRow {
    PersonRow {
        enrolment: String::new(),
        name: String::new(),
        class_name: String::new(),
        school: String::new(),
        student_number: String::new(),
        exam_number: String::new(),
        ticket: String::new(),
        prepaid: false,
        state: domain::enrolment::EnrolmentState::ToCapture,
        packet: None,
        not_eligible: None,
        provisional: false,
        absent: false,
    }
}

fn measured_row(item: &photo::Measured) -> MeasuredRow {
    let kilobytes = item.unit == "bytes";
    let scaled = |value: f32| if kilobytes { value / 1024.0 } else { value };
    // Whole numbers without a point; counts and qualities without a unit.
    let number = |value: f32| {
        let tenths = (scaled(value) * 10.0).round() / 10.0;
        let whole = tenths.fract() == 0.0 || !(kilobytes || item.unit == "ΔE");
        if whole {
            format!("{tenths:.0}")
        } else {
            format!("{tenths:.1}")
        }
    };
    let unit = match item.unit.as_str() {
        "bytes" => " KB",
        "px" => " px",
        "dpi" => " dpi",
        "ΔE" => " ΔE",
        _ => "",
    };
    let wanted = match (item.min, item.max) {
        (Some(min), Some(max)) if min == max => number(min),
        (Some(min), Some(max)) => format!("{}–{}", number(min), number(max)),
        (Some(min), None) => format!("≥ {}", number(min)),
        (None, Some(max)) => format!("≤ {}", number(max)),
        (None, None) => String::new(),
    };
    MeasuredRow {
        id: item.id.clone(),
        value: item
            .value
            .map_or_else(String::new, |v| format!("{}{unit}", number(v))),
        wanted,
        number: item.value,
        min: item.min,
        max: item.max,
        ok: item.ok,
    }
}

/// The rim that matting left: shown beside the file's own numbers, never a reason to refuse.
fn edge_row(edge: photo::EdgeQuality) -> MeasuredRow {
    let most = photo::EdgeQuality::CLEAN_L;
    MeasuredRow {
        id: "edge".to_owned(),
        value: format!("{:.1} L*", edge.rim_excess_l),
        wanted: format!("≤ {most:.1}"),
        number: Some(edge.rim_excess_l),
        min: None,
        max: Some(most),
        ok: edge.rim_excess_l <= most,
    }
}

pub(super) fn order_row(order: &Order) -> OrderRow {
    let qr = order
        .code_url
        .as_deref()
        .and_then(|text| fast_qr::QRBuilder::new(text).build().ok());
    let path = |qr: &fast_qr::QRCode| {
        let side = qr.size;
        let dark = |x: usize, y: usize| qr[y][x].value();
        let cells = (0..side).flat_map(|y| (0..side).map(move |x| (x, y)));
        cells
            .filter(|(x, y)| dark(*x, *y))
            .map(|(x, y)| format!("M{x} {y}h1v1h-1z"))
            .collect::<String>()
    };
    OrderRow {
        id: order.id.clone(),
        channel: order.channel,
        state: order.state,
        amount_fen: order.amount_fen,
        qr_size: qr.as_ref().map_or(0, |q| u32::try_from(q.size).unwrap_or(0)),
        qr_path: qr.as_ref().map(path),
        at: order.at,
        expires_at: order.expires_at,
    }
}
