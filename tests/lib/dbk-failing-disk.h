/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A disk that fails, or a power cut, at a chosen write: a VFS around SQLite's own, registered as the default one of this process, so that
 * the code under test opens its files through it without knowing. Writes, syncs and truncations of the record and its log are
 * counted; shared memory is passed on, or there would be no write-ahead log. One disk per process, not thread-safe. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  DBK_DISK_GOOD,
  DBK_DISK_FULL,      /* the chosen operation answers SQLITE_FULL */
  DBK_DISK_ERROR,     /* … SQLITE_IOERR_WRITE, _FSYNC or _TRUNCATE, as the operation is */
  DBK_DISK_HALF,      /* … the same, after half of the bytes were written */
  DBK_DISK_POWER_CUT, /* … kills the process */
  DBK_DISK_POWER_CUT_HALF /* … kills it after half of the bytes were written */
} DbkDiskFailure;

void dbk_failing_disk_install (void);

/* Lets the operation number @after (0 is the next one) fail; if @stays, every later one too. Resets the count. */
void dbk_failing_disk_set (DbkDiskFailure failure, guint after, gboolean stays);
/* Back to a good disk; TRUE if anything failed since it was set. */
gboolean dbk_failing_disk_repair (void);
/* Operations counted since the last set. */
guint dbk_failing_disk_count (void);
/* Temporary files opened by SQLite since the beginning. */
guint dbk_failing_disk_temporaries (void);

G_END_DECLS
