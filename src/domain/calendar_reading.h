/* SPDX-License-Identifier: MIT */
/* What the two halves of reading a calendar share: calendar_parse.c (head, hours) and calendar_holidays.c. */
#pragma once
#include "domain/calendar_days.h"
#include "domain/ini.h"

/* Whether a holiday on a closed weekday moves, and where to. */
enum substitute { SUBSTITUTE_NONE, SUBSTITUTE_NEXT, SUBSTITUTE_NEAREST };

/* A calendar being read. */
struct reading {
	const struct ini *ini;
	struct calendar *calendar;
	enum substitute substitute;
	GArray *movable; /* of struct movable: yearly holidays in the file's order */
};

/* A yearly holiday that fell on `day`. */
struct movable {
	int day;
	int name; /* its mark */
};

/* Each reads its piece at *p and goes past it; false if something else stands there. */
bool read_number(const char **p, int most_digits, int *number);
bool read_char(const char **p, char c);
bool read_date(const char **p, int *day);
bool read_weekday_name(const char **p, int *weekday);

/* Marks a day, if it lies within the calendar's years. */
void mark_day(struct calendar *c, int day, int mark);

/* Reads the group [holidays]. */
bool read_holidays(struct reading *r, GError **error);

/* Holidays on a closed weekday get a day in lieu, the earlier holiday first. Call when all are known. */
void place_substitutes(struct reading *r);
