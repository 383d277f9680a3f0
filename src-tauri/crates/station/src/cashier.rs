//! The worker that asks the central server short questions: orders, refunds, whether somebody may be photographed, and the
//! photo of a rejected packet.

use crate::event::Event;
use domain::eligibility::EligibilityQuestion;
use domain::payment::{Order, Refund};
use domain::port::Central;
use std::sync::mpsc::{Receiver, Sender};

/// What the cashier is asked for.
#[derive(Debug, Clone)]
pub(crate) enum Errand {
    Place(Order),
    Query(Order),
    Close(Order),
    Refund(Refund),
    Photo(String),
    /// Whether somebody may be photographed.
    Eligibility(EligibilityQuestion),
}

/// Runs until the station hangs up. Every answer goes back as a fact; nothing is kept here.
pub(crate) fn run(mut central: Box<dyn Central>, errands: &Receiver<Errand>, facts: &Sender<Event>) {
    while let Ok(errand) = errands.recv() {
        let fact = match errand {
            Errand::Place(asked) => {
                let answer = central.place_order(&asked);
                Event::Order { asked, answer }
            }
            Errand::Query(asked) => {
                let answer = central.order(&asked);
                Event::Order { asked, answer }
            }
            Errand::Close(asked) => {
                let answer = central.close_order(&asked);
                Event::Order { asked, answer }
            }
            Errand::Refund(asked) => {
                let answer = central.refund(&asked);
                Event::Refund { asked, answer }
            }
            Errand::Eligibility(asked) => {
                let answer = central.eligibility(&asked);
                Event::Eligibility { asked, answer }
            }
            Errand::Photo(packet) => {
                let answer = central.photo(&packet);
                Event::OldPhoto { packet, answer }
            }
        };
        if facts.send(fact).is_err() {
            return;
        }
    }
}
