-- What a server of the first schema held: a chain of three captures, and one approved.
INSERT INTO upload VALUES ('u', 9, 4, '', 4000000000, 'open');
INSERT INTO packet VALUES ('c', 'c0', 1, '2026-11-24T08:03:00Z', 's1', 'x', 'b', '{}');
INSERT INTO packet VALUES ('b', 'b0', 1, '2026-11-24T08:02:00Z', 's1', 'x', 'a', '{}');
INSERT INTO packet VALUES ('a', 'a0', 1, '2026-11-24T08:01:00Z', 's1', 'x', NULL, '{}');
INSERT INTO packet VALUES ('d', 'd0', 1, '2026-11-24T08:04:00Z', 's1', 'x', NULL, '{}');
INSERT INTO verdict (packet, state, reasons, text, at)
    VALUES ('a', 'rejected', '["shadow"]', '重拍', '2026-11-24T09:00:00Z');
INSERT INTO verdict (packet, state, reasons, text, at) VALUES ('d', 'approved', '[]', '', '2026-11-24T09:01:00Z');
INSERT INTO audit (at, what, subject) VALUES ('2026-11-24T08:01:00Z', 'packet_kept', 'a');
