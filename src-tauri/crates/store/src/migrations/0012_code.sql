-- Whose a 采集码 is: its SHA-256, never its payload. One code is one enrolment's, and one enrolment has one code.
-- `packet` is the newest packet that carries it; none while no photo was stored.
CREATE TABLE code_binding (
    session TEXT NOT NULL,
    code TEXT NOT NULL CHECK (length(code) = 64),
    enrolment TEXT NOT NULL UNIQUE REFERENCES enrolment (id),
    packet TEXT REFERENCES packet (id),
    at INTEGER NOT NULL,
    PRIMARY KEY (session, code)
) STRICT;
CREATE INDEX code_binding_shown ON code_binding (session, at);
