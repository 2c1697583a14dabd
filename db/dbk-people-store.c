/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-db"

#include "db/dbk-people-store.h"

#include "db/dbk-fact-log.h"
#include "db/dbk-store-private.h"
#include "db/names/dbk-name-keys.h"

/* ---- sites ---- */

void
dbk_site_free (DbkSite *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->code);
  g_free (self->name);
  g_free (self->timezone);
  g_free (self);
}

static gpointer
read_site (DbkStmt  *st,
           GError  **error)
{
  DbkSite *site = g_new0 (DbkSite, 1);

  site->id = dbk_stmt_dup (st, 0);
  site->code = dbk_stmt_dup (st, 1);
  site->name = dbk_stmt_dup (st, 2);
  site->timezone = dbk_stmt_dup (st, 3);
  site->version = dbk_stmt_int (st, 4);
  return site;
}

DbkSite *
dbk_site_get (DbkDb       *db,
              const char  *id,
              GError     **error)
{
  return dbk_store_one_by_text (db, DBK_STMT_SITE_BY_ID, ":id", id, read_site, "site", error);
}

GPtrArray *
dbk_site_list (DbkDb   *db,
               GError **error)
{
  return dbk_store_list (db, DBK_STMT_SITES, NULL, NULL, read_site, (GDestroyNotify) dbk_site_free, error);
}

/* ---- staff ---- */

static gpointer
read_staff (DbkStmt  *st,
            GError  **error)
{
  g_autoptr(DbkStaff) staff = dbk_staff_new ();

  staff->id = dbk_stmt_dup (st, 0);
  staff->login = dbk_stmt_dup (st, 1);
  staff->name = dbk_stmt_dup (st, 2);
  if (!dbk_role_from_word (dbk_stmt_text (st, 3), &staff->role, error))
    return NULL;
  staff->ended = dbk_stmt_int (st, 4) != 0;
  return g_steal_pointer (&staff);
}

static DbkStaff *
find_staff (DbkDb         *db,
            DbkStatement   statement,
            const char    *parameter,
            const char    *value,
            char         **pin,
            gint64        *version,
            GError       **error)
{
  g_auto(DbkStmt) st = { 0 };
  DbkStaff *staff;

  if (!dbk_store_seek_text (&st, db, statement, parameter, value, "person", error))
    return NULL;
  staff = read_staff (&st, error);
  if (staff != NULL && pin != NULL)
    *pin = dbk_stmt_dup (&st, 5);
  if (staff != NULL && version != NULL)
    *version = dbk_stmt_int (&st, 6);
  return staff;
}

DbkStaff *
dbk_staff_get (DbkDb       *db,
               const char  *id,
               char       **pin,
               gint64      *version,
               GError     **error)
{
  return find_staff (db, DBK_STMT_STAFF_BY_ID, ":id", id, pin, version, error);
}

DbkStaff *
dbk_staff_by_login (DbkDb       *db,
                    const char  *login,
                    char       **pin,
                    gint64      *version,
                    GError     **error)
{
  return find_staff (db, DBK_STMT_STAFF_BY_LOGIN, ":login", login, pin, version, error);
}

GPtrArray *
dbk_staff_list (DbkDb   *db,
                GError **error)
{
  return dbk_store_list (db, DBK_STMT_STAFF_ALL, NULL, NULL, read_staff, (GDestroyNotify) dbk_staff_free, error);
}

gboolean
dbk_sign_in_tries (DbkDb       *db,
                   const char  *login,
                   gint        *tries,
                   gint64      *until_ms,
                   GError     **error)
{
  g_auto(DbkStmt) st = { 0 };
  gboolean row = FALSE;

  *tries = 0;
  *until_ms = 0;
  if (!dbk_stmt_take (&st, db, DBK_STMT_SIGN_IN_GET, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":login", login);
  if (!dbk_stmt_next (&st, &row, error))
    return FALSE;
  if (row)
    {
      *tries = (gint) dbk_stmt_int (&st, 0);
      *until_ms = dbk_stmt_int (&st, 1);
    }
  return TRUE;
}

gboolean
dbk_sign_in_set_tries (DbkDb       *db,
                       const char  *login,
                       gint         tries,
                       gint64       until_ms,
                       GError     **error)
{
  g_auto(DbkStmt) st = { 0 };

  if (!dbk_stmt_take (&st, db, DBK_STMT_SIGN_IN_PUT, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":login", login);
  dbk_stmt_bind_int (&st, ":tries", tries);
  dbk_stmt_bind_int (&st, ":until_ms", until_ms);
  return dbk_stmt_run (&st, error);
}

/* ---- patients ---- */

static gpointer
read_patient (DbkStmt  *st,
              GError  **error)
{
  g_autoptr(DbkPatient) patient = dbk_patient_new ();

  patient->id = dbk_stmt_dup (st, 0);
  patient->number = dbk_stmt_dup (st, 1);
  patient->name = dbk_stmt_dup (st, 2);
  patient->pinyin = dbk_stmt_dup (st, 3);
  patient->born = dbk_stmt_day (st, 4);
  patient->phone = dbk_stmt_dup (st, 6);
  patient->allergies = dbk_stmt_dup (st, 7);
  patient->enrolled = dbk_stmt_day (st, 9);
  patient->photo_taken = dbk_stmt_day (st, 10);
  if (!dbk_sex_from_word (dbk_stmt_text (st, 5), &patient->sex, error) ||
      !dbk_patient_state_from_word (dbk_stmt_text (st, 8), &patient->state, error))
    return NULL;
  return g_steal_pointer (&patient);
}

DbkPatient *
dbk_patient_get (DbkDb       *db,
                 const char  *id,
                 GError     **error)
{
  return dbk_store_one_by_text (db, DBK_STMT_PATIENT_BY_ID, ":id", id, read_patient, "patient", error);
}

DbkPatient *
dbk_patient_by_number (DbkDb       *db,
                       const char  *number,
                       GError     **error)
{
  return dbk_store_one_by_text (db, DBK_STMT_PATIENT_BY_NUMBER, ":number", number, read_patient, "patient", error);
}

GPtrArray *
dbk_patient_list (DbkDb   *db,
                  GError **error)
{
  return dbk_store_list (db, DBK_STMT_PATIENT_ALL, NULL, NULL, read_patient, (GDestroyNotify) dbk_patient_free, error);
}

GPtrArray *
dbk_patient_search (DbkDb       *db,
                    const char  *typed,
                    guint        limit,
                    GError     **error)
{
  g_auto(DbkStmt) st = { 0 };
  DbkNameQueryKind kind;
  g_autofree char *low = dbk_name_query_fold (typed, &kind);
  g_autofree char *high = NULL;

  if (low == NULL || *low == '\0')
    return g_ptr_array_new_with_free_func ((GDestroyNotify) dbk_patient_free);
  high = g_strconcat (low, "\xf4\x8f\xbf\xbf", NULL); /* U+10FFFF: behind everything that begins with it */
  if (!dbk_stmt_take (&st, db, DBK_STMT_PATIENT_SEARCH, error))
    return NULL;
  dbk_stmt_bind_text (&st, ":low", low);
  dbk_stmt_bind_text (&st, ":high", high);
  dbk_stmt_bind_int (&st, ":limit", limit);
  return dbk_store_collect (&st, read_patient, (GDestroyNotify) dbk_patient_free, error);
}

gboolean
dbk_patient_count_similar (DbkDb       *db,
                           const char  *id,
                           gint        *n,
                           GError     **error)
{
  g_auto(DbkStmt) st = { 0 };
  gboolean row = FALSE;

  if (!dbk_stmt_take (&st, db, DBK_STMT_SIMILAR_COUNT, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":patient", id);
  if (!dbk_stmt_next (&st, &row, error))
    return FALSE;
  *n = (gint) dbk_stmt_int (&st, 0);
  return TRUE;
}

gboolean
dbk_patient_count (DbkDb   *db,
                   gint64  *n,
                   GError **error)
{
  g_auto(DbkStmt) st = { 0 };
  gboolean row = FALSE;

  if (!dbk_stmt_take (&st, db, DBK_STMT_PATIENT_COUNT, error) || !dbk_stmt_next (&st, &row, error))
    return FALSE;
  *n = dbk_stmt_int (&st, 0);
  return TRUE;
}

GBytes *
dbk_patient_photo (DbkDb       *db,
                   const char  *id,
                   GError     **error)
{
  g_auto(DbkStmt) st = { 0 };
  gboolean row = FALSE;
  const guint8 *jpeg;
  gsize size;

  if (!dbk_stmt_take (&st, db, DBK_STMT_PHOTO_GET, error))
    return NULL;
  dbk_stmt_bind_text (&st, ":patient", id);
  if (!dbk_stmt_next (&st, &row, error) || !row)
    return NULL;
  jpeg = dbk_stmt_blob (&st, 0, &size);
  return g_bytes_new (jpeg, size);
}

/* ---- cards ---- */

void
dbk_card_row_free (DbkCardRow *self)
{
  if (self == NULL)
    return;
  g_free (self->code);
  g_free (self->patient);
  g_free (self->reason);
  g_free (self);
}

static gpointer
read_card (DbkStmt  *st,
           GError  **error)
{
  DbkCardRow *card = g_new0 (DbkCardRow, 1);

  card->code = dbk_stmt_dup (st, 0);
  card->patient = dbk_stmt_dup (st, 1);
  card->issued = dbk_stmt_day (st, 2);
  card->revoked = dbk_stmt_day (st, 3);
  card->reason = dbk_stmt_dup (st, 4);
  return card;
}

DbkCardRow *
dbk_card_get (DbkDb       *db,
              const char  *code,
              GError     **error)
{
  return dbk_store_one_by_text (db, DBK_STMT_CARD_BY_CODE, ":code", code, read_card, "card", error);
}

GPtrArray *
dbk_card_list (DbkDb       *db,
               const char  *patient,
               GError     **error)
{
  return dbk_store_list (db, DBK_STMT_CARDS_OF_PATIENT, ":patient", patient, read_card, (GDestroyNotify) dbk_card_row_free, error);
}

/* ---- the reading log ---- */

gboolean
dbk_reading_add (DbkDb       *db,
                 gint64       ms,
                 const char  *author,
                 const char  *patient,
                 const char  *how,
                 GError     **error)
{
  g_auto(DbkStmt) st = { 0 };
  g_autofree char *id = dbk_fact_log_new_id ();

  if (!dbk_stmt_take (&st, db, DBK_STMT_READING_INSERT, error))
    return FALSE;
  dbk_stmt_bind_int (&st, ":ms", ms);
  dbk_stmt_bind_text (&st, ":id", id);
  dbk_stmt_bind_text (&st, ":author", author);
  dbk_stmt_bind_text (&st, ":patient", patient);
  dbk_stmt_bind_text (&st, ":how", how);
  return dbk_stmt_run (&st, error);
}

void
dbk_reading_free (DbkReading *self)
{
  if (self == NULL)
    return;
  g_free (self->login);
  g_free (self->name);
  g_free (self->how);
  g_free (self);
}

static gpointer
read_reading (DbkStmt  *st,
              GError  **error)
{
  DbkReading *reading = g_new0 (DbkReading, 1);

  reading->ms = dbk_stmt_int (st, 0);
  reading->login = dbk_stmt_dup (st, 1);
  reading->name = dbk_stmt_dup (st, 2);
  reading->how = dbk_stmt_dup (st, 3);
  return reading;
}

GPtrArray *
dbk_reading_list (DbkDb       *db,
                  const char  *patient,
                  guint        limit,
                  GError     **error)
{
  g_auto(DbkStmt) st = { 0 };

  if (!dbk_stmt_take (&st, db, DBK_STMT_READINGS, error))
    return NULL;
  dbk_stmt_bind_text (&st, ":patient", patient);
  dbk_stmt_bind_int (&st, ":limit", limit);
  return dbk_store_collect (&st, read_reading, (GDestroyNotify) dbk_reading_free, error);
}
