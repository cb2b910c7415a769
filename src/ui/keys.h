/* SPDX-License-Identifier: MIT */
/* Keys as the rest of the program knows them: a Unicode character, or one of these beyond Unicode. */
#pragma once

enum ui_key {
	UI_TAB = '\t',
	UI_ENTER = '\r',
	UI_ESCAPE = 27,
	UI_UP = 0x110000,
	UI_DOWN,
	UI_LEFT,
	UI_RIGHT,
	UI_HOME,
	UI_END,
	UI_PAGE_UP,
	UI_PAGE_DOWN,
	UI_BACKSPACE,
	UI_DELETE,
	UI_BACK_TAB,
	UI_WORD_LEFT,
	UI_WORD_RIGHT,
	UI_WORD_BACKSPACE,
	UI_WORD_DELETE,
	UI_TEXT_HOME,
	UI_TEXT_END
};
#define UI_CTRL(letter) ((letter)&0x1f)
