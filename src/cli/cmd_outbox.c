/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"

#include "cli/out.h"
#include "domain/intl.h"
#include "domain/text.h"
#include "domain/when.h"
#include "store/answer.h"

#include <string.h>

#include "domain/banned.h"

#define MOST 10000 /* rows listed */

static void add_cell(GString *line, const char *text, int columns, enum text_align align)
{
	g_autofree char *safe = text_safe(text ? text : "", -1, TEXT_ONE_LINE);
	text_column(line, safe, columns, align);
	g_string_append_c(line, ' ');
}

/* The last cell stands uncut: nothing has to line up behind it. */
static void print_cells(const char *id, const char *state, const char *case_id, const char *when,
			const char *platform, const char *buyer, const char *subject)
{
	g_autoptr(GString) line = g_string_new(NULL);
	add_cell(line, id, 6, TEXT_RIGHT);
	add_cell(line, state, 15, TEXT_LEFT);
	add_cell(line, case_id, 7, TEXT_RIGHT);
	add_cell(line, when, 16, TEXT_LEFT);
	add_cell(line, platform, 10, TEXT_LEFT);
	add_cell(line, buyer, 18, TEXT_LEFT);
	g_autofree char *safe = text_safe(subject ? subject : "", -1, TEXT_ONE_LINE);
	g_string_append(line, safe);
	g_strchomp(line->str);
	out_text(line->str);
	out_text("\n");
}

/* What went wrong stands below its answer. */
static void print_row(const struct cli *cli, const struct outbox_row *r)
{
	g_autofree char *id = g_strdup_printf("%" G_GINT64_FORMAT, r->id);
	g_autofree char *case_id = g_strdup_printf("%" G_GINT64_FORMAT, r->case_id);
	g_autofree char *when = when_stamp(r->created, cli->zone);
	print_cells(id, vocab_title(&OUTBOX_STATES, r->state), case_id, when, r->platform, r->buyer,
		    r->subject);
	g_autoptr(GString) more = g_string_new(NULL);
	if (r->fault)
		out_indented(more, r->fault, 7);
	if (r->state == OUTBOX_WAITING && r->tries) {
		g_autofree char *next = when_stamp(r->next_try, cli->zone);
		g_autofree char *line = g_strdup_printf(
		    ngettext_("tried %d time; next try %s", "tried %d times; next try %s", r->tries),
		    r->tries, next);
		out_indented(more, line, 7);
	}
	out_text(more->str);
}

static void print_json(const struct outbox_row *r, bool first)
{
	json_t *o = json_object();
	json_object_set_new(o, "id", json_integer(r->id));
	json_object_set_new(o, "case", json_integer(r->case_id));
	json_object_set_new(o, "message", json_integer(r->message));
	json_object_set_new(o, "state", json_string(vocab_id(&OUTBOX_STATES, r->state)));
	json_object_set_new(o, "method", json_string(vocab_id(&SEND_METHODS, r->method)));
	json_object_set_new(o, "created", out_json_time(r->created));
	json_object_set_new(o, "send_after", out_json_time(r->send_after));
	json_object_set_new(o, "next_try", out_json_time(r->state == OUTBOX_WAITING ? r->next_try : 0));
	json_object_set_new(o, "tries", json_integer(r->tries));
	json_object_set_new(o, "login", out_json_text(r->login));
	json_object_set_new(o, "buyer", out_json_text(r->buyer));
	json_object_set_new(o, "platform", out_json_text(r->platform));
	json_object_set_new(o, "subject", out_json_text(r->subject));
	json_object_set_new(o, "fault", out_json_text(r->fault));
	out_text(first ? "[\n" : ",\n");
	out_json(o, "");
}

static int list(struct cli *cli, bool all, bool json)
{
	g_autoptr(store_auto) s = cli_open(cli, STORE_READ);
	if (!s)
		return EXIT_FAULT;
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) rows = store_outbox(s, all, MOST, &error);
	if (!rows)
		return cli_fault(error);
	if (!json && rows->len)
		print_cells(_("ID"), _("STATE"), _("CASE"), _("WRITTEN"), _("PLATFORM"), _("BUYER"),
			    _("SUBJECT"));
	for (guint i = 0; i < rows->len; i++) {
		if (json)
			print_json(rows->pdata[i], i == 0);
		else
			print_row(cli, rows->pdata[i]);
	}
	if (json)
		out_text(rows->len ? "\n]\n" : "[]\n");
	return out_finish();
}

/* What a person can say of an answer. */
enum said { SAID_POSTED, SAID_AGAIN, SAID_DROP, N_SAID };
static const char *const words[N_SAID] = {"posted", "again", "drop"};

static bool settle(struct cli *cli, struct store *s, enum said said, gint64 id, GError **error)
{
	bool done;
	if (said != SAID_DROP)
		return store_outbox_settle(
		    s, cli->me, id, said == SAID_POSTED ? OUTBOX_POSTED : OUTBOX_WAITING, cli->now(), error);
	if (!store_take_back(s, cli->me, id, cli->now(), &done, error))
		return false;
	if (!done)
		g_set_error(error, STORE_ERROR, STORE_ERROR_NOT_FOUND,
			    _("there is no answer %" PRId64
			      " of yours that can be dropped: it left, is being sent, or another person"
			      " wrote it"),
			    id);
	return done;
}

static int say(struct cli *cli, const char *word, const char *number)
{
	int said = 0;
	guint64 id = 0;
	while (said < N_SAID && !g_str_equal(words[said], word))
		said++;
	if (said == N_SAID || !g_ascii_string_to_unsigned(number, 10, 1, G_MAXINT64, &id, NULL)) {
		out_complain(
		    _("say amends outbox posted ID, amends outbox again ID or amends outbox drop ID"));
		return EXIT_USAGE;
	}
	g_autoptr(store_auto) s = cli_open_there(cli);
	if (!s)
		return EXIT_FAULT;
	g_autoptr(GError) error = NULL;
	if (!settle(cli, s, said, (gint64)id, &error))
		return cli_fault(error);
	const char *const results[N_SAID] = {
	    [SAID_POSTED] = _("Noted as sent.\n"),
	    [SAID_AGAIN] = _("It is sent again by the next amends send.\n"),
	    [SAID_DROP] = _("Taken back: the text is your draft again.\n"),
	};
	out_text(results[said]);
	return out_finish();
}

int cmd_outbox(struct cli *cli, int argc, char **argv)
{
	gboolean all = FALSE, json = FALSE;
	const GOptionEntry options[] = {
	    {"all", 'a', 0, G_OPTION_ARG_NONE, &all, N_("Also what was sent, posted or taken back"), NULL},
	    {"json", 'j', 0, G_OPTION_ARG_NONE, &json, N_("Print JSON: ids, ISO times, raw words"), NULL},
	    G_OPTION_ENTRY_NULL,
	};
	if (!command_options(cli, command_find(desk_commands, "outbox"), options, &argc, &argv))
		return EXIT_USAGE;
	if (argc == 3)
		return say(cli, argv[1], argv[2]);
	if (argc == 1)
		return list(cli, all, json);
	out_complain(_("say amends outbox [--all] [--json], or amends outbox posted|again|drop ID"));
	return EXIT_USAGE;
}
