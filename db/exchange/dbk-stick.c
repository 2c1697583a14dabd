/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-exchange"

#include "db/exchange/dbk-stick.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixoutputstream.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BLOCK (256 * 1024)

struct _DbkStick
{
  char          *path;
  char          *part;    /* NULL once it has its name */
  GOutputStream *output;
  int            fd;
};

static gboolean
fail_errno (const char  *what,
            int          saved,
            GError     **error)
{
  DbkDbError code = saved == ENOSPC || saved == EDQUOT || saved == EFBIG ? DBK_DB_ERROR_FULL
                    : saved == EROFS || saved == EACCES                  ? DBK_DB_ERROR_READ_ONLY
                    : saved == EEXIST                                    ? DBK_DB_ERROR_EXISTS
                                                                         : DBK_DB_ERROR_IO;

  g_set_error (error, DBK_DB_ERROR, (gint) code, "%s: %s", what, g_strerror (saved));
  return FALSE;
}

DbkStick *
dbk_stick_new (const char  *path,
               GError     **error)
{
  g_autoptr(DbkStick) self = g_new0 (DbkStick, 1);

  self->fd = -1;
  self->path = g_strdup (path);
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      fail_errno ("Writing the file", EEXIST, error);
      return NULL;
    }
  self->part = g_strconcat (path, ".part", NULL);
  g_unlink (self->part); /* of a try that was cut off */
  self->fd = g_open (self->part, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (self->fd < 0)
    {
      fail_errno ("Writing the file", errno, error);
      return NULL;
    }
  self->output = g_unix_output_stream_new (self->fd, FALSE);
  return g_steal_pointer (&self);
}

void
dbk_stick_free (DbkStick *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->output);
  if (self->fd >= 0)
    close (self->fd);
  if (self->part != NULL)
    g_unlink (self->part);
  g_free (self->part);
  g_free (self->path);
  g_free (self);
}

GOutputStream *
dbk_stick_get_output (DbkStick *self)
{
  return self->output;
}

/* From the stick, not from the memory that the system keeps of it. */
static gboolean
read_back (DbkStick           *self,
           const DbkFileMark  *mark,
           GError            **error)
{
  g_autofree guint8 *block = g_malloc (BLOCK);
  guint8 found[sizeof mark->tag];
  crypto_onetimeauth_state state;
  off_t at = 0;
  gssize n;

  posix_fadvise (self->fd, 0, 0, POSIX_FADV_DONTNEED);
  crypto_onetimeauth_init (&state, mark->key);
  while ((n = pread (self->fd, block, BLOCK, at)) > 0)
    {
      crypto_onetimeauth_update (&state, block, (gsize) n);
      at += n;
    }
  if (n < 0)
    return fail_errno ("Reading the file back", errno, error);
  crypto_onetimeauth_final (&state, found);
  if (sodium_memcmp (found, mark->tag, sizeof found) == 0)
    return TRUE;
  g_set_error_literal (error, DBK_DB_ERROR, DBK_DB_ERROR_CORRUPT, "The stick has not kept what was written to it");
  return FALSE;
}

static gboolean
sync_folder (const char  *path,
             GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  gboolean done;

  if (fd < 0)
    return fail_errno ("Syncing the folder", errno, error);
  done = fsync (fd) == 0 || errno == EINVAL || fail_errno ("Syncing the folder", errno, error);
  close (fd);
  return done;
}

gboolean
dbk_stick_finish (DbkStick           *self,
                  const DbkFileMark  *mark,
                  GError            **error)
{
  if (fsync (self->fd) != 0)
    return fail_errno ("Writing the file", errno, error);
  if (!read_back (self, mark, error))
    return FALSE;
  if (g_rename (self->part, self->path) != 0)
    return fail_errno ("Naming the file", errno, error);
  g_clear_pointer (&self->part, g_free);
  return sync_folder (self->path, error);
}

GBytes *
dbk_stick_read (const char  *path,
                GError     **error)
{
  g_autoptr(GError) local_error = NULL;
  GStatBuf st;
  char *data = NULL;
  gsize size = 0;

  if (g_stat (path, &st) != 0)
    {
      fail_errno ("Opening the file", errno, error);
      return NULL;
    }
  if ((guint64) st.st_size > DBK_ENVELOPE_MAX)
    {
      g_set_error_literal (error, DBK_DB_ERROR, DBK_DB_ERROR_CORRUPT, "The file is larger than any site file");
      return NULL;
    }
  if (!g_file_get_contents (path, &data, &size, &local_error))
    {
      g_set_error (error, DBK_DB_ERROR, DBK_DB_ERROR_IO, "Reading the file: %s", local_error->message);
      return NULL;
    }
  return g_bytes_new_take (data, size);
}
