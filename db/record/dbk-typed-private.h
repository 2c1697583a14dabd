/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a person typed, in its plainest form: full-width letters, digits and signs as ASCII, the Chinese full stop as a
 * point, every kind of blank as a space, ASCII letters lower case, no blanks around it. Everything else stays what it
 * is and will be refused. Not NFKC, which reads "60²" as 602; not the locale's lower case. NULL if it is not UTF-8. */
char *_dbk_typed_fold (const char *text);

G_END_DECLS
