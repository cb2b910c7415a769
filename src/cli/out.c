/* SPDX-License-Identifier: MIT */
#include "cli/out.h"

#include "cli/command.h"
#include "domain/intl.h"
#include "domain/text.h"

#include <errno.h>
#include <langinfo.h>
#include <stdio.h>
#include <string.h>

#include "domain/banned.h"

#define LABEL_COLUMNS 12

static bool is_utf8(void)
{
	return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

/* One character in `charset`, or the letters that stand for it: "ė" is "e" then, and "?" the last resort. */
static void append_local(GString *out, const char *c, gsize length, const char *charset)
{
	gsize size = 0;
	g_autofree char *same = g_convert(c, (gssize)length, charset, "UTF-8", NULL, &size, NULL);
	if (same) {
		g_string_append_len(out, same, (gssize)size);
		return;
	}
	g_autofree char *alone = g_strndup(c, length);
	g_autofree char *plain = g_str_to_ascii(alone, NULL);
	g_string_append(out, plain);
	/* What has no letters takes as many columns as it took, so that tables stay straight. */
	for (int missing = text_width(alone) - (int)strlen(plain); missing > 0; missing--)
		g_string_append_c(out, plain[0]);
}

/* In the locale's charset; NULL if it is UTF-8 anyway. Owned. */
static char *transliterated(const char *text)
{
	if (is_utf8())
		return NULL;
	const char *charset = nl_langinfo(CODESET);
	char *whole = g_convert(text, -1, charset, "UTF-8", NULL, NULL, NULL);
	if (whole)
		return whole;
	GString *out = g_string_new(NULL);
	for (const char *p = text, *next; *p; p = next) {
		next = g_utf8_next_char(p);
		append_local(out, p, (gsize)(next - p), charset);
	}
	return g_string_free(out, FALSE);
}

static void write_to(FILE *stream, const char *text)
{
	g_autofree char *local = transliterated(text);
	fputs(local ? local : text, stream);
}

void out_speak_of_locale(void)
{
	if (is_utf8())
		return;
	g_autofree char *message = g_strdup_printf(_("the locale's charset is %s, not UTF-8: what it lacks "
						     "is written otherwise (set LC_ALL=C.UTF-8)"),
						   nl_langinfo(CODESET));
	out_complain(message);
}

void out_text(const char *text)
{
	write_to(stdout, text);
}

int out_finish(void)
{
	errno = 0;
	if (fflush(stdout) == 0 && !ferror(stdout))
		return EXIT_OK;
	/* A reader that has seen enough (head) is no fault. */
	if (errno == EPIPE)
		return EXIT_OK;
	g_autofree char *message =
	    g_strdup_printf(_("the output can't be written: %s"), g_strerror(errno ? errno : EIO));
	out_complain(message);
	return EXIT_FAULT;
}

void out_complain(const char *message)
{
	g_autofree char *safe = text_safe(message, -1, TEXT_LINES);
	g_autofree char *line = g_strdup_printf("amends: %s\n", safe);
	fflush(stdout);
	write_to(stderr, line);
}

void out_row(GString *out, const char *label, const char *value)
{
	if (!value || !*value)
		return;
	g_autofree char *safe = text_safe(value, -1, TEXT_ONE_LINE);
	int room = MAX(LABEL_COLUMNS, text_width(label) + 1);
	text_column(out, label, room, TEXT_LEFT);
	g_string_append_printf(out, "%s\n", safe);
}

void out_indented(GString *out, const char *text, int indent)
{
	g_autofree char *safe = text_safe(text, -1, TEXT_LINES);
	g_auto(GStrv) lines = g_strsplit(g_strchomp(safe), "\n", -1);
	for (guint i = 0; lines[i]; i++)
		g_string_append_printf(out, "%*s%s\n", *lines[i] ? indent : 0, "", lines[i]);
}

json_t *out_json_text(const char *text)
{
	if (!text)
		return json_null();
	g_autofree char *valid = g_utf8_make_valid(text, -1);
	return json_string(valid);
}

json_t *out_json_time(gint64 ms)
{
	g_autoptr(GDateTime) second = ms == 0 ? NULL : g_date_time_new_from_unix_utc(ms / 1000);
	if (!second)
		return json_null();
	g_autofree char *day = g_date_time_format(second, "%Y-%m-%dT%H:%M:%S");
	g_autofree char *text = g_strdup_printf("%s.%03dZ", day, (int)(ABS(ms) % 1000));
	return json_string(text);
}

json_t *out_json_money(const struct money *m)
{
	if (!m->currency[0])
		return json_null();
	g_autofree char *text = money_format(m);
	char *space = strchr(text, ' ');
	if (space)
		*space = '\0';
	return json_pack("{s:s, s:I, s:s}", "amount", text, "minor", (json_int_t)m->minor, "currency",
			 m->currency);
}

void out_json(json_t *value, const char *after)
{
	char *text = json_dumps(value, JSON_COMPACT | JSON_ENSURE_ASCII | JSON_ENCODE_ANY);
	fputs(text ? text : "null", stdout);
	fputs(after, stdout);
	free(text);
	json_decref(value);
}
