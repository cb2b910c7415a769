/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"

#include "cli/out.h"
#include "cli/reply_files.h"
#include "cli/reply_guard.h"
#include "domain/days.h"
#include "domain/intl.h"
#include "domain/text.h"
#include "store/fill_values.h"
#include "store/platform_facts.h"
#include "store/shop_file.h"
#include "store/template_files.h"

#include <string.h>

#include "domain/banned.h"

struct reply {
	struct cli *cli;
	struct store *store;
	struct template_set *set;
	const struct template *template;
	struct case_file *file;
	struct fill_values *values;
	struct platform_facts *facts;
	struct shop *shop;
	GPtrArray *files; /* of struct upload */
	enum send_method method;
	enum lang lang;
	struct money amount;
	char *text;
	gboolean dry, despite; /* --dry-run, --despite-warnings */
	const char *override;  /* --override: the reason; NULL: none */
};

static void reply_finish(struct reply *r)
{
	g_free(r->text);
	g_clear_pointer(&r->files, g_ptr_array_unref);
	shop_destroy(r->shop);
	platform_facts_destroy(r->facts);
	fill_values_destroy(r->values);
	case_file_destroy(r->file);
	template_set_destroy(r->set);
	store_close(r->store);
}

static bool refuse(GError **error, enum store_error code, const char *format, const char *what)
{
	g_set_error(error, STORE_ERROR, code, format, what);
	return false;
}

struct template_fault {
	const char *name; /* of the template that is wanted */
	char *text;       /* its first fault; NULL: none */
};

/* A fault begins with its file: "/folders/NAME/meta.ini:" or "NAME/en.txt:". */
static void note_fault(const char *message, void *data)
{
	struct template_fault *f = data;
	g_autofree char *folder = g_strdup_printf("/%s/", f->name);
	if (!f->text && (strstr(message, folder) || g_str_has_prefix(message, folder + 1)))
		f->text = g_strdup(message);
}

/* A fault in one template doesn't stop another from being sent. A copy of one's own that has a fault isn't
 * passed over for the shipped text. */
static bool find_template(struct reply *r, const char *name, GError **error)
{
	struct template_fault fault = {.name = name};
	r->set = template_files_load(note_fault, &fault, error);
	g_autofree char *text = fault.text;
	if (!r->set)
		return false;
	if (text)
		return refuse(error, STORE_ERROR_REFUSED, "%s", text);
	r->template = template_set_find(r->set, name);
	return (r->template && r->template->title) ||
	       refuse(error, STORE_ERROR_NOT_FOUND,
		      _("there is no template \"%s\"; amends templates lists them"), name);
}

/* The language asked for, else the case's, else English. */
static bool choose_lang(struct reply *r, const char *asked, GError **error)
{
	const struct case_file *f = r->file;
	r->lang = LANG_EN;
	if (asked && !lang_find(asked, &r->lang))
		return refuse(error, STORE_ERROR_QUERY,
			      _("\"%s\" is no language of ours: en, nl, lt, zh-Hans, zh-Hant, it"), asked);
	if (!asked && !lang_find(f->record.lang, &r->lang) && f->buyer)
		lang_find(f->buyer->lang, &r->lang);
	return r->template->bodies[r->lang] ||
	       refuse(error, STORE_ERROR_NOT_FOUND,
		      _("the template isn't written in %s; name another language with --lang"),
		      LANGS.words[r->lang].id);
}

static bool is_known(const char *name)
{
	const struct template_name *n;
	for (guint i = 0; (n = template_name_nth(i)); i++) {
		if (g_str_equal(n->name, name))
			return true;
	}
	return false;
}

/* "amount=12.50": put in as it is written; an amount is also kept as a number, in the case's or the shop's
 * currency. */
static bool set_value(struct reply *r, const char *pair, GError **error)
{
	const char *equal = strchr(pair, '=');
	g_autofree char *name = equal ? g_strndup(pair, equal - pair) : NULL;
	if (!name || !is_known(name) || !g_utf8_validate(pair, -1, NULL))
		return refuse(
		    error, STORE_ERROR_QUERY,
		    _("\"%s\": write NAME=TEXT with the name of a placeholder, such as amount=12.50"), pair);
	if (g_str_equal(name, "amount")) {
		if (!money_parse(equal + 1, store_currency(r->store, r->file->record.value.currency),
				 &r->amount))
			return refuse(error, STORE_ERROR_QUERY,
				      _("\"%s\" is no amount; write one such as 12.50 EUR"), equal + 1);
		g_autofree char *money = lang_money(r->lang, &r->amount);
		fill_values_set(r->values, name, money);
		return true;
	}
	fill_values_set(r->values, name, equal + 1);
	return true;
}

/* "{{amount}}, {{tracking}}", each once. */
static char *list_holes(const char *text, const GArray *holes)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	for (guint i = 0; i < holes->len; i++) {
		const struct template_hole *h = &g_array_index(holes, struct template_hole, i);
		g_autofree char *name = g_strndup(text + h->at, h->length);
		if (!g_ptr_array_find_with_equal_func(names, name, g_str_equal, NULL))
			g_ptr_array_add(names, g_steal_pointer(&name));
	}
	g_ptr_array_add(names, NULL);
	return g_strjoinv(", ", (char **)names->pdata);
}

static bool fill(struct reply *r, char **set, GError **error)
{
	r->values = fill_values_create(r->store, r->file, r->cli->me, r->lang, r->cli->now(), error);
	if (!r->values)
		return false;
	for (int i = 0; set && set[i]; i++) {
		if (!set_value(r, set[i], error))
			return false;
	}
	r->text = template_fill(r->set, r->template, r->lang, fill_values_get(r->values), NULL);
	return true;
}

/* Looked for in the finished text: what a value brought with it counts too. */
static bool is_whole(const struct reply *r, GError **error)
{
	g_autoptr(GArray) holes = g_array_new(false, false, sizeof(struct template_hole));
	template_find_holes(r->text, holes);
	g_autofree char *list = list_holes(r->text, holes);
	return !holes->len || refuse(error, STORE_ERROR_REFUSED,
				     _("still open: %s. Fill them in with --set NAME=TEXT"), list);
}

/* The store asks for the right too; here it is known before anything is done. */
static bool may_override(const struct reply *r, GError **error)
{
	if (!r->override || !r->override[strspn(r->override, " \t\n")])
		return refuse(
		    error, STORE_ERROR_REFUSED, "%s",
		    _("the guard stops this answer; write another, or give a reason with --override"));
	if (shop_may_override(r->shop, r->cli->me))
		return true;
	g_autofree char *text = shop_tell_override(r->shop);
	return refuse(error, STORE_ERROR_REFUSED, "%s", text);
}

/* A block is passed over with a reason, which covers warnings too; a warning by saying so. */
static bool may_say(struct reply *r, GError **error)
{
	enum guard_severity worst;
	if (!reply_guard(r->store, r->file, r->text, r->lang, r->files->len, r->cli->now(), r->dry, &worst,
			 error))
		return false;
	if (worst == GUARD_BLOCK)
		return may_override(r, error);
	/* What isn't blocked needs no override, and the history none. */
	r->override = NULL;
	return worst != GUARD_WARN || r->despite ||
	       refuse(error, STORE_ERROR_REFUSED, "%s",
		      _("the guard warns; --despite-warnings sends it all the same"));
}

/* Sending drops the person's draft; what somebody is writing at the desk isn't thrown away from here. */
static bool has_no_draft(const struct reply *r, GError **error)
{
	g_autoptr(GError) fault = NULL;
	g_autoptr(draft_auto) d = store_draft(r->store, r->cli->me, r->file->record.id, DRAFT_REPLY, &fault);
	if (fault) {
		g_propagate_error(error, g_steal_pointer(&fault));
		return false;
	}
	bool blank = !d || !d->text || !d->text[strspn(d->text, " \n\t")];
	bool empty = blank && (!d || !d->files || !d->files->len);
	return empty || refuse(error, STORE_ERROR_REFUSED,
			       _("there is a draft of yours on this case (template %s isn't sent): send or "
				 "drop it first"),
			       r->template->name);
}

static bool prepare(struct reply *r, gint64 id, const char *template, const char *lang, char **set,
		    char **paths, GError **error)
{
	r->shop = shop_load(error);
	r->files = r->shop ? reply_files_read(paths, r->shop->attach_most, error) : NULL;
	if (!r->files)
		return false;
	struct case_request request = {.id = id, .limit = 1};
	r->file = store_case(r->store, &request, error);
	return r->file && find_template(r, template, error) && choose_lang(r, lang, error) &&
	       fill(r, set, error);
}

/* Where the text has to be put by hand, with the text. */
static void print_by_hand(const struct reply *r, gint64 outbox)
{
	const struct case_file *f = r->file;
	g_autofree char *page =
	    platform_page(r->facts, f->order ? f->order->number : NULL, f->record.case_no);
	g_autofree char *safe = text_safe(r->text, -1, TEXT_LINES);
	g_autofree char *head =
	    g_strdup_printf(_("Answer %" PRId64
			      " is to be posted by hand%s%s. Then say: amends outbox posted %" PRId64 "\n\n"),
			    outbox, page ? ": " : "", page ? page : "", outbox);
	out_text(head);
	out_text(safe);
	out_text("\n");
}

static int tell(const struct reply *r, const struct answered *a)
{
	if (a->result == ANSWER_UNSEEN) {
		out_complain(_("something new came to this case meanwhile; look at it first (amends show), "
			       "nothing was sent"));
		return EXIT_FAULT;
	}
	if (r->method == SEND_HAND) {
		g_autoptr(GError) error = NULL;
		print_by_hand(r, a->outbox);
		return reply_files_tell(r->store, a->outbox, &error) ? out_finish() : cli_fault(error);
	}
	g_autofree char *line = g_strdup_printf(_("Answer %" PRId64 " to case %" PRId64
						  " waits in the outbox for amends send; amends outbox"
						  " drop %" PRId64 " takes it back.\n"),
						a->outbox, r->file->record.id, a->outbox);
	out_text(line);
	return out_finish();
}

static bool send(struct reply *r, struct answered *result, GError **error)
{
	g_autofree char *attempt = g_uuid_string_random();
	guint32 offers = case_facts_undone(&r->file->facts, r->template->offers);
	bool done = r->template->offers && !offers;
	g_autoptr(GError) fault = NULL;
	g_autofree char *promise = NULL;
	gint64 due =
	    fill_values_promise(r->values, done ? NULL : r->template->promises, r->text, &promise, &fault);
	if (fault) {
		g_propagate_error(error, g_steal_pointer(&fault));
		return false;
	}
	struct answer a = {
	    .case_id = r->file->record.id,
	    .attempt = attempt,
	    .text = r->text,
	    .lang = LANGS.words[r->lang].id,
	    .templates = r->template->name,
	    .seen = r->file->facts.newest,
	    .method = r->method,
	    .undo_ms = r->shop->undo * SECOND_MS,
	    .promise_due = due,
	    .promise = promise,
	    .asks = r->template->asks,
	    .offers = offers,
	    .finds = r->template->finds,
	    .amount = r->amount,
	    .override = r->override,
	    .uploads = r->files,
	};
	return store_answer(r->store, r->cli->me, &a, r->cli->now(), result, error);
}

static int run(struct reply *r)
{
	g_autoptr(GError) error = NULL;
	struct answered result;
	if (r->dry) {
		g_autofree char *safe = text_safe(r->text, -1, TEXT_LINES);
		out_text(safe);
		out_text("\n");
		return is_whole(r, &error) && may_say(r, &error) ? out_finish() : cli_fault(error);
	}
	r->facts = is_whole(r, &error) && has_no_draft(r, &error) && may_say(r, &error)
		       ? platform_facts_load(r->file->record.platform, &error)
		       : NULL;
	if (!r->facts || !platform_method(r->store, r->facts, r->file->record.id, &r->method, &error) ||
	    !send(r, &result, &error))
		return cli_fault(error);
	return tell(r, &result);
}

int cmd_reply(struct cli *cli, int argc, char **argv)
{
	g_autofree char *template = NULL, *lang = NULL, *override = NULL;
	g_auto(GStrv) set = NULL, files = NULL;
	gint64 id = 0;
	struct reply r = {.cli = cli};
	const GOptionEntry options[] = {
	    {"template", 't', 0, G_OPTION_ARG_STRING, &template, N_("The canned reply to send"), N_("NAME")},
	    {"lang", 'l', 0, G_OPTION_ARG_STRING, &lang, N_("Its language (else the case's)"), N_("LANG")},
	    {"set", 's', 0, G_OPTION_ARG_STRING_ARRAY, &set, N_("Fill in a placeholder"), N_("NAME=TEXT")},
	    {"attach", 'a', 0, G_OPTION_ARG_FILENAME_ARRAY, &files, N_("Attach a file"), N_("FILE")},
	    {"dry-run", 'n', 0, G_OPTION_ARG_NONE, &r.dry, N_("Print the text and send nothing"), NULL},
	    {"despite-warnings", 0, 0, G_OPTION_ARG_NONE, &r.despite, N_("Send although the guard warns"),
	     NULL},
	    {"override", 0, 0, G_OPTION_ARG_STRING, &override,
	     N_("Send although the guard blocks, for this reason"), N_("REASON")},
	    G_OPTION_ENTRY_NULL,
	};
	if (!command_options(cli, command_find(desk_commands, "reply"), options, &argc, &argv))
		return EXIT_USAGE;
	if (argc != 2 || !template) {
		out_complain(_("name a case and a canned reply: amends reply CASE --template NAME"));
		return EXIT_USAGE;
	}
	if (!cli_case_number(argv[1], &id))
		return EXIT_USAGE;
	g_autoptr(GError) error = NULL;
	r.override = override;
	r.store = r.dry ? cli_open(cli, STORE_READ) : cli_open_there(cli);
	if (!r.store)
		return EXIT_FAULT;
	int code = prepare(&r, id, template, lang, set, files, &error) ? run(&r) : cli_fault(error);
	reply_finish(&r);
	return code;
}
