/* SPDX-License-Identifier: MIT */
#include "ui/screen.h"

#include "domain/intl.h"
#include "ui/ui.h"

#include <curses.h>
#include <langinfo.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unigbrk.h>
#include <unistd.h>

#include "domain/banned.h"

struct screen {
	SCREEN *terminal;
	FILE *in, *out;
	bool utf8, colours;
	char *charset;
	GIConv to_charset;   /* (GIConv)-1: none; used where the locale isn't UTF-8 */
	struct frame *shown; /* what the terminal shows, to skip rows that stay */
	bool stale;          /* `shown` no longer holds */
};

#define PASTE_ON "\033[?2004h"
#define PASTE_OFF "\033[?2004l"

/* How each style looks: in colour, and where there is none (colour is never the only sign). */
static const struct {
	short front; /* -1: the terminal's own */
	attr_t colour, mono;
} looks[N_STYLES] = {
    [STYLE_PLAIN] = {-1, A_NORMAL, A_NORMAL},
    [STYLE_HEADER] = {-1, A_REVERSE, A_REVERSE},
    [STYLE_FOOTER] = {-1, A_REVERSE, A_REVERSE},
    [STYLE_TITLE] = {COLOR_CYAN, A_NORMAL, A_UNDERLINE},
    [STYLE_FOCUS] = {COLOR_CYAN, A_BOLD | A_REVERSE, A_BOLD | A_REVERSE},
    [STYLE_SELECTED] = {-1, A_REVERSE, A_REVERSE},
    [STYLE_OVERDUE] = {COLOR_RED, A_BOLD, A_BOLD},
    [STYLE_TODAY] = {COLOR_YELLOW, A_NORMAL, A_NORMAL},
    [STYLE_BUYER] = {COLOR_CYAN, A_NORMAL, A_BOLD},
    [STYLE_US] = {COLOR_GREEN, A_NORMAL, A_NORMAL},
    [STYLE_PLATFORM] = {COLOR_MAGENTA, A_NORMAL, A_BOLD},
    [STYLE_DESK] = {COLOR_BLUE, A_NORMAL, A_DIM},
    [STYLE_QUOTE] = {-1, A_DIM, A_DIM},
    [STYLE_HIT] = {COLOR_YELLOW, A_REVERSE, A_REVERSE},
    [STYLE_ERROR] = {COLOR_RED, A_BOLD | A_REVERSE, A_BOLD | A_REVERSE},
    [STYLE_WRONG] = {COLOR_RED, A_UNDERLINE, A_UNDERLINE},
};

/*
 * What a handler of a fatal signal needs to put the terminal right: it gets no pointer of ours
 * and may call nothing that allocates, so the bytes are made ready at the start.
 */
static struct {
	struct termios modes;
	char bytes[512];
	gsize length;
	volatile sig_atomic_t armed;
} rescue;

static const int fatal[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGQUIT};

static void rescue_terminal(int sig)
{
	if (rescue.armed) {
		rescue.armed = 0;
		if (write(STDOUT_FILENO, rescue.bytes, rescue.length) < 0) {
			/* The terminal is gone: nothing left to put right. */
		}
		tcsetattr(STDIN_FILENO, TCSANOW, &rescue.modes);
	}
	/* SA_RESETHAND: the default takes it now. */
	raise(sig);
}

static void arm_rescue(bool on)
{
	GString *bytes = g_string_new(PASTE_OFF "\033[?1006l\033[?1000l");
	const char *names[] = {"cnorm", "sgr0", "rmkx", "rmcup"};
	for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
		const char *text = tigetstr(names[i]);
		if (text && text != (char *)-1)
			g_string_append(bytes, text);
	}
	rescue.length = MIN(bytes->len, sizeof rescue.bytes);
	memcpy(rescue.bytes, bytes->str, rescue.length);
	g_string_free(bytes, TRUE);
	rescue.armed = on;
	for (guint i = 0; i < G_N_ELEMENTS(fatal); i++) {
		struct sigaction act = {.sa_handler = on ? rescue_terminal : SIG_DFL,
					.sa_flags = SA_RESETHAND | SA_NODEFER};
		sigaction(fatal[i], &act, NULL);
	}
}

static void say_to_terminal(const char *bytes)
{
	/* A terminal that is gone is noticed where it is read. */
	for (ssize_t left = (ssize_t)strlen(bytes), n; left > 0; left -= n, bytes += n) {
		n = write(STDOUT_FILENO, bytes, (gsize)left);
		if (n < 0)
			return;
	}
}

static void start_colours(struct screen *s)
{
	const char *no = g_getenv("NO_COLOR");
	if ((no && *no) || !has_colors() || start_color() == ERR)
		return;
	s->colours = true;
	short back = use_default_colors() == OK ? -1 : COLOR_BLACK;
	for (short i = 0; i < N_STYLES; i++) {
		short front = looks[i].front >= 0 ? looks[i].front : back < 0 ? -1 : COLOR_WHITE;
		if (looks[i].front >= 0)
			init_pair((short)(i + 1), front, back);
	}
}

static void set_modes(void)
{
	cbreak();
	/* ^S and ^Q are keys here, not a pause of the line; ^V and ^O neither. */
	struct termios modes;
	if (tcgetattr(STDIN_FILENO, &modes) == 0) {
		modes.c_iflag &= ~(tcflag_t)IXON;
		modes.c_lflag &= ~(tcflag_t)IEXTEN;
		tcsetattr(STDIN_FILENO, TCSANOW, &modes);
		def_prog_mode();
	}
	noecho();
	nonl();
	idlok(stdscr, TRUE);
	leaveok(stdscr, FALSE);
	/* Else the tty throws away what we are just showing when ^C or ^Z is typed. */
	intrflush(stdscr, FALSE);
	curs_set(0);
	mousemask(BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED, NULL);
	mouseinterval(0);
	say_to_terminal(PASTE_ON);
}

static bool check_terminal(GError **error)
{
	const char *term = g_getenv("TERM");
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
		g_set_error(
		    error, UI_ERROR, UI_ERROR_NO_TERMINAL,
		    _("the screen needs a terminal, and this is none: try `amends list`, which prints text"));
		return false;
	}
	if (!term || !*term) {
		g_set_error(error, UI_ERROR, UI_ERROR_UNKNOWN_TERMINAL,
			    _("TERM isn't set, so the terminal's kind is unknown: try `TERM=xterm amends`, "
			      "or `amends list`"));
		return false;
	}
	return true;
}

static bool unknown_terminal(GError **error)
{
	g_autofree char *term = text_safe(g_getenv("TERM"), -1, TEXT_ONE_LINE);
	g_set_error(error, UI_ERROR, UI_ERROR_UNKNOWN_TERMINAL,
		    _("this system can't drive a terminal of the kind TERM=%s: try `TERM=xterm amends`, or "
		      "`amends list`"),
		    term);
	return false;
}

struct screen *screen_start(GError **error)
{
	if (!check_terminal(error))
		return NULL;
	tcgetattr(STDIN_FILENO, &rescue.modes);
	SCREEN *terminal = newterm(NULL, stdout, stdin);
	if (!terminal) {
		unknown_terminal(error);
		return NULL;
	}
	const char *move = tigetstr("cup");
	if (!move || move == (char *)-1) {
		endwin();
		delscreen(terminal);
		unknown_terminal(error);
		return NULL;
	}
	struct screen *s = g_new0(struct screen, 1);
	s->terminal = terminal;
	s->charset = g_strdup(nl_langinfo(CODESET));
	s->utf8 = g_ascii_strcasecmp(s->charset, "UTF-8") == 0;
	s->to_charset = s->utf8 ? (GIConv)-1 : g_iconv_open(s->charset, "UTF-8");
	s->shown = frame_create();
	s->stale = true;
	set_escdelay(25);
	set_modes();
	start_colours(s);
	arm_rescue(true);
	return s;
}

/* A terminal without a second screen keeps ours: the shell's prompt gets an empty line. */
static void clear_way_out(void)
{
	const char *other = tigetstr("rmcup");
	if (other && other != (char *)-1)
		return;
	move(LINES - 1, 0);
	clrtoeol();
	refresh();
}

void screen_stop(struct screen *s)
{
	if (!s)
		return;
	say_to_terminal(PASTE_OFF);
	clear_way_out();
	endwin();
	arm_rescue(false);
	delscreen(s->terminal);
	frame_destroy(s->shown);
	if (s->to_charset != (GIConv)-1)
		g_iconv_close(s->to_charset);
	g_free(s->charset);
	g_free(s);
}

void screen_size(const struct screen *s, int *rows, int *cols)
{
	*rows = LINES;
	*cols = COLS;
}

bool screen_resized(struct screen *s)
{
	struct winsize w;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) != 0 || !w.ws_row || !w.ws_col)
		return false;
	if (w.ws_row == LINES && w.ws_col == COLS)
		return false;
	resizeterm(w.ws_row, w.ws_col);
	screen_redraw(s);
	return true;
}

void screen_redraw(struct screen *s)
{
	s->stale = true;
	clearok(curscr, TRUE);
}

void screen_leave(struct screen *s)
{
	say_to_terminal(PASTE_OFF);
	endwin();
	rescue.armed = 0;
}

void screen_return(struct screen *s)
{
	reset_prog_mode();
	rescue.armed = 1;
	say_to_terminal(PASTE_ON);
	screen_redraw(s);
	refresh();
}

/* Terminals take 100,000 bytes of an escape sequence, base64 and all. */
#define CLIPBOARD_MOST 74000
/* screen(1) passes strings of up to 768 bytes through. */
#define SCREEN_PIECE 512

static void append_for_screen(GString *out, const char *sequence)
{
	for (gsize length = strlen(sequence); length;) {
		gsize piece = MIN(length, SCREEN_PIECE);
		g_string_append(out, "\033P");
		g_string_append_len(out, sequence, (gssize)piece);
		g_string_append(out, "\033\\");
		sequence += piece;
		length -= piece;
	}
}

bool screen_clipboard(struct screen *s, const char *text)
{
	if (strlen(text) > CLIPBOARD_MOST)
		return false;
	g_autofree char *base64 = g_base64_encode((const guchar *)text, strlen(text));
	g_autofree char *sequence = g_strdup_printf("\033]52;c;%s\a", base64);
	g_autoptr(GString) out = g_string_new(NULL);
	/* tmux takes the sequence itself or hands it on, as it is set up: it gets both. */
	if (g_getenv("TMUX"))
		g_string_append_printf(out, "%s\033Ptmux;\033%s\033\\", sequence, sequence);
	else if (g_getenv("STY"))
		append_for_screen(out, sequence);
	else
		g_string_append(out, sequence);
	fflush(stdout);
	say_to_terminal(out->str);
	return true;
}

bool screen_utf8(const struct screen *s, const char **charset)
{
	*charset = s->charset;
	return s->utf8;
}

static void set_style(const struct screen *s, enum style style)
{
	attr_t a = s->colours ? looks[style].colour : looks[style].mono;
	short pair = s->colours && looks[style].front >= 0 ? (short)(style + 1) : 0;
	attr_set(a, pair, NULL);
}

/* One grapheme in the locale's own characters, in exactly as many columns. */
static void transliterate(const struct screen *s, GString *out, const char *text, gsize length)
{
	g_autofree char *one = g_strndup(text, length);
	int columns = text_width(one);
	g_autofree char *exact = s->to_charset == (GIConv)-1
				     ? NULL
				     : g_convert_with_iconv(one, -1, s->to_charset, NULL, NULL, NULL);
	if (exact) {
		g_string_append(out, exact);
		return;
	}
	g_autofree char *ascii = g_str_to_ascii(one, "C");
	int used = (int)MIN(strlen(ascii), (gsize)MAX(columns, 0));
	g_string_append_len(out, ascii, used);
	for (; used < columns; used++)
		g_string_append_c(out, ' ');
}

static void put(const struct screen *s, const char *text, gsize length)
{
	if (s->utf8) {
		addnstr(text, (int)length);
		return;
	}
	g_autoptr(GString) out = g_string_new(NULL);
	const uint8_t *at = (const uint8_t *)text, *end = at + length;
	while (at < end) {
		const uint8_t *next = u8_grapheme_next(at, end);
		transliterate(s, out, (const char *)at, (gsize)(next - at));
		at = next;
	}
	addnstr(out->str, (int)out->len);
}

static void show_line(const struct screen *s, int row, const struct line *l)
{
	set_style(s, STYLE_PLAIN);
	move(row, 0);
	clrtoeol();
	gsize from = 0;
	for (guint i = 0; i < l->runs->len; i++) {
		const struct run *r = &g_array_index(l->runs, struct run, i);
		set_style(s, r->style);
		put(s, l->text->str + from, r->end - from);
		from = r->end;
	}
	set_style(s, STYLE_PLAIN);
}

void screen_show(struct screen *s, const struct frame *f)
{
	bool all = s->stale || s->shown->rows != f->rows || s->shown->cols != f->cols;
	if (all)
		frame_begin(s->shown, f->rows, f->cols);
	for (int row = 0; row < f->rows; row++) {
		const struct line *want = f->lines->pdata[row];
		struct line *is = frame_line(s->shown, row);
		if (!all && line_equal(is, want))
			continue;
		show_line(s, row, want);
		line_clear(is);
		line_part(is, want, want->columns);
	}
	s->stale = false;
	bool cursor = f->cursor_row >= 0;
	if (cursor != (s->shown->cursor_row >= 0) || all)
		curs_set(cursor);
	s->shown->cursor_row = f->cursor_row;
	move(cursor ? f->cursor_row : MAX(f->rows - 1, 0), cursor ? f->cursor_col : 0);
	refresh();
}
