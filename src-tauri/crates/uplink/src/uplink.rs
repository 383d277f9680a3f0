//! The station's side of the central server.

use crate::answer::JSON;
use crate::change::read_changes;
use crate::deliver::{deliver, drop_upload};
use crate::fault::Fault;
use crate::http::Http;
use crate::message::{
    AskEligibility, Closing, EligibilityAnswer, EligibilityWord, NewOrder, NewRefund, OrderAnswer,
    RefundAnswer, Withdraw, Withdrawn,
};
use crate::server::{Server, ServerFault};
use crate::text::is_line;
use crate::tus::Tus;
use crate::unfinished::Unfinished;
use domain::change::Changes;
use domain::eligibility::{Eligibility, EligibilityQuestion};
use domain::identity::date::Date;
use domain::moment::Moment;
use domain::payment::{Order, OrderState, Refund, RefundState};
use domain::port::{Central, CentralFault, Delivery, Received};
use domain::queue::QueueEntry;
use jiff::Timestamp;
use packet::{Acknowledgement, Expected, HealthProof};
use reqwest::Url;
use serde::Serialize;
use std::future::Future;
use tokio::runtime::Runtime;

/// Largest ordinary answer that is read, in bytes.
const MAX_ANSWER: usize = 1 << 20;
/// Largest answer of changes that is read, in bytes.
const MAX_CHANGES: usize = 4 << 20;
/// Largest photo that is read, in bytes; specifications ask for a tenth of it at most.
const MAX_PHOTO: usize = 1 << 20;
/// What the server says of a voucher that pays nothing.
const VOUCHER_REFUSED: [&str; 3] = ["voucher_used", "voucher_unknown", "voucher_small"];
/// Longest reason why somebody may not be photographed, in characters.
const MOST_REASON: usize = 200;
/// How every JPEG file begins.
const JPEG: &[u8] = b"\xff\xd8\xff";

/// All talk with one central server. Calls block the calling thread, which must not be one of an async
/// runtime; the traffic itself runs on a thread of its own.
pub struct Uplink {
    server: Server,
    http: Http,
    tus: Tus,
    runtime: Runtime,
    unfinished: Unfinished,
}

impl Uplink {
    /// Makes the client; no connection is opened yet.
    pub fn new(server: Server) -> Result<Self, ServerFault> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("uplink")
            .enable_all()
            .build()
            .map_err(|e| ServerFault::Client(e.to_string()))?;
        let http = {
            let _inside = runtime.enter();
            Http::new(&server)?
        };
        let tus = Tus::over(http.clone(), "files", &server);
        Ok(Self {
            server,
            http,
            tus,
            runtime,
            unfinished: Unfinished::default(),
        })
    }

    fn wait<T>(&self, call: impl Future<Output = Result<T, Fault>>) -> Result<T, CentralFault> {
        self.runtime.block_on(call).map_err(|fault| {
            tracing::debug!(%fault, "call to the central server failed");
            fault.into()
        })
    }

    /// The server's time, proved by its signature over a number drawn for this question.
    async fn ask_health(&self) -> Result<Moment, Fault> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).map_err(|_| Fault::Unsendable("no random bytes"))?;
        let nonce = hex::encode(bytes);
        let mut url = self.http.url(&["v1", "health"]);
        url.query_pairs_mut().append_pair("nonce", &nonce);
        let proof: HealthProof = self.http.get(url, MAX_ANSWER).await?;
        if proof.proves(&self.server.verifying_key, &nonce) {
            Ok(Moment(proof.time.as_millisecond()))
        } else {
            Err(Fault::Nonsense("signed by somebody else".to_owned()))
        }
    }

    /// Makes a 404 in nobody's words an old server's, when the real server proves at once that it is there.
    async fn old_or_elsewhere(&self, fault: Fault, call: &str) -> Fault {
        if fault != Fault::NoSuchCall && !fault.is_refusal("not_found") {
            return fault;
        }
        match self.ask_health().await {
            Ok(_) => Fault::Versions(format!("the server does not know {call}")),
            Err(cause) => cause,
        }
    }

    async fn fetch_changes(&self, after: i64) -> Result<Changes, Fault> {
        let mut url = self.http.url(&["v1", "changes"]);
        url.query_pairs_mut().append_pair("after", &after.to_string());
        match self.http.get_bytes(url, JSON, MAX_CHANGES).await {
            Ok(bytes) => read_changes(&bytes, after, today()),
            Err(fault) => Err(self.old_or_elsewhere(fault, "changes").await),
        }
    }

    async fn take_back(&self, packet: &str, reason: &str) -> Result<(), Fault> {
        let url = self.http.url(&["v1", "packets", packet, "withdraw"]);
        let answer = self.http.post(url, &Withdraw { reason }, MAX_ANSWER).await;
        match answer {
            Ok(Withdrawn { packet: named, state }) if named == packet && state == "withdrawn" => Ok(()),
            Ok(_) => Err(Fault::Nonsense("the answer is about something else".to_owned())),
            Err(fault) => Err(self.old_or_elsewhere(fault, "withdraw").await),
        }
    }

    async fn ask_eligibility(&self, question: &EligibilityQuestion) -> Result<Eligibility, Fault> {
        let message = AskEligibility {
            session: &question.session,
            name: question.name.as_str(),
            document_number: question.number.as_str(),
        };
        let url = self.http.url(&["v1", "eligibility"]);
        let EligibilityAnswer { state, reason } = match self.http.post(url, &message, MAX_ANSWER).await {
            Ok(answer) => answer,
            Err(fault) => return Err(self.old_or_elsewhere(fault, "eligibility").await),
        };
        match (state, reason) {
            (EligibilityWord::NotEligible, reason) => {
                let reason = reason.filter(|reason| is_line(reason, MOST_REASON));
                Ok(Eligibility::NotEligible {
                    reason: reason.unwrap_or_else(|| "—".to_owned()),
                })
            }
            (EligibilityWord::Eligible, None) => Ok(Eligibility::Eligible),
            (EligibilityWord::Unknown, None) => Ok(Eligibility::Unknown),
            (EligibilityWord::CapturedElsewhere, None) => Ok(Eligibility::CapturedElsewhere),
            (_, Some(_)) => Err(Fault::Nonsense("a reason for nothing".to_owned())),
        }
    }

    async fn fetch_photo(&self, packet: &str) -> Result<Vec<u8>, Fault> {
        let url = self.http.url(&["v1", "packets", packet, "photo"]);
        match self.http.get_bytes(url, "image/jpeg", MAX_PHOTO).await {
            Ok(bytes) if bytes.starts_with(JPEG) => Ok(bytes),
            Ok(_) => Err(Fault::Nonsense("not a JPEG file".to_owned())),
            Err(fault) => Err(self.old_or_elsewhere(fault, "photo").await),
        }
    }

    async fn ask_refund(&self, refund: &Refund) -> Result<RefundState, Fault> {
        let order = refund
            .order
            .as_deref()
            .ok_or(Fault::Unsendable("cash goes back by hand"))?;
        let message = NewRefund {
            refund: &refund.id,
            order,
            amount_fen: refund.amount_fen,
        };
        let url = self.http.url(&["v1", "refunds"]);
        let answer: RefundAnswer = match self.http.post(url, &message, MAX_ANSWER).await {
            Ok(answer) => answer,
            Err(fault) => return Err(self.old_or_elsewhere(fault, "refunds").await),
        };
        let same = (answer.refund.as_str(), answer.order.as_str(), answer.amount_fen)
            == (refund.id.as_str(), order, refund.amount_fen);
        same.then_some(answer.state)
            .ok_or_else(|| Fault::Nonsense("the answer is about another refund".to_owned()))
    }

    async fn ask_order(
        &self,
        order: &Order,
        url: Url,
        message: Option<&impl Serialize>,
    ) -> Result<Order, Fault> {
        let answer: OrderAnswer = match message {
            Some(message) => self.http.post(url, message, MAX_ANSWER).await?,
            None => self.http.get(url, MAX_ANSWER).await?,
        };
        let same = (&answer.order, &answer.enrolment, answer.amount_fen)
            == (&order.id, &order.enrolment, order.amount_fen);
        if same {
            let end = |seconds: u32| Moment(Timestamp::now().as_millisecond() + i64::from(seconds) * 1000);
            Ok(Order {
                state: answer.state,
                code_url: answer.code_url,
                expires_at: answer.expires_in_s.map(end),
                ..order.clone()
            })
        } else {
            Err(Fault::Nonsense("the answer is about another order".to_owned()))
        }
    }
}

/// A message without content.
const NOTHING: Option<&()> = None;

impl Central for Uplink {
    fn answers(&mut self) -> Result<Moment, CentralFault> {
        self.wait(self.ask_health())
    }

    fn changes(&mut self, after: i64) -> Result<Changes, CentralFault> {
        self.wait(self.fetch_changes(after))
    }

    fn place_order(&mut self, order: &Order) -> Result<Order, CentralFault> {
        let message = NewOrder {
            order: &order.id,
            enrolment: &order.enrolment,
            amount_fen: order.amount_fen,
            channel: order.channel,
            voucher: order.voucher.as_deref(),
        };
        let url = self.http.url(&["v1", "orders"]);
        self.wait(async {
            match self.ask_order(order, url, Some(&message)).await {
                // This voucher pays nothing, and its order will never be paid.
                Err(fault) if VOUCHER_REFUSED.iter().any(|code| fault.is_refusal(code)) => Ok(Order {
                    state: OrderState::Closed,
                    ..order.clone()
                }),
                other => other,
            }
        })
    }

    fn order(&mut self, order: &Order) -> Result<Order, CentralFault> {
        let url = self.http.url(&["v1", "orders", &order.id]);
        self.wait(async {
            match self.ask_order(order, url, NOTHING).await {
                // It never arrived there, so nobody can have paid it.
                Err(fault) if fault.is_refusal("order_unknown") => Ok(Order {
                    state: OrderState::Unknown,
                    ..order.clone()
                }),
                other => other,
            }
        })
    }

    fn close_order(&mut self, order: &Order) -> Result<Order, CentralFault> {
        let url = self.http.url(&["v1", "orders", &order.id, "close"]);
        let message = Closing {
            enrolment: &order.enrolment,
            amount_fen: order.amount_fen,
        };
        // A server that does not know the order writes it down as closed: nothing that comes late opens it again.
        self.wait(self.ask_order(order, url, Some(&message)))
    }

    fn refund(&mut self, refund: &Refund) -> Result<RefundState, CentralFault> {
        self.wait(self.ask_refund(refund))
    }

    fn eligibility(&mut self, question: &EligibilityQuestion) -> Result<Eligibility, CentralFault> {
        self.wait(self.ask_eligibility(question))
    }

    fn deliver(&mut self, delivery: Delivery<'_>) -> Result<Received, CentralFault> {
        let Delivery {
            entry,
            sealed,
            progress,
        } = delivery;
        let mut address = entry.upload_url.clone();
        let mut note = |url: Option<&str>, confirmed| {
            address = url.map(str::to_owned);
            progress(url, confirmed)
        };
        let noted = Delivery {
            entry,
            sealed,
            progress: &mut note,
        };
        let key = &self.server.verifying_key;
        let delivered = self
            .runtime
            .block_on(deliver(&self.http, &mut self.tus, key, noted));
        let unfinished = address.filter(|_| delivered.is_err());
        self.unfinished.note(&entry.packet, unfinished);
        let acknowledgement = delivered.inspect_err(|fault| tracing::debug!(%fault, "delivery failed"))?;
        let text = serde_json::to_string(&acknowledgement)
            .map_err(|e| CentralFault::Acknowledgement(e.to_string()))?;
        Ok(Received {
            acknowledgement: text,
        })
    }

    fn withdraw(&mut self, packet: &str, reason: &str) -> Result<(), CentralFault> {
        self.wait(self.take_back(packet, reason))?;
        let address = self.unfinished.take(packet);
        if let Some(url) = address.and_then(|kept| self.tus.known(&kept)) {
            self.runtime.block_on(drop_upload(&self.tus, &url));
        }
        Ok(())
    }

    fn photo(&mut self, packet: &str) -> Result<Vec<u8>, CentralFault> {
        self.wait(self.fetch_photo(packet))
    }

    fn check_acknowledgement(&self, entry: &QueueEntry, acknowledgement: &str) -> Result<(), CentralFault> {
        let unproved = |what: String| CentralFault::Acknowledgement(what);
        let acknowledgement: Acknowledgement =
            serde_json::from_str(acknowledgement).map_err(|e| unproved(e.to_string()))?;
        let expected = Expected {
            packet_id: entry
                .packet
                .parse()
                .map_err(|_| unproved("no packet id".to_owned()))?,
            sha256: &entry.sha256,
            size: entry.size,
        };
        acknowledgement
            .verify(&self.server.verifying_key, &expected)
            .map_err(|fault| unproved(fault.to_string()))
    }

    fn recipient(&self) -> String {
        self.server.recipient.to_string()
    }

    fn recovery(&self) -> Option<String> {
        self.server.recovery.as_ref().map(ToString::to_string)
    }
}

/// The day in UTC; only birth dates in the future are told by it.
fn today() -> Date {
    let date = jiff::tz::TimeZone::UTC.to_datetime(jiff::Timestamp::now()).date();
    let part = |number: i8| u8::try_from(number).unwrap_or(1);
    let year = u16::try_from(date.year()).unwrap_or(Date::EPOCH.year());
    Date::new(year, part(date.month()), part(date.day())).unwrap_or(Date::EPOCH)
}
