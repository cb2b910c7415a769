/* SPDX-License-Identifier: MIT */
/* The floor that amends is measured against: an ncurses program that does nothing but show a list and move a
 * bar in it with j and k. */
#include <curses.h>
#include <locale.h>

static void row(int y, int on)
{
	attrset(on ? A_REVERSE : A_NORMAL);
	mvprintw(y, 0, "%-*.*s", COLS, COLS, "  an empty row of the floor program, as wide as the screen");
}

int main(void)
{
	setlocale(LC_ALL, "");
	initscr();
	cbreak();
	noecho();
	keypad(stdscr, TRUE);
	set_escdelay(25);
	curs_set(0);
	for (int y = 1; y < LINES - 1; y++)
		row(y, y == 1);
	attrset(A_NORMAL);
	mvprintw(0, 0, "floor ready");
	int at = 1, key;
	while ((key = getch()) != 'q') {
		int to = key == 'j' && at < LINES - 2 ? at + 1 : key == 'k' && at > 1 ? at - 1 : at;
		row(at, 0);
		row(to, 1);
		at = to;
	}
	endwin();
	return 0;
}
