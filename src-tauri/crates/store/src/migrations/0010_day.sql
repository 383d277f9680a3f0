-- End of day. Every payment, also the second for one fee, in the order in which it was written down: a record of
-- domain::payment::SettledFee, and the sheet it was signed on. Nothing here is ever removed, also not by a refund.
CREATE TABLE taking (
    seq INTEGER PRIMARY KEY,
    enrolment TEXT NOT NULL REFERENCES enrolment (id),
    record TEXT NOT NULL,
    sheet INTEGER
) STRICT;
CREATE INDEX taking_unsigned ON taking (seq) WHERE sheet IS NULL;
CREATE INDEX taking_enrolment ON taking (enrolment, seq);
INSERT INTO taking (enrolment, record) SELECT enrolment, record FROM settled_fee ORDER BY rowid;
CREATE TRIGGER settled_fee_is_a_taking AFTER INSERT ON settled_fee
BEGIN INSERT INTO taking (enrolment, record) VALUES (NEW.enrolment, NEW.record); END;

ALTER TABLE refund ADD COLUMN sheet INTEGER;

-- Sheets that a supervisor signed: a record of domain::day::SignedSheet and its SHA-256, lower-case hex.
CREATE TABLE signed_sheet (
    number INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    last_packet INTEGER NOT NULL,
    last_line INTEGER NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    record TEXT NOT NULL
) STRICT;
CREATE TRIGGER signed_sheet_is_not_changed BEFORE UPDATE ON signed_sheet
BEGIN SELECT RAISE(ABORT, 'a signed sheet is not changed'); END;
CREATE TRIGGER signed_sheet_is_not_removed BEFORE DELETE ON signed_sheet
BEGIN SELECT RAISE(ABORT, 'a signed sheet is not removed'); END;

-- Receipts: one number a payment, from 1 without gaps, and how often it was printed.
CREATE TABLE receipt (
    number INTEGER PRIMARY KEY,
    taking INTEGER NOT NULL UNIQUE REFERENCES taking (seq),
    copies INTEGER NOT NULL CHECK (copies > 0)
) STRICT;
