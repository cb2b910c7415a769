/* SPDX-License-Identifier: MIT */
#include "ui/editor.h"

#include "domain/intl.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "domain/banned.h"

/* What an editor leaves may be larger than a draft; beyond this it isn't read. */
#define LARGEST (4 * 1024 * 1024)

static const char *editor_command(void)
{
	const char *visual = g_getenv("VISUAL"), *editor = g_getenv("EDITOR");
	return visual && *visual ? visual : editor && *editor ? editor : "vi";
}

/* The editor's words and the file's name, without a shell. */
static char **editor_words(const char *path, GError **error)
{
	g_auto(GStrv) words = NULL;
	int count = 0;
	if (!g_shell_parse_argv(editor_command(), &count, &words, error))
		return NULL;
	words = g_renew(char *, words, count + 2);
	words[count] = g_strdup(path);
	words[count + 1] = NULL;
	return g_steal_pointer(&words);
}

/* Runs it with signals as a shell would give them: ^Z stops the editor and us together, ^C is the editor's.
 */
static bool run(char **words, GError **error)
{
	struct sigaction normal = {.sa_handler = SIG_DFL}, ours;
	sigset_t none, before;
	int status = 0;
	sigemptyset(&none);
	sigaction(SIGTSTP, &normal, &ours);
	sigprocmask(SIG_SETMASK, &none, &before);
	bool ok = g_spawn_sync(NULL, words, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_CHILD_INHERITS_STDIN, NULL,
			       NULL, NULL, NULL, &status, error);
	sigprocmask(SIG_SETMASK, &before, NULL);
	sigaction(SIGTSTP, &ours, NULL);
	return ok && g_spawn_check_wait_status(status, error);
}

static char *read_back(const char *path, GError **error)
{
	g_autofree char *text = NULL;
	gsize length;
	GStatBuf st;
	if (g_stat(path, &st) == 0 && st.st_size > LARGEST) {
		g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED,
			    _("what the editor left is too large for an answer"));
		return NULL;
	}
	if (!g_file_get_contents(path, &text, &length, error))
		return NULL;
	if (!g_utf8_validate_len(text, length, NULL)) {
		g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
			    _("what the editor left isn't UTF-8 text: the draft is as it was"));
		return NULL;
	}
	/* Editors end the last line; the draft needn't. */
	if (length && text[length - 1] == '\n')
		text[--length] = '\0';
	if (length && text[length - 1] == '\r')
		text[length - 1] = '\0';
	return g_steal_pointer(&text);
}

char *editor_run(const char *text, GError **error)
{
	g_autofree char *path = NULL, *result = NULL;
	g_autoptr(GError) fault = NULL;
	int fd = g_file_open_tmp("amends-XXXXXX.txt", &path, error);
	if (fd < 0)
		return NULL;
	close(fd);
	g_auto(GStrv) words = editor_words(path, &fault);
	if (words && g_file_set_contents_full(path, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, &fault) &&
	    run(words, &fault))
		result = read_back(path, &fault);
	g_unlink(path);
	if (!result)
		g_set_error(error, G_SPAWN_ERROR, G_SPAWN_ERROR_FAILED, _("the editor \"%s\": %s"),
			    editor_command(), fault ? fault->message : "");
	return g_steal_pointer(&result);
}
