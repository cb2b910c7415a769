/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"

#include "cli/out.h"
#include "domain/days.h"
#include "domain/intl.h"
#include "ingest/compose.h"
#include "ingest/transport.h"
#include "store/attached.h"
#include "store/senders.h"
#include "store/shop_file.h"

#include <errno.h>
#include <signal.h>

#include "domain/banned.h"

/* After the first try, in minutes; one try more and it is given up: about five hours in all. */
static const int pauses[] = {1, 5, 15, 60, 240};

struct sending {
	struct cli *cli;
	struct store *store;
	struct shop *shop;
	sigset_t stops;
	guint sent, later, failed, unsure;
};

static void tell(const struct outgoing *o, const char *what, const char *why)
{
	g_autofree char *line =
	    g_strdup_printf(_("answer %" PRId64 " to case %" PRId64 " %s: %s"), o->id, o->case_id, what, why);
	out_complain(line);
}

static bool note_failed(struct sending *g, const struct outgoing *o, const char *fault, bool again,
			GError **error)
{
	guint tries = (guint)MAX(o->tries, 1);
	gint64 pause = again && tries <= G_N_ELEMENTS(pauses) ? pauses[tries - 1] * MINUTE_MS : 0;
	tell(o, pause ? _("didn't leave and is tried again") : _("failed"), fault);
	*(pause ? &g->later : &g->failed) += 1;
	return store_outbox_failed(g->store, o->id, fault, pause, g->cli->now(), error);
}

static bool note_unsure(struct sending *g, const struct outgoing *o, const char *fault, GError **error)
{
	tell(o, _("may have left or not; look before it is sent again"), fault);
	g->unsure++;
	return store_outbox_unsure(g->store, o->id, fault, g->cli->now(), error);
}

/* The bytes of its files. A file that was damaged stops its own answer, no other. */
static GPtrArray *read_files(struct sending *g, const struct outgoing *o, GError **error)
{
	g_autoptr(GPtrArray) contents = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
	for (guint i = 0; i < o->files->len; i++) {
		const struct attachment *a = o->files->pdata[i];
		GBytes *bytes = store_file(g->store, a->file, error);
		if (!bytes)
			return NULL;
		g_ptr_array_add(contents, bytes);
	}
	return g_steal_pointer(&contents);
}

/* Between the taking and the noting lies the one moment after which nobody knows: recover() finds it. */
static bool send_one(struct sending *g, const struct outgoing *o, GError **error)
{
	g_autoptr(GError) refused = NULL;
	g_autofree char *fault = NULL;
	g_autoptr(GPtrArray) contents = read_files(g, o, &refused);
	g_autoptr(GBytes) mail = contents ? compose_mail(o, contents, g->shop, &refused) : NULL;
	if (!mail)
		return note_failed(g, o, refused->message, false, error);
	switch (transport_hand((const char *const *)g->shop->command, g->shop->limit, mail, &fault)) {
	case HANDED_OVER:
		g->sent++;
		return store_outbox_sent(g->store, o->id, g->cli->now(), error);
	case HANDED_LATER:
		return note_failed(g, o, fault, true, error);
	case HANDED_NEVER:
		return note_failed(g, o, fault, false, error);
	case HANDED_UNSURE:
		return note_unsure(g, o, fault, error);
	}
	return false;
}

/* Whether a signal asked for the end. Waits for one up to `ms`. */
static bool asked_to_stop(const struct sending *g, gint64 ms)
{
	struct timespec wait = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};
	return sigtimedwait(&g->stops, NULL, &wait) > 0;
}

/* Sends all that may leave now. *stopped: a signal came; what was begun is finished. */
static bool send_due(struct sending *g, bool *stopped, GError **error)
{
	g_autoptr(GError) fault = NULL;
	*stopped = false;
	while (!*stopped) {
		gint64 next;
		if (!store_outbox_next(g->store, &next, error))
			return false;
		if (next > g->cli->now())
			return true;
		g_autoptr(outgoing_auto) o = store_outbox_take(g->store, g->cli->now(), &fault);
		if (fault)
			g_propagate_error(error, g_steal_pointer(&fault));
		if (!o)
			return !error || !*error;
		if (!send_one(g, o, error))
			return false;
		*stopped = asked_to_stop(g, 0);
	}
	return true;
}

/* Looks once a second whether something may leave: one small read. */
static bool watch(struct sending *g, GError **error)
{
	bool stopped = false;
	while (!stopped) {
		if (!send_due(g, &stopped, error))
			return false;
		stopped = stopped || asked_to_stop(g, 1000);
	}
	return true;
}

/* Signals wait until the answer in hand is noted; they are asked for between two. */
static void hold_signals(struct sending *g)
{
	sigemptyset(&g->stops);
	sigaddset(&g->stops, SIGINT);
	sigaddset(&g->stops, SIGTERM);
	sigaddset(&g->stops, SIGHUP);
	sigprocmask(SIG_BLOCK, &g->stops, NULL);
}

static bool recover(struct sending *g, GError **error)
{
	guint count = 0;
	if (!store_outbox_recover(g->store, g->cli->now(), &count, error))
		return false;
	g->unsure += count;
	if (count) {
		g_autofree char *line =
		    g_strdup_printf(ngettext_("%u answer may have left before amends ended. Look whether it "
					      "arrived, then say amends outbox"
					      " posted ID or amends outbox again ID",
					      "%u answers may have left before amends ended. Look whether "
					      "they arrived, then say amends outbox"
					      " posted ID or amends outbox again ID",
					      count),
				    count);
		out_complain(line);
	}
	return true;
}

static void sum_up(const struct sending *g)
{
	if (!g->sent && !g->later && !g->failed && !g->unsure)
		return;
	g_autofree char *line =
	    g_strdup_printf(_("%u sent, %u to be tried again, %u failed, %u perhaps sent\n"), g->sent,
			    g->later, g->failed, g->unsure);
	out_text(line);
}

static int work(struct sending *g, bool watching)
{
	g_autoptr(GError) error = NULL;
	bool stopped;
	g_autoptr(senders_auto) lock = senders_enter(g->store, &error);
	if (!lock && error)
		return cli_fault(error);
	if (!lock) {
		out_complain(_("another amends send is at work on this store; it sends what is waiting"));
		return EXIT_OK;
	}
	hold_signals(g);
	if (!recover(g, &error) || !(watching ? watch(g, &error) : send_due(g, &stopped, &error))) {
		sum_up(g);
		return cli_fault(error);
	}
	sum_up(g);
	int code = out_finish();
	return code == EXIT_OK && (g->failed || g->unsure) ? EXIT_FAULT : code;
}

int cmd_send(struct cli *cli, int argc, char **argv)
{
	gboolean once = FALSE, watching = FALSE;
	const GOptionEntry options[] = {
	    {"once", 0, 0, G_OPTION_ARG_NONE, &once,
	     N_("Send what may leave now and end (as without an option)"), NULL},
	    {"watch", 0, 0, G_OPTION_ARG_NONE, &watching, N_("Go on sending until it is stopped"), NULL},
	    G_OPTION_ENTRY_NULL,
	};
	if (!command_options(cli, command_find(mail_commands, "send"), options, &argc, &argv))
		return EXIT_USAGE;
	if (argc > 1 || (once && watching)) {
		out_complain(_("say amends send, amends send --once or amends send --watch"));
		return EXIT_USAGE;
	}
	g_autoptr(GError) error = NULL;
	g_autoptr(shop_auto) shop = shop_load(&error);
	/* Without an address nothing could leave: better no answer is touched. */
	if (!shop || !shop_address(shop, &error))
		return cli_fault(error);
	g_autoptr(store_auto) s = cli_open_there(cli);
	if (!s)
		return EXIT_FAULT;
	struct sending g = {.cli = cli, .store = s, .shop = shop};
	return work(&g, watching);
}
