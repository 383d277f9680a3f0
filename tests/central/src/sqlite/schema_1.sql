CREATE TABLE upload (
    id TEXT PRIMARY KEY, length INTEGER NOT NULL, offset INTEGER NOT NULL, metadata TEXT NOT NULL,
    expires_at INTEGER NOT NULL, state TEXT NOT NULL CHECK (state IN ('open', 'kept', 'gone'))
) STRICT;
CREATE TABLE packet (
    id TEXT PRIMARY KEY, sha256 TEXT NOT NULL, size INTEGER NOT NULL, received_at TEXT NOT NULL,
    station TEXT NOT NULL, session TEXT NOT NULL, retake_of TEXT, acknowledgement TEXT NOT NULL
) STRICT;
CREATE TABLE verdict (
    cursor INTEGER PRIMARY KEY AUTOINCREMENT, packet TEXT NOT NULL UNIQUE REFERENCES packet (id),
    state TEXT NOT NULL CHECK (state IN ('approved', 'rejected')), reasons TEXT NOT NULL,
    text TEXT NOT NULL, at TEXT NOT NULL
) STRICT;
CREATE TABLE purchase (
    id TEXT PRIMARY KEY, subject TEXT NOT NULL, amount_fen INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('unknown', 'not_paid', 'paid', 'closed')), code_url TEXT,
    created_at TEXT NOT NULL, paid_at TEXT
) STRICT;
CREATE TABLE audit (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, what TEXT NOT NULL, subject TEXT NOT NULL
) STRICT;
