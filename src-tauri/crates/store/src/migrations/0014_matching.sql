-- A walk-in that the central server settled: under which id the roster knows the person. A row of that id changes
-- the walk-in's record and makes no second one. The keys of 考生号 are written in Rust (search.rs).
CREATE TABLE settled_walk_in (
    roster_id TEXT PRIMARY KEY,
    enrolment TEXT NOT NULL UNIQUE REFERENCES enrolment (id)
) STRICT, WITHOUT ROWID;
