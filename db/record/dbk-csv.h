/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Comma-separated tables, as spreadsheets write and read them (RFC 4180). Reading takes UTF-8 with or without a
 * byte-order mark, and GB18030, which older spreadsheets in China save; a file is read as a whole or not at all. Writing
 * guards what a spreadsheet would run as a formula. Pure; any thread. */
#pragma once

#include "db/record/dbk-record-error.h"

G_BEGIN_DECLS

typedef struct
{
  guint   line;     /* where the row begins; the first line of the file is 1 */
  guint   n_fields; /* at least 1 */
  char  **fields;   /* UTF-8, NULL-terminated; blanks around a field are part of it */
} DbkCsvRow;

void dbk_csv_row_free (DbkCsvRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkCsvRow, dbk_csv_row_free)

/* The rows (DbkCsvRow, owned by the array) of the table in @bytes, in order. Lines end in LF, CR LF or CR; lines without any
 * character are left out; rows may differ in length. A quote within an unquoted field is itself.
 * INVALID, with the line in the message, for a quoted field that does not end or goes on behind its closing quote, for a NUL
 * byte, and for text that is neither UTF-8 nor GB18030. A file that begins as UTF-8 and is damaged further on is refused too: GB18030 can
 * read almost anything, and would make other names of the names. */
GPtrArray *dbk_csv_read (GBytes  *bytes,
                         GError **error);

/* Appends one field of the row at the end of @csv, with a comma unless it is the first; an empty @csv gets the byte-order mark
 * first, without which spreadsheets in China do not know UTF-8. A text that begins as a formula does (= + - @, full-width ones
 * too, or a tab or line break) gets an apostrophe in front. @text may be NULL: an empty field. */
void dbk_csv_write_field (GString    *csv,
                          const char *text);

/* Ends the row. */
void dbk_csv_write_end (GString *csv);

G_END_DECLS
