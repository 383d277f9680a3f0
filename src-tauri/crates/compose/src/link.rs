//! The connection to the central server, or the lack of one.

use crate::settings::CentralSettings;
use domain::enrolment::Enrolment;
use domain::payment::Order;
use domain::port::{Central, CentralFault, Delivery, Received, RosterBatch};
use domain::queue::ReviewVerdict;
use domain::setup::SessionSetup;

/// Opens the connection the settings name. Without an address everything waits in the queue.
pub(crate) fn open(settings: &CentralSettings) -> Box<dyn Central> {
    let nowhere = |why: &str| {
        Box::new(Nowhere {
            why: why.to_string(),
            recipient: settings.recipient.clone(),
        })
    };
    if settings.url.is_empty() {
        return nowhere("no central server is set");
    }
    let server = uplink::Server::new(
        &settings.url,
        &settings.token,
        &settings.recipient,
        &settings.verifying_key,
    );
    match server.and_then(uplink::Uplink::new) {
        Ok(uplink) => Box::new(uplink),
        Err(fault) => {
            tracing::error!(%fault, "the central server's settings are not valid");
            nowhere("the central server's settings are not valid")
        }
    }
}

/// No central server: every question goes unanswered, and nothing is lost by it.
struct Nowhere {
    why: String,
    recipient: String,
}

impl Nowhere {
    fn silence<T>(&self) -> Result<T, CentralFault> {
        Err(CentralFault::Unreachable(self.why.clone()))
    }
}

impl Central for Nowhere {
    fn answers(&mut self) -> Result<(), CentralFault> {
        self.silence()
    }
    fn sessions(&mut self) -> Result<Vec<SessionSetup>, CentralFault> {
        self.silence()
    }
    fn roster(&mut self, _session: &str) -> Result<RosterBatch, CentralFault> {
        self.silence::<Vec<Enrolment>>().map(|rows| RosterBatch {
            rows,
            problems: vec![],
        })
    }
    fn place_order(&mut self, _order: &Order) -> Result<Order, CentralFault> {
        self.silence()
    }
    fn order(&mut self, _order: &Order) -> Result<Order, CentralFault> {
        self.silence()
    }
    fn close_order(&mut self, _order: &Order) -> Result<Order, CentralFault> {
        self.silence()
    }
    fn deliver(&mut self, _delivery: Delivery<'_>) -> Result<Received, CentralFault> {
        self.silence()
    }
    fn verdicts(&mut self, _after: i64) -> Result<Vec<ReviewVerdict>, CentralFault> {
        self.silence()
    }
    fn recipient(&self) -> String {
        self.recipient.clone()
    }
}
