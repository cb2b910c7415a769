-- SPDX-License-Identifier: MIT
-- Version 4: buyers, orders and products as pages that staff edit, and where the shop stands in its account metrics.

-- Two records of one person: the one merged leads to the other, nothing moves, so that it can be taken back.
ALTER TABLE buyers ADD COLUMN merged_into INTEGER REFERENCES buyers;
ALTER TABLE buyers ADD COLUMN contacts TEXT;
CREATE INDEX buyers_merged ON buyers (merged_into) WHERE merged_into IS NOT NULL;

ALTER TABLE orders ADD COLUMN promised INTEGER NOT NULL DEFAULT 0;  -- delivery promised by then
ALTER TABLE orders ADD COLUMN dispatched INTEGER NOT NULL DEFAULT 0;
ALTER TABLE orders ADD COLUMN delivered INTEGER NOT NULL DEFAULT 0;
ALTER TABLE orders ADD COLUMN carrier TEXT;
ALTER TABLE orders ADD COLUMN tracking TEXT;
ALTER TABLE orders ADD COLUMN counted INTEGER NOT NULL DEFAULT 0;   -- it stands in day_tallies
CREATE INDEX orders_by_buyer ON orders (buyer) WHERE buyer IS NOT NULL;
CREATE INDEX orders_by_product ON orders (product) WHERE product IS NOT NULL;

ALTER TABLE products ADD COLUMN strengths TEXT;
ALTER TABLE products ADD COLUMN faults TEXT;                        -- known faults and their cures (I25)

-- What staff changed in a record, so that it can be taken back.
CREATE TABLE edits (
	id INTEGER PRIMARY KEY,
	login TEXT NOT NULL,
	at INTEGER NOT NULL,
	record TEXT NOT NULL,          -- buyer, order, product
	record_id INTEGER NOT NULL,
	field TEXT NOT NULL,
	was TEXT,
	now TEXT,
	undone INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX edits_to_undo ON edits (record, record_id, login, id) WHERE undone = 0;

-- When a buyer is to be written to or called again (Y8).
CREATE TABLE follow_ups (
	id INTEGER PRIMARY KEY,
	buyer INTEGER NOT NULL REFERENCES buyers,
	login TEXT NOT NULL,
	due INTEGER NOT NULL,
	text TEXT NOT NULL,
	done INTEGER NOT NULL DEFAULT 0 -- when; 0: not yet
) STRICT;
CREATE INDEX follow_ups_by_buyer ON follow_ups (buyer, due);
CREATE INDEX follow_ups_due ON follow_ups (due) WHERE done = 0;

-- How many orders, cases and buyers' messages a UTC day brought on each platform: what account metrics are shares of.
CREATE TABLE day_tallies (
	platform INTEGER NOT NULL,
	what TEXT NOT NULL,            -- orders, cases, messages
	day INTEGER NOT NULL,
	n INTEGER NOT NULL,
	PRIMARY KEY (platform, what, day)
) STRICT, WITHOUT ROWID;
INSERT INTO day_tallies SELECT platform, 'cases', opened / 86400000, count(*) FROM cases GROUP BY 1, 3;
INSERT INTO day_tallies SELECT platform, 'messages', sent / 86400000, count(*) FROM messages
	WHERE trigger = 'buyer-message' GROUP BY 1, 3;
-- An order's first message counts it: the order itself seldom knows its day.
INSERT INTO day_tallies SELECT platform, 'orders', first / 86400000, count(*) FROM
	(SELECT m.platform, min(m.sent) AS first FROM messages m WHERE m.order_id IS NOT NULL GROUP BY m.order_id) GROUP BY 1, 2;
UPDATE orders SET counted = 1 WHERE id IN (SELECT order_id FROM messages WHERE order_id IS NOT NULL);
CREATE TRIGGER day_tally_case AFTER INSERT ON cases BEGIN
	INSERT INTO day_tallies VALUES (new.platform, 'cases', new.opened / 86400000, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER day_tally_message AFTER INSERT ON messages WHEN new.trigger = 'buyer-message' BEGIN
	INSERT INTO day_tallies VALUES (new.platform, 'messages', new.sent / 86400000, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER day_tally_order AFTER INSERT ON messages
	WHEN new.order_id IS NOT NULL AND (SELECT counted FROM orders WHERE id = new.order_id) = 0 BEGIN
	INSERT INTO day_tallies VALUES (new.platform, 'orders', new.sent / 86400000, 1) ON CONFLICT DO UPDATE SET n = n + 1;
	UPDATE orders SET counted = 1 WHERE id = new.order_id;
END;

-- What counts toward a metric is rare; these find it in a window without reading the rest. src/store/standing.c has the
-- same triggers.
CREATE INDEX messages_counting ON messages (trigger, platform, sent, case_id) WHERE trigger IN
	('help-request', 'return-request', 'not-received', 'cancel-request', 'case-opened', 'claim-opened',
	 'claim-denied', 'claim-granted', 'payment-dispute', 'chargeback', 'refund-request', 'unpaid', 'review');
CREATE INDEX clocks_bad ON clocks (rule, due, case_id) WHERE state IN ('late', 'missed');
CREATE INDEX cases_lost ON cases (platform, moved, kind) WHERE status = 'lost';
