/* SPDX-License-Identifier: MIT */
/*
 * The languages answers are written in, and how each writes dates, times and money. What a buyer writes is
 * recognised in src/ingest/language.c; here is what we write.
 */
#pragma once
#include "domain/money.h"
#include "domain/vocab.h"

enum lang { LANG_EN, LANG_NL, LANG_LT, LANG_ZH_HANS, LANG_ZH_HANT, LANG_IT, N_LANGS };

/* Ids as in the store and in template file names: "en", "nl", "lt", "zh-Hans", "zh-Hant", "it". */
extern const struct vocabulary LANGS;

/* Chinese whose script a text doesn't show: "好的". */
#define CHINESE_UNSURE "zh"

/* Finds a language by id; "zh" and what begins with it is Hans unless it names Hant, TW, HK or MO. False if
 * it is none of ours; *lang is then untouched. NULL is none. */
bool lang_find(const char *id, enum lang *lang);

/* The language of the user's messages (LC_MESSAGES), English if it is none of ours. */
enum lang lang_of_user(void);

/* A date as a letter writes it: "Thursday 26 November", "donderdag 26 november", "lapkričio 26 d.",
 * "11月26日（星期四）", "giovedì 26 novembre"; with the year if it isn't `now`'s. Owned by the caller. */
char *lang_date(enum lang lang, gint64 at, gint64 now, GTimeZone *zone);

/* A date with the time of day: "Thursday 26 November, 5 pm", "donderdag 26 november om 17.00 uur". Owned. */
char *lang_date_time(enum lang lang, gint64 at, gint64 now, GTimeZone *zone);

/* "€12.50", "€ 12,50", "12,50 €", "12,50 EUR"-like as the language writes it; "" without currency. Owned. */
char *lang_money(enum lang lang, const struct money *m);
