/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-file"

#include "config.h"

#include <glib/gi18n.h>

#include "app/dbk-clock.h"
#include "app/dbk-coded-text.h"
#include "app/dbk-make-paper.h"
#include "db/dbk-dose-store.h"
#include "db/record/dbk-quantity.h"
#include "ui/dbk-dialogs.h"
#include "ui/dbk-patient-file-private.h"
#include "ui/dbk-preview-window.h"
#include "ui/dbk-reverse-dialog.h"

/* ---- one line of the list ---- */

#define DBK_TYPE_DOSE_LINE (dbk_dose_line_get_type ())
G_DECLARE_FINAL_TYPE (DbkDoseLine, dbk_dose_line, DBK, DOSE_LINE, GObject)

/* A dose; the correction under it, which has the same dose and who made it; or a dose that was not given. */
struct _DbkDoseLine
{
  GObject parent_instance;

  DbkDose  *dose;       /* NULL: not given */
  gboolean  correction;
  DbkDay    day;
  gint64    ms;
  char     *reason;
  char     *who;
  char     *note;
};

G_DEFINE_FINAL_TYPE (DbkDoseLine, dbk_dose_line, G_TYPE_OBJECT)

static void
dbk_dose_line_finalize (GObject *object)
{
  DbkDoseLine *self = DBK_DOSE_LINE (object);

  g_clear_pointer (&self->dose, dbk_dose_free);
  g_free (self->reason);
  g_free (self->who);
  g_free (self->note);
  G_OBJECT_CLASS (dbk_dose_line_parent_class)->finalize (object);
}

static void
dbk_dose_line_class_init (DbkDoseLineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dbk_dose_line_finalize;
}

static void
dbk_dose_line_init (DbkDoseLine *self)
{
}

static gboolean
is_dose (DbkDoseLine *line)
{
  return line->dose != NULL && !line->correction;
}

static DbkDoseLine *
new_dose_line (const DbkDose *dose)
{
  DbkDoseLine *line = g_object_new (DBK_TYPE_DOSE_LINE, NULL);

  line->dose = dbk_dose_copy (dose);
  line->day = dose->day;
  line->ms = dose->kind == DBK_DOSE_IMPORTED ? 0 : dose->given_ms;
  line->who = g_strdup (dose->kind == DBK_DOSE_IMPORTED ? NULL : dose->giver_name);
  return line;
}

static const DbkReversalRow *
find_reversal (DbkPatientFile *self,
               const char     *dose)
{
  const GPtrArray *reversals = self->view->history->reversals;

  for (guint i = 0; i < reversals->len; i++)
    if (strcmp (((DbkReversalRow *) g_ptr_array_index (reversals, i))->dose, dose) == 0)
      return g_ptr_array_index (reversals, i);
  return NULL;
}

static DbkDoseLine *
new_correction_line (DbkPatientFile *self,
                     const DbkDose  *dose)
{
  g_autoptr(DbkClock) clock = dbk_clock_new (dbk_desk_get_timezone (self->desk), NULL);
  DbkDoseLine *line = g_object_new (DBK_TYPE_DOSE_LINE, NULL);
  const DbkReversalRow *reversal = find_reversal (self, dose->id);
  const char *who = g_hash_table_lookup (self->view->names, dose->reversed_by);

  line->dose = dbk_dose_copy (dose);
  line->correction = TRUE;
  line->day = clock != NULL ? dbk_clock_day_of (clock, dose->reversed_ms) : dose->day;
  line->ms = dose->reversed_ms;
  line->reason = g_strdup (dose->reversal_reason);
  line->note = reversal != NULL ? g_strdup (reversal->note) : NULL;
  if (reversal != NULL && reversal->witness_name != NULL)
    /* Translators: who corrected a dose, the second person. */
    line->who = g_strdup_printf (_("%s, with %s"), who != NULL ? who : "—", reversal->witness_name);
  else
    line->who = g_strdup (who);
  return line;
}

static DbkDoseLine *
new_not_given_line (const DbkNotGiven *not_given)
{
  DbkDoseLine *line = g_object_new (DBK_TYPE_DOSE_LINE, NULL);

  line->day = not_given->day;
  line->ms = not_given->at_ms;
  line->reason = g_strdup (not_given->reason);
  line->who = g_strdup (not_given->by_name);
  line->note = g_strdup (not_given->note);
  return line;
}

/* ---- what the columns say; the caller's, NULL for nothing ---- */

typedef char *(*ColumnText) (DbkDoseLine *line, const char *zone);

static char *
say_date (DbkDoseLine *line,
          const char  *zone)
{
  g_autofree char *day = dbk_day_format_weekday (line->day, dbk_text_language ());

  return line->correction ? g_strconcat ("    ↳ ", day, NULL) : g_steal_pointer (&day);
}

static char *
say_time (DbkDoseLine *line,
          const char  *zone)
{
  return line->ms != 0 ? dbk_clock_format_time (zone, line->ms) : NULL;
}

static char *
say_ordered (DbkDoseLine *line,
             const char  *zone)
{
  return is_dose (line) && line->dose->ordered_ug > 0 ? dbk_dose_format (line->dose->ordered_ug) : NULL;
}

static char *
say_given (DbkDoseLine *line,
           const char  *zone)
{
  return is_dose (line) ? dbk_dose_format (line->dose->dose_ug) : g_strdup (line->correction ? _("none") : "—");
}

static char *
say_lot (DbkDoseLine *line,
         const char  *zone)
{
  return is_dose (line) ? g_strdup (line->dose->lot_number) : NULL;
}

static char *
say_place (DbkDoseLine *line,
           const char  *zone)
{
  return is_dose (line) && line->dose->kind != DBK_DOSE_IMPORTED ? g_strdup (line->dose->site) : NULL;
}

static char *
say_who (DbkDoseLine *line,
         const char  *zone)
{
  return g_strdup (line->who);
}

static char *
say_kind (DbkDoseLine *line,
          const char  *zone)
{
  const char *reason = dbk_reason_text (line->reason);

  if (line->correction)
    return line->note != NULL && *line->note != '\0' ? g_strdup_printf (_("corrected: %s, %s"), reason, line->note)
                                                     : g_strdup_printf (_("corrected: %s"), reason);
  if (line->dose == NULL)
    return line->note != NULL && *line->note != '\0' ? g_strdup_printf (_("not given: %s, %s"), reason, line->note)
                                                     : g_strdup_printf (_("not given: %s"), reason);
  if (line->dose->from_paper)
    /* Translators: observed, take-home and so on; entered later from the paper sheet. */
    return g_strdup_printf (_("%s, from paper"), dbk_dose_kind_text (line->dose->kind));
  return g_strdup (dbk_dose_kind_text (line->dose->kind));
}

typedef struct
{
  const char *title;
  ColumnText  say;
  gboolean    number;
  gboolean    expands;
} Column;

static const Column columns[] = {
  { N_("Day"), say_date, FALSE, FALSE },
  { N_("Time"), say_time, FALSE, FALSE },
  { N_("Ordered"), say_ordered, TRUE, FALSE },
  { N_("Given"), say_given, TRUE, FALSE },
  { N_("Lot"), say_lot, FALSE, FALSE },
  { N_("Place"), say_place, FALSE, FALSE },
  { N_("By"), say_who, FALSE, FALSE },
  { N_("What"), say_kind, FALSE, TRUE },
};

static void
on_setup_cb (GtkListItemFactory *factory,
             GtkListItem        *item,
             const Column       *column)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), column->number ? 1 : 0);
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
set_style (GtkWidget  *widget,
           const char *style,
           gboolean    on)
{
  if (on)
    gtk_widget_add_css_class (widget, style);
  else
    gtk_widget_remove_css_class (widget, style);
}

static void
on_bind_cb (GtkListItemFactory *factory,
            GtkListItem        *item,
            const Column       *column)
{
  DbkPatientFile *self = g_object_get_data (G_OBJECT (factory), "file");
  GtkWidget *label = gtk_list_item_get_child (item);
  DbkDoseLine *line = gtk_list_item_get_item (item);
  g_autofree char *text = column->say (line, dbk_desk_get_timezone (self->desk));

  gtk_label_set_label (GTK_LABEL (label), text != NULL ? text : "");
  set_style (label, "reversed", is_dose (line) && line->dose->reversed_by != NULL);
  set_style (label, "correction", line->correction);
  set_style (label, "not-given", line->dose == NULL);
}

/* ---- which one is chosen ---- */

static const DbkDose *
get_chosen (DbkPatientFile *self)
{
  DbkDoseLine *line = gtk_single_selection_get_selected_item (self->dose_selection);

  return line != NULL && is_dose (line) ? line->dose : NULL;
}

static void
on_selected_cb (DbkPatientFile *self)
{
  const DbkDose *dose = get_chosen (self);
  gboolean stands = dose != NULL && dose->reversed_by == NULL && dose->kind != DBK_DOSE_IMPORTED;
  g_autofree char *amount = dose != NULL ? dbk_dose_format (dose->dose_ug) : NULL;
  g_autofree char *day = dose != NULL ? dbk_day_format_weekday (dose->day, dbk_text_language ()) : NULL;
  g_autofree char *text = NULL;

  if (dose == NULL)
    text = g_strdup (self->dose_items != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->dose_items)) > 0
                       ? _("Choose a dose to correct it or to print its slip again.") : _("No dose yet."));
  else if (dose->kind == DBK_DOSE_IMPORTED)
    text = g_strdup (_("This dose comes from an earlier register, and is corrected there."));
  else if (dose->reversed_by != NULL)
    text = g_strdup (_("This dose was corrected; it does not count."));
  else
    text = g_strjoin ("  ·  ", amount, day, NULL);
  gtk_label_set_label (self->dose_hint, text);
  gtk_widget_set_sensitive (self->correct, stands);
  gtk_widget_set_sensitive (self->slip, stands);
}

void
_dbk_patient_file_correct (DbkPatientFile *self)
{
  const DbkDose *dose = get_chosen (self);

  if (dose != NULL)
    dbk_reverse_dialog_show (GTK_WIDGET (self), self->desk, dose, self->view->history->patient->name);
}

/* ---- the slip again ---- */

typedef struct
{
  char           *dose;
  DbkPaperOptions options;
} SlipOrder;

static void
free_slip_order (SlipOrder *order)
{
  g_free (order->dose);
  g_free (order);
}

static gpointer
make_slip (DbkClinic         *clinic,
           const DbkSession  *session,
           gpointer           data,
           GError           **error)
{
  const SlipOrder *order = data;

  return dbk_make_slip (clinic, session, order->dose, &order->options, error);
}

static void
on_slip_made_cb (GObject      *source,
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
    dbk_show_error (GTK_WIDGET (self), _("No slip was made"), error);
  else
    dbk_preview_window_show (GTK_WIDGET (self), self->desk, g_steal_pointer (&made), "slip-printer", number);
}

void
_dbk_patient_file_slip_again (DbkPatientFile *self)
{
  const DbkDose *dose = get_chosen (self);
  g_autofree char *media = g_settings_get_string (dbk_desk_get_settings (self->desk), "slip-media");
  SlipOrder *order;

  if (dose == NULL)
    return;
  order = g_new0 (SlipOrder, 1);
  order->dose = g_strdup (dose->id);
  order->options.language = dbk_text_language ();
  order->options.media = DBK_MEDIA_ROLL_80;
  dbk_media_from_word (media, &order->options.media, NULL);
  dbk_desk_run_async (self->desk, DBK_WORK_READS, make_slip, order, (GDestroyNotify) free_slip_order, (GDestroyNotify) dbk_made_paper_free, NULL,
                      on_slip_made_cb, g_object_ref (self));
}

/* ---- the list ---- */

void
_dbk_patient_file_set_up_doses (DbkPatientFile *self)
{
  self->dose_items = g_list_store_new (DBK_TYPE_DOSE_LINE);
  self->dose_selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->dose_items)));
  /* Nothing is chosen for anybody. */
  gtk_single_selection_set_autoselect (self->dose_selection, FALSE);
  gtk_single_selection_set_can_unselect (self->dose_selection, TRUE);
  gtk_single_selection_set_selected (self->dose_selection, GTK_INVALID_LIST_POSITION);
  g_signal_connect_object (self->dose_selection, "notify::selected-item", G_CALLBACK (on_selected_cb), self, G_CONNECT_SWAPPED);
  gtk_column_view_set_model (self->doses, GTK_SELECTION_MODEL (self->dose_selection));
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      GtkColumnViewColumn *column;

      g_object_set_data (G_OBJECT (factory), "file", self);
      g_signal_connect (factory, "setup", G_CALLBACK (on_setup_cb), (gpointer) &columns[i]);
      g_signal_connect (factory, "bind", G_CALLBACK (on_bind_cb), (gpointer) &columns[i]);
      column = gtk_column_view_column_new (_(columns[i].title), factory);
      gtk_column_view_column_set_expand (column, columns[i].expands);
      gtk_column_view_append_column (self->doses, column);
      g_object_unref (column);
    }
}

void
_dbk_patient_file_clear_doses (DbkPatientFile *self)
{
  g_list_store_remove_all (self->dose_items);
  on_selected_cb (self);
}

/* Newest day first; within a day as it happened. */
static gint
compare_lines (gconstpointer a,
               gconstpointer b)
{
  const DbkDoseLine *one = *(DbkDoseLine *const *) a, *other = *(DbkDoseLine *const *) b;

  if (one->day != other->day)
    return one->day > other->day ? -1 : 1;
  return one->ms < other->ms ? -1 : one->ms > other->ms;
}

static GPtrArray *
new_lines (DbkPatientFile *self)
{
  const DbkHistory *history = self->view->history;
  g_autoptr(GPtrArray) doses = g_ptr_array_new_with_free_func (g_object_unref);
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < history->doses->len; i++)
    g_ptr_array_add (doses, new_dose_line (g_ptr_array_index (history->doses, i)));
  for (guint i = 0; i < history->not_given->len; i++)
    g_ptr_array_add (doses, new_not_given_line (g_ptr_array_index (history->not_given, i)));
  g_ptr_array_sort (doses, compare_lines);
  for (guint i = 0; i < doses->len; i++)
    {
      DbkDoseLine *line = g_ptr_array_index (doses, i);

      g_ptr_array_add (lines, g_object_ref (line));
      if (is_dose (line) && line->dose->reversed_by != NULL)
        g_ptr_array_add (lines, new_correction_line (self, line->dose));
    }
  return lines;
}

void
_dbk_patient_file_draw_doses (DbkPatientFile *self)
{
  g_autoptr(GPtrArray) lines = new_lines (self);
  const DbkDose *dose = get_chosen (self);
  g_autofree char *chosen = dose != NULL ? g_strdup (dose->id) : NULL;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->dose_items));

  g_list_store_splice (self->dose_items, 0, n, lines->pdata, lines->len);
  gtk_single_selection_set_selected (self->dose_selection, GTK_INVALID_LIST_POSITION);
  for (guint i = 0; chosen != NULL && i < lines->len; i++)
    {
      DbkDoseLine *line = g_ptr_array_index (lines, i);

      if (is_dose (line) && strcmp (line->dose->id, chosen) == 0)
        gtk_single_selection_set_selected (self->dose_selection, i);
    }
  gtk_widget_set_visible (self->correct, _dbk_patient_file_may (self, DBK_ACT_REVERSE_DOSE));
  gtk_widget_set_visible (self->slip, _dbk_patient_file_may (self, DBK_ACT_PRINT));
  on_selected_cb (self);
}
