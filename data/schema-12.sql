-- SPDX-License-Identifier: MIT
-- Version 12: what couldn't be taken back is told once, and undo steps over it from then on; a dropped view
-- can be taken back.

ALTER TABLE acts ADD COLUMN stuck INTEGER NOT NULL DEFAULT 0; -- 1: it was told

CREATE TABLE dropped_views (
	id INTEGER PRIMARY KEY,
	login TEXT NOT NULL,           -- who dropped it
	at INTEGER NOT NULL,
	act INTEGER NOT NULL,          -- the newest act then: undo goes back in order
	owner TEXT NOT NULL,
	name TEXT NOT NULL,
	query TEXT NOT NULL,
	position INTEGER NOT NULL
) STRICT;
CREATE INDEX dropped_views_to_undo ON dropped_views (login, id);
