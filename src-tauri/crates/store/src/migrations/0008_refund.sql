-- Money given back: a record of domain::payment::Refund.
CREATE TABLE refund (
    id TEXT PRIMARY KEY,
    enrolment TEXT NOT NULL REFERENCES enrolment (id),
    at INTEGER NOT NULL,
    record TEXT NOT NULL
) STRICT;
