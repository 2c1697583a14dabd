/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-fact"

#include "db/facts/dbk-dose-facts.h"

#include <sodium.h>

#include "db/dbk-fact-log-private.h"
#include "db/facts/dbk-drug-facts-private.h"
#include "db/facts/dbk-pass-facts-private.h"
#include "db/record/dbk-code.h"

static const DbkFactKind kind_given = { "dose.given", 1, TRUE };
static const DbkFactKind kind_take_home = { "dose.take-home", 1, TRUE };
static const DbkFactKind kind_reversed = { "dose.reversed", 1, TRUE };
static const DbkFactKind kind_not_given = { "dose.not-given", 1, FALSE };
static const DbkFactKind kind_history = { "history.imported", 1, TRUE };
static const DbkFactKind kind_import = { "import.made", 1, FALSE };

static const char *const liquid_words[] = { "bottle", "waste", "patient" };

const char *
dbk_liquid_to_word (DbkLiquid liquid)
{
  g_return_val_if_fail ((guint) liquid < G_N_ELEMENTS (liquid_words), "waste");
  return liquid_words[liquid];
}

gboolean
dbk_liquid_from_word (const char *word,
                      DbkLiquid  *liquid)
{
  for (guint i = 0; i < G_N_ELEMENTS (liquid_words); i++)
    if (g_strcmp0 (word, liquid_words[i]) == 0)
      {
        *liquid = (DbkLiquid) i;
        return TRUE;
      }
  return FALSE;
}

/* ---- a dose ---- */

static JsonObject *
new_key_body (const char *id,
              const char *patient,
              DbkDay      day,
              gint        part)
{
  JsonObject *body = json_object_new ();

  dbk_body_set_text (body, "dose", id);
  dbk_body_set_text (body, "patient", patient);
  dbk_body_set_day (body, "for_day", day);
  json_object_set_int_member (body, "part", part);
  return body;
}

gboolean
dbk_fact_dose (DbkDb           *db,
               const DbkStamp  *stamp,
               const DbkDose   *dose,
               char           **fact_id,
               GError         **error)
{
  JsonObject *body = new_key_body (dose->id, dose->patient, dose->day, dose->part);

  dbk_body_set_text (body, "kind", dbk_dose_kind_to_word (dose->kind));
  json_object_set_int_member (body, "dose_ug", dose->dose_ug);
  json_object_set_int_member (body, "ordered_ug", dose->ordered_ug);
  json_object_set_int_member (body, "volume_ul", dose->volume_ul);
  dbk_body_set_text (body, "lot", dose->lot);
  dbk_body_set_text (body, "order", dose->order);
  dbk_body_set_text (body, "place", dose->place);
  dbk_body_set_text (body, "pass", dose->pass);
  json_object_set_int_member (body, "given_ms", dose->given_ms);
  if (dose->from_paper)
    json_object_set_boolean_member (body, "from_paper", TRUE);
  return dbk_fact_append (db, stamp, dose->kind == DBK_DOSE_TAKE_HOME ? &kind_take_home : &kind_given, body, fact_id, error);
}

typedef struct
{
  const char *id;
  const char *patient;
  DbkDay      day;
  gint64      part;
  const char *kind;
  gint64      dose_ug;
  gint64      ordered_ug;
  gint64      volume_ul;
  const char *lot;
  const char *order;
  gint64      given_ms;
  gboolean    from_paper;
  const char *site;   /* where it was given: a point on paper, or where it was written down */
  const char *pass;   /* the slip or voucher it was given for */
} DoseRow;

/* A point on paper has no bottle of its own in the record: what was sent there is poured. */
static const char *
poured_from (const DoseRow *row)
{
  return row->from_paper && row->pass != NULL ? "transit" : "bottle";
}

static gboolean
read_key (JsonObject  *body,
          DoseRow     *row,
          GError     **error)
{
  return dbk_body_get_text (body, "dose", &row->id, error) &&
         dbk_body_get_text (body, "patient", &row->patient, error) &&
         dbk_body_get_day (body, "for_day", &row->day, error) &&
         dbk_body_get_int (body, "part", &row->part, error);
}

static gboolean
read_row (const DbkFact  *fact,
          JsonObject     *body,
          DoseRow        *row,
          GError        **error)
{
  if (!read_key (body, row, error) || !dbk_body_get_text (body, "kind", &row->kind, error) ||
      !dbk_body_get_int (body, "dose_ug", &row->dose_ug, error))
    return FALSE;
  row->ordered_ug = dbk_body_int_or (body, "ordered_ug", 0);
  row->volume_ul = dbk_body_int_or (body, "volume_ul", 0);
  row->lot = dbk_body_text_or_null (body, "lot");
  row->order = dbk_body_text_or_null (body, "order");
  row->given_ms = dbk_body_int_or (body, "given_ms", 0);
  row->from_paper = dbk_body_flag (body, "from_paper");
  row->pass = dbk_body_text_or_null (body, "pass");
  row->site = dbk_body_text_or_null (body, "place");
  if (row->site == NULL)
    row->site = fact->site;
  return TRUE;
}

static void
bind_key (DbkStmt       *st,
          const DoseRow *row)
{
  dbk_stmt_lend_text (st, ":patient", row->patient);
  dbk_stmt_bind_day (st, ":day", row->day);
  dbk_stmt_bind_int (st, ":part", row->part);
}

static gboolean
insert_dose (DbkDb          *db,
             const DbkFact  *fact,
             const DoseRow  *row,
             GError        **error)
{
  g_auto(DbkStmt) st = { 0 };

  if (!dbk_stmt_take (&st, db, DBK_STMT_DOSE_INSERT, error))
    return FALSE;
  bind_key (&st, row);
  dbk_stmt_lend_text (&st, ":id", row->id);
  dbk_stmt_lend_blob (&st, ":fact", fact->hash, sizeof fact->hash);
  dbk_stmt_lend_text (&st, ":kind", row->kind);
  dbk_stmt_bind_int (&st, ":dose_ug", row->dose_ug);
  dbk_stmt_bind_int (&st, ":ordered_ug", row->ordered_ug);
  dbk_stmt_bind_int (&st, ":volume_ul", row->volume_ul);
  dbk_stmt_lend_text (&st, ":lot", row->lot);
  dbk_stmt_lend_text (&st, ":order_id", row->order);
  dbk_stmt_bind_int (&st, ":given_ms", row->given_ms);
  dbk_stmt_bind_int (&st, ":from_paper", row->from_paper);
  dbk_stmt_lend_text (&st, ":given_by", fact->author);
  dbk_stmt_lend_text (&st, ":site", row->site);
  dbk_stmt_lend_text (&st, ":pass", row->pass);
  return dbk_stmt_run (&st, error);
}

/* ---- the key and the day it covers ---- */

static gboolean
hold_key (DbkDb          *db,
          const DoseRow  *row,
          const char     *holder,
          GError        **error)
{
  g_auto(DbkStmt) st = { 0 };

  /* The counter has claimed it already; an imported dose does here. Held by another standing dose, both stay: a collision. */
  if (!dbk_stmt_take (&st, db, DBK_STMT_CLAIM_TAKE, error))
    return FALSE;
  bind_key (&st, row);
  dbk_stmt_lend_text (&st, ":holder", holder);
  return dbk_stmt_run (&st, error);
}

static gboolean
release_key (DbkDb          *db,
             const DoseRow  *row,
             GError        **error)
{
  g_auto(DbkStmt) release = { 0 }, other = { 0 };
  gboolean found = FALSE;

  if (!dbk_stmt_take (&release, db, DBK_STMT_CLAIM_RELEASE, error) ||
      !dbk_stmt_take (&other, db, DBK_STMT_DOSE_STANDING_OTHER, error))
    return FALSE;
  bind_key (&release, row);
  dbk_stmt_lend_text (&release, ":holder", row->id);
  if (!dbk_stmt_run (&release, error))
    return FALSE;
  bind_key (&other, row);
  return dbk_stmt_next (&other, &found, error) &&
         (!found || hold_key (db, row, dbk_stmt_text (&other, 0), error));
}

static gboolean
recount_attendance (DbkDb       *db,
                    const char  *patient,
                    GError     **error)
{
  g_auto(DbkStmt) last = { 0 }, set = { 0 };
  gboolean found = FALSE;

  if (!dbk_stmt_take (&last, db, DBK_STMT_DOSE_LAST_DAY, error) || !dbk_stmt_take (&set, db, DBK_STMT_ATTENDANCE_SET, error))
    return FALSE;
  dbk_stmt_lend_text (&last, ":patient", patient);
  if (!dbk_stmt_next (&last, &found, error))
    return FALSE;
  dbk_stmt_bind_day (&set, ":day", dbk_stmt_day (&last, 0));
  dbk_stmt_lend_text (&set, ":patient", patient);
  dbk_tally_forget_day (db, patient);
  return dbk_stmt_run (&set, error);
}

/* What a dose may find when it arrives: others on its key, and a reversal that came before it. Nearly never, so one question asks for both. */
typedef struct
{
  gboolean others;
  gboolean reversed;
} Surroundings;

static gboolean
look_around (DbkDb          *db,
             const DoseRow  *row,
             Surroundings   *around,
             GError        **error)
{
  g_auto(DbkStmt) st = { 0 };
  gboolean found = FALSE;

  if (!dbk_stmt_take (&st, db, DBK_STMT_DOSE_SURROUNDINGS, error))
    return FALSE;
  bind_key (&st, row);
  dbk_stmt_lend_text (&st, ":id", row->id);
  if (!dbk_stmt_next (&st, &found, error))
    return FALSE;
  around->others = dbk_stmt_int (&st, 0) != 0;
  around->reversed = dbk_stmt_int (&st, 1) != 0;
  return TRUE;
}

/* Noted whether or not one of them is reversed: what it means is asked of the facts' times when it is read. */
static gboolean
note_collisions (DbkDb          *db,
                 const DoseRow  *row,
                 GError        **error)
{
  g_auto(DbkStmt) st = { 0 };

  if (!dbk_stmt_take (&st, db, DBK_STMT_COLLISIONS_OF_DOSE, error))
    return FALSE;
  bind_key (&st, row);
  dbk_stmt_lend_text (&st, ":id", row->id);
  return dbk_stmt_run (&st, error);
}

/* ---- reversal ---- */

typedef struct
{
  const char *reason;
  const char *author;
  const char *liquid;
  gint64      ms;
} Reversal;

static gboolean
move_back (DbkDb          *db,
           const DoseRow  *row,
           const char     *liquid,
           GError        **error)
{
  /* What was swallowed stays with the patient account. */
  if (row->lot == NULL || strcmp (liquid, "patient") == 0)
    return TRUE;
  return dbk_move_drug (db, row->lot, row->site, "patient", strcmp (liquid, "bottle") == 0 ? poured_from (row) : "waste", row->volume_ul, error);
}

/* The later of two reversals has moved it already. */
static gboolean
undo_move (DbkDb          *db,
           const DoseRow  *row,
           const char     *liquid,
           GError        **error)
{
  if (row->lot == NULL || liquid == NULL || strcmp (liquid, "patient") == 0)
    return TRUE;
  return dbk_move_drug (db, row->lot, row->site, strcmp (liquid, "bottle") == 0 ? poured_from (row) : "waste", "patient", row->volume_ul, error);
}

static gboolean
apply_reversal (DbkDb           *db,
                const DoseRow   *row,
                const Reversal  *reversal,
                GError         **error)
{
  g_auto(DbkStmt) st = { 0 };

  if (!dbk_stmt_take (&st, db, DBK_STMT_DOSE_REVERSE, error))
    return FALSE;
  bind_key (&st, row);
  dbk_stmt_bind_text (&st, ":id", row->id);
  dbk_stmt_bind_text (&st, ":reason", reversal->reason);
  dbk_stmt_bind_text (&st, ":author", reversal->author);
  dbk_stmt_bind_int (&st, ":ms", reversal->ms);
  return dbk_stmt_run (&st, error) &&
         move_back (db, row, reversal->liquid, error) &&
         release_key (db, row, error) &&
         recount_attendance (db, row->patient, error);
}

static gboolean
apply_waiting_reversal (DbkDb          *db,
                        const DoseRow  *row,
                        GError        **error)
{
  g_auto(DbkStmt) st = { 0 };
  gboolean found = FALSE;
  Reversal reversal;

  if (!dbk_stmt_take (&st, db, DBK_STMT_REVERSAL_OF, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":dose", row->id);
  if (!dbk_stmt_next (&st, &found, error))
    return FALSE;
  g_assert (found);
  reversal.reason = dbk_stmt_text (&st, 0);
  reversal.author = dbk_stmt_text (&st, 1);
  reversal.ms = dbk_stmt_int (&st, 2);
  reversal.liquid = dbk_stmt_text (&st, 3);
  return apply_reversal (db, row, &reversal, error);
}

static gboolean
put_dose (DbkDb          *db,
          const DbkFact  *fact,
          const DoseRow  *row,
          GError        **error)
{
  Surroundings around = { FALSE, FALSE };

  if (!look_around (db, row, &around, error) || !insert_dose (db, fact, row, error) || (around.others && !note_collisions (db, row, error)) ||
      (row->lot != NULL && !dbk_move_drug (db, row->lot, row->site, poured_from (row), "patient", row->volume_ul, error)))
    return FALSE;
  if (around.reversed)
    return apply_waiting_reversal (db, row, error);
  return hold_key (db, row, row->id, error) && dbk_tally_advance_day (db, row->patient, row->day, error);
}

static gboolean
project_given (DbkDb          *db,
               const DbkFact  *fact,
               JsonObject     *body,
               GError        **error)
{
  DoseRow row = { 0 };

  return read_row (fact, body, &row, error) && put_dose (db, fact, &row, error) &&
         (row.pass == NULL || dbk_note_pass_outcome (db, fact, row.pass, "given", NULL, error));
}

gboolean
dbk_fact_dose_reversed (DbkDb           *db,
                        const DbkStamp  *stamp,
                        const DbkDose   *dose,
                        const char      *reason,
                        const char      *note,
                        DbkLiquid        liquid,
                        const char      *witness,
                        char           **fact_id,
                        GError         **error)
{
  JsonObject *body = new_key_body (dose->id, dose->patient, dose->day, dose->part);

  dbk_body_set_text (body, "reason", reason);
  dbk_body_set_text (body, "note", note);
  dbk_body_set_text (body, "liquid", dbk_liquid_to_word (liquid));
  dbk_body_set_text (body, "witness", witness);
  return dbk_fact_append (db, stamp, &kind_reversed, body, fact_id, error);
}

static gboolean
put_reversal (DbkDb           *db,
              const DbkFact   *fact,
              JsonObject      *body,
              const DoseRow   *row,
              const Reversal  *reversal,
              GError         **error)
{
  g_auto(DbkStmt) st = { 0 };

  if (!dbk_stmt_take (&st, db, DBK_STMT_REVERSAL_PUT, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":dose", row->id);
  dbk_stmt_bind_blob (&st, ":fact", fact->hash, sizeof fact->hash);
  dbk_stmt_bind_int (&st, ":hlc", fact->hlc);
  dbk_stmt_bind_text (&st, ":reason", reversal->reason);
  dbk_stmt_bind_text (&st, ":note", dbk_body_text_or_null (body, "note"));
  dbk_stmt_bind_text (&st, ":author", fact->author);
  dbk_stmt_bind_text (&st, ":witness", dbk_body_text_or_null (body, "witness"));
  dbk_stmt_bind_text (&st, ":liquid", reversal->liquid);
  dbk_stmt_bind_int (&st, ":ms", reversal->ms);
  return dbk_stmt_run (&st, error);
}

/* Reversed at two places: the earlier one counts, whichever comes first. @before gets where the liquid went by the one that is here; NULL: there
 * is none. */
static gboolean
find_earlier (DbkDb          *db,
              const DbkFact  *fact,
              const DoseRow  *row,
              gboolean       *stays,
              char          **before,
              GError        **error)
{
  g_auto(DbkStmt) st = { 0 };
  gboolean found = FALSE;

  if (!dbk_stmt_take (&st, db, DBK_STMT_REVERSAL_OF, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":dose", row->id);
  dbk_stmt_bind_int (&st, ":hlc", fact->hlc);
  dbk_stmt_bind_blob (&st, ":fact", fact->hash, sizeof fact->hash);
  if (!dbk_stmt_next (&st, &found, error))
    return FALSE;
  *stays = found && dbk_stmt_int (&st, 4) != 0;
  *before = found ? dbk_stmt_dup (&st, 3) : NULL;
  return TRUE;
}

static gboolean
complete_row (DbkDb     *db,
              DbkStmt   *st,
              DoseRow   *row,
              gboolean  *found,
              GError   **error)
{
  if (!dbk_stmt_take (st, db, DBK_STMT_DOSE_BY_ID, error))
    return FALSE;
  dbk_stmt_bind_text (st, ":patient", row->patient);
  dbk_stmt_bind_day (st, ":day", row->day);
  dbk_stmt_bind_text (st, ":id", row->id);
  if (!dbk_stmt_next (st, found, error))
    return FALSE;
  if (*found)
    {
      row->volume_ul = dbk_stmt_int (st, 8);
      row->lot = dbk_stmt_text (st, 9);
      row->site = dbk_stmt_text (st, 15);
      row->from_paper = dbk_stmt_int (st, 13) != 0;
      row->pass = dbk_stmt_text (st, 19);
    }
  return TRUE;
}

static gboolean
project_reversed (DbkDb          *db,
                  const DbkFact  *fact,
                  JsonObject     *body,
                  GError        **error)
{
  g_auto(DbkStmt) st = { 0 };
  DoseRow row = { 0 };
  Reversal reversal = { .author = fact->author, .ms = dbk_fact_wall_ms (fact) };
  g_autofree char *before = NULL;
  gboolean stays = FALSE, found = FALSE;

  if (!read_key (body, &row, error) || !dbk_body_get_text (body, "reason", &reversal.reason, error) ||
      !dbk_body_get_text (body, "liquid", &reversal.liquid, error) || !find_earlier (db, fact, &row, &stays, &before, error))
    return FALSE;
  if (stays)
    return TRUE;
  return put_reversal (db, fact, body, &row, &reversal, error) && complete_row (db, &st, &row, &found, error) &&
         (!found || (undo_move (db, &row, before, error) && apply_reversal (db, &row, &reversal, error)));
}

/* ---- not given ---- */

gboolean
dbk_fact_not_given (DbkDb              *db,
                    const DbkStamp     *stamp,
                    const DbkNotGiven  *not_given,
                    char              **fact_id,
                    GError            **error)
{
  JsonObject *body = json_object_new ();

  dbk_body_set_text (body, "not_given", not_given->id);
  dbk_body_set_text (body, "patient", not_given->patient);
  dbk_body_set_day (body, "for_day", not_given->day);
  dbk_body_set_text (body, "reason", not_given->reason);
  dbk_body_set_text (body, "note", not_given->note);
  dbk_body_set_text (body, "pass", not_given->pass);
  return dbk_fact_append (db, stamp, &kind_not_given, body, fact_id, error);
}

static gboolean
project_not_given (DbkDb          *db,
                   const DbkFact  *fact,
                   JsonObject     *body,
                   GError        **error)
{
  g_auto(DbkStmt) st = { 0 };
  const char *id, *patient, *reason, *pass = dbk_body_text_or_null (body, "pass");
  DbkDay day;

  if (!dbk_body_get_text (body, "not_given", &id, error) || !dbk_body_get_text (body, "patient", &patient, error) ||
      !dbk_body_get_text (body, "reason", &reason, error) || !dbk_body_get_day (body, "for_day", &day, error) ||
      !dbk_stmt_take (&st, db, DBK_STMT_NOT_GIVEN_INSERT, error))
    return FALSE;
  dbk_stmt_bind_day (&st, ":day", day);
  dbk_stmt_bind_text (&st, ":patient", patient);
  dbk_stmt_bind_text (&st, ":id", id);
  dbk_stmt_bind_text (&st, ":reason", reason);
  dbk_stmt_bind_text (&st, ":note", dbk_body_text_or_null (body, "note"));
  dbk_stmt_bind_text (&st, ":author", fact->author);
  dbk_stmt_bind_int (&st, ":ms", dbk_fact_wall_ms (fact));
  return dbk_stmt_run (&st, error) && (pass == NULL || dbk_note_pass_outcome (db, fact, pass, "not-given", reason, error));
}

/* ---- an earlier register ---- */

char *
dbk_imported_dose_id (const char *patient,
                      DbkDay      day)
{
  g_autofree char *iso = dbk_day_to_iso (day);
  g_autofree char *text = g_strdup_printf ("imported dose|%s|%s|1", patient, iso);
  guint8 hash[32];

  crypto_generichash (hash, sizeof hash, (const guint8 *) text, strlen (text), NULL, 0);
  return dbk_id_encode (hash);
}

gboolean
dbk_fact_history (DbkDb           *db,
                  const DbkStamp  *stamp,
                  const char      *import_id,
                  const char      *patient,
                  const DbkDay    *days,
                  const gint64    *doses_ug,
                  gsize            n,
                  GError         **error)
{
  JsonObject *body = json_object_new ();
  JsonArray *doses = json_array_sized_new ((guint) n);

  for (gsize i = 0; i < n; i++)
    {
      JsonArray *dose = json_array_sized_new (2);
      g_autofree char *iso = dbk_day_to_iso (days[i]);

      json_array_add_string_element (dose, iso);
      json_array_add_int_element (dose, doses_ug[i]);
      json_array_add_array_element (doses, dose);
    }
  dbk_body_set_text (body, "import", import_id);
  dbk_body_set_text (body, "patient", patient);
  json_object_set_array_member (body, "doses", doses);
  return dbk_fact_append (db, stamp, &kind_history, body, NULL, error);
}

static gboolean
read_history_row (JsonNode  *node,
                  DoseRow   *row,
                  GError   **error)
{
  JsonArray *pair = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  JsonNode *amount = pair != NULL && json_array_get_length (pair) == 2 ? json_array_get_element (pair, 1) : NULL;
  const char *iso = amount != NULL ? json_node_get_string (json_array_get_element (pair, 0)) : NULL;

  if (iso == NULL || !dbk_day_from_iso (iso, &row->day, NULL) || !JSON_NODE_HOLDS_VALUE (amount) ||
      json_node_get_value_type (amount) != G_TYPE_INT64)
    {
      g_set_error (error, DBK_DB_ERROR, DBK_DB_ERROR_CORRUPT, "An imported dose is malformed");
      return FALSE;
    }
  row->dose_ug = json_node_get_int (amount);
  return TRUE;
}

static gboolean
project_history (DbkDb          *db,
                 const DbkFact  *fact,
                 JsonObject     *body,
                 GError        **error)
{
  DoseRow row = { .part = 1, .kind = dbk_dose_kind_to_word (DBK_DOSE_IMPORTED), .site = fact->site };
  JsonNode *node = json_object_get_member (body, "doses");
  JsonArray *doses = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (!dbk_body_get_text (body, "patient", &row.patient, error))
    return FALSE;
  for (guint i = 0; doses != NULL && i < json_array_get_length (doses); i++)
    {
      g_autofree char *id = NULL;

      if (!read_history_row (json_array_get_element (doses, i), &row, error))
        return FALSE;
      id = dbk_imported_dose_id (row.patient, row.day);
      row.id = id;
      if (!put_dose (db, fact, &row, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
dbk_fact_import (DbkDb           *db,
                 const DbkStamp  *stamp,
                 const char      *import_id,
                 const char      *what,
                 const char      *digest,
                 gint64           rows,
                 gint64           patients,
                 gint64           imported,
                 gint64           already,
                 GError         **error)
{
  JsonObject *body = json_object_new ();

  dbk_body_set_text (body, "import", import_id);
  dbk_body_set_text (body, "what", what);
  dbk_body_set_text (body, "digest", digest);
  json_object_set_int_member (body, "rows", rows);
  json_object_set_int_member (body, "patients", patients);
  json_object_set_int_member (body, "imported", imported);
  json_object_set_int_member (body, "already", already);
  return dbk_fact_append (db, stamp, &kind_import, body, NULL, error);
}

static gboolean
project_import (DbkDb          *db,
                const DbkFact  *fact,
                JsonObject     *body,
                GError        **error)
{
  g_auto(DbkStmt) st = { 0 };
  const char *id, *what, *digest;

  if (!dbk_body_get_text (body, "import", &id, error) || !dbk_body_get_text (body, "what", &what, error) ||
      !dbk_body_get_text (body, "digest", &digest, error) || !dbk_stmt_take (&st, db, DBK_STMT_IMPORT_INSERT, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":id", id);
  dbk_stmt_bind_text (&st, ":digest", digest);
  dbk_stmt_bind_text (&st, ":what", what);
  dbk_stmt_bind_int (&st, ":rows", dbk_body_int_or (body, "rows", 0));
  dbk_stmt_bind_int (&st, ":patients", dbk_body_int_or (body, "patients", 0));
  dbk_stmt_bind_int (&st, ":imported", dbk_body_int_or (body, "imported", 0));
  dbk_stmt_bind_int (&st, ":already", dbk_body_int_or (body, "already", 0));
  dbk_stmt_bind_text (&st, ":author", fact->author);
  dbk_stmt_bind_int (&st, ":ms", dbk_fact_wall_ms (fact));
  return dbk_stmt_run (&st, error);
}

const DbkProjector dbk_dose_projectors[] = {
  { &kind_given, project_given },
  { &kind_take_home, project_given },
  { &kind_reversed, project_reversed },
  { &kind_not_given, project_not_given },
  { &kind_history, project_history },
  { &kind_import, project_import },
  { NULL, NULL },
};
