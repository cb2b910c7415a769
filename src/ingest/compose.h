/* SPDX-License-Identifier: MIT */
/*
 * An answer as a mail: UTF-8, format=flowed (RFC 3676) in quoted-printable, headers folded and encoded (RFC
 * 5322, 2047). Nothing that came from outside can add a header or a recipient: line ends and control
 * characters are taken out of names and subjects, an address or Message-ID that isn't plain is refused or
 * left out. Files go behind the text as parts of a multipart/mixed.
 */
#pragma once
#include "domain/shop.h"
#include "store/answer.h"

/* `contents` has the bytes (GBytes) of each of o->files; NULL if there are none. The mail's bytes, lines
 * ended by \n as sendmail programs take them. NULL and *error if there is nobody to write to or an address
 * can't be used; trying again doesn't help then. */
GBytes *compose_mail(const struct outgoing *o, const GPtrArray *contents, const struct shop *shop,
		     GError **error);
