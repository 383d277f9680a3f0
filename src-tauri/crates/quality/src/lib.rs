//! What a reviewer would reject, measured: a check is one measure in one file, its numbers live in
//! `assets/quality.toml`, its result carries value, unit, limits, verdict and one instruction.
//!
//! The crate is pure: pixels, landmarks and times come in, results go out. All facial measures run on
//! patches scaled by the inter-eye distance, so a verdict does not depend on the camera's resolution,
//! and brightness is judged on ratios within one person or on the white of the eye, never on the skin.

mod assess;
mod burst;
mod check;
mod checks;
mod cloth;
mod code;
mod codes;
mod colour;
mod edge_patch;
mod face_light;
mod face_patch;
mod face_source;
mod finished;
mod forehead;
mod framing;
mod guidance;
mod head_patch;
mod lenses;
mod limits;
mod live;
mod mesh;
mod meter;
mod outline;
mod page;
mod parts;
mod raster;
mod region;
pub mod report;
mod rules;
mod scene;
mod skin;
mod statistics;
mod steadied;
mod torso_patch;
mod wall;
mod warp;

pub use assess::assess;
pub use burst::{Standing, best, standing};
pub use code::{Instruction, Reason};
pub use codes::{Codes, codes};
pub use finished::{FileItem, FinishedFault, finished};
pub use framing::Framing;
pub use guidance::{Guidance, Steady, instruction};
pub use limits::{Confidence, Limits, LimitsFault};
pub use live::LiveAssessor;
pub use meter::{FaceLevel, LightReading, meter};
pub use page::{Page, page};
pub use parts::Part;
pub use rules::{Assessed, ExceptionRow, Iso, Pace, RuleRow, Rules, RulesFault, TickRow};
