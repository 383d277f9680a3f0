-- A payment by order comes in once, however often it settles the fee: also after a refund of it that was refused.
CREATE INDEX taking_by_order ON taking (json_extract(record, '$.proof'))
    WHERE json_extract(record, '$.method') IN ('order', 'at_sync', 'voucher');
DROP TRIGGER settled_fee_is_a_taking;
CREATE TRIGGER settled_fee_is_a_taking AFTER INSERT ON settled_fee
WHEN json_extract(NEW.record, '$.method') NOT IN ('order', 'at_sync', 'voucher') OR NOT EXISTS (
    SELECT 1 FROM taking WHERE json_extract(taking.record, '$.proof') = json_extract(NEW.record, '$.proof')
        AND json_extract(taking.record, '$.method') IN ('order', 'at_sync', 'voucher'))
BEGIN INSERT INTO taking (enrolment, record) VALUES (NEW.enrolment, NEW.record); END;
