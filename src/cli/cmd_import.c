/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"

#include "cli/out.h"
#include "domain/intl.h"
#include "domain/text.h"
#include "domain/when.h"
#include "ingest/ingest.h"
#include "ingest/mail.h"
#include "ingest/platform.h"
#include "store/automation.h"
#include "store/shop_file.h"

#include <signal.h>
#include <unistd.h>

#include "domain/banned.h"

#define FLAWED_SHOWN 50

struct run {
	gint64 began;     /* monotonic, us */
	bool on_terminal; /* the progress line is wanted */
	bool line_open;   /* it stands on the screen */
	GString *flawed;  /* one line each, told at the end */
	gint64 flawed_count;
	int archive_days; /* of shop.ini */
};

/* The one thing a signal handler may touch. */
static volatile sig_atomic_t stop_asked;
static volatile int stop;

static void ask_to_stop(int signal_number)
{
	stop_asked = signal_number;
	stop = 1;
}

/* A second Ctrl-C ends at once: what was committed stays. */
static void catch_signals(void)
{
	struct sigaction action = {.sa_handler = ask_to_stop, .sa_flags = SA_RESTART | (int)SA_RESETHAND};
	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGHUP, &action, NULL);
}

static void put_progress(const char *text)
{
	g_autofree char *line = g_strdup_printf("\r%s\033[K", text);
	fputs(line, stderr);
	fflush(stderr);
}

static void show_progress(const struct import_report *r, gint64 done, gint64 total, void *data)
{
	struct run *run = data;
	if (!run->on_terminal)
		return;
	double seconds = (double)(g_get_monotonic_time() - run->began) / 1e6;
	double rate = seconds > 0 ? (double)r->mails / seconds : 0;
	g_autofree char *left = NULL;
	if (total > done && done > 0 && seconds > 1)
		left = when_span((gint64)(seconds * 1000 * (double)(total - done) / (double)done));
	g_autofree char *head = g_strdup_printf(
	    ngettext_("%" PRId64 " mail, %.0f/s", "%" PRId64 " mails, %.0f/s", (gulong)r->mails), r->mails,
	    rate);
	g_autofree char *rest =
	    left ? g_strdup_printf(_(", %d%%, %s left"), (int)(done * 100 / total), left) : g_strdup("");
	g_autofree char *line = g_strconcat(head, rest, NULL);
	put_progress(line);
	run->line_open = true;
}

static void end_progress(struct run *run)
{
	if (run->line_open)
		put_progress("");
	run->line_open = false;
}

static void note_flawed(const char *origin, const struct incoming *m, const struct ingested *where,
			void *data)
{
	struct run *run = data;
	if (++run->flawed_count > FLAWED_SHOWN)
		return;
	g_autofree char *case_no = where && where->case_id
				       ? g_strdup_printf(_(" (case %" PRId64 ")"), where->case_id)
				       : g_strdup("");
	g_autofree char *line =
	    g_strdup_printf("%s%s: %s", origin, case_no, m->flaw_note ? m->flaw_note : "?");
	g_autofree char *safe = text_safe(line, -1, TEXT_ONE_LINE);
	g_string_append_printf(run->flawed, "  %s\n", safe);
}

/* The number stands behind its words: so no word has to agree with it. */
static void add_count(GString *out, const char **before, const char *what, gint64 count)
{
	if (!count)
		return;
	g_string_append_printf(out, "%s %s %" G_GINT64_FORMAT, *before, what, count);
	*before = ",";
}

static void print_summary(const struct run *run, const struct import_report *r, bool complete)
{
	gint64 took = (g_get_monotonic_time() - run->began) / 1000;
	g_autofree char *span =
	    took < 60000 ? g_strdup_printf(_("%.1f s"), (double)took / 1000) : when_span(took);
	g_autofree char *size = g_format_size((guint64)MAX(r->bytes, 0));
	g_autoptr(GString) out = g_string_new(NULL);
	g_string_append_printf(
	    out,
	    ngettext_("%" PRId64 " mail read (%s, %s)", "%" PRId64 " mails read (%s, %s)", (gulong)r->mails),
	    r->mails, size, span);
	const char *before = ":";
	add_count(out, &before, _("new cases"), r->new_cases);
	add_count(out, &before, _("added to cases"), r->added);
	add_count(out, &before, _("already there"), r->already);
	add_count(out, &before, _("kept without a case"), r->kept);
	if (!r->mails && complete)
		g_string_append(out, _(": nothing new here"));
	g_string_append_c(out, '\n');
	if (r->interrupted)
		g_string_append(
		    out, _("Interrupted: what was read is kept; the same command goes on from there.\n"));
	if (r->archived)
		g_string_append_printf(
		    out,
		    _("Closed, because their mail is older than %d days (archive_days in shop.ini): "
		      "%" PRId64 " cases; is:any finds them\n"),
		    run->archive_days, r->archived);
	if (run->flawed_count) {
		g_string_append_printf(out, _("Not fully understood, kept whole all the same: %" PRId64 "\n"),
				       run->flawed_count);
		g_string_append(out, run->flawed->str);
	}
	if (run->flawed_count > FLAWED_SHOWN)
		g_string_append_printf(out, _("  ... and %" PRId64 " more\n"),
				       run->flawed_count - FLAWED_SHOWN);
	out_text(out->str);
}

/* Without them each of our answers opens a clock as if a buyer had written; what is read isn't read
 * again, so this is told before. */
static void speak_of_addresses(const struct shop *shop)
{
	if (shop->addresses[0])
		return;
	g_autofree char *file = g_build_filename(g_get_user_config_dir(), "amends", "shop.ini", NULL);
	g_autofree char *text =
	    g_strdup_printf(_("Note: the shop's own addresses aren't known, so its answers count as buyers' "
			      "mails. Put\n  [shop]\n  addresses = desk@shop.example\ninto %s before "
			      "your own mail is read.\n"),
			    file);
	out_text(text);
}

/* The shop's name stands in the screen's header. */
static bool name_shop(struct store *s, int *archive_days, GError **error)
{
	g_autoptr(shop_auto) shop = shop_load(error);
	if (!shop)
		return false;
	speak_of_addresses(shop);
	*archive_days = shop->archive_days;
	return !*shop->name || store_set_shop(s, shop->name, shop->zone, error);
}

/* Mail comes in without the file's rules: better than not at all. */
static void tell_rule_faults(struct store *s)
{
	const GPtrArray *faults = store_automation_faults(s);
	for (guint n = 0; n < faults->len; n++) {
		g_autofree char *line = g_strdup_printf(_("%s (its rules are left out; the mail is read)"),
							(char *)faults->pdata[n]);
		out_complain(line);
	}
}

static int import(struct cli *cli, struct store *s, char **paths)
{
	g_autoptr(GError) error = NULL;
	mail_init();
	g_autoptr(platforms_auto) platforms = platforms_load(&error);
	int archive_days = 0;
	if (!platforms || !name_shop(s, &archive_days, &error))
		return cli_fault(error);
	struct run run = {
	    .began = g_get_monotonic_time(),
	    .on_terminal = isatty(STDERR_FILENO) != 0,
	    .flawed = g_string_new(NULL),
	    .archive_days = archive_days,
	};
	struct import_options o = {
	    .store = s,
	    .platforms = platforms,
	    .now = cli->now,
	    .progress = show_progress,
	    .flawed = note_flawed,
	    .data = &run,
	    .archive_ms = archive_days * (gint64)86400000,
	    .stop = &stop,
	};
	struct import_report report = {0};
	tell_rule_faults(s);
	catch_signals();
	bool complete = ingest_import(&o, paths, &report, &error);
	end_progress(&run);
	print_summary(&run, &report, complete);
	g_string_free(run.flawed, TRUE);
	/* That it was stopped stands in the summary. */
	bool stopped = g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_INTR);
	int code = complete || stopped || !error ? EXIT_OK : cli_fault(error);
	int written = out_finish();
	if (report.interrupted)
		return stop_asked == SIGTERM  ? 128 + SIGTERM
		       : stop_asked == SIGHUP ? 128 + SIGHUP
					      : EXIT_INTERRUPTED;
	return code != EXIT_OK ? code : written;
}

int cmd_import(struct cli *cli, int argc, char **argv)
{
	if (!command_options(cli, command_find(mail_commands, "import"), NULL, &argc, &argv))
		return EXIT_USAGE;
	if (argc < 2) {
		out_complain(_("name what to read: amends import ~/Maildir"));
		return EXIT_USAGE;
	}
	g_autoptr(store_auto) s = cli_open(cli, STORE_WRITE);
	return s ? import(cli, s, argv + 1) : EXIT_FAULT;
}
