//! The connection to the central server, or the lack of one.

use crate::settings::CentralSettings;
use crate::{Settings, joining};
use domain::change::Changes;
use domain::eligibility::{Eligibility, EligibilityQuestion};
use domain::moment::Moment;
use domain::payment::{Order, Refund, RefundState};
use domain::port::{Central, CentralFault, Delivery, Received};
use domain::queue::QueueEntry;
use uplink::{Server, Uplink};

/// Opens the connection the settings name. Without an address everything waits in the queue.
pub(crate) fn open(settings: &Settings) -> Box<dyn Central> {
    let central = &settings.central;
    let nowhere = |why: &str| {
        Box::new(Nowhere {
            why: why.to_string(),
            recipient: central.recipient.clone(),
            recovery: Some(central.recovery.clone()).filter(|key| !key.is_empty()),
        })
    };
    if central.url.is_empty() {
        return nowhere("no central server is set");
    }
    match server(settings) {
        Ok(uplink) => Box::new(uplink),
        Err(fault) => {
            tracing::error!(%fault, "the central server's settings are not valid");
            nowhere("the central server's settings are not valid")
        }
    }
}

fn server(settings: &Settings) -> Result<Uplink, LinkFault> {
    let CentralSettings {
        url,
        token,
        recipient,
        verifying_key,
        recovery,
        root: _,
        pins,
        bandwidth_kbit,
    } = &settings.central;
    let mut server = Server::new(url, token, recipient, verifying_key)?;
    if !recovery.is_empty() {
        server = server.with_recovery(recovery)?;
    }
    if let Some(pem) = joining::root_pem(settings)? {
        server = server.with_root(pem);
    }
    for pin in pins {
        server = server.with_pin(pin)?;
    }
    let cap = (*bandwidth_kbit > 0).then(|| u64::from(*bandwidth_kbit) * 1000 / 8);
    server = server.with_cap(cap);
    Ok(Uplink::new(server)?)
}

/// Why the settings name no connection that can be opened.
#[derive(Debug, thiserror::Error)]
enum LinkFault {
    #[error(transparent)]
    Server(#[from] uplink::ServerFault),
    #[error(transparent)]
    Root(#[from] joining::JoiningFault),
}

/// No central server: every question goes unanswered, and nothing is lost by it.
struct Nowhere {
    why: String,
    recipient: String,
    recovery: Option<String>,
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
    fn refund(&mut self, _refund: &Refund) -> Result<RefundState, CentralFault> {
        self.silence()
    }
    fn eligibility(&mut self, _question: &EligibilityQuestion) -> Result<Eligibility, CentralFault> {
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
    fn check_acknowledgement(&self, _entry: &QueueEntry, _acknowledgement: &str) -> Result<(), CentralFault> {
        self.silence()
    }
    fn recovery(&self) -> Option<String> {
        self.recovery.clone()
    }
}
