/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What went wrong, said to the person at the screen: one sentence in their language, what is safe, what to do. The English message stays for
 * the log. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The caller's. */
char *dbk_error_text (const GError *error);

G_END_DECLS
