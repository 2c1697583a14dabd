/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-clinic"

#include "app/dbk-clinic.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "db/dbk-desk-store.h"
#include "db/dbk-pin.h"
#include "db/dbk-setting-store.h"
#include "db/exchange/dbk-witness.h"
#include "db/facts/dbk-desk-facts.h"
#include "db/facts/dbk-people-facts.h"

#define SETTING_DEMO "demo"
#define SITE_CODE_MOST 8
#define SITE_NAME_MOST 200 /* bytes */

struct _DbkClinic
{
  /* Owned */
  DbkDb     *db;
  DbkClock  *clock;
  DbkSite   *site;
  DbkHome   *home;
  char      *writer;
  DbkPolicy *policy;       /* parsed of @policy_json: every verdict needs it, and it changes once a year */
  char      *policy_json;
  gboolean   demo;
  gboolean   writes;       /* opened for writing */
};

/* A dosing point that has not taken its first file in knows its place from the clinic's answer alone. */
static DbkSite *
read_own_site (DbkClinic   *self,
               const char  *id,
               GError     **error)
{
  g_autoptr(GError) local_error = NULL;
  g_autoptr(DbkSite) site = dbk_site_get (self->db, id, &local_error);

  if (site != NULL)
    return g_steal_pointer (&site);
  if (self->home->here || !g_error_matches (local_error, DBK_DB_ERROR, DBK_DB_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  site = g_new0 (DbkSite, 1);
  site->id = g_strdup (id);
  if (dbk_setting_get (self->db, DBK_SETTING_SITE_CODE, &site->code, error) && dbk_setting_get (self->db, DBK_SETTING_SITE_NAME, &site->name, error) &&
      dbk_setting_get (self->db, DBK_SETTING_SITE_TIMEZONE, &site->timezone, error) && site->timezone != NULL)
    return g_steal_pointer (&site);
  return NULL;
}

static gboolean
learn_place (DbkClinic  *self,
             GError    **error)
{
  g_autofree char *site = dbk_fact_log_dup_site (self->db, error);
  g_autofree char *demo = NULL;

  if (site == NULL || (self->home = dbk_home_get (self->db, error)) == NULL || (self->writer = dbk_fact_log_dup_writer (self->db, error)) == NULL)
    return FALSE;
  self->site = read_own_site (self, site, error);
  if (self->site == NULL || !dbk_setting_get (self->db, SETTING_DEMO, &demo, error))
    return FALSE;
  self->demo = demo != NULL;
  return TRUE;
}

/* ---- an older copy of itself ---- */

static char *
dup_witness_folder (void)
{
  return g_build_filename (g_get_user_state_dir (), "dosebook", "witness", NULL);
}

static gboolean
check_witness (DbkClinic  *self,
               GError    **error)
{
  g_autofree char *folder = dup_witness_folder ();

  return dbk_witness_check (self->db, folder, error);
}

/* That the note cannot be written is no reason to send somebody away. */
static void
write_witness (DbkClinic *self,
               gboolean   durable)
{
  g_autofree char *folder = dup_witness_folder ();
  g_autoptr(GError) error = NULL;

  if (self->writes && self->db != NULL && !dbk_witness_write (self->db, folder, durable, &error))
    g_message ("The newest fact could not be noted outside the record: %s", error->message);
}

void
dbk_clinic_note_newest (DbkClinic *self)
{
  write_witness (self, FALSE);
}

gboolean
dbk_clinic_is_older (DbkClinic  *self,
                     gboolean   *older,
                     GError    **error)
{
  return dbk_witness_is_older (self->db, older, error);
}

gboolean
dbk_clinic_trust_older (DbkClinic         *self,
                        const DbkSession  *session,
                        GError           **error)
{
  return dbk_session_require (session, DBK_ACT_RESTORE, error) && dbk_witness_trust (self->db, error);
}

DbkClinic *
dbk_clinic_open (const char  *path,
                 DbkDbMode    mode,
                 GError     **error)
{
  g_autoptr(DbkClinic) self = g_new0 (DbkClinic, 1);

  self->db = dbk_db_open (path, mode, DBK_CLINIC_WAIT_MS, error);
  if (self->db == NULL || !learn_place (self, error))
    return NULL;
  self->writes = mode == DBK_DB_WRITE;
  if (self->writes && !check_witness (self, error))
    return NULL;
  self->clock = dbk_clock_new (self->site->timezone, error);
  return self->clock != NULL ? g_steal_pointer (&self) : NULL;
}

void
dbk_clinic_close (DbkClinic *self)
{
  if (self == NULL)
    return;
  write_witness (self, TRUE);
  g_clear_pointer (&self->policy, dbk_policy_free);
  g_clear_pointer (&self->policy_json, g_free);
  g_clear_pointer (&self->site, dbk_site_free);
  g_clear_pointer (&self->home, dbk_home_free);
  g_clear_pointer (&self->writer, g_free);
  g_clear_pointer (&self->clock, dbk_clock_free);
  g_clear_pointer (&self->db, dbk_db_close);
  g_free (self);
}

/* ---- a new clinic ---- */

static gboolean
refuse (const char  *message,
        GError     **error)
{
  g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID, message);
  return FALSE;
}

static gboolean
check_set_up (const DbkSetUp  *set_up,
              GError         **error)
{
  gsize code_length = set_up->site_code != NULL ? strlen (set_up->site_code) : 0;

  if (set_up->site_name == NULL || *set_up->site_name == '\0' || strlen (set_up->site_name) > SITE_NAME_MOST ||
      !g_utf8_validate (set_up->site_name, -1, NULL))
    return refuse (N_("The clinic needs a name of at most 200 bytes"), error);
  if (code_length < 1 || code_length > SITE_CODE_MOST)
    return refuse (N_("The site code has 1 to 8 letters and digits"), error);
  for (const char *p = set_up->site_code; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p))
      return refuse (N_("The site code has 1 to 8 letters and digits"), error);
  if (set_up->policy == NULL)
    return refuse (N_("A policy for missed days must be chosen; there is no default"), error);
  if (set_up->admin_name == NULL || *set_up->admin_name == '\0' || !g_utf8_validate (set_up->admin_name, -1, NULL))
    return refuse (N_("The first administrator needs a name"), error);
  return dbk_login_check (set_up->admin_login, error);
}

typedef struct
{
  DbkClinic      *clinic;
  const DbkSetUp *set_up;
  const char     *pin_hash;
  const char     *policy_json;
  DbkPolicy      *policy;
} Founding;

/* The first administrator is their own author: before them there is nobody. */
static gboolean
found (DbkDb     *db,
       gpointer   data,
       GError   **error)
{
  Founding *founding = data;
  const DbkSetUp *set_up = founding->set_up;
  g_autofree char *site = dbk_fact_log_new_id ();
  g_autofree char *admin = dbk_fact_log_new_id ();
  DbkStaff staff = { .id = admin, .login = (char *) set_up->admin_login, .name = (char *) set_up->admin_name,
                     .role = DBK_ROLE_ADMINISTRATOR };
  DbkStamp stamp;

  dbk_clock_stamp (founding->clinic->clock, admin, &stamp);
  return dbk_fact_log_enrol (db, &stamp, site, g_get_host_name (), error) &&
         dbk_fact_site (db, &stamp, site, set_up->site_code, set_up->site_name, set_up->timezone, 1, error) &&
         dbk_fact_staff (db, &stamp, &staff, founding->pin_hash, 1, error) &&
         dbk_fact_policy (db, &stamp, founding->policy->name, founding->policy->version, founding->policy_json, error) &&
         (!set_up->demo || dbk_setting_set (db, SETTING_DEMO, "1", error));
}

void
dbk_clinic_remove_unfinished (const char *path)
{
  static const char *const endings[] = { "", "-wal", "-shm", ".lock" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *file = g_strconcat (path, endings[i], NULL);

      g_unlink (file);
    }
}

DbkClinic *
dbk_clinic_set_up (const char      *path,
                   const DbkSetUp  *set_up,
                   gint64           now_ms,
                   GError         **error)
{
  g_autoptr(DbkClinic) self = g_new0 (DbkClinic, 1);
  g_autoptr(DbkPolicy) policy = NULL;
  g_autofree char *json = NULL, *pin = NULL;
  Founding founding = { self, set_up, NULL, NULL, NULL };

  if (!check_set_up (set_up, error))
    return NULL;
  self->clock = dbk_clock_new (set_up->timezone, error);
  json = self->clock != NULL ? dbk_policy_dup_shipped (set_up->policy, error) : NULL;
  policy = json != NULL ? dbk_policy_parse (json, error) : NULL;
  pin = policy != NULL ? dbk_pin_hash (set_up->admin_pin, error) : NULL;
  if (pin == NULL)
    return NULL;
  if (now_ms != 0)
    dbk_clock_set (self->clock, now_ms);
  founding.pin_hash = pin;
  founding.policy_json = json;
  founding.policy = policy;
  self->db = dbk_db_create (path, error);
  if (self->db == NULL)
    return NULL;
  self->writes = dbk_db_write (self->db, found, &founding, error) && learn_place (self, error);
  if (!self->writes)
    {
      g_clear_pointer (&self->db, dbk_db_close);
      dbk_clinic_remove_unfinished (path);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/* ---- what use cases ask ---- */

DbkDb *
dbk_clinic_get_db (DbkClinic *self)
{
  return self->db;
}

DbkClock *
dbk_clinic_get_clock (DbkClinic *self)
{
  return self->clock;
}

const DbkSite *
dbk_clinic_get_site (DbkClinic *self)
{
  return self->site;
}

const char *
dbk_clinic_get_writer (DbkClinic *self)
{
  return self->writer;
}

const DbkHome *
dbk_clinic_get_home (DbkClinic *self)
{
  return self->home;
}

gboolean
dbk_clinic_is_demo (DbkClinic *self)
{
  return self->demo;
}

DbkDay
dbk_clinic_today (DbkClinic *self)
{
  return dbk_clock_today (self->clock);
}

void
dbk_clinic_stamp (DbkClinic        *self,
                  const DbkSession *session,
                  DbkStamp         *stamp)
{
  dbk_clock_stamp (self->clock, session->staff, stamp);
}

DbkPolicy *
dbk_clinic_new_policy (DbkClinic  *self,
                       GError    **error)
{
  g_autoptr(GError) local_error = NULL;
  g_autofree char *json = dbk_policy_current_json (self->db, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (json == NULL)
    return NULL;
  if (g_strcmp0 (json, self->policy_json) != 0)
    {
      DbkPolicy *policy = dbk_policy_parse (json, error);

      if (policy == NULL)
        return NULL;
      g_clear_pointer (&self->policy, dbk_policy_free);
      self->policy = policy;
      g_free (self->policy_json);
      self->policy_json = g_steal_pointer (&json);
    }
  return dbk_policy_ref (self->policy);
}

typedef struct
{
  DbkClinic        *clinic;
  const DbkSession *session;
  const DbkPolicy  *policy;
  const char       *json;
} Adoption;

static gboolean
adopt (DbkDb     *db,
       gpointer   data,
       GError   **error)
{
  Adoption *adoption = data;
  DbkStamp stamp;

  dbk_clinic_stamp (adoption->clinic, adoption->session, &stamp);
  return dbk_fact_policy (db, &stamp, adoption->policy->name, adoption->policy->version, adoption->json, error);
}

gboolean
dbk_clinic_adopt_policy (DbkClinic         *self,
                         const DbkSession  *session,
                         const char        *name,
                         GError           **error)
{
  g_autofree char *json = NULL;
  g_autoptr(DbkPolicy) policy = NULL;
  Adoption adoption = { self, session, NULL, NULL };

  if (!dbk_session_require (session, DBK_ACT_ADOPT_POLICY, error))
    return FALSE;
  json = dbk_policy_dup_shipped (name, error);
  policy = json != NULL ? dbk_policy_parse (json, error) : NULL;
  if (policy == NULL)
    return FALSE;
  adoption.policy = policy;
  adoption.json = json;
  return dbk_db_write (self->db, adopt, &adoption, error);
}

/* ---- places ---- */

static char *
dup_data_path (const char *file)
{
  return g_build_filename (g_get_user_data_dir (), "dosebook", file, NULL);
}

char *
dbk_clinic_dup_default_path (void)
{
  const char *told = g_getenv ("DOSEBOOK_RECORD");

  return told != NULL && *told != '\0' ? g_strdup (told) : dup_data_path ("clinic.dosebook");
}

char *
dbk_clinic_dup_demo_path (void)
{
  return dup_data_path ("demo.dosebook");
}
