-- People who run the station. The PIN is kept as an argon2id string; wrong tries survive a restart.
CREATE TABLE operator (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('operator', 'supervisor')),
    pin_hash TEXT NOT NULL,
    wrong_tries INTEGER NOT NULL DEFAULT 0 CHECK (wrong_tries >= 0),
    locked_until INTEGER
) STRICT;

-- Session set-ups; a session under way keeps the version it began with, so older ones stay.
CREATE TABLE setup (
    session TEXT NOT NULL,
    version INTEGER NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (session, version)
) STRICT;

-- Roster rows and walk-ins. `position` is the order in which rows were first seen; the *_key columns,
-- `pinyin` and `initials` are normalised copies for the search.
CREATE TABLE enrolment (
    id TEXT PRIMARY KEY,
    session TEXT NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    document_number TEXT,
    school TEXT NOT NULL,
    class_name TEXT NOT NULL,
    student_number TEXT NOT NULL,
    ticket TEXT NOT NULL,
    prepaid INTEGER NOT NULL CHECK (prepaid IN (0, 1)),
    not_eligible TEXT,
    provisional INTEGER NOT NULL CHECK (provisional IN (0, 1)),
    state TEXT NOT NULL CHECK (state IN ('to_capture', 'captured', 'retake', 'approved')),
    name_key TEXT NOT NULL,
    number_key TEXT NOT NULL,
    student_key TEXT NOT NULL,
    ticket_key TEXT NOT NULL,
    pinyin TEXT NOT NULL,
    initials TEXT NOT NULL
) STRICT;
CREATE INDEX enrolment_class ON enrolment (session, class_name, position);
CREATE INDEX enrolment_number ON enrolment (session, number_key);
CREATE INDEX enrolment_name ON enrolment (session, name_key);
CREATE INDEX enrolment_state ON enrolment (state);

-- Orders on the central server, written down before the request leaves.
CREATE TABLE fee_order (
    id TEXT PRIMARY KEY,
    enrolment TEXT NOT NULL REFERENCES enrolment (id),
    amount_fen INTEGER NOT NULL CHECK (amount_fen >= 0),
    state TEXT NOT NULL CHECK (state IN ('unknown', 'not_paid', 'paid', 'closed')),
    code_url TEXT,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX fee_order_enrolment ON fee_order (enrolment);

-- A fee is settled once per enrolment; the first evidence stays.
CREATE TABLE settled_fee (
    enrolment TEXT PRIMARY KEY REFERENCES enrolment (id),
    record TEXT NOT NULL
) STRICT;

-- Sealed packets and their way to the central server. `seq` is the order in which they became durable.
CREATE TABLE packet (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    enrolment TEXT NOT NULL REFERENCES enrolment (id),
    session TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN
        ('held', 'waiting', 'sending', 'acknowledged', 'needs_attention', 'superseded', 'withdrawn')),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    size INTEGER NOT NULL CHECK (size > 0),
    stored_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_attempt_at INTEGER NOT NULL,
    last_fault TEXT,
    upload_url TEXT,
    confirmed_bytes INTEGER NOT NULL DEFAULT 0,
    held_for TEXT,
    retake_of TEXT,
    acknowledgement TEXT,
    acknowledged_at INTEGER,
    verdict TEXT,
    rejected INTEGER NOT NULL DEFAULT 0 CHECK (rejected IN (0, 1)),
    CHECK (state <> 'acknowledged' OR acknowledgement IS NOT NULL)
) STRICT;
CREATE INDEX packet_state ON packet (state, next_attempt_at);
CREATE INDEX packet_enrolment ON packet (enrolment, seq);
CREATE INDEX packet_acknowledged ON packet (acknowledged_at);
CREATE INDEX packet_rejected ON packet (seq) WHERE rejected = 1;

-- Who did what, when. Each line carries a hash over the line before it; lines are only ever added.
CREATE TABLE audit (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    operator TEXT NOT NULL,
    what TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_is_not_shortened BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;

-- Whether sending is paused, and the cursor of the last verdict.
CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT;
