/* SPDX-License-Identifier: MIT */
#include "support/make_store.h"

#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define MINUTE G_GINT64_CONSTANT(60000)

static const char * or (const char *text, const char *otherwise)
{
	return text ? text : otherwise;
}

static const struct {
	const char *word, *name;
} platforms[] = {
    {"ebay", "eBay"}, {"amazon", "Amazon"}, {"etsy", "Etsy"}, {"taobao", "Taobao"}, {"mail", "Mail"}};

static const char *platform_name(const char *word)
{
	for (gsize i = 0; i < G_N_ELEMENTS(platforms); i++) {
		if (g_str_equal(platforms[i].word, word))
			return platforms[i].name;
	}
	return word;
}

struct incoming *make_mail(const struct mail_facts *f)
{
	struct incoming *m = incoming_create();
	m->subject = g_strdup(or (f->subject, "A question"));
	m->text = g_strdup(or (f->text, "Where is my parcel?"));
	m->alias = g_strdup(f->alias);
	m->buyer_name = g_strdup(f->name);
	m->from = g_strdup_printf("%s <%s>", or (f->name, "Somebody"), or (f->alias, "somebody@example.org"));
	m->platform = g_strdup(or (f->platform, "mail"));
	m->platform_name = g_strdup(platform_name(m->platform));
	m->trigger = f->automatic || f->nothing   ? TRIGGER_NONE
		     : f->trigger == TRIGGER_NONE ? TRIGGER_BUYER_MESSAGE
						  : f->trigger;
	m->kind = f->kind;
	m->side = m->trigger == TRIGGER_OUR_MESSAGE ? SIDE_US : f->side;
	m->automatic = f->automatic;
	m->archived = f->archived;
	m->order_no = g_strdup(f->order);
	m->case_no = g_strdup(f->case_no);
	m->item = g_strdup(f->item);
	m->lang = g_strdup(f->lang);
	m->sent = f->sent;
	m->stated_due = f->stated_due;
	m->stated = f->stated_due ? g_strdup("by the date in the mail") : NULL;
	m->amount.minor = f->minor;
	g_strlcpy(m->amount.currency, or (f->currency, ""), sizeof m->amount.currency);
	if (f->answers)
		g_ptr_array_add(m->references, g_strdup(f->answers));
	g_autofree char *all =
	    g_strdup_printf("%s\n%s\n%" G_GINT64_FORMAT "\n%s\n%s\n%s", m->from, m->subject, m->sent,
			    or (f->order, ""), or (f->case_no, ""), m->text);
	m->content_hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, all, -1);
	m->message_id = f->id ? g_strdup(f->id) : g_strdup_printf("%s@made.example", m->content_hash);
	m->source = g_bytes_new(all, strlen(all));
	m->origin = g_strdup("test");
	return m;
}

struct ingested make_ingest(struct store *s, const struct mail_facts *f)
{
	g_autoptr(GPtrArray) mails = g_ptr_array_new_with_free_func((GDestroyNotify)incoming_destroy);
	g_autoptr(GArray) results = g_array_new(false, true, sizeof(struct ingested));
	g_autoptr(GError) error = NULL;
	g_ptr_array_add(mails, make_mail(f));
	if (!store_ingest(s, mails, NULL, MAX(f->arrives, f->sent), results, &error))
		fail_msg("%s", error->message);
	return g_array_index(results, struct ingested, 0);
}

struct store *make_store(void)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *folder = g_dir_make_tmp("amends-test-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(folder, "desk.db", NULL);
	struct store *s = store_open(path, STORE_WRITE, &error);
	if (!s)
		fail_msg("%s", error->message);
	return s;
}

void make_store_remove(struct store *s)
{
	g_autofree char *folder = g_path_get_dirname(store_path(s));
	store_close(s);
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	const char *name;
	while (dir && (name = g_dir_read_name(dir))) {
		g_autofree char *path = g_build_filename(folder, name, NULL);
		g_unlink(path);
	}
	g_rmdir(folder);
}

/* Who writes what; a case each. `due` is in minutes from now. */
static const struct {
	const char *platform, *name, *lang, *item, *text;
	enum trigger trigger;
	enum kind kind;
	int due, minor;
	const char *currency;
} shop[] = {
    {"ebay", "Harriet Blythe", "en", "Walnut wall clock", "The glass is cracked right across the dial.",
     TRIGGER_RETURN_REQUEST, KIND_DAMAGED, -185, 4950, "GBP"},
    {"etsy", "Joris van Aalst", "nl", "Leren notitieboek",
     "Het leer laat los aan de rug, dat had ik niet verwacht.", TRIGGER_HELP_REQUEST, KIND_QUALITY, -42, 3200,
     "EUR"},
    {"amazon", "Živilė Šarkūnaitė", "lt", "Lininė staltiesė", "Gavau mėlyną staltiesę, o užsakiau žalią.",
     TRIGGER_CLAIM_OPENED, KIND_WRONG_ITEM, 12, 2890, "EUR"},
    {"taobao", "王小雨", "zh-Hans", "保温杯 500ml", "杯子漏水，我要退货退款。", TRIGGER_REFUND_REQUEST,
     KIND_QUALITY, 25, 8800, "CNY"},
    {"taobao", "林書豪", "zh-Hant", "藍牙耳機", "耳機右邊沒有聲音，請問可以退貨嗎？", TRIGGER_REFUND_REQUEST,
     KIND_QUALITY, 55, 19900, "CNY"},
    {"amazon", "Giulia Ferrantini", "it", "Lampada da tavolo", "La lampada è arrivata rotta in due pezzi.",
     TRIGGER_CLAIM_INFO, KIND_DAMAGED, 130, 5999, "EUR"},
    {"ebay", "Oliver Penhale", "en", "Brass door handle", "One of the two handles is missing.",
     TRIGGER_NOT_RECEIVED, KIND_MISSING_ITEM, 200, 1800, "GBP"},
    {"etsy", "Marloes Teunissen", "nl", "Keramische vaas",
     "Het pakket staat al een week stil bij de bezorger.", TRIGGER_HELP_REQUEST, KIND_SLOW, 305, 4500, "EUR"},
};

void make_shop(struct store *s, gint64 now)
{
	for (int i = 0; i < MAKE_SHOP_CASES; i++) {
		int k = i % G_N_ELEMENTS(shop), round = i / G_N_ELEMENTS(shop);
		g_autofree char *alias = g_strdup_printf("buyer%02d@shop%d.example", i, k);
		g_autofree char *order = g_strdup_printf("%02d-%05d-%05d", 10 + i, 20000 + i, 30000 + i);
		g_autofree char *id = g_strdup_printf("case%02d@shop.example", i);
		struct mail_facts f = {
		    .id = id,
		    .platform = shop[k].platform,
		    .trigger = shop[k].trigger,
		    .kind = shop[k].kind,
		    .alias = alias,
		    .name = shop[k].name,
		    .order = order,
		    .item = shop[k].item,
		    .subject = shop[k].item,
		    .text = shop[k].text,
		    .lang = shop[k].lang,
		    .sent = now - 60 * 24 * MINUTE,
		    .stated_due = now + (shop[k].due + round * 1440) * MINUTE + round * MINUTE,
		    .minor = shop[k].minor,
		    .currency = shop[k].currency,
		};
		make_ingest(s, &f);
	}
}

void make_many(struct store *s, int cases, gint64 now)
{
	g_autoptr(GError) error = NULL;
	for (int from = 0; from < cases; from += 500) {
		g_autoptr(GPtrArray) mails = g_ptr_array_new_with_free_func((GDestroyNotify)incoming_destroy);
		g_autoptr(GArray) results = g_array_new(false, true, sizeof(struct ingested));
		for (int i = from; i < MIN(cases, from + 500); i++) {
			g_autofree char *alias = g_strdup_printf("many%06d@example.org", i);
			g_autofree char *subject = g_strdup_printf("Parcel %06d", i);
			struct mail_facts f = {.platform = "ebay",
					       .trigger = TRIGGER_RETURN_REQUEST,
					       .alias = alias,
					       .subject = subject,
					       .kind = KIND_DAMAGED,
					       .lang = "en",
					       .sent = now - 1000 * MINUTE,
					       .stated_due = now + i * MINUTE};
			g_ptr_array_add(mails, make_mail(&f));
		}
		if (!store_ingest(s, mails, NULL, now, results, &error))
			fail_msg("%s", error->message);
	}
}
