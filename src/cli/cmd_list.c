/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"

#include "cli/case_json.h"
#include "cli/out.h"
#include "domain/intl.h"
#include "domain/text.h"
#include "domain/when.h"
#include "store/views.h"

#include <string.h>

#include "domain/banned.h"

#define PAGE 500

enum { DUE, CASE, PLATFORM, BUYER, KIND, VALUE, LANG, STATUS, WHO, N_COLUMNS };

static const struct {
	const char *title;
	int columns;
	enum text_align align;
} columns[N_COLUMNS] = {
    [DUE] = {N_("DUE"), 14, TEXT_LEFT},           [CASE] = {N_("CASE"), 7, TEXT_RIGHT},
    [PLATFORM] = {N_("PLATFORM"), 10, TEXT_LEFT}, [BUYER] = {N_("BUYER"), 18, TEXT_LEFT},
    [KIND] = {N_("KIND"), 16, TEXT_LEFT},         [VALUE] = {N_("VALUE"), 11, TEXT_RIGHT},
    [LANG] = {N_("LANG"), 7, TEXT_LEFT},          [STATUS] = {N_("STATUS"), 10, TEXT_LEFT},
    [WHO] = {N_("WHO"), 10, TEXT_LEFT},
};

struct list {
	struct cli *cli;
	gboolean json;
	gint64 left; /* rows still wanted */
	bool any;    /* a row was printed */
};

/* The subject stands last and uncut: nothing has to line up behind it. */
static void print_cells(const char *const cells[N_COLUMNS], const char *subject)
{
	g_autoptr(GString) line = g_string_new(NULL);
	for (int i = 0; i < N_COLUMNS; i++) {
		g_autofree char *safe = text_safe(cells[i] ? cells[i] : "", -1, TEXT_ONE_LINE);
		text_column(line, safe, columns[i].columns, columns[i].align);
		g_string_append_c(line, ' ');
	}
	g_autofree char *safe = text_safe(subject ? subject : "", -1, TEXT_ONE_LINE);
	g_string_append(line, safe);
	g_strchomp(line->str);
	out_text(line->str);
	out_text("\n");
}

static void print_titles(void)
{
	const char *titles[N_COLUMNS];
	for (int i = 0; i < N_COLUMNS; i++)
		titles[i] = _(columns[i].title);
	print_cells(titles, _("SUBJECT"));
}

static void print_row(const struct list *l, const struct inbox_row *row)
{
	g_autofree char *due = when_countdown(row->due, l->cli->now(), l->cli->zone);
	g_autofree char *id = g_strdup_printf("%" G_GINT64_FORMAT, row->id);
	g_autofree char *value = money_short(&row->value);
	const char *const cells[N_COLUMNS] = {
	    [DUE] = due,
	    [CASE] = id,
	    [PLATFORM] = row->platform,
	    [BUYER] = row->buyer,
	    [KIND] = vocab_title(&KINDS, row->kind),
	    [VALUE] = value,
	    [LANG] = row->lang,
	    [STATUS] = vocab_title(&STATUSES, row->status),
	    [WHO] = row->who,
	};
	print_cells(cells, row->subject);
}

static void print_json(const struct list *l, const struct inbox_row *row)
{
	json_t *o = json_object();
	json_object_set_new(o, "id", json_integer(row->id));
	json_object_set_new(o, "due", out_json_time(row->due == G_MAXINT64 ? 0 : row->due));
	json_object_set_new(o, "platform", out_json_text(row->platform));
	json_object_set_new(o, "buyer", out_json_text(row->buyer));
	json_object_set_new(o, "kind", json_string(vocab_id(&KINDS, row->kind)));
	json_object_set_new(o, "subject", out_json_text(row->subject));
	json_object_set_new(o, "value", out_json_money(&row->value));
	json_object_set_new(o, "lang", out_json_text(row->lang));
	json_object_set_new(o, "status", json_string(vocab_id(&STATUSES, row->status)));
	json_object_set_new(o, "who", out_json_text(row->who));
	json_object_set_new(o, "tags", tags_json(row->tags));
	json_object_set_new(o, "latest", out_json_time(row->latest));
	out_text(l->any ? ",\n" : "[\n");
	out_json(o, "");
}

static bool print_pages(struct list *l, struct store *s, const char *query, GError **error)
{
	gint64 now = l->cli->now();
	struct inbox_request request = {
	    .query = query,
	    .from = INBOX_START,
	    .now = now,
	    .day_end = when_day_end(now, l->cli->zone),
	    .me = l->cli->me,
	    .tags = l->json,
	};
	for (bool more = true; more && l->left > 0;) {
		request.limit = (int)MIN(l->left, PAGE);
		g_autoptr(inbox_page_auto) page = store_inbox(s, &request, error);
		if (!page)
			return false;
		if (!l->json && request.from == INBOX_START)
			print_titles();
		for (guint i = 0; i < page->rows->len; i++) {
			const struct inbox_row *row = page->rows->pdata[i];
			if (l->json)
				print_json(l, row);
			else
				print_row(l, row);
			l->any = true;
			l->left--;
			request.key = row->key;
		}
		request.from = INBOX_AFTER;
		more = page->more_after && page->rows->len > 0;
	}
	return true;
}

/* The query of a view together with what was typed; NULL after telling a fault in *code. Owned. */
static char *view_query(struct cli *cli, struct store *s, const char *name, const char *typed, int *code)
{
	g_autoptr(GError) error = NULL;
	struct view_row *v = store_view_find(s, cli->me, name, &error);
	if (!v) {
		g_autofree char *message = g_strdup_printf(_("there is no view \"%s\""), name);
		*code = error ? cli_fault(error) : EXIT_NOT_FOUND;
		if (!error)
			out_complain(message);
		return NULL;
	}
	char *query = *typed ? g_strdup_printf("(%s) (%s)", v->query, typed) : g_strdup(v->query);
	view_row_destroy(v);
	return query;
}

int cmd_list(struct cli *cli, int argc, char **argv)
{
	struct list l = {.cli = cli, .left = G_MAXINT64};
	gint64 limit = 0;
	int code = EXIT_OK;
	g_autofree char *view = NULL;
	const GOptionEntry options[] = {
	    {"json", 'j', 0, G_OPTION_ARG_NONE, &l.json, N_("Print JSON: ids, ISO times, raw words"), NULL},
	    {"limit", 'n', 0, G_OPTION_ARG_INT64, &limit, N_("At most so many cases"), N_("COUNT")},
	    {"view", 'v', 0, G_OPTION_ARG_STRING, &view, N_("The cases of a saved view"), N_("NAME")},
	    G_OPTION_ENTRY_NULL,
	};
	if (!command_options(cli, command_find(desk_commands, "list"), options, &argc, &argv))
		return EXIT_USAGE;
	if (limit < 0) {
		out_complain(_("--limit counts cases: write 1 or more"));
		return EXIT_USAGE;
	}
	if (limit > 0)
		l.left = limit;
	g_autofree char *typed = g_strjoinv(" ", argv + 1);
	g_autoptr(store_auto) s = cli_open(cli, STORE_READ);
	if (!s)
		return EXIT_FAULT;
	g_autoptr(GError) error = NULL;
	g_autofree char *query = view ? view_query(cli, s, view, typed, &code) : g_strdup(typed);
	if (!query)
		return code;
	if (!print_pages(&l, s, query, &error))
		return cli_fault(error);
	if (l.json)
		out_text(l.any ? "\n]\n" : "[]\n");
	return out_finish();
}
