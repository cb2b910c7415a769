/* SPDX-License-Identifier: MIT */
/* How a platform takes answers: [platform] `answer` and `page` of data/platforms/NAME.ini. */
#pragma once
#include "store/answer.h"

struct platform_facts {
	enum send_method answer;
	char *page; /* the platform's own page of a case, with {order} and {case} in it; NULL: not known */
};

/* A platform without a file takes answers by mail. NULL and *error ("FILE:LINE: ...") if its file is faulty.
 */
struct platform_facts *platform_facts_load(const char *platform, GError **error);
void platform_facts_destroy(struct platform_facts *f);
typedef struct platform_facts platform_facts_auto; /* for g_autoptr only */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(platform_facts_auto, platform_facts_destroy)

/* How an answer to this case leaves: by mail if the platform takes that and the buyer wrote a mail that can
 * be answered (automatic mail and no-reply addresses can't), else by hand. */
bool platform_method(struct store *s, const struct platform_facts *f, gint64 case_id,
		     enum send_method *method, GError **error);

/* The page's address with the numbers put in, percent-encoded (either may be NULL). NULL if the page isn't
 * known or asks for a number that isn't. Owned by the caller. */
char *platform_page(const struct platform_facts *f, const char *order, const char *case_no);

/* Whether `page` can stand in a platform file: https, no other placeholder, nothing that acts on a terminal.
 */
bool platform_page_is_sound(const char *page);
