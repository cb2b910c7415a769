/* SPDX-License-Identifier: MIT */
#include "ui/input.h"

#include <curses.h>
#include <string.h>
#include <wchar.h>

#include "domain/banned.h"

/* A pasted text longer than this is cut: no answer is longer. */
#define PASTE_LIMIT (256 * 1024)
#define PASTE_END "\033[201~"

enum {
	CODE_PASTE_BEGIN = KEY_MAX + 1,
	CODE_WORD_LEFT,
	CODE_WORD_RIGHT,
	CODE_WORD_BACKSPACE,
	CODE_WORD_DELETE,
	CODE_TEXT_HOME,
	CODE_TEXT_END
};

struct input_reader {
	WINDOW *window; /* a pad: reading from it draws nothing */
	WINDOW *raw;    /* the same, in which nothing is a key: for what is pasted */
	GString *paste; /* NULL unless within a paste */
	mbstate_t part; /* of a character whose bytes haven't all come */
};

static const struct {
	int code, key;
} keys[] = {
    {KEY_UP, UI_UP},
    {KEY_DOWN, UI_DOWN},
    {KEY_LEFT, UI_LEFT},
    {KEY_RIGHT, UI_RIGHT},
    {KEY_HOME, UI_HOME},
    {KEY_END, UI_END},
    {KEY_PPAGE, UI_PAGE_UP},
    {KEY_NPAGE, UI_PAGE_DOWN},
    {KEY_DC, UI_DELETE},
    {KEY_ENTER, UI_ENTER},
    {KEY_BACKSPACE, UI_BACKSPACE},
    {KEY_BTAB, UI_BACK_TAB},
    {KEY_FIND, UI_HOME},
    {KEY_SELECT, UI_END},
    {CODE_WORD_LEFT, UI_WORD_LEFT},
    {CODE_WORD_RIGHT, UI_WORD_RIGHT},
    {CODE_WORD_BACKSPACE, UI_WORD_BACKSPACE},
    {CODE_WORD_DELETE, UI_WORD_DELETE},
    {CODE_TEXT_HOME, UI_TEXT_HOME},
    {CODE_TEXT_END, UI_TEXT_END},
};

/* Terminals send these whatever terminfo says. */
static const struct {
	const char *sequence;
	int code;
} sequences[] = {
    {"\033[200~", CODE_PASTE_BEGIN},
    {"\033[A", KEY_UP},
    {"\033[B", KEY_DOWN},
    {"\033[C", KEY_RIGHT},
    {"\033[D", KEY_LEFT},
    {"\033[H", KEY_HOME},
    {"\033[F", KEY_END},
    {"\033[1~", KEY_HOME},
    {"\033[4~", KEY_END},
    {"\033[1;5D", CODE_WORD_LEFT},
    {"\033[1;3D", CODE_WORD_LEFT},
    {"\033b", CODE_WORD_LEFT},
    {"\033[1;5C", CODE_WORD_RIGHT},
    {"\033[1;3C", CODE_WORD_RIGHT},
    {"\033f", CODE_WORD_RIGHT},
    {"\033d", CODE_WORD_DELETE},
    {"\033[3;5~", CODE_WORD_DELETE},
    {"\033\177", CODE_WORD_BACKSPACE},
    {"\033[1;5H", CODE_TEXT_HOME},
    {"\033[1;5F", CODE_TEXT_END},
};

struct input_reader *input_create(void)
{
	struct input_reader *r = g_new0(struct input_reader, 1);
	r->window = newpad(1, 1);
	keypad(r->window, TRUE);
	nodelay(r->window, TRUE);
	r->raw = newpad(1, 1);
	nodelay(r->raw, TRUE);
	for (guint i = 0; i < G_N_ELEMENTS(sequences); i++)
		define_key(sequences[i].sequence, sequences[i].code);
	return r;
}

void input_destroy(struct input_reader *r)
{
	if (!r)
		return;
	delwin(r->window);
	delwin(r->raw);
	if (r->paste)
		g_string_free(r->paste, TRUE);
	g_free(r);
}

static bool read_mouse(struct input *in)
{
	MEVENT e;
	if (getmouse(&e) != OK)
		return false;
	in->kind = INPUT_MOUSE;
	in->row = e.y;
	in->col = e.x;
	in->wheel = e.bstate & BUTTON4_PRESSED ? -1 : e.bstate & BUTTON5_PRESSED ? 1 : 0;
	return true;
}

static bool plain_key(struct input *in, wint_t c)
{
	in->kind = INPUT_KEY;
	in->key = c == '\n' ? UI_ENTER : c == 127 || c == 8 ? UI_BACKSPACE : (int)c;
	return true;
}

static bool function_key(struct input *in, int code)
{
	if (code == KEY_MOUSE)
		return read_mouse(in);
	for (guint i = 0; i < G_N_ELEMENTS(keys); i++) {
		if (keys[i].code == code) {
			in->kind = INPUT_KEY;
			in->key = keys[i].key;
			return true;
		}
	}
	return false;
}

static void end_paste(struct input_reader *r, struct input *in, gsize length)
{
	g_string_truncate(r->paste, MIN(length, PASTE_LIMIT));
	in->kind = INPUT_PASTE;
	in->text = g_string_free(r->paste, FALSE);
	r->paste = NULL;
}

bool input_pasting(const struct input_reader *r)
{
	return r->paste != NULL;
}

void input_end_paste(struct input_reader *r, struct input *in)
{
	*in = (struct input){0};
	end_paste(r, in, r->paste->len);
}

/* Takes one character into the paste. True if it ended. */
static bool collect(struct input_reader *r, struct input *in, gunichar c)
{
	/* Beyond the limit only what may be the end is kept. */
	if (r->paste->len >= PASTE_LIMIT + strlen(PASTE_END))
		g_string_erase(r->paste, PASTE_LIMIT, 1);
	/* A NUL would hide the end from all that reads strings. */
	if (c && (r->paste->len < PASTE_LIMIT || c < 0x80))
		g_string_append_unichar(r->paste, c);
	if (!g_str_has_suffix(r->paste->str, PASTE_END))
		return false;
	end_paste(r, in, r->paste->len - strlen(PASTE_END));
	return true;
}

static bool take(struct input_reader *r, struct input *in, gunichar c)
{
	return r->paste ? collect(r, in, c) : plain_key(in, c);
}

/* Bytes that are no character stand in a paste as U+FFFD and are no keys. wget_wch() would lose with them
 * what follows: the end of a paste. */
static bool take_byte(struct input_reader *r, struct input *in, int byte)
{
	bool begun = !mbsinit(&r->part);
	char one = (char)byte;
	wchar_t c = 0;
	size_t length = mbrtowc(&c, &one, 1, &r->part);
	if (length == (size_t)-2)
		return false;
	if (length != (size_t)-1)
		return take(r, in, (gunichar)c);
	r->part = (mbstate_t){0};
	if (r->paste)
		collect(r, in, 0xfffd);
	return begun && take_byte(r, in, byte);
}

bool input_next(struct input_reader *r, struct input *in)
{
	int c;
	*in = (struct input){0};
	while ((c = wgetch(r->paste ? r->raw : r->window)) != ERR) {
		if (c <= 0xff) {
			if (take_byte(r, in, c))
				return true;
		} else if (c == CODE_PASTE_BEGIN) {
			r->paste = g_string_new(NULL);
		} else if (function_key(in, c)) {
			return true;
		}
	}
	return false;
}
