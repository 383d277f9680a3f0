-- Payment: refunds. Each order is given back once; `state` is a copy of the record's.
CREATE TABLE refund (
    id TEXT PRIMARY KEY,
    enrolment TEXT NOT NULL REFERENCES enrolment (id),
    fee_order TEXT REFERENCES fee_order (id),
    state TEXT NOT NULL CHECK (state IN ('unknown', 'done', 'refused')),
    at INTEGER NOT NULL,
    record TEXT NOT NULL
) STRICT;
CREATE INDEX refund_enrolment ON refund (enrolment);
CREATE UNIQUE INDEX refund_once ON refund (fee_order) WHERE state <> 'refused';
-- Closed orders that a provider may still call paid.
CREATE INDEX fee_order_state ON fee_order (state, at);
