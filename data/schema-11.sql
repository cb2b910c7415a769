-- SPDX-License-Identifier: MIT
-- Version 11: what couldn't be taken back is told once, and undo steps over it from then on.

ALTER TABLE acts ADD COLUMN stuck INTEGER NOT NULL DEFAULT 0; -- 1: it was told
