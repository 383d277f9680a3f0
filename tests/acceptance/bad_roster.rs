//! Rosters as schools really send them.
