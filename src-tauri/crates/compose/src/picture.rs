//! One picture through the whole photo path, without a camera: for judging and for tests.
//!
//! A photo enters a session only through a camera; nothing here reaches a store.

use domain::port::AnalysisFault;
use domain::quality::{Assessment, Stage};
use domain::specification::{Ground, PhotoSpecification};
use station::Sight;
use station::report::{self, Subject};

/// Why a picture did not become a photo.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The file could not be decoded.
    #[error(transparent)]
    Decode(#[from] photo::decode::DecodeFault),
    /// The networks failed.
    #[error(transparent)]
    Analysis(#[from] AnalysisFault),
    /// The photo could not be written.
    #[error(transparent)]
    Encode(#[from] photo::encode::EncodeFault),
    /// The report could not be written.
    #[error(transparent)]
    Report(#[from] report::ReportFault),
    /// Checks that nobody can override failed.
    #[error("refused: {}", .codes.join(", "))]
    Checks {
        /// Instruction codes.
        codes: Vec<String>,
    },
    /// The photo departs from the specification.
    #[error("departs from the specification: {}", .codes.join(", "))]
    Departed {
        /// Departure codes.
        codes: Vec<String>,
    },
}

impl Refused {
    /// Codes of the messages; never empty.
    pub fn codes(&self) -> Vec<String> {
        match self {
            Self::Decode(fault) => vec![fault.code().to_string()],
            Self::Analysis(_) => vec!["inference".to_string()],
            Self::Encode(_) | Self::Report(_) => vec!["failed".to_string()],
            Self::Checks { codes } | Self::Departed { codes } => codes.clone(),
        }
    }
}

/// A photo with everything known of it.
#[derive(Debug)]
pub struct Finished {
    /// The photo.
    pub photo: photo::StandardPhoto,
    /// The checks on the picture; a gating one may have failed, which only a supervisor may let pass, and its ticks
    /// are nobody's to answer here.
    pub assessment: Assessment,
    /// The report in both forms, as it would travel in a packet.
    pub report: report::Written,
}

/// Decodes, checks, standardises and measures. Checks that gate do not stop here (there is no
/// supervisor to ask), geometry does; the assessment says what would have stopped at the desk.
pub fn standardise(
    bytes: &[u8],
    specification: &PhotoSpecification,
    rules: &quality::Rules,
    sight: &mut Sight,
) -> Result<Finished, Refused> {
    let decoded = photo::decode::picture(bytes, photo::decode::Limits::default())?;
    let picture = decoded.picture;
    let analysis = sight.analyser.still(&picture)?;
    let assessment = quality::assess(Stage::Still, &picture, &analysis, specification, rules);
    let absolute: Vec<_> = assessment
        .stopping()
        .filter(|r| r.force == domain::quality::Force::Absolute)
        .collect();
    if !absolute.is_empty() {
        // Several rules may say the same: once is enough.
        let mut codes: Vec<String> = vec![];
        for code in absolute.into_iter().map(|r| r.code.as_ref().unwrap_or(&r.check)) {
            if !codes.contains(code) {
                codes.push(code.clone());
            }
        }
        return Err(Refused::Checks { codes });
    }
    let photo = photo::standardise(
        &picture,
        &analysis,
        specification,
        Ground::AsSpecified,
        sight.matting.as_mut(),
        sight.analyser.as_mut(),
    )
    .map_err(|fault| match fault {
        photo::StandardiseFault::Departs(departures) => Refused::Departed {
            codes: departures.codes().map(str::to_string).collect(),
        },
        photo::StandardiseFault::Analysis(fault) => Refused::Analysis(fault),
        photo::StandardiseFault::Encode(fault) => Refused::Encode(fault),
    })?;
    let subject = Subject {
        specification,
        rules,
        exceptions: &[],
        models: &sight.models,
        picture: &picture,
        analysis: &analysis,
        software: env!("CARGO_PKG_VERSION"),
        packet: "",
        enrolment: "",
        date: "",
    };
    let report = report::write(&subject, &assessment, &photo)?;
    Ok(Finished {
        photo,
        assessment,
        report,
    })
}
