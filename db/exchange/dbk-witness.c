/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-witness"

#include "db/exchange/dbk-witness.h"

#include <glib/gstdio.h>
#include <string.h>

#include "db/dbk-db-private.h"
#include "db/dbk-setting-store.h"
#include "db/exchange/dbk-exchange-store.h"

/* Hex of the hash of the fact that is lacking; "" once it does not matter any more. */
#define SETTING_FORGOTTEN "forgotten-fact"
#define FOLDER_MODE 0700

static char *
path_of (const char *folder,
         const char *writer)
{
  g_autofree char *name = g_strconcat (writer, ".witness", NULL);

  return g_build_filename (folder, name, NULL);
}

static gboolean
is_known (DbkDb         *db,
          const guint8   hash[DBK_FACT_HASH_SIZE],
          gboolean      *known,
          GError       **error)
{
  g_auto(DbkStmt) st = { 0 };

  if (!dbk_stmt_take (&st, db, DBK_STMT_FACT_BODY_STATE, error))
    return FALSE;
  dbk_stmt_bind_blob (&st, ":hash", hash, DBK_FACT_HASH_SIZE);
  return dbk_stmt_next (&st, known, error);
}

/* The farthest of this computer's own tips. */
static gboolean
find_own_tip (DbkDb       *db,
              const char  *writer,
              DbkTip      *own,
              GError     **error)
{
  g_autoptr(GArray) tips = dbk_tip_list (db, error);

  own->seq = 0;
  for (guint i = 0; tips != NULL && i < tips->len; i++)
    {
      const DbkTip *tip = &g_array_index (tips, DbkTip, i);

      if (strcmp (tip->writer, writer) == 0 && tip->seq > own->seq)
        *own = *tip;
    }
  return tips != NULL;
}

gboolean
dbk_witness_write (DbkDb       *db,
                   const char  *folder,
                   gboolean     durable,
                   GError     **error)
{
  g_autofree char *writer = dbk_fact_log_dup_writer (db, error);
  g_autofree char *path = NULL, *hex = NULL, *text = NULL;
  gboolean older = FALSE;
  DbkTip tip;

  if (writer == NULL || !dbk_witness_is_older (db, &older, error) || !find_own_tip (db, writer, &tip, error))
    return FALSE;
  if (older || tip.seq == 0)
    return TRUE;
  if (g_mkdir_with_parents (folder, FOLDER_MODE) != 0)
    {
      g_set_error (error, DBK_DB_ERROR, DBK_DB_ERROR_READ_ONLY, "The folder %s cannot be made", folder);
      return FALSE;
    }
  path = path_of (folder, writer);
  hex = dbk_keys_format_hex (tip.hash, sizeof tip.hash);
  text = g_strdup_printf ("%" G_GINT64_FORMAT " %s\n", tip.seq, hex);
  return g_file_set_contents_full (path, text, -1, durable ? G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE : G_FILE_SET_CONTENTS_NONE,
                                   0600, error);
}

/* "1204 9f3c…" */
static gboolean
read_note (const char *text,
           DbkTip     *tip)
{
  g_auto(GStrv) words = g_strsplit (text, " ", 2);

  if (g_strv_length (words) != 2 || !g_ascii_string_to_signed (words[0], 10, 1, G_MAXINT64, &tip->seq, NULL))
    return FALSE;
  return dbk_keys_parse_hex (g_strchomp (words[1]), tip->hash, sizeof tip->hash, "witness", NULL);
}

gboolean
dbk_witness_check (DbkDb       *db,
                   const char  *folder,
                   GError     **error)
{
  g_autofree char *writer = dbk_fact_log_dup_writer (db, error);
  g_autofree char *path = writer != NULL ? path_of (folder, writer) : NULL;
  g_autofree char *text = NULL;
  gboolean known = FALSE;
  DbkTip tip;

  if (writer == NULL)
    return FALSE;
  if (!g_file_get_contents (path, &text, NULL, NULL) || !read_note (text, &tip))
    return TRUE;
  return is_known (db, tip.hash, &known, error) && (known || dbk_witness_note_forgotten (db, &tip, error));
}

typedef struct
{
  const char *value;
} Note;

static gboolean
set_forgotten (DbkDb     *db,
               gpointer   data,
               GError   **error)
{
  return dbk_setting_set (db, SETTING_FORGOTTEN, ((const Note *) data)->value, error);
}

gboolean
dbk_witness_note_forgotten (DbkDb         *db,
                            const DbkTip  *tip,
                            GError       **error)
{
  g_autofree char *hex = dbk_keys_format_hex (tip->hash, sizeof tip->hash);
  Note note = { hex };

  return dbk_db_write (db, set_forgotten, &note, error);
}

gboolean
dbk_witness_is_older (DbkDb     *db,
                      gboolean  *older,
                      GError   **error)
{
  g_autofree char *hex = NULL;
  guint8 hash[DBK_FACT_HASH_SIZE];
  gboolean known = FALSE;

  *older = FALSE;
  if (!dbk_setting_get (db, SETTING_FORGOTTEN, &hex, error))
    return FALSE;
  if (hex == NULL || *hex == '\0')
    return TRUE;
  if (!dbk_keys_parse_hex (hex, hash, sizeof hash, "note of what was forgotten", error) || !is_known (db, hash, &known, error))
    return FALSE;
  *older = !known;
  return TRUE;
}

gboolean
dbk_witness_trust (DbkDb   *db,
                   GError **error)
{
  Note note = { "" };

  return dbk_db_write (db, set_forgotten, &note, error);
}
