/* SPDX-License-Identifier: MIT */
#include "ingest/compose_files.h"

#include <gmime/gmime.h>

#include "domain/text.h"
#include "store/records.h"

#include "domain/banned.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimePart, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeContentType, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeDataWrapper, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeStream, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeFormatOptions, g_mime_format_options_free)

char *compose_boundary(const char *message_id)
{
	/* "=_" can't come about in either encoding; the id's hash only keeps nested mails apart. */
	g_autofree char *hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, message_id, -1);
	return g_strdup_printf("=_amends_%.24s", hash);
}

/* Mails and compounds may not be encoded in base64 (RFC 2046, 5.2.1): such a file goes as mere bytes. */
static void set_type(GMimePart *part, const char *type)
{
	g_autoptr(GMimeContentType) t = g_mime_content_type_parse(NULL, type);
	if (!t || g_mime_content_type_is_type(t, "message", "*") ||
	    g_mime_content_type_is_type(t, "multipart", "*")) {
		g_clear_object(&t);
		t = g_mime_content_type_new("application", "octet-stream");
	}
	g_mime_object_set_content_type((GMimeObject *)part, t);
}

/* GMime would take the smallest charset that has all letters; mail programs of today read UTF-8. */
static void set_name(GMimePart *part, const char *name)
{
	g_mime_part_set_filename(part, name);
	GMimeContentDisposition *disposition = g_mime_object_get_content_disposition((GMimeObject *)part);
	GMimeContentType *type = g_mime_object_get_content_type((GMimeObject *)part);
	GMimeParam *const params[] = {
	    g_mime_param_list_get_parameter(g_mime_content_disposition_get_parameters(disposition),
					    "filename"),
	    g_mime_param_list_get_parameter(g_mime_content_type_get_parameters(type), "name"),
	};
	for (gsize i = 0; i < G_N_ELEMENTS(params); i++) {
		if (params[i])
			g_mime_param_set_charset(params[i], "utf-8");
	}
}

static void set_content(GMimePart *part, GBytes *bytes)
{
	gsize length;
	const char *data = g_bytes_get_data(bytes, &length);
	g_autoptr(GMimeStream) stream = g_mime_stream_mem_new_with_buffer(data, length);
	g_autoptr(GMimeDataWrapper) content =
	    g_mime_data_wrapper_new_with_stream(stream, GMIME_CONTENT_ENCODING_DEFAULT);
	g_mime_part_set_content(part, content);
	g_mime_part_set_content_encoding(part, GMIME_CONTENT_ENCODING_BASE64);
}

void compose_file(GString *out, const char *boundary, const struct attachment *a, GBytes *bytes)
{
	g_autoptr(GMimePart) part = g_mime_part_new();
	g_autofree char *name = text_file_name(a->name);
	set_type(part, a->type);
	g_mime_object_set_disposition((GMimeObject *)part, GMIME_DISPOSITION_ATTACHMENT);
	set_name(part, name);
	set_content(part, bytes);
	g_autoptr(GMimeFormatOptions) format = g_mime_format_options_new();
	g_mime_format_options_set_newline_format(format, GMIME_NEWLINE_FORMAT_UNIX);
	g_mime_format_options_set_param_encoding_method(format, GMIME_PARAM_ENCODING_METHOD_RFC2231);
	g_autoptr(GByteArray) written = g_byte_array_new();
	g_autoptr(GMimeStream) stream = g_mime_stream_mem_new_with_byte_array(written);
	g_mime_stream_mem_set_owner((GMimeStreamMem *)stream, FALSE);
	g_mime_object_write_to_stream((GMimeObject *)part, format, stream);
	g_string_append_printf(out, "--%s\n", boundary);
	g_string_append_len(out, (const char *)written->data, written->len);
	if (out->str[out->len - 1] != '\n')
		g_string_append_c(out, '\n');
}
