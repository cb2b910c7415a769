/* SPDX-License-Identifier: MIT */
#include "domain/media_type.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct {
	const char *name, *bytes;
	gsize length;
	const char *type;
} files[] = {
    {"label.pdf", "%PDF-1.7", 8, "application/pdf"},
    {"label", "%PDF-1.7", 8, "application/pdf"},
    {"LABEL.PDF", "%PDF-1.7", 8, "application/pdf"},
    {"photo.jpg", "\xff\xd8\xff\xe0", 4, "image/jpeg"},
    {"photo.png", "\xff\xd8\xff\xe0", 4, "image/jpeg"}, /* the beginning knows better */
    {"photo.jpg", "no picture", 10, "application/octet-stream"},
    {"terms.docx", "PK\3\4", 4, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {"terms.bin", "PK\3\4", 4, "application/zip"},
    {"film.mov", "\0\0\0\024ftypqt  ", 12, "video/quicktime"},
    {"film.mp4", "\0\0\0\030ftypisom", 12, "video/mp4"},
    {"steps.txt", "Press both keys.", 16, "text/plain"},
    {"steps.txt", "%PDF-1.7", 8, "application/pdf"},
    {"steps.txt", "a\0b", 3, "application/octet-stream"},
    {"tool.exe", "MZ\220", 3, "application/octet-stream"},
    {"退货标签.pdf", "%PDF-1.4", 8, "application/pdf"},
    {"pdf", "x", 1, "application/octet-stream"},
    {"x.", "x", 1, "application/octet-stream"},
};

static void a_file_is_what_it_begins_with(void **state)
{
	for (gsize i = 0; i < G_N_ELEMENTS(files); i++)
		assert_string_equal(media_type_guess(files[i].name, files[i].bytes, files[i].length),
				    files[i].type);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(a_file_is_what_it_begins_with)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
