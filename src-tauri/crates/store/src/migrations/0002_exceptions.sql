-- Known exceptions of a person, granted by a supervisor: they outlive the session and the photo.
CREATE TABLE known_exception (
    enrolment TEXT NOT NULL REFERENCES enrolment (id),
    kind TEXT NOT NULL CHECK (kind IN ('head_cover', 'spectacles', 'injury')),
    reason TEXT NOT NULL,
    supervisor TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (enrolment, kind)
) STRICT;

-- A session's list of checks that only advise became changes to a named quality policy.
UPDATE setup SET record = json_remove(
    json_set(record, '$.policy.quality', json_object(
        'base', 'strict',
        'force', (SELECT json_group_object(value, 'advice') FROM json_each(record, '$.policy.advisory_checks')),
        'limits', json_object()
    )),
    '$.policy.advisory_checks')
WHERE json_type(record, '$.policy.advisory_checks') IS NOT NULL;
