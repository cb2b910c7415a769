/* SPDX-License-Identifier: MIT */
#include "ingest/charset_guess.h"

#include <string.h>

#include "domain/banned.h"

/* How many bytes are looked at: more doesn't change the answer. */
enum { LOOK = 16384 };

struct pairs {
	gsize high;     /* bytes above 127 */
	gsize gb, big5; /* bytes in pairs that are common characters of each */
};

static bool is_gb_pair(guchar a, guchar b)
{
	/* GB 2312: punctuation A1-A3, then the characters by how common they are from B0 on. */
	return b >= 0xA1 && ((a >= 0xA1 && a <= 0xA3) || (a >= 0xB0 && a <= 0xF7));
}

static bool is_big5_pair(guchar a, guchar b)
{
	/* Punctuation A1-A3, the 5401 common characters A4-C6. */
	return ((b >= 0x40 && b <= 0x7E) || b >= 0xA1) && a >= 0xA1 && a <= 0xC6;
}

static struct pairs count_pairs(const guchar *s, gsize n)
{
	struct pairs p = {0};
	for (gsize i = 0; i < n; i++) {
		if (s[i] < 0x80)
			continue;
		p.high++;
	}
	for (gsize i = 0; i + 1 < n;) {
		gsize step = s[i] < 0x80 ? 1 : 2;
		if (step == 2 && is_gb_pair(s[i], s[i + 1]))
			p.gb += 2;
		i += step;
	}
	for (gsize i = 0; i + 1 < n;) {
		gsize step = s[i] < 0x80 ? 1 : 2;
		if (step == 2 && is_big5_pair(s[i], s[i + 1]))
			p.big5 += s[i + 1] < 0x80 ? 1 : 2;
		i += step;
	}
	return p;
}

const char *charset_guess_chinese(const char *bytes, gsize length, double share)
{
	struct pairs p = count_pairs((const guchar *)bytes, MIN(length, LOOK));
	if (p.high < 4)
		return NULL;
	double gb = (double)p.gb / (double)p.high, big5 = (double)p.big5 / (double)p.high;
	if (MAX(gb, big5) < share)
		return NULL;
	return gb >= big5 ? "GB18030" : "BIG5-HKSCS";
}

/* Points for Lithuanian (above 0) and western Europe (below) of one letter. `inside`: a letter follows. */
static int letter_points(guchar c, bool inside)
{
	switch (c | 0x20) { /* both charsets keep the cases 32 apart here */
	case 0xF0:          /* š */
	case 0xF8:          /* ų */
	case 0xFB:          /* ū */
	case 0xFE:          /* ž */
	case 0xE6:          /* ę */
	case 0xE1:          /* į */
		return 2;
	case 0xEC: /* ì */
	case 0xF2: /* ò */
	case 0xF9: /* ù */
	case 0xE9: /* é */
	case 0xEF: /* ï */
	case 0xF6: /* ö */
	case 0xFC: /* ü */
	case 0xE4: /* ä */
	case 0xE7: /* ç */
	case 0xEA: /* ê */
		return -2;
	case 0xE0: /* ą or à: à ends an Italian word */
	case 0xE8: /* č or è */
		return inside ? 1 : -1;
	case 0xEB: /* ė or ë */
		return inside ? 0 : 1;
	default:
		return 0;
	}
}

const char *charset_guess_latin(const char *bytes, gsize length)
{
	const guchar *s = (const guchar *)bytes;
	gsize n = MIN(length, LOOK);
	int points = 0;
	for (gsize i = 0; i < n; i++) {
		bool inside = i + 1 < n && (g_ascii_isalpha((char)s[i + 1]) || s[i + 1] >= 0xC0);
		if (s[i] >= 0xC0)
			points += letter_points(s[i], inside);
	}
	return points > 0 ? "WINDOWS-1257" : "WINDOWS-1252";
}
