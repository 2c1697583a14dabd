/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-exchange"

#include "db/exchange/dbk-parcel.h"

#include <string.h>

#include "db/dbk-fact-log-private.h"

#define FACT_TABLE                                                                                                                        \
  "CREATE TABLE fact (writer TEXT NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL, hash BLOB NOT NULL, prev BLOB NOT NULL,"        \
  " site TEXT NOT NULL, hlc INTEGER NOT NULL, wall TEXT NOT NULL, day TEXT NOT NULL, author TEXT NOT NULL, kind TEXT NOT NULL,"           \
  " version INTEGER NOT NULL, critical INTEGER NOT NULL, salt BLOB NOT NULL, body_hash BLOB NOT NULL, body TEXT) STRICT"
#define SEAL_TABLE "CREATE TABLE seal (writer TEXT NOT NULL, seq INTEGER NOT NULL, hash BLOB NOT NULL, signature BLOB NOT NULL) STRICT"
#define FACT_COLUMNS 16
#define COLUMN_SALT 13
#define COLUMN_BODY 15
#define SALT_SIZE 16
#define LENGTH_MAX (1024 * 1024) /* of one value: a photo in base 64 is a sixth of that */
#define PROGRESS_STEPS 100000
#define STEPS_PER_BYTE 8         /* what quick_check and reading may cost, with room to spare */

static gboolean
fail (sqlite3     *handle,
      const char  *what,
      GError     **error)
{
  g_set_error (error, DBK_DB_ERROR, DBK_DB_ERROR_CORRUPT, "The database in the site file: %s (%s)", what, sqlite3_errmsg (handle));
  return FALSE;
}

/* ---- packing ---- */

struct _DbkParcelWriter
{
  sqlite3      *handle;
  sqlite3_stmt *fact;
  sqlite3_stmt *seal;
};

void
dbk_parcel_writer_free (DbkParcelWriter *self)
{
  if (self == NULL)
    return;
  sqlite3_finalize (self->fact);
  sqlite3_finalize (self->seal);
  sqlite3_close_v2 (self->handle);
  g_free (self);
}

DbkParcelWriter *
dbk_parcel_writer_new (GError **error)
{
  g_autoptr(DbkParcelWriter) self = g_new0 (DbkParcelWriter, 1);

  /* The memdb file system keeps the pages in one piece: they are handed out without a copy. */
  if (sqlite3_open_v2 ("parcel", &self->handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, "memdb") != SQLITE_OK ||
      sqlite3_exec (self->handle, "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;" FACT_TABLE ";" SEAL_TABLE, NULL, NULL, NULL) != SQLITE_OK ||
      sqlite3_prepare_v2 (self->handle, "INSERT INTO fact VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", -1, &self->fact, NULL) != SQLITE_OK ||
      sqlite3_prepare_v2 (self->handle, "INSERT INTO seal VALUES (?, ?, ?, ?)", -1, &self->seal, NULL) != SQLITE_OK)
    {
      fail (self->handle, "it cannot be made", error);
      return NULL;
    }
  return g_steal_pointer (&self);
}

static gboolean
insert (DbkParcelWriter  *self,
        sqlite3_stmt     *st,
        GError          **error)
{
  int rc = sqlite3_step (st);

  sqlite3_reset (st);
  return rc == SQLITE_DONE || fail (self->handle, "a row cannot be added", error);
}

/* What @source holds stays where it is until it goes on. */
static void
lend (sqlite3_stmt *st,
      sqlite3_stmt *source,
      int           column)
{
  switch (sqlite3_column_type (source, column))
    {
    case SQLITE_INTEGER:
      sqlite3_bind_int64 (st, column + 1, sqlite3_column_int64 (source, column));
      break;
    case SQLITE_TEXT:
      sqlite3_bind_text (st, column + 1, (const char *) sqlite3_column_text (source, column), sqlite3_column_bytes (source, column), SQLITE_STATIC);
      break;
    case SQLITE_BLOB:
      sqlite3_bind_blob (st, column + 1, sqlite3_column_blob (source, column), sqlite3_column_bytes (source, column), SQLITE_STATIC);
      break;
    default:
      sqlite3_bind_null (st, column + 1);
    }
}

gboolean
dbk_parcel_writer_add_fact (DbkParcelWriter  *self,
                            sqlite3_stmt     *source,
                            gboolean          shown,
                            GError          **error)
{
  for (int i = 0; i < FACT_COLUMNS; i++)
    lend (self->fact, source, i);
  /* With the salt somebody could try what the body might have been. */
  if (!shown || sqlite3_column_type (source, COLUMN_BODY) == SQLITE_NULL)
    {
      sqlite3_bind_zeroblob (self->fact, COLUMN_SALT + 1, SALT_SIZE);
      sqlite3_bind_null (self->fact, COLUMN_BODY + 1);
    }
  return insert (self, self->fact, error);
}

gboolean
dbk_parcel_writer_add_seal (DbkParcelWriter  *self,
                            const DbkSeal    *seal,
                            GError          **error)
{
  sqlite3_bind_text (self->seal, 1, seal->writer, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (self->seal, 2, seal->seq);
  sqlite3_bind_blob (self->seal, 3, seal->hash, sizeof seal->hash, SQLITE_STATIC);
  sqlite3_bind_blob (self->seal, 4, seal->signature, sizeof seal->signature, SQLITE_STATIC);
  return insert (self, self->seal, error);
}

const guint8 *
dbk_parcel_writer_finish (DbkParcelWriter  *self,
                          gsize            *size,
                          GError          **error)
{
  sqlite3_int64 n = 0;
  guint8 *data;

  g_clear_pointer (&self->fact, sqlite3_finalize);
  g_clear_pointer (&self->seal, sqlite3_finalize);
  if (sqlite3_exec (self->handle, "COMMIT", NULL, NULL, NULL) != SQLITE_OK)
    {
      fail (self->handle, "it cannot be closed", error);
      return NULL;
    }
  data = sqlite3_serialize (self->handle, "main", &n, SQLITE_SERIALIZE_NOCOPY);
  *size = (gsize) n;
  if (data == NULL)
    fail (self->handle, "it cannot be handed out", error);
  return data;
}

/* ---- unpacking ---- */

struct _DbkParcel
{
  sqlite3      *handle;
  sqlite3_stmt *facts;  /* where reading stands */
  gint64        budget; /* progress calls left */
};

void
dbk_parcel_free (DbkParcel *self)
{
  if (self == NULL)
    return;
  sqlite3_finalize (self->facts);
  sqlite3_close_v2 (self->handle);
  g_free (self);
}

static int
on_authorize (gpointer    data,
              int         action,
              const char *first,
              const char *second,
              const char *schema,
              const char *trigger)
{
  gboolean check = action == SQLITE_PRAGMA && g_strcmp0 (first, "quick_check") == 0;

  return action == SQLITE_READ || action == SQLITE_SELECT || check ? SQLITE_OK : SQLITE_DENY;
}

static int
on_progress (gpointer data)
{
  DbkParcel *self = data;

  return --self->budget < 0;
}

static gboolean
harden (DbkParcel  *self,
        gsize       size,
        GError    **error)
{
  static const struct { int option; int value; } configs[] = {
    { SQLITE_DBCONFIG_DEFENSIVE, 1 },      { SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },        { SQLITE_DBCONFIG_ENABLE_TRIGGER, 0 },
    { SQLITE_DBCONFIG_ENABLE_VIEW, 0 },    { SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 }, { SQLITE_DBCONFIG_DQS_DML, 0 },
    { SQLITE_DBCONFIG_DQS_DDL, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (configs); i++)
    {
      int answer = -1;

      sqlite3_db_config (self->handle, configs[i].option, configs[i].value, &answer);
      if (answer != configs[i].value)
        return fail (self->handle, "it cannot be opened safely", error);
    }
  if (sqlite3_exec (self->handle, "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0", NULL, NULL, NULL) != SQLITE_OK)
    return fail (self->handle, "it cannot be opened safely", error);
  sqlite3_limit (self->handle, SQLITE_LIMIT_LENGTH, LENGTH_MAX);
  sqlite3_limit (self->handle, SQLITE_LIMIT_ATTACHED, 0);
  self->budget = (gint64) (size * STEPS_PER_BYTE / PROGRESS_STEPS) + 100;
  sqlite3_progress_handler (self->handle, PROGRESS_STEPS, on_progress, self);
  sqlite3_set_authorizer (self->handle, on_authorize, self);
  return TRUE;
}

/* Nothing but the two tables, letter by letter: no view that never ends, no index that lies, no trigger. */
static gboolean
check_schema (DbkParcel  *self,
              GError    **error)
{
  static const char *const expected[] = { FACT_TABLE, SEAL_TABLE };
  sqlite3_stmt *st = NULL;
  gsize n = 0;
  gboolean same = TRUE;
  int rc = sqlite3_prepare_v2 (self->handle, "SELECT sql, type FROM sqlite_schema ORDER BY rowid", -1, &st, NULL);

  while (rc == SQLITE_OK && same && (rc = sqlite3_step (st)) == SQLITE_ROW)
    {
      same = n < G_N_ELEMENTS (expected) && g_strcmp0 ((const char *) sqlite3_column_text (st, 0), expected[n]) == 0 &&
             g_strcmp0 ((const char *) sqlite3_column_text (st, 1), "table") == 0;
      n++;
      rc = SQLITE_OK;
    }
  sqlite3_finalize (st);
  return (rc == SQLITE_DONE && same && n == G_N_ELEMENTS (expected)) || fail (self->handle, "it is not built as it should be", error);
}

static gboolean
check_pages (DbkParcel  *self,
             GError    **error)
{
  sqlite3_stmt *st = NULL;
  gboolean good = sqlite3_prepare_v2 (self->handle, "PRAGMA quick_check (1)", -1, &st, NULL) == SQLITE_OK && sqlite3_step (st) == SQLITE_ROW &&
                  g_strcmp0 ((const char *) sqlite3_column_text (st, 0), "ok") == 0;

  sqlite3_finalize (st);
  return good || fail (self->handle, "its pages do not hold", error);
}

DbkParcel *
dbk_parcel_open (guint8   *data,
                 gsize     size,
                 GError  **error)
{
  g_autoptr(DbkParcel) self = g_new0 (DbkParcel, 1);

  if (sqlite3_open_v2 (":memory:", &self->handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK ||
      sqlite3_deserialize (self->handle, "main", data, (sqlite3_int64) size, (sqlite3_int64) size, SQLITE_DESERIALIZE_READONLY) != SQLITE_OK)
    {
      fail (self->handle, "it cannot be opened", error);
      return NULL;
    }
  if (!harden (self, size, error) || !check_schema (self, error) || !check_pages (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

static gboolean
take_blob (sqlite3_stmt *st,
           int           column,
           guint8       *target,
           int           size)
{
  if (sqlite3_column_type (st, column) != SQLITE_BLOB || sqlite3_column_bytes (st, column) != size)
    return FALSE;
  memcpy (target, sqlite3_column_blob (st, column), (gsize) size);
  return TRUE;
}

/* No NUL in it, and no more than @most bytes. */
static gboolean
take_text (sqlite3_stmt  *st,
           int            column,
           gsize          least,
           gsize          most,
           char         **target)
{
  const char *text = (const char *) sqlite3_column_text (st, column);
  gsize size = (gsize) sqlite3_column_bytes (st, column);

  if (text == NULL || size < least || size > most || strlen (text) != size || !g_utf8_validate_len (text, size, NULL))
    return FALSE;
  g_free (*target);
  *target = g_strdup (text);
  return TRUE;
}

static gboolean
take_body (sqlite3_stmt *st,
           DbkFact      *fact)
{
  g_clear_pointer (&fact->body, g_free);
  return sqlite3_column_type (st, 15) == SQLITE_NULL || take_text (st, 15, 2, LENGTH_MAX, &fact->body);
}

static gboolean
read_fact (sqlite3_stmt *st,
           DbkFact      *fact)
{
  gint64 version = sqlite3_column_int64 (st, 11), critical = sqlite3_column_int64 (st, 12);

  fact->epoch = sqlite3_column_int64 (st, 1);
  fact->seq = sqlite3_column_int64 (st, 2);
  fact->hlc = sqlite3_column_int64 (st, 6);
  fact->version = (gint) version;
  fact->critical = critical != 0;
  return fact->seq > 0 && fact->hlc >= 0 && version > 0 && version < 1000 && (critical == 0 || critical == 1) &&
         take_text (st, 0, 16, 16, &fact->writer) && take_text (st, 5, 16, 16, &fact->site) && take_text (st, 7, 20, 40, &fact->wall) &&
         take_text (st, 8, 10, 10, &fact->day) && take_text (st, 9, 0, 16, &fact->author) && take_text (st, 10, 1, 64, &fact->kind) &&
         take_blob (st, 3, fact->hash, sizeof fact->hash) && take_blob (st, 4, fact->prev, sizeof fact->prev) &&
         take_blob (st, 13, fact->salt, sizeof fact->salt) && take_blob (st, 14, fact->body_hash, sizeof fact->body_hash) && take_body (st, fact);
}

gboolean
dbk_parcel_next_fact (DbkParcel  *self,
                      DbkFact    *fact,
                      gboolean   *found,
                      GError    **error)
{
  int rc = SQLITE_OK;

  if (self->facts == NULL)
    rc = sqlite3_prepare_v2 (self->handle, "SELECT * FROM fact ORDER BY rowid", -1, &self->facts, NULL);
  if (rc == SQLITE_OK)
    rc = sqlite3_step (self->facts);
  *found = rc == SQLITE_ROW;
  if (*found)
    return read_fact (self->facts, fact) || fail (self->handle, "a fact in it is malformed", error);
  g_clear_pointer (&self->facts, sqlite3_finalize);
  return rc == SQLITE_DONE || fail (self->handle, "its facts cannot be read", error);
}

static gboolean
read_seal (sqlite3_stmt *st,
           DbkSeal      *seal)
{
  g_autofree char *writer = NULL;

  seal->seq = sqlite3_column_int64 (st, 1);
  if (seal->seq <= 0 || !take_text (st, 0, 16, 16, &writer) || !take_blob (st, 2, seal->hash, sizeof seal->hash) ||
      !take_blob (st, 3, seal->signature, sizeof seal->signature))
    return FALSE;
  g_strlcpy (seal->writer, writer, sizeof seal->writer);
  return TRUE;
}

GArray *
dbk_parcel_list_seals (DbkParcel  *self,
                       GError    **error)
{
  g_autoptr(GArray) seals = g_array_new (FALSE, FALSE, sizeof (DbkSeal));
  sqlite3_stmt *st = NULL;
  gboolean good = TRUE;
  int rc = sqlite3_prepare_v2 (self->handle, "SELECT * FROM seal ORDER BY rowid", -1, &st, NULL);

  while (rc == SQLITE_OK && good && (rc = sqlite3_step (st)) == SQLITE_ROW)
    {
      DbkSeal seal = { .seq = 0 };

      rc = SQLITE_OK;
      good = read_seal (st, &seal);
      g_array_append_val (seals, seal);
    }
  sqlite3_finalize (st);
  if (good && rc == SQLITE_DONE)
    return g_steal_pointer (&seals);
  fail (self->handle, "its seals are malformed", error);
  return NULL;
}
