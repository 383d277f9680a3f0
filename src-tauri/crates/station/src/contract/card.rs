//! The pictures of the document.

use domain::document::{Flaw, Judgement};
use domain::session::CardSide;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where one side of the document stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CardState {
    /// Not photographed yet.
    Missing,
    /// The picture is on its way.
    Taking,
    /// The newest picture is bad: once more.
    Again,
    /// The newest picture could not be assessed: the operator looks.
    Look,
    /// A picture is kept.
    Kept,
}

/// One side of the document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct CardSideView {
    /// The side.
    pub side: CardSide,
    /// Where it stands.
    pub state: CardState,
    /// The picture to show, at `frame://localhost/sample/<id>`; the newest one.
    pub sample: Option<u32>,
    /// How often that picture was turned: a turned picture is fetched anew.
    pub turns: u32,
    /// The picture is the card alone, so that it can be turned.
    pub cut_out: bool,
    /// What is wrong with the newest picture, or cannot be decided.
    pub reason: Option<Flaw>,
    /// What was measured on it, if it is not as it should be.
    pub findings: Vec<CardFinding>,
    /// Pictures taken since the last one that was kept.
    pub attempts: u32,
    /// The operator may keep the newest picture by saying that it can be read.
    pub may_keep: bool,
    /// The kept picture was kept by the operator's eye.
    pub by_eye: bool,
    /// A picture of this side is kept already, also while a newer one is looked at.
    pub kept: bool,
}

/// One measure that is not good.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct CardFinding {
    /// What.
    pub flaw: Flaw,
    /// How bad.
    pub judgement: Judgement,
    /// The value with its unit; empty when none was measured.
    pub value: String,
    /// From where on it is bad, with the unit; empty where no number decides.
    pub limit: String,
}
