/* SPDX-License-Identifier: MIT */
/* The compiled form of a platform file; for platform*.c and fields.c only. */
#pragma once
#include "domain/ini.h"
#include "domain/vocab.h"
#include "ingest/kinds.h"
#include "ingest/mail.h"
#include "ingest/pattern.h"
#include "ingest/platform.h"

/* Where a country's branch keeps its days and its money: chosen by domain or by the place header's value. */
struct place {
	char *key;
	GTimeZone *zone;
	char currency[4]; /* "": none */
};

struct header_test {
	char *name;
	struct pattern *value;
};

/* Where a field pattern looks. */
enum look { LOOK_ADDRESS, LOOK_NAME, LOOK_SUBJECT, LOOK_BODY, N_LOOKS };

struct example {
	char *key; /* for error texts: "example3" */
	int line;
	char *subject, *from, *body, *header, *expect;
	bool counter; /* must not come to this rule */
};

/* A mail that the platform sends. Every condition that is given must hold; of several of one sort, any. */
struct rule {
	char *name; /* the group's name */
	int line;
	GPtrArray *headers;  /* of struct header_test */
	char **from;         /* "a@b", "local@" or "@domain" */
	GPtrArray *subjects; /* of struct pattern */
	GPtrArray *bodies;   /* of struct pattern */
	enum trigger trigger;
	enum side side;
	enum kind kind;      /* fixed, or KIND_OTHER: by words */
	enum kind kind_else; /* when the words say nothing */
	bool automatic;      /* never opens a clock, whatever its headers say */
	GPtrArray *examples; /* of struct example */
};

struct platform {
	char *id, *name, *file;
	char **domains;  /* exact or the end of a sub-domain */
	char **headers;  /* names only this platform uses */
	char **charsets; /* usual ones of unlabelled text */
	char *place_header;
	bool handles; /* what its patterns catch as buyer is an account's name, no two alike */
	struct place home;
	GPtrArray *places;         /* of struct place */
	GPtrArray *looks[N_LOOKS]; /* of struct pattern */
	GPtrArray *rules;          /* of struct rule */
};

/* Compiles one file. NULL and *error ("FILE:LINE: ...") on a fault. Examples aren't run here. */
struct platform *platform_parse(const char *id, const char *file, const char *text, gsize length,
				GError **error);
void platform_destroy(struct platform *p);
typedef struct platform platform_auto;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(platform_auto, platform_destroy)

/* The branch a mail comes from: by the place header, else by domain, else the platform's home. */
const struct place *platform_place(const struct platform *p, const struct mail *m, const char *domain);

/* Fills what the patterns of `p` find (fields.c). `address` is the buyer's side: From, or To of our own mail
 * (`own`). `body` is at most 64 KiB of valid UTF-8. */
void fields_fill(const struct platform *p, const struct place *place, struct mail *m, const char *address,
		 bool own, const char *body, gsize length);

/* Recognises and says by which rule; NULL if by none. */
const struct rule *platform_recognise_rule(const struct platforms *set, struct mail *m);

/* Runs the examples of one platform, adding to *count. False and *error ("FILE:LINE: ...") at the first that
 * fails. */
bool platform_examples_run(const struct platforms *set, const struct platform *p, bool kinds, guint *count,
			   GError **error);
