/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-make-paper"

#include "app/dbk-make-point-paper.h"

#include <glib/gi18n.h>

#include "app/dbk-enrol-site.h"
#include "app/dbk-issue-slips.h"
#include "app/dbk-make-paper-private.h"
#include "db/dbk-desk-store.h"
#include "db/dbk-dose-store.h"
#include "db/dbk-pass-store.h"
#include "printing/dbk-point-slips.h"

/* What the document borrows while it is made. */
typedef struct
{
  GPtrArray    *passes; /* DbkPass */
  GPtrArray    *texts;
  DbkPointSlip *slips;
  GPtrArray    *earlier; /* ids of documents about it */
  DbkSite      *site;
  DbkLot       *lot;     /* NULL: a voucher */
  DbkPolicy    *policy;  /* NULL: none adopted */
} Material;

static void
clear_material (Material *material)
{
  g_clear_pointer (&material->passes, g_ptr_array_unref);
  g_clear_pointer (&material->texts, g_ptr_array_unref);
  g_clear_pointer (&material->slips, g_free);
  g_clear_pointer (&material->earlier, g_ptr_array_unref);
  g_clear_pointer (&material->site, dbk_site_free);
  g_clear_pointer (&material->lot, dbk_lot_free);
  g_clear_pointer (&material->policy, dbk_policy_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Material, clear_material)

static gboolean
fill_slips (DbkClinic  *clinic,
            Material   *material,
            GError    **error)
{
  material->texts = g_ptr_array_new_with_free_func (g_free);
  material->slips = g_new0 (DbkPointSlip, material->passes->len);
  for (guint i = 0; i < material->passes->len; i++)
    {
      const DbkPass *pass = g_ptr_array_index (material->passes, i);
      char *code = dbk_pass_code_of (clinic, pass, error);

      if (code == NULL)
        return FALSE;
      g_ptr_array_add (material->texts, code);
      material->slips[i] = (DbkPointSlip) { .number = pass->number, .name = pass->name, .day = pass->from, .until = pass->to, .dose_ug = pass->dose_ug,
                                            .volume_ul = pass->volume_ul, .code = code, .id = pass->id };
    }
  return TRUE;
}

static gboolean
read_material (DbkClinic   *clinic,
               const char  *about,
               Material    *material,
               GError     **error)
{
  DbkDb *db = dbk_clinic_get_db (clinic);
  const DbkPass *first;
  g_autoptr(GError) local_error = NULL;

  if (material->passes == NULL)
    return FALSE;
  if (material->passes->len == 0)
    {
      g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_NOT_FOUND, N_("There are no such slips"));
      return FALSE;
    }
  first = g_ptr_array_index (material->passes, 0);
  if (!fill_slips (clinic, material, error) || (material->earlier = dbk_document_list_about (db, about, error)) == NULL ||
      (material->site = dbk_find_site (clinic, first->site, error)) == NULL)
    return FALSE;
  if (first->lot_number != NULL &&
      (material->lot = dbk_lot_by_number (db, dbk_clinic_get_site (clinic)->id, first->lot_number, error)) == NULL)
    return FALSE;
  material->policy = dbk_clinic_new_policy (clinic, &local_error);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* The policy's first row that stops. */
static gint
find_stop (const DbkPolicy *policy)
{
  for (guint i = 0; policy != NULL && i < policy->missed->len; i++)
    {
      const DbkMissedRow *row = g_ptr_array_index (policy->missed, i);

      if (row->level == DBK_LEVEL_STOP)
        return row->missed_from;
    }
  return 0;
}

static void
count (const Material *material,
       DbkPointBatch  *batch)
{
  g_autoptr(GHashTable) patients = g_hash_table_new (g_str_hash, g_str_equal);
  const DbkPass *first = g_ptr_array_index (material->passes, 0);

  batch->from = first->from;
  batch->until = first->to;
  for (guint i = 0; i < material->passes->len; i++)
    {
      const DbkPass *pass = g_ptr_array_index (material->passes, i);

      g_hash_table_add (patients, pass->patient);
      batch->total_ul += pass->volume_ul;
      batch->from = MIN (batch->from, pass->from);
      batch->until = MAX (batch->until, pass->to);
    }
  batch->patients = g_hash_table_size (patients);
}

static DbkDocument *
draw (DbkClinic              *clinic,
      const DbkSession       *session,
      Material               *material,
      const DbkPaperOptions  *options,
      GError                **error)
{
  DbkClock *clock = dbk_clinic_get_clock (clinic);
  g_autofree char *site = g_strdup_printf ("%s %s", material->site->code, material->site->name);
  DbkPointBatch batch = { .language = options->language, .slips = material->slips, .n_slips = material->passes->len, .site = site,
                          .clinic = dbk_clinic_get_site (clinic)->name, .lot_expires = DBK_DAY_NONE, .with_name = options->with_name };

  count (material, &batch);
  batch.user = session->login;
  batch.reprint = material->earlier->len;
  batch.demo = dbk_clinic_is_demo (clinic);
  batch.created_ms = dbk_clock_now_ms (clock);
  batch.printed_day = dbk_clock_day_of (clock, batch.created_ms);
  batch.printed_minute = dbk_clock_minute_of (clock, batch.created_ms);
  if (material->lot == NULL)
    return dbk_voucher_new_document (&batch, options->media, _dbk_paper_dpi (options), error);
  batch.lot = material->lot->number;
  batch.ug_per_ml = material->lot->ug_per_ml;
  batch.lot_expires = material->lot->expires;
  batch.stop_after = find_stop (material->policy);
  return dbk_point_slips_new_document (&batch, options->media, _dbk_paper_dpi (options), error);
}

static DbkMadePaper *
make (DbkClinic              *clinic,
      const DbkSession       *session,
      const char             *kind,
      const char             *about,
      Material               *material,
      const DbkPaperOptions  *options,
      GError                **error)
{
  g_autoptr(DbkMadePaper) made = NULL;
  DbkDocumentDraft draft = { .kind = kind, .media = dbk_media_to_word (options->media) };

  if (!read_material (clinic, about, material, error))
    return NULL;
  made = _dbk_made_paper_new (kind, about, material->lot == NULL ? ((const DbkPass *) g_ptr_array_index (material->passes, 0))->patient : NULL);
  made->reprint = material->earlier->len;
  made->document = draw (clinic, session, material, options, error);
  if (made->document == NULL)
    return NULL;
  draft.id = made->id;
  draft.about = made->about;
  draft.patient = made->patient;
  draft.day = ((const DbkPass *) g_ptr_array_index (material->passes, 0))->from;
  draft.reprint_of = made->reprint > 0 ? g_ptr_array_index (material->earlier, 0) : NULL;
  return _dbk_record_documents (clinic, session, &draft, 1, error) ? g_steal_pointer (&made) : NULL;
}

DbkMadePaper *
dbk_make_point_slips (DbkClinic              *clinic,
                      const DbkSession       *session,
                      const char             *batch,
                      const DbkPaperOptions  *options,
                      GError                **error)
{
  g_auto(Material) material = { 0 };

  if (!dbk_session_require (session, DBK_ACT_PRINT, error))
    return NULL;
  material.passes = dbk_pass_list_of_batch (dbk_clinic_get_db (clinic), batch, error);
  return make (clinic, session, "slips", batch, &material, options, error);
}

DbkMadePaper *
dbk_make_voucher (DbkClinic              *clinic,
                  const DbkSession       *session,
                  const char             *voucher,
                  const DbkPaperOptions  *options,
                  GError                **error)
{
  g_auto(Material) material = { 0 };
  DbkPass *pass;

  if (!dbk_session_require (session, DBK_ACT_PRINT, error) || (pass = dbk_pass_get (dbk_clinic_get_db (clinic), voucher, error)) == NULL)
    return NULL;
  material.passes = g_ptr_array_new_with_free_func ((GDestroyNotify) dbk_pass_free);
  g_ptr_array_add (material.passes, pass);
  return make (clinic, session, "voucher", voucher, &material, options, error);
}
