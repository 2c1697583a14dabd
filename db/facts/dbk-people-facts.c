/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-fact"

#include "db/facts/dbk-people-facts.h"

#include <sodium.h>

#include "db/dbk-fact-log-private.h"
#include "db/names/dbk-name-keys.h"

const DbkFactKind dbk_kind_writer = { "writer.enrolled", 1, TRUE };
const DbkFactKind dbk_kind_epoch = { "epoch.opened", 1, FALSE };
static const DbkFactKind kind_site = { "site.set", 1, TRUE };
static const DbkFactKind kind_staff = { "staff.set", 1, TRUE };
static const DbkFactKind kind_registered = { "patient.registered", 1, TRUE };
static const DbkFactKind kind_changed = { "patient.changed", 1, TRUE };
static const DbkFactKind kind_photo = { "photo.taken", 1, FALSE };
static const DbkFactKind kind_card_issued = { "card.issued", 1, FALSE };
static const DbkFactKind kind_card_revoked = { "card.revoked", 1, FALSE };

/* ---- site and writer ---- */

gboolean
dbk_fact_site (DbkDb           *db,
               const DbkStamp  *stamp,
               const char      *id,
               const char      *code,
               const char      *name,
               const char      *zone,
               gint64           version,
               GError         **error)
{
  JsonObject *body = json_object_new ();

  dbk_body_set_text (body, "site", id);
  dbk_body_set_text (body, "code", code);
  dbk_body_set_text (body, "name", name);
  dbk_body_set_text (body, "timezone", zone);
  json_object_set_int_member (body, "version", version);
  return dbk_fact_append (db, stamp, &kind_site, body, NULL, error);
}

static void
bind_winner (DbkStmt       *st,
             const DbkFact *fact,
             gint64         version)
{
  dbk_stmt_bind_int (st, ":version", version);
  dbk_stmt_bind_int (st, ":hlc", fact->hlc);
  dbk_stmt_bind_blob (st, ":hash", fact->hash, sizeof fact->hash);
}

static gboolean
project_site (DbkDb          *db,
              const DbkFact  *fact,
              JsonObject     *body,
              GError        **error)
{
  g_auto(DbkStmt) st = { 0 };
  const char *id, *code, *name, *zone;
  gint64 version;

  if (!dbk_body_get_text (body, "site", &id, error) || !dbk_body_get_text (body, "code", &code, error) ||
      !dbk_body_get_text (body, "name", &name, error) || !dbk_body_get_text (body, "timezone", &zone, error) ||
      !dbk_body_get_int (body, "version", &version, error) || !dbk_stmt_take (&st, db, DBK_STMT_SITE_PUT, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":id", id);
  dbk_stmt_bind_text (&st, ":code", code);
  dbk_stmt_bind_text (&st, ":name", name);
  dbk_stmt_bind_text (&st, ":timezone", zone);
  bind_winner (&st, fact, version);
  return dbk_stmt_run (&st, error);
}

static gboolean
project_writer (DbkDb          *db,
                const DbkFact  *fact,
                JsonObject     *body,
                GError        **error)
{
  g_auto(DbkStmt) st = { 0 };
  const char *id, *site, *name, *key;
  guint8 public_key[crypto_sign_PUBLICKEYBYTES];
  gsize size = 0;

  if (!dbk_body_get_text (body, "writer", &id, error) || !dbk_body_get_text (body, "site", &site, error) ||
      !dbk_body_get_text (body, "name", &name, error) || !dbk_body_get_text (body, "public_key", &key, error) ||
      !dbk_stmt_take (&st, db, DBK_STMT_WRITER_PUT, error))
    return FALSE;
  if (sodium_hex2bin (public_key, sizeof public_key, key, strlen (key), NULL, &size, NULL) != 0 || size != sizeof public_key)
    {
      g_set_error (error, DBK_DB_ERROR, DBK_DB_ERROR_CORRUPT, "A writer's key is malformed");
      return FALSE;
    }
  dbk_stmt_bind_text (&st, ":id", id);
  dbk_stmt_bind_text (&st, ":site", site);
  dbk_stmt_bind_text (&st, ":name", name);
  dbk_stmt_bind_blob (&st, ":public_key", public_key, size);
  return dbk_stmt_run (&st, error);
}

/* Where this opening begins in its chain. */
static gboolean
project_epoch (DbkDb          *db,
               const DbkFact  *fact,
               JsonObject     *body,
               GError        **error)
{
  g_auto(DbkStmt) st = { 0 };
  const char *previous;

  if (!dbk_body_get_text (body, "previous", &previous, error) || !dbk_stmt_take (&st, db, DBK_STMT_EPOCH_INSERT, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":writer", fact->writer);
  dbk_stmt_bind_int (&st, ":epoch", fact->epoch);
  dbk_stmt_bind_int (&st, ":seq", fact->seq);
  return dbk_stmt_run (&st, error);
}

/* ---- staff ---- */

gboolean
dbk_fact_staff (DbkDb           *db,
                const DbkStamp  *stamp,
                const DbkStaff  *staff,
                const char      *pin,
                gint64           version,
                GError         **error)
{
  JsonObject *body = json_object_new ();

  dbk_body_set_text (body, "staff", staff->id);
  dbk_body_set_text (body, "login", staff->login);
  dbk_body_set_text (body, "name", staff->name);
  dbk_body_set_text (body, "role", dbk_role_to_word (staff->role));
  dbk_body_set_text (body, "pin", pin);
  json_object_set_boolean_member (body, "ended", staff->ended);
  json_object_set_int_member (body, "version", version);
  return dbk_fact_append (db, stamp, &kind_staff, body, NULL, error);
}

static gboolean
project_staff (DbkDb          *db,
               const DbkFact  *fact,
               JsonObject     *body,
               GError        **error)
{
  g_auto(DbkStmt) st = { 0 };
  const char *id, *login, *name, *role, *pin;
  gint64 version;

  if (!dbk_body_get_text (body, "staff", &id, error) || !dbk_body_get_text (body, "login", &login, error) ||
      !dbk_body_get_text (body, "name", &name, error) || !dbk_body_get_text (body, "role", &role, error) ||
      !dbk_body_get_text (body, "pin", &pin, error) || !dbk_body_get_int (body, "version", &version, error) ||
      !dbk_stmt_take (&st, db, DBK_STMT_STAFF_PUT, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":id", id);
  dbk_stmt_bind_text (&st, ":login", login);
  dbk_stmt_bind_text (&st, ":name", name);
  dbk_stmt_bind_text (&st, ":role", role);
  dbk_stmt_bind_text (&st, ":pin", pin);
  dbk_stmt_bind_int (&st, ":ended", dbk_body_flag (body, "ended"));
  bind_winner (&st, fact, version);
  return dbk_stmt_run (&st, error);
}

/* ---- patients ---- */

#define N_ATTRIBUTES 9
static const char *const attribute_names[N_ATTRIBUTES] = {
  "number", "name", "pinyin", "born", "sex", "phone", "allergies", "state", "enrolled",
};

static void
list_attributes (const DbkPatient *patient,
                 char             *values[N_ATTRIBUTES])
{
  values[0] = g_strdup (patient->number);
  values[1] = g_strdup (patient->name);
  values[2] = g_strdup (patient->pinyin);
  values[3] = patient->born != DBK_DAY_NONE ? dbk_day_to_iso (patient->born) : NULL;
  values[4] = g_strdup (dbk_sex_to_word (patient->sex));
  values[5] = g_strdup (patient->phone);
  values[6] = g_strdup (patient->allergies);
  values[7] = g_strdup (dbk_patient_state_to_word (patient->state));
  values[8] = dbk_day_to_iso (patient->enrolled);
}

static void
free_attributes (char *values[N_ATTRIBUTES])
{
  for (gsize i = 0; i < N_ATTRIBUTES; i++)
    g_free (values[i]);
}

static void
add_attribute (JsonArray  *set,
               const char *name,
               const char *value,
               gint64      version)
{
  JsonObject *attribute = json_object_new ();

  dbk_body_set_text (attribute, "name", name);
  dbk_body_set_text (attribute, "value", value);
  json_object_set_int_member (attribute, "version", version);
  json_array_add_object_element (set, attribute);
}

static gboolean
append_attributes (DbkDb              *db,
                   const DbkStamp     *stamp,
                   const DbkFactKind  *kind,
                   const char         *patient,
                   JsonArray          *set,
                   GError            **error)
{
  JsonObject *body = json_object_new ();

  dbk_body_set_text (body, "patient", patient);
  json_object_set_array_member (body, "set", set);
  return dbk_fact_append (db, stamp, kind, body, NULL, error);
}

gboolean
dbk_fact_patient_registered (DbkDb             *db,
                             const DbkStamp    *stamp,
                             const DbkPatient  *patient,
                             GError           **error)
{
  char *values[N_ATTRIBUTES];
  JsonArray *set = json_array_new ();

  list_attributes (patient, values);
  for (gsize i = 0; i < N_ATTRIBUTES; i++)
    add_attribute (set, attribute_names[i], values[i], 1);
  free_attributes (values);
  return append_attributes (db, stamp, &kind_registered, patient->id, set, error);
}

typedef struct
{
  char   *value;
  gint64  version;
} Attribute;

static void
free_attribute (gpointer data)
{
  Attribute *self = data;

  g_free (self->value);
  g_free (self);
}

static GHashTable *
read_attributes (DbkDb       *db,
                 const char  *patient,
                 GError     **error)
{
  g_auto(DbkStmt) st = { 0 };
  g_autoptr(GHashTable) table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_attribute);
  gboolean row = FALSE;

  if (!dbk_stmt_take (&st, db, DBK_STMT_ATTRIBUTES, error))
    return NULL;
  dbk_stmt_bind_text (&st, ":patient", patient);
  while (TRUE)
    {
      Attribute *attribute;

      if (!dbk_stmt_next (&st, &row, error))
        return NULL;
      if (!row)
        return g_steal_pointer (&table);
      attribute = g_new0 (Attribute, 1);
      attribute->value = dbk_stmt_dup (&st, 1);
      attribute->version = dbk_stmt_int (&st, 2);
      g_hash_table_insert (table, dbk_stmt_dup (&st, 0), attribute);
    }
}

gboolean
dbk_fact_patient_changed (DbkDb             *db,
                          const DbkStamp    *stamp,
                          const DbkPatient  *after,
                          GError           **error)
{
  g_autoptr(GHashTable) known = read_attributes (db, after->id, error);
  g_autoptr(JsonArray) set = NULL;
  char *values[N_ATTRIBUTES];

  if (known == NULL)
    return FALSE;
  set = json_array_new ();
  list_attributes (after, values);
  for (gsize i = 0; i < N_ATTRIBUTES; i++)
    {
      const Attribute *before = g_hash_table_lookup (known, attribute_names[i]);

      if (before == NULL || g_strcmp0 (before->value, values[i]) != 0)
        add_attribute (set, attribute_names[i], values[i], before != NULL ? before->version + 1 : 1);
    }
  free_attributes (values);
  if (json_array_get_length (set) == 0)
    return TRUE;
  return append_attributes (db, stamp, &kind_changed, after->id, g_steal_pointer (&set), error);
}

gboolean
dbk_fact_patient_attribute (DbkDb           *db,
                            const DbkStamp  *stamp,
                            const char      *patient,
                            const char      *name,
                            const char      *value,
                            GError         **error)
{
  g_autoptr(GHashTable) known = read_attributes (db, patient, error);
  const Attribute *before = known != NULL ? g_hash_table_lookup (known, name) : NULL;
  JsonArray *set;

  if (known == NULL)
    return FALSE;
  set = json_array_new ();
  add_attribute (set, name, value, before != NULL ? before->version + 1 : 1);
  return append_attributes (db, stamp, &kind_changed, patient, set, error);
}

static gboolean
put_attribute (DbkDb          *db,
               const DbkFact  *fact,
               const char     *patient,
               JsonObject     *attribute,
               GError        **error)
{
  g_auto(DbkStmt) st = { 0 };
  const char *name;
  gint64 version;

  if (attribute == NULL)
    {
      g_set_error (error, DBK_DB_ERROR, DBK_DB_ERROR_CORRUPT, "A patient's attribute is malformed");
      return FALSE;
    }
  if (!dbk_body_get_text (attribute, "name", &name, error) || !dbk_body_get_int (attribute, "version", &version, error) ||
      !dbk_stmt_take (&st, db, DBK_STMT_ATTRIBUTE_PUT, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":patient", patient);
  dbk_stmt_bind_text (&st, ":name", name);
  dbk_stmt_bind_text (&st, ":value", dbk_body_text_or_null (attribute, "value"));
  bind_winner (&st, fact, version);
  return dbk_stmt_run (&st, error);
}

static const char *
winner_of (GHashTable *attributes,
           const char *name,
           const char *otherwise)
{
  const Attribute *attribute = g_hash_table_lookup (attributes, name);

  return attribute != NULL && attribute->value != NULL ? attribute->value : otherwise;
}

static DbkDay
winning_day (GHashTable *attributes,
             const char *name,
             DbkDay      otherwise)
{
  const char *text = winner_of (attributes, name, NULL);
  DbkDay day = otherwise;

  if (text == NULL || !dbk_day_from_iso (text, &day, NULL))
    return otherwise;
  return day;
}

static gboolean
put_patient (DbkDb          *db,
             const DbkFact  *fact,
             const char     *patient,
             GHashTable     *attributes,
             GError        **error)
{
  g_auto(DbkStmt) st = { 0 };

  if (!dbk_stmt_take (&st, db, DBK_STMT_PATIENT_PUT, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":id", patient);
  dbk_stmt_bind_text (&st, ":number", winner_of (attributes, "number", ""));
  dbk_stmt_bind_text (&st, ":name", winner_of (attributes, "name", ""));
  dbk_stmt_bind_text (&st, ":pinyin", winner_of (attributes, "pinyin", NULL));
  dbk_stmt_bind_day (&st, ":born", winning_day (attributes, "born", DBK_DAY_NONE));
  dbk_stmt_bind_text (&st, ":sex", winner_of (attributes, "sex", "unknown"));
  dbk_stmt_bind_text (&st, ":phone", winner_of (attributes, "phone", NULL));
  dbk_stmt_bind_text (&st, ":allergies", winner_of (attributes, "allergies", NULL));
  dbk_stmt_bind_text (&st, ":state", winner_of (attributes, "state", "active"));
  dbk_stmt_bind_int (&st, ":enrolled", winning_day (attributes, "enrolled", 0));
  return dbk_stmt_run (&st, error);
}

/* ---- what a patient is found by ---- */

static gboolean
add_key (DbkDb       *db,
         const char  *patient,
         const char  *kind,
         const char  *key,
         GError     **error)
{
  g_auto(DbkStmt) st = { 0 };

  if (key == NULL || *key == '\0')
    return TRUE;
  if (!dbk_stmt_take (&st, db, DBK_STMT_KEY_INSERT, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":key", key);
  dbk_stmt_bind_text (&st, ":kind", kind);
  dbk_stmt_bind_text (&st, ":patient", patient);
  return dbk_stmt_run (&st, error);
}

static gboolean
add_keys (DbkDb        *db,
          const char   *patient,
          const char   *kind,
          char        **keys,
          GError      **error)
{
  for (gsize i = 0; keys != NULL && keys[i] != NULL; i++)
    if (!add_key (db, patient, kind, keys[i], error))
      return FALSE;
  return TRUE;
}

/* Every suffix, so that a prefix range finds characters in the middle of a name. */
static gboolean
add_suffixes (DbkDb       *db,
              const char  *patient,
              const char  *folded,
              GError     **error)
{
  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    if (!add_key (db, patient, "c", p, error))
      return FALSE;
  return TRUE;
}

/* The last digits somebody reads out: every ending of 4 to 11 of them. */
static gboolean
add_phone_endings (DbkDb       *db,
                   const char  *patient,
                   const char  *phone,
                   GError     **error)
{
  g_autoptr(GString) digits = g_string_new ("");

  for (const char *p = phone != NULL ? phone : ""; *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      g_string_append_c (digits, *p);
  for (gsize n = 4; n <= digits->len && n <= 11; n++)
    if (!add_key (db, patient, "t", digits->str + digits->len - n, error))
      return FALSE;
  return TRUE;
}

static gboolean
put_keys (DbkDb       *db,
          const char  *patient,
          GHashTable  *attributes,
          GError     **error)
{
  g_auto(DbkStmt) clear = { 0 };
  g_autoptr(DbkNameKeys) keys = dbk_name_keys_new (winner_of (attributes, "name", ""), winner_of (attributes, "pinyin", NULL), error);
  g_autofree char *number = g_ascii_strdown (winner_of (attributes, "number", ""), -1);

  if (keys == NULL || !dbk_stmt_take (&clear, db, DBK_STMT_KEY_CLEAR, error))
    return FALSE;
  dbk_stmt_bind_text (&clear, ":patient", patient);
  return dbk_stmt_run (&clear, error) &&
         add_key (db, patient, "n", number, error) &&
         add_suffixes (db, patient, keys->folded, error) &&
         add_keys (db, patient, "p", keys->full, error) &&
         add_keys (db, patient, "i", keys->initials, error) &&
         add_key (db, patient, "s", keys->similar, error) &&
         add_phone_endings (db, patient, winner_of (attributes, "phone", NULL), error);
}

static gboolean
put_attendance (DbkDb       *db,
                const char  *patient,
                GHashTable  *attributes,
                GError     **error)
{
  g_auto(DbkStmt) last = { 0 }, put = { 0 };
  gboolean row = FALSE;

  if (!dbk_stmt_take (&last, db, DBK_STMT_DOSE_LAST_DAY, error) || !dbk_stmt_take (&put, db, DBK_STMT_ATTENDANCE_PUT, error))
    return FALSE;
  dbk_stmt_bind_text (&last, ":patient", patient);
  if (!dbk_stmt_next (&last, &row, error))
    return FALSE;
  dbk_stmt_bind_text (&put, ":patient", patient);
  dbk_stmt_bind_int (&put, ":active", strcmp (winner_of (attributes, "state", "active"), "active") == 0);
  dbk_stmt_bind_day (&put, ":last_day", dbk_stmt_day (&last, 0));
  return dbk_stmt_run (&put, error);
}

static gboolean
project_patient (DbkDb          *db,
                 const DbkFact  *fact,
                 JsonObject     *body,
                 GError        **error)
{
  g_autoptr(GHashTable) attributes = NULL;
  const char *patient;
  JsonNode *node = json_object_get_member (body, "set");
  JsonArray *set = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (!dbk_body_get_text (body, "patient", &patient, error))
    return FALSE;
  for (guint i = 0; set != NULL && i < json_array_get_length (set); i++)
    {
      JsonNode *element = json_array_get_element (set, i);

      if (!put_attribute (db, fact, patient, JSON_NODE_HOLDS_OBJECT (element) ? json_node_get_object (element) : NULL, error))
        return FALSE;
    }
  attributes = read_attributes (db, patient, error);
  return attributes != NULL &&
         put_patient (db, fact, patient, attributes, error) &&
         put_keys (db, patient, attributes, error) &&
         put_attendance (db, patient, attributes, error);
}

/* ---- photos and cards ---- */

gboolean
dbk_fact_photo (DbkDb           *db,
                const DbkStamp  *stamp,
                const char      *patient,
                DbkDay           taken,
                GBytes          *jpeg,
                GError         **error)
{
  JsonObject *body = json_object_new ();
  gsize size;
  const guint8 *data = g_bytes_get_data (jpeg, &size);
  g_autofree char *text = g_base64_encode (data, size);

  g_assert (size > 0 && size <= DBK_PHOTO_MAX);
  dbk_body_set_text (body, "patient", patient);
  dbk_body_set_day (body, "taken", taken);
  dbk_body_set_text (body, "jpeg", text);
  return dbk_fact_append (db, stamp, &kind_photo, body, NULL, error);
}

static gboolean
project_photo (DbkDb          *db,
               const DbkFact  *fact,
               JsonObject     *body,
               GError        **error)
{
  g_auto(DbkStmt) st = { 0 };
  g_autofree guint8 *jpeg = NULL;
  const char *patient, *text;
  DbkDay taken;
  gsize size = 0;

  if (!dbk_body_get_text (body, "patient", &patient, error) || !dbk_body_get_day (body, "taken", &taken, error) ||
      !dbk_body_get_text (body, "jpeg", &text, error) || !dbk_stmt_take (&st, db, DBK_STMT_PHOTO_PUT, error))
    return FALSE;
  jpeg = g_base64_decode (text, &size);
  dbk_stmt_bind_text (&st, ":patient", patient);
  dbk_stmt_bind_day (&st, ":taken", taken);
  dbk_stmt_bind_blob (&st, ":jpeg", jpeg, size);
  dbk_stmt_bind_int (&st, ":hlc", fact->hlc);
  dbk_stmt_bind_blob (&st, ":hash", fact->hash, sizeof fact->hash);
  return dbk_stmt_run (&st, error);
}

gboolean
dbk_fact_card_issued (DbkDb           *db,
                      const DbkStamp  *stamp,
                      const char      *code,
                      const char      *patient,
                      GError         **error)
{
  JsonObject *body = json_object_new ();

  dbk_body_set_text (body, "card", code);
  dbk_body_set_text (body, "patient", patient);
  return dbk_fact_append (db, stamp, &kind_card_issued, body, NULL, error);
}

gboolean
dbk_fact_card_revoked (DbkDb           *db,
                       const DbkStamp  *stamp,
                       const char      *code,
                       const char      *reason,
                       GError         **error)
{
  JsonObject *body = json_object_new ();

  dbk_body_set_text (body, "card", code);
  dbk_body_set_text (body, "reason", reason);
  return dbk_fact_append (db, stamp, &kind_card_revoked, body, NULL, error);
}

static gboolean
project_card (DbkDb          *db,
              const DbkFact  *fact,
              JsonObject     *body,
              GError        **error)
{
  g_auto(DbkStmt) st = { 0 };
  gboolean issued = strcmp (fact->kind, kind_card_issued.kind) == 0;
  const char *code, *other;

  if (!dbk_body_get_text (body, "card", &code, error) || !dbk_body_get_text (body, issued ? "patient" : "reason", &other, error) ||
      !dbk_stmt_take (&st, db, issued ? DBK_STMT_CARD_ISSUED : DBK_STMT_CARD_REVOKED, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":code", code);
  dbk_stmt_bind_text (&st, issued ? ":patient" : ":reason", other);
  dbk_stmt_bind_day (&st, ":day", dbk_fact_day (fact));
  dbk_stmt_bind_text (&st, ":author", fact->author);
  return dbk_stmt_run (&st, error);
}

const DbkProjector dbk_people_projectors[] = {
  { &kind_site, project_site },
  { &dbk_kind_writer, project_writer },
  { &dbk_kind_epoch, project_epoch },
  { &kind_staff, project_staff },
  { &kind_registered, project_patient },
  { &kind_changed, project_patient },
  { &kind_photo, project_photo },
  { &kind_card_issued, project_card },
  { &kind_card_revoked, project_card },
  { NULL, NULL },
};
