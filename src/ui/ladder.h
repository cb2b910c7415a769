/* SPDX-License-Identifier: MIT */
/*
 * Where a case stands in its playbook (domain/playbook.h): read from the store when asked for, told in lines
 * beside the history. Without a playbook for the kind, or while the data files can't be read, there is simply
 * none.
 */
#pragma once
#include "domain/playbook.h"
#include "store/progress.h"
#include "ui/paint.h"
#include "ui/view.h"

struct ladder {
	struct progress *progress;
	const struct playbook *playbook; /* of the desk's library; NULL: none for this kind */
	struct playbook_next next;       /* empty without a playbook */
	GPtrArray *solutions;            /* of struct solution: what was offered and comes next */
	GPtrArray *stake;                /* of owned char *: what missing the case costs, safe; may be NULL */
};

/* NULL and *error if the case can't be read. Reads the playbooks if they weren't read yet. Owned by the
 * caller. */
struct ladder *ladder_read(const struct desk *desk, gint64 case_id, GError **error);
void ladder_destroy(struct ladder *l); /* accepts NULL */
typedef struct ladder ladder_auto;     /* for g_autoptr only */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ladder_auto, ladder_destroy)

/* "Next: Ask once for evidence": safe, owned; NULL if there is no playbook. */
char *ladder_line(const struct ladder *l);

/* When what it says changes by itself (UTC ms): a wait ends, the fallback falls due. G_MAXINT64: never. */
gint64 ladder_changes(const struct ladder *l, gint64 now);

/* Tells one paragraph of the pane; `safe` is shown as it is. */
typedef void ladder_tell(void *data, enum style style, const char *safe);
/* The next step and why. A paragraph of STYLE_TITLE heads each part, here and below. */
void ladder_tell_next(const struct ladder *l, GTimeZone *zone, ladder_tell *tell, void *data);
/* Its place in the ladder: the step that was done last, the next one in the words of ladder_tell_next(), and
 * those that follow. */
void ladder_tell_place(const struct ladder *l, ladder_tell *tell, void *data);
/* What missing the case costs. */
void ladder_tell_stake(const struct ladder *l, ladder_tell *tell, void *data);
/* All steps with their state, what never to do, what to find out. */
void ladder_tell_rest(const struct ladder *l, ladder_tell *tell, void *data);
