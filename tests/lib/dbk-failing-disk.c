/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/lib/dbk-failing-disk.h"

#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  sqlite3_file  base;
  gboolean      counts; /* the record, its log or journal */
  sqlite3_file *real;   /* in the bytes behind this struct */
} DiskFile;

static struct
{
  sqlite3_vfs    vfs;
  sqlite3_vfs   *real;
  DbkDiskFailure failure;
  guint          after;
  gboolean       stays;
  guint          count;
  gboolean       failed;
  guint          temporaries;
} disk;

static sqlite3_file *
real_of (sqlite3_file *file)
{
  return ((DiskFile *) file)->real;
}

static gboolean
is_due (sqlite3_file *file)
{
  gboolean due;

  if (!((DiskFile *) file)->counts)
    return FALSE;
  due = disk.failure != DBK_DISK_GOOD && (disk.stays ? disk.count >= disk.after : disk.count == disk.after);
  disk.count++;
  disk.failed |= due;
  return due;
}

/* What an operation that is due answers; a power cut does not come back. */
static int
fail_with (int io_error)
{
  if (disk.failure == DBK_DISK_POWER_CUT || disk.failure == DBK_DISK_POWER_CUT_HALF)
    {
      kill (getpid (), SIGKILL);
      pause ();
    }
  return disk.failure == DBK_DISK_FULL ? SQLITE_FULL : io_error;
}

static int
on_write (sqlite3_file  *file,
          const void    *data,
          int            size,
          sqlite3_int64  offset)
{
  if (!is_due (file))
    return real_of (file)->pMethods->xWrite (real_of (file), data, size, offset);
  if (disk.failure == DBK_DISK_HALF || disk.failure == DBK_DISK_POWER_CUT_HALF)
    real_of (file)->pMethods->xWrite (real_of (file), data, size / 2, offset);
  return fail_with (SQLITE_IOERR_WRITE);
}

static int
on_sync (sqlite3_file *file,
         int           flags)
{
  /* Counted, not done: what a process leaves to the next one does not depend on it, and it takes the most time. */
  return is_due (file) ? fail_with (SQLITE_IOERR_FSYNC) : SQLITE_OK;
}

static int
on_truncate (sqlite3_file  *file,
             sqlite3_int64  size)
{
  if (is_due (file))
    return fail_with (SQLITE_IOERR_TRUNCATE);
  return real_of (file)->pMethods->xTruncate (real_of (file), size);
}

/* ---- passed on ---- */

static int
on_close (sqlite3_file *file)
{
  return real_of (file)->pMethods->xClose (real_of (file));
}

static int
on_read (sqlite3_file  *file,
         void          *data,
         int            size,
         sqlite3_int64  offset)
{
  return real_of (file)->pMethods->xRead (real_of (file), data, size, offset);
}

static int
on_file_size (sqlite3_file  *file,
              sqlite3_int64 *size)
{
  return real_of (file)->pMethods->xFileSize (real_of (file), size);
}

static int
on_lock (sqlite3_file *file,
         int           level)
{
  return real_of (file)->pMethods->xLock (real_of (file), level);
}

static int
on_unlock (sqlite3_file *file,
           int           level)
{
  return real_of (file)->pMethods->xUnlock (real_of (file), level);
}

static int
on_check_reserved_lock (sqlite3_file *file,
                        int          *answer)
{
  return real_of (file)->pMethods->xCheckReservedLock (real_of (file), answer);
}

static int
on_file_control (sqlite3_file *file,
                 int           what,
                 void         *argument)
{
  return real_of (file)->pMethods->xFileControl (real_of (file), what, argument);
}

static int
on_sector_size (sqlite3_file *file)
{
  return real_of (file)->pMethods->xSectorSize (real_of (file));
}

static int
on_device_characteristics (sqlite3_file *file)
{
  return real_of (file)->pMethods->xDeviceCharacteristics (real_of (file));
}

static int
on_shm_map (sqlite3_file   *file,
            int             page,
            int             size,
            int             extend,
            void volatile **memory)
{
  return real_of (file)->pMethods->xShmMap (real_of (file), page, size, extend, memory);
}

static int
on_shm_lock (sqlite3_file *file,
             int           offset,
             int           n,
             int           flags)
{
  return real_of (file)->pMethods->xShmLock (real_of (file), offset, n, flags);
}

static void
on_shm_barrier (sqlite3_file *file)
{
  real_of (file)->pMethods->xShmBarrier (real_of (file));
}

static int
on_shm_unmap (sqlite3_file *file,
              int           delete_it)
{
  return real_of (file)->pMethods->xShmUnmap (real_of (file), delete_it);
}

static const sqlite3_io_methods methods = {
  .iVersion = 2,
  .xClose = on_close,
  .xRead = on_read,
  .xWrite = on_write,
  .xTruncate = on_truncate,
  .xSync = on_sync,
  .xFileSize = on_file_size,
  .xLock = on_lock,
  .xUnlock = on_unlock,
  .xCheckReservedLock = on_check_reserved_lock,
  .xFileControl = on_file_control,
  .xSectorSize = on_sector_size,
  .xDeviceCharacteristics = on_device_characteristics,
  .xShmMap = on_shm_map,
  .xShmLock = on_shm_lock,
  .xShmBarrier = on_shm_barrier,
  .xShmUnmap = on_shm_unmap,
};

static int
on_open (sqlite3_vfs  *vfs,
         const char   *name,
         sqlite3_file *file,
         int           flags,
         int          *flags_out)
{
  DiskFile *self = (DiskFile *) file;
  int rc;

  self->real = (sqlite3_file *) (self + 1);
  if (name == NULL || (flags & (SQLITE_OPEN_TEMP_DB | SQLITE_OPEN_TRANSIENT_DB | SQLITE_OPEN_TEMP_JOURNAL | SQLITE_OPEN_SUBJOURNAL)) != 0)
    disk.temporaries++;
  self->counts = (flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)) != 0;
  rc = disk.real->xOpen (disk.real, name, self->real, flags, flags_out);
  self->base.pMethods = self->real->pMethods != NULL ? &methods : NULL;
  return rc;
}

void
dbk_failing_disk_install (void)
{
  g_assert_null (disk.real);
  disk.real = sqlite3_vfs_find (NULL);
  g_assert_nonnull (disk.real);
  /* Everything but opening is SQLite's own, which looks into its pAppData. */
  disk.vfs = *disk.real;
  disk.vfs.zName = "failing-disk";
  disk.vfs.szOsFile = (int) sizeof (DiskFile) + disk.real->szOsFile;
  disk.vfs.pNext = NULL;
  disk.vfs.xOpen = on_open;
  g_assert_cmpint (sqlite3_vfs_register (&disk.vfs, 1), ==, SQLITE_OK);
}

void
dbk_failing_disk_set (DbkDiskFailure failure,
                      guint          after,
                      gboolean       stays)
{
  disk.failure = failure;
  disk.after = after;
  disk.stays = stays;
  disk.count = 0;
  disk.failed = FALSE;
}

gboolean
dbk_failing_disk_repair (void)
{
  disk.failure = DBK_DISK_GOOD;
  return disk.failed;
}

guint
dbk_failing_disk_temporaries (void)
{
  return disk.temporaries;
}

guint
dbk_failing_disk_count (void)
{
  return disk.count;
}
