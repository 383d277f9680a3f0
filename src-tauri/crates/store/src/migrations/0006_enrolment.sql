-- A person may be known by the candidate number of the entrance examination, or by a 采集码 alone.
ALTER TABLE enrolment ADD COLUMN exam_number TEXT NOT NULL DEFAULT '';
-- SHA-256 of the code, lower-case hex.
ALTER TABLE enrolment ADD COLUMN code TEXT;
CREATE INDEX enrolment_code ON enrolment (session, code) WHERE code IS NOT NULL;
