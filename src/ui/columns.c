/* SPDX-License-Identifier: MIT */
#include "ui/columns.h"

#include "domain/intl.h"
#include "domain/when.h"

#include "domain/banned.h"

/* The cursor's mark and the mark of urgency stand before the columns. */
#define MARKS 2

enum column {
	COLUMN_DUE,
	COLUMN_LATEST,
	COLUMN_PLATFORM,
	COLUMN_BUYER,
	COLUMN_KIND,
	COLUMN_SUBJECT,
	COLUMN_VALUE,
	COLUMN_LANG,
	COLUMN_STATUS,
	COLUMN_WHO
};
G_STATIC_ASSERT(COLUMN_WHO + 1 == N_COLUMNS);

static const struct {
	const char *title;
	int least, good, most; /* columns; at `good` what usually stands there isn't cut */
	int rank;              /* what is given up last comes first */
	enum text_align align;
	const struct vocabulary *words; /* all that can stand there, NULL: anything */
} table[N_COLUMNS] = {
    [COLUMN_DUE] = {N_("Due"), 14, 14, 14, 1, TEXT_LEFT, NULL},
    [COLUMN_LATEST] = {N_("Latest"), 11, 11, 11, 2, TEXT_LEFT, NULL},
    [COLUMN_PLATFORM] = {N_("Platform"), 8, 8, 12, 6, TEXT_LEFT, NULL},
    [COLUMN_BUYER] = {N_("Buyer"), 10, 15, 24, 4, TEXT_LEFT, NULL},
    [COLUMN_KIND] = {N_("Kind"), 8, 16, 20, 7, TEXT_LEFT, &KINDS},
    [COLUMN_SUBJECT] = {N_("Subject"), 11, 20, 400, 3, TEXT_LEFT, NULL},
    [COLUMN_VALUE] = {N_("Value"), 8, 9, 12, 8, TEXT_RIGHT, NULL},
    [COLUMN_LANG] = {N_("Lang"), 7, 7, 7, 9, TEXT_LEFT, NULL},
    [COLUMN_STATUS] = {N_("Status"), 10, 10, 14, 5, TEXT_LEFT, &STATUSES},
    [COLUMN_WHO] = {N_("Who"), 6, 8, 12, 10, TEXT_LEFT, NULL},
};

static int column_of_rank(int rank)
{
	for (int i = 0; i < N_COLUMNS; i++) {
		if (table[i].rank == rank)
			return i;
	}
	return -1;
}

/* The widest of the column's words in this language, if it has a fixed set of them; else `other`. */
static int widest_word(int column, int other)
{
	const struct vocabulary *words = table[column].words;
	int widest = 0;
	for (int i = 0; words && i < words->count; i++)
		widest = MAX(widest, text_width(vocab_title(words, i)));
	return words ? CLAMP(widest, table[column].least, table[column].most) : other;
}

static int column_good(int column)
{
	return widest_word(column, table[column].good);
}

static int column_most(int column)
{
	return widest_word(column, table[column].most);
}

/* Hands `left` out, one to each column in turn up to its limit; `subject_first`: the subject gets one
 * with each. What is over. */
static int widen(struct columns *c, int left, int (*limit)(int column), bool subject_first)
{
	int limits[N_COLUMNS];
	for (int i = 0; i < N_COLUMNS; i++)
		limits[i] = c->width[i] ? limit(i) : 0;
	for (int before = 0; left > 0 && left != before;) {
		before = left;
		for (int i = 0; i < N_COLUMNS && left > 0; i++) {
			if (c->width[i] >= limits[i])
				continue;
			c->width[i]++;
			left--;
			if (subject_first && i != COLUMN_SUBJECT && left > 0 && c->width[COLUMN_SUBJECT]) {
				c->width[COLUMN_SUBJECT]++;
				left--;
			}
		}
	}
	return left;
}

void columns_fit(struct columns *c, int total, bool latest)
{
	int left = total - MARKS;
	*c = (struct columns){.total = total};
	for (int rank = 1; rank <= N_COLUMNS; rank++) {
		int i = column_of_rank(rank);
		if (i == COLUMN_LATEST && !latest)
			continue;
		int cost = table[i].least + (rank > 1);
		if (left < cost)
			break;
		c->width[i] = table[i].least;
		left -= cost;
	}
	left = widen(c, left, column_good, false);
	left = widen(c, left, column_most, true);
	c->width[COLUMN_SUBJECT] += c->width[COLUMN_SUBJECT] ? left : 0;
}

void columns_titles(const struct columns *c, struct line *l)
{
	line_fill(l, STYLE_TITLE, MARKS);
	for (int i = 0; i < N_COLUMNS; i++) {
		if (!c->width[i])
			continue;
		if (l->columns > MARKS)
			line_add(l, STYLE_TITLE, " ");
		line_column(l, STYLE_TITLE, _(table[i].title), c->width[i], table[i].align);
	}
	line_fill(l, STYLE_TITLE, c->total);
}

/* What stands in a cell; owned. */
static char *cell_text(enum column column, const struct inbox_row *r, gint64 now, GTimeZone *zone)
{
	switch (column) {
	case COLUMN_DUE:
		return when_countdown(r->due, now, zone);
	case COLUMN_LATEST:
		return when_past(r->latest, now, zone);
	case COLUMN_PLATFORM:
		return text_safe(r->platform ? r->platform : "", -1, TEXT_ONE_LINE);
	case COLUMN_BUYER:
		return text_safe(r->buyer ? r->buyer : "", -1, TEXT_ONE_LINE);
	case COLUMN_KIND:
		return g_strdup(vocab_title(&KINDS, (int)r->kind));
	case COLUMN_SUBJECT:
		return text_safe(r->subject ? r->subject : "", -1, TEXT_ONE_LINE);
	case COLUMN_VALUE:
		return money_short(&r->value);
	case COLUMN_LANG:
		return text_safe(r->lang ? r->lang : "", -1, TEXT_ONE_LINE);
	case COLUMN_STATUS:
		return g_strdup(vocab_title(&STATUSES, (int)r->status));
	case COLUMN_WHO:
		return text_safe(r->who ? r->who : "", -1, TEXT_ONE_LINE);
	}
	return g_strdup("");
}

void columns_row(const struct columns *c, const struct inbox_row *r, gint64 now, GTimeZone *zone,
		 struct line *l)
{
	bool overdue = r->due <= now, today = !overdue && r->due < when_day_end(now, zone);
	enum style urgent = overdue ? STYLE_OVERDUE : today ? STYLE_TODAY : STYLE_PLAIN;
	line_add(l, STYLE_PLAIN, " ");
	line_add(l, urgent, r->snoozed ? "z" : r->pinned ? "^" : overdue ? "!" : " ");
	for (int i = 0; i < N_COLUMNS; i++) {
		if (!c->width[i])
			continue;
		if (l->columns > MARKS)
			line_add(l, STYLE_PLAIN, " ");
		g_autofree char *text = cell_text((enum column)i, r, now, zone);
		line_column(l, i == COLUMN_DUE ? urgent : STYLE_PLAIN, text, c->width[i], table[i].align);
	}
	line_fill(l, STYLE_PLAIN, c->total);
	l->target = r->id;
}
