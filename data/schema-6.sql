-- SPDX-License-Identifier: MIT
-- Version 6: files that go out with an answer. They are copied in when they are attached: the file itself may be gone, or
-- on another machine, when the outbox sends.

CREATE TABLE files (
	id INTEGER PRIMARY KEY,
	hash TEXT NOT NULL UNIQUE,     -- sha256 of the bytes: a file that many answers carry is kept once
	size INTEGER NOT NULL,
	bytes BLOB NOT NULL
) STRICT;

-- What is attached to a reply's draft. Sent, it becomes rows of attachments.
CREATE TABLE draft_files (
	id INTEGER PRIMARY KEY,
	case_id INTEGER NOT NULL REFERENCES cases,
	login TEXT NOT NULL,
	name TEXT NOT NULL,
	type TEXT NOT NULL,
	file INTEGER NOT NULL REFERENCES files,
	UNIQUE (case_id, login, name, file)
) STRICT;
CREATE INDEX draft_files_by_file ON draft_files (file);

ALTER TABLE attachments ADD COLUMN file INTEGER REFERENCES files; -- of an answer; NULL: a part of the message's source
CREATE INDEX attachments_by_file ON attachments (file) WHERE file IS NOT NULL;
