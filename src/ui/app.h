/* SPDX-License-Identifier: MIT */
/* The loop: input in, actions to the view on top, a frame out. */
#pragma once
#include "ui/prompt.h"
#include "ui/screen.h"
#include "ui/signals.h"
#include "ui/ui.h"

struct app;

struct app *app_create(const struct ui_options *o, struct screen *screen, struct signals *signals);
void app_destroy(struct app *a);

/* Runs until the user leaves or the terminal is gone. */
void app_run(struct app *a);
