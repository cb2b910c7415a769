/* SPDX-License-Identifier: MIT */
/* The files of a mail that is written: multipart/mixed, base64, names by RFC 2231. */
#pragma once
#include <glib.h>

struct attachment;

/* What stands between the parts of this mail: nothing in quoted-printable or base64 looks like it. Owned. */
char *compose_boundary(const char *message_id);

/* Appends a part for the file behind its boundary line: name and type can add no header. */
void compose_file(GString *out, const char *boundary, const struct attachment *a, GBytes *bytes);
