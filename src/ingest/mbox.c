/* SPDX-License-Identifier: MIT */
#include "ingest/mbox.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "domain/intl.h"
#include "ingest/header.h"

#include "domain/banned.h"

enum {
	CHUNK = 1024 * 1024,
	ENVELOPE_MAX = 1000,
	LOCK_TRIES = 50,
	LOCK_PAUSE = 100 * 1000 /* µs: five seconds in all */
};

struct mbox {
	int fd;
	char *window; /* bytes read and not yet given out */
	gsize start, end, room;
	gint64 size; /* read no further: what comes later may be half written */
	gint64 at;   /* file offset of window[start] */
	bool eof, is_mbox, failed;
	int too_large;
	int fault; /* errno of the read that failed */
};

/* Reads on; false at the end of the file or on a fault. */
static bool fill(struct mbox *b)
{
	if (b->eof)
		return false;
	if (b->start && b->room - b->end < CHUNK) {
		memmove(b->window, b->window + b->start, b->end - b->start);
		b->end -= b->start;
		b->start = 0;
	}
	if (b->room - b->end < CHUNK) {
		b->room = MAX(b->room * 2, (gsize)2 * CHUNK);
		b->window = g_realloc(b->window, b->room);
	}
	gint64 left = b->size - b->at - (gint64)(b->end - b->start);
	gssize n;
	do
		n = left > 0 ? read(b->fd, b->window + b->end, (gsize)MIN(left, CHUNK)) : 0;
	while (n < 0 && errno == EINTR);
	if (n <= 0) {
		b->eof = true;
		b->fault = n < 0 ? errno : 0;
		return false;
	}
	b->end += (gsize)n;
	return true;
}

static gsize available(const struct mbox *b)
{
	return b->end - b->start;
}

static bool begins_envelope(struct mbox *b)
{
	while (available(b) < 5 && fill(b))
		;
	return available(b) >= 5 && memcmp(b->window + b->start, "From ", 5) == 0;
}

/*
 * How much of the file is whole: its size while no program that delivers holds its lock; -1 with
 * errno if one holds it too long. Without locks (some network disks) we read all the same. The lock isn't
 * kept, since a delivery would have to wait for the import.
 */
static gint64 whole_size(int fd)
{
	struct flock lock = {.l_type = F_RDLCK, .l_whence = SEEK_SET};
	int tries = 0;
	while (fcntl(fd, F_SETLK, &lock) != 0 && (errno == EAGAIN || errno == EACCES || errno == EINTR)) {
		if (++tries > LOCK_TRIES) {
			errno = EAGAIN;
			return -1;
		}
		g_usleep(LOCK_PAUSE);
	}
	struct stat st;
	gint64 size = fstat(fd, &st) == 0 ? st.st_size : -1;
	lock.l_type = F_UNLCK;
	fcntl(fd, F_SETLK, &lock);
	return size;
}

static struct mbox *refuse(int fd, int fault, GError **error)
{
	const char *why = fault == EAGAIN ? _("another program is writing to it; import it again later")
					  : g_strerror(fault);
	g_set_error_literal(error, G_FILE_ERROR, g_file_error_from_errno(fault), why);
	if (fd >= 0)
		close(fd);
	return NULL;
}

struct mbox *mbox_open(const char *path, GError **error)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return refuse(fd, errno, error);
	gint64 size = whole_size(fd);
	if (size < 0)
		return refuse(fd, errno, error);
	posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
	struct mbox *b = g_new0(struct mbox, 1);
	b->fd = fd;
	b->size = size;
	b->is_mbox = begins_envelope(b);
	return b;
}

void mbox_close(struct mbox *b)
{
	if (!b)
		return;
	close(b->fd);
	g_free(b->window);
	g_free(b);
}

static bool seek_to(struct mbox *b, gint64 offset)
{
	b->start = b->end = 0;
	b->eof = false;
	b->at = offset;
	return lseek(b->fd, offset, SEEK_SET) == offset;
}

bool mbox_resume(struct mbox *b, gint64 offset)
{
	if (b->is_mbox && offset > 0 && seek_to(b, offset) && (begins_envelope(b) || !available(b)))
		return true;
	seek_to(b, 0);
	return false;
}

char *mbox_head(struct mbox *b, gint64 length)
{
	char head[MBOX_HEAD];
	gsize want = (gsize)CLAMP(length, 0, MBOX_HEAD), got = 0;
	while (got < want) {
		gssize n = pread(b->fd, head + got, want - got, (off_t)got);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return NULL;
		got += (gsize)n;
	}
	return g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)head, got);
}

/* Whether "From ..." is an envelope: text may begin so too, but not with a date as asctime() writes it. */
static bool is_envelope(const char *line, gsize length)
{
	static const char DAYS[] = "MonTueWedThuFriSatSun", MONTHS[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	if (length > ENVELOPE_MAX)
		return false;
	/* " Thu Oct  6 21:15": a day, a month, then a time of day. */
	for (gsize i = 5; i + 16 < length; i++) {
		if (line[i] != ' ' || line[i + 4] != ' ' || line[i + 8] != ' ' || line[i + 14] != ':')
			continue;
		if (memmem(DAYS, sizeof(DAYS), line + i + 1, 3) &&
		    memmem(MONTHS, sizeof(MONTHS), line + i + 5, 3))
			return true;
	}
	return false;
}

/* Length of the line at window[start + from] without its end, reading on as needed; *whole false if the file
 * ends first. */
static gsize line_length(struct mbox *b, gsize from, bool *whole)
{
	gsize looked = from;
	for (;;) {
		const char *base = b->window + b->start;
		const char *end =
		    available(b) > looked ? memchr(base + looked, '\n', available(b) - looked) : NULL;
		*whole = end != NULL;
		if (end)
			return (gsize)(end - base) - from;
		looked = available(b);
		if (looked - from > ENVELOPE_MAX || !fill(b))
			return available(b) - from;
	}
}

/* Gives up what was read of a mail that is too large, but for its last bytes. */
static gsize drop_head(struct mbox *b, gsize looked)
{
	gsize keep = MIN(looked, (gsize)8);
	b->start += looked - keep;
	b->at += (gint64)(looked - keep);
	return keep;
}

/* Length of the mail that begins at window[start + from]. *dropped if it was too large. */
static gsize find_end(struct mbox *b, gsize from, bool *dropped)
{
	gsize looked = from ? from - 1 : 0; /* the envelope's own line end may begin the next one */
	*dropped = false;
	for (;;) {
		const char *base = b->window + b->start;
		gsize n = available(b);
		const char *hit = n > looked ? memmem(base + looked, n - looked, "\nFrom ", 6) : NULL;
		bool whole;
		if (hit) {
			gsize at = (gsize)(hit - base) + 1;
			gsize length = line_length(b, at, &whole);
			if (is_envelope(b->window + b->start + at, length))
				return at;
			looked = at;
			continue;
		}
		looked = n > 5 ? MAX(looked, n - 5) : looked;
		if (n > MBOX_MAIL_MAX) {
			*dropped = true;
			looked = drop_head(b, looked);
		}
		if (!fill(b))
			return available(b);
	}
}

/* A copy of a mail with one '>' less on each line that begins ">From ", ">>From " ... */
static GBytes *unquoted(const char *s, gsize length)
{
	const char *end = s + length;
	if (!memmem(s, length, ">From ", 6))
		return g_bytes_new(s, length);
	GByteArray *out = g_byte_array_sized_new((guint)length);
	while (s < end) {
		const char *stop = memchr(s, '\n', (gsize)(end - s));
		const char *next = stop ? stop + 1 : end;
		const char *p = s;
		while (p < next && *p == '>')
			p++;
		bool quoted = p > s && next - p >= 5 && memcmp(p, "From ", 5) == 0;
		g_byte_array_append(out, (const guint8 *)s + quoted, (guint)(next - s - quoted));
		s = next;
	}
	return g_byte_array_free_to_bytes(out);
}

/* The empty line that mbox puts after each mail isn't part of it. */
static gsize without_last_line(const char *s, gsize n)
{
	if (n >= 4 && memcmp(s + n - 4, "\r\n\r\n", 4) == 0)
		return n - 2;
	return n >= 2 && s[n - 1] == '\n' && s[n - 2] == '\n' ? n - 1 : n;
}

static gint64 envelope_time(const char *line, gsize length)
{
	g_autofree char *text = g_strndup(line, MIN(length, 200));
	const char *date = strlen(text) > 5 ? strchr(text + 5, ' ') : NULL;
	return date ? header_date(date + 1) : 0;
}

static GBytes *next_mbox_mail(struct mbox *b, gint64 *came)
{
	while (begins_envelope(b)) {
		bool whole, dropped;
		gsize line = line_length(b, 0, &whole);
		gsize from = whole ? line + 1 : available(b);
		*came = envelope_time(b->window + b->start, line);
		gsize length = find_end(b, from, &dropped);
		const char *mail = b->window + b->start + from;
		GBytes *bytes = NULL;
		if (dropped || length - from > MBOX_MAIL_MAX)
			b->too_large++;
		else if (!b->fault)
			bytes = unquoted(mail, without_last_line(mail, length - from));
		b->start += length;
		b->at += (gint64)length;
		if (bytes)
			return bytes;
	}
	return NULL;
}

static GBytes *next_single(struct mbox *b)
{
	if (b->at || b->failed)
		return NULL;
	while (available(b) <= MBOX_MAIL_MAX && fill(b))
		;
	gsize n = available(b);
	b->start += n;
	b->at += (gint64)n;
	if (n > MBOX_MAIL_MAX)
		b->too_large++;
	if (!n || n > MBOX_MAIL_MAX || b->fault)
		return NULL;
	return g_bytes_new(b->window + b->start - n, n);
}

GBytes *mbox_next(struct mbox *b, gint64 *came, GError **error)
{
	*came = 0;
	GBytes *mail = b->is_mbox ? next_mbox_mail(b, came) : next_single(b);
	if (mail || !b->fault || b->failed)
		return mail;
	b->failed = true;
	g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(b->fault), "%s", g_strerror(b->fault));
	return NULL;
}

gint64 mbox_offset(const struct mbox *b)
{
	return b->at;
}

int mbox_too_large(const struct mbox *b)
{
	return b->too_large;
}
