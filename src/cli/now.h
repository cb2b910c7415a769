/* SPDX-License-Identifier: MIT */
/* The program's clock. Programs link now.c; test builds link one that can be set. */
#pragma once
#include <glib.h>

/* UTC milliseconds. */
gint64 now_ms(void);
