-- The line: who did not come when called, and everybody's place under each filter of a class.

-- When it was noted that the person did not come, milliseconds; none once they came.
ALTER TABLE enrolment ADD COLUMN absent_at INTEGER;
CREATE INDEX enrolment_absent ON enrolment (session, absent_at, position) WHERE absent_at IS NOT NULL;

-- A class by filter: captured, missing, retake (line.rs says the same words).
CREATE INDEX enrolment_line ON enrolment (session, class_name,
    (CASE state WHEN 'to_capture' THEN 'missing' WHEN 'retake' THEN 'retake' ELSE 'captured' END), position);

-- Who is next in a class.
CREATE INDEX enrolment_waiting ON enrolment (session, class_name, position)
    WHERE state IN ('to_capture', 'retake') AND not_eligible IS NULL AND absent_at IS NULL;
