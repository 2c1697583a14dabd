/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-site"

#include "app/dbk-enrol-site.h"

#include <glib/gi18n.h>
#include <string.h>

#include "db/exchange/dbk-enrol.h"
#include "db/exchange/dbk-held-back.h"
#include "db/facts/dbk-people-facts.h"

#define CODE_MOST 8
#define NAME_MOST 200 /* bytes */

static const char *const revocation_reasons[] = { "lost", "stolen", "replaced", "cloned", "other", NULL };

const char *const *
dbk_revocation_reasons (void)
{
  return revocation_reasons;
}

static gboolean
refuse (const char  *message,
        GError     **error)
{
  g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID, message);
  return FALSE;
}

static gboolean
check_place (const char  *code,
             const char  *name,
             GError     **error)
{
  gsize length = code != NULL ? strlen (code) : 0;

  if (length < 1 || length > CODE_MOST)
    return refuse (N_("The site code has 1 to 8 letters and digits"), error);
  for (const char *p = code; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p))
      return refuse (N_("The site code has 1 to 8 letters and digits"), error);
  if (name == NULL || *name == '\0' || strlen (name) > NAME_MOST || !g_utf8_validate (name, -1, NULL))
    return refuse (N_("A place needs a name of at most 200 bytes"), error);
  return TRUE;
}

/* ---- at the point ---- */

typedef struct
{
  const char           *computer;
  const char           *code;
  const char           *name;
  char                 *text;
  const DbkEnrolAnswer *answer;
} Point;

static gboolean
ask (DbkDb     *db,
     gpointer   data,
     GError   **error)
{
  Point *point = data;

  point->text = dbk_enrol_request_make (db, point->computer, point->code, point->name, error);
  return point->text != NULL;
}

static gboolean
accept_answer (DbkDb     *db,
               gpointer   data,
               GError   **error)
{
  const Point *point = data;

  return dbk_enrol_accept (db, point->answer, error);
}

gboolean
dbk_point_request (const char  *path,
                   const char  *computer,
                   const char  *place_code,
                   const char  *place_name,
                   char       **text,
                   char       **fingerprint,
                   GError     **error)
{
  g_autoptr(DbkDb) db = NULL;
  g_autoptr(DbkEnrolRequest) request = NULL;
  Point point = { computer, place_code, place_name, NULL, NULL };

  if (!check_place (place_code, place_name, error))
    return FALSE;
  db = g_file_test (path, G_FILE_TEST_EXISTS) ? dbk_db_open (path, DBK_DB_WRITE, DBK_CLINIC_WAIT_MS, error) : dbk_db_create (path, error);
  if (db == NULL || !dbk_db_write (db, ask, &point, error))
    return FALSE;
  request = dbk_enrol_request_read (point.text, strlen (point.text), error);
  *text = point.text;
  *fingerprint = request != NULL ? dbk_keys_fingerprint (request->public_key) : NULL;
  return request != NULL;
}

gboolean
dbk_point_accept (const char  *path,
                  const char  *text,
                  gsize        size,
                  char       **clinic_name,
                  char       **fingerprint,
                  GError     **error)
{
  g_autoptr(DbkEnrolAnswer) answer = dbk_enrol_answer_read (text, size, error);
  g_autoptr(DbkDb) db = answer != NULL ? dbk_db_open (path, DBK_DB_WRITE, DBK_CLINIC_WAIT_MS, error) : NULL;
  Point point = { .answer = answer };

  if (db == NULL || !dbk_db_write (db, accept_answer, &point, error))
    return FALSE;
  *clinic_name = g_strdup (answer->home_name);
  *fingerprint = dbk_keys_fingerprint (answer->home_key);
  return TRUE;
}

/* ---- at the clinic ---- */

void
dbk_enrolled_free (DbkEnrolled *self)
{
  if (self == NULL)
    return;
  g_free (self->site);
  g_free (self->site_code);
  g_free (self->writer);
  g_free (self->answer);
  g_free (self->fingerprint);
  g_free (self->own_fingerprint);
  g_free (self);
}

static gboolean
require_home (DbkClinic  *clinic,
              GError    **error)
{
  return dbk_clinic_get_home (clinic)->here || refuse (N_("Only the clinic itself does this, not a dosing point"), error);
}

DbkSite *
dbk_find_site (DbkClinic   *clinic,
               const char  *code,
               GError     **error)
{
  g_autoptr(GPtrArray) sites = dbk_site_list (dbk_clinic_get_db (clinic), error);

  for (guint i = 0; sites != NULL && i < sites->len; i++)
    {
      const DbkSite *site = g_ptr_array_index (sites, i);

      if (g_ascii_strcasecmp (site->code, code) == 0 || strcmp (site->id, code) == 0)
        return dbk_site_get (dbk_clinic_get_db (clinic), site->id, error);
    }
  if (sites != NULL)
    g_set_error (error, DBK_APP_ERROR, DBK_APP_ERROR_NOT_FOUND, "No place has the code %s", code);
  return NULL;
}

static gboolean
is_code_free (DbkClinic   *clinic,
              const char  *code,
              GError     **error)
{
  g_autoptr(GError) local_error = NULL;
  g_autoptr(DbkSite) site = dbk_find_site (clinic, code, &local_error);

  if (site == NULL && g_error_matches (local_error, DBK_APP_ERROR, DBK_APP_ERROR_NOT_FOUND))
    return TRUE;
  if (site == NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    g_set_error (error, DBK_APP_ERROR, DBK_APP_ERROR_TAKEN, "Another place has the code %s", code);
  return FALSE;
}

DbkWriterRow *
dbk_find_active_writer (DbkClinic   *clinic,
                        const char  *site,
                        GError     **error)
{
  g_autoptr(GPtrArray) writers = dbk_writer_list (dbk_clinic_get_db (clinic), error);

  for (guint i = 0; writers != NULL && i < writers->len; i++)
    {
      const DbkWriterRow *writer = g_ptr_array_index (writers, i);

      if (strcmp (writer->site, site) == 0 && writer->revoked_seq < 0)
        return dbk_writer_get (dbk_clinic_get_db (clinic), writer->writer, error);
    }
  return NULL;
}

typedef struct
{
  DbkClinic              *clinic;
  const DbkSession       *session;
  const DbkEnrolRequest  *request;   /* NULL: a place on paper */
  DbkEnrolAnswer         *answer;
  gint64                  site_version; /* 0: the place is there already */
  const DbkWriterRow     *replaced;
  const char             *writer;    /* to revoke */
  gint64                  last_seq;
  const char             *reason;
} Enrolling;

static gboolean
enrol (DbkDb     *db,
       gpointer   data,
       GError   **error)
{
  const Enrolling *self = data;
  const DbkEnrolAnswer *answer = self->answer;
  DbkStamp stamp;

  dbk_clinic_stamp (self->clinic, self->session, &stamp);
  if (self->replaced != NULL && !dbk_fact_writer_revoked (db, &stamp, self->replaced->writer, self->replaced->seq, "replaced", error))
    return FALSE;
  if (self->site_version > 0 &&
      !dbk_fact_site (db, &stamp, answer->site, answer->site_code, answer->site_name, answer->timezone, self->site_version, error))
    return FALSE;
  return self->request == NULL ||
         dbk_fact_writer_enrolled (db, &stamp, self->request->writer, answer->site, self->request->name, self->request->public_key, error);
}

static gboolean
choose_place (Enrolling   *self,
              const char  *code,
              const char  *name,
              const char  *replaces,
              GError     **error)
{
  g_autoptr(DbkSite) site = NULL;

  self->answer->timezone = g_strdup (dbk_clinic_get_site (self->clinic)->timezone);
  if (replaces == NULL)
    {
      self->answer->site = dbk_fact_log_new_id ();
      self->answer->site_code = g_strdup (code);
      self->answer->site_name = g_strdup (name);
      self->site_version = 1;
      return check_place (code, name, error) && is_code_free (self->clinic, code, error);
    }
  site = dbk_find_site (self->clinic, replaces, error);
  if (site == NULL)
    return FALSE;
  if (strcmp (site->id, dbk_clinic_get_home (self->clinic)->site) == 0)
    return refuse (N_("This is the clinic itself"), error);
  self->answer->site = g_strdup (site->id);
  self->answer->site_code = g_strdup (site->code);
  self->answer->site_name = g_strdup (site->name);
  return TRUE;
}

static DbkEnrolled *
describe (const Enrolling  *self,
          const DbkKeys    *keys)
{
  DbkEnrolled *enrolled = g_new0 (DbkEnrolled, 1);

  enrolled->site = g_strdup (self->answer->site);
  enrolled->site_code = g_strdup (self->answer->site_code);
  enrolled->writer = g_strdup (self->request->writer);
  enrolled->answer = dbk_enrol_answer_write (self->answer, keys);
  enrolled->fingerprint = dbk_keys_fingerprint (self->request->public_key);
  enrolled->own_fingerprint = dbk_keys_fingerprint (keys->public_key);
  return enrolled;
}

DbkEnrolled *
dbk_enrol_site (DbkClinic         *clinic,
                const DbkSession  *session,
                const char        *request,
                gsize              size,
                const char        *code,
                const char        *name,
                const char        *replaces,
                GError           **error)
{
  g_autoptr(DbkEnrolRequest) read = NULL;
  g_autoptr(DbkEnrolAnswer) answer = g_new0 (DbkEnrolAnswer, 1);
  g_autoptr(DbkKeys) keys = NULL;
  g_autoptr(DbkWriterRow) old = NULL;
  g_autoptr(GError) local_error = NULL;
  Enrolling self = { .clinic = clinic, .session = session, .answer = answer };

  if (!dbk_session_require (session, DBK_ACT_ENROL_SITE, error) || !require_home (clinic, error) ||
      (read = dbk_enrol_request_read (request, size, error)) == NULL || (keys = dbk_keys_load (dbk_clinic_get_db (clinic), error)) == NULL ||
      !choose_place (&self, code != NULL ? code : read->place_code, name != NULL ? name : read->place_name, replaces, error))
    return NULL;
  self.request = read;
  old = dbk_find_active_writer (clinic, answer->site, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (old != NULL && strcmp (old->writer, read->writer) != 0)
    self.replaced = old;
  answer->writer = g_strdup (read->writer);
  answer->home_writer = g_strdup (keys->writer);
  answer->home_site = g_strdup (dbk_clinic_get_site (clinic)->id);
  answer->home_name = g_strdup (dbk_clinic_get_site (clinic)->name);
  return dbk_db_write (dbk_clinic_get_db (clinic), enrol, &self, error) ? describe (&self, keys) : NULL;
}

gboolean
dbk_add_paper_site (DbkClinic         *clinic,
                    const DbkSession  *session,
                    const char        *code,
                    const char        *name,
                    char             **site,
                    GError           **error)
{
  g_autoptr(DbkEnrolAnswer) answer = g_new0 (DbkEnrolAnswer, 1);
  Enrolling self = { .clinic = clinic, .session = session, .answer = answer };

  if (!dbk_session_require (session, DBK_ACT_ENROL_SITE, error) || !require_home (clinic, error) || !choose_place (&self, code, name, NULL, error) ||
      !dbk_db_write (dbk_clinic_get_db (clinic), enrol, &self, error))
    return FALSE;
  if (site != NULL)
    *site = g_strdup (answer->site);
  return TRUE;
}

/* ---- revoking ---- */

static gboolean
put_revocation (DbkDb     *db,
                gpointer   data,
                GError   **error)
{
  const Enrolling *self = data;
  DbkStamp stamp;

  dbk_clinic_stamp (self->clinic, self->session, &stamp);
  return dbk_fact_writer_revoked (db, &stamp, self->writer, self->last_seq, self->reason, error);
}

gboolean
dbk_revoke_writer (DbkClinic         *clinic,
                   const DbkSession  *session,
                   const char        *writer,
                   const char        *reason,
                   GError           **error)
{
  g_autoptr(DbkWriterRow) row = NULL;
  Enrolling self = { .clinic = clinic, .session = session, .writer = writer, .reason = reason };

  if (!dbk_session_require (session, DBK_ACT_ENROL_SITE, error) || !require_home (clinic, error))
    return FALSE;
  if (!g_strv_contains (revocation_reasons, reason))
    return refuse (N_("There is no such coded reason"), error);
  row = dbk_writer_get (dbk_clinic_get_db (clinic), writer, error);
  if (row == NULL)
    return FALSE;
  if (row->revoked_seq >= 0)
    return refuse (N_("This computer was revoked already"), error);
  self.last_seq = row->seq;
  return dbk_db_write (dbk_clinic_get_db (clinic), put_revocation, &self, error);
}

/* ---- believing after all ---- */

static gboolean
accept_facts (DbkDb     *db,
              gpointer   data,
              GError   **error)
{
  const Enrolling *self = data;
  DbkStamp stamp;

  dbk_clinic_stamp (self->clinic, self->session, &stamp);
  return dbk_fact_writer_accepted (db, &stamp, self->writer, self->last_seq, error) && dbk_held_back_release (db, error);
}

gboolean
dbk_accept_held_back (DbkClinic         *clinic,
                      const DbkSession  *session,
                      const char        *writer,
                      gint64            *facts,
                      GError           **error)
{
  g_autoptr(GPtrArray) held = NULL;
  Enrolling self = { .clinic = clinic, .session = session, .writer = writer };

  if (!dbk_session_require (session, DBK_ACT_ACCEPT_FACTS, error) || !require_home (clinic, error) ||
      (held = dbk_held_back_list (dbk_clinic_get_db (clinic), error)) == NULL)
    return FALSE;
  for (guint i = 0; i < held->len; i++)
    {
      const DbkHeldBack *one = g_ptr_array_index (held, i);

      if (strcmp (one->writer, writer) != 0)
        continue;
      self.last_seq = one->last_seq;
      *facts = one->facts;
    }
  if (self.last_seq > 0)
    return dbk_db_write (dbk_clinic_get_db (clinic), accept_facts, &self, error);
  g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_NOT_FOUND, "Nothing of this computer waits");
  return FALSE;
}

/* Facts that wait, of every computer of the place with the id @site; DbkHeldBack of others are taken off @held. */
static gboolean
keep_of_place (DbkDb       *db,
               GPtrArray   *held,
               const char  *site,
               GError     **error)
{
  g_autoptr(GPtrArray) writers = dbk_writer_list (db, error);

  for (guint i = writers != NULL ? held->len : 0; i > 0; i--)
    {
      const DbkHeldBack *one = g_ptr_array_index (held, i - 1);
      gboolean of_place = FALSE;

      for (guint j = 0; j < writers->len; j++)
        {
          const DbkWriterRow *row = g_ptr_array_index (writers, j);

          of_place |= strcmp (row->writer, one->writer) == 0 && strcmp (row->site, site) == 0;
        }
      if (!of_place)
        g_ptr_array_remove_index (held, i - 1);
    }
  return writers != NULL;
}

gboolean
dbk_accept_held_back_of_place (DbkClinic         *clinic,
                               const DbkSession  *session,
                               const char        *site,
                               gint64            *facts,
                               GError           **error)
{
  DbkDb *db = dbk_clinic_get_db (clinic);
  g_autoptr(DbkSite) place = dbk_find_site (clinic, site, error);
  g_autoptr(GPtrArray) held = place != NULL ? dbk_held_back_list (db, error) : NULL;

  *facts = 0;
  if (held == NULL || !keep_of_place (db, held, place->id, error))
    return FALSE;
  for (guint i = 0; i < held->len; i++)
    {
      gint64 accepted = 0;

      if (!dbk_accept_held_back (clinic, session, ((const DbkHeldBack *) g_ptr_array_index (held, i))->writer, &accepted, error))
        return FALSE;
      *facts += accepted;
    }
  if (held->len > 0)
    return TRUE;
  g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_NOT_FOUND, "Nothing of this place waits");
  return FALSE;
}
