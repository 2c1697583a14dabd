/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stable words of the record: one NULL-terminated table for each enum, in which the place of a word is the
 * value. The words stand in facts and in --json; they are never translated and never change. */
#pragma once

#include "db/record/dbk-record-error.h"

G_BEGIN_DECLS

/* @value must stand in the table. */
const char *_dbk_words_to (const char *const *words,
                           guint              value);

/* INVALID, with @what and the words there are, if @word is NULL or not one of them; @value is then untouched. The
 * message does not repeat @word: it comes from outside and is nobody's business in a log. */
gboolean _dbk_words_from (const char *const  *words,
                          const char         *what,
                          const char         *word,
                          guint              *value,
                          GError            **error);

G_END_DECLS
