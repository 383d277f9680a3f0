-- Chains of retakes, twins, withdrawals, stations of their own, and one list of changes.

ALTER TABLE upload ADD COLUMN owner TEXT NOT NULL DEFAULT '';
CREATE INDEX upload_by_state ON upload (state, owner);

-- root: the first capture of a chain of retakes. person: a keyed hash of the document's number. Packets of the first
-- schema have neither enrolment nor person nor class: they cannot be twins.
ALTER TABLE packet ADD COLUMN root TEXT NOT NULL DEFAULT '';
ALTER TABLE packet ADD COLUMN enrolment TEXT NOT NULL DEFAULT '';
ALTER TABLE packet ADD COLUMN person TEXT NOT NULL DEFAULT '';
ALTER TABLE packet ADD COLUMN class_name TEXT NOT NULL DEFAULT '';
CREATE INDEX packet_by_root ON packet (root);
CREATE INDEX packet_by_retake ON packet (retake_of);
CREATE INDEX packet_by_person ON packet (session, person, received_at);
CREATE INDEX packet_by_enrolment ON packet (session, enrolment, received_at);
CREATE INDEX packet_by_station ON packet (station, received_at);
CREATE INDEX packet_by_arrival ON packet (received_at, id);
UPDATE packet SET root = coalesce(retake_of, id);
WITH RECURSIVE up (id, top, depth) AS (
    SELECT id, root, 0 FROM packet
    UNION ALL
    SELECT up.id, packet.root, up.depth + 1 FROM up JOIN packet ON packet.id = up.top
    WHERE packet.root <> up.top AND up.depth < 100
)
UPDATE packet SET root = (SELECT top FROM up WHERE up.id = packet.id ORDER BY depth DESC LIMIT 1);

-- Also of packets that never came: a later commit is refused.
CREATE TABLE withdrawal (
    packet TEXT PRIMARY KEY, reason TEXT NOT NULL, by_whom TEXT NOT NULL, at TEXT NOT NULL
) STRICT;
CREATE TABLE twin (
    packet TEXT NOT NULL, other TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (packet, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX twin_by_other ON twin (other);

-- Codes and tokens are kept as SHA-256 alone. A station of the start-up token has a key and no token.
CREATE TABLE station (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, desk TEXT NOT NULL DEFAULT '',
    code_sha256 TEXT UNIQUE, code_expires_at INTEGER NOT NULL DEFAULT 0,
    station_key TEXT, token_sha256 TEXT UNIQUE,
    created_at TEXT NOT NULL, joined_at TEXT, revoked_at TEXT
) STRICT;
CREATE INDEX station_by_key ON station (station_key);

-- A roster's change names ids; the rows are those of told_row, as they are now. So nobody who was removed stays here.
CREATE TABLE change (
    cursor INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('setup', 'roster', 'verdict', 'message', 'twin')),
    body TEXT NOT NULL
) STRICT;
CREATE TABLE told_setup (session TEXT PRIMARY KEY, setup TEXT NOT NULL) STRICT;
CREATE TABLE told_row (
    session TEXT NOT NULL, id TEXT NOT NULL, place INTEGER NOT NULL, row TEXT NOT NULL, PRIMARY KEY (session, id)
) STRICT, WITHOUT ROWID;
INSERT INTO change (kind, body)
    SELECT 'verdict', json_object('packet', packet, 'state', state, 'reasons', json(reasons), 'text', text, 'at', at)
    FROM verdict ORDER BY cursor;

ALTER TABLE audit ADD COLUMN who TEXT NOT NULL DEFAULT '';
