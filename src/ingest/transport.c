/* SPDX-License-Identifier: MIT */
#include "ingest/transport.h"

#include "domain/intl.h"
#include "domain/text.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "domain/banned.h"

#define SAID_MOST 4096 /* bytes of standard error that are kept */
#define FAULT_LINES 2  /* msmtp tells first what failed, then what the server said */
#define FAULT_MOST 300 /* characters */
#define STEP_MS 100    /* how often a program that closed its pipes is looked at */
#define GRACE_MS 2000  /* from SIGTERM to SIGKILL */

struct running {
	GPid pid;
	int in, err;      /* -1 when closed */
	const guint8 *at; /* of the mail, what is still to be written */
	gsize left;
	GString *said;
	gint64 deadline; /* monotonic, us */
	bool stopped;    /* by us: it took too long */
};

/* What msmtp and sendmail mean by each code, where the server's own code isn't told. Whatever happens after
 * the conversation began and isn't an answer of the server (74, 76) leaves open whether the mail was taken.
 */
static const struct {
	int code;
	enum handed means;
} codes[] = {
    {EX_OK, HANDED_OVER},         {EX_NOHOST, HANDED_LATER}, {EX_OSERR, HANDED_LATER},
    {EX_CANTCREAT, HANDED_LATER}, {EX_IOERR, HANDED_UNSURE}, {EX_TEMPFAIL, HANDED_LATER},
    {EX_PROTOCOL, HANDED_UNSURE}, {EX_NOPERM, HANDED_LATER}, {EX_CONFIG, HANDED_LATER},
};

static void set_up_child(gpointer data)
{
	sigset_t none;
	sigemptyset(&none);
	signal(SIGPIPE, SIG_DFL);
	sigprocmask(SIG_SETMASK, &none, NULL);
	setpgid(0, 0);
}

static void close_pipe(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

/* SIGPIPE is kept from us for the one write: a program may end before it has read all. */
static ssize_t write_quietly(int fd, const void *bytes, gsize size)
{
	sigset_t pipe_signal, before, pending;
	sigemptyset(&pipe_signal);
	sigaddset(&pipe_signal, SIGPIPE);
	pthread_sigmask(SIG_BLOCK, &pipe_signal, &before);
	ssize_t n = write(fd, bytes, size);
	int fault = errno;
	if (n < 0 && fault == EPIPE && sigpending(&pending) == 0 && sigismember(&pending, SIGPIPE))
		sigtimedwait(&pipe_signal, NULL, &(struct timespec){0});
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	errno = fault;
	return n;
}

static void feed(struct running *r)
{
	ssize_t n = write_quietly(r->in, r->at, r->left);
	if (n > 0) {
		r->at += n;
		r->left -= (gsize)n;
	}
	if (r->left == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
		close_pipe(&r->in);
}

static void listen_to(struct running *r)
{
	char bytes[1024];
	ssize_t n = read(r->err, bytes, sizeof bytes);
	if (n > 0 && r->said->len < SAID_MOST)
		g_string_append_len(r->said, bytes, n);
	if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
		close_pipe(&r->err);
}

/* Stops what takes too long: asks first, then insists. */
static void stop_if_late(struct running *r)
{
	gint64 late = g_get_monotonic_time() - r->deadline;
	if (late < 0)
		return;
	kill(-r->pid, r->stopped && late > GRACE_MS * 1000 ? SIGKILL : SIGTERM);
	r->stopped = true;
}

/* Its end ends this, not the end of its pipes: what it left behind may hold them. Returns the wait status. */
static int attend(struct running *r)
{
	int status;
	for (;;) {
		pid_t ended = waitpid(r->pid, &status, WNOHANG);
		if (ended == r->pid)
			break;
		if (ended < 0 && errno != EINTR)
			return -1;
		struct pollfd fds[] = {{r->in, POLLOUT, 0}, {r->err, POLLIN, 0}};
		int n = poll(fds, G_N_ELEMENTS(fds), STEP_MS);
		if (n > 0 && fds[0].revents)
			feed(r);
		if (n > 0 && fds[1].revents)
			listen_to(r);
		stop_if_late(r);
	}
	while (r->err >= 0 && poll(&(struct pollfd){r->err, POLLIN, 0}, 1, 0) > 0)
		listen_to(r);
	return status;
}

/* The server's answer, 400 to 599, where standard error quotes it ("server message: 450 later"); else 0. */
static int server_code(const char *said)
{
	for (const char *p = said; *p; p++) {
		bool begins = p == said || p[-1] == '\n' || (p - said >= 2 && p[-2] == ':' && p[-1] == ' ');
		if (begins && (*p == '4' || *p == '5') && g_ascii_isdigit(p[1]) && g_ascii_isdigit(p[2]) &&
		    (p[3] == ' ' || p[3] == '-'))
			return (*p - '0') * 100 + (p[1] - '0') * 10 + p[2] - '0';
	}
	return 0;
}

/* The first lines of standard error as one. */
static char *first_lines(const char *said)
{
	g_autofree char *safe = text_safe(said, -1, TEXT_LINES);
	g_auto(GStrv) lines = g_strsplit(g_strstrip(safe), "\n", FAULT_LINES + 1);
	if (g_strv_length(lines) > FAULT_LINES)
		g_clear_pointer(&lines[FAULT_LINES], g_free);
	g_autofree char *joined = g_strjoinv("; ", lines);
	return g_utf8_substring(joined, 0, MIN(g_utf8_strlen(joined, -1), FAULT_MOST));
}

static enum handed by_code(int code, const char *said)
{
	int server = code == EX_OK ? 0 : server_code(said);
	if (server)
		return server < 500 ? HANDED_LATER : HANDED_NEVER;
	for (gsize i = 0; i < G_N_ELEMENTS(codes); i++) {
		if (codes[i].code == code)
			return codes[i].means;
	}
	return HANDED_NEVER;
}

static enum handed judge(const struct running *r, const char *program, int limit, int status, char **fault)
{
	/* A program of this kind hands over no mail whose end it hasn't seen. */
	enum handed cut = r->left || r->in >= 0 ? HANDED_LATER : HANDED_UNSURE;
	g_autofree char *said = first_lines(r->said->str);
	if (r->stopped || !WIFEXITED(status)) {
		*fault = r->stopped
			     ? g_strdup_printf(_("%s took longer than %d s and was stopped"), program, limit)
			     : g_strdup_printf(_("%s was ended by signal %d"), program, WTERMSIG(status));
		return cut;
	}
	enum handed h = by_code(WEXITSTATUS(status), r->said->str);
	if (h == HANDED_OVER && r->left) {
		*fault = g_strdup_printf(_("%s ended before it had read the mail: is it a mail program?"),
					 program);
		return HANDED_NEVER;
	}
	if (h != HANDED_OVER)
		*fault = *said ? g_steal_pointer(&said)
			       : g_strdup_printf(_("%s ended with code %d and told no reason"), program,
						 WEXITSTATUS(status));
	return h;
}

enum handed transport_hand(const char *const *argv, int limit, GBytes *mail, char **fault)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GString) said = g_string_new(NULL);
	struct running r = {.said = said, .deadline = g_get_monotonic_time() + limit * G_USEC_PER_SEC};
	r.at = g_bytes_get_data(mail, &r.left);
	*fault = NULL;
	if (!g_spawn_async_with_pipes(NULL, (char **)argv, NULL,
				      G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD |
					  G_SPAWN_STDOUT_TO_DEV_NULL,
				      set_up_child, NULL, &r.pid, &r.in, NULL, &r.err, &error)) {
		*fault = g_strdup_printf(
		    _("%s Install a mail program or name yours in shop.ini: [mail] command"), error->message);
		return HANDED_LATER;
	}
	g_unix_set_fd_nonblocking(r.in, TRUE, NULL);
	g_unix_set_fd_nonblocking(r.err, TRUE, NULL);
	int status = attend(&r);
	enum handed h = judge(&r, argv[0], limit, status, fault);
	close_pipe(&r.in);
	close_pipe(&r.err);
	g_spawn_close_pid(r.pid);
	return h;
}
