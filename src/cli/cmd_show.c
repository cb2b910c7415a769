/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"

#include "cli/case_json.h"
#include "cli/out.h"
#include "domain/intl.h"
#include "domain/text.h"
#include "domain/when.h"

#include "domain/banned.h"

#define PAGE 1000

static void add_time(GString *out, const struct cli *cli, const char *label, gint64 at)
{
	if (at == 0 || at == G_MAXINT64)
		return;
	g_autofree char *stamp = when_stamp(at, cli->zone);
	out_row(out, label, stamp);
}

static void add_due(GString *out, const struct cli *cli, gint64 due)
{
	if (due == G_MAXINT64) {
		out_row(out, _("Due"), _("no clock runs"));
		return;
	}
	g_autofree char *stamp = when_stamp(due, cli->zone);
	g_autofree char *countdown = when_countdown(due, cli->now(), cli->zone);
	g_autofree char *both = g_strdup_printf("%s (%s)", stamp, countdown);
	out_row(out, _("Due"), both);
}

static void add_buyer(GString *out, const struct buyer *b)
{
	if (!b)
		return;
	g_autoptr(GString) who = g_string_new(b->name ? b->name : b->handle);
	if (b->name && b->handle && !g_str_equal(b->name, b->handle))
		g_string_append_printf(who, " (%s)", b->handle);
	if (b->vip)
		g_string_append_printf(who, ", %s", _("VIP"));
	out_row(out, _("Buyer"), who->str);
}

static void add_order(GString *out, const struct cli *cli, const struct order *o)
{
	if (!o)
		return;
	g_autofree char *value = money_format(&o->value);
	out_row(out, _("Order"), o->number);
	out_row(out, _("Item"), o->item);
	out_row(out, _("SKU"), o->sku);
	out_row(out, _("Order value"), value);
	add_time(out, cli, _("Ordered"), o->ordered);
}

static void add_tags(GString *out, const GPtrArray *tags)
{
	g_autoptr(GString) line = g_string_new(NULL);
	for (guint i = 0; i < tags->len; i++)
		g_string_append_printf(line, "%s%s", i ? " " : "", (const char *)tags->pdata[i]);
	if (line->len)
		out_row(out, _("Tags"), line->str);
}

static void add_record(GString *out, const struct cli *cli, const struct case_file *f)
{
	const struct case_record *r = &f->record;
	g_autofree char *id = g_strdup_printf("%" G_GINT64_FORMAT, r->id);
	g_autofree char *value = money_format(&r->value);
	out_row(out, _("Case"), id);
	out_row(out, _("Subject"), r->subject);
	out_row(out, _("Platform"), r->platform_name);
	out_row(out, _("Case number"), r->case_no);
	out_row(out, _("Kind"), vocab_title(&KINDS, r->kind));
	out_row(out, _("Status"), vocab_title(&STATUSES, r->status));
	add_due(out, cli, r->due);
	out_row(out, _("Value"), value);
	out_row(out, _("Reason"), r->reason);
	out_row(out, _("Language"), r->lang);
	out_row(out, _("Who"), r->who ? r->who : _("nobody"));
	add_tags(out, r->tags);
	add_time(out, cli, _("Opened"), r->opened);
	add_buyer(out, f->buyer);
	add_order(out, cli, f->order);
}

static void add_clocks(GString *out, const struct cli *cli, const GPtrArray *clocks)
{
	for (guint i = 0; i < clocks->len; i++) {
		const struct clock *c = clocks->pdata[i];
		g_autofree char *stamp = c->due == G_MAXINT64 ? g_strdup("-") : when_stamp(c->due, cli->zone);
		g_autofree char *line =
		    g_strdup_printf("%s  %s, %s: %s", stamp, vocab_title(&CLOCK_FAMILIES, c->family),
				    vocab_title(&CLOCK_STATES, c->state), c->title ? c->title : "");
		out_row(out, i == 0 ? _("Clocks") : "", line);
	}
}

static void add_message(GString *out, const struct message *m)
{
	if (m->subject && *m->subject) {
		g_autofree char *subject = g_strdup_printf(_("Subject: %s"), m->subject);
		g_autofree char *safe = text_safe(subject, -1, TEXT_ONE_LINE);
		out_indented(out, safe, 4);
	}
	out_indented(out, m->text ? m->text : "", 4);
	for (guint i = 0; m->attachments && i < m->attachments->len; i++) {
		const struct attachment *a = m->attachments->pdata[i];
		g_autofree char *size = g_format_size((guint64)MAX(a->size, 0));
		g_autofree char *line = g_strdup_printf(_("Attachment %" PRId64 ": %s, %s, %s"), a->id,
							a->name, a->type ? a->type : "?", size);
		g_autofree char *safe = text_safe(line, -1, TEXT_ONE_LINE);
		out_indented(out, safe, 4);
	}
	if (m->flaws) {
		g_autofree char *note =
		    g_strdup_printf(_("Not fully read: %s"), m->flaw_note ? m->flaw_note : "?");
		out_indented(out, note, 4);
	}
}

/* What the event is about, and until when. */
static void add_event_text(GString *out, const struct cli *cli, const struct event *e)
{
	bool timed = e->due && e->due != G_MAXINT64;
	g_autofree char *stamp = timed ? when_stamp(e->due, cli->zone) : NULL;
	const char *what = e->text ? e->text : "";
	g_autofree char *text = !timed ? g_strdup(what) : g_strdup_printf(_("%s, due %s"), what, stamp);
	if (*text)
		out_indented(out, text, 4);
}

/* "2026-11-23 14:05  buyer: message from the buyer (Jonas)". */
static void add_event(GString *out, const struct cli *cli, const struct event *e)
{
	const struct message *m = e->message;
	g_autofree char *stamp = when_stamp(e->at, cli->zone);
	g_autoptr(GString) head = g_string_new(stamp);
	g_string_append_printf(head, "  %s: %s", vocab_title(&SIDES, e->side),
			       vocab_title(&EVENT_TYPES, e->type));
	if (e->trigger != TRIGGER_NONE && e->type == EVENT_NOTICE)
		g_string_append_printf(head, ", %s", vocab_title(&TRIGGERS, e->trigger));
	const char *who = e->who ? e->who : m ? m->from : NULL;
	if (who)
		g_string_append_printf(head, " (%s)", who);
	if (e->rule)
		g_string_append_printf(head, _(", by rule %s"), e->rule);
	if (e->amount.currency[0]) {
		g_autofree char *amount = money_format(&e->amount);
		g_string_append_printf(head, " %s", amount);
	}
	g_autofree char *safe = text_safe(head->str, -1, TEXT_ONE_LINE);
	g_string_append_printf(out, "\n%s\n", safe);
	add_event_text(out, cli, e);
	if (m)
		add_message(out, m);
}

/* The whole history, page by page from the newest back, put before what is there. */
static bool read_older(struct store *s, struct case_file *f, GError **error)
{
	bool more = f->more_before;
	while (more) {
		const struct event *first = f->events->pdata[0];
		struct case_request request = {
		    .id = f->record.id, .before = first->id, .limit = PAGE, .brief = true};
		g_autoptr(case_file_auto) older = store_case(s, &request, error);
		if (!older)
			return false;
		more = older->more_before && older->events->len > 0;
		g_ptr_array_extend_and_steal(older->events, g_steal_pointer(&f->events));
		f->events = g_steal_pointer(&older->events);
	}
	return true;
}

static int show(struct cli *cli, gint64 id, bool json)
{
	g_autoptr(store_auto) s = cli_open(cli, STORE_READ);
	if (!s)
		return EXIT_FAULT;
	g_autoptr(GError) error = NULL;
	struct case_request request = {.id = id, .limit = PAGE};
	g_autoptr(case_file_auto) f = store_case(s, &request, &error);
	if (!f || !read_older(s, f, &error))
		return cli_fault(error);
	if (json) {
		out_json(case_json(f), "\n");
		return out_finish();
	}
	g_autoptr(GString) out = g_string_new(NULL);
	add_record(out, cli, f);
	add_clocks(out, cli, f->clocks);
	for (guint i = 0; i < f->events->len; i++)
		add_event(out, cli, f->events->pdata[i]);
	out_text(out->str);
	return out_finish();
}

int cmd_show(struct cli *cli, int argc, char **argv)
{
	gboolean json = FALSE;
	gint64 id = 0;
	const GOptionEntry options[] = {
	    {"json", 'j', 0, G_OPTION_ARG_NONE, &json, N_("Print JSON: ids, ISO times, raw words"), NULL},
	    G_OPTION_ENTRY_NULL,
	};
	if (!command_options(cli, command_find(desk_commands, "show"), options, &argc, &argv))
		return EXIT_USAGE;
	if (argc != 2) {
		out_complain(_("name one case: amends show CASE"));
		return EXIT_USAGE;
	}
	return cli_case_number(argv[1], &id) ? show(cli, id, json) : EXIT_USAGE;
}
