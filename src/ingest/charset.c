/* SPDX-License-Identifier: MIT */
#include "ingest/charset.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

#include "ingest/charset_guess.h"

#include "domain/banned.h"

/* Labels that iconv doesn't know, and narrow ones that mail uses for their wider successors. */
static const struct alias {
	const char *label, *charset;
} ALIASES[] = {
    {"ascii", "us-ascii"},
    {"ansi_x3.4-1968", "us-ascii"},
    {"big5", "BIG5-HKSCS"},
    {"cn-big5", "BIG5-HKSCS"},
    {"x-x-big5", "BIG5-HKSCS"},
    {"cp936", "GB18030"},
    {"euc-kr", "CP949"},
    {"ks_c_5601-1987", "CP949"},
    {"ksc5601", "CP949"},
    {"gb2312", "GB18030"},
    {"gb_2312-80", "GB18030"},
    {"gbk", "GB18030"},
    {"x-gbk", "GB18030"},
    {"euc-cn", "GB18030"},
    {"hz", "hz-gb-2312"},
    {"iso-8859-1", "WINDOWS-1252"},
    {"iso8859-1", "WINDOWS-1252"},
    {"iso_8859-1", "WINDOWS-1252"},
    {"latin1", "WINDOWS-1252"},
    {"iso-8859-8-i", "ISO-8859-8"},
    {"iso-8859-8-e", "ISO-8859-8"},
    {"iso-8859-9", "WINDOWS-1254"},
    {"macintosh", "MACINTOSH"},
    {"shift_jis", "CP932"},
    {"shift-jis", "CP932"},
    {"sjis", "CP932"},
    {"x-sjis", "CP932"},
    {"tis-620", "WINDOWS-874"},
    {"unicode-1-1-utf-7", "UTF-7"},
    {"unicode-1-1-utf-8", "UTF-8"},
    {"utf8", "UTF-8"},
    {"utf-8", "UTF-8"},
    {"x-unknown", "us-ascii"},
    {"unknown-8bit", "us-ascii"},
    {"x-user-defined", "us-ascii"},
    {"default_charset", "us-ascii"},
    {"_iso-2022-jp$esc", "ISO-2022-JP"},
};

/* A label ready for iconv: NULL if it is none, "us-ascii" if it says nothing about high bytes. Owned. */
static char *clean_label(const char *label)
{
	if (!label)
		return NULL;
	g_autofree char *low = g_strstrip(g_ascii_strdown(label, -1));
	for (gsize i = 0; i < G_N_ELEMENTS(ALIASES); i++)
		if (strcmp(low, ALIASES[i].label) == 0)
			return g_strdup(ALIASES[i].charset);
	/* "//IGNORE" and the like would change what iconv does. */
	gsize good = strspn(low, "abcdefghijklmnopqrstuvwxyz0123456789-_.:+()");
	if (!good || low[good] || good > 40)
		return NULL;
	return g_steal_pointer(&low);
}

/* Charsets whose ASCII bytes may mean something else. */
static bool is_stateful(const char *charset)
{
	static const char *const PREFIXES[] = {"iso-2022", "utf-7",     "utf-16",  "utf-32", "ucs",
					       "hz",       "csiso2022", "iso2022", "unicode"};
	for (gsize i = 0; i < G_N_ELEMENTS(PREFIXES); i++)
		if (g_ascii_strncasecmp(charset, PREFIXES[i], strlen(PREFIXES[i])) == 0)
			return true;
	return false;
}

static bool is_single_byte(const char *charset)
{
	static const char *const PREFIXES[] = {"iso-8859", "iso8859", "iso_8859", "windows-", "cp125",
					       "koi8",     "mac",     "ibm8",     "cp8"};
	for (gsize i = 0; i < G_N_ELEMENTS(PREFIXES); i++)
		if (g_ascii_strncasecmp(charset, PREFIXES[i], strlen(PREFIXES[i])) == 0)
			return true;
	return false;
}

static bool is_ascii(const char *bytes, gsize length)
{
	for (gsize i = 0; i < length; i++)
		if ((guchar)bytes[i] >= 0x80)
			return false;
	return true;
}

static gsize count_high(const char *bytes, gsize length)
{
	gsize n = 0;
	for (gsize i = 0; i < length; i++)
		n += (guchar)bytes[i] >= 0x80;
	return n;
}

/* A copy of bytes that are UTF-8 but for NULs and faults, which become U+FFFD. *faults counts them, NULs
 * aside. */
static char *copy_utf8(const char *bytes, gsize length, gsize *faults)
{
	const char *p = bytes, *end = bytes + length, *bad;
	*faults = 0;
	if (g_utf8_validate_len(bytes, length, NULL))
		return g_strndup(bytes, length);
	GString *out = g_string_sized_new(length + 16);
	while (!g_utf8_validate_len(p, (gsize)(end - p), &bad)) {
		g_string_append_len(out, p, bad - p);
		g_string_append(out, "\xEF\xBF\xBD");
		*faults += *bad != '\0';
		p = bad + 1;
	}
	g_string_append_len(out, p, end - p);
	return g_string_free(out, FALSE);
}

/* Decodes by iconv, U+FFFD for each byte that can't be. NULL if iconv doesn't know the charset. */
static char *decode_iconv(const char *bytes, gsize length, const char *charset, gsize *faults)
{
	iconv_t cd = iconv_open("UTF-8", charset);
	if (cd == (iconv_t)-1)
		return NULL;
	*faults = 0;
	GString *out = g_string_sized_new(length * 2 + 64);
	char *in = (char *)bytes;
	gsize left = length;
	bool ending = false;
	for (;;) {
		char piece[4096];
		char *to = piece;
		gsize room = sizeof(piece);
		gsize r = ending ? iconv(cd, NULL, NULL, &to, &room) : iconv(cd, &in, &left, &to, &room);
		int fault = errno;
		g_string_append_len(out, piece, to - piece);
		if (r != (gsize)-1) {
			if (ending)
				break;
			ending = true;
		} else if (fault != E2BIG) {
			if (ending || !left)
				break;
			g_string_append(out, "\xEF\xBF\xBD");
			(*faults)++;
			in++;
			left--;
		}
	}
	iconv_close(cd);
	gsize nuls;
	char *text = copy_utf8(out->str, out->len, &nuls);
	g_string_free(out, TRUE);
	return text;
}

/* HZ (RFC 1843), which glibc's iconv lacks: GB 2312 in seven bits between ~{ and ~}. */
static char *decode_hz(const char *bytes, gsize length, gsize *faults)
{
	g_autoptr(GString) gb = g_string_sized_new(length);
	bool chinese = false;
	for (gsize i = 0; i < length; i++) {
		char next = i + 1 < length ? bytes[i + 1] : '\0';
		if (bytes[i] == '~' && (next == '{' || next == '}')) {
			chinese = next == '{';
			i++;
		} else if (bytes[i] == '~' && (next == '~' || next == '\n')) {
			if (next == '~')
				g_string_append_c(gb, '~');
			i++;
		} else {
			chinese = chinese && bytes[i] != '\n';
			g_string_append_c(gb, (char)(chinese && bytes[i] > ' ' ? bytes[i] | 0x80 : bytes[i]));
		}
	}
	return decode_iconv(gb->str, gb->len, "GB18030", faults);
}

static char *decode_as(const char *bytes, gsize length, const char *charset, gsize *faults)
{
	if (g_ascii_strcasecmp(charset, "UTF-8") == 0)
		return copy_utf8(bytes, length, faults);
	if (g_ascii_strcasecmp(charset, "hz-gb-2312") == 0)
		return decode_hz(bytes, length, faults);
	return decode_iconv(bytes, length, charset, faults);
}

/* Whether `charset`, usual for this sender, fits the bytes. */
static char *decode_usual(const char *bytes, gsize length, const char *charset)
{
	const char *chinese = charset_guess_chinese(bytes, length, 0.6);
	bool single = is_single_byte(charset);
	if (chinese && single)
		return NULL;
	if (!single && !is_stateful(charset) && !charset_guess_chinese(bytes, length, 0.3))
		return NULL;
	gsize faults = 0;
	g_autofree char *text = decode_as(bytes, length, charset, &faults);
	return faults ? NULL : g_steal_pointer(&text);
}

/* No label helps: takes what the bytes look like. */
static char *decode_guess(const char *bytes, gsize length, const char *const *usual, const char **guessed)
{
	gsize faults = 0;
	g_autofree char *utf8 = copy_utf8(bytes, length, &faults);
	if (!faults) {
		*guessed = "UTF-8";
		return g_steal_pointer(&utf8);
	}
	/* UTF-8 that was cut or has a stray byte still reads best as UTF-8. */
	if (faults * 5 <= count_high(bytes, length)) {
		*guessed = "UTF-8";
		return g_steal_pointer(&utf8);
	}
	for (int i = 0; usual && usual[i]; i++) {
		char *text = decode_usual(bytes, length, usual[i]);
		if (text) {
			*guessed = usual[i];
			return text;
		}
	}
	const char *chinese = charset_guess_chinese(bytes, length, 0.8);
	if (chinese) {
		char *text = decode_as(bytes, length, chinese, &faults);
		if (text && faults * 20 <= length) {
			*guessed = chinese;
			return text;
		}
		g_free(text);
	}
	*guessed = charset_guess_latin(bytes, length);
	return decode_as(bytes, length, *guessed, &faults);
}

/* ISO-2022-JP and its kin come without a label and without a high byte. */
static const char *escape_charset(const char *bytes, gsize length)
{
	const char *esc = memmem(bytes, length, "\x1b$", 2);
	if (!esc)
		return NULL;
	gsize left = length - (gsize)(esc - bytes);
	return left > 3 && esc[2] == ')' && (esc[3] == 'A' || esc[3] == 'G') ? "ISO-2022-CN" : "ISO-2022-JP";
}

/* The label is known to iconv, yet may be wrong: NULL if another reading is plainly better. */
static char *decode_labelled(const char *bytes, gsize length, const char *charset)
{
	bool utf8 = g_utf8_validate_len(bytes, length, NULL);
	bool says_utf8 = g_ascii_strcasecmp(charset, "UTF-8") == 0;
	if (is_single_byte(charset) && (utf8 || charset_guess_chinese(bytes, length, 0.97)))
		return NULL;
	gsize faults = 0;
	g_autofree char *text = decode_as(bytes, length, charset, &faults);
	if (!text || (faults && utf8 && !says_utf8))
		return NULL;
	if (!faults || is_stateful(charset))
		return g_steal_pointer(&text);
	/* A stray byte in text that otherwise fits its label isn't another charset. */
	return faults * 20 <= count_high(bytes, length) ? g_steal_pointer(&text) : NULL;
}

char *charset_decode(const char *bytes, gsize length, const char *label, const char *const *usual,
		     const char **guessed)
{
	const char *unused;
	const char **guess = guessed ? guessed : &unused;
	if (!length)
		return g_strdup("");
	gsize faults;
	g_autofree char *charset = clean_label(label);
	bool said = charset && g_ascii_strcasecmp(charset, "us-ascii") != 0;
	/* Programs say UTF-16 of text that isn't: real UTF-16 has NULs or isn't UTF-8. */
	if (said && g_ascii_strncasecmp(charset, "utf-", 4) == 0 &&
	    (charset[4] == '1' || charset[4] == '3') && g_utf8_validate_len(bytes, length, NULL))
		said = false;
	if (is_ascii(bytes, length) && !(said && is_stateful(charset))) {
		const char *escaped = said ? NULL : escape_charset(bytes, length);
		if (!escaped)
			return copy_utf8(bytes, length, &faults);
		*guess = escaped;
		return decode_as(bytes, length, escaped, &faults);
	}
	if (said) {
		char *text = decode_labelled(bytes, length, charset);
		if (text)
			return text;
	}
	const char *taken = NULL;
	g_autofree char *text = decode_guess(bytes, length, usual, &taken);
	*guess = taken;
	return copy_utf8(text, strlen(text), &faults);
}

const char *const *charset_usual_of(const char *address)
{
	static const char *const MAINLAND[] = {"GB18030", NULL}, *const TAIWAN[] = {"BIG5-HKSCS", NULL},
				 *const BALTIC[] = {"WINDOWS-1257", NULL},
				 *const WEST[] = {"WINDOWS-1252", NULL};
	static const struct {
		const char *end;
		const char *const *usual;
	} TABLE[] = {
	    {".cn", MAINLAND}, {"qq.com", MAINLAND}, {"163.com", MAINLAND}, {"126.com", MAINLAND},
	    {".tw", TAIWAN},   {".hk", TAIWAN},      {".lt", BALTIC},       {".it", WEST},
	    {".nl", WEST},     {".be", WEST},        {".de", WEST},         {".fr", WEST},
	    {".es", WEST},
	};
	for (gsize i = 0; address && i < G_N_ELEMENTS(TABLE); i++)
		if (g_str_has_suffix(address, TABLE[i].end))
			return TABLE[i].usual;
	return NULL;
}
