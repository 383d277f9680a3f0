//! The pictures of a replay, read when they are first played.

use crate::{CameraFault, RawFrame, mjpeg};
use domain::frame::FrameFormat;
use std::fs;
use std::path::{Path, PathBuf};

/// A sequence of pictures that is played over and over.
pub(super) struct Scene {
    /// The folder's name or the file's without its ending; empty for the replay's own pictures.
    pub(super) name: String,
    /// A recording that was not yet taken apart.
    recording: Option<PathBuf>,
    pictures: Vec<Picture>,
    /// Bytes of pictures held in memory.
    held: usize,
}

enum Picture {
    File(PathBuf),
    Held(RawFrame),
}

/// Pictures beyond this are read anew each time they are played.
const MOST_HELD: usize = 256 << 20;
/// A longer recording is refused: it is held in memory whole.
const MOST_RECORDED: u64 = 1 << 30;

/// The scenes at a path, in the order of their names; none when there is nothing to play. The first one
/// is played until another is asked for, so a folder's own pictures come after its scenes.
pub(super) fn find(path: &Path) -> Result<Vec<Scene>, CameraFault> {
    if path.is_file() {
        return Ok(vec![Scene::of_recording(String::new(), path.to_owned())]);
    }
    let mut scenes = Vec::new();
    let mut own = Vec::new();
    for entry in entries(path)? {
        let name = entry
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if entry.is_dir() {
            let pictures: Vec<_> = entries(&entry)?
                .into_iter()
                .filter(|file| is_picture(file))
                .collect();
            if !pictures.is_empty() {
                let name = entry
                    .file_name()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned();
                scenes.push(Scene::of_files(name, pictures));
            }
        } else if is_picture(&entry) {
            own.push(entry);
        } else if ends_with(&entry, &["mjpg", "mjpeg"]) {
            scenes.push(Scene::of_recording(name, entry));
        }
    }
    if !own.is_empty() {
        scenes.push(Scene::of_files(String::new(), own));
    }
    Ok(scenes)
}

impl Scene {
    fn of_files(name: String, files: Vec<PathBuf>) -> Self {
        Self {
            name,
            recording: None,
            pictures: files.into_iter().map(Picture::File).collect(),
            held: 0,
        }
    }

    fn of_recording(name: String, file: PathBuf) -> Self {
        Self {
            name,
            recording: Some(file),
            pictures: Vec::new(),
            held: 0,
        }
    }

    /// The picture at a position, which goes round.
    pub(super) fn picture(&mut self, position: usize) -> Result<RawFrame, CameraFault> {
        if let Some(file) = &self.recording {
            self.pictures = take_apart(file)?.into_iter().map(Picture::Held).collect();
            self.recording = None;
        }
        let round = self.pictures.len().max(1);
        let place = self.pictures.get_mut(position % round).ok_or(CameraFault::None)?;
        let frame = match place {
            Picture::Held(frame) => return Ok(frame.clone()),
            Picture::File(file) => frame(&fs::read(&*file).map_err(|e| unreadable(file, &e))?),
        };
        if self.held + frame.bytes.len() <= MOST_HELD {
            self.held += frame.bytes.len();
            *place = Picture::Held(frame.clone());
        }
        Ok(frame)
    }
}

/// The frames of a recording, at least one.
fn take_apart(file: &Path) -> Result<Vec<RawFrame>, CameraFault> {
    let length = fs::metadata(file).map_err(|e| unreadable(file, &e))?.len();
    if length > MOST_RECORDED {
        return Err(CameraFault::Format(format!(
            "{}: {length} bytes are too long a recording",
            file.display()
        )));
    }
    let recording = fs::read(file).map_err(|e| unreadable(file, &e))?;
    let frames: Vec<_> = mjpeg::split(&recording)
        .into_iter()
        .map(|range| frame(&recording[range]))
        .collect();
    if frames.is_empty() {
        return Err(CameraFault::Format(format!(
            "{}: no JPEG picture in it",
            file.display()
        )));
    }
    Ok(frames)
}

fn frame(jpeg: &[u8]) -> RawFrame {
    RawFrame::from_buffer(FrameFormat::Mjpeg, (0, 0), jpeg)
}

/// What lies in a folder, by name; nothing when there is no such folder.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, CameraFault> {
    let listing = match fs::read_dir(folder) {
        Ok(listing) => listing,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(unreadable(folder, &e)),
    };
    let entries: Result<Vec<_>, _> = listing.map(|entry| entry.map(|entry| entry.path())).collect();
    let mut entries = entries.map_err(|e| unreadable(folder, &e))?;
    entries.sort();
    Ok(entries)
}

fn unreadable(path: &Path, error: &std::io::Error) -> CameraFault {
    match error.kind() {
        std::io::ErrorKind::PermissionDenied => CameraFault::Permission,
        _ => CameraFault::Failed(format!("{}: {error}", path.display())),
    }
}

fn is_picture(path: &Path) -> bool {
    ends_with(path, &["jpg", "jpeg"])
}

fn ends_with(path: &Path, endings: &[&str]) -> bool {
    path.is_file()
        && path
            .extension()
            .is_some_and(|e| endings.iter().any(|ending| e.eq_ignore_ascii_case(ending)))
}
