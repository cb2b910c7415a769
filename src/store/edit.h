/* SPDX-License-Identifier: MIT */
/*
 * Buyers, orders and products are edited in place, a field at a time. Each change is kept with who made it,
 * what stood there and what stands there now, so that it can be taken back. Like store.h: whole requests,
 * false and *error on a fault.
 */
#pragma once
#include "store/store.h"

enum record { RECORD_BUYER, RECORD_ORDER, RECORD_PRODUCT, N_RECORDS };
extern const struct vocabulary RECORDS;

enum edit_kind {
	EDIT_TEXT,
	EDIT_LANG,
	EDIT_YES_NO,
	EDIT_TIME,   /* UTC ms in digits; "" or "0": none */
	EDIT_PAST,   /* the same, of what has been: a date without a year lies back */
	EDIT_MONEY,  /* minor units, a blank, the currency: "1250 EUR"; "": none */
	EDIT_ARTICLE /* the SKU of a product, which is entered if there is none of that; "": none */
};
bool edit_is_time(enum edit_kind kind);
struct record_field {
	enum record record;
	const char *id;    /* of the column too, but of EDIT_MONEY and EDIT_ARTICLE */
	const char *title; /* msgid */
	enum edit_kind kind;
	bool hidden; /* not edited by hand */
};
/* The row `n` of all fields; NULL past the end. */
const struct record_field *record_field_nth(guint n);
const struct record_field *record_field_find(enum record record, const char *id);

/* Longest text of a field, bytes. */
#define EDIT_MOST 8192

/* Writes a field. An order's value is that of its cases too, unless they have one of their own.
 * STORE_ERROR_NOT_FOUND if there is no such record, STORE_ERROR_REFUSED if the value can't stand there. */
bool store_edit(struct store *s, const char *me, enum record record, gint64 id, const char *field,
		const char *value, gint64 now, GError **error);

/* "1250 EUR". Owned; "" without a currency. */
char *edit_money(const struct money *m);
/* Reads it back. False if it isn't that. */
bool edit_money_read(const char *value, struct money *m);

/* Takes the person's last change of the record back; asked again, the one before. *text says what it took
 * back; owned. STORE_ERROR_REFUSED if somebody changed the field since. Of a buyer the records that were
 * merged into it count too. */
bool store_edit_undo(struct store *s, const char *me, enum record record, gint64 id, char **text,
		     GError **error);
