//! Finds faces, their mesh, the person and the shoulders, and separates the person from the wall.
//!
//! [`Models`] opens a folder of checked networks once; [`OnnxAnalyser`] and [`ModnetMatting`] are built
//! from it and implement the ports [`domain::port::FaceAnalyser`] and [`domain::port::Matting`]. Only
//! `session.rs` knows the inference library.
//!
//! Positions are continuous throughout: pixel `i` reaches from `i` to `i + 1`, its centre is `i + 0.5`.

mod analyser;
mod anchors;
mod blazeface;
mod blendshapes;
mod body;
mod canonical;
mod detection;
mod eigen;
mod face_mesh;
mod faces;
mod head_pose;
mod letterbox;
mod live;
mod manifest;
mod matting;
mod mesh;
mod mirror;
mod models;
mod person;
mod region;
mod scaled;
mod session;
mod shrink;

pub use analyser::OnnxAnalyser;
pub use face_mesh::FaceMesh;
pub use matting::ModnetMatting;
pub use models::Models;
