-- SPDX-License-Identifier: MIT
-- Version 9: an answer that is taken back is a draft that still knows its canned replies.

ALTER TABLE outbox ADD COLUMN templates TEXT NOT NULL DEFAULT ''; -- names, with blanks between
