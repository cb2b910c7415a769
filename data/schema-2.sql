-- SPDX-License-Identifier: MIT
-- Version 2: answers. Drafts are saved while they are typed, the outbox holds what is to leave.

ALTER TABLE events ADD COLUMN undoes INTEGER REFERENCES events; -- the event that this one takes back
CREATE INDEX events_undone ON events (case_id, undoes) WHERE undoes IS NOT NULL;

-- A secret of this store, for the check value in our Message-IDs.
CREATE TABLE secrets (
	name TEXT PRIMARY KEY,
	value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO secrets VALUES ('message-id', lower(hex(randomblob(16))));

CREATE TABLE drafts (
	case_id INTEGER NOT NULL REFERENCES cases,
	login TEXT NOT NULL,
	buffer TEXT NOT NULL,          -- reply, note
	text TEXT NOT NULL,
	cursor INTEGER NOT NULL,       -- byte of the text
	lang TEXT,
	templates TEXT NOT NULL,       -- names of those put in, with blanks between
	attempt TEXT NOT NULL,         -- idempotency key of the answer that it becomes
	seen INTEGER NOT NULL,         -- the newest event that the person had seen
	begun INTEGER NOT NULL,
	saved INTEGER NOT NULL,
	PRIMARY KEY (case_id, login, buffer)
) STRICT, WITHOUT ROWID;
CREATE INDEX drafts_by_person ON drafts (login, saved);

CREATE TABLE outbox (
	id INTEGER PRIMARY KEY,
	attempt TEXT NOT NULL UNIQUE,  -- idempotency key: one answer leaves once
	case_id INTEGER NOT NULL REFERENCES cases,
	event INTEGER NOT NULL REFERENCES events,
	message INTEGER NOT NULL REFERENCES messages,
	login TEXT NOT NULL,
	method TEXT NOT NULL,          -- mail, hand
	state TEXT NOT NULL,           -- waiting, sending, sent, failed, unsure, taken-back, to-post, posted
	send_after INTEGER NOT NULL,   -- until then it can be taken back
	tries INTEGER NOT NULL DEFAULT 0,
	next_try INTEGER NOT NULL DEFAULT 0,
	fault TEXT,
	created INTEGER NOT NULL,
	changed INTEGER NOT NULL
) STRICT;
CREATE INDEX outbox_by_state ON outbox (state, next_try);
CREATE INDEX outbox_by_case ON outbox (case_id);

-- How often this shop uses each canned reply: the picker puts those first that fit equally well.
CREATE TABLE template_uses (
	name TEXT PRIMARY KEY,
	uses INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
