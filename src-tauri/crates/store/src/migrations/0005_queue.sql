-- When a packet's last attempt failed and when it was last written on a stick; who took it back and whether the
-- central server knows; when its file was removed, long after its acknowledgement.
ALTER TABLE packet ADD COLUMN failed_at INTEGER;
ALTER TABLE packet ADD COLUMN exported_at INTEGER;
ALTER TABLE packet ADD COLUMN withdrawal TEXT;
ALTER TABLE packet ADD COLUMN withdrawal_told INTEGER NOT NULL DEFAULT 1 CHECK (withdrawal_told IN (0, 1));
ALTER TABLE packet ADD COLUMN retired_at INTEGER CHECK (retired_at IS NULL OR acknowledgement IS NOT NULL);

-- The order in which packets are sent, the oldest of them, and what the central server must still be told.
CREATE INDEX packet_next ON packet ((retake_of IS NULL), seq) WHERE state IN ('waiting', 'sending');
CREATE INDEX packet_unsent ON packet (seq) WHERE state IN ('waiting', 'sending');
CREATE INDEX packet_list ON packet ((state = 'needs_attention') DESC, seq DESC);
CREATE INDEX packet_untold ON packet (seq) WHERE withdrawal_told = 0;
CREATE INDEX packet_unretired ON packet (acknowledged_at) WHERE retired_at IS NULL;

-- Words of the central server to the people at the desk: a record of domain::change::Message.
CREATE TABLE message (
    id TEXT PRIMARY KEY,
    record TEXT NOT NULL,
    at INTEGER NOT NULL,
    read INTEGER NOT NULL DEFAULT 0 CHECK (read IN (0, 1))
) STRICT;
CREATE INDEX message_unread ON message (at) WHERE read = 0;

-- The same person photographed by two stations: a record of domain::change::Twin, named by this station's packet.
CREATE TABLE twin (
    packet TEXT NOT NULL REFERENCES packet (id),
    other_packet TEXT NOT NULL,
    record TEXT NOT NULL,
    at INTEGER NOT NULL,
    settled INTEGER NOT NULL DEFAULT 0 CHECK (settled IN (0, 1)),
    PRIMARY KEY (packet, other_packet)
) STRICT;
CREATE INDEX twin_open ON twin (at) WHERE settled = 0;

-- Rows of a session's roster that could not be taken, by their number in the server's roster.
CREATE TABLE roster_problem (
    session TEXT NOT NULL,
    row INTEGER NOT NULL,
    problem TEXT NOT NULL,
    PRIMARY KEY (session, row, problem)
) STRICT;
