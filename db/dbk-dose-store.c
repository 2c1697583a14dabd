/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-db"

#include "db/dbk-dose-store.h"

#include "db/dbk-fact-log.h"
#include "db/dbk-lease-store.h"
#include "db/dbk-store-private.h"

/* ---- doses ---- */

/* The lot's number, the giver's name, the site's code: each is looked up once for a list, not once for a row. */
typedef struct
{
  DbkStatement  statement;
  GHashTable   *names;   /* id -> name; NULL for an id that is not known (yet) */
  char         *last_id; /* of the row before, borrowed from @names: often it is the same again */
  char         *last;
} Names;

typedef struct
{
  DbkDb *db;
  Names  lots;
  Names  staff;
  Names  sites;
} DoseReader;

static void
clear_reader (DoseReader *self)
{
  g_clear_pointer (&self->lots.names, g_hash_table_unref);
  g_clear_pointer (&self->staff.names, g_hash_table_unref);
  g_clear_pointer (&self->sites.names, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DoseReader, clear_reader)

static void
init_reader (DoseReader *self,
             DbkDb      *db)
{
  self->db = db;
  self->lots.statement = DBK_STMT_LOT_NUMBER;
  self->staff.statement = DBK_STMT_STAFF_NAME;
  self->sites.statement = DBK_STMT_SITE_CODE;
}

static gboolean
look_up_name (DbkDb       *db,
              Names       *names,
              const char  *id,
              GError     **error)
{
  g_auto(DbkStmt) st = { 0 };
  gboolean row = FALSE;

  if (!dbk_stmt_take (&st, db, names->statement, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":id", id);
  if (!dbk_stmt_next (&st, &row, error))
    return FALSE;
  names->last_id = g_strdup (id);
  names->last = row ? dbk_stmt_dup (&st, 0) : NULL;
  g_hash_table_insert (names->names, names->last_id, names->last);
  return TRUE;
}

static gboolean
find_name (DbkDb        *db,
           Names        *names,
           const char   *id,
           const char  **name,
           GError      **error)
{
  *name = NULL;
  if (id == NULL)
    return TRUE;
  if (names->names == NULL)
    names->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if ((names->last_id == NULL || strcmp (names->last_id, id) != 0) &&
      !g_hash_table_lookup_extended (names->names, id, (gpointer *) &names->last_id, (gpointer *) &names->last) &&
      !look_up_name (db, names, id, error))
    return FALSE;
  *name = names->last;
  return TRUE;
}

/* A history of ten years is thousands of doses with a dozen strings each: one allocation for a dose instead of a dozen. */
enum { TEXT_ID, TEXT_PATIENT, TEXT_LOT, TEXT_LOT_NUMBER, TEXT_ORDER, TEXT_GIVEN_BY, TEXT_GIVER_NAME, TEXT_SITE, TEXT_REASON, TEXT_REVERSED_BY, TEXT_PASS, N_TEXTS };

typedef struct
{
  const char *text[N_TEXTS];
  gsize       size[N_TEXTS]; /* with the NUL; 0: NULL */
} DoseTexts;

static void
borrow (DbkStmt   *st,
        DoseTexts *texts,
        guint      which,
        int        column)
{
  texts->text[which] = dbk_stmt_text_sized (st, column, &texts->size[which]);
}

static gboolean
borrow_name (DoseReader  *reader,
             Names       *names,
             DoseTexts   *texts,
             guint        id,
             guint        which,
             GError     **error)
{
  const char *name;

  if (!find_name (reader->db, names, texts->text[id], &name, error))
    return FALSE;
  texts->text[which] = name;
  texts->size[which] = name != NULL ? strlen (name) + 1 : 0;
  return TRUE;
}

static gboolean
borrow_texts (DoseReader  *reader,
              DbkStmt     *st,
              DoseTexts   *texts,
              GError     **error)
{
  const char *code;

  borrow (st, texts, TEXT_ID, 0);
  borrow (st, texts, TEXT_PATIENT, 2);
  borrow (st, texts, TEXT_LOT, 9);
  borrow (st, texts, TEXT_ORDER, 10);
  borrow (st, texts, TEXT_GIVEN_BY, 14);
  borrow (st, texts, TEXT_SITE, 15);
  borrow (st, texts, TEXT_REASON, 16);
  borrow (st, texts, TEXT_REVERSED_BY, 17);
  borrow (st, texts, TEXT_PASS, 19);
  if (!borrow_name (reader, &reader->lots, texts, TEXT_LOT, TEXT_LOT_NUMBER, error) ||
      !borrow_name (reader, &reader->staff, texts, TEXT_GIVEN_BY, TEXT_GIVER_NAME, error) ||
      !find_name (reader->db, &reader->sites, texts->text[TEXT_SITE], &code, error))
    return FALSE;
  /* A site that is not known yet shows by its id. */
  if (code != NULL)
    {
      texts->text[TEXT_SITE] = code;
      texts->size[TEXT_SITE] = strlen (code) + 1;
    }
  return TRUE;
}

static char *
pack (char            **place,
      const DoseTexts  *texts,
      guint             which)
{
  char *packed = *place;

  if (texts->size[which] == 0)
    return NULL;
  memcpy (packed, texts->text[which], texts->size[which]);
  *place += texts->size[which];
  return packed;
}

static DbkDose *
new_in_one_block (const DoseTexts *texts,
                  const guint8     hash[DBK_FACT_HASH_SIZE])
{
  gsize size = sizeof (DbkDose) + DBK_FACT_ID_LENGTH + 1;
  DbkDose *dose;
  char *place;

  for (guint i = 0; i < N_TEXTS; i++)
    size += texts->size[i];
  dose = g_malloc (size);
  memset (dose, 0, sizeof *dose);
  place = (char *) (dose + 1);
  dose->in_one_block = TRUE;
  dose->fact = place;
  dbk_fact_id_write (hash, place);
  place += DBK_FACT_ID_LENGTH + 1;
  dose->id = pack (&place, texts, TEXT_ID);
  dose->patient = pack (&place, texts, TEXT_PATIENT);
  dose->lot = pack (&place, texts, TEXT_LOT);
  dose->lot_number = pack (&place, texts, TEXT_LOT_NUMBER);
  dose->order = pack (&place, texts, TEXT_ORDER);
  dose->given_by = pack (&place, texts, TEXT_GIVEN_BY);
  dose->giver_name = pack (&place, texts, TEXT_GIVER_NAME);
  dose->site = pack (&place, texts, TEXT_SITE);
  dose->reversal_reason = pack (&place, texts, TEXT_REASON);
  dose->reversed_by = pack (&place, texts, TEXT_REVERSED_BY);
  dose->pass = pack (&place, texts, TEXT_PASS);
  return dose;
}

static DbkDose *
read_dose (DoseReader  *reader,
           DbkStmt     *st,
           GError     **error)
{
  g_autoptr(DbkDose) dose = NULL;
  DoseTexts texts;
  gsize size;
  const guint8 *hash;

  if (!borrow_texts (reader, st, &texts, error))
    return NULL;
  hash = dbk_stmt_blob (st, 1, &size);
  if (size != DBK_FACT_HASH_SIZE)
    {
      g_set_error (error, DBK_DB_ERROR, DBK_DB_ERROR_CORRUPT, "A dose does not say which fact it comes from");
      return NULL;
    }
  dose = new_in_one_block (&texts, hash);
  dose->day = dbk_stmt_day (st, 3);
  dose->part = (gint32) dbk_stmt_int (st, 4);
  dose->dose_ug = dbk_stmt_int (st, 6);
  dose->ordered_ug = dbk_stmt_int (st, 7);
  dose->volume_ul = dbk_stmt_int (st, 8);
  dose->taken_permille = (gint32) dbk_stmt_int (st, 11);
  dose->given_ms = dbk_stmt_int (st, 12);
  dose->from_paper = dbk_stmt_int (st, 13) != 0;
  dose->reversed_ms = dbk_stmt_int (st, 18);
  if (!dbk_dose_kind_from_word (dbk_stmt_text (st, 5), &dose->kind, error))
    return NULL;
  return g_steal_pointer (&dose);
}

static DbkDose *
read_one_dose (DbkDb    *db,
               DbkStmt  *st,
               GError  **error)
{
  g_auto(DoseReader) reader = { 0 };

  init_reader (&reader, db);
  return read_dose (&reader, st, error);
}

static GPtrArray *
collect_doses (DbkDb    *db,
               DbkStmt  *st,
               GError  **error)
{
  g_autoptr(GPtrArray) doses = g_ptr_array_new_with_free_func ((GDestroyNotify) dbk_dose_free);
  g_auto(DoseReader) reader = { 0 };
  gboolean row = FALSE;

  init_reader (&reader, db);
  while (dbk_stmt_next (st, &row, error))
    {
      DbkDose *dose;

      if (!row)
        return g_steal_pointer (&doses);
      dose = read_dose (&reader, st, error);
      if (dose == NULL)
        return NULL;
      g_ptr_array_add (doses, dose);
    }
  return NULL;
}

/* ---- two doses that should have been one ---- */

static gboolean
mark_of_patient (DbkDb       *db,
                 GPtrArray   *doses,
                 const char  *patient,
                 GError     **error)
{
  g_autoptr(GPtrArray) collisions = dbk_collision_list_of_patient (db, patient, error);

  for (guint i = 0; collisions != NULL && i < collisions->len; i++)
    {
      const DbkCollision *collision = g_ptr_array_index (collisions, i);

      for (guint j = 0; collision->finding == NULL && j < doses->len; j++)
        {
          DbkDose *dose = g_ptr_array_index (doses, j);

          dose->collides |= strcmp (dose->id, collision->dose_a) == 0 || strcmp (dose->id, collision->dose_b) == 0;
        }
    }
  return collisions != NULL;
}

/* Asked only where a key has two doses: nearly never. Takes @doses. */
static GPtrArray *
mark_collisions (DbkDb      *db,
                 GPtrArray  *doses,
                 GError    **error)
{
  g_autoptr(GPtrArray) owned = doses;
  g_autoptr(GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GHashTable) asked = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; doses != NULL && i < doses->len; i++)
    {
      const DbkDose *dose = g_ptr_array_index (doses, i);

      if (g_hash_table_add (keys, g_strdup_printf ("%s %d %d", dose->patient, dose->day, dose->part)) ||
          !g_hash_table_add (asked, dose->patient))
        continue;
      if (!mark_of_patient (db, doses, dose->patient, error))
        return NULL;
    }
  return g_steal_pointer (&owned);
}

/* In order of their keys, as a patient's are, two of one key are neighbours. Takes @doses. */
static GPtrArray *
mark_neighbours (DbkDb       *db,
                 GPtrArray   *doses,
                 const char  *patient,
                 GError     **error)
{
  g_autoptr(GPtrArray) owned = doses;
  gboolean two = FALSE;

  for (guint i = 1; doses != NULL && i < doses->len && !two; i++)
    {
      const DbkDose *one = g_ptr_array_index (doses, i - 1), *other = g_ptr_array_index (doses, i);

      two = one->day == other->day && one->part == other->part;
    }
  return !two || mark_of_patient (db, doses, patient, error) ? g_steal_pointer (&owned) : NULL;
}

static void
bind_range (DbkStmt    *st,
            const char *patient,
            DbkDay      from,
            DbkDay      to)
{
  dbk_stmt_bind_text (st, ":patient", patient);
  dbk_stmt_bind_int (st, ":from", from != DBK_DAY_NONE ? from : G_MININT32);
  dbk_stmt_bind_int (st, ":to", to != DBK_DAY_NONE ? to : G_MAXINT32);
}

GPtrArray *
dbk_dose_list_of_patient (DbkDb       *db,
                          const char  *patient,
                          DbkDay       from,
                          DbkDay       to,
                          GError     **error)
{
  g_auto(DbkStmt) st = { 0 };

  if (!dbk_stmt_take (&st, db, DBK_STMT_DOSES_OF_PATIENT, error))
    return NULL;
  bind_range (&st, patient, from, to);
  return mark_neighbours (db, collect_doses (db, &st, error), patient, error);
}

GPtrArray *
dbk_dose_list_of_day (DbkDb   *db,
                      DbkDay   day,
                      GError **error)
{
  g_auto(DbkStmt) st = { 0 };

  if (!dbk_stmt_take (&st, db, DBK_STMT_DOSES_OF_DAY, error))
    return NULL;
  dbk_stmt_bind_day (&st, ":day", day);
  return mark_collisions (db, collect_doses (db, &st, error), error);
}

void
dbk_reversal_row_free (DbkReversalRow *self)
{
  g_free (self->dose);
  g_free (self->note);
  g_free (self->witness_name);
  g_free (self);
}

static gpointer
read_reversal (DbkStmt  *st,
               GError  **error)
{
  DbkReversalRow *row = g_new0 (DbkReversalRow, 1);

  row->dose = dbk_stmt_dup (st, 0);
  row->note = dbk_stmt_dup (st, 1);
  row->witness_name = dbk_stmt_dup (st, 2);
  return row;
}

GPtrArray *
dbk_reversal_list (DbkDb       *db,
                   const char  *patient,
                   GError     **error)
{
  return dbk_store_list (db, DBK_STMT_REVERSALS_OF_PATIENT, ":patient", patient, read_reversal, (GDestroyNotify) dbk_reversal_row_free, error);
}

DbkDose *
dbk_dose_last_before (DbkDb       *db,
                      const char  *patient,
                      DbkDay       day,
                      GError     **error)
{
  g_auto(DbkStmt) st = { 0 };
  gboolean row = FALSE;

  if (!dbk_stmt_take (&st, db, DBK_STMT_DOSE_LAST_BEFORE, error))
    return NULL;
  dbk_stmt_bind_text (&st, ":patient", patient);
  dbk_stmt_bind_day (&st, ":day", day);
  if (!dbk_stmt_next (&st, &row, error) || !row)
    return NULL;
  return read_one_dose (db, &st, error);
}

DbkDose *
dbk_dose_get (DbkDb       *db,
              const char  *id,
              GError     **error)
{
  g_auto(DbkStmt) st = { 0 };

  if (!dbk_store_seek_text (&st, db, DBK_STMT_DOSE_BY_ID_SCAN, ":id", id, "dose", error))
    return NULL;
  return read_one_dose (db, &st, error);
}

gboolean
dbk_dose_first_day (DbkDb       *db,
                    const char  *patient,
                    DbkDay      *day,
                    GError     **error)
{
  g_auto(DbkStmt) st = { 0 };
  gboolean row = FALSE;

  if (!dbk_stmt_take (&st, db, DBK_STMT_DOSE_FIRST, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":patient", patient);
  if (!dbk_stmt_next (&st, &row, error))
    return FALSE;
  *day = dbk_stmt_day (&st, 0);
  return TRUE;
}

gboolean
dbk_dose_totals (DbkDb   *db,
                 gint64  *doses,
                 gint64  *dose_ug,
                 gint64  *patients,
                 GError **error)
{
  g_auto(DbkStmt) st = { 0 };
  gboolean row = FALSE;

  if (!dbk_stmt_take (&st, db, DBK_STMT_DOSE_TOTALS, error) || !dbk_stmt_next (&st, &row, error))
    return FALSE;
  *doses = dbk_stmt_int (&st, 0);
  *dose_ug = dbk_stmt_int (&st, 1);
  *patients = dbk_stmt_int (&st, 2);
  return TRUE;
}

GArray *
dbk_dose_days_of_patient (DbkDb       *db,
                          const char  *patient,
                          GArray     **doses_ug,
                          GError     **error)
{
  g_auto(DbkStmt) st = { 0 };
  g_autoptr(GArray) days = g_array_new (FALSE, FALSE, sizeof (DbkDay));
  g_autoptr(GArray) amounts = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean row = FALSE;

  if (!dbk_stmt_take (&st, db, DBK_STMT_DOSE_DAYS_OF_PATIENT, error))
    return NULL;
  dbk_stmt_bind_text (&st, ":patient", patient);
  while (dbk_stmt_next (&st, &row, error))
    {
      DbkDay day;
      gint64 amount;

      if (!row)
        {
          if (doses_ug != NULL)
            *doses_ug = g_steal_pointer (&amounts);
          return g_steal_pointer (&days);
        }
      day = dbk_stmt_day (&st, 0);
      amount = dbk_stmt_int (&st, 1);
      g_array_append_val (days, day);
      g_array_append_val (amounts, amount);
    }
  return NULL;
}

/* ---- not given ---- */

static gpointer
read_not_given (DbkStmt  *st,
                GError  **error)
{
  DbkNotGiven *not_given = dbk_not_given_new ();

  not_given->id = dbk_stmt_dup (st, 0);
  not_given->patient = dbk_stmt_dup (st, 1);
  not_given->day = dbk_stmt_day (st, 2);
  not_given->reason = dbk_stmt_dup (st, 3);
  not_given->note = dbk_stmt_dup (st, 4);
  not_given->by = dbk_stmt_dup (st, 5);
  not_given->by_name = dbk_stmt_dup (st, 6);
  not_given->at_ms = dbk_stmt_int (st, 7);
  return not_given;
}

GPtrArray *
dbk_not_given_list_of_day (DbkDb       *db,
                           DbkDay       day,
                           const char  *patient,
                           GError     **error)
{
  g_auto(DbkStmt) st = { 0 };

  if (!dbk_stmt_take (&st, db, DBK_STMT_NOT_GIVEN_OF_DAY, error))
    return NULL;
  dbk_stmt_bind_day (&st, ":day", day);
  dbk_stmt_bind_text (&st, ":patient", patient);
  return dbk_store_collect (&st, read_not_given, (GDestroyNotify) dbk_not_given_free, error);
}

GPtrArray *
dbk_not_given_list_of_patient (DbkDb       *db,
                               const char  *patient,
                               DbkDay       from,
                               DbkDay       to,
                               GError     **error)
{
  g_auto(DbkStmt) st = { 0 };

  if (!dbk_stmt_take (&st, db, DBK_STMT_NOT_GIVEN_OF_PATIENT, error))
    return NULL;
  bind_range (&st, patient, from, to);
  return dbk_store_collect (&st, read_not_given, (GDestroyNotify) dbk_not_given_free, error);
}

/* ---- who is missing ---- */

static gpointer
read_text (DbkStmt  *st,
           GError  **error)
{
  return dbk_stmt_dup (st, 0);
}

GPtrArray *
dbk_attendance_sweep (DbkDb   *db,
                      DbkDay   day,
                      GError **error)
{
  g_auto(DbkStmt) st = { 0 };

  if (!dbk_stmt_take (&st, db, DBK_STMT_MISSED_SWEEP, error))
    return NULL;
  dbk_stmt_bind_day (&st, ":day", day);
  return dbk_store_collect (&st, read_text, g_free, error);
}

GPtrArray *
dbk_attendance_active (DbkDb   *db,
                       GError **error)
{
  return dbk_store_list (db, DBK_STMT_ACTIVE_PATIENTS, NULL, NULL, read_text, g_free, error);
}

/* ---- drug ---- */

static gpointer
read_lot (DbkStmt  *st,
          GError  **error)
{
  DbkLot *lot = dbk_lot_new ();

  lot->id = dbk_stmt_dup (st, 0);
  lot->number = dbk_stmt_dup (st, 1);
  lot->product = dbk_stmt_dup (st, 2);
  lot->ug_per_ml = dbk_stmt_int (st, 3);
  lot->expires = dbk_stmt_day (st, 4);
  lot->received_ul = dbk_stmt_int (st, 5);
  lot->safe_ul = dbk_stmt_int (st, 6);
  lot->bottle_ul = dbk_stmt_int (st, 7);
  lot->given_ul = dbk_stmt_int (st, 8);
  lot->waste_ul = dbk_stmt_int (st, 9);
  lot->transit_ul = dbk_stmt_int (st, 10);
  lot->opened = dbk_stmt_day (st, 11);
  lot->is_open = dbk_stmt_int (st, 12) != 0;
  return lot;
}

GPtrArray *
dbk_lot_list (DbkDb       *db,
              const char  *site,
              GError     **error)
{
  return dbk_store_list (db, DBK_STMT_LOT_ALL, ":site", site, read_lot, (GDestroyNotify) dbk_lot_free, error);
}

DbkLot *
dbk_lot_by_number (DbkDb       *db,
                   const char  *site,
                   const char  *number,
                   GError     **error)
{
  g_auto(DbkStmt) st = { 0 };
  gboolean row = FALSE;

  if (!dbk_stmt_take (&st, db, DBK_STMT_LOT_BY_NUMBER, error))
    return NULL;
  dbk_stmt_bind_text (&st, ":site", site);
  dbk_stmt_bind_text (&st, ":number", number);
  if (!dbk_stmt_next (&st, &row, error))
    return NULL;
  if (!row)
    {
      g_set_error (error, DBK_DB_ERROR, DBK_DB_ERROR_NOT_FOUND, "There is no lot \"%s\"", number);
      return NULL;
    }
  return read_lot (&st, error);
}

DbkLot *
dbk_lot_open (DbkDb       *db,
              const char  *site,
              GError     **error)
{
  g_auto(DbkStmt) st = { 0 };
  gboolean row = FALSE;

  if (!dbk_stmt_take (&st, db, DBK_STMT_LOT_OPEN, error))
    return NULL;
  dbk_stmt_bind_text (&st, ":site", site);
  if (!dbk_stmt_next (&st, &row, error) || !row)
    return NULL;
  return read_lot (&st, error);
}

/* ---- accounts ---- */

void
dbk_balance_free (DbkBalance *self)
{
  if (self == NULL)
    return;
  g_free (self->lot_number);
  g_free (self->site);
  g_free (self->site_code);
  g_free (self->account);
  g_free (self);
}

static gpointer
read_balance (DbkStmt  *st,
              GError  **error)
{
  DbkBalance *balance = g_new0 (DbkBalance, 1);

  balance->lot_number = dbk_stmt_dup (st, 0);
  balance->site = dbk_stmt_dup (st, 1);
  balance->site_code = dbk_stmt_dup (st, 2);
  balance->account = dbk_stmt_dup (st, 3);
  balance->volume_ul = dbk_stmt_int (st, 4);
  return balance;
}

GPtrArray *
dbk_balance_list (DbkDb   *db,
                  GError **error)
{
  return dbk_store_list (db, DBK_STMT_BALANCES, NULL, NULL, read_balance, (GDestroyNotify) dbk_balance_free, error);
}

void
dbk_given_free (DbkGiven *self)
{
  if (self == NULL)
    return;
  g_free (self->lot_number);
  g_free (self->lot);
  g_free (self->site);
  g_free (self->site_code);
  g_free (self);
}

static gpointer
read_given (DbkStmt  *st,
            GError  **error)
{
  DbkGiven *given = g_new0 (DbkGiven, 1);

  given->lot_number = dbk_stmt_dup (st, 0);
  given->lot = dbk_stmt_dup (st, 1);
  given->site = dbk_stmt_dup (st, 2);
  given->site_code = dbk_stmt_dup (st, 3);
  given->volume_ul = dbk_stmt_int (st, 4);
  return given;
}

GPtrArray *
dbk_given_list (DbkDb     *db,
                gboolean   told,
                GError   **error)
{
  return dbk_store_list (db, told ? DBK_STMT_GIVEN_TOLD : DBK_STMT_GIVEN_HERE, NULL, NULL, read_given, (GDestroyNotify) dbk_given_free, error);
}

gboolean
dbk_given_set_told (DbkDb      *db,
                    GPtrArray  *given,
                    GError    **error)
{
  g_auto(DbkStmt) clear = { 0 };

  if (!dbk_stmt_take (&clear, db, DBK_STMT_GIVEN_TOLD_CLEAR, error) || !dbk_stmt_run (&clear, error))
    return FALSE;
  for (guint i = 0; i < given->len; i++)
    {
      const DbkGiven *one = g_ptr_array_index (given, i);
      g_auto(DbkStmt) st = { 0 };

      if (!dbk_stmt_take (&st, db, DBK_STMT_GIVEN_TOLD_PUT, error))
        return FALSE;
      dbk_stmt_bind_text (&st, ":lot", one->lot);
      dbk_stmt_bind_text (&st, ":site", one->site);
      dbk_stmt_bind_int (&st, ":volume_ul", one->volume_ul);
      if (!dbk_stmt_run (&st, error))
        return FALSE;
    }
  return TRUE;
}
