-- SPDX-License-Identifier: MIT
-- The store of amends, version 1. Later versions are numbered migrations in src/store/migrate.c.
--
-- Times are UTC milliseconds (0: none), money is minor units and an ISO 4217 code, words of the trade (kind,
-- status, trigger ...) are the ids of src/domain/vocab.c. Any sqlite3 shell can read this file; only amends may
-- write it, because writers queue on a lock file beside it.

CREATE TABLE shops (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL,
	zone TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE persons (
	id INTEGER PRIMARY KEY,
	login TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL
) STRICT;

CREATE TABLE platforms (
	id INTEGER PRIMARY KEY,
	word TEXT NOT NULL UNIQUE, -- "ebay"
	name TEXT NOT NULL         -- "eBay"
) STRICT;

-- A buyer is known by what is stable on one platform: a handle or a relay address.
CREATE TABLE buyers (
	id INTEGER PRIMARY KEY,
	platform INTEGER NOT NULL REFERENCES platforms,
	alias TEXT NOT NULL,
	name TEXT,
	lang TEXT,
	notes TEXT,
	segment TEXT,
	vip INTEGER NOT NULL DEFAULT 0,
	UNIQUE (platform, alias)
) STRICT;

CREATE TABLE products (
	id INTEGER PRIMARY KEY,
	sku TEXT NOT NULL UNIQUE,
	name TEXT,
	notes TEXT -- strengths, weaknesses, known faults (I25)
) STRICT;

CREATE TABLE orders (
	id INTEGER PRIMARY KEY,
	platform INTEGER NOT NULL REFERENCES platforms,
	number TEXT NOT NULL,
	buyer INTEGER REFERENCES buyers,
	product INTEGER REFERENCES products,
	item TEXT,
	minor INTEGER NOT NULL DEFAULT 0,
	currency TEXT NOT NULL DEFAULT '',
	ordered INTEGER NOT NULL DEFAULT 0,
	UNIQUE (platform, number)
) STRICT;
CREATE INDEX orders_by_number ON orders (number);

CREATE TABLE cases (
	id INTEGER PRIMARY KEY,
	open INTEGER NOT NULL,         -- 1: the status is an open one
	next_due INTEGER NOT NULL,     -- least due of the running clocks; 2^63-1: none runs
	platform INTEGER NOT NULL REFERENCES platforms,
	status TEXT NOT NULL,
	kind TEXT NOT NULL,
	lang TEXT,                     -- of the buyer's latest message
	person INTEGER REFERENCES persons,
	shop INTEGER REFERENCES shops,
	buyer INTEGER REFERENCES buyers,
	order_id INTEGER REFERENCES orders,
	case_no TEXT,                  -- the platform's number for it
	subject TEXT,
	thread TEXT NOT NULL,          -- the subject without Re: and the like, folded
	reason TEXT,                   -- the platform's words for the complaint
	minor INTEGER NOT NULL DEFAULT 0,
	currency TEXT NOT NULL DEFAULT '',
	opened INTEGER NOT NULL,
	latest INTEGER NOT NULL,       -- time of the newest event
	moved INTEGER NOT NULL,        -- time of the newest event that moves clocks or status
	outcome TEXT,
	cost INTEGER NOT NULL DEFAULT 0
) STRICT;
-- The inbox: walked in order, filtered without touching the table.
CREATE INDEX cases_inbox ON cases (next_due, id, platform, status, kind, lang, person, currency, minor) WHERE open = 1;
CREATE INDEX cases_closed ON cases (next_due, id, platform, status, kind, lang, person, currency, minor) WHERE open = 0;
CREATE INDEX cases_by_due ON cases (next_due, id);
CREATE INDEX cases_by_buyer ON cases (buyer, latest);
CREATE INDEX cases_by_order ON cases (order_id) WHERE order_id IS NOT NULL;
CREATE INDEX cases_by_number ON cases (platform, case_no) WHERE case_no IS NOT NULL;

CREATE TABLE messages (
	id INTEGER PRIMARY KEY,
	case_id INTEGER REFERENCES cases,  -- NULL: kept with its order, or alone
	order_id INTEGER REFERENCES orders,
	platform INTEGER NOT NULL REFERENCES platforms,
	buyer INTEGER REFERENCES buyers,
	message_id TEXT NOT NULL UNIQUE,
	content_hash TEXT NOT NULL,    -- of the mail: two mails of one Message-ID are told apart by it
	side TEXT NOT NULL,
	trigger TEXT NOT NULL,
	kind TEXT NOT NULL,
	automatic INTEGER NOT NULL,
	sent INTEGER NOT NULL,
	received INTEGER NOT NULL,
	stated_due INTEGER NOT NULL,
	stated TEXT,
	reason TEXT,
	minor INTEGER NOT NULL,
	currency TEXT NOT NULL,
	lang TEXT,
	sender TEXT,
	subject TEXT,
	flaws INTEGER NOT NULL,
	flaw_note TEXT,
	origin TEXT,
	size INTEGER NOT NULL,         -- bytes of the source
	row_hash TEXT NOT NULL,        -- of this row's text and its source: see verify.c
	text TEXT NOT NULL,
	whole TEXT
) STRICT;
CREATE INDEX messages_by_case ON messages (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX messages_kept ON messages (order_id) WHERE case_id IS NULL AND order_id IS NOT NULL;

-- References to mails that hadn't come yet, so that they find their case when they do.
CREATE TABLE message_refs (
	reference TEXT NOT NULL,
	message INTEGER NOT NULL REFERENCES messages,
	PRIMARY KEY (reference, message)
) STRICT, WITHOUT ROWID;

CREATE TABLE attachments (
	id INTEGER PRIMARY KEY,
	message INTEGER NOT NULL REFERENCES messages,
	name TEXT NOT NULL,
	type TEXT NOT NULL,
	size INTEGER NOT NULL,
	part TEXT NOT NULL
) STRICT;
CREATE INDEX attachments_by_message ON attachments (message);

-- The mail as it came, in pieces of 1 MiB: id = message * 4096 + piece.
CREATE TABLE sources (
	id INTEGER PRIMARY KEY,
	bytes BLOB NOT NULL
) STRICT;

-- What happened, for good: nothing is edited away, undo is a new event.
CREATE TABLE events (
	id INTEGER PRIMARY KEY,
	case_id INTEGER NOT NULL REFERENCES cases,
	at INTEGER NOT NULL,
	type TEXT NOT NULL,
	side TEXT NOT NULL,
	trigger TEXT NOT NULL,
	message INTEGER REFERENCES messages,
	person INTEGER REFERENCES persons,
	text TEXT,
	minor INTEGER NOT NULL DEFAULT 0,
	currency TEXT NOT NULL DEFAULT '',
	due INTEGER NOT NULL DEFAULT 0,
	row_hash TEXT NOT NULL
) STRICT;
CREATE INDEX events_by_case ON events (case_id, at, id);
CREATE TRIGGER events_stay_as_written BEFORE UPDATE ON events BEGIN
	SELECT raise(ABORT, 'events are append-only');
END;
CREATE TRIGGER events_stay BEFORE DELETE ON events BEGIN
	SELECT raise(ABORT, 'events are append-only');
END;

CREATE TABLE clocks (
	id INTEGER PRIMARY KEY,
	case_id INTEGER NOT NULL REFERENCES cases,
	rule TEXT,
	family TEXT NOT NULL,
	state TEXT NOT NULL,
	why TEXT NOT NULL,
	started INTEGER NOT NULL,
	due INTEGER NOT NULL,
	remaining INTEGER NOT NULL,
	stopped INTEGER NOT NULL,
	title TEXT,
	consequence TEXT,
	stated TEXT
) STRICT;
CREATE INDEX clocks_by_case ON clocks (case_id);

-- When a clock ran and when it stood still, so that any due time can explain itself.
CREATE TABLE clock_intervals (
	clock INTEGER NOT NULL REFERENCES clocks ON DELETE CASCADE,
	n INTEGER NOT NULL,
	begun INTEGER NOT NULL,
	ended INTEGER NOT NULL, -- 0 while it lasts
	running INTEGER NOT NULL,
	due INTEGER NOT NULL,
	PRIMARY KEY (clock, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE import_marks (
	path TEXT PRIMARY KEY,
	size INTEGER NOT NULL,
	mtime INTEGER NOT NULL,
	offset INTEGER NOT NULL,
	head TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- How many open cases are due in each UTC day (scale 1) and hour (scale 2), and in all (scale 0, slot 0), so
-- that the header's counts cost the same whatever the store's size.
CREATE TABLE tallies (
	scale INTEGER NOT NULL,
	slot INTEGER NOT NULL,
	cases INTEGER NOT NULL,
	PRIMARY KEY (scale, slot)
) STRICT, WITHOUT ROWID;
INSERT INTO tallies VALUES (0, 0, 0);
CREATE TRIGGER tally_new AFTER INSERT ON cases WHEN new.open = 1 BEGIN
	INSERT INTO tallies VALUES (0, 0, 1), (1, new.next_due / 86400000, 1), (2, new.next_due / 3600000, 1)
		ON CONFLICT DO UPDATE SET cases = cases + 1;
END;
CREATE TRIGGER tally_leave AFTER UPDATE OF open, next_due ON cases
	WHEN old.open = 1 AND (new.open <> 1 OR new.next_due <> old.next_due) BEGIN
	UPDATE tallies SET cases = cases - 1 WHERE scale = 0 AND slot = 0;
	UPDATE tallies SET cases = cases - 1 WHERE scale = 1 AND slot = old.next_due / 86400000;
	UPDATE tallies SET cases = cases - 1 WHERE scale = 2 AND slot = old.next_due / 3600000;
END;
CREATE TRIGGER tally_enter AFTER UPDATE OF open, next_due ON cases
	WHEN new.open = 1 AND (old.open <> 1 OR new.next_due <> old.next_due) BEGIN
	INSERT INTO tallies VALUES (0, 0, 1), (1, new.next_due / 86400000, 1), (2, new.next_due / 3600000, 1)
		ON CONFLICT DO UPDATE SET cases = cases + 1;
END;

-- Search over folded text (text_fold()): the rowid is the message's or the buyer's id.
CREATE VIRTUAL TABLE search USING fts5 (
	text, content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE buyer_search USING fts5 (
	text, content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2'
);
