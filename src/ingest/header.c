/* SPDX-License-Identifier: MIT */
#include "ingest/header.h"

#include <gmime/gmime.h>
#include <string.h>

#include "ingest/charset.h"

#include "domain/banned.h"

enum {
	ID_MAX = 900,
	WORD_MAX = 4096 /* bytes; 75 are allowed, many write more */
};

/* One =?charset?B?...?= */
struct word {
	char *charset;
	bool base64;
	const char *text, *text_end, *end;
};

struct decoder {
	GString *out;
	GString *bytes; /* of words not yet turned to UTF-8: a character may be split between two */
	char *charset;
	const char *const *usual;
	bool *guessed;
};

static bool parse_word(const char *s, struct word *w)
{
	if (s[0] != '=' || s[1] != '?')
		return false;
	const char *charset = s + 2, *mark = strchr(charset, '?');
	if (!mark || mark == charset || mark - charset > 60 || !mark[1] || mark[2] != '?')
		return false;
	char how = g_ascii_toupper(mark[1]);
	if (how != 'B' && how != 'Q')
		return false;
	w->text = mark + 3;
	gsize room = strnlen(w->text, WORD_MAX);
	w->text_end = memmem(w->text, room, "?=", 2);
	/* "=?utf-8?Q??=41?=" begins with what looks like the end. */
	if (w->text_end == w->text && room > 2 && how == 'Q' && g_ascii_isxdigit(w->text[2]))
		w->text_end = memmem(w->text + 2, room - 2, "?=", 2);
	if (!w->text_end)
		return false;
	gsize n = (gsize)(mark - charset);
	const char *star = memchr(charset, '*', n); /* RFC 2231: charset*language */
	w->charset = g_strndup(charset, star ? (gsize)(star - charset) : n);
	w->base64 = how == 'B';
	w->end = w->text_end + 2;
	return true;
}

static void append_quoted(GString *out, const char *s, const char *end)
{
	for (; s < end; s++) {
		if (*s == '=' && end - s > 2 && g_ascii_isxdigit(s[1]) && g_ascii_isxdigit(s[2])) {
			g_string_append_c(
			    out, (char)(g_ascii_xdigit_value(s[1]) << 4 | g_ascii_xdigit_value(s[2])));
			s += 2;
		} else {
			g_string_append_c(out, *s == '_' ? ' ' : *s);
		}
	}
}

static void append_base64(GString *out, const char *s, const char *end)
{
	int state = 0;
	guint save = 0;
	gsize n = (gsize)(end - s), at = out->len;
	g_string_set_size(out, at + n + 3);
	gsize got = g_base64_decode_step(s, n, (guchar *)out->str + at, &state, &save);
	g_string_set_size(out, at + got);
	/* Writers leave out the padding: the last bytes are still in `save`. */
	int left = state < 0 ? 0 : state;
	if (left >= 2) {
		guint bits = save << (left == 2 ? 12 : 6);
		g_string_append_c(out, (char)(bits >> 16));
		if (left == 3)
			g_string_append_c(out, (char)(bits >> 8 & 0xFF));
	}
}

static void flush_words(struct decoder *d)
{
	const char *guess = NULL;
	if (!d->charset)
		return;
	g_autofree char *text = charset_decode(d->bytes->str, d->bytes->len, d->charset, d->usual, &guess);
	if (guess && strcmp(guess, "UTF-8") != 0)
		*d->guessed = true;
	g_string_append(d->out, text);
	g_string_truncate(d->bytes, 0);
	g_clear_pointer(&d->charset, g_free);
}

static void take_word(struct decoder *d, struct word *w)
{
	if (d->charset && g_ascii_strcasecmp(d->charset, w->charset) != 0)
		flush_words(d);
	g_free(d->charset);
	d->charset = w->charset;
	(w->base64 ? append_base64 : append_quoted)(d->bytes, w->text, w->text_end);
}

static void decode_words(struct decoder *d, const char *s)
{
	while (*s) {
		struct word w;
		if (parse_word(s, &w)) {
			take_word(d, &w);
			s = w.end;
			const char *next = s + strspn(s, " \t");
			struct word following;
			if (next != s && parse_word(next, &following)) {
				g_free(following.charset);
				s = next; /* space between two words isn't text */
			}
			continue;
		}
		flush_words(d);
		gsize n = strcspn(s + 1, "=") + 1;
		g_string_append_len(d->out, s, (gssize)n);
		s += n;
	}
	flush_words(d);
}

/* Line ends go, and what else would break the line. */
static char *unfold(const char *raw)
{
	gsize n = strnlen(raw, HEADER_MAX);
	GString *s = g_string_sized_new(n + 1);
	for (gsize i = 0; i < n; i++) {
		if (raw[i] == '\r' || raw[i] == '\n')
			continue;
		g_string_append_c(s, raw[i] == '\t' ? ' ' : raw[i]);
	}
	char *text = g_string_free(s, FALSE);
	return g_strstrip(text);
}

char *header_decode(const char *raw, const char *const *usual, bool *guessed)
{
	g_autofree char *line = unfold(raw);
	bool words = strstr(line, "=?") != NULL;
	const char *guess = NULL;
	char *text = charset_decode(line, strlen(line), NULL, usual, &guess);
	if (guess && strcmp(guess, "UTF-8") != 0)
		*guessed = true;
	if (!words)
		return text;
	struct decoder d = {g_string_sized_new(strlen(text)), g_string_new(NULL), NULL, usual, guessed};
	decode_words(&d, text);
	g_free(text);
	g_string_free(d.bytes, TRUE);
	/* A decoded word may hold line ends. */
	g_strdelimit(d.out->str, "\r\n\t", ' ');
	return g_strstrip(g_string_free(d.out, FALSE));
}

/* The end of a quoted string or a comment that begins at `s`. */
static const char *skip_nested(const char *s)
{
	char close = *s == '"' ? '"' : ')';
	int depth = 1;
	for (s++; *s; s++) {
		if (*s == '\\' && s[1])
			s++;
		else if (*s == close && --depth == 0)
			return s + 1;
		else if (close == ')' && *s == '(')
			depth++;
	}
	return s;
}

/* A display name without its quotes and escapes. */
static char *unquote(const char *from, const char *to)
{
	GString *s = g_string_new(NULL);
	for (; from < to; from++) {
		if (*from == '\\' && from + 1 < to)
			from++;
		else if (*from == '"')
			continue;
		g_string_append_c(s, *from);
	}
	return g_strstrip(g_string_free(s, FALSE));
}

struct mailbox {
	const char *angle, *angle_end;     /* between < and > */
	const char *comment, *comment_end; /* of the first comment */
	const char *begin, *end;
};

/* Splits the first mailbox of a list; `s` is unfolded. */
static struct mailbox split_mailbox(const char *s)
{
	struct mailbox m = {.begin = s};
	bool grouped = false;
	while (*s && *s != ',' && *s != ';') {
		if (*s == '"') {
			s = skip_nested(s);
		} else if (*s == '(') {
			const char *end = skip_nested(s);
			if (!m.comment) {
				m.comment = s + 1;
				m.comment_end = end[-1] == ')' ? end - 1 : end;
			}
			s = end;
		} else if (*s == '<') {
			m.angle = s + 1;
			s += strcspn(s, ">");
			m.angle_end = s;
			break;
		} else if (*s == ':' && !grouped) {
			grouped = true;
			s++;
			if (strchr(s, ';')) /* a group: its first member */
				m = (struct mailbox){.begin = s};
		} else {
			s++;
		}
	}
	m.end = s;
	return m;
}

/* The bare token with an @, of a mailbox without <>. */
static char *bare_address(const char *from, const char *to)
{
	g_autofree char *text = g_strndup(from, (gsize)(to - from));
	g_auto(GStrv) tokens = g_strsplit_set(text, " \t()\"", -1);
	for (int i = 0; tokens[i]; i++)
		if (strchr(tokens[i], '@'))
			return g_strdup(tokens[i]);
	return g_strdup("");
}

void header_address(const char *raw, const char *const *usual, struct address *a, bool *guessed)
{
	g_autofree char *line = unfold(raw ? raw : "");
	g_autofree char *address = NULL, *name = NULL;
	struct mailbox m = split_mailbox(line);
	if (m.angle) {
		address = g_strndup(m.angle, (gsize)(m.angle_end - m.angle));
		name = unquote(m.begin, m.angle - 1);
	} else {
		address = bare_address(m.begin, m.comment ? m.comment - 1 : m.end);
		name = *address ? g_strdup("") : unquote(m.begin, m.end);
	}
	if (!*name && m.comment) {
		g_free(name);
		name = unquote(m.comment, m.comment_end);
	}
	g_autofree char *decoded = header_decode(address, usual, guessed);
	g_auto(GStrv) pieces = g_strsplit(decoded, " ", -1);
	g_autofree char *tight = g_strjoinv("", pieces);
	a->address = g_utf8_strdown(tight, -1);
	a->name = header_decode(name, usual, guessed);
}

static void add_id(GPtrArray *ids, const char *from, gsize length)
{
	const char *unused = NULL;
	if (!length || length > ID_MAX)
		return;
	g_autofree char *text = charset_decode(from, length, NULL, NULL, &unused);
	g_autofree char *id = g_strstrip(g_steal_pointer(&text));
	for (guint i = 0; i < ids->len; i++)
		if (strcmp(g_ptr_array_index(ids, i), id) == 0)
			return;
	if (*id)
		g_ptr_array_add(ids, g_steal_pointer(&id));
}

void header_ids(const char *raw, bool backwards, guint max, GPtrArray *ids)
{
	struct span {
		const char *from;
		gsize length;
	};
	g_autofree char *line = unfold(raw);
	g_autoptr(GArray) spans = g_array_new(FALSE, FALSE, sizeof(struct span));
	bool angles = strchr(line, '<') != NULL;
	for (const char *s = line; *s;) {
		if (angles) {
			s += strcspn(s, "<");
			s += *s == '<';
		} else {
			s += strspn(s, " \t,");
		}
		gsize n = strcspn(s, angles ? "<>" : " \t,");
		struct span span = {s, n};
		if (n && (angles || memchr(s, '@', n)))
			g_array_append_val(spans, span);
		s += n;
	}
	for (guint i = 0; i < spans->len && ids->len < max; i++) {
		struct span *span = &g_array_index(spans, struct span, backwards ? spans->len - 1 - i : i);
		add_id(ids, span->from, span->length);
	}
}

gint64 header_date(const char *text)
{
	if (!text || !*text || strlen(text) > 200)
		return 0;
	g_autoptr(GDateTime) t = g_mime_utils_header_decode_date(text);
	gint64 seconds = t ? g_date_time_to_unix(t) : 0;
	return seconds > G_GINT64_CONSTANT(315532800) && seconds < G_GINT64_CONSTANT(4102444800)
		   ? seconds * 1000
		   : 0;
}
