/* SPDX-License-Identifier: MIT */
#include "ui/composer.h"

#include "domain/days.h"
#include "domain/intl.h"
#include "domain/text.h"
#include "store/platform_facts.h"
#include "store/shop_file.h"

#include <string.h>

#include "domain/banned.h"

static bool is_blank(const char *text)
{
	return text[strspn(text, " \n")] == '\0';
}

/* Asks for the reason to send what is blocked, or tells who may. */
static void ask_reason(struct composer *c, guint blocks, struct outcome *out)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(shop_auto) shop = shop_load(&error);
	composer_next_finding(c);
	if (!shop || !shop_may_override(shop, c->view.desk->me)) {
		out->say = shop ? shop_tell_override(shop) : g_strdup(error->message);
		return;
	}
	c->asking = ASKING_REASON;
	out->ask = g_strdup_printf(ngettext_("Blocked in %u place. Reason to send all the same: ",
					     "Blocked in %u places. Reason to send all the same: ", blocks),
				   blocks);
}

/* What stands against sending, told in *out; false: nothing does. */
static bool stopped(struct composer *c, struct outcome *out)
{
	guint version = text_area_version(c->area);
	bool reason = c->reason && c->reasoned_in == version;
	if (is_blank(text_area_text(c->area))) {
		out->say = g_strdup(_("There is nothing to send yet."));
		return true;
	}
	if (c->buffer == DRAFT_NOTE)
		return false;
	if (text_area_next_hole(c->area, 1)) {
		composer_follow(c);
		out->say = g_strdup(_("A place is still open: type what belongs there, or delete it."));
		return true;
	}
	composer_guard(c);
	guint blocks = composer_count(c, GUARD_BLOCK), warnings = composer_count(c, GUARD_WARN);
	if (blocks && !reason) {
		ask_reason(c, blocks, out);
		return true;
	}
	const char *fault = library_guard_fault(c->view.desk->library);
	if ((warnings || fault) && !reason && c->confirmed != version) {
		c->confirmed = version;
		out->say =
		    fault
			? g_strdup(_("The guard can't be run: read the answer again, then ^S sends it."))
			: g_strdup_printf(
			      ngettext_("%u warning: ^S again sends all the same, ^N goes there.",
					"%u warnings: ^S again sends all the same, ^N goes there.", warnings),
			      warnings);
		return true;
	}
	return false;
}

/* What the canned replies in it ask for and offer becomes facts of the case (Z9), as far as the text still
 * says it; their names are added to `names`. What they promise is read from the text, as what the writer
 * promises.
 */
static bool add_facts(struct composer *c, struct answer *a, GString *names, GError **error)
{
	const struct desk *d = c->view.desk;
	if (!c->inserted->len)
		return true;
	const struct template_set *set = library_templates(d->library, error);
	if (!set)
		return false;
	for (guint i = 0; i < c->inserted->len; i++) {
		const struct inserted *in = c->inserted->pdata[i];
		const struct template *t = composer_says(c, in) ? template_set_find(set, in->name) : NULL;
		if (t) {
			g_string_append_printf(names, "%s%s", names->len ? " " : "", in->name);
			a->asks |= t->asks;
			a->offers |= case_facts_undone(&c->file->facts, t->offers);
			a->finds |= t->finds;
		}
	}
	return true;
}

static void show_unseen(struct composer *c, struct outcome *out)
{
	c->show_history = true;
	composer_lay_out(c);
	pager_to(&c->history, pager_last_top(&c->history));
	c->news = false;
	c->saver.draft->seen = composer_newest(c);
	composer_touch(c);
	out->say = g_strdup(_("Not sent: something came meanwhile. Read it here; ^S then sends."));
}

static char *page_of(const struct composer *c, const struct platform_facts *facts)
{
	return platform_page(facts, c->file->order ? c->file->order->number : NULL, c->file->record.case_no);
}

static void sent(struct composer *c, const struct answer *a, const struct answered *r,
		 const struct platform_facts *facts, gint64 now, struct outcome *out)
{
	c->saver.due = G_MAXINT64; /* the draft is gone: nothing to save */
	out->sent = (struct sent){.outbox = r->outbox,
				  .case_id = c->case_id,
				  .until = now + a->undo_ms,
				  .by_hand = a->method == SEND_HAND};
	out->leave_all = true;
	out->then = ACTION_FIRST;
	if (a->method == SEND_MAIL && !a->undo_ms)
		out->say = g_strdup(_("The answer is in the outbox."));
	if (a->method == SEND_MAIL)
		return;
	g_autofree char *page = page_of(c, facts);
	out->clipboard = g_strdup(a->text);
	out->open = view_post_create(c->view.desk, &out->sent, a->text, page);
}

static bool send_answer(struct composer *c, struct outcome *out, GError **error)
{
	const struct desk *d = c->view.desk;
	const struct draft *draft = c->saver.draft;
	gint64 now = d->now();
	struct answered r;
	g_autoptr(shop_auto) shop = shop_load(error);
	g_autoptr(platform_facts_auto) facts =
	    shop ? platform_facts_load(c->file->record.platform, error) : NULL;
	enum send_method method;
	if (!facts || !platform_method(d->store, facts, c->case_id, &method, error))
		return false;
	struct answer a = {.case_id = c->case_id,
			   .attempt = draft->attempt,
			   .text = text_area_text(c->area),
			   .lang = LANGS.words[c->lang].id,
			   .seen = draft->seen,
			   .method = method,
			   .undo_ms = shop->undo * SECOND_MS,
			   .promise_due = c->promise_due,
			   .promise = c->promise,
			   .override =
			       c->reason && c->reasoned_in == text_area_version(c->area) ? c->reason : NULL};
	g_autoptr(GString) names = g_string_new(NULL);
	if (!add_facts(c, &a, names, error))
		return false;
	a.templates = names->str;
	if (!store_answer(d->store, d->me, &a, now, &r, error))
		return false;
	if (r.result == ANSWER_UNSEEN) {
		if (!composer_read(c, error))
			return false;
		show_unseen(c, out);
		return true;
	}
	sent(c, &a, &r, facts, now, out);
	if (r.result == ANSWER_REPEATED) {
		out->sent.outbox = 0;
		out->say = g_strdup(_("This answer was sent before; it isn't sent twice."));
	}
	return true;
}

static bool keep_note(struct composer *c, struct outcome *out, GError **error)
{
	const struct desk *d = c->view.desk;
	if (!store_note(d->store, d->me, c->case_id, text_area_text(c->area), d->now(), error))
		return false;
	c->saver.due = G_MAXINT64;
	out->leave = true;
	out->say = g_strdup(_("The note is in the history."));
	return true;
}

/* Whether a promise must be confirmed first; asks for that. */
static bool ask_promise(struct composer *c, struct outcome *out, GError **error)
{
	if (c->buffer == DRAFT_NOTE || c->promised_in == text_area_version(c->area))
		return false;
	if (!composer_find_promise(c, error) || !c->promise_due)
		return false;
	c->asking = ASKING_PROMISE;
	c->promised_in = 0;
	out->ask = composer_promise_question(c);
	return true;
}

bool composer_send(struct composer *c, struct outcome *out, GError **error)
{
	g_autoptr(GError) fault = NULL;
	if (stopped(c, out) || ask_promise(c, out, &fault))
		return true;
	if (fault) {
		g_propagate_error(error, g_steal_pointer(&fault));
		return false;
	}
	/* The store must have the draft: its attempt is the answer's key. */
	draft_saver_touch(&c->saver, c->view.desk->now());
	if (!composer_save(c, error))
		return false;
	return c->buffer == DRAFT_NOTE ? keep_note(c, out, error) : send_answer(c, out, error);
}

bool composer_send_reason(struct composer *c, const char *reason, struct outcome *out, GError **error)
{
	g_free(c->reason);
	c->reason = g_strstrip(g_strdup(reason));
	c->reasoned_in = text_area_version(c->area);
	if (*c->reason)
		return composer_send(c, out, error);
	g_clear_pointer(&c->reason, g_free);
	return true;
}

bool composer_send_promise(struct composer *c, const char *answer, struct outcome *out, GError **error)
{
	if (*answer == 'n' || *answer == 'N')
		c->promise_due = 0;
	c->promised_in = text_area_version(c->area);
	return composer_send(c, out, error);
}
