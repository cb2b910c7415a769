/* SPDX-License-Identifier: MIT */
/* Rows of the inbox, shared with the case file's list of other cases. */
#pragma once
#include "store/sql.h"

/* The columns that inbox_row_read() reads, for `cases c`. Static. */
const char *inbox_columns(void);
struct inbox_row *inbox_row_read(sqlite3_stmt *q);
