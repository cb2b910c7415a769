/* SPDX-License-Identifier: MIT */
#include "domain/media_type.h"

#include <stdbool.h>
#include <string.h>

#include "domain/banned.h"

#define UNKNOWN "application/octet-stream"

/* What sellers attach: pictures, labels, manuals, films, tables. `begins` is looked for at `at`; NULL: such
 * files begin with anything. The first row of a beginning is what it means whatever the ending. */
static const struct {
	const char *ending, *type, *begins;
	gsize at, length;
} types[] = {
    {"pdf", "application/pdf", "%PDF-", 0, 5},
    {"jpg", "image/jpeg", "\xff\xd8\xff", 0, 3},
    {"jpeg", "image/jpeg", "\xff\xd8\xff", 0, 3},
    {"png", "image/png", "\x89PNG\r\n\x1a\n", 0, 8},
    {"gif", "image/gif", "GIF8", 0, 4},
    {"webp", "image/webp", "WEBP", 8, 4},
    {"heic", "image/heic", "ftyphei", 4, 7},
    {"tif", "image/tiff", "II*\0", 0, 4},
    {"tiff", "image/tiff", "II*\0", 0, 4},
    {"mov", "video/quicktime", "ftypqt", 4, 6},
    {"mp4", "video/mp4", "ftyp", 4, 4},
    {"m4v", "video/mp4", "ftyp", 4, 4},
    {"webm", "video/webm", "\x1a\x45\xdf\xa3", 0, 4},
    {"mp3", "audio/mpeg", "ID3", 0, 3},
    {"ogg", "audio/ogg", "OggS", 0, 4},
    {"zip", "application/zip", "PK\3\4", 0, 4},
    {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "PK\3\4", 0, 4},
    {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "PK\3\4", 0, 4},
    {"odt", "application/vnd.oasis.opendocument.text", "PK\3\4", 0, 4},
    {"ods", "application/vnd.oasis.opendocument.spreadsheet", "PK\3\4", 0, 4},
    {"txt", "text/plain", NULL, 0, 0},
    {"csv", "text/csv", NULL, 0, 0},
    {"html", "text/html", NULL, 0, 0},
};

static bool begins(gsize n, const char *bytes, gsize length)
{
	return length >= types[n].at + types[n].length &&
	       memcmp(bytes + types[n].at, types[n].begins, types[n].length) == 0;
}

const char *media_type_guess(const char *name, const void *bytes, gsize length)
{
	const char *dot = strrchr(name, '.'), *first = NULL;
	for (gsize n = 0; n < G_N_ELEMENTS(types); n++) {
		bool named = dot && g_ascii_strcasecmp(dot + 1, types[n].ending) == 0;
		/* The rows without a beginning come last: text holds no NUL, and isn't known for another. */
		bool fits = types[n].begins ? begins(n, bytes, length)
					    : named && !first && !memchr(bytes, '\0', length);
		if (named && fits)
			return types[n].type;
		if (fits && !first)
			first = types[n].type;
	}
	return first ? first : UNKNOWN;
}
