/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-reverse-dialog"

#include "config.h"

#include "ui/dbk-reverse-dialog.h"

#include <glib/gi18n.h>

#include "app/dbk-coded-text.h"
#include "app/dbk-reverse-dose.h"
#include "db/record/dbk-quantity.h"
#include "ui/dbk-error-text.h"
#include "ui/dbk-pin-dialog.h"
#include "ui/dbk-scanner.h"

#define N_LIQUIDS (DBK_LIQUID_SWALLOWED + 1)

struct _DbkReverseDialog
{
  AdwWindow parent_instance;

  /* Template Widgets */
  GtkLabel    *original;
  GtkLabel    *details;
  GtkWidget   *form;
  AdwComboRow *reason;   /* the first of both says "Choose…": nothing is chosen for anybody */
  AdwComboRow *liquid;
  GtkEditable *note;
  GtkLabel    *witness;
  GtkLabel    *problem;
  GtkSpinner  *spinner;
  GtkWidget   *cancel;
  GtkWidget   *confirm;

  /* Owned References */
  DbkDesk     *desk;
  DbkDose     *dose;

  gboolean     needs[N_LIQUIDS]; /* a second person, by where the liquid is */
  gboolean     busy;
  gboolean     gone;
};

G_DEFINE_FINAL_TYPE (DbkReverseDialog, dbk_reverse_dialog, ADW_TYPE_WINDOW)

static gboolean
is_chosen (DbkReverseDialog *self)
{
  return adw_combo_row_get_selected (self->reason) > 0 && adw_combo_row_get_selected (self->liquid) > 0;
}

static DbkLiquid
get_liquid (DbkReverseDialog *self)
{
  return (DbkLiquid) (adw_combo_row_get_selected (self->liquid) - 1);
}

static void
update (DbkReverseDialog *self)
{
  gboolean known = adw_combo_row_get_selected (self->liquid) > 0;

  gtk_widget_set_sensitive (self->confirm, is_chosen (self) && !self->busy);
  gtk_widget_set_sensitive (self->form, !self->busy);
  gtk_spinner_set_spinning (self->spinner, self->busy);
  gtk_label_set_label (self->witness, known && self->needs[get_liquid (self)] ? _("A second person confirms this with their PIN.") : "");
}

static void
on_chosen_cb (DbkReverseDialog *self)
{
  if (!self->gone && self->dose != NULL)
    update (self);
}

static void
say (DbkReverseDialog *self,
     const char       *text)
{
  gtk_label_set_label (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
}

/* ---- recording ---- */

typedef struct
{
  char       *dose;
  const char *reason;  /* constant */
  char       *note;
  DbkLiquid   liquid;
  DbkSession *witness; /* NULL: nobody yet */
} Reversal;

static void
free_reversal (Reversal *reversal)
{
  g_free (reversal->dose);
  g_free (reversal->note);
  g_clear_pointer (&reversal->witness, dbk_session_free);
  g_free (reversal);
}

static gpointer
reverse (DbkClinic         *clinic,
         const DbkSession  *session,
         gpointer           data,
         GError           **error)
{
  const Reversal *reversal = data;

  return GINT_TO_POINTER (dbk_reverse_dose (clinic, session, reversal->witness, reversal->dose, reversal->reason, reversal->note,
                                            reversal->liquid, NULL, error));
}

static void ask_witness (DbkReverseDialog *self);

static void
on_reversed_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(DbkReverseDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  gboolean reversed = dbk_desk_run_finish (result, &error) != NULL;
  g_autofree char *text = NULL;

  if (self->gone)
    return;
  self->busy = FALSE;
  update (self);
  if (reversed)
    {
      text = dbk_dose_format (self->dose->dose_ug);
      dbk_desk_toast (self->desk, _("Corrected: %s no longer counts"), text);
      gtk_window_close (GTK_WINDOW (self));
    }
  else if (g_error_matches (error, DBK_APP_ERROR, DBK_APP_ERROR_SECOND_PERSON))
    ask_witness (self);
  else
    {
      text = dbk_error_text (error);
      g_message ("%s", error->message);
      say (self, text);
    }
}

static void
run_reversal (DbkReverseDialog *self,
              const DbkSession *witness)
{
  Reversal *reversal = g_new0 (Reversal, 1);

  reversal->dose = g_strdup (self->dose->id);
  reversal->reason = dbk_reversal_reasons ()[adw_combo_row_get_selected (self->reason) - 1];
  reversal->note = g_strstrip (g_strdup (gtk_editable_get_text (self->note)));
  if (*reversal->note == '\0')
    g_clear_pointer (&reversal->note, g_free);
  reversal->liquid = get_liquid (self);
  reversal->witness = witness != NULL ? dbk_session_copy (witness) : NULL;
  self->busy = TRUE;
  say (self, NULL);
  update (self);
  dbk_desk_run_async (self->desk, DBK_WORK_WRITES, reverse, reversal, (GDestroyNotify) free_reversal, NULL, NULL, on_reversed_cb,
                      g_object_ref (self));
}

static void
on_witness_given (const DbkSession *session,
                  gpointer          data)
{
  run_reversal (data, session);
}

static void
ask_witness (DbkReverseDialog *self)
{
  dbk_pin_dialog_show (GTK_WIDGET (self), self->desk, DBK_PIN_WITNESS, _("Somebody else has seen what became of the dose, and confirms the correction."),
                       on_witness_given, self);
}

static void
on_confirm_clicked_cb (DbkReverseDialog *self)
{
  if (!is_chosen (self) || self->busy)
    return;
  if (self->needs[get_liquid (self)])
    ask_witness (self);
  else
    run_reversal (self, NULL);
}

/* ---- who has to agree ---- */

static gpointer
ask_needs (DbkClinic         *clinic,
           const DbkSession  *session,
           gpointer           data,
           GError           **error)
{
  gboolean *needs = g_new0 (gboolean, N_LIQUIDS);

  for (int liquid = 0; liquid < N_LIQUIDS; liquid++)
    needs[liquid] = dbk_reversal_needs_witness (clinic, session, data, (DbkLiquid) liquid);
  return needs;
}

static void
on_needs_known_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(DbkReverseDialog) self = user_data;
  g_autofree gboolean *needs = dbk_desk_run_finish (result, NULL);

  /* If it is not known, the answer of the reversal itself tells. */
  if (self->gone || needs == NULL)
    return;
  memcpy (self->needs, needs, sizeof self->needs);
  update (self);
}

/* ---- the dialog ---- */

static void
dbk_reverse_dialog_dispose (GObject *object)
{
  DBK_REVERSE_DIALOG (object)->gone = TRUE;
  G_OBJECT_CLASS (dbk_reverse_dialog_parent_class)->dispose (object);
}

static void
dbk_reverse_dialog_finalize (GObject *object)
{
  DbkReverseDialog *self = DBK_REVERSE_DIALOG (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->dose, dbk_dose_free);
  G_OBJECT_CLASS (dbk_reverse_dialog_parent_class)->finalize (object);
}

static void
dbk_reverse_dialog_class_init (DbkReverseDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dbk_reverse_dialog_dispose;
  object_class->finalize = dbk_reverse_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/dosebook/Dosebook/dbk-reverse-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, DbkReverseDialog, original);
  gtk_widget_class_bind_template_child (widget_class, DbkReverseDialog, details);
  gtk_widget_class_bind_template_child (widget_class, DbkReverseDialog, form);
  gtk_widget_class_bind_template_child (widget_class, DbkReverseDialog, reason);
  gtk_widget_class_bind_template_child (widget_class, DbkReverseDialog, liquid);
  gtk_widget_class_bind_template_child (widget_class, DbkReverseDialog, note);
  gtk_widget_class_bind_template_child (widget_class, DbkReverseDialog, witness);
  gtk_widget_class_bind_template_child (widget_class, DbkReverseDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, DbkReverseDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, DbkReverseDialog, cancel);
  gtk_widget_class_bind_template_child (widget_class, DbkReverseDialog, confirm);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_confirm_clicked_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
dbk_reverse_dialog_init (DbkReverseDialog *self)
{
  g_autoptr(GtkStringList) reasons = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_string_list_append (reasons, _("Choose…"));
  for (guint i = 0; dbk_reversal_reasons ()[i] != NULL; i++)
    gtk_string_list_append (reasons, dbk_reason_text (dbk_reversal_reasons ()[i]));
  adw_combo_row_set_model (self->reason, G_LIST_MODEL (reasons));
  dbk_scanner_attach (GTK_WINDOW (self));
}

static void
show_original (DbkReverseDialog *self,
               const char       *name)
{
  const DbkDose *dose = self->dose;
  g_autofree char *amount = dbk_dose_format (dose->dose_ug), *volume = dbk_volume_format (dose->volume_ul);
  g_autofree char *day = dbk_day_format_weekday (dose->day, dbk_text_language ());
  g_autofree char *time = dbk_clock_format_time (dbk_desk_get_timezone (self->desk), dose->given_ms);
  g_autofree char *title = g_strjoin ("  ·  ", name, amount, NULL);
  g_autoptr(GString) details = g_string_new (NULL);

  g_string_append_printf (details, "%s  %s  ·  %s", day, time, dbk_dose_kind_text (dose->kind));
  if (dose->volume_ul > 0)
    g_string_append_printf (details, "  ·  %s", volume);
  if (dose->lot_number != NULL)
    /* Translators: number of the lot. */
    g_string_append_printf (details, _("  ·  lot %s"), dose->lot_number);
  if (dose->giver_name != NULL)
    g_string_append_printf (details, "  ·  %s", dose->giver_name);
  gtk_label_set_label (self->original, title);
  gtk_label_set_label (self->details, details->str);
}

void
dbk_reverse_dialog_show (GtkWidget     *widget,
                         DbkDesk       *desk,
                         const DbkDose *dose,
                         const char    *name)
{
  DbkReverseDialog *self = g_object_new (DBK_TYPE_REVERSE_DIALOG, "transient-for", gtk_widget_get_root (widget), NULL);

  self->desk = g_object_ref (desk);
  self->dose = dbk_dose_copy (dose);
  show_original (self, name);
  update (self);
  dbk_desk_run_async (desk, DBK_WORK_READS, ask_needs, dbk_dose_copy (dose), (GDestroyNotify) dbk_dose_free, g_free, NULL, on_needs_known_cb,
                      g_object_ref (self));
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->reason));
}
