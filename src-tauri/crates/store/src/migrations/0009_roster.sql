-- Rosters: imports, and the headings a school uses. `record` is a domain::roster::ImportRecord.
CREATE TABLE roster_import (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    session TEXT NOT NULL,
    record TEXT NOT NULL
) STRICT;
CREATE INDEX roster_import_session ON roster_import (session, seq);

-- Which import had a row last; a row that no file ever had stands not here.
CREATE TABLE imported_row (
    enrolment TEXT PRIMARY KEY,
    import INTEGER NOT NULL REFERENCES roster_import (seq)
) STRICT, WITHOUT ROWID;

-- What the headings of a school's files were chosen to mean, by their plain form; NULL: no meaning at all.
CREATE TABLE roster_heading (
    school TEXT NOT NULL,
    heading TEXT NOT NULL,
    field TEXT,
    PRIMARY KEY (school, heading)
) STRICT, WITHOUT ROWID;
