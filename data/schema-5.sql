-- SPDX-License-Identifier: MIT
-- Version 5: clocks that came by a merge stand beside the case's own.

ALTER TABLE clocks ADD COLUMN strand INTEGER REFERENCES cases;    -- the case that the mails came from; NULL: this one
ALTER TABLE clocks ADD COLUMN order_id INTEGER REFERENCES orders; -- that the mail which started it is about
