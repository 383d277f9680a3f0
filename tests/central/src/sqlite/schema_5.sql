-- What became of walk-ins, whose packets carry an enrolment of the station's own; and people found by their document.

ALTER TABLE packet ADD COLUMN provisional INTEGER NOT NULL DEFAULT 0;
CREATE TABLE walk_in (
    session TEXT NOT NULL, provisional TEXT NOT NULL, entry TEXT, reason TEXT, at TEXT NOT NULL,
    PRIMARY KEY (session, provisional), CHECK ((entry IS NULL) <> (reason IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX told_by_document ON told_row (session, json_extract(row, '$.document_number'));

-- SQLite cannot change a check: the list is copied with its cursors, and goes on behind the last of them.
CREATE TABLE change_next (
    cursor INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('setup', 'roster', 'verdict', 'message', 'twin', 'walk_in')),
    body TEXT NOT NULL
) STRICT;
INSERT INTO change_next (cursor, kind, body) SELECT cursor, kind, body FROM change ORDER BY cursor;
DROP TABLE change;
ALTER TABLE change_next RENAME TO change;
