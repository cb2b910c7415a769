-- SPDX-License-Identifier: MIT
-- Version 8: a follow-up is a case with a clock of its own. Those that were planned become such cases, as the act
-- follow-up would open them; those that were done are dropped with their table. event_hash() is migrate.c's.

ALTER TABLE follow_ups ADD COLUMN case_id INTEGER;
ALTER TABLE follow_ups ADD COLUMN planned INTEGER; -- nobody wrote down when: not before the buyer's newest case
UPDATE follow_ups SET case_id = id + (SELECT coalesce(max(id), 0) FROM cases),
	planned = min(due, coalesce((SELECT max(latest) FROM cases WHERE buyer = follow_ups.buyer), due));
DELETE FROM follow_ups WHERE done <> 0;

INSERT INTO persons (login, name) SELECT DISTINCT login, login FROM follow_ups WHERE true ON CONFLICT DO NOTHING;
INSERT INTO cases (id, open, next_due, platform, status, kind, lang, shop, buyer, subject, thread, opened, latest, moved)
	SELECT f.case_id, 1, f.due, b.platform, 'new', 'follow-up', coalesce(b.lang, (SELECT c.lang FROM cases c
	WHERE c.buyer = b.id AND c.lang IS NOT NULL ORDER BY c.latest DESC LIMIT 1)), (SELECT min(id) FROM shops), b.id,
	f.text, '', f.planned, f.planned, f.planned FROM follow_ups f JOIN buyers b ON b.id = f.buyer;
INSERT INTO events (case_id, at, type, side, trigger, person, text, due, row_hash)
	SELECT f.case_id, f.planned, 'follow-up', 'us', 'follow-up', p.id, f.text, f.due,
	event_hash(f.case_id, f.planned, 'follow-up', 'follow-up', 0, f.text, f.due)
	FROM follow_ups f JOIN persons p ON p.login = f.login;
INSERT INTO clocks (case_id, rule, family, state, why, started, due, remaining, stopped, title, consequence)
	SELECT case_id, 'shop.follow-up', 'shop', 'running', 'manual', planned, due, 0, 0, 'Follow-up',
	'A loyal buyer is forgotten' FROM follow_ups;
INSERT INTO clock_intervals SELECT k.id, 0, f.planned, 0, 1, f.due FROM clocks k JOIN follow_ups f ON f.case_id = k.case_id;
DROP TABLE follow_ups;
