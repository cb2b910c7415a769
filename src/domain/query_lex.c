/* SPDX-License-Identifier: MIT */
#include "domain/query_lex.h"

#include "domain/intl.h"
#include "domain/query_fields.h"

#include <string.h>

#include "domain/banned.h"

/* An input method for Chinese writes these. */
#define WIDE_COLON "："
static const struct {
	char sign;
	const char *wide;
} wide_signs[] = {{'(', "（"}, {')', "）"}, {'"', "“"}, {'"', "”"}, {'"', "「"}, {'"', "」"}, {'"', "＂"}};

/* The bytes that the sign takes at `p`, in either form; 0: it isn't there. */
static gsize sign_at(const char *p, char sign)
{
	if (*p == sign)
		return 1;
	for (gsize n = 0; n < G_N_ELEMENTS(wide_signs); n++) {
		if (wide_signs[n].sign == sign && g_str_has_prefix(p, wide_signs[n].wide))
			return strlen(wide_signs[n].wide);
	}
	return 0;
}

void query_token_clear(struct query_token *token)
{
	g_clear_pointer(&token->text, g_free);
}

static bool is_space(const char *p)
{
	return *p && g_unichar_isspace(g_utf8_get_char(p));
}

static bool ends_word(const char *p)
{
	return !*p || sign_at(p, '(') || sign_at(p, ')') || sign_at(p, '"') || is_space(p);
}

static gsize word_length(const char *s)
{
	const char *p = s;
	while (!ends_word(p))
		p = g_utf8_next_char(p);
	return (gsize)(p - s);
}

/* Text in quotes from `s`, which stands on the opening one. *length counts both quotes. */
static char *read_quoted(const char *text, const char *s, gsize *length, gsize *error_at, GError **error)
{
	const char *from = s + sign_at(s, '"'), *end = from;
	while (*end && !sign_at(end, '"'))
		end = g_utf8_next_char(end);
	if (!*end) {
		query_fail(error, error_at, (gsize)(s - text),
			   _("the quote isn't closed; put a \" at its end"));
		return NULL;
	}
	*length = (gsize)(end + sign_at(end, '"') - s);
	return g_strndup(from, (gsize)(end - from));
}

/* The letters before a colon, and what follows it; 0 if `s` doesn't begin so. */
static gsize name_length(const char *s, gsize *with_colon)
{
	gsize n = 0;
	while (g_ascii_isalpha(s[n]))
		n++;
	bool wide = g_str_has_prefix(s + n, WIDE_COLON);
	if (n == 0 || (s[n] != ':' && !wide))
		return 0;
	*with_colon = n + (wide ? strlen(WIDE_COLON) : 1);
	return n;
}

static bool lex_field(const char *text, const char *s, gsize after_colon, struct query_token *token,
		      gsize *error_at, GError **error)
{
	const char *p = s + after_colon;
	token->kind = TOKEN_FIELD;
	token->compare = *p == '<' ? COMPARE_LESS : *p == '>' ? COMPARE_MORE : COMPARE_IS;
	if (token->compare != COMPARE_IS)
		p++;
	token->or_equal = token->compare != COMPARE_IS && *p == '=';
	p += token->or_equal;
	gsize length = 0;
	if (sign_at(p, '"')) {
		token->text = read_quoted(text, p, &length, error_at, error);
		if (!token->text)
			return false;
	} else {
		length = word_length(p);
		token->text = g_strndup(p, length);
	}
	token->length = (gsize)(p + length - s);
	return true;
}

/* A slip in a field's name would silently search for text that nobody wrote. */
static bool refuse_slip(const char *text, const char *s, gsize name, gsize after_colon, gsize *error_at,
			GError **error)
{
	enum query_field meant = 0;
	if (g_str_has_prefix(s + after_colon, "//") || !query_field_meant(s, name, &meant))
		return true;
	g_autofree char *list = query_field_list();
	g_autofree char *typed = g_strndup(s, name);
	query_fail(
	    error, error_at, (gsize)(s - text),
	    _("there is no field %s: (is it %s:?). Fields: %s. To search for the text, put it in quotes"),
	    typed, query_field_name(meant), list);
	return false;
}

static void lex_word(const char *s, struct query_token *token)
{
	static const struct {
		const char *word;
		enum query_token_kind kind;
	} operators[] = {{"and", TOKEN_AND}, {"or", TOKEN_OR}, {"not", TOKEN_NOT}};
	token->length = word_length(s);
	for (gsize i = 0; i < G_N_ELEMENTS(operators); i++) {
		if (strlen(operators[i].word) == token->length &&
		    g_ascii_strncasecmp(operators[i].word, s, token->length) == 0) {
			token->kind = operators[i].kind;
			return;
		}
	}
	token->kind = TOKEN_WORD;
	token->text = g_strndup(s, token->length);
}

static bool lex_at(const char *text, const char *s, struct query_token *token, gsize *error_at,
		   GError **error)
{
	gsize open = sign_at(s, '('), close = sign_at(s, ')');
	token->length = MAX(open + close, 1);
	if (open || close) {
		token->kind = open ? TOKEN_OPEN : TOKEN_CLOSE;
		return true;
	}
	if (*s == '-' && s[1] && (sign_at(s + 1, '"') || sign_at(s + 1, '(') || !ends_word(s + 1))) {
		token->kind = TOKEN_NOT;
		return true;
	}
	if (sign_at(s, '"')) {
		token->kind = TOKEN_PHRASE;
		token->text = read_quoted(text, s, &token->length, error_at, error);
		return token->text != NULL;
	}
	gsize after_colon = 0;
	gsize name = name_length(s, &after_colon);
	if (name && query_field_find(s, name, &token->field))
		return lex_field(text, s, after_colon, token, error_at, error);
	if (name && !refuse_slip(text, s, name, after_colon, error_at, error))
		return false;
	lex_word(s, token);
	return true;
}

bool query_lex(const char *text, gsize *at, struct query_token *token, gsize *error_at, GError **error)
{
	const char *s = text + *at;
	while (is_space(s))
		s = g_utf8_next_char(s);
	*token = (struct query_token){.kind = TOKEN_END, .at = (gsize)(s - text)};
	if (*s && !lex_at(text, s, token, error_at, error))
		return false;
	*at = token->at + token->length;
	return true;
}
