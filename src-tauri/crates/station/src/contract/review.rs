//! The review page: the still, what was found on it, and what the operator is asked.

use domain::exception::ExceptionKind;
use domain::geometry::Rect;
use domain::quality::{CheckResult, TickAnswer};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The still with its checks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ReviewScreen {
    /// Id of the still; its picture is at `frame://localhost/sample/<id>`.
    pub sample: u32,
    /// Number of the frame it is: changes when a better frame of the burst takes the first one's place.
    pub frame: u32,
    /// Width of the still in pixels.
    pub width: u32,
    /// Height of the still in pixels.
    pub height: u32,
    /// The part of the still shown first, in its pixels: the guide as it was on the live picture.
    pub guide: Rect,
    /// Results in their fixed order; empty while the checks run.
    pub results: Vec<CheckResult>,
    /// Where on the still the results lie that failed, are doubtful or are asked.
    pub regions: Vec<Region>,
    /// What the operator is asked, at most four.
    pub ticks: Vec<TickRow>,
    /// The person's known exceptions; what they ease only advises.
    pub exceptions: Vec<ExceptionKind>,
    /// The checks run.
    pub assessing: bool,
    /// No rule stops and every tick fits.
    pub acceptable: bool,
    /// Every rule that stops may be overridden, once the ticks are answered.
    pub overridable: bool,
    /// Attempts so far.
    pub attempt: u32,
    /// Attempts before an override is possible.
    pub attempts_before_override: u32,
}

/// Where a rule's part of the picture lies.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Region {
    /// Id of the rule.
    pub check: String,
    /// Rectangles in still pixels; two for a pair.
    pub rects: Vec<Rect>,
}

/// One question to the operator.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct TickRow {
    /// Its id (`tick.<id>`).
    pub id: String,
    /// Its key, 1 to 4: always the same for the same question.
    pub key: u32,
    /// Ids of the rules it decides.
    pub rules: Vec<String>,
    /// The answer; `None` while open.
    pub answer: Option<TickAnswer>,
    /// Its part of the picture in still pixels; empty without a face.
    pub rects: Vec<Rect>,
    /// Codes of the instructions that help when it does not fit (`instruction.<code>`), each once.
    pub help: Vec<String>,
}
