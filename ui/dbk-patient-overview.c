/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-file"

#include "config.h"

#include <glib/gi18n.h>

#include "app/dbk-clock.h"
#include "app/dbk-coded-text.h"
#include "db/dbk-desk-store.h"
#include "ui/dbk-patient-file-private.h"

#define MONTH_DAYS 30
#define QUARTER_DAYS 90
#define YEAR_DAYS 365
#define PERCENT 100

/* ---- in numbers ---- */

static void
add_fact (DbkPatientFile *self,
          const char     *title,
          const char     *value)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *caption = g_object_new (GTK_TYPE_LABEL, "label", title, "wrap", TRUE, "xalign", 0.0, NULL);
  GtkWidget *said = g_object_new (GTK_TYPE_LABEL, "label", value, "wrap", TRUE, "xalign", 0.0, NULL);

  gtk_widget_add_css_class (caption, "caption");
  gtk_widget_add_css_class (caption, "dim-label");
  gtk_widget_add_css_class (said, "value");
  gtk_box_append (GTK_BOX (box), caption);
  gtk_box_append (GTK_BOX (box), said);
  gtk_box_append (self->facts, box);
}

/* Days on which the clinic was closed, or the dose on hold, or which lie before the first dose, do not count. */
static void
add_attendance (DbkPatientFile         *self,
                const char             *title,
                const DbkTreatmentDays *days,
                gint                    n)
{
  gint counts[DBK_N_SIGNS], given, due;
  g_autofree char *text = NULL;

  dbk_treatment_days_count (days, self->view->today - n, counts);
  given = counts[DBK_SIGN_GIVEN] + counts[DBK_SIGN_TAKE_HOME];
  due = given + counts[DBK_SIGN_MISSED];
  if (due == 0)
    text = g_strdup (_("no day was due"));
  else
    /* Translators: percent, days with a dose, days that were due. */
    text = g_strdup_printf (_("%d %% (%d of %d)"), (given * PERCENT + due / 2) / due, given, due);
  add_fact (self, title, text);
}

static void
add_last_contact (DbkPatientFile *self)
{
  const GPtrArray *contacts = self->view->history->contacts;
  const DbkContactRow *contact = contacts->len > 0 ? g_ptr_array_index (contacts, 0) : NULL;
  g_autofree char *day = contact != NULL ? dbk_day_format (contact->day, dbk_text_language ()) : NULL;
  g_autofree char *text = contact != NULL ? g_strjoin (", ", day, dbk_reason_text (contact->outcome), NULL) : g_strdup (_("none"));

  add_fact (self, _("Last contact"), text);
}

static char *
count_days (gint n)
{
  return g_strdup_printf (ngettext ("%d day", "%d days", (gulong) n), n);
}

static void
draw_facts (DbkPatientFile *self)
{
  const DbkHistory *history = self->view->history;
  DbkDay today = self->view->today;
  DbkDay first = history->first_day != DBK_DAY_NONE ? history->first_day : history->patient->enrolled;
  g_autofree char *gap = history->first_day != DBK_DAY_NONE ? count_days (history->longest_gap) : g_strdup (_("no dose yet"));
  g_autofree char *since = first != DBK_DAY_NONE && first <= today ? count_days (today - first + 1) : g_strdup (_("Not recorded"));
  g_autoptr(DbkTreatmentDays) days = dbk_treatment_days_new (history, today - QUARTER_DAYS, today - 1, today,
                                                             dbk_desk_get_timezone (self->desk));
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->facts))) != NULL)
    gtk_box_remove (self->facts, child);
  add_attendance (self, _("Attendance, 30 days"), days, MONTH_DAYS);
  add_attendance (self, _("Attendance, 90 days"), days, QUARTER_DAYS);
  add_fact (self, _("Longest gap"), gap);
  add_fact (self, history->first_day != DBK_DAY_NONE ? _("In treatment") : _("Registered"), since);
  add_last_contact (self);
}

/* ---- who spoke with the patient, and who read the file ---- */

static char *
format_moment (DbkPatientFile *self,
               gint64          ms)
{
  const char *zone = dbk_desk_get_timezone (self->desk);
  g_autoptr(DbkClock) clock = dbk_clock_new (zone, NULL);
  g_autofree char *day = clock != NULL ? dbk_day_format (dbk_clock_day_of (clock, ms), dbk_text_language ()) : g_strdup ("");
  g_autofree char *time = dbk_clock_format_time (zone, ms);

  return g_strjoin ("  ", day, time, NULL);
}

static const char *
how_text (const char *how)
{
  if (g_strcmp0 (how, "card") == 0)
    return _("by card");
  if (g_strcmp0 (how, "search") == 0)
    return _("by search, without a card");
  if (g_strcmp0 (how, "list") == 0)
    return _("from a list");
  if (g_strcmp0 (how, "command") == 0)
    return _("by a command");
  return how;
}

static void
draw_contacts (DbkPatientFile *self)
{
  const GPtrArray *contacts = self->view->history->contacts;
  g_autofree char *title = g_strdup_printf (_("Contacts (%u)"), contacts->len);

  _dbk_patient_file_clear_list (self->contacts);
  gtk_expander_set_label (self->contacts_expander, title);
  gtk_widget_set_visible (GTK_WIDGET (self->contacts_expander), contacts->len > 0);
  for (guint i = 0; i < contacts->len; i++)
    {
      const DbkContactRow *contact = g_ptr_array_index (contacts, i);
      g_autofree char *moment = format_moment (self, contact->ms);
      g_autofree char *said = g_strjoin ("  ·  ", moment, contact->by_name, contact->note, NULL);

      _dbk_patient_file_add_row (self->contacts, dbk_reason_text (contact->outcome), said);
    }
}

static void
draw_readings (DbkPatientFile *self)
{
  const GPtrArray *readings = self->view->history->readings;

  _dbk_patient_file_clear_list (self->readings);
  for (guint i = 0; i < readings->len; i++)
    {
      const DbkReading *reading = g_ptr_array_index (readings, i);
      g_autofree char *moment = format_moment (self, reading->ms);
      g_autofree char *said = g_strjoin ("  ·  ", moment, how_text (reading->how), NULL);

      _dbk_patient_file_add_row (self->readings, reading->name != NULL ? reading->name : reading->login, said);
    }
}

/* ---- the page ---- */

void
_dbk_patient_file_draw_chart (DbkPatientFile *self)
{
  DbkDay today = self->view->today;
  gint n = gtk_toggle_button_get_active (self->quarter) ? QUARTER_DAYS : YEAR_DAYS;

  dbk_dose_chart_set_days (self->chart, dbk_treatment_days_new (self->view->history, today - n + 1, today, today,
                                                                dbk_desk_get_timezone (self->desk)));
}

void
_dbk_patient_file_draw_overview (DbkPatientFile *self)
{
  DbkDay today = self->view->today;

  draw_facts (self);
  _dbk_patient_file_draw_chart (self);
  dbk_day_map_set_days (self->map, dbk_treatment_days_new (self->view->history, dbk_day_map_first_day (today), dbk_day_map_last_day (today),
                                                           today, dbk_desk_get_timezone (self->desk)));
  draw_contacts (self);
  draw_readings (self);
}
