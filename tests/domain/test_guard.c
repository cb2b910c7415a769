/* SPDX-License-Identifier: MIT */
#include "domain/guard.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "domain/template.h"

#include "domain/banned.h"

static char *slurp(const char *folder, const char *name, gsize *length)
{
	g_autofree char *path = g_build_filename(g_getenv("AMENDS_DATA"), folder, name, NULL);
	char *text = NULL;
	if (!g_file_get_contents(path, &text, length, NULL))
		fail_msg("%s can't be read", path);
	return text;
}

static int load(void **state)
{
	static const char *const names[] = {"_words", "amazon",  "claim",   "contact", "draft",
					    "law",    "outside", "reviews", "tone"};
	struct guard_rules *g = guard_create();
	for (gsize n = 0; n < G_N_ELEMENTS(names); n++) {
		g_autofree char *file = g_strconcat(names[n], ".ini", NULL);
		g_autoptr(GError) error = NULL;
		gsize length = 0;
		g_autofree char *text = slurp("guard", file, &length);
		if (!guard_add(g, names[n], file, text, length, &error))
			fail_msg("%s", error->message);
	}
	*state = g;
	return 0;
}

static int unload(void **state)
{
	guard_destroy(*state);
	return 0;
}

static void test_examples(void **state)
{
	g_autoptr(GError) error = NULL;
	guint count = 0;
	if (!guard_check_examples(*state, &count, &error))
		fail_msg("%s", error->message);
	assert_true(count >= 700);
}

/* Whether anything is found that is at least as grave as `least`. */
static bool finds(const struct guard_rules *g, const struct guard_draft *d, enum guard_severity least)
{
	g_autoptr(GPtrArray) findings = guard_read(g, d);
	for (guint n = 0; n < findings->len; n++) {
		const struct guard_finding *f = findings->pdata[n];
		assert_true(f->at + f->length <= strlen(d->text));
		if (f->severity <= least)
			return true;
	}
	return false;
}

/* At least 95 % of the violations are found and at most 2 % of the proper sentences are blocked, in each
 * language. */
static void test_sentences(void **state)
{
	guint violations[N_LANGS] = {0}, found[N_LANGS] = {0}, proper[N_LANGS] = {0}, blocked[N_LANGS] = {0};
	enum lang lang = LANG_EN;
	bool violation = false;
	const struct guard_case facts = {.status = STATUS_OURS,
					 .kind = KIND_DAMAGED,
					 .order = "12-34567-89012",
					 .wish_known = true,
					 .attachments = 1};
	g_autofree char *text = slurp("../tests/domain", "guard_sentences.txt", NULL);
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (int n = 0; lines[n]; n++) {
		if (!*lines[n] || *lines[n] == '#')
			continue;
		if (*lines[n] == '[') {
			g_auto(GStrv) words = g_strsplit_set(lines[n] + 1, " ]", 3);
			assert_true(lang_find(words[0], &lang));
			violation = g_str_equal(words[1], "violation");
			continue;
		}
		struct guard_draft draft = {lines[n], true, lang, "amazon", &facts};
		bool bad = finds(*state, &draft, violation ? GUARD_WARN : GUARD_BLOCK);
		if (bad != violation)
			print_message("%s %s: %s\n", vocab_id(&LANGS, lang), violation ? "missed" : "blocked",
				      lines[n]);
		(violation ? violations : proper)[lang]++;
		(violation ? found : blocked)[lang] += bad;
	}
	for (int l = 0; l < N_LANGS; l++) {
		assert_true(violations[l] >= 40 && proper[l] >= 60);
		assert_true(found[l] * 100 >= violations[l] * 95);
		assert_true(blocked[l] * 100 <= proper[l] * 2);
	}
}

/* What people do to hide a violation, and where the draft is marked. */
static void test_disguise(void **state)
{
	static const struct {
		const char *text, *rule, *marked;
	} rows[] = {
	    {"Say: W\xe2\x80\x8bhats\xe2\x80\x8b"
	     "App me.",
	     "contact.messenger",
	     "W\xe2\x80\x8bhats\xe2\x80\x8b"
	     "App"},
	    {"Use ＷｈａｔｓＡｐｐ now.", "contact.messenger", "ＷｈａｔｓＡｐｐ"},
	    {"Use Vіbеr now.", "contact.messenger", "Vіbеr"},
	    {"Ik ben op nul zes, een twee drie vier vijf zes zeven acht.", "contact.phone",
	     "nul zes, een twee drie vier vijf zes zeven acht"},
	    {"记下零九一二三四五六七八。", "contact.phone", "零九一二三四五六七八"},
	    {"Write: shop (at) mail [dot] example", "contact.email", "shop (at) mail [dot] example"},
	};
	for (gsize n = 0; n < G_N_ELEMENTS(rows); n++) {
		struct guard_draft draft = {.text = rows[n].text, .platform = "ebay"};
		g_autoptr(GPtrArray) findings = guard_read(*state, &draft);
		bool marked = false;
		for (guint k = 0; k < findings->len; k++) {
			const struct guard_finding *f = findings->pdata[k];
			marked |= g_str_equal(f->rule->id, rows[n].rule) &&
				  f->length == strlen(rows[n].marked) &&
				  strncmp(rows[n].text + f->at, rows[n].marked, f->length) == 0;
		}
		if (!marked)
			fail_msg("%s isn't marked in: %s", rows[n].marked, rows[n].text);
	}
}

/* Platform, stage and the case's own facts decide. */
static void test_conditions(void **state)
{
	const struct guard_case open = {.status = STATUS_OURS, .order = "12-34567-89012"},
				solved = {.status = STATUS_SOLVED};
	const char *own[] = {"shop@mail.example", NULL};
	const struct guard_case alias = {.status = STATUS_OURS, .own = own};
	static const char ask[] = "If you like, please write an honest review of your purchase.";
	static const char mail[] = "The address is shop@mail.example for this.";
	static const char number[] = "We found your order 99-11111-22222 at last.";
	struct guard_draft d = {ask, true, LANG_EN, "ebay", &open};
	assert_true(finds(*state, &d, GUARD_WARN));
	d.facts = &solved;
	assert_false(finds(*state, &d, GUARD_WARN));
	d = (struct guard_draft){mail, true, LANG_EN, "ebay", NULL};
	assert_true(finds(*state, &d, GUARD_BLOCK));
	d.platform = "mail";
	assert_false(finds(*state, &d, GUARD_BLOCK));
	d.platform = "ebay";
	d.facts = &alias;
	assert_false(finds(*state, &d, GUARD_BLOCK));
	d = (struct guard_draft){number, true, LANG_EN, "ebay", NULL};
	assert_false(finds(*state, &d, GUARD_BLOCK));
	d.facts = &open;
	assert_true(finds(*state, &d, GUARD_BLOCK));
}

/* Who writes of their own accord may do so for 30 days on Amazon; who answers, always. */
static void test_late_unasked(void **state)
{
	static const struct {
		const char *platform;
		int days;
		bool approached, found;
	} rows[] = {
	    {"amazon", 31, false, true}, {"amazon", 30, false, false}, {"amazon", 400, true, false},
	    {"amazon", 0, false, false}, {"ebay", 31, false, false},
	};
	for (gsize n = 0; n < G_N_ELEMENTS(rows); n++) {
		const struct guard_case facts = {.status = STATUS_OURS,
						 .kind = KIND_FOLLOW_UP,
						 .order_days = rows[n].days,
						 .approached = rows[n].approached};
		struct guard_draft d = {"Do you still like the lamp, and does it work as it should?", true,
					LANG_EN, rows[n].platform, &facts};
		if (finds(*state, &d, GUARD_WARN) != rows[n].found)
			fail_msg("row %zu", n);
	}
	struct guard_draft alone = {"Do you still like the lamp?", true, LANG_EN, "amazon", NULL};
	assert_false(finds(*state, &alone, GUARD_WARN));
}

static void test_language(void **state)
{
	static const struct {
		const char *text;
		int lang; /* -1: not plain */
	} rows[] = {
	    {"Thank you for the photo, we will send it to you.", LANG_EN},
	    {"Dank u voor de foto, wij sturen het naar u toe.", LANG_NL},
	    {"Dėkojame už nuotrauką, mes ją Jums išsiųsime.", LANG_LT},
	    {"我们已经为您退款。", LANG_ZH_HANS},
	    {"我們已經為您退款。", LANG_ZH_HANT},
	    {"Grazie per la foto, la spediamo a Lei.", LANG_IT},
	    {"OK", -1},
	    {"", -1},
	};
	for (gsize n = 0; n < G_N_ELEMENTS(rows); n++) {
		enum lang lang;
		bool found = guard_language(rows[n].text, &lang);
		assert_int_equal(found, rows[n].lang >= 0);
		if (found)
			assert_int_equal(lang, rows[n].lang);
	}
}

/* Faults of a rule file are told with their place. */
static void test_faults(void **state)
{
	static const struct {
		const char *name, *text, *fault;
	} rows[] = {
	    {"x", "[a]\nseverity = loud\n", "x.ini:2"},
	    {"x", "[a]\nseverity = block\n", "x.ini:1"},
	    {"x", "[a]\nseverity = block\ntitle = t\nwhy = w\npattern.en = (\n", "x.ini:5"},
	    {"x", "[a]\nseverity = block\ntitle = t\nwhy = w\npattern.en = {nonesuch}\n", "x.ini:5"},
	    {"x", "[a]\nseverity = block\ntitle = t\nwhy = w\nmatch.en = x\n", "x.ini:5"},
	    {"x", "[a]\nseverity = warn\ntitle = t\nwhy = w\ncheck = unasked-late\n",
	     "x.ini:1: check = unasked-late"},
	    {"x", "[a]\nseverity = warn\ntitle = t\nwhy = w\ncheck = empty\ndays = 3\n", "x.ini:6"},
	    {"x", "[a]\nseverity = warn\ntitle = t\nwhy = w\ncheck = unasked-late\ndays = soon\n", "x.ini:6"},
	    {"_x", "[a]\nen = (\n", "x.ini:2"},
	};
	for (gsize n = 0; n < G_N_ELEMENTS(rows); n++) {
		g_autoptr(guard_auto) g = guard_create();
		g_autoptr(GError) error = NULL;
		assert_false(guard_add(g, rows[n].name, "x.ini", rows[n].text, strlen(rows[n].text), &error));
		assert_non_null(error);
		assert_true(g_str_has_prefix(error->message, rows[n].fault));
	}
}

/* What stands in another language than the rest is read in that one. */
static void test_mixed_languages(void **state)
{
	static const struct {
		const char *text;
		enum lang lang;
		const char *rule;
	} rows[] = {
	    {"Grazie per il messaggio, le rispondiamo domani entro le 12. Ci scusiamo molto per il "
	     "disagio.\n\n"
	     "If you change your review, we will refund you.",
	     LANG_IT, "reviews.condition"},
	    {"Labas vakaras, dėkojame už laišką, atsakysime rytoj iki 12 val.\n请加我微信 abc12345", LANG_LT,
	     "contact.messenger"},
	    {"您好，我们今天就处理，明天中午前给您答复。 We will refund you once the case is closed.",
	     LANG_ZH_HANS, "claim.trade"},
	    {"Thank you for your message, we will answer by noon tomorrow. Zodra u de zaak sluit, betalen we "
	     "u terug.",
	     LANG_EN, "claim.trade"},
	};
	for (gsize n = 0; n < G_N_ELEMENTS(rows); n++) {
		struct guard_draft draft = {rows[n].text, true, rows[n].lang, "ebay", NULL};
		g_autoptr(GPtrArray) findings = guard_read(*state, &draft);
		bool found = false;
		for (guint k = 0; k < findings->len; k++) {
			const struct guard_finding *f = findings->pdata[k];
			found |= g_str_equal(f->rule->id, rows[n].rule);
		}
		if (!found)
			fail_msg("%s: %s", rows[n].rule, rows[n].text);
	}
}

/* What the caller knows to be another buyer's is marked wherever it stands. */
static void test_known_as_anothers(void **state)
{
	static const char *const foreign[] = {"DK-20069", "沈佳宜", NULL};
	const struct guard_case facts = {.status = STATUS_OURS, .foreign = foreign};
	const struct guard_draft draft = {"See DK-20069 and DK-20069; 沈佳宜 too.", true, LANG_EN, "etsy",
					  &facts};
	g_autoptr(GPtrArray) findings = guard_read(*state, &draft);
	guint known = 0;
	for (guint n = 0; n < findings->len; n++) {
		const struct guard_finding *f = findings->pdata[n];
		if (!g_str_equal(f->rule->id, "draft.foreign-known"))
			continue;
		known++;
		assert_int_equal(f->severity, GUARD_BLOCK);
		assert_true(strncmp(draft.text + f->at, foreign[0], 8) == 0 ||
			    strncmp(draft.text + f->at, foreign[1], 9) == 0);
	}
	assert_int_equal(known, 3);
}

/* A doubt makes a warning of a block, and examples tell which it is to be. */
static void test_doubts(void **state)
{
#define RULE                                                                                                 \
	"[a]\nseverity = block\ntitle = t\nwhy = w\npattern.en = close\ndoubt.en = never|not\n"              \
	"match.en.1 = Close it.\nmatch.en.2 = Please close it.\npass.en.1 = A.\npass.en.2 = B.\npass.en.3 "  \
	"= C.\n"
	static const struct {
		const char *example, *fault;
	} rows[] = {
	    {"warn.en.1 = Never close it.\n", NULL},
	    {"warn.en.1 = Close it now.\n", "warn.en.1: the rule blocks this example"},
	    {"warn.en.1 = Open it.\n", "warn.en.1: the rule doesn't find"},
	    {"match.en.3 = Do not close it.\n", "match.en.3: the rule only warns"},
	    {"match.en.3 = Not now. Close it.\n", NULL},
	    {"pass.en.4 = Never close it.\n", "pass.en.4: the rule finds"},
	    {"", "fewer than three"},
	};
	for (gsize n = 0; n < G_N_ELEMENTS(rows); n++) {
		g_autoptr(guard_auto) g = guard_create();
		g_autoptr(GError) error = NULL;
		guint count;
		g_autofree char *text = g_strconcat(RULE, rows[n].example, NULL);
		assert_true(guard_add(g, "x", "x.ini", text, strlen(text), NULL));
		assert_true(guard_check_examples(g, &count, &error) == !rows[n].fault);
		if (rows[n].fault && !strstr(error->message, rows[n].fault))
			fail_msg("%s", error->message);
	}
#undef RULE
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_examples),        cmocka_unit_test(test_sentences),
	    cmocka_unit_test(test_disguise),        cmocka_unit_test(test_conditions),
	    cmocka_unit_test(test_late_unasked),    cmocka_unit_test(test_language),
	    cmocka_unit_test(test_faults),          cmocka_unit_test(test_doubts),
	    cmocka_unit_test(test_mixed_languages), cmocka_unit_test(test_known_as_anothers),
	};
	return cmocka_run_group_tests(tests, load, unload);
}
