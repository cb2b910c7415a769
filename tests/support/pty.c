/* SPDX-License-Identifier: MIT */
#include "support/pty.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <vterm.h>

#include "domain/banned.h"

/* Long enough for a sanitizer build on a busy machine; only a failing test waits so long. */
#define DEADLINE_MS 20000

struct pty {
	pid_t pid;
	int fd; /* -1 after a hang-up */
	int status;
	bool ended;
	VTerm *vt;
	VTermScreen *screen;
	GString *bytes; /* all that came */
	bool alternate, cursor;
};

static int term_property(VTermProp prop, VTermValue *value, void *data)
{
	struct pty *p = data;
	if (prop == VTERM_PROP_ALTSCREEN)
		p->alternate = value->boolean;
	if (prop == VTERM_PROP_CURSORVISIBLE)
		p->cursor = value->boolean;
	return 1;
}

static const VTermScreenCallbacks callbacks = {.settermprop = term_property};

static void run_child(const struct pty_options *o)
{
	g_setenv("TERM", "xterm-256color", TRUE);
	g_setenv("LC_ALL", "C.UTF-8", TRUE);
	g_unsetenv("NO_COLOR");
	for (const char *const *e = o->env; e && *e; e++) {
		const char *equals = strchr(*e, '=');
		g_autofree char *name = equals ? g_strndup(*e, (gsize)(equals - *e)) : g_strdup(*e);
		if (equals)
			g_setenv(name, equals + 1, TRUE);
		else
			g_unsetenv(name);
	}
	execv(o->argv[0], (char *const *)o->argv);
	_exit(127);
}

struct pty *pty_spawn(const struct pty_options *o)
{
	struct pty *p = g_new0(struct pty, 1);
	p->bytes = g_string_new(NULL);
	struct winsize size = {.ws_row = (unsigned short)o->rows, .ws_col = (unsigned short)o->cols};
	p->pid = forkpty(&p->fd, NULL, NULL, &size);
	if (p->pid < 0)
		g_error("forkpty: %s", g_strerror(errno));
	if (p->pid == 0)
		run_child(o);
	fcntl(p->fd, F_SETFD, FD_CLOEXEC);
	p->vt = vterm_new(o->rows, o->cols);
	vterm_set_utf8(p->vt, 1);
	p->screen = vterm_obtain_screen(p->vt);
	vterm_screen_enable_altscreen(p->screen, 1);
	vterm_screen_set_callbacks(p->screen, &callbacks, p);
	vterm_screen_reset(p->screen, 1);
	p->cursor = true;
	return p;
}

void pty_destroy(struct pty *p)
{
	if (!p)
		return;
	if (!p->ended) {
		kill(p->pid, SIGKILL);
		waitpid(p->pid, NULL, 0);
	}
	if (p->fd >= 0)
		close(p->fd);
	vterm_free(p->vt);
	g_string_free(p->bytes, TRUE);
	g_free(p);
}

void pty_send_bytes(struct pty *p, const char *bytes, gsize length)
{
	while (length) {
		ssize_t n = write(p->fd, bytes, length);
		if (n < 0)
			g_error("write to the terminal: %s", g_strerror(errno));
		bytes += n;
		length -= (gsize)n;
	}
}

void pty_send(struct pty *p, const char *bytes)
{
	pty_send_bytes(p, bytes, strlen(bytes));
}

void pty_resize(struct pty *p, int rows, int cols)
{
	struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};
	vterm_set_size(p->vt, rows, cols);
	ioctl(p->fd, TIOCSWINSZ, &size);
}

void pty_signal(struct pty *p, int sig)
{
	kill(p->pid, sig);
}

void pty_hang_up(struct pty *p)
{
	close(p->fd);
	p->fd = -1;
}

/* Answers what the program asked the terminal. */
static void answer(struct pty *p)
{
	char out[256];
	gsize n = vterm_output_read(p->vt, out, sizeof out);
	if (n && write(p->fd, out, n) < 0)
		fprintf(stderr, "the terminal's answer was lost\n");
}

/* Takes in what the program wrote, waiting up to `ms` for it. False if it has closed the terminal. */
static bool take(struct pty *p, gint64 ms)
{
	struct pollfd f = {.fd = p->fd, .events = POLLIN};
	if (poll(&f, 1, (int)MAX(ms, 0)) <= 0)
		return true;
	char in[65536];
	ssize_t n = read(p->fd, in, sizeof in);
	if (n <= 0)
		return false;
	g_string_append_len(p->bytes, in, n);
	vterm_input_write(p->vt, in, (gsize)n);
	vterm_screen_flush_damage(p->screen);
	answer(p);
	return true;
}

static gint64 now_ms(void)
{
	return g_get_monotonic_time() / 1000;
}

bool pty_wait_until(struct pty *p, bool (*holds)(struct pty *p, const void *data), const void *data)
{
	gint64 deadline = now_ms() + DEADLINE_MS;
	bool open = true;
	while (!holds(p, data)) {
		gint64 left = deadline - now_ms();
		if (!open || left <= 0) {
			g_autofree char *screen = pty_screen(p);
			fprintf(stderr, "%s; the screen:\n%s", open ? "waited in vain" : "the program ended",
				screen);
			return false;
		}
		open = take(p, left);
	}
	return true;
}

static bool has_text(struct pty *p, const void *text)
{
	return pty_find(p, text, NULL) >= 0;
}

static bool has_no_text(struct pty *p, const void *text)
{
	return pty_find(p, text, NULL) < 0;
}

bool pty_wait_text(struct pty *p, const char *text)
{
	bool ok = pty_wait_until(p, has_text, text);
	if (!ok)
		fprintf(stderr, "wanted: %s\n", text);
	return ok;
}

bool pty_wait_gone(struct pty *p, const char *text)
{
	bool ok = pty_wait_until(p, has_no_text, text);
	if (!ok)
		fprintf(stderr, "not wanted: %s\n", text);
	return ok;
}

struct row_text {
	int row;
	const char *text;
};

static bool row_has_text(struct pty *p, const void *data)
{
	const struct row_text *r = data;
	g_autofree char *row = pty_row(p, r->row);
	return strstr(row, r->text) != NULL;
}

bool pty_wait_row(struct pty *p, int row, const char *text)
{
	struct row_text r = {.row = row, .text = text};
	bool ok = pty_wait_until(p, row_has_text, &r);
	if (!ok)
		fprintf(stderr, "wanted in row %d: %s\n", row, text);
	return ok;
}

/* Takes in what is written until the program has ended. False at the deadline. */
static bool take_to_end(struct pty *p, int pidfd)
{
	gint64 deadline = now_ms() + DEADLINE_MS;
	struct pollfd f[2] = {{.fd = pidfd, .events = POLLIN}, {.fd = p->fd, .events = POLLIN}};
	while (poll(f, 2, (int)MAX(deadline - now_ms(), 0)) > 0) {
		if (f[1].revents && !take(p, 0))
			f[1].fd = -1;
		if (f[0].revents && !(f[1].revents & POLLIN))
			return true;
	}
	return false;
}

int pty_wait_exit(struct pty *p)
{
	int pidfd = (int)syscall(SYS_pidfd_open, p->pid, 0);
	bool over = take_to_end(p, pidfd);
	close(pidfd);
	if (!over)
		return -1;
	waitpid(p->pid, &p->status, 0);
	p->ended = true;
	return WIFEXITED(p->status) ? WEXITSTATUS(p->status) : 128 + WTERMSIG(p->status);
}

/* The text of a row; `columns` (may be NULL) gets the column of each of its bytes. */
static char *row_text(struct pty *p, int row, GArray *columns)
{
	int rows, cols;
	vterm_get_size(p->vt, &rows, &cols);
	GString *out = g_string_new(NULL);
	for (int col = 0; row < rows && col < cols; col++) {
		VTermPos pos = {.row = row, .col = col};
		VTermScreenCell cell;
		if (!vterm_screen_get_cell(p->screen, pos, &cell) || cell.chars[0] == (uint32_t)-1)
			continue;
		gsize before = out->len;
		g_string_append_unichar(out, cell.chars[0] ? cell.chars[0] : ' ');
		for (int i = 1; cell.chars[0] && i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
			g_string_append_unichar(out, cell.chars[i]);
		for (gsize b = before; columns && b < out->len; b++)
			g_array_append_val(columns, col);
		if (cell.width > 1)
			col += cell.width - 1;
	}
	return g_strchomp(g_string_free(out, FALSE));
}

int pty_rows(const struct pty *p)
{
	int rows, cols;
	vterm_get_size(p->vt, &rows, &cols);
	return rows;
}

char *pty_row(struct pty *p, int row)
{
	return row_text(p, row, NULL);
}

char *pty_screen(struct pty *p)
{
	int rows, cols;
	vterm_get_size(p->vt, &rows, &cols);
	GString *out = g_string_new(NULL);
	for (int row = 0; row < rows; row++) {
		g_autofree char *text = pty_row(p, row);
		g_string_append_printf(out, "%s\n", text);
	}
	return g_string_free(out, FALSE);
}

int pty_find(struct pty *p, const char *text, int *col)
{
	int rows, cols;
	vterm_get_size(p->vt, &rows, &cols);
	for (int row = 0; row < rows; row++) {
		g_autoptr(GArray) columns = g_array_new(FALSE, FALSE, sizeof(int));
		g_autofree char *line = row_text(p, row, columns);
		const char *at = strstr(line, text);
		if (!at)
			continue;
		if (col)
			*col = g_array_index(columns, int, at - line);
		return row;
	}
	return -1;
}

struct pty_cell pty_cell(struct pty *p, int row, int col)
{
	VTermPos pos = {.row = row, .col = col};
	VTermScreenCell cell = {0};
	vterm_screen_get_cell(p->screen, pos, &cell);
	return (struct pty_cell){
	    .bold = cell.attrs.bold,
	    .underline = cell.attrs.underline,
	    .reverse = cell.attrs.reverse,
	    .coloured = !VTERM_COLOR_IS_DEFAULT_FG(&cell.fg) || !VTERM_COLOR_IS_DEFAULT_BG(&cell.bg),
	    .width = cell.width,
	};
}

bool pty_coloured(struct pty *p)
{
	int rows, cols;
	vterm_get_size(p->vt, &rows, &cols);
	for (int row = 0; row < rows; row++) {
		for (int col = 0; col < cols; col++) {
			if (pty_cell(p, row, col).coloured)
				return true;
		}
	}
	return false;
}

gsize pty_bytes(const struct pty *p)
{
	return p->bytes->len;
}

bool pty_wrote(const struct pty *p, const char *bytes)
{
	return g_strstr_len(p->bytes->str, (gssize)p->bytes->len, bytes) != NULL;
}

char *pty_clipboard(const struct pty *p)
{
	static const char begin[] = "\033]52;c;";
	const char *from = g_strrstr_len(p->bytes->str, (gssize)p->bytes->len, begin);
	const char *end = from ? strchr(from, '\a') : NULL;
	gsize length;
	if (!end)
		return NULL;
	g_autofree char *base64 = g_strndup(from + strlen(begin), (gsize)(end - from) - strlen(begin));
	g_autofree guchar *text = g_base64_decode(base64, &length);
	return g_strndup((const char *)text, length);
}

bool pty_alternate(const struct pty *p)
{
	return p->alternate;
}

bool pty_cursor_shown(const struct pty *p)
{
	return p->cursor;
}

bool pty_cooked(const struct pty *p)
{
	struct termios t;
	return tcgetattr(p->fd, &t) == 0 && (t.c_lflag & ICANON) && (t.c_lflag & ECHO);
}
