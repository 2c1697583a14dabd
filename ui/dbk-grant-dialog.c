/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-grant"

#include "config.h"

#include "ui/dbk-grant-dialog.h"

#include <glib/gi18n.h>

#include "app/dbk-coded-text.h"
#include "app/dbk-grant-list.h"
#include "app/dbk-issue-slips.h"
#include "app/dbk-lease-days.h"
#include "app/dbk-make-point-paper.h"
#include "db/record/dbk-quantity.h"
#include "ui/dbk-error-text.h"
#include "ui/dbk-preview-window.h"
#include "ui/dbk-scanner.h"

#define USUAL_SPAN 6 /* to the seventh day */

struct _DbkGrantDialog
{
  AdwWindow parent_instance;

  /* Template Widgets */
  AdwEntryRow    *first;
  AdwEntryRow    *last;
  AdwComboRow    *lot;
  GtkWidget      *voucher_row;
  GtkSwitch      *voucher;
  GtkLabel       *said;
  GtkWidget      *choosing;
  GtkSearchEntry *search;
  GtkListBox     *rows;
  GtkLabel       *status;
  GtkWidget      *confirm;

  /* Owned References */
  DbkDesk        *desk;
  DbkGrantList   *list;   /* NULL: not read yet */
  char           *site;
  char           *patient;
  GPtrArray      *checks; /* GtkCheckButton of list->rows, borrowed */

  DbkDay          from;
  DbkDay          to;
  gboolean        busy;
  gboolean        gone;   /* disposed */
};

G_DEFINE_FINAL_TYPE (DbkGrantDialog, dbk_grant_dialog, ADW_TYPE_WINDOW)

static guint
count_chosen (DbkGrantDialog *self)
{
  guint n = 0;

  for (guint i = 0; i < self->checks->len; i++)
    n += gtk_check_button_get_active (g_ptr_array_index (self->checks, i)) ? 1 : 0;
  return n;
}

static gboolean
gives_voucher (DbkGrantDialog *self)
{
  return gtk_widget_get_visible (self->voucher_row) && gtk_switch_get_active (self->voucher);
}

/* ---- the days ---- */

static DbkDay
read_day (DbkGrantDialog *self,
          AdwEntryRow    *row)
{
  DbkDay day = DBK_DAY_NONE;

  return dbk_day_parse (gtk_editable_get_text (GTK_EDITABLE (row)), dbk_desk_today (self->desk), &day, NULL) ? day : DBK_DAY_NONE;
}

static char *
say_days (DbkGrantDialog *self,
          gboolean       *good)
{
  DbkLanguage language = dbk_text_language ();
  g_autofree char *first = NULL, *last = NULL;
  int days = self->to - self->from + 1;

  *good = FALSE;
  if (self->from == DBK_DAY_NONE || self->to == DBK_DAY_NONE)
    return g_strdup (_("This is not a day. Write it like 2026-03-05, or +3."));
  if (self->from < dbk_desk_today (self->desk) || self->to < self->from || days > DBK_LEASE_MOST_DAYS)
    return g_strdup_printf (_("From today on, and at most %d days."), DBK_LEASE_MOST_DAYS);
  *good = TRUE;
  first = dbk_day_format_weekday (self->from, language);
  last = dbk_day_format_weekday (self->to, language);
  return g_strdup_printf (ngettext ("%s to %s, %d day", "%s to %s, %d days", (gulong) days), first, last, days);
}

static void
update (DbkGrantDialog *self)
{
  gboolean good = FALSE;
  guint n = self->list != NULL ? count_chosen (self) : 0;
  g_autofree char *said = NULL, *label = NULL;

  if (self->list == NULL)
    return;
  said = say_days (self, &good);
  gtk_label_set_label (self->said, said);
  if (good)
    gtk_widget_remove_css_class (GTK_WIDGET (self->said), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->said), "error");
  if (gives_voucher (self))
    label = g_strdup (_("_Grant, with a voucher…"));
  else if (self->list->on_paper)
    label = g_strdup_printf (ngettext ("_Make slips for %u patient…", "_Make slips for %u patients…", n), n);
  else
    label = g_strdup_printf (ngettext ("_Grant for %u patient", "_Grant for %u patients", n), n);
  gtk_button_set_label (GTK_BUTTON (self->confirm), label);
  gtk_widget_set_sensitive (self->confirm, good && n > 0 && !self->busy && (!self->list->on_paper || self->list->lots->len > 0));
}

static void
on_typed_cb (DbkGrantDialog *self)
{
  if (self->list == NULL)
    return;
  self->from = read_day (self, self->first);
  self->to = read_day (self, self->last);
  update (self);
}

/* ---- whom ---- */

static gboolean
is_found (GtkListBoxRow *row,
          gpointer       data)
{
  DbkGrantDialog *self = data;
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->search)), *text = g_object_get_data (G_OBJECT (row), "text");
  g_autofree char *wanted = g_utf8_casefold (typed, -1);

  return strstr (text, wanted) != NULL;
}

static void
on_search_cb (DbkGrantDialog *self)
{
  gtk_list_box_invalidate_filter (self->rows);
}

/* Those that are shown. */
static void
set_all (DbkGrantDialog *self,
         gboolean        chosen)
{
  for (guint i = 0; i < self->checks->len; i++)
    {
      GtkCheckButton *check = g_ptr_array_index (self->checks, i);
      GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (check), GTK_TYPE_LIST_BOX_ROW);

      if (gtk_widget_get_sensitive (GTK_WIDGET (check)) && gtk_widget_get_child_visible (row))
        gtk_check_button_set_active (check, chosen);
    }
}

static void
on_all_clicked_cb (DbkGrantDialog *self)
{
  set_all (self, TRUE);
}

static void
on_none_clicked_cb (DbkGrantDialog *self)
{
  set_all (self, FALSE);
}

/* Of everybody, or of the one whose file this was opened from. */
static void
add_row (DbkGrantDialog    *self,
         const DbkGrantRow *row)
{
  GtkWidget *widget = adw_action_row_new (), *check = gtk_check_button_new ();
  g_autofree char *number = dbk_patient_number_format (row->number), *dose = dbk_dose_format (row->order_ug);
  g_autofree char *title = g_markup_printf_escaped ("%s  %s", number, row->name);
  g_autofree char *elsewhere = row->elsewhere != NULL ? g_strdup_printf (_("%s · these days lie at %s"), dose, row->elsewhere) : NULL;
  g_autofree char *text = g_strdup_printf ("%s %s %s", row->number, number, row->name);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (widget), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (widget), elsewhere != NULL ? elsewhere : dose);
  adw_action_row_add_prefix (ADW_ACTION_ROW (widget), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (widget), check);
  gtk_widget_set_sensitive (check, row->elsewhere == NULL);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), row->elsewhere == NULL &&
                               (self->patient != NULL ? strcmp (row->patient, self->patient) == 0 : row->usual));
  g_signal_connect_object (check, "toggled", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_object_set_data_full (G_OBJECT (widget), "text", g_utf8_casefold (text, -1), g_free);
  g_ptr_array_add (self->checks, check);
  gtk_list_box_append (self->rows, widget);
}

static void
set_lots (DbkGrantDialog *self)
{
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < self->list->lots->len; i++)
    {
      const DbkLot *lot = g_ptr_array_index (self->list->lots, i);
      g_autofree char *safe = dbk_volume_format (lot->safe_ul), *text = g_strdup_printf (_("%s, %s in the safe"), lot->number, safe);

      gtk_string_list_append (names, text);
    }
  adw_combo_row_set_model (self->lot, G_LIST_MODEL (names));
  gtk_widget_set_visible (GTK_WIDGET (self->lot), self->list->on_paper);
  if (self->list->on_paper && self->list->lots->len == 0)
    gtk_label_set_label (self->status, _("The safe is empty: nothing could go along."));
}

static void
take_list (DbkGrantDialog *self,
           DbkGrantList   *list)
{
  g_autofree char *first = dbk_day_to_iso (list->day), *last = dbk_day_to_iso (list->day + USUAL_SPAN);

  self->list = list;
  for (guint i = list->rows->len; self->patient != NULL && i > 0; i--)
    if (strcmp (((const DbkGrantRow *) g_ptr_array_index (list->rows, i - 1))->patient, self->patient) != 0)
      g_ptr_array_remove_index (list->rows, i - 1);
  for (guint i = 0; i < list->rows->len; i++)
    add_row (self, g_ptr_array_index (list->rows, i));
  if (list->rows->len == 0)
    gtk_label_set_label (self->status, _("Nobody here has an order for these days."));
  gtk_widget_set_visible (self->choosing, self->patient == NULL);
  gtk_widget_set_visible (self->voucher_row, self->patient != NULL && !list->on_paper);
  set_lots (self);
  gtk_editable_set_text (GTK_EDITABLE (self->first), first);
  gtk_editable_set_text (GTK_EDITABLE (self->last), last);
  on_typed_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->first));
}

static gpointer
read_list (DbkClinic         *clinic,
           const DbkSession  *session,
           gpointer           data,
           GError           **error)
{
  return dbk_grant_list_read (clinic, session, data, error);
}

static void
say_error (DbkGrantDialog *self,
           const GError   *error)
{
  g_autofree char *text = NULL;

  g_message ("%s", error->message);
  /* Which patient it is stands in the message alone, in the language of the program. */
  text = error->domain == DBK_APP_ERROR && error->code == DBK_APP_ERROR_TAKEN ? g_strdup (error->message) : dbk_error_text (error);
  gtk_label_set_label (self->status, text);
  gtk_widget_add_css_class (GTK_WIDGET (self->status), "error");
}

static void
on_list_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(DbkGrantDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  DbkGrantList *list = dbk_desk_run_finish (result, &error);

  if (self->gone)
    {
      dbk_grant_list_free (list);
      return;
    }
  if (list != NULL)
    take_list (self, list);
  else
    say_error (self, error);
}

/* ---- granting ---- */

typedef struct
{
  char      *site;
  char      *lot;       /* NULL: without slips */
  GPtrArray *patients;  /* ids, NULL-terminated */
  DbkDay     from;
  DbkDay     to;
  gboolean   voucher;
  DbkPaperOptions options;
} Grant;

static void
free_grant (Grant *grant)
{
  g_free (grant->site);
  g_free (grant->lot);
  g_ptr_array_unref (grant->patients);
  g_free (grant);
}

/* A paper that was not made can be made again; what it is about is granted. */
static DbkMadePaper *
make_paper (DbkClinic         *clinic,
            const DbkSession  *session,
            const Grant       *grant,
            const char        *pass,
            GError           **error)
{
  g_autoptr(GError) why = NULL;
  DbkMadePaper *made = grant->voucher ? dbk_make_voucher (clinic, session, pass, &grant->options, &why)
                                      : dbk_make_point_slips (clinic, session, pass, &grant->options, &why);

  if (made != NULL)
    return made;
  g_message ("%s", why->message);
  g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID,
                       N_("The days are granted, but the paper was not made. It is made again from the patient’s file, or from the slips that are not back."));
  return NULL;
}

/* A made paper, or TRUE where there is none. */
static gpointer
grant_days (DbkClinic         *clinic,
            const DbkSession  *session,
            gpointer           data,
            GError           **error)
{
  const Grant *grant = data;
  const char *const *patients = (const char *const *) grant->patients->pdata;
  const DbkSlipRequest request = { .site = grant->site, .patients = patients, .from = grant->from, .to = grant->to, .lot_number = grant->lot };
  g_autofree char *pass = NULL;

  if (grant->lot == NULL && !grant->voucher)
    return GINT_TO_POINTER (dbk_grant_leases (clinic, session, patients, grant->site, grant->from, grant->to, NULL, error));
  pass = grant->voucher ? dbk_issue_voucher (clinic, session, patients[0], grant->site, grant->from, grant->to, error)
                        : dbk_issue_slips (clinic, session, &request, error);
  return pass != NULL ? make_paper (clinic, session, grant, pass, error) : NULL;
}

static void
on_granted_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(DbkGrantDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  gpointer done = dbk_desk_run_finish (result, &error);
  gboolean has_paper;
  GtkWindow *window;

  has_paper = self->list->on_paper || gives_voucher (self);
  if (self->gone)
    {
      if (has_paper)
        dbk_made_paper_free (done);
      return;
    }
  self->busy = FALSE;
  update (self);
  if (done == NULL)
    {
      say_error (self, error);
      return;
    }
  window = gtk_window_get_transient_for (GTK_WINDOW (self));
  dbk_desk_toast (self->desk, "%s", gives_voucher (self) ? _("The voucher is made, and its days granted")
                                    : has_paper          ? _("The slips are made, and their days granted")
                                                         : _("Granted: they hear of it with the next file"));
  if (has_paper)
    dbk_preview_window_show (GTK_WIDGET (window), self->desk, done, "sheet-printer", NULL);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
on_confirm_clicked_cb (DbkGrantDialog *self)
{
  Grant *grant = g_new0 (Grant, 1);
  guint lot = adw_combo_row_get_selected (self->lot);

  grant->site = g_strdup (self->site);
  grant->patients = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < self->checks->len; i++)
    if (gtk_check_button_get_active (g_ptr_array_index (self->checks, i)))
      g_ptr_array_add (grant->patients, g_strdup (((const DbkGrantRow *) g_ptr_array_index (self->list->rows, i))->patient));
  g_ptr_array_add (grant->patients, NULL);
  grant->from = self->from;
  grant->to = self->to;
  grant->voucher = gives_voucher (self);
  grant->options.media = DBK_MEDIA_A4;
  grant->options.language = dbk_text_language ();
  if (self->list->on_paper)
    grant->lot = g_strdup (((const DbkLot *) g_ptr_array_index (self->list->lots, lot))->number);
  self->busy = TRUE;
  update (self);
  gtk_widget_remove_css_class (GTK_WIDGET (self->status), "error");
  gtk_label_set_label (self->status, "");
  dbk_desk_run_async (self->desk, DBK_WORK_WRITES, grant_days, grant, (GDestroyNotify) free_grant, NULL, NULL, on_granted_cb, g_object_ref (self));
}

/* ---- the dialog ---- */

static void
dbk_grant_dialog_dispose (GObject *object)
{
  DBK_GRANT_DIALOG (object)->gone = TRUE;
  G_OBJECT_CLASS (dbk_grant_dialog_parent_class)->dispose (object);
}

static void
dbk_grant_dialog_finalize (GObject *object)
{
  DbkGrantDialog *self = DBK_GRANT_DIALOG (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->list, dbk_grant_list_free);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  g_free (self->site);
  g_free (self->patient);
  G_OBJECT_CLASS (dbk_grant_dialog_parent_class)->finalize (object);
}

static void
dbk_grant_dialog_class_init (DbkGrantDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dbk_grant_dialog_dispose;
  object_class->finalize = dbk_grant_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/dosebook/Dosebook/dbk-grant-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, DbkGrantDialog, first);
  gtk_widget_class_bind_template_child (widget_class, DbkGrantDialog, last);
  gtk_widget_class_bind_template_child (widget_class, DbkGrantDialog, lot);
  gtk_widget_class_bind_template_child (widget_class, DbkGrantDialog, voucher_row);
  gtk_widget_class_bind_template_child (widget_class, DbkGrantDialog, voucher);
  gtk_widget_class_bind_template_child (widget_class, DbkGrantDialog, choosing);
  gtk_widget_class_bind_template_child (widget_class, DbkGrantDialog, said);
  gtk_widget_class_bind_template_child (widget_class, DbkGrantDialog, search);
  gtk_widget_class_bind_template_child (widget_class, DbkGrantDialog, rows);
  gtk_widget_class_bind_template_child (widget_class, DbkGrantDialog, status);
  gtk_widget_class_bind_template_child (widget_class, DbkGrantDialog, confirm);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, on_typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_all_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_none_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_confirm_clicked_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
dbk_grant_dialog_init (DbkGrantDialog *self)
{
  self->checks = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_sensitive (self->confirm, FALSE);
  gtk_list_box_set_filter_func (self->rows, is_found, self, NULL);
  dbk_scanner_attach (GTK_WINDOW (self));
}

void
dbk_grant_dialog_show (GtkWidget  *widget,
                       DbkDesk    *desk,
                       const char *site,
                       const char *patient)
{
  DbkGrantDialog *self = g_object_new (DBK_TYPE_GRANT_DIALOG, "transient-for", gtk_widget_get_root (widget), NULL);
  g_autofree char *title = g_strdup_printf (_("Days for %s"), site);

  gtk_window_set_title (GTK_WINDOW (self), title);
  self->desk = g_object_ref (desk);
  self->site = g_strdup (site);
  self->patient = g_strdup (patient);
  if (patient != NULL)
    gtk_window_set_default_size (GTK_WINDOW (self), 620, 420);
  dbk_desk_run_async (desk, DBK_WORK_READS, read_list, g_strdup (site), g_free, (GDestroyNotify) dbk_grant_list_free, NULL, on_list_read_cb,
                      g_object_ref (self));
  gtk_window_present (GTK_WINDOW (self));
}
