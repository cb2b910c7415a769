/* SPDX-License-Identifier: MIT */
#include "ingest/html_elements.h"

#include <glib.h>
#include <string.h>

#include "domain/banned.h"

/* Sorted by name. */
static const struct {
	const char *name;
	int what;
} ELEMENTS[] = {
    {"a", EL_LINK},
    {"address", EL_BLOCK},
    {"article", EL_BLOCK},
    {"aside", EL_BLOCK},
    {"blockquote", EL_PARA | EL_QUOTE},
    {"br", EL_BREAK},
    {"caption", EL_BLOCK},
    {"center", EL_BLOCK},
    {"dd", EL_BLOCK},
    {"div", EL_BLOCK},
    {"dl", EL_PARA},
    {"dt", EL_BLOCK},
    {"fieldset", EL_BLOCK},
    {"figure", EL_BLOCK},
    {"footer", EL_BLOCK},
    {"form", EL_BLOCK},
    {"h1", EL_PARA},
    {"h2", EL_PARA},
    {"h3", EL_PARA},
    {"h4", EL_PARA},
    {"h5", EL_PARA},
    {"h6", EL_PARA},
    {"head", EL_DROP},
    {"header", EL_BLOCK},
    {"hr", EL_RULE},
    {"iframe", EL_DROP},
    {"img", EL_IMAGE},
    {"li", EL_BLOCK | EL_ITEM},
    {"main", EL_BLOCK},
    {"nav", EL_BLOCK},
    {"noembed", EL_DROP},
    {"noframes", EL_DROP},
    {"object", EL_DROP},
    {"ol", EL_BLOCK | EL_LIST},
    {"option", EL_BLOCK},
    {"p", EL_PARA},
    {"pre", EL_PARA | EL_PRE},
    {"script", EL_DROP},
    {"section", EL_BLOCK},
    {"select", EL_DROP},
    {"style", EL_DROP},
    {"svg", EL_DROP},
    {"table", EL_BLOCK},
    {"td", EL_CELL},
    {"template", EL_DROP},
    {"textarea", EL_DROP},
    {"th", EL_CELL},
    {"title", EL_DROP},
    {"tr", EL_BLOCK},
    {"ul", EL_BLOCK | EL_LIST},
};

int html_element(const char *name)
{
	int low = 0, high = (int)G_N_ELEMENTS(ELEMENTS) - 1;
	while (low <= high) {
		int mid = (low + high) / 2, order = strcmp(name, ELEMENTS[mid].name);
		if (order == 0)
			return ELEMENTS[mid].what;
		if (order < 0)
			high = mid - 1;
		else
			low = mid + 1;
	}
	return 0;
}

const char *html_attribute(const unsigned char **atts, const char *name)
{
	for (int i = 0; atts && atts[i]; i += 2)
		if (strcmp((const char *)atts[i], name) == 0)
			return atts[i + 1] ? (const char *)atts[i + 1] : "";
	return NULL;
}

bool html_is_hidden(const unsigned char **atts)
{
	static const char *const SIGNS[] = {"display:none", "visibility:hidden", "font-size:0px",
					    "font-size:0;", "max-height:0",      "mso-hide:all"};
	if (html_attribute(atts, "hidden"))
		return true;
	const char *style = html_attribute(atts, "style");
	if (!style || strlen(style) > 4096)
		return false;
	g_autoptr(GString) plain = g_string_new(NULL);
	for (; *style; style++)
		if (!g_ascii_isspace(*style))
			g_string_append_c(plain, g_ascii_tolower(*style));
	for (gsize i = 0; i < G_N_ELEMENTS(SIGNS); i++)
		if (strstr(plain->str, SIGNS[i]))
			return true;
	return g_str_has_suffix(plain->str, "font-size:0");
}
