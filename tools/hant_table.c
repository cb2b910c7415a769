/* SPDX-License-Identifier: MIT */
/*
 * Writes text_fold.c's table of Chinese characters while building: OpenCC knows the
 * pairs, and nothing needs it at run time. Usage: hant_table > hant_table.h
 */
#include <errno.h>
#include <iconv.h>
#include <opencc/opencc.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct block {
	uint32_t first, last;
};

/* Han of the basic plane and of the supplementary ideographic plane. */
static const struct block blocks[] = {{0x3400, 0x4dbf}, {0x4e00, 0x9fff}, {0x20000, 0x2fa1f}};

static size_t encode(uint32_t c, char out[8])
{
	size_t n = 0;
	if (c < 0x10000) {
		out[n++] = (char)(0xe0 | c >> 12);
	} else {
		out[n++] = (char)(0xf0 | c >> 18);
		out[n++] = (char)(0x80 | (c >> 12 & 0x3f));
	}
	out[n++] = (char)(0x80 | (c >> 6 & 0x3f));
	out[n++] = (char)(0x80 | (c & 0x3f));
	out[n] = '\0';
	return n;
}

/* The character that `s` consists of; 0 if it is more or less than one Han character. */
static uint32_t decode(const char *s)
{
	const unsigned char *b = (const unsigned char *)s;
	size_t n = strlen(s);
	if (n == 3)
		return (uint32_t)(b[0] & 0x0f) << 12 | (uint32_t)(b[1] & 0x3f) << 6 | (b[2] & 0x3f);
	if (n == 4)
		return (uint32_t)(b[0] & 0x07) << 18 | (uint32_t)(b[1] & 0x3f) << 12 |
		       (uint32_t)(b[2] & 0x3f) << 6 | (b[3] & 0x3f);
	return 0;
}

static uint32_t converted(opencc_t converter, uint32_t c)
{
	char text[8];
	size_t n = encode(c, text);
	char *out = opencc_convert_utf8(converter, text, n);
	if (!out)
		return c;
	uint32_t to = decode(out);
	opencc_convert_utf8_free(out);
	return to ? to : c;
}

static bool encodable(iconv_t charset, uint32_t c)
{
	char text[8], out[16];
	char *in = text, *to = out;
	size_t left = encode(c, text), room = sizeof out;
	iconv(charset, NULL, NULL, NULL, NULL);
	return iconv(charset, &in, &left, &to, &room) != (size_t)-1;
}

static void fail(const char *what)
{
	fprintf(stderr, "hant_table: %s\n", what);
	exit(1);
}

static opencc_t open_converter(const char *config)
{
	opencc_t converter = opencc_open(config);
	if (converter == (opencc_t)-1) /* NOLINT: OpenCC's own sign */
		fail(opencc_error());
	return converter;
}

static iconv_t open_charset(const char *name)
{
	iconv_t charset = iconv_open(name, "UTF-8");
	if (charset == (iconv_t)-1) /* NOLINT: iconv's own sign */
		fail(strerror(errno));
	return charset;
}

/* The everyday block, in which nearly all of a text is: there the row is looked up at once. */
#define EVERYDAY_FIRST 0x4e00
#define EVERYDAY_LAST 0x9fff

static unsigned short everyday[EVERYDAY_LAST - EVERYDAY_FIRST + 1]; /* row + 1; 0: none */

static void print_everyday(void)
{
	printf("#define EVERYDAY_FIRST 0x%x\n#define EVERYDAY_LAST 0x%x\n"
	       "static const guint16 hant_everyday[] = {",
	       EVERYDAY_FIRST, EVERYDAY_LAST);
	for (size_t n = 0; n < sizeof everyday / sizeof *everyday; n++)
		printf("%s%u,", n % 24 ? "" : "\n\t", everyday[n]);
	printf("\n};\n");
}

/*
 * A character counts for one script only if the other script's everyday charset lacks it: 后 and 乾
 * have a partner, yet both scripts use them. Then the end of its way to Hans: folding twice must equal
 * folding once.
 */
int main(void)
{
	opencc_t to_hans = open_converter("t2s.json"), to_hant = open_converter("s2t.json");
	iconv_t big5 = open_charset("BIG5"), gb2312 = open_charset("EUC-CN");
	size_t rows = 0;
	printf("/* Made by tools/hant_table.c from OpenCC's data. */\n"
	       "static const struct hant_row hant_table[] = {\n");
	for (size_t b = 0; b < sizeof blocks / sizeof *blocks; b++) {
		for (uint32_t c = blocks[b].first; c <= blocks[b].last; c++) {
			uint32_t hans = converted(to_hans, c), next = 0;
			for (int i = 0; i < 4 && (next = converted(to_hans, hans)) != hans; i++)
				hans = next;
			bool only_hant = hans != c && !encodable(gb2312, c);
			bool only_hans = hans == c && converted(to_hant, c) != c && !encodable(big5, c);
			if (hans == c && !only_hans)
				continue;
			printf("\t{0x%x, 0x%x, %s},\n", c, hans,
			       only_hant   ? "ONLY_HANT"
			       : only_hans ? "ONLY_HANS"
					   : "BOTH_SCRIPTS");
			rows++;
			if (c >= EVERYDAY_FIRST && c <= EVERYDAY_LAST)
				everyday[c - EVERYDAY_FIRST] = (unsigned short)rows;
		}
	}
	printf("};\n");
	print_everyday();
	opencc_close(to_hans);
	opencc_close(to_hant);
	iconv_close(big5);
	iconv_close(gb2312);
	if (rows < 5000 || rows >= 0xffff)
		fail("OpenCC's dictionaries look incomplete");
	return ferror(stdout) || fflush(stdout) ? 1 : 0;
}
