//! The connection to the central server, or the lack of one.

use crate::settings::CentralSettings;
use domain::change::Changes;
use domain::moment::Moment;
use domain::payment::Order;
use domain::port::{Central, CentralFault, Delivery, Received};

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
    fn answers(&mut self) -> Result<Moment, CentralFault> {
        self.silence()
    }
    fn changes(&mut self, _after: i64) -> Result<Changes, CentralFault> {
        self.silence()
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
    fn withdraw(&mut self, _packet: &str, _reason: &str) -> Result<(), CentralFault> {
        self.silence()
    }
    fn photo(&mut self, _packet: &str) -> Result<Vec<u8>, CentralFault> {
        self.silence()
    }
    fn recipient(&self) -> String {
        self.recipient.clone()
    }
    fn recovery(&self) -> Option<String> {
        None
    }
}
