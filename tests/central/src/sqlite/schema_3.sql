-- code: a keyed hash of the capture code that a packet carries; empty where it carries none.
ALTER TABLE packet ADD COLUMN code TEXT NOT NULL DEFAULT '';
CREATE INDEX packet_by_code ON packet (session, code, received_at);
