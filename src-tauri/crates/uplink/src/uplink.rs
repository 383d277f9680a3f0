//! The station's side of the central server.

use crate::deliver::deliver;
use crate::fault::Fault;
use crate::http::Http;
use crate::message::{NewOrder, OrderAnswer, Roster, Sessions, Verdict, Verdicts};
use crate::roster;
use crate::server::{Server, ServerFault};
use crate::tus::Tus;
use domain::identity::date::Date;
use domain::payment::{Order, OrderState};
use domain::port::{Central, CentralFault, Delivery, Received, RosterBatch};
use domain::queue::ReviewVerdict;
use domain::setup::SessionSetup;
use packet::{HealthProof, sha256_hex};
use reqwest::Url;
use serde::Serialize;
use std::future::Future;
use tokio::runtime::Runtime;

/// Largest answers that are read, in bytes.
const MAX_ANSWER: usize = 1 << 20;
const MAX_ROSTER: usize = 64 << 20;

/// Verdicts taken from one answer.
const MAX_VERDICTS: usize = 200;

/// All talk with one central server. Calls block the calling thread, which must not be one of an async
/// runtime; the traffic itself runs on a thread of its own.
pub struct Uplink {
    server: Server,
    http: Http,
    tus: Tus,
    runtime: Runtime,
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
        let tus = Tus::over(http.clone(), "files", server.chunk);
        Ok(Self {
            server,
            http,
            tus,
            runtime,
        })
    }

    fn wait<T>(&self, call: impl Future<Output = Result<T, Fault>>) -> Result<T, CentralFault> {
        self.runtime.block_on(call).map_err(|fault| {
            tracing::debug!(%fault, "call to the central server failed");
            fault.into()
        })
    }

    async fn ask_health(&self) -> Result<(), Fault> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).map_err(|_| Fault::Unsendable("no random bytes"))?;
        let nonce = hex::encode(bytes);
        let mut url = self.http.url(&["v1", "health"]);
        url.query_pairs_mut().append_pair("nonce", &nonce);
        let proof: HealthProof = self.http.get(url, MAX_ANSWER).await?;
        if proof.proves(&self.server.verifying_key, &nonce) {
            Ok(())
        } else {
            Err(Fault::Nonsense("signed by somebody else".to_owned()))
        }
    }

    async fn fetch_sessions(&self) -> Result<Vec<SessionSetup>, Fault> {
        let answer: Sessions = self
            .http
            .get(self.http.url(&["v1", "sessions"]), MAX_ANSWER)
            .await?;
        for setup in &answer.sessions {
            let hash = sha256_hex(setup.agreement.text.as_bytes());
            let whole = hash == setup.agreement.sha256;
            let checked = setup.validate().map_err(|e| e.to_string());
            checked
                .and_then(|()| {
                    if whole {
                        Ok(())
                    } else {
                        Err("the agreement's hash".to_owned())
                    }
                })
                .map_err(|what| Fault::Nonsense(format!("session {}: {what}", setup.id)))?;
        }
        Ok(answer.sessions)
    }

    async fn fetch_roster(&self, session: &str) -> Result<RosterBatch, Fault> {
        let url = self.http.url(&["v1", "sessions", session, "roster"]);
        let answer: Roster = self.http.get(url, MAX_ROSTER).await?;
        if answer.session != session {
            return Err(Fault::Nonsense("the roster of another session".to_owned()));
        }
        Ok(roster::read(answer, today()))
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
            Ok(Order {
                state: answer.state,
                code_url: answer.code_url,
                ..order.clone()
            })
        } else {
            Err(Fault::Nonsense("the answer is about another order".to_owned()))
        }
    }

    async fn pull_verdicts(&self, after: i64) -> Result<Vec<ReviewVerdict>, Fault> {
        let mut url = self.http.url(&["v1", "verdicts"]);
        url.query_pairs_mut().append_pair("after", &after.to_string());
        let answer: Verdicts = self.http.get(url, MAX_ANSWER).await?;
        let mut last = after;
        let rising = answer.verdicts.iter().all(|Verdict { cursor, .. }| {
            let rises = *cursor > last;
            last = *cursor;
            rises
        });
        if !rising || answer.verdicts.len() > MAX_VERDICTS {
            return Err(Fault::Nonsense("verdicts out of order".to_owned()));
        }
        Ok(answer.verdicts.into_iter().map(ReviewVerdict::from).collect())
    }
}

/// A message without content.
const NOTHING: Option<&()> = None;

impl Central for Uplink {
    fn answers(&mut self) -> Result<(), CentralFault> {
        self.wait(self.ask_health())
    }

    fn sessions(&mut self) -> Result<Vec<SessionSetup>, CentralFault> {
        self.wait(self.fetch_sessions())
    }

    fn roster(&mut self, session: &str) -> Result<RosterBatch, CentralFault> {
        self.wait(self.fetch_roster(session))
    }

    fn place_order(&mut self, order: &Order) -> Result<Order, CentralFault> {
        let message = NewOrder {
            order: &order.id,
            enrolment: &order.enrolment,
            amount_fen: order.amount_fen,
        };
        self.wait(self.ask_order(order, self.http.url(&["v1", "orders"]), Some(&message)))
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
        self.wait(async {
            match self.ask_order(order, url, Some(&())).await {
                Err(fault) if fault.is_refusal("order_unknown") => Ok(Order {
                    state: OrderState::Closed,
                    ..order.clone()
                }),
                other => other,
            }
        })
    }

    fn deliver(&mut self, delivery: Delivery<'_>) -> Result<Received, CentralFault> {
        let key = &self.server.verifying_key;
        let delivered = self
            .runtime
            .block_on(deliver(&self.http, &mut self.tus, key, delivery));
        let acknowledgement = delivered.inspect_err(|fault| tracing::debug!(%fault, "delivery failed"))?;
        let text = serde_json::to_string(&acknowledgement)
            .map_err(|e| CentralFault::Acknowledgement(e.to_string()))?;
        Ok(Received {
            acknowledgement: text,
        })
    }

    fn verdicts(&mut self, after: i64) -> Result<Vec<ReviewVerdict>, CentralFault> {
        self.wait(self.pull_verdicts(after))
    }

    fn recipient(&self) -> String {
        self.server.recipient.to_string()
    }
}

/// The day in UTC; only birth dates in the future are told by it.
fn today() -> Date {
    let date = jiff::tz::TimeZone::UTC.to_datetime(jiff::Timestamp::now()).date();
    let part = |number: i8| u8::try_from(number).unwrap_or(1);
    let year = u16::try_from(date.year()).unwrap_or(Date::EPOCH.year());
    Date::new(year, part(date.month()), part(date.day())).unwrap_or(Date::EPOCH)
}
