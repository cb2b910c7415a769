-- SPDX-License-Identifier: MIT
-- Version 3: acts of persons. An act is a group of events, over one case or many, that is taken back as one.

CREATE TABLE acts (
	id INTEGER PRIMARY KEY,
	login TEXT NOT NULL,
	at INTEGER NOT NULL,
	what TEXT NOT NULL,            -- take, status, merge ...
	case_id INTEGER NOT NULL REFERENCES cases, -- the first one that it changed
	cases INTEGER NOT NULL,        -- how many it changed
	undone INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX acts_to_undo ON acts (login, id) WHERE undone = 0;

ALTER TABLE events ADD COLUMN act INTEGER REFERENCES acts;
ALTER TABLE events ADD COLUMN about INTEGER REFERENCES events;  -- the offer that it answers, the promise that it keeps
ALTER TABLE events ADD COLUMN other INTEGER REFERENCES cases;   -- of a merge, a split, a move, a link
ALTER TABLE events ADD COLUMN origin INTEGER REFERENCES events; -- the 'moved' event that brought it here
CREATE INDEX events_by_act ON events (act, case_id) WHERE act IS NOT NULL;
CREATE INDEX events_by_origin ON events (origin) WHERE origin IS NOT NULL;

ALTER TABLE cases ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN cost_currency TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN merged_into INTEGER REFERENCES cases; -- where its mails are now, and further ones go
CREATE INDEX cases_by_person ON cases (person) WHERE open = 1 AND person IS NOT NULL;
CREATE INDEX cases_pinned ON cases (id) WHERE pinned = 1;
CREATE INDEX clocks_promised ON clocks (case_id) WHERE state = 'running' AND rule IN ('promised', 'shop.promise');
CREATE INDEX clocks_snoozed ON clocks (case_id) WHERE state = 'running' AND rule = 'snoozed';
CREATE INDEX buyers_vip ON buyers (id) WHERE vip = 1;

-- Saved searches. An owner of '' is the shop: all see it.
CREATE TABLE views (
	id INTEGER PRIMARY KEY,
	owner TEXT NOT NULL,
	name TEXT NOT NULL,
	query TEXT NOT NULL,
	position INTEGER NOT NULL,
	UNIQUE (owner, name)
) STRICT;
INSERT INTO views (owner, name, query, position) VALUES
	('', 'Mine', 'who:me', 1),
	('', 'Unassigned', 'who:none', 2),
	('', 'Overdue', 'due:overdue', 3),
	('', 'Today', 'due:today', 4),
	('', 'Promises', 'is:promised', 5),
	('', 'Waiting too long', 'status:buyer due:overdue', 6),
	('', 'VIP', 'is:vip', 7);
