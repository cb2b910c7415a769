/* SPDX-License-Identifier: MIT */
#include "store/phrase_files.h"

#include "store/datafile.h"

#include "domain/banned.h"

struct phrases *phrases_load(enum phrases_of of, GError **error)
{
	struct datafile *f = datafile_one(of == PHRASES_WISHES ? "wishes.ini" : "promises.ini", error);
	struct phrases *p = f ? phrases_read(of, f->path, f->text, f->length, error) : NULL;
	if (f)
		datafile_destroy(f);
	return p;
}
