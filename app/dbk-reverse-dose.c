/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-reverse"

#include "app/dbk-reverse-dose.h"

#include <glib/gi18n.h>

#include "db/dbk-dose-store.h"
#include "db/facts/dbk-desk-facts.h"

#define MS_PER_MINUTE 60000
#define NOTE_MOST 500 /* bytes */

static const char *const reversal_reasons[] = { "not-swallowed", "wrong-patient", "wrong-amount", "vomited", "mistake", "other", NULL };
static const char *const not_given_reasons[] = { "intoxicated", "refused", "vomited", "left", "spilled", "set-aside", "other", NULL };
/* Paper also comes back of those who never came; the counter's list of missed doses knows that by itself. */
static const char *const slip_reasons[] = { "did-not-come", "intoxicated", "refused", "vomited", "left", "spilled", "other", NULL };
static const char *const contact_outcomes[] = { "reached", "no-answer", "hospital", "in-custody", "moved-away", "coming-today", "other", NULL };

const char *const *
dbk_reversal_reasons (void)
{
  return reversal_reasons;
}

const char *const *
dbk_not_given_reasons (void)
{
  return not_given_reasons;
}

const char *const *
dbk_slip_reasons (void)
{
  return slip_reasons;
}

const char *const *
dbk_contact_outcomes (void)
{
  return contact_outcomes;
}

static gboolean
refuse (DbkAppError   code,
        const char   *message,
        GError      **error)
{
  g_set_error_literal (error, DBK_APP_ERROR, (gint) code, message);
  return FALSE;
}

static gboolean
check_coded (const char *const  *words,
             const char         *word,
             const char         *note,
             GError            **error)
{
  if (word == NULL || !g_strv_contains (words, word))
    return refuse (DBK_APP_ERROR_INVALID, N_("There is no such coded reason"), error);
  if (note != NULL && (strlen (note) > NOTE_MOST || !g_utf8_validate (note, -1, NULL)))
    return refuse (DBK_APP_ERROR_INVALID, N_("A note has at most 500 bytes"), error);
  return TRUE;
}

gboolean
dbk_reversal_needs_witness (DbkClinic        *clinic,
                            const DbkSession *session,
                            const DbkDose    *dose,
                            DbkLiquid         liquid)
{
  gint64 age_ms = dbk_clock_now_ms (dbk_clinic_get_clock (clinic)) - dose->given_ms;

  return liquid != DBK_LIQUID_NOT_POURED || g_strcmp0 (dose->given_by, session->staff) != 0 || age_ms < 0 ||
         age_ms > DBK_REVERSAL_ALONE_MINUTES * MS_PER_MINUTE;
}

typedef struct
{
  DbkClinic        *clinic;
  const DbkSession *session;
  const DbkSession *witness;
  const char       *dose;
  const char       *reason;
  const char       *note;
  DbkLiquid         liquid;
  char            **fact;
} Reversing;

static gboolean
reverse (DbkDb     *db,
         gpointer   data,
         GError   **error)
{
  const Reversing *self = data;
  g_autoptr(DbkDose) dose = dbk_dose_get (db, self->dose, error);
  DbkStamp stamp;

  if (dose == NULL)
    return FALSE;
  if (dose->reversed_by != NULL)
    return refuse (DBK_APP_ERROR_INVALID, N_("This dose was reversed already"), error);
  if (dose->kind == DBK_DOSE_IMPORTED)
    return refuse (DBK_APP_ERROR_INVALID, N_("An imported dose is corrected in the register it came from"), error);
  if (self->witness == NULL && dbk_reversal_needs_witness (self->clinic, self->session, dose, self->liquid))
    return refuse (DBK_APP_ERROR_SECOND_PERSON, "Reversing this dose needs a second person", error);
  dbk_clinic_stamp (self->clinic, self->session, &stamp);
  return dbk_fact_dose_reversed (db, &stamp, dose, self->reason, self->note, self->liquid,
                                 self->witness != NULL ? self->witness->staff : NULL, self->fact, error);
}

/* After an error the disk is asked, never assumed: a COMMIT can fail and have happened. */
static gboolean
is_on_disk (DbkClinic  *clinic,
            const char *fact_id)
{
  g_auto(DbkFact) fact = { 0 };

  return fact_id != NULL && dbk_fact_log_find (dbk_clinic_get_db (clinic), fact_id, &fact, NULL);
}

static gboolean
check_witness (const DbkSession  *session,
               const DbkSession  *witness,
               GError           **error)
{
  if (witness == NULL || (strcmp (witness->staff, session->staff) != 0 && dbk_role_may (witness->role, DBK_ACT_WITNESS)))
    return TRUE;
  return refuse (DBK_APP_ERROR_SECOND_PERSON, "The second person is somebody else, who may be one", error);
}

gboolean
dbk_reverse_dose (DbkClinic         *clinic,
                  const DbkSession  *session,
                  const DbkSession  *witness,
                  const char        *dose,
                  const char        *reason,
                  const char        *note,
                  DbkLiquid          liquid,
                  char             **fact,
                  GError           **error)
{
  g_autofree char *id = NULL;
  g_autoptr(GError) local_error = NULL;
  Reversing self = { clinic, session, witness, dose, reason, note, liquid, &id };

  if (!dbk_session_require (session, DBK_ACT_REVERSE_DOSE, error) || !check_coded (reversal_reasons, reason, note, error) ||
      !check_witness (session, witness, error))
    return FALSE;
  if (!dbk_db_write (dbk_clinic_get_db (clinic), reverse, &self, &local_error) && !is_on_disk (clinic, id))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (fact != NULL)
    *fact = g_steal_pointer (&id);
  return TRUE;
}

/* ---- not given, and contact made ---- */

typedef struct
{
  DbkClinic        *clinic;
  const DbkSession *session;
  const char       *patient;
  const char       *word;
  const char       *note;
  char            **fact;
} Note;

static gboolean
put_not_given (DbkDb     *db,
               gpointer   data,
               GError   **error)
{
  const Note *note = data;
  g_autofree char *id = dbk_fact_log_new_id ();
  DbkStamp stamp;
  DbkNotGiven not_given = { .id = id, .patient = (char *) note->patient, .reason = (char *) note->word, .note = (char *) note->note };

  dbk_clinic_stamp (note->clinic, note->session, &stamp);
  not_given.day = stamp.day;
  not_given.at_ms = stamp.wall_ms;
  return dbk_fact_not_given (db, &stamp, &not_given, note->fact, error);
}

gboolean
dbk_record_not_given (DbkClinic         *clinic,
                      const DbkSession  *session,
                      const char        *patient,
                      const char        *reason,
                      const char        *note,
                      char             **fact,
                      GError           **error)
{
  Note self = { clinic, session, patient, reason, note, fact };

  return dbk_session_require (session, DBK_ACT_RECORD_NOT_GIVEN, error) &&
         check_coded (not_given_reasons, reason, note, error) &&
         dbk_db_write (dbk_clinic_get_db (clinic), put_not_given, &self, error);
}

static gboolean
put_contact (DbkDb     *db,
             gpointer   data,
             GError   **error)
{
  const Note *note = data;
  g_autofree char *id = dbk_fact_log_new_id ();
  DbkStamp stamp;

  dbk_clinic_stamp (note->clinic, note->session, &stamp);
  return dbk_fact_contact (db, &stamp, id, note->patient, note->word, note->note, error);
}

gboolean
dbk_record_contact (DbkClinic         *clinic,
                    const DbkSession  *session,
                    const char        *patient,
                    const char        *outcome,
                    const char        *note,
                    GError           **error)
{
  Note self = { clinic, session, patient, outcome, note, NULL };

  return dbk_session_require (session, DBK_ACT_RECORD_CONTACT, error) &&
         check_coded (contact_outcomes, outcome, note, error) &&
         dbk_db_write (dbk_clinic_get_db (clinic), put_contact, &self, error);
}
