/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"

#include "cli/case_json.h"
#include "cli/out.h"
#include "domain/intl.h"

#include "domain/banned.h"

static json_t *explained_json(const struct clock *c, const GPtrArray *lines)
{
	json_t *o = clock_json(c), *explanation = json_array();
	for (guint i = 0; i < lines->len; i++)
		json_array_append_new(explanation, out_json_text(lines->pdata[i]));
	json_object_set_new(o, "explanation", explanation);
	return o;
}

static void explain(struct cli *cli, const struct case_file *f, const struct ruleset *rules, bool json)
{
	g_autoptr(GString) out = g_string_new(NULL);
	json_t *list = json_array();
	for (guint i = 0; i < f->clocks->len; i++) {
		const struct clock *c = f->clocks->pdata[i];
		g_autoptr(GPtrArray) lines = clock_explain(rules, c, cli->now(), cli->zone);
		if (json)
			json_array_append_new(list, explained_json(c, lines));
		if (i > 0)
			g_string_append_c(out, '\n');
		for (guint j = 0; j < lines->len; j++)
			out_indented(out, lines->pdata[j], j == 0 ? 0 : 2);
	}
	if (json) {
		out_json(list, "\n");
		return;
	}
	json_decref(list);
	out_text(f->clocks->len ? out->str : _("No clock was ever started for this case.\n"));
}

static int why(struct cli *cli, gint64 id, bool json)
{
	g_autoptr(store_auto) s = cli_open(cli, STORE_READ);
	if (!s)
		return EXIT_FAULT;
	g_autoptr(GError) error = NULL;
	struct case_request request = {.id = id, .limit = 1, .brief = true};
	g_autoptr(case_file_auto) f = store_case(s, &request, &error);
	const struct ruleset *rules = f ? store_rules(s, &error) : NULL;
	if (!rules)
		return cli_fault(error);
	explain(cli, f, rules, json);
	return out_finish();
}

int cmd_why(struct cli *cli, int argc, char **argv)
{
	gboolean json = FALSE;
	gint64 id = 0;
	const GOptionEntry options[] = {
	    {"json", 'j', 0, G_OPTION_ARG_NONE, &json, N_("Print JSON: ids, ISO times, raw words"), NULL},
	    G_OPTION_ENTRY_NULL,
	};
	if (!command_options(cli, command_find(desk_commands, "why"), options, &argc, &argv))
		return EXIT_USAGE;
	if (argc != 2) {
		out_complain(_("name one case: amends why CASE"));
		return EXIT_USAGE;
	}
	return cli_case_number(argv[1], &id) ? why(cli, id, json) : EXIT_USAGE;
}
