-- SPDX-License-Identifier: MIT
-- Version 7: tags, and automation. All of it but the turns follows from the events.

ALTER TABLE events ADD COLUMN rule TEXT; -- the rule of data/rules that did it ("shop.vip"); NULL: none

CREATE TABLE tags (
	id INTEGER PRIMARY KEY,
	folded TEXT NOT NULL UNIQUE,   -- text_fold() of the name: what is compared
	name TEXT NOT NULL             -- as it was first written
) STRICT;

CREATE TABLE case_tags (
	tag INTEGER NOT NULL REFERENCES tags,
	case_id INTEGER NOT NULL REFERENCES cases,
	PRIMARY KEY (tag, case_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_tags_by_case ON case_tags (case_id);

-- Who was given the last case of a rule that gives them out in turn.
CREATE TABLE rule_turns (
	rule TEXT PRIMARY KEY,
	login TEXT NOT NULL
) STRICT, WITHOUT ROWID;
