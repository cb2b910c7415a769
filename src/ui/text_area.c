/* SPDX-License-Identifier: MIT */
#include "ui/text_area_parts.h"

#include "domain/template.h"
#include "domain/text.h"

#include <string.h>

#include "domain/banned.h"

struct text_area *text_area_create(int columns)
{
	struct text_area *a = g_new0(struct text_area, 1);
	a->text = g_string_new(NULL);
	a->rows = g_array_new(FALSE, FALSE, sizeof(gsize));
	a->edits = g_ptr_array_new_with_free_func(text_area_edit_destroy);
	a->killed = g_string_new(NULL);
	a->wanted = -1;
	text_area_resize(a, columns);
	return a;
}

void text_area_destroy(struct text_area *a)
{
	if (!a)
		return;
	g_string_free(a->text, TRUE);
	g_array_unref(a->rows);
	g_ptr_array_unref(a->edits);
	g_string_free(a->killed, TRUE);
	g_free(a);
}

/* Text from outside as it may stand here: line ends are \n, what shows nothing and acts on terminals is left
 * out, the rest is safe. Owned. */
static char *clean(const char *text)
{
	g_autofree char *valid = g_utf8_make_valid(text, -1);
	g_autoptr(GString) out = g_string_sized_new(strlen(valid));
	for (const char *p = valid; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		GUnicodeType type = g_unichar_type(c);
		if (c == '\r' && p[1] != '\n')
			g_string_append_c(out, '\n');
		else if (c == '\n' || c == '\t' || (type != G_UNICODE_CONTROL && type != G_UNICODE_FORMAT))
			g_string_append_len(out, p, g_utf8_next_char(p) - p);
	}
	return text_safe(out->str, (gssize)out->len, TEXT_LINES);
}

void text_area_set(struct text_area *a, const char *text, gsize cursor)
{
	g_autofree char *safe = clean(text ? text : "");
	gsize length = strlen(safe);
	if (length > TEXT_AREA_LIMIT)
		length = (gsize)(g_utf8_find_prev_char(safe, safe + TEXT_AREA_LIMIT) - safe);
	text_area_change(a, 0, a->text->len, safe, length);
	text_area_forget(a);
	text_area_go(a, cursor);
}

const char *text_area_text(const struct text_area *a)
{
	return a->text->str;
}

gsize text_area_length(const struct text_area *a)
{
	return a->text->len;
}

guint text_area_version(const struct text_area *a)
{
	return a->version;
}

gsize text_area_cursor(const struct text_area *a)
{
	return a->cursor;
}

void text_area_change(struct text_area *a, gsize from, gsize to, const char *text, gsize length)
{
	g_string_erase(a->text, (gssize)from, (gssize)(to - from));
	g_string_insert_len(a->text, (gssize)from, text, (gssize)length);
	text_area_wrap(a, from, to, from + length);
	a->version++;
}

/* The hole round `at`, also where it only begins (`edges` < 0) or ends (> 0) there. */
static bool hole_round(const struct text_area *a, gsize at, int edges, gsize *from, gsize *to)
{
	g_autoptr(GArray) holes = g_array_new(FALSE, FALSE, sizeof(struct template_hole));
	template_find_holes(a->text->str, holes);
	for (guint i = 0; i < holes->len; i++) {
		const struct template_hole *h = &g_array_index(holes, struct template_hole, i);
		bool inside = at > h->at && at < h->at + h->length;
		/* Two braces without an end are somebody's typing, not yet a hole. */
		if (h->length > 2 &&
		    (inside || (edges < 0 && at == h->at) || (edges > 0 && at == h->at + h->length))) {
			*from = h->at;
			*to = h->at + h->length;
			return true;
		}
	}
	return false;
}

bool text_area_on_hole(const struct text_area *a, gsize *from, gsize *to)
{
	return hole_round(a, a->cursor, a->at_hole ? -1 : 0, from, to);
}

/* Where typed text goes: over the hole or at the cursor. */
static bool put(struct text_area *a, enum edit_kind kind, const char *text, gsize length)
{
	gsize from = a->cursor, to = a->cursor;
	bool over = text_area_on_hole(a, &from, &to);
	if (a->text->len - (to - from) + length > TEXT_AREA_LIMIT)
		return false;
	a->killing = false;
	if (over)
		a->joins = false;
	text_area_edit(a, kind, from, to, text, length);
	return true;
}

/* Whether the mark may join the letter before the cursor; alone, text_safe() would give it a letter of its
 * own. */
static bool bears_mark(const struct text_area *a, const char *mark)
{
	gsize from = text_area_before(a, a->cursor);
	if (from == a->cursor || a->text->str[from] == '\n')
		return false;
	g_autofree char *both = g_strdup_printf("%.*s%s", (int)(a->cursor - from), a->text->str + from, mark);
	g_autofree char *safe = text_safe(both, -1, TEXT_ONE_LINE);
	return g_str_equal(safe, both);
}

bool text_area_type(struct text_area *a, gunichar c)
{
	GUnicodeType type = g_unichar_type(c);
	if (!g_unichar_validate(c) || (c != '\n' && (type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT)))
		return true;
	char one[8] = {0};
	int length = g_unichar_to_utf8(c, one);
	if (c == '\n' || (g_unichar_ismark(c) && bears_mark(a, one)))
		return put(a, EDIT_TYPED, one, (gsize)length);
	g_autofree char *safe = text_safe(one, length, TEXT_LINES);
	return !*safe || put(a, EDIT_TYPED, safe, strlen(safe));
}

bool text_area_insert(struct text_area *a, const char *text)
{
	g_autofree char *safe = clean(text);
	if (!*safe)
		return true;
	text_area_rest(a);
	bool ok = put(a, EDIT_WHOLE, safe, strlen(safe));
	text_area_rest(a);
	return ok;
}

bool text_area_replace(struct text_area *a, gsize from, gsize to, const char *text)
{
	g_autofree char *safe = clean(text);
	to = MIN(to, a->text->len);
	from = MIN(from, to);
	if (a->text->len - (to - from) + strlen(safe) > TEXT_AREA_LIMIT)
		return false;
	text_area_leave(a);
	text_area_edit(a, EDIT_WHOLE, from, to, safe, strlen(safe));
	text_area_rest(a);
	return true;
}

/* What a deletion takes. */
static void reach(const struct text_area *a, enum text_unit unit, int step, gsize *from, gsize *to)
{
	bool upstream;
	if (unit == UNIT_GRAPHEME && hole_round(a, a->cursor, step > 0 ? -1 : 1, from, to))
		return;
	gsize at = text_area_target(a, unit, step, &upstream);
	*from = MIN(at, a->cursor);
	*to = MAX(at, a->cursor);
}

void text_area_delete(struct text_area *a, enum text_unit unit, int step)
{
	gsize from, to;
	reach(a, unit, step, &from, &to);
	a->killing = false;
	if (from < to)
		text_area_edit(a, unit == UNIT_GRAPHEME ? EDIT_ERASED : EDIT_WHOLE, from, to, "", 0);
}

void text_area_kill(struct text_area *a, enum text_unit unit, int step)
{
	gsize from, to;
	bool goes_on = a->killing;
	reach(a, unit, step, &from, &to);
	if (from == to && unit == UNIT_LINE_EDGE && step > 0 && to < a->text->len)
		to++;
	if (from == to)
		return;
	if (!goes_on)
		g_string_truncate(a->killed, 0);
	g_string_insert_len(a->killed, step > 0 ? -1 : 0, a->text->str + from, (gssize)(to - from));
	text_area_rest(a);
	text_area_edit(a, EDIT_WHOLE, from, to, "", 0);
	text_area_rest(a);
	a->killing = true;
}

bool text_area_yank(struct text_area *a)
{
	g_autofree char *text = g_strdup(a->killed->str);
	return text_area_insert(a, text);
}

static bool next_hole(const struct text_area *a, int step, gsize *at)
{
	g_autoptr(GArray) holes = g_array_new(FALSE, FALSE, sizeof(struct template_hole));
	template_find_holes(a->text->str, holes);
	guint n = holes->len;
	for (guint i = 0; i < n; i++) {
		*at = g_array_index(holes, struct template_hole, step > 0 ? i : n - 1 - i).at;
		if (step > 0 ? *at > a->cursor || (*at == a->cursor && !a->at_hole) : *at < a->cursor)
			return true;
	}
	if (n)
		*at = g_array_index(holes, struct template_hole, step > 0 ? 0 : n - 1).at;
	return n > 0;
}

bool text_area_next_hole(struct text_area *a, int step)
{
	gsize at;
	if (!next_hole(a, step, &at))
		return false;
	text_area_go(a, at);
	a->at_hole = true;
	return true;
}
