//! What a station is put together from.

use crate::courier::Pace;
use domain::Moment;
use domain::port::{
    AnalysisFault, Cameras, Central, FaceAnalyser, FrameFeed, Matting, Papers, Sticks, Store,
};
use domain::specification::PhotoSpecification;
use packet::StationSigningKey;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The networks, loaded on the thread that uses them.
pub struct Sight {
    /// Finds faces.
    pub analyser: Box<dyn FaceAnalyser>,
    /// Separates person and wall.
    pub matting: Box<dyn Matting>,
    /// SHA-256 of each model file by its id; travels in the packet.
    pub models: BTreeMap<String, String>,
}

/// Loads the networks.
pub(crate) type SightLoader = Box<dyn FnOnce() -> Result<Sight, AnalysisFault> + Send>;
/// Opens a connection to the central server; each worker has its own.
pub(crate) type CentralOpener = Box<dyn Fn() -> Box<dyn Central> + Send + Sync>;

/// Everything a station needs from outside.
pub struct Parts {
    /// Id of this station; travels in the packet.
    pub id: String,
    /// Name of this station on screen.
    pub name: String,
    /// Version of the program.
    pub software: String,
    /// Signs every packet of this station.
    pub signer: StationSigningKey,
    /// What is kept on this machine.
    pub store: Arc<dyn Store>,
    /// Frames of the camera.
    pub feed: Arc<dyn FrameFeed>,
    /// The cameras behind those frames.
    pub cameras: Arc<dyn Cameras>,
    /// Source of a recording for training, in the spelling of [`Cameras::choose`]; none when there is none.
    pub training: Option<String>,
    /// The central server.
    pub central: CentralOpener,
    /// The removable disks of this machine.
    pub sticks: Box<dyn Sticks>,
    /// Receipts and day sheets.
    pub papers: Box<dyn Papers>,
    /// The networks.
    pub sight: SightLoader,
    /// Photo specifications that sessions may name.
    pub specifications: Vec<PhotoSpecification>,
    /// The clock.
    pub clock: fn() -> Moment,
    /// How often the courier does what.
    pub pace: Pace,
}
