/* SPDX-License-Identifier: MIT */
#include "ui/ui.h"

#include "ui/app.h"

#include "domain/banned.h"

G_DEFINE_QUARK(amends - ui - error, ui_error)

bool ui_run(const struct ui_options *o, GError **error)
{
	struct signals signals;
	signals_start(&signals);
	struct screen *screen = screen_start(error);
	if (screen) {
		struct app *app = app_create(o, screen, &signals);
		app_run(app);
		app_destroy(app);
		screen_stop(screen);
	}
	signals_stop(&signals);
	return screen != NULL;
}
