/* SPDX-License-Identifier: MIT */
/* The language of one message. */
#pragma once
#include <glib.h>

/*
 * "en", "nl", "lt", "it", "zh-Hans", "zh-Hant" or CHINESE_UNSURE (domain/lang.h); NULL if the text is too
 * short or unlike all of them. Static. Quoted lines ("> ") don't count. Thread-safe.
 */
const char *language_of(const char *text);
