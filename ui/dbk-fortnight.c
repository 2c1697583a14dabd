/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-fortnight"

#include "config.h"

#include "ui/dbk-fortnight.h"

#include <glib/gi18n.h>

#include "app/dbk-coded-text.h"
#include "db/record/dbk-quantity.h"

#define N_DAYS 14

struct _DbkFortnight
{
  GtkWidget parent_instance;

  GtkWidget *grid;
  GtkWidget *days[N_DAYS];
  GtkWidget *signs[N_DAYS];
};

G_DEFINE_FINAL_TYPE (DbkFortnight, dbk_fortnight, GTK_TYPE_WIDGET)

static const DbkDose *
dose_of (const DbkCounterView *view,
         DbkDay                day)
{
  for (guint i = 0; i < view->doses->len; i++)
    {
      const DbkDose *dose = g_ptr_array_index (view->doses, i);

      if (dose->day == day && dose->reversed_by == NULL)
        return dose;
    }
  return NULL;
}

static DbkDay
first_day (const DbkCounterView *view)
{
  for (guint i = 0; i < view->doses->len; i++)
    {
      const DbkDose *dose = g_ptr_array_index (view->doses, i);

      if (dose->reversed_by == NULL)
        return dose->day;
    }
  return view->day;
}

static void
set_sign (GtkWidget  *sign,
          const char *text,
          const char *style)
{
  static const char *const styles[] = { "given", "home", "missed", "not-due" };

  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    gtk_widget_remove_css_class (sign, styles[i]);
  gtk_widget_add_css_class (sign, style);
  gtk_label_set_label (GTK_LABEL (sign), text);
}

void
dbk_fortnight_set_view (DbkFortnight         *self,
                        const DbkCounterView *view)
{
  DbkDay first = first_day (view);
  gint given = 0, missed = 0;
  g_autofree char *said = NULL;

  for (gint i = 0; i < N_DAYS; i++)
    {
      DbkDay day = view->day - N_DAYS + i;
      const DbkDose *dose = dose_of (view, day);
      g_autofree char *name = dbk_day_format_weekday (day, dbk_text_language ());
      g_autofree char *amount = dose != NULL ? dbk_dose_format (dose->dose_ug) : NULL;
      g_autofree char *tip = g_strjoin ("\n", name, amount != NULL ? amount : day < first ? _("not in treatment yet") : _("missed"), NULL);
      g_autofree char *number = NULL;
      int day_of_month;

      dbk_day_to_ymd (day, NULL, NULL, &day_of_month);
      number = g_strdup_printf ("%d", day_of_month);
      gtk_label_set_label (GTK_LABEL (self->days[i]), number);
      gtk_widget_set_tooltip_text (self->signs[i], tip);
      if (dose == NULL && day < first)
        set_sign (self->signs[i], "·", "not-due");
      else if (dose == NULL)
        set_sign (self->signs[i], "✕", "missed");
      else if (dose->kind == DBK_DOSE_TAKE_HOME || dose->kind == DBK_DOSE_GUEST)
        set_sign (self->signs[i], "○", "home");
      else
        set_sign (self->signs[i], "●", "given");
      given += dose != NULL;
      missed += dose == NULL && day >= first;
    }
  said = g_strdup_printf (_("Last 14 days: %d given, %d missed"), given, missed);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
}

static void
dbk_fortnight_dispose (GObject *object)
{
  DbkFortnight *self = DBK_FORTNIGHT (object);

  g_clear_pointer (&self->grid, gtk_widget_unparent);
  G_OBJECT_CLASS (dbk_fortnight_parent_class)->dispose (object);
}

static void
dbk_fortnight_class_init (DbkFortnightClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dbk_fortnight_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_IMG);
}

static void
dbk_fortnight_init (DbkFortnight *self)
{
  self->grid = gtk_grid_new ();
  gtk_grid_set_column_homogeneous (GTK_GRID (self->grid), TRUE);
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 3);
  gtk_widget_add_css_class (self->grid, "fortnight");
  for (gint i = 0; i < N_DAYS; i++)
    {
      self->days[i] = gtk_label_new (NULL);
      self->signs[i] = gtk_label_new (NULL);
      gtk_widget_add_css_class (self->days[i], "day");
      gtk_widget_add_css_class (self->signs[i], "sign");
      gtk_grid_attach (GTK_GRID (self->grid), self->signs[i], i, 0, 1, 1);
      gtk_grid_attach (GTK_GRID (self->grid), self->days[i], i, 1, 1, 1);
    }
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));
}
