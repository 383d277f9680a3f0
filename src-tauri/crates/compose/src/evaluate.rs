//! Judges the judge: the quality rules on a folder of pictures against a table that says what each should break.
//!
//! Nothing here reaches a store; pictures are read and never written.

pub mod book;
pub mod copies;
pub mod derived;
pub mod document;
pub mod judging;
pub mod overall;
pub mod page;
pub mod role;
mod rows;
pub mod seen;
pub mod subject;
pub mod tally;
pub mod text;
pub mod truth;

use book::{Book, BookFault};
use copies::CopySeen;
use document::{Copies, Document, PictureEntry, SCHEMA, Versions};
use domain::port::AnalysisFault;
use domain::specification::PhotoSpecification;
use judging::Bench;
use quality::{Rules, RulesFault};
use role::Role;
use seen::Judge;
use station::Sight;
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use subject::Subject;
use truth::{Row, TruthFault};

/// Why nothing was evaluated.
#[derive(Debug, thiserror::Error)]
pub enum EvaluateFault {
    /// There is no such folder of pictures.
    #[error("{0} is not a folder")]
    NoFolder(PathBuf),
    /// A file that was named cannot be read or written.
    #[error("{path}: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The truth table cannot be used.
    #[error(transparent)]
    Truth(#[from] TruthFault),
    /// The meaning of the codes cannot be used.
    #[error(transparent)]
    Book(#[from] BookFault),
    /// The rules cannot be used.
    #[error(transparent)]
    Rules(#[from] RulesFault),
    /// The photo specification cannot be used.
    #[error(transparent)]
    Specification(#[from] photo::specification::SpecificationFault),
    /// No photo specification came with the program.
    #[error("no photo specification")]
    NoSpecification,
    /// The networks failed.
    #[error(transparent)]
    Analysis(#[from] AnalysisFault),
    /// The document could not be written.
    #[error(transparent)]
    Document(#[from] serde_json::Error),
}

impl EvaluateFault {
    /// True when the caller named the wrong thing, so that nothing ran.
    pub const fn is_usage(&self) -> bool {
        matches!(self, Self::NoFolder(_) | Self::File { .. } | Self::Truth(_))
    }
}

/// What to evaluate.
#[derive(Debug, Clone)]
pub struct Options {
    /// Folder of the pictures.
    pub pictures: PathBuf,
    /// The truth table.
    pub truth: PathBuf,
    /// Whether copies are made in memory and judged too.
    pub copies: bool,
}

/// What is judged with.
pub struct Tools<'a> {
    /// The networks.
    pub sight: &'a mut Sight,
    /// The rules under their policy.
    pub rules: &'a Rules,
    /// The photo to be made.
    pub specification: &'a PhotoSpecification,
}

/// The evaluation: the document with the text and the page made from it.
#[derive(Debug)]
pub struct Evaluation {
    /// All of it.
    pub document: Document,
    /// Tables and figures.
    pub text: String,
    /// The errors with thumbnails, HTML.
    pub page: String,
}

/// The rows of a truth table and the meaning of their codes, read before any network is loaded.
///
/// # Errors
/// [`EvaluateFault`] when folder or table cannot be used.
pub fn prepare(options: &Options, rules: &Rules) -> Result<(Vec<Row>, Book), EvaluateFault> {
    if !options.pictures.is_dir() {
        return Err(EvaluateFault::NoFolder(options.pictures.clone()));
    }
    let book = Book::builtin(rules)?;
    let text = std::fs::read_to_string(&options.truth).map_err(|source| EvaluateFault::File {
        path: options.truth.clone(),
        source,
    })?;
    Ok((truth::read(&text, &book)?, book))
}

/// Looks at every picture and counts; `progress` is told how many of how many are done.
///
/// # Errors
/// [`EvaluateFault::Analysis`] when a network fails. Pictures that are missing or cannot be decoded are part of the
/// result.
pub fn evaluate(
    options: &Options,
    rows: Vec<Row>,
    book: &Book,
    tools: Tools<'_>,
    progress: impl Fn(usize, usize),
) -> Result<Evaluation, EvaluateFault> {
    let models = tools.sight.models.clone();
    let (rules, specification) = (tools.rules, tools.specification);
    let mut judge = Judge {
        sight: tools.sight,
        rules,
        specification,
    };
    let number = rows.len();
    let mut missing = Vec::new();
    let mut subjects = Vec::new();
    for (index, row) in rows.into_iter().enumerate() {
        progress(index, number);
        match std::fs::read(options.pictures.join(&row.file)) {
            Ok(bytes) => subjects.push(subject(row, &bytes, &mut judge, book, options.copies)?),
            Err(fault) if fault.kind() == ErrorKind::NotFound => missing.push(row.file),
            Err(_) => subjects.push(refused(row, "unreadable".to_owned(), book)),
        }
    }
    progress(number, number);
    let bench = Bench { rules, book };
    rows::settle(&mut subjects, bench);
    let document = Document {
        schema: SCHEMA,
        versions: Versions {
            program: env!("CARGO_PKG_VERSION"),
            rules: rules.version,
            limits: rules.limits().version,
            policy: rules.policy.clone(),
            evaluation: book.version,
            specification: specification.id.clone(),
            models,
        },
        rows: number,
        missing_files: missing,
        refused: subjects
            .iter()
            .filter_map(|s| Some((s.row.file.clone(), s.seen.as_ref().err()?.clone())))
            .collect(),
        overall: overall::overall(&subjects, bench),
        rules: rows::by_rule(&subjects, rules),
        codes: rows::by_code(&subjects, bench),
        derived: derived::compare(&subjects, book),
        copies: options.copies.then(|| changed(&subjects, book, rules)),
        pictures: subjects.iter().map(PictureEntry::of).collect(),
    };
    let text = text::text(&document);
    let page = page::page(&document, &subjects, &text);
    Ok(Evaluation { document, text, page })
}

fn subject(
    row: Row,
    bytes: &[u8],
    judge: &mut Judge<'_>,
    book: &Book,
    with_copies: bool,
) -> Result<Subject, EvaluateFault> {
    let picture = match photo::decode::picture(bytes, photo::decode::Limits::default()) {
        Ok(decoded) => decoded.picture,
        Err(fault) => return Ok(refused(row, fault.code().to_owned(), book)),
    };
    let (looked, analysis) = judge.look(&picture)?;
    let role = Role::of(&row, &book.names);
    let mut copies = Vec::new();
    if with_copies && role != Role::Derived {
        for (copy, picture) in copies::made(&picture, &analysis) {
            let (looked, _) = judge.look(&picture)?;
            copies.push(CopySeen { copy, looked });
        }
    }
    Ok(Subject {
        row,
        role,
        seen: Ok(looked),
        thumbnail: copies::thumbnail(&picture),
        copies,
        outcomes: Vec::new(),
    })
}

fn refused(row: Row, code: String, book: &Book) -> Subject {
    Subject {
        role: Role::of(&row, &book.names),
        row,
        seen: Err(code),
        thumbnail: Vec::new(),
        copies: Vec::new(),
        outcomes: Vec::new(),
    }
}

fn changed(subjects: &[Subject], book: &Book, rules: &Rules) -> Copies {
    let mut made = BTreeMap::new();
    for copy in subjects.iter().flat_map(|s| &s.copies) {
        *made.entry(copy.copy).or_default() += 1;
    }
    Copies {
        made,
        changes: subjects
            .iter()
            .flat_map(|s| copies::changes(s, book, rules.limits()))
            .collect(),
        angles: subjects
            .iter()
            .flat_map(|s| copies::moved_angles(s, book))
            .collect(),
    }
}

/// Writes a file and the folders above it.
///
/// # Errors
/// [`EvaluateFault::File`].
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), EvaluateFault> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder
        .map_or(Ok(()), std::fs::create_dir_all)
        .and_then(|()| std::fs::write(path, bytes))
        .map_err(|source| EvaluateFault::File {
            path: path.to_owned(),
            source,
        })
}
