/* SPDX-License-Identifier: MIT */
#pragma once
#include "domain/promise.h"

/* Reads promises.ini or wishes.ini. NULL and *error on a fault. Owned by the caller. */
struct phrases *phrases_load(enum phrases_of of, GError **error);
