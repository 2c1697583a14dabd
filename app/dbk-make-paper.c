/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-paper"

#include "config.h"

#include <glib/gi18n.h>

#include "app/dbk-make-paper.h"

#include "app/dbk-make-paper-private.h"
#include "app/dbk-coded-text.h"
#include "app/dbk-today.h"
#include "db/dbk-desk-store.h"
#include "db/dbk-dose-store.h"
#include "db/dbk-guest-store.h"
#include "db/dbk-order-store.h"
#include "db/facts/dbk-desk-facts.h"
#include "db/record/dbk-code.h"
#include "db/record/dbk-quantity.h"
#include "printing/dbk-card.h"
#include "printing/dbk-sheet.h"
#include "printing/dbk-slip.h"

#define LOOK_AHEAD_DAYS 14

void
dbk_made_paper_free (DbkMadePaper *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->document, dbk_document_unref);
  g_free (self->id);
  g_free (self->kind);
  g_free (self->about);
  g_free (self->patient);
  g_free (self);
}

DbkMadePaper *
_dbk_made_paper_new (const char *kind,
          const char *about,
          const char *patient)
{
  DbkMadePaper *made = g_new0 (DbkMadePaper, 1);

  made->id = dbk_fact_log_new_id ();
  made->kind = g_strdup (kind);
  made->about = g_strdup (about);
  made->patient = g_strdup (patient);
  return made;
}

int
_dbk_paper_dpi (const DbkPaperOptions *options)
{
  return options->dpi != 0 ? options->dpi : dbk_media_get_usual_dpi (options->media);
}

/* ---- recording ---- */

typedef struct
{
  DbkClinic        *clinic;
  const DbkSession *session;
  DbkDocumentDraft *drafts;
  gsize             n_drafts;
} Recording;

static gboolean
record (DbkDb     *db,
        gpointer   data,
        GError   **error)
{
  const Recording *recording = data;
  DbkStamp stamp;

  dbk_clinic_stamp (recording->clinic, recording->session, &stamp);
  for (gsize i = 0; i < recording->n_drafts; i++)
    if (!dbk_fact_document (db, &stamp, &recording->drafts[i], error))
      return FALSE;
  return TRUE;
}

gboolean
_dbk_record_documents (DbkClinic         *clinic,
                  const DbkSession  *session,
                  DbkDocumentDraft  *drafts,
                  gsize              n_drafts,
                  GError           **error)
{
  Recording recording = { clinic, session, drafts, n_drafts };

  return dbk_db_write (dbk_clinic_get_db (clinic), record, &recording, error);
}

/* ---- the slip ---- */

static gboolean
is_closed (GPtrArray *closures,
           DbkDay     day)
{
  for (guint i = 0; i < closures->len; i++)
    {
      const DbkAbsence *closure = g_ptr_array_index (closures, i);

      if (closure->from <= day && day <= closure->to)
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_order (GPtrArray *orders,
           DbkDay     day)
{
  for (guint i = 0; i < orders->len; i++)
    if (dbk_order_in_force (g_ptr_array_index (orders, i), day))
      return TRUE;
  return FALSE;
}

static gboolean
is_covered (GPtrArray *doses,
            DbkDay     day)
{
  for (guint i = 0; i < doses->len; i++)
    {
      const DbkDose *dose = g_ptr_array_index (doses, i);

      if (dose->day == day && dose->reversed_by == NULL)
        return TRUE;
    }
  return FALSE;
}

/* The next day with an order, the clinic open, and no dose taken home for it. */
static gboolean
find_next_day (DbkDb          *db,
               const DbkDose  *dose,
               DbkDay         *next,
               GError        **error)
{
  g_autoptr(GPtrArray) orders = dbk_order_list_of_patient (db, dose->patient, error);
  g_autoptr(GPtrArray) closures = orders != NULL ? dbk_absence_list (db, NULL, error) : NULL;
  g_autoptr(GPtrArray) doses = NULL;

  if (closures != NULL)
    doses = dbk_dose_list_of_patient (db, dose->patient, dose->day + 1, dose->day + LOOK_AHEAD_DAYS, error);
  if (doses == NULL)
    return FALSE;
  *next = DBK_DAY_NONE;
  for (DbkDay day = dose->day + 1; day <= dose->day + LOOK_AHEAD_DAYS; day++)
    if (has_order (orders, day) && !is_closed (closures, day) && !is_covered (doses, day))
      {
        *next = day;
        break;
      }
  return TRUE;
}

/* What a slip is made of, as the record has it. */
typedef struct
{
  DbkDose    *dose;
  DbkPatient *patient;
  DbkLot     *lot;        /* NULL: unknown */
  GPtrArray  *earlier;    /* ids of documents about the dose */
  DbkDay      next_day;
} SlipMaterial;

static void
clear_material (SlipMaterial *material)
{
  g_clear_pointer (&material->dose, dbk_dose_free);
  g_clear_pointer (&material->patient, dbk_patient_free);
  g_clear_pointer (&material->lot, dbk_lot_free);
  g_clear_pointer (&material->earlier, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SlipMaterial, clear_material)

static gboolean
read_material (DbkClinic     *clinic,
               const char    *dose,
               SlipMaterial  *material,
               GError       **error)
{
  DbkDb *db = dbk_clinic_get_db (clinic);

  material->dose = dbk_dose_get (db, dose, error);
  if (material->dose == NULL)
    return FALSE;
  if (material->dose->reversed_by != NULL)
    {
      g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID, N_("This dose was reversed; it has no slip"));
      return FALSE;
    }
  material->patient = dbk_patient_or_guest (db, material->dose->patient, error);
  material->earlier = material->patient != NULL ? dbk_document_list_about (db, material->dose->id, error) : NULL;
  if (material->earlier == NULL)
    return FALSE;
  if (material->dose->lot_number != NULL)
    material->lot = dbk_lot_by_number (db, dbk_clinic_get_site (clinic)->id, material->dose->lot_number, NULL);
  return find_next_day (db, material->dose, &material->next_day, error);
}

static DbkDocument *
draw_slip (DbkClinic              *clinic,
           const SlipMaterial     *material,
           const DbkPaperOptions  *options,
           GError                **error)
{
  const DbkDose *dose = material->dose;
  DbkClock *clock = dbk_clinic_get_clock (clinic);
  g_autofree char *code = dbk_code_from_id (DBK_CODE_DOSE, dose->id);
  DbkSlip slip = { .language = options->language, .number = material->patient->number, .dose_ug = dose->dose_ug,
                   .volume_ul = dose->volume_ul, .day = dose->day, .next_day = material->next_day, .code = code };

  slip.name = options->with_name ? material->patient->name : NULL;
  slip.ug_per_ml = material->lot != NULL ? material->lot->ug_per_ml : 0;
  slip.minute_of_day = dose->given_ms > 0 && dose->kind != DBK_DOSE_IMPORTED ? dbk_clock_minute_of (clock, dose->given_ms) : DBK_MINUTE_NONE;
  slip.site = dbk_clinic_get_site (clinic)->name;
  slip.reprint = material->earlier->len;
  slip.demo = dbk_clinic_is_demo (clinic);
  slip.created_ms = dbk_clock_now_ms (clock);
  return dbk_slip_new_document (&slip, options->media, _dbk_paper_dpi (options), error);
}

DbkMadePaper *
dbk_make_slip (DbkClinic              *clinic,
               const DbkSession       *session,
               const char             *dose,
               const DbkPaperOptions  *options,
               GError                **error)
{
  g_auto(SlipMaterial) material = { 0 };
  g_autoptr(DbkMadePaper) made = NULL;
  DbkDocumentDraft draft = { .kind = "slip", .media = dbk_media_to_word (options->media) };

  if (!dbk_session_require (session, DBK_ACT_PRINT, error) || !read_material (clinic, dose, &material, error))
    return NULL;
  made = _dbk_made_paper_new ("slip", material.dose->id, material.patient->id);
  made->reprint = material.earlier->len;
  made->document = draw_slip (clinic, &material, options, error);
  if (made->document == NULL)
    return NULL;
  draft.id = made->id;
  draft.about = made->about;
  draft.patient = made->patient;
  draft.day = material.dose->day;
  draft.reprint_of = made->reprint > 0 ? g_ptr_array_index (material.earlier, 0) : NULL;
  return _dbk_record_documents (clinic, session, &draft, 1, error) ? g_steal_pointer (&made) : NULL;
}

char *
dbk_find_dose_for_slip (DbkClinic         *clinic,
                        const DbkSession  *session,
                        const char        *patient,
                        DbkDay             day,
                        GError           **error)
{
  DbkDay asked = day != DBK_DAY_NONE ? day : dbk_clinic_today (clinic);
  g_autoptr(GPtrArray) doses = NULL;

  if (!dbk_session_require (session, DBK_ACT_READ_PATIENT, error))
    return NULL;
  doses = dbk_dose_list_of_patient (dbk_clinic_get_db (clinic), patient, asked, asked, error);
  if (doses == NULL)
    return NULL;
  for (guint i = doses->len; i > 0; i--)
    {
      const DbkDose *dose = g_ptr_array_index (doses, i - 1);

      if (dose->reversed_by == NULL)
        return g_strdup (dose->id);
    }
  g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_NOT_FOUND, "No dose is recorded for this patient on that day");
  return NULL;
}

/* ---- cards ---- */

static gboolean
check_card (DbkDb       *db,
            const char  *code,
            char       **patient,
            GError     **error)
{
  DbkCardRow *row = dbk_card_get (db, code, error);

  if (row == NULL)
    return FALSE;
  *patient = g_strdup (row->patient);
  if (row->revoked == DBK_DAY_NONE && row->patient != NULL)
    {
      dbk_card_row_free (row);
      return TRUE;
    }
  dbk_card_row_free (row);
  g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID, N_("A revoked card is not printed; issue a new one"));
  return FALSE;
}

DbkMadePaper *
dbk_make_cards (DbkClinic              *clinic,
                const DbkSession       *session,
                const char *const      *cards,
                const char             *clinic_line,
                const DbkPaperOptions  *options,
                GError                **error)
{
  guint n = g_strv_length ((char **) cards);
  g_autofree DbkCard *faces = g_new0 (DbkCard, n + 1);
  g_autofree DbkDocumentDraft *drafts = g_new0 (DbkDocumentDraft, n + 1);
  g_autoptr(GPtrArray) owned = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(DbkMadePaper) made = NULL;

  if (!dbk_session_require (session, DBK_ACT_ISSUE_CARD, error))
    return NULL;
  for (guint i = 0; i < n; i++)
    {
      char *patient = NULL;

      if (!check_card (dbk_clinic_get_db (clinic), cards[i], &patient, error))
        {
          g_free (patient);
          return NULL;
        }
      g_ptr_array_add (owned, patient);
      g_ptr_array_add (owned, dbk_fact_log_new_id ());
      faces[i] = (DbkCard) { cards[i], clinic_line, dbk_clinic_is_demo (clinic) };
      drafts[i] = (DbkDocumentDraft) { .id = g_ptr_array_index (owned, owned->len - 1), .kind = "card", .about = cards[i], .patient = patient,
                                       .day = dbk_clinic_today (clinic), .media = dbk_media_to_word (options->media) };
    }
  made = _dbk_made_paper_new ("card", n > 0 ? cards[0] : NULL, n > 0 ? drafts[0].patient : NULL);
  made->document = dbk_card_new_document (faces, n, options->media, _dbk_paper_dpi (options), dbk_clock_now_ms (dbk_clinic_get_clock (clinic)), error);
  if (made->document == NULL)
    return NULL;
  drafts[0].id = made->id;
  return _dbk_record_documents (clinic, session, drafts, n, error) ? g_steal_pointer (&made) : NULL;
}

/* ---- today's sheet ---- */

typedef struct
{
  GPtrArray        *owned; /* strings */
  GArray           *rows;  /* DbkSheetRow */
  GArray           *codes; /* DbkPaperRowDraft */
} SheetMaterial;

static const char *
keep (SheetMaterial *material,
      char          *text)
{
  g_ptr_array_add (material->owned, text);
  return text;
}

/* Two words of what the counter would say, for a morning without it. */
static const char *
note_for (SheetMaterial     *material,
          const DbkTodayRow *row,
          DbkLanguage        language)
{
  gboolean zh = language == DBK_LANGUAGE_CHINESE;

  if (row->held)
    return zh ? "暂停" : "HOLD";
  if (row->orders > 1)
    return zh ? "多个医嘱" : "several orders";
  if (row->last_day == DBK_DAY_NONE)
    return zh ? "首次" : "first";
  if (row->away > 0)
    return keep (material, g_strdup_printf (zh ? "缺 %d 天" : "missed %d", row->away));
  return NULL;
}

static void
add_row (SheetMaterial         *material,
         const DbkTodayRow     *row,
         const DbkToday        *today,
         const DbkPaperOptions *options)
{
  g_autofree char *id = dbk_fact_log_new_id ();
  DbkSheetRow line = { .number = row->patient->number, .name = row->patient->name };
  DbkPaperRowDraft code = { .patient = row->patient->id };

  line.code = code.code = keep (material, dbk_code_from_id (DBK_CODE_ROW, id));
  line.dose_ug = row->held ? 0 : row->order_ug;
  line.note = note_for (material, row, options->language);
  if (today->bottle != NULL && line.dose_ug > 0)
    dbk_volume_for_dose (line.dose_ug, today->bottle->ug_per_ml, &line.volume_ul, NULL);
  g_array_append_val (material->rows, line);
  g_array_append_val (material->codes, code);
}

static DbkDocument *
draw_sheet (DbkClinic              *clinic,
            const DbkSession       *session,
            const SheetMaterial    *material,
            const DbkToday         *today,
            const DbkPaperOptions  *options,
            GError                **error)
{
  DbkClock *clock = dbk_clinic_get_clock (clinic);
  gint64 now_ms = dbk_clock_now_ms (clock);
  DbkSheet sheet = { .language = options->language, .rows = (const DbkSheetRow *) material->rows->data, .n_rows = material->rows->len,
                     .day = today->day, .user = session->login, .printed_day = dbk_clock_day_of (clock, now_ms),
                     .printed_minute = dbk_clock_minute_of (clock, now_ms), .version = DBK_VERSION, .created_ms = now_ms };

  sheet.ug_per_ml = today->bottle != NULL ? today->bottle->ug_per_ml : 0;
  sheet.site = dbk_clinic_get_site (clinic)->name;
  sheet.filter = options->language == DBK_LANGUAGE_CHINESE ? "今天尚未服药、有医嘱的人" : "still to come, with an order";
  sheet.demo = dbk_clinic_is_demo (clinic);
  return dbk_sheet_new_document (&sheet, _dbk_paper_dpi (options), error);
}

DbkMadePaper *
dbk_make_sheet (DbkClinic              *clinic,
                const DbkSession       *session,
                DbkDay                  day,
                const DbkPaperOptions  *options,
                GError                **error)
{
  g_autoptr(DbkToday) today = NULL;
  g_autoptr(GPtrArray) owned = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GArray) rows = g_array_new (FALSE, TRUE, sizeof (DbkSheetRow));
  g_autoptr(GArray) codes = g_array_new (FALSE, TRUE, sizeof (DbkPaperRowDraft));
  g_autoptr(DbkMadePaper) made = _dbk_made_paper_new ("sheet", NULL, NULL);
  SheetMaterial material = { owned, rows, codes };
  DbkDocumentDraft draft = { .id = made->id, .kind = "sheet", .media = "a4" };

  if (!dbk_session_require (session, DBK_ACT_PRINT, error))
    return NULL;
  today = dbk_today_read (clinic, session, day, error);
  if (today == NULL)
    return NULL;
  for (guint i = 0; i < today->rows->len; i++)
    {
      const DbkTodayRow *row = g_ptr_array_index (today->rows, i);

      if (row->state != DBK_TODAY_DOSED && row->order_ug > 0)
        add_row (&material, row, today, options);
    }
  made->document = draw_sheet (clinic, session, &material, today, options, error);
  if (made->document == NULL)
    return NULL;
  draft.day = today->day;
  draft.rows = (const DbkPaperRowDraft *) codes->data;
  draft.n_rows = codes->len;
  return _dbk_record_documents (clinic, session, &draft, 1, error) ? g_steal_pointer (&made) : NULL;
}
