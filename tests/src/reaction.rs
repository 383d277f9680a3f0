//! An operator who reacts to what is on screen, as a person at the desk would.

use crate::seed::{OPERATOR, SESSION, SUPERVISOR};
use domain::payment::{OrderState, PaymentMethod};
use domain::quality::TickAnswer;
use station::contract::{Command, ReviewScreen, Screen, StationView, WalkInTold};

/// Who comes to the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sitter {
    /// The person with this student number on the roster.
    Rostered {
        /// Student number.
        student_number: String,
    },
    /// Somebody who is on no roster.
    WalkIn {
        /// Name on the document.
        name: String,
        /// Number on the document.
        number: String,
    },
}

/// What the operator does next.
#[derive(Debug, Clone, PartialEq)]
pub enum Reaction {
    /// Waits: something is on its way.
    Wait,
    /// Gives a command.
    Do(Command),
    /// The sitter's phone pays this order.
    Pay(String),
    /// The packet with this id is safe; the sitter goes.
    Finished(String),
}

/// The answer of an operator who sees nothing wrong.
pub fn fits(tick: &str) -> Command {
    Command::Tick {
        tick: tick.into(),
        answer: TickAnswer::Fits,
    }
}

/// The first tick that nobody has answered.
fn open_tick(page: &ReviewScreen) -> Option<&str> {
    let open = page.ticks.iter().find(|tick| tick.answer.is_none());
    open.map(|tick| tick.id.as_str())
}

/// One thing at a time, from the page on screen alone.
pub fn react(view: &StationView, sitter: &Sitter) -> Reaction {
    use Reaction::{Do, Finished, Pay, Wait};
    match &view.screen {
        Screen::Broken | Screen::Starting | Screen::Standardising => Wait,
        Screen::SignIn { operators, .. } if operators.is_empty() => Wait,
        Screen::SignIn { .. } => Do(Command::SignIn {
            operator: OPERATOR.0.into(),
            pin: OPERATOR.1.into(),
        }),
        Screen::ChooseSession { sessions } if sessions.is_empty() => Wait,
        Screen::ChooseSession { .. } => Do(Command::ChooseSession { id: SESSION.into() }),
        Screen::Home(home) => match sitter {
            Sitter::WalkIn { .. } => Do(Command::BeginUncalled),
            Sitter::Rostered { student_number } => {
                let known = home.people.iter().find(|p| &p.student_number == student_number);
                known.map_or_else(
                    || {
                        Do(Command::Search {
                            text: student_number.clone(),
                        })
                    },
                    |person| {
                        Do(Command::Begin {
                            enrolment: person.enrolment.clone(),
                        })
                    },
                )
            }
        },
        Screen::Identity(page) if !page.consent => Do(Command::Consent {
            given: true,
            guardian: String::new(),
        }),
        Screen::Identity(page) => {
            let (name, number) = match sitter {
                Sitter::WalkIn { name, number } => (name.clone(), number.clone()),
                Sitter::Rostered { .. } => (String::new(), String::new()),
            };
            Do(Command::VerifyIdentity {
                name,
                number,
                method: page.method,
            })
        }
        Screen::Enrolment(page) if page.searching => Wait,
        Screen::Enrolment(page) if page.chosen.is_some() => Do(Command::ConfirmEnrolment),
        Screen::Enrolment(_) => Do(Command::TakeWalkIn(WalkInTold {
            school: String::new(),
            class_name: "临时".into(),
            student_number: String::new(),
        })),
        Screen::Payment(page) => match &page.order {
            _ if page.method != PaymentMethod::Order => Do(Command::ChooseMethod {
                method: PaymentMethod::Order,
            }),
            None => Do(Command::AskOrder { channel: None }),
            Some(order) if order.state == OrderState::NotPaid => Pay(order.id.clone()),
            Some(_) => Wait,
        },
        Screen::Notes => Do(Command::Ready),
        Screen::Capture(page) => {
            // The picture is taken when all is good, or when only what a supervisor may let pass is not.
            let gates = page.results.iter().filter(|r| {
                r.verdict != domain::quality::Verdict::Pass && r.force == domain::quality::Force::Absolute
            });
            if !page.results.is_empty() && gates.count() == 0 {
                Do(Command::Shutter)
            } else {
                Wait
            }
        }
        Screen::Review(page) if page.assessing => Wait,
        Screen::Review(page) if open_tick(page).is_some() => open_tick(page).map_or(Wait, |id| Do(fits(id))),
        Screen::Review(page) if page.acceptable => Do(Command::Accept),
        Screen::Review(page) if page.overridable && page.attempt >= page.attempts_before_override => {
            Do(Command::Override {
                reason: "学生天生露齿，多次重拍如此".into(),
                supervisor: SUPERVISOR.0.into(),
                pin: SUPERVISOR.1.into(),
            })
        }
        Screen::Review(_) => Do(Command::Retake),
        Screen::LastLook(_) => Do(Command::Confirm),
        Screen::Submitting { fault: Some(_) } => Do(Command::StoreAgain),
        Screen::Submitting { fault: None } => Wait,
        Screen::Done { packet, .. } => Finished(packet.clone()),
        Screen::Queue { .. }
        | Screen::Retakes { .. }
        | Screen::Stick(_)
        | Screen::News(_)
        | Screen::DayEnd(_)
        | Screen::Roster(_)
        | Screen::Camera(_) => Do(Command::ClosePage),
    }
}
