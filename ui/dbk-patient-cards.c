/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-file"

#include "config.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "app/dbk-coded-text.h"
#include "app/dbk-issue-card.h"
#include "app/dbk-make-paper.h"
#include "app/dbk-photo.h"
#include "app/dbk-register-patient.h"
#include "ui/dbk-choice-dialog.h"
#include "ui/dbk-dialogs.h"
#include "ui/dbk-patient-file-private.h"
#include "ui/dbk-preview-window.h"

#define CODE_SHOWN 4

static const char *const revoke_reasons[] = { "lost", "damaged", "left", "other", NULL };

/* ---- a card is made ---- */

typedef struct
{
  char    *patient;
  char    *code;     /* NULL: a new one */
  char    *reason;   /* the old ones are revoked with it; NULL: they stay valid */
  gboolean single;   /* one card to a sheet, for a card printer */
} CardOrder;

static void
free_card_order (CardOrder *order)
{
  g_free (order->patient);
  g_free (order->code);
  g_free (order->reason);
  g_free (order);
}

static gpointer
make_card (DbkClinic         *clinic,
           const DbkSession  *session,
           gpointer           data,
           GError           **error)
{
  const CardOrder *order = data;
  DbkPaperOptions options = { .media = order->single ? DBK_MEDIA_CARD : DBK_MEDIA_CARD_SHEET_A4, .language = dbk_text_language () };
  g_autofree char *code = g_strdup (order->code);
  const char *codes[] = { NULL, NULL };

  if (code == NULL && !dbk_issue_card (clinic, session, order->patient, order->reason, &code, error))
    return NULL;
  codes[0] = code;
  return dbk_make_cards (clinic, session, codes, NULL, &options, error);
}

static void
on_card_made_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(DbkPatientFile) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkMadePaper) made = dbk_desk_run_finish (result, &error);
  gboolean same = self->view != NULL && made != NULL && g_strcmp0 (made->patient, self->patient) == 0;
  g_autofree char *number = same ? g_strdup (self->view->history->patient->number) : NULL;

  if (self->box == NULL)
    return;
  if (made == NULL)
    {
      dbk_show_error (GTK_WIDGET (self), _("No card was made"), error);
      /* It may have been issued before its drawing failed. */
      dbk_desk_note_change (self->desk);
    }
  else
    dbk_preview_window_show (GTK_WIDGET (self), self->desk, g_steal_pointer (&made), "card-printer", number);
}

static void
run_card_order (DbkPatientFile *self,
                const char     *code,
                const char     *reason)
{
  g_autofree char *printer = g_settings_get_string (dbk_desk_get_settings (self->desk), "card-printer");
  CardOrder *order = g_new0 (CardOrder, 1);

  order->patient = g_strdup (self->asked);
  order->code = g_strdup (code);
  order->reason = g_strdup (reason);
  order->single = *printer != '\0';
  dbk_desk_run_async (self->desk, DBK_WORK_WRITES, make_card, order, (GDestroyNotify) free_card_order, (GDestroyNotify) dbk_made_paper_free,
                      NULL, on_card_made_cb, g_object_ref (self));
}

static gboolean
has_valid_card (const DbkHistory *history)
{
  for (guint i = 0; i < history->cards->len; i++)
    if (((const DbkCardRow *) g_ptr_array_index (history->cards, i))->revoked == DBK_DAY_NONE)
      return TRUE;
  return FALSE;
}

static void
on_fate_chosen (const char *word,
                gpointer    data)
{
  run_card_order (data, NULL, g_strv_contains (revoke_reasons, word) ? word : NULL);
}

void
_dbk_patient_file_new_card (DbkPatientFile *self)
{
  /* The last one is no coded reason: the dialog shows it as it is, and nothing is revoked. */
  const char *const fates[] = { "lost", "damaged", _("still in use: it stays valid"), NULL };

  if (self->view == NULL)
    return;
  _dbk_patient_file_ask_about (self, NULL);
  if (has_valid_card (self->view->history))
    dbk_choice_dialog_show (GTK_WIDGET (self), _("New card"), _("What became of the card issued before? A lost or damaged one is revoked."), fates,
                            _("_Issue a new card"), on_fate_chosen, self);
  else
    run_card_order (self, NULL, NULL);
}

static void
on_print_clicked_cb (GtkWidget *button)
{
  DbkPatientFile *self = _dbk_patient_file_take_about (button);

  run_card_order (self, self->about, NULL);
}

/* ---- revoked ---- */

static gpointer
revoke_card (DbkClinic         *clinic,
             const DbkSession  *session,
             gpointer           data,
             GError           **error)
{
  const DbkFileChange *change = data;

  return GINT_TO_POINTER (dbk_revoke_card (clinic, session, change->about, change->reason, error));
}

static void
on_revoke_reason_chosen (const char *reason,
                         gpointer    data)
{
  _dbk_patient_file_run_change (data, revoke_card, _dbk_patient_file_new_change (data, reason));
}

static void
on_revoke_clicked_cb (GtkWidget *button)
{
  DbkPatientFile *self = _dbk_patient_file_take_about (button);

  dbk_choice_dialog_show (GTK_WIDGET (self), _("Revoke the card"), _("A revoked card is refused at the counter. It cannot be made valid again."),
                          revoke_reasons, _("_Revoke"), on_revoke_reason_chosen, self);
}

/* ---- the photo ---- */

/* The size is asked before anything is read: a wrong click may be a film. */
static gpointer
take_photo (DbkClinic         *clinic,
            const DbkSession  *session,
            gpointer           data,
            GError           **error)
{
  const DbkFileChange *change = data;
  g_autoptr(GBytes) picture = NULL;
  g_autoptr(GError) local_error = NULL;
  GStatBuf status;
  char *content = NULL;
  gsize size = 0;

  if (g_stat (change->about, &status) == 0 && status.st_size > DBK_PHOTO_INPUT_MOST)
    {
      g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID, _("This file is larger than 40 MB."));
      return NULL;
    }
  if (!g_file_get_contents (change->about, &content, &size, error))
    return NULL;
  picture = g_bytes_new_take (content, size);
  if (dbk_take_photo (clinic, session, change->patient, picture, &local_error))
    return GINT_TO_POINTER (TRUE);
  if (!g_error_matches (local_error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  g_message ("%s", local_error->message);
  g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID,
                       _("This is no picture that can be read, or it is cut off or too large. Choose a JPEG or PNG file."));
  return NULL;
}

static void
on_photo_picked (const char *path,
                 gpointer    data)
{
  DbkPatientFile *self = data;

  g_free (self->about);
  self->about = g_strdup (path);
  _dbk_patient_file_run_change (self, take_photo, _dbk_patient_file_new_change (self, NULL));
}

void
_dbk_patient_file_new_photo (DbkPatientFile *self)
{
  if (self->view == NULL)
    return;
  _dbk_patient_file_ask_about (self, NULL);
  dbk_pick_file (GTK_WIDGET (self), _("Choose a photo"), NULL, NULL, on_photo_picked, self);
}

static void
draw_photo (DbkPatientFile *self)
{
  const DbkPatient *patient = self->view->history->patient;
  g_autofree char *day = dbk_day_format (patient->photo_taken, dbk_text_language ());
  g_autofree char *text = self->view->photo == NULL || patient->photo_taken == DBK_DAY_NONE
                            ? g_strdup (_("There is none yet. It helps to give the dose to the right person."))
                            /* Translators: day. */
                            : g_strdup_printf (_("Taken %s. A newer one replaces it."), day);

  gtk_label_set_label (self->photo_said, text);
  gtk_widget_set_visible (self->new_photo, _dbk_patient_file_may (self, DBK_ACT_REGISTER_PATIENT));
}

/* ---- the list ---- */

static void
add_card (DbkPatientFile   *self,
          const DbkCardRow *card)
{
  DbkLanguage language = dbk_text_language ();
  gboolean valid = card->revoked == DBK_DAY_NONE;
  gsize length = strlen (card->code);
  const char *end = length > CODE_SHOWN ? card->code + length - CODE_SHOWN : card->code;
  g_autofree char *issued = dbk_day_format (card->issued, language), *revoked = dbk_day_format (card->revoked, language);
  /* Translators: last characters of the card's code, "valid" or "revoked". */
  g_autofree char *title = g_strdup_printf (_("Card …%s, %s"), end, valid ? _("valid") : _("revoked"));
  g_autoptr(GString) text = g_string_new (NULL);
  GtkWidget *row;

  /* Translators: day. */
  g_string_append_printf (text, _("issued %s"), issued);
  if (!valid)
    {
      g_string_append (text, "  ·  ");
      /* Translators: day, reason. */
      g_string_append_printf (text, _("revoked %s, %s"), revoked, dbk_reason_text (card->reason));
    }
  row = _dbk_patient_file_add_row (self->cards, title, text->str);
  gtk_widget_add_css_class (row, valid ? "open-row" : "past-row");
  if (!valid || !_dbk_patient_file_may (self, DBK_ACT_ISSUE_CARD))
    return;
  _dbk_patient_file_add_button (self, row, _("Pr_int…"), card->code, G_CALLBACK (on_print_clicked_cb));
  _dbk_patient_file_add_button (self, row, _("Re_voke…"), card->code, G_CALLBACK (on_revoke_clicked_cb));
}

void
_dbk_patient_file_draw_cards (DbkPatientFile *self)
{
  const GPtrArray *cards = self->view->history->cards;

  gtk_widget_set_visible (self->new_card, _dbk_patient_file_may (self, DBK_ACT_ISSUE_CARD));
  _dbk_patient_file_clear_list (self->cards);
  for (guint i = 0; i < cards->len; i++)
    add_card (self, g_ptr_array_index (cards, i));
  if (cards->len == 0)
    _dbk_patient_file_add_row (self->cards, _("No card yet"), _("A card is scanned at the counter. It carries a code, and nothing about the person."));
  draw_photo (self);
}
