/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One process holds the record for writing. The lock is on FILE.lock, not on the record, so that SQLite's own locks stay its
 * own; it goes with the process, and its text says who to ask.
 *
 * SQLite's locks on the record itself belong to the process, and the process loses them as soon as anything in it closes that file: a file chooser
 * does that with every file of a folder, to tell what it is. Then another program that comes by believes itself alone, and takes the log away into
 * which the next dose is written (sqlite.org/howtocorrupt.html, 2.2). So the bytes that say "somebody is here" are locked once more by open file
 * descriptions, which only their own close lets go. */
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

/* ---- locks that the process cannot lose ---- */

/* Where SQLite says in a file that somebody reads it (its "shared" range), and in the index of the log that somebody uses it. Part of its file
 * format: sqlite3.c, SHARED_FIRST, SHARED_SIZE and UNIX_SHM_DMS. */
#define SHARED_FIRST 0x40000002
#define SHARED_SIZE 510
#define INDEX_IN_USE 128

static int
hold_range (const char *path,
            const char *suffix,
            off_t       start,
            off_t       length)
{
  g_autofree char *name = g_strconcat (path, suffix, NULL);
  struct flock range = { .l_type = F_RDLCK, .l_whence = SEEK_SET, .l_start = start, .l_len = length };
  int fd = open (name, O_RDONLY | O_CLOEXEC);

  /* Some file systems have no such locks; SQLite's own are there still. */
  if (fd >= 0 && fcntl (fd, F_OFD_SETLK, &range) != 0)
    g_message ("%s cannot be locked by an open file: %s", name, g_strerror (errno));
  return fd;
}

void
dbk_lock_hold (DbkDb *self)
{
  if (self->path == NULL)
    return;
  self->held_fds[0] = hold_range (self->path, "", SHARED_FIRST, SHARED_SIZE);
  self->held_fds[1] = hold_range (self->path, "-shm", INDEX_IN_USE, 1);
}

void
dbk_lock_let_go (DbkDb *self)
{
  struct flock everything = { .l_type = F_UNLCK, .l_whence = SEEK_SET };

  for (guint i = 0; i < G_N_ELEMENTS (self->held_fds); i++)
    if (self->held_fds[i] >= 0)
      fcntl (self->held_fds[i], F_OFD_SETLK, &everything);
}

void
dbk_lock_forget (DbkDb *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->held_fds); i++)
    {
      if (self->held_fds[i] >= 0)
        close (self->held_fds[i]);
      self->held_fds[i] = -1;
    }
}
