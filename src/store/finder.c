/* SPDX-License-Identifier: MIT */
#include "store/finder.h"

#include <glib.h>

#include "domain/banned.h"

const struct finder finder_text = {
    .ids = "SELECT m.case_id AS case_id FROM search CROSS JOIN messages m ON m.id = search.rowid"
	   " WHERE search MATCH ? AND m.case_id IS NOT NULL",
    .probe = "EXISTS (SELECT 1 FROM messages m WHERE m.case_id = c.id"
	     " AND +m.id IN (SELECT rowid FROM search WHERE search MATCH ?))",
    .walk = "EXISTS (SELECT 1 FROM messages m CROSS JOIN search ON search.rowid = m.id"
	    " WHERE m.case_id = c.id AND search MATCH ?)",
    .scored = "SELECT m.case_id AS case_id, -bm25(search) AS score FROM search CROSS JOIN messages m"
	      " ON m.id = search.rowid WHERE search MATCH ? AND m.case_id IS NOT NULL",
    .count = "SELECT count(*) FROM (SELECT rowid FROM search WHERE search MATCH ? LIMIT ?)",
    .values = 1,
};
const struct finder finder_buyer = {
    .ids = "SELECT b.id AS case_id FROM buyer_search CROSS JOIN cases b ON b.buyer = buyer_search.rowid "
	   "WHERE buyer_search MATCH ?",
    .count = "SELECT count(*) FROM (SELECT rowid FROM buyer_search WHERE buyer_search MATCH ? LIMIT ?)",
    .values = 1,
};
const struct finder finder_order = {
    .ids = "SELECT o.id AS case_id FROM orders CROSS JOIN cases o ON o.order_id = orders.id"
	   " WHERE orders.number >= ? AND orders.number < ?",
    .count = "SELECT count(*) FROM (SELECT id FROM orders WHERE number >= ? AND number < ? LIMIT ?)",
    .values = 2,
};
const struct finder finder_case = {
    .ids = "SELECT id AS case_id FROM cases WHERE id = ? UNION"
	   " SELECT n.id FROM platforms CROSS JOIN cases n ON n.platform = platforms.id AND n.case_no = ?",
    .count = "SELECT 1 WHERE ? IS NOT ? AND ? > 0",
    .values = 2,
};

/* Among open cases only: those that a person closed over the years would be too many to sort. */
const struct finder finder_who = {
    .ids = "SELECT w.id AS case_id FROM persons CROSS JOIN cases w ON w.person = persons.id AND w.open = 1"
	   " WHERE persons.login = ? OR lower(persons.name) = lower(?)",
    .probe = "c.person IN (SELECT id FROM persons WHERE login = ? OR lower(name) = lower(?))",
    .count = "SELECT count(*) FROM (SELECT w.id FROM persons CROSS JOIN cases w ON w.person = persons.id AND "
	     "w.open = 1"
	     " WHERE persons.login = ? OR lower(persons.name) = lower(?) LIMIT ?)",
    .values = 2,
};

const struct finder finder_tag = {
    .ids = "SELECT case_id FROM case_tags WHERE tag = (SELECT id FROM tags WHERE folded = ?)",
    .probe = "EXISTS (SELECT 1 FROM case_tags g WHERE g.case_id = c.id"
	     " AND g.tag = (SELECT id FROM tags WHERE folded = ?))",
    .count = "SELECT count(*) FROM (SELECT 1 FROM case_tags"
	     " WHERE tag = (SELECT id FROM tags WHERE folded = ?) LIMIT ?)",
    .values = 1,
};

/* Marks of a case (is:), each with an index of its own. */
static const struct mark {
	const char *is;
	struct finder finder;
} marks[] = {
    {"pinned",
     {"SELECT id AS case_id FROM cases WHERE pinned = 1", "c.pinned = 1",
      "SELECT count(*) FROM (SELECT id FROM cases WHERE pinned = 1 LIMIT ?)", 0, NULL, NULL}},
    {"snoozed",
     {"SELECT case_id FROM clocks WHERE state = 'running' AND rule = 'snoozed'",
      "EXISTS (SELECT 1 FROM clocks k WHERE k.case_id = c.id AND k.state = 'running' AND k.rule = 'snoozed')",
      "SELECT count(*) FROM (SELECT 1 FROM clocks WHERE state = 'running' AND rule = 'snoozed' LIMIT ?)", 0,
      NULL, NULL}},
    {"promised",
     {"SELECT case_id FROM clocks WHERE state = 'running' AND rule IN ('promised', 'shop.promise')",
      "EXISTS (SELECT 1 FROM clocks k WHERE k.case_id = c.id AND k.state = 'running'"
      " AND k.rule IN ('promised', 'shop.promise'))",
      "SELECT count(*) FROM (SELECT 1 FROM clocks WHERE state = 'running' AND rule IN ('promised', "
      "'shop.promise')"
      " LIMIT ?)",
      0, NULL, NULL}},
    {"vip",
     {"SELECT v.id AS case_id FROM buyers CROSS JOIN cases v ON v.buyer = buyers.id WHERE buyers.vip = 1",
      "EXISTS (SELECT 1 FROM buyers WHERE id = c.buyer AND vip = 1)",
      "SELECT count(*) FROM (SELECT id FROM buyers WHERE vip = 1 LIMIT ?)", 0, NULL, NULL}},
};

const struct finder *finder_mark(const char *is)
{
	for (gsize i = 0; i < G_N_ELEMENTS(marks); i++) {
		if (g_str_equal(marks[i].is, is))
			return &marks[i].finder;
	}
	return NULL;
}
