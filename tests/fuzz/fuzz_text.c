/* SPDX-License-Identifier: MIT */
/* Any bytes: made safe they hold nothing that acts, stay as they are, and are cut and folded without loss. */
#include "domain/text.h"

#include <locale.h>
#include <stdint.h>
#include <string.h>

#include "domain/banned.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	return setlocale(LC_ALL, "C.UTF-8") ? 0 : 1;
}

static void check_safe(const char *safe, enum text_lines lines)
{
	if (!g_utf8_validate(safe, -1, NULL))
		g_abort();
	for (const char *p = safe; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		bool line_end = c == '\n' && lines == TEXT_LINES;
		if ((c < 0x20 && !line_end) || (c >= 0x7f && c < 0xa0) || (c >= 0x202a && c <= 0x202e))
			g_abort();
	}
	g_autofree char *again = text_safe(safe, -1, lines);
	if (strcmp(again, safe) != 0)
		g_abort();
}

static void check_line(const char *bytes, gsize length, void *data)
{
	int columns = *(int *)data;
	g_autofree char *line = g_strndup(bytes, length);
	int used = 0;
	/* Only a single grapheme may be wider than the line. */
	if (text_width(line) > columns && text_fit(line, columns, &used) > 0)
		g_abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int columns = size ? data[0] % 50 + 1 : 1;
	g_autofree char *line = text_safe((const char *)data, (gssize)size, TEXT_ONE_LINE);
	g_autofree char *lines = text_safe((const char *)data, (gssize)size, TEXT_LINES);
	check_safe(line, TEXT_ONE_LINE);
	check_safe(lines, TEXT_LINES);
	g_autoptr(GString) column = g_string_new(NULL);
	text_column(column, line, columns, TEXT_RIGHT);
	if (text_width(column->str) != columns)
		g_abort();
	text_wrap(lines, columns, check_line, &columns);
	g_autofree char *raw = g_strndup((const char *)data, size);
	g_autofree char *folded = text_fold(raw);
	g_autofree char *name = text_file_name(raw);
	text_count_han(raw);
	if (!g_utf8_validate(folded, -1, NULL) || !g_utf8_validate(name, -1, NULL) || strchr(name, '/') ||
	    strlen(name) > 120)
		g_abort();
	return 0;
}
