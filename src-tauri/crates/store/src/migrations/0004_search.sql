-- Finding one person among a million, and counting classes, without reading all rows.

-- What a person can be found by, each way one row, written in Rust (search_keys.rs, which also fills this
-- table for the people who are here already). `session` is a number in place of the name, which would
-- stand in every row; `person` is the position of the enrolment, so that hits come in the roster's order.
CREATE TABLE search_session (
    id INTEGER PRIMARY KEY,
    session TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE search_key (
    session INTEGER NOT NULL REFERENCES search_session (id),
    kind INTEGER NOT NULL,
    key TEXT NOT NULL,
    person INTEGER NOT NULL,
    PRIMARY KEY (session, kind, key, person)
) STRICT, WITHOUT ROWID;

-- Positions were always counted up by one; now they are also looked for.
CREATE UNIQUE INDEX enrolment_position ON enrolment (position);
DROP INDEX enrolment_name;
CREATE INDEX enrolment_name ON enrolment (session, name_key, position);
DROP INDEX enrolment_number;
CREATE INDEX enrolment_number ON enrolment (session, number_key, position) WHERE number_key <> '';

-- What only the search of before looked at.
ALTER TABLE enrolment DROP COLUMN pinyin;
ALTER TABLE enrolment DROP COLUMN initials;
ALTER TABLE enrolment DROP COLUMN student_key;
ALTER TABLE enrolment DROP COLUMN ticket_key;

-- The counts of each class, always those of its rows: the triggers see every change, whoever makes it.
-- `first` is the lowest position in the class.
CREATE TABLE class_tally (
    session TEXT NOT NULL,
    class_name TEXT NOT NULL,
    first INTEGER NOT NULL,
    total INTEGER NOT NULL CHECK (total >= 0),
    captured INTEGER NOT NULL CHECK (captured >= 0),
    retake INTEGER NOT NULL CHECK (retake >= 0),
    PRIMARY KEY (session, class_name)
) STRICT, WITHOUT ROWID;
CREATE INDEX class_tally_first ON class_tally (session, first);
INSERT INTO class_tally
    SELECT session, class_name, min(position), count(*), sum(state IN ('captured', 'approved')),
        sum(state = 'retake')
    FROM enrolment GROUP BY session, class_name;

CREATE TRIGGER class_gains AFTER INSERT ON enrolment BEGIN
    INSERT INTO class_tally VALUES (NEW.session, NEW.class_name, NEW.position, 1,
        NEW.state IN ('captured', 'approved'), NEW.state = 'retake')
    ON CONFLICT (session, class_name) DO UPDATE SET first = min(first, excluded.first), total = total + 1,
        captured = captured + excluded.captured, retake = retake + excluded.retake;
END;
CREATE TRIGGER class_changes AFTER UPDATE OF state ON enrolment
WHEN OLD.state <> NEW.state AND OLD.class_name = NEW.class_name BEGIN
    UPDATE class_tally SET
        captured = captured + (NEW.state IN ('captured', 'approved')) - (OLD.state IN ('captured', 'approved')),
        retake = retake + (NEW.state = 'retake') - (OLD.state = 'retake')
    WHERE session = NEW.session AND class_name = NEW.class_name;
END;
CREATE TRIGGER class_moves AFTER UPDATE OF class_name ON enrolment WHEN OLD.class_name <> NEW.class_name BEGIN
    UPDATE class_tally SET total = total - 1,
        captured = captured - (OLD.state IN ('captured', 'approved')), retake = retake - (OLD.state = 'retake'),
        first = coalesce((SELECT min(position) FROM enrolment
            WHERE session = OLD.session AND class_name = OLD.class_name), first)
    WHERE session = OLD.session AND class_name = OLD.class_name;
    DELETE FROM class_tally WHERE session = OLD.session AND class_name = OLD.class_name AND total = 0;
    INSERT INTO class_tally VALUES (NEW.session, NEW.class_name, NEW.position, 1,
        NEW.state IN ('captured', 'approved'), NEW.state = 'retake')
    ON CONFLICT (session, class_name) DO UPDATE SET first = min(first, excluded.first), total = total + 1,
        captured = captured + excluded.captured, retake = retake + excluded.retake;
END;
CREATE TRIGGER class_loses AFTER DELETE ON enrolment BEGIN
    UPDATE class_tally SET total = total - 1,
        captured = captured - (OLD.state IN ('captured', 'approved')), retake = retake - (OLD.state = 'retake'),
        first = coalesce((SELECT min(position) FROM enrolment
            WHERE session = OLD.session AND class_name = OLD.class_name), first)
    WHERE session = OLD.session AND class_name = OLD.class_name;
    DELETE FROM class_tally WHERE session = OLD.session AND class_name = OLD.class_name AND total = 0;
END;
