/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One process holds the record for writing. The lock is on FILE.lock, not on the record, so that SQLite's own locks stay its
 * own; it goes with the process, and its text says who to ask. */
#define G_LOG_DOMAIN "dbk-db"

#include "db/dbk-db-private.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define TRY_EVERY_MS 50
#define HOLDER_MAX 200

static void
write_holder (int fd)
{
  g_autofree char *line = g_strdup_printf ("%s (process %d, user %s)\n", g_get_prgname () != NULL ? g_get_prgname () : "dosebook",
                                           (int) getpid (), g_get_user_name ());

  if (ftruncate (fd, 0) != 0 || pwrite (fd, line, strlen (line), 0) < 0)
    g_message ("The name of the lock's holder could not be written: %s", g_strerror (errno));
}

static char *
read_holder (int fd)
{
  char text[HOLDER_MAX + 1] = { 0 };

  if (pread (fd, text, HOLDER_MAX, 0) <= 0)
    return g_strdup ("another program");
  return g_strstrip (g_utf8_make_valid (text, -1));
}

int
dbk_lock_take (const char  *path,
               guint        wait_ms,
               GError     **error)
{
  g_autofree char *name = g_strconcat (path, ".lock", NULL);
  g_autofree char *holder = NULL;
  gint64 deadline = g_get_monotonic_time () + (gint64) wait_ms * 1000;
  int fd = open (name, O_RDWR | O_CREAT | O_CLOEXEC, 0660);

  if (fd < 0)
    {
      g_set_error (error, DBK_DB_ERROR, errno == EROFS || errno == EACCES ? DBK_DB_ERROR_READ_ONLY : DBK_DB_ERROR_IO,
                   "The folder of the record cannot be written: %s", g_strerror (errno));
      return -1;
    }
  while (flock (fd, LOCK_EX | LOCK_NB) != 0)
    {
      if (g_get_monotonic_time () >= deadline)
        {
          holder = read_holder (fd);
          g_set_error (error, DBK_DB_ERROR, DBK_DB_ERROR_BUSY, "The record is in use by %s", holder);
          close (fd);
          return -1;
        }
      g_usleep (TRY_EVERY_MS * 1000);
    }
  write_holder (fd);
  return fd;
}

void
dbk_lock_drop (int fd)
{
  if (fd >= 0)
    close (fd); /* the file stays: removing it would let two processes lock two files of one name */
}
