/* SPDX-License-Identifier: MIT */
/* A person's change of a canned reply, in a copy of their own. */
#pragma once
#include "domain/template.h"

struct template_edit;

/* Copies a shipped template into the person's own folder, unless it is there. NULL and *error on a fault or
 * if there is no such template. */
struct template_edit *template_edit_begin(const char *name, GError **error);
void template_edit_destroy(struct template_edit *e); /* accepts NULL */
typedef struct template_edit template_edit_auto;     /* for g_autoptr only */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(template_edit_auto, template_edit_destroy)

/* The person's own folder ("~/.config/amends/templates/NAME"). */
const char *template_edit_folder(const struct template_edit *e);

struct template_change {
	bool kept; /* the folder; one like that which it hides is removed, or it would hide later versions too
		    */
	int source; /* the revision that a changed English text was given; 0: none */
};

/* After the change. Where the English text is another and the person gave it no new revision, it gets one,
 * and the bodies that were changed with it render that; all others are stale from now on. */
bool template_edit_end(struct template_edit *e, struct template_change *change, GError **error);
