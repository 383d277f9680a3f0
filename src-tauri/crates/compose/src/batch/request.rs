//! What a batch is asked to do: files, folders, or a JSON document from another program.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Endings of files that a folder is searched for.
const PICTURES: [&str; 8] = ["jpg", "jpeg", "png", "webp", "bmp", "tif", "tiff", "jfif"];

/// One picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Where it lies.
    pub path: PathBuf,
    /// Name of what becomes of it, without an ending.
    pub name: String,
}

/// A batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The pictures in order, each with a name of its own.
    pub inputs: Vec<Input>,
    /// Folder of what is made.
    pub out: PathBuf,
}

/// Why a request cannot be carried out. Nothing was done.
#[derive(Debug, Error)]
pub enum RequestFault {
    /// Nothing to do.
    #[error("no picture was named; name files or folders, or give a document with --json")]
    Empty,
    /// A file or folder is not there or cannot be read.
    #[error("{path} cannot be read: {source}; check the name")]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The JSON document is not as it should be.
    #[error("the document of --json is not as it should be: {0}")]
    Json(#[from] serde_json::Error),
    /// A name that would leave the folder or hide a file.
    #[error(
        "{0:?} cannot be the name of a file here; leave out / \\ : * ? \" < > | and do not begin with a full stop"
    )]
    Name(String),
    /// What is made would be written over a picture of the request.
    #[error("{path} lies in the output folder and would be written over; choose another folder with --out")]
    Overwrites {
        /// The picture.
        path: PathBuf,
    },
    /// Two pictures would be written under one name.
    #[error("{first} and {second} would both be written as {name}.jpg; rename one, or name them with --json")]
    NameTaken {
        /// The name.
        name: String,
        /// The first.
        first: PathBuf,
        /// The second.
        second: PathBuf,
    },
}

impl RequestFault {
    /// The fault's code in machine-readable output.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "nothing_named",
            Self::Unreadable { .. } => "input_unreadable",
            Self::Json(_) => "request_unreadable",
            Self::Name(_) => "name_impossible",
            Self::Overwrites { .. } => "would_overwrite",
            Self::NameTaken { .. } => "name_taken",
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    items: Vec<DocumentItem>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DocumentItem {
    input: PathBuf,
    name: Option<String>,
}

/// Pictures by files and folders; a folder's pictures in the order of their names, those of folders in it too when
/// `recursive`. Hidden files and files that are no pictures by their ending are passed over in folders.
///
/// # Errors
/// [`RequestFault`].
pub fn from_paths(paths: &[PathBuf], recursive: bool) -> Result<Vec<Input>, RequestFault> {
    let mut found = vec![];
    for path in paths {
        if path.is_dir() {
            search(path, recursive, &mut found)?;
        } else {
            // A file that is named is tried whatever its ending; one that is not there is told now.
            std::fs::metadata(path).map_err(|source| RequestFault::Unreadable {
                path: path.clone(),
                source,
            })?;
            found.push(path.clone());
        }
    }
    let inputs = found.into_iter().map(|path| {
        let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        named(path, name.unwrap_or_default())
    });
    some(inputs.collect::<Result<_, _>>()?)
}

/// Pictures by a document: `{"items": [{"input": "path", "name": "optional"}]}`; unknown keys are refused.
///
/// # Errors
/// [`RequestFault`].
pub fn from_json(text: &str) -> Result<Vec<Input>, RequestFault> {
    let document: Document = serde_json::from_str(text)?;
    let inputs = document.items.into_iter().map(|item| {
        let stem = || {
            item.input
                .file_stem()
                .map(|stem| stem.to_string_lossy().into_owned())
        };
        let name = item.name.clone().or_else(stem).unwrap_or_default();
        named(item.input, name)
    });
    some(inputs.collect::<Result<_, _>>()?)
}

fn some(inputs: Vec<Input>) -> Result<Vec<Input>, RequestFault> {
    if inputs.is_empty() {
        return Err(RequestFault::Empty);
    }
    Ok(inputs)
}

fn named(path: PathBuf, name: String) -> Result<Input, RequestFault> {
    // What some system takes for a path, a pattern or a command.
    let plain = |c: char| !c.is_control() && !"/\\:*?\"<>|".contains(c);
    let holds = !name.is_empty()
        && name.len() <= 200
        && !name.starts_with(['.', ' '])
        && !name.ends_with(' ')
        && name.chars().all(plain);
    if !holds {
        return Err(RequestFault::Name(name));
    }
    Ok(Input { path, name })
}

/// Every name once, also where a file system knows no capitals; and none of the batch's own.
///
/// # Errors
/// [`RequestFault::NameTaken`] or [`RequestFault::Name`].
pub fn distinct(inputs: Vec<Input>) -> Result<Vec<Input>, RequestFault> {
    let mut taken: BTreeMap<String, &Path> = BTreeMap::new();
    for input in &inputs {
        let key = input.name.to_lowercase();
        if ["summary", "contact"].contains(&key.as_str()) {
            return Err(RequestFault::Name(input.name.clone()));
        }
        if let Some(first) = taken.insert(key, &input.path) {
            return Err(RequestFault::NameTaken {
                name: input.name.clone(),
                first: first.to_path_buf(),
                second: input.path.clone(),
            });
        }
    }
    Ok(inputs)
}

impl Request {
    /// Refuses a request that would write over one of its own pictures.
    ///
    /// # Errors
    /// [`RequestFault::Overwrites`].
    pub fn checked(self) -> Result<Self, RequestFault> {
        let Ok(out) = self.out.canonicalize() else {
            return Ok(self);
        };
        let inside = |input: &&Input| {
            let folder = input
                .path
                .canonicalize()
                .ok()
                .and_then(|path| path.parent().map(Path::to_path_buf));
            folder.is_some_and(|folder| folder == out)
        };
        match self.inputs.iter().find(inside) {
            Some(input) => Err(RequestFault::Overwrites {
                path: input.path.clone(),
            }),
            None => Ok(self),
        }
    }
}

fn search(folder: &Path, recursive: bool, found: &mut Vec<PathBuf>) -> Result<(), RequestFault> {
    let unreadable = |source| RequestFault::Unreadable {
        path: folder.to_path_buf(),
        source,
    };
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)
        .map_err(unreadable)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()
        .map_err(unreadable)?;
    entries.sort();
    for path in entries {
        let hidden = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'));
        let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase());
        if hidden {
            continue;
        }
        if path.is_dir() {
            if recursive {
                search(&path, recursive, found)?;
            }
        } else if ending.is_some_and(|ending| PICTURES.contains(&ending.as_str())) {
            found.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]
    use super::*;

    #[test]
    fn a_document_names_its_pictures_and_nothing_unknown() {
        let json = r#"{"items": [{"input": "a/1.jpg"}, {"input": "b/1.jpg", "name": "二"}]}"#;
        let names: Vec<_> = from_json(json)
            .unwrap()
            .into_iter()
            .map(|input| input.name)
            .collect();
        assert_eq!(names, ["1", "二"]);
        let code = |json: &str| from_json(json).and_then(distinct).unwrap_err().code();
        assert_eq!(
            code(r#"{"items": [{"input": "a/1.jpg"}, {"input": "b/1.JPG"}]}"#),
            "name_taken"
        );
        assert_eq!(
            code(r#"{"items": [{"input": "a.jpg", "colour": 1}]}"#),
            "request_unreadable"
        );
        assert_eq!(code(r#"{"items": []}"#), "nothing_named");
        for name in ["../x", "a/b", "a\\b", ".x", "", " x", "summary", "x\n", "C:x"] {
            let json = serde_json::json!({ "items": [{ "input": "a.jpg", "name": name }] });
            assert_eq!(code(&json.to_string()), "name_impossible", "{name:?}");
        }
    }
}
