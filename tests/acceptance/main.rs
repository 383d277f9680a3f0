//! The station without a window, through its widest doors: a real camera source, real networks, a real
//! server, a real disk that fills up, a process that is really killed.

mod bad_picture;
mod bad_roster;
mod batch;
mod booth;
mod by_hand;
mod checker;
mod code;
mod desk;
mod disk;
mod end_to_end;
mod geometry;
mod kill;
mod namespace;
mod nonsense;
mod optics;
mod pictures;
mod privacy;
mod rehearsal;
mod school;
mod second_instance;
mod unplugged;
