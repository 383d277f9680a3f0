//! Why no frames arrive.

/// Why no frames arrive. The search goes on by itself after each of them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CameraFault {
    /// No camera, or not the one asked for.
    #[error("no camera found")]
    None,
    /// Another program uses the camera.
    #[error("the camera is used by another program")]
    Busy,
    /// This user may not use the camera.
    #[error("no permission to use the camera")]
    Permission,
    /// The camera is there but sends nothing.
    #[error("the camera sends nothing")]
    Stalled,
    /// The camera was there and went away.
    #[error("the camera went away")]
    Gone,
    /// No format this station can use, or only frames that cannot be used.
    #[error("no usable picture format: {0}")]
    Format(String),
    /// Anything else.
    #[error("the camera failed: {0}")]
    Failed(String),
}

impl CameraFault {
    /// The code the UI has a message for, as listed at [`domain::frame::CameraHealth::fault`].
    pub fn code(&self) -> &'static str {
        match self {
            Self::None => "camera_none",
            Self::Busy => "camera_busy",
            Self::Permission => "camera_permission",
            Self::Stalled => "camera_stalled",
            Self::Gone => "camera_gone",
            Self::Format(_) => "camera_format",
            Self::Failed(_) => "camera_failed",
        }
    }
}
