-- Each order is given back once; `state` is a copy of the record's.
ALTER TABLE refund ADD COLUMN fee_order TEXT REFERENCES fee_order (id);
ALTER TABLE refund ADD COLUMN state TEXT NOT NULL DEFAULT 'unknown' CHECK (state IN ('unknown', 'done', 'refused'));
CREATE INDEX refund_enrolment ON refund (enrolment);
CREATE UNIQUE INDEX refund_once ON refund (fee_order) WHERE state <> 'refused';
-- Closed orders that a provider may still call paid.
CREATE INDEX fee_order_state ON fee_order (state, at);
