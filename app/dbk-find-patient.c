/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-find"

#include "app/dbk-find-patient.h"

#include "app/dbk-voucher.h"
#include "db/dbk-desk-store.h"
#include "db/exchange/dbk-pass-code.h"
#include "db/names/dbk-name-keys.h"
#include "db/record/dbk-code.h"

void
dbk_found_free (DbkFound *self)
{
  if (self == NULL)
    return;
  dbk_patient_free (self->patient);
  g_free (self->card);
  g_free (self->voucher);
  g_free (self->revoked_reason);
  g_free (self);
}

static gboolean
check_kind (DbkCodeKind   kind,
            GError      **error)
{
  switch (kind)
    {
    case DBK_CODE_CARD:
    case DBK_CODE_ROW:
      return TRUE;
    case DBK_CODE_DOSE:
      g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_SLIP_NOT_CARD, "This is a dosing slip, not a patient's card");
      return FALSE;
    case DBK_CODE_BADGE:
    case DBK_CODE_TEST:
    default:
      g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_OTHER_CODE, "This code is not a patient's card");
      return FALSE;
    }
}

static char *
read_code (const char   *text,
           DbkCodeKind  *kind,
           GError      **error)
{
  g_autofree char *canonical = NULL;

  if (!dbk_code_parse (text, kind, NULL, &canonical, NULL))
    {
      g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_MISTYPED_CODE,
                           "This code was not read completely: its check characters do not agree");
      return NULL;
    }
  return check_kind (*kind, error) ? g_steal_pointer (&canonical) : NULL;
}

/* After a power cut the rows of the morning's sheet are scanned, and what was written beside them is entered. */
static DbkFound *
find_by_row (DbkClinic   *clinic,
             const char  *code,
             GError     **error)
{
  g_autoptr(DbkFound) found = g_new0 (DbkFound, 1);
  g_autoptr(GError) local_error = NULL;
  g_autofree char *document = NULL, *patient = NULL;

  found->revoked_on = DBK_DAY_NONE;
  if (!dbk_paper_row_find (dbk_clinic_get_db (clinic), code, &document, &patient, &found->paper_day, &local_error))
    {
      if (g_error_matches (local_error, DBK_DB_ERROR, DBK_DB_ERROR_NOT_FOUND))
        g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_CARD_UNKNOWN, "This clinic has not printed this sheet");
      else
        g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  found->patient = dbk_patient_get (dbk_clinic_get_db (clinic), patient, error);
  return found->patient != NULL ? g_steal_pointer (&found) : NULL;
}

static DbkFound *
find_by_code (DbkClinic   *clinic,
              const char  *text,
              GError     **error)
{
  DbkCodeKind kind = DBK_CODE_CARD;
  g_autofree char *code = read_code (text, &kind, error);
  g_autoptr(DbkFound) found = g_new0 (DbkFound, 1);
  g_autoptr(GError) local_error = NULL;
  DbkCardRow *row;

  if (code == NULL)
    return NULL;
  if (kind == DBK_CODE_ROW)
    return find_by_row (clinic, code, error);
  found->paper_day = DBK_DAY_NONE;
  row = dbk_card_get (dbk_clinic_get_db (clinic), code, &local_error);
  if (row == NULL && !g_error_matches (local_error, DBK_DB_ERROR, DBK_DB_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (row == NULL || row->patient == NULL)
    {
      g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_CARD_UNKNOWN, "This clinic has not issued this card");
      g_clear_pointer (&row, dbk_card_row_free);
      return NULL;
    }
  found->card = g_steal_pointer (&code);
  found->card_revoked = row->revoked != DBK_DAY_NONE;
  found->revoked_on = row->revoked;
  found->revoked_reason = g_strdup (row->reason);
  found->patient = dbk_patient_get (dbk_clinic_get_db (clinic), row->patient, error);
  dbk_card_row_free (row);
  return found->patient != NULL ? g_steal_pointer (&found) : NULL;
}

static DbkFound *
find_by_voucher (DbkClinic   *clinic,
                 const char  *code,
                 GError     **error)
{
  g_autoptr(DbkFound) found = g_new0 (DbkFound, 1);
  g_autoptr(DbkPass) voucher = dbk_voucher_read (clinic, code, dbk_clinic_today (clinic), error);

  found->revoked_on = found->paper_day = DBK_DAY_NONE;
  if (voucher == NULL || (found->patient = dbk_voucher_find_patient (clinic, voucher, error)) == NULL)
    return NULL;
  found->voucher = g_strdup (code);
  return g_steal_pointer (&found);
}

/* Numbers are typed with full-width digits too, and with the blanks they are shown with. */
static char *
fold_number (const char *text)
{
  DbkNameQueryKind kind;
  g_autofree char *folded = dbk_name_query_fold (text, &kind);

  return folded != NULL ? g_steal_pointer (&folded) : g_strdup (text);
}

static DbkFound *
find_by_number (DbkClinic   *clinic,
                const char  *text,
                GError     **error)
{
  g_autoptr(GError) local_error = NULL;
  g_autoptr(DbkFound) found = g_new0 (DbkFound, 1);
  g_autofree char *folded = NULL, *upper = NULL;
  DbkDb *db = dbk_clinic_get_db (clinic);

  found->revoked_on = found->paper_day = DBK_DAY_NONE;
  found->patient = dbk_patient_by_number (db, text, &local_error);
  if (found->patient == NULL && g_error_matches (local_error, DBK_DB_ERROR, DBK_DB_ERROR_NOT_FOUND))
    {
      folded = fold_number (text);
      upper = g_ascii_strup (folded, -1);
      found->patient = dbk_patient_by_number (db, folded, NULL);
      if (found->patient == NULL)
        found->patient = dbk_patient_by_number (db, upper, NULL);
    }
  if (found->patient != NULL)
    return g_steal_pointer (&found);
  if (g_error_matches (local_error, DBK_DB_ERROR, DBK_DB_ERROR_NOT_FOUND))
    g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_NOT_FOUND, "No patient has this number");
  else
    g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

DbkFound *
dbk_find_patient (DbkClinic         *clinic,
                  const DbkSession  *session,
                  const char        *handle,
                  GError           **error)
{
  if (!dbk_session_require (session, DBK_ACT_READ_PATIENT, error))
    return NULL;
  if (dbk_pass_code_looks_like_one (handle))
    return find_by_voucher (clinic, handle, error);
  if (dbk_code_looks_like_one (handle))
    return find_by_code (clinic, handle, error);
  return find_by_number (clinic, handle, error);
}

GPtrArray *
dbk_search_patients (DbkClinic         *clinic,
                     const DbkSession  *session,
                     const char        *typed,
                     guint              limit,
                     GError           **error)
{
  if (!dbk_session_require (session, DBK_ACT_READ_PATIENT, error))
    return NULL;
  return dbk_patient_search (dbk_clinic_get_db (clinic), typed, limit, error);
}

typedef struct
{
  gint64      ms;
  const char *author;
  const char *patient;
  const char *how;
} Reading;

static gboolean
add_reading (DbkDb     *db,
             gpointer   data,
             GError   **error)
{
  const Reading *reading = data;

  return dbk_reading_add (db, reading->ms, reading->author, reading->patient, reading->how, error);
}

gboolean
dbk_note_reading (DbkClinic         *clinic,
                  const DbkSession  *session,
                  const char        *patient,
                  const char        *how,
                  GError           **error)
{
  Reading reading = { dbk_clock_now_ms (dbk_clinic_get_clock (clinic)), session->staff, patient, how };

  return dbk_db_write (dbk_clinic_get_db (clinic), add_reading, &reading, error);
}
