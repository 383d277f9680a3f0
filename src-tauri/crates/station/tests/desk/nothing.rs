//! What stands before a station that has nothing before it.

use domain::camera::{CameraInfo, CameraSetting, Equipment};
use domain::face::FaceAnalysis;
use domain::frame::{CameraHealth, CameraState, Frame};
use domain::picture::{Mask, Picture};
use domain::port::{AnalysisFault, Cameras, FaceAnalyser, FrameFeed, Matting};
use std::sync::Arc;
use std::time::Duration;

/// No camera at all.
pub(crate) struct NoCamera;

impl FrameFeed for NoCamera {
    fn latest(&self) -> Option<Arc<Frame>> {
        None
    }
    fn after(&self, _after: u64, patience: Duration) -> Option<Arc<Frame>> {
        std::thread::sleep(patience);
        None
    }
    fn health(&self) -> CameraHealth {
        CameraHealth {
            state: CameraState::Searching,
            name: String::new(),
            fps: 0.0,
            width: 0,
            height: 0,
            fault: None,
        }
    }
}

impl Cameras for NoCamera {
    fn present(&self) -> Vec<CameraInfo> {
        vec![]
    }
    fn look(&self) {}
    fn equipment(&self) -> Option<Equipment> {
        None
    }
    fn choose(&self, _source: &str) -> bool {
        false
    }
    fn chosen(&self) -> String {
        "auto".into()
    }
    fn configure(&self, _camera: &str, _setting: CameraSetting) {}
}

/// Networks that see nothing.
pub(crate) struct Blind;

impl FaceAnalyser for Blind {
    fn live(&mut self, _picture: &Picture) -> Result<FaceAnalysis, AnalysisFault> {
        Err(AnalysisFault::Model { what: "mesh".into() })
    }
    fn still(&mut self, _picture: &Picture) -> Result<FaceAnalysis, AnalysisFault> {
        Err(AnalysisFault::Model { what: "mesh".into() })
    }
}

impl Matting for Blind {
    fn matte(&mut self, _crop: &Picture) -> Result<Mask, AnalysisFault> {
        Err(AnalysisFault::Model {
            what: "matting".into(),
        })
    }
}
