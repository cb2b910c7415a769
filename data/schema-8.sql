-- SPDX-License-Identifier: MIT
-- Version 8: a follow-up is a case with a clock of its own. Those that were planned before are kept in the buyer's notes.

UPDATE buyers SET notes = coalesce(notes || char(10), '') || (
	SELECT group_concat(strftime('%Y-%m-%d', f.due / 1000, 'unixepoch') || ': ' || f.text || ' (' || f.login || ')', char(10))
	FROM follow_ups f WHERE f.buyer = buyers.id AND f.done = 0)
	WHERE id IN (SELECT buyer FROM follow_ups WHERE done = 0);
DROP TABLE follow_ups;
