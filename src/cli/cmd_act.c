/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"

#include "cli/out.h"
#include "domain/intl.h"
#include "domain/text.h"
#include "store/act.h"
#include "store/closing.h"
#include "store/shop_file.h"

#include <string.h>

#include "domain/banned.h"

static void list_acts(void)
{
	out_text(_("What can be done to a case:\n"));
	for (int i = 0; i < N_ACTS; i++) {
		g_autofree char *line = g_strdup_printf("  %-36s %s\n", act_form(i), vocab_title(&ACTS, i));
		out_text(line);
	}
}

/* The currency of the case's value: bare amounts are meant in it. Owned; "" if it isn't known. */
static char *currency_of(struct store *s, gint64 id, GError **error)
{
	struct case_request q = {.id = id, .limit = 1, .brief = true};
	g_autoptr(case_file_auto) f = store_case(s, &q, error);
	return f ? g_strdup(f->record.value.currency) : NULL;
}

/* A line of what a case owes, made safe; takes the text. */
static void tell(char *text)
{
	g_autofree char *safe = text ? text_safe(text, -1, TEXT_ONE_LINE) : NULL;
	g_free(text);
	if (!safe)
		return;
	out_text(safe);
	out_text("\n");
}

/* The promises that are open are told before a case is closed, or asked about. */
static bool read_act(struct cli *cli, struct store *s, const char *typed, const char *currency, struct act *a,
		     char **text, GError **error)
{
	bool ok = act_parse(typed, cli->now(), cli->zone, store_currency(s, currency), a, text, error);
	if (act_closes(a->type) || (a->type == ACT_STATUS && !ok))
		tell(closing_promises(s, a->cases[0], cli->zone));
	return ok;
}

static int ask_merge(const struct act *a, const GError *error)
{
	g_autofree char *text = g_strdup_printf(_("%s; merge=%" PRId64 "; sure merges them all the same"),
						error->message, a->other);
	out_complain(text);
	return EXIT_USAGE;
}

static int do_act(struct cli *cli, gint64 id, const char *typed)
{
	g_autoptr(store_auto) s = cli_open(cli, STORE_WRITE);
	if (!s)
		return EXIT_FAULT;
	g_autoptr(GError) error = NULL;
	g_autofree char *currency = currency_of(s, id, &error), *text = NULL;
	if (!currency)
		return cli_fault(error);
	struct act a = {.cases = &id, .count = 1};
	struct acted r;
	if (!read_act(cli, s, typed, currency, &a, &text, &error)) {
		out_complain(error->message);
		return EXIT_USAGE;
	}
	if (!store_act(s, cli->me, &a, cli->now(), &r, &error))
		return r.unsure ? ask_merge(&a, error) : cli_fault(error);
	g_autofree char *done = act_told(&a);
	g_autofree char *line = r.changed ? g_strdup_printf(_("Case %" PRId64 ": %s.\n"), r.case_id, done)
					  : g_strdup_printf(_("Case %" PRId64 " stood so already.\n"), id);
	out_text(line);
	if (act_closes(a.type))
		tell(closing_clock(s, id, cli->zone));
	return out_finish();
}

static int undo(struct cli *cli)
{
	g_autoptr(store_auto) s = cli_open(cli, STORE_WRITE);
	if (!s)
		return EXIT_FAULT;
	g_autoptr(GError) error = NULL;
	struct undone u;
	if (!store_undo(s, cli->me, cli->now(), NULL, NULL, &u, &error))
		return cli_fault(error);
	g_autofree char *safe = text_safe(u.text, -1, TEXT_ONE_LINE);
	bool any = u.act || u.view;
	out_text(safe);
	out_text("\n");
	undone_clear(&u);
	int code = out_finish();
	return code == EXIT_OK && !any ? EXIT_NOT_FOUND : code;
}

int cmd_act(struct cli *cli, int argc, char **argv)
{
	gint64 id = 0;
	if (!command_options(cli, command_find(desk_commands, "act"), NULL, &argc, &argv))
		return EXIT_USAGE;
	if (argc == 1) {
		list_acts();
		return out_finish();
	}
	if (argc == 2 && g_str_equal(argv[1], "undo"))
		return undo(cli);
	if (argc < 3) {
		out_complain(
		    _("say amends act CASE WHAT, or amends act undo; amends act lists what there is"));
		return EXIT_USAGE;
	}
	g_autofree char *typed = g_strjoinv(" ", argv + 2);
	return cli_case_number(argv[1], &id) ? do_act(cli, id, typed) : EXIT_USAGE;
}
