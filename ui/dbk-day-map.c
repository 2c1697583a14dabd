/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-day-map"

#include "config.h"

#include "ui/dbk-day-map.h"

#include <glib/gi18n.h>

#include "app/dbk-coded-text.h"
#include "ui/dbk-day-signs.h"

#define WEEK 7
#define CELL_LEAST 8
#define CELL_MOST 18
#define GAP 6.0
#define SMALL_SCALE 0.85

struct _DbkDayMap
{
  GtkWidget parent_instance;

  DbkTreatmentDays *days;
  DbkDay            focus;
};

G_DEFINE_FINAL_TYPE (DbkDayMap, dbk_day_map, GTK_TYPE_WIDGET)

DbkDay
dbk_day_map_last_day (DbkDay today)
{
  return today + WEEK - dbk_day_weekday (today);
}

DbkDay
dbk_day_map_first_day (DbkDay today)
{
  return dbk_day_map_last_day (today) - DBK_DAY_MAP_WEEKS * WEEK + 1;
}

static const char *
weekday_name (int weekday)
{
  const char *const names[WEEK] = { C_("weekday", "Mo"), C_("weekday", "Tu"), C_("weekday", "We"), C_("weekday", "Th"), C_("weekday", "Fr"),
                                    C_("weekday", "Sa"), C_("weekday", "Su") };

  return names[weekday];
}

/* Where things are. */
typedef struct
{
  double left;
  double top;
  double cell;
  double line;
  double small_line;
} Plan;

static void
plan_for (DbkDayMap *self,
          int        width,
          Plan      *plan)
{
  int line, small_line, widest = 0;

  dbk_sign_measure (GTK_WIDGET (self), "0", 1, FALSE, NULL, &line);
  dbk_sign_measure (GTK_WIDGET (self), "0", SMALL_SCALE, FALSE, NULL, &small_line);
  for (int i = 0; i < WEEK; i++)
    {
      int name_width;

      dbk_sign_measure (GTK_WIDGET (self), weekday_name (i), SMALL_SCALE, FALSE, &name_width, NULL);
      widest = MAX (widest, name_width);
    }
  plan->line = line;
  plan->small_line = small_line;
  plan->left = widest + GAP;
  plan->top = line + GAP + small_line + 2;
  plan->cell = CLAMP ((int) ((width - plan->left) / DBK_DAY_MAP_WEEKS), CELL_LEAST, CELL_MOST);
}

static void
cell_of (DbkDayMap  *self,
         const Plan *plan,
         DbkDay      day,
         double     *x,
         double     *y)
{
  int n = day - self->days->from;

  *x = plan->left + n / WEEK * plan->cell;
  *y = plan->top + n % WEEK * plan->cell;
}

/* ---- drawing ---- */

static void
draw_names (DbkDayMap            *self,
            cairo_t              *cr,
            const Plan           *plan,
            const DbkSignColours *colours)
{
  double free_from = 0;

  /* Small cells have no room for every weekday. */
  for (int i = 0; i < WEEK; i += plan->cell < plan->small_line ? 2 : 1)
    dbk_sign_write (GTK_WIDGET (self), cr, weekday_name (i), &colours->dim, 0, plan->top + (i + 0.5) * plan->cell - plan->small_line / 2, 0,
                    SMALL_SCALE, FALSE);
  for (DbkDay day = self->days->from; day <= self->days->to; day++)
    {
      g_autofree char *name = NULL;
      int day_of_month;
      double x, y;

      dbk_day_to_ymd (day, NULL, NULL, &day_of_month);
      cell_of (self, plan, day, &x, &y);
      if (day_of_month != 1 || x < free_from)
        continue;
      name = dbk_day_format_short (day, dbk_text_language ());
      free_from = x + GAP + dbk_sign_write (GTK_WIDGET (self), cr, name, &colours->dim, x, plan->line + GAP, 0, SMALL_SCALE, FALSE);
    }
}

static void
draw_legend (DbkDayMap            *self,
             cairo_t              *cr,
             const Plan           *plan,
             const DbkSignColours *colours)
{
  static const DbkDaySign order[] = { DBK_SIGN_GIVEN, DBK_SIGN_TAKE_HOME, DBK_SIGN_MISSED, DBK_SIGN_NOT_DUE, DBK_SIGN_CLOSED };
  double x = plan->left, y = plan->top + WEEK * plan->cell + GAP, radius = plan->cell * 0.36;

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      dbk_sign_draw (cr, order[i], colours, x + plan->cell / 2, y + plan->small_line / 2, radius);
      x += plan->cell + GAP;
      x += dbk_sign_write (GTK_WIDGET (self), cr, dbk_sign_text (order[i]), &colours->text, x, y, 0, SMALL_SCALE, FALSE) + 2 * GAP;
    }
}

static void
draw_focus (DbkDayMap            *self,
            cairo_t              *cr,
            const Plan           *plan,
            const DbkSignColours *colours)
{
  double x, y;

  dbk_sign_write (GTK_WIDGET (self), cr, dbk_treatment_days_get (self->days, self->focus)->text, &colours->text, plan->left, 0, 0, 1, FALSE);
  cell_of (self, plan, self->focus, &x, &y);
  gdk_cairo_set_source_rgba (cr, gtk_widget_has_focus (GTK_WIDGET (self)) ? &colours->accent : &colours->dim);
  cairo_set_line_width (cr, gtk_widget_has_focus (GTK_WIDGET (self)) ? 2 : 1);
  cairo_rectangle (cr, x + 0.5, y + 0.5, plan->cell - 1, plan->cell - 1);
  cairo_stroke (cr);
}

static void
dbk_day_map_snapshot (GtkWidget   *widget,
                      GtkSnapshot *snapshot)
{
  DbkDayMap *self = DBK_DAY_MAP (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  DbkSignColours colours;
  cairo_t *cr;
  Plan plan;

  if (self->days == NULL || width <= 0 || height <= 0)
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  dbk_sign_colours (widget, &colours);
  plan_for (self, width, &plan);
  draw_names (self, cr, &plan, &colours);
  for (DbkDay day = self->days->from; day <= self->days->to; day++)
    {
      double x, y;

      cell_of (self, &plan, day, &x, &y);
      if (day <= self->days->today || dbk_treatment_days_get (self->days, day)->sign != DBK_SIGN_NOT_DUE)
        dbk_sign_draw (cr, dbk_treatment_days_get (self->days, day)->sign, &colours, x + plan.cell / 2, y + plan.cell / 2, plan.cell * 0.36);
    }
  draw_legend (self, cr, &plan, &colours);
  draw_focus (self, cr, &plan, &colours);
  cairo_destroy (cr);
}

static GtkSizeRequestMode
dbk_day_map_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
dbk_day_map_measure (GtkWidget      *widget,
                     GtkOrientation  orientation,
                     int             for_size,
                     int            *minimum,
                     int            *natural,
                     int            *minimum_baseline,
                     int            *natural_baseline)
{
  Plan plan;

  plan_for (DBK_DAY_MAP (widget), for_size, &plan);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = (int) plan.left + DBK_DAY_MAP_WEEKS * CELL_LEAST;
      *natural = (int) plan.left + DBK_DAY_MAP_WEEKS * CELL_MOST;
    }
  else
    *minimum = *natural = (int) (plan.top + WEEK * plan.cell + GAP + plan.small_line + 1);
}

/* ---- reading ---- */

static void
set_focus_day (DbkDayMap *self,
               DbkDay     day)
{
  self->focus = CLAMP (day, self->days->from, self->days->to);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  dbk_treatment_days_get (self->days, self->focus)->text, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
move_focus_by (DbkDayMap *self,
               int        days)
{
  DbkDay day = self->focus + days;

  /* A whole week that does not fit is no step at all: the row stays the same. */
  if (day >= self->days->from && day <= self->days->to)
    set_focus_day (self, day);
}

static gboolean
on_key_pressed_cb (GtkEventControllerKey *keys,
                   guint                  keyval,
                   guint                  keycode,
                   GdkModifierType        state,
                   DbkDayMap             *self)
{
  if (self->days == NULL || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  switch (keyval)
    {
    case GDK_KEY_Left:
      move_focus_by (self, -WEEK);
      return TRUE;
    case GDK_KEY_Right:
      move_focus_by (self, WEEK);
      return TRUE;
    case GDK_KEY_Up:
      move_focus_by (self, -1);
      return TRUE;
    case GDK_KEY_Down:
      move_focus_by (self, 1);
      return TRUE;
    case GDK_KEY_Home:
      set_focus_day (self, self->days->from);
      return TRUE;
    case GDK_KEY_End:
      set_focus_day (self, self->days->today);
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
find_day (DbkDayMap *self,
          double     x,
          double     y,
          DbkDay    *day)
{
  Plan plan;
  int week, row;

  if (self->days == NULL)
    return FALSE;
  plan_for (self, gtk_widget_get_width (GTK_WIDGET (self)), &plan);
  if (x < plan.left || y < plan.top)
    return FALSE;
  week = (int) ((x - plan.left) / plan.cell);
  row = (int) ((y - plan.top) / plan.cell);
  if (week >= DBK_DAY_MAP_WEEKS || row >= WEEK)
    return FALSE;
  *day = self->days->from + week * WEEK + row;
  return TRUE;
}

static void
on_motion_cb (GtkEventControllerMotion *motion,
              double                    x,
              double                    y,
              DbkDayMap                *self)
{
  DbkDay day;

  if (find_day (self, x, y, &day) && day != self->focus)
    set_focus_day (self, day);
}

static void
say_summary (DbkDayMap *self)
{
  gint counts[DBK_N_SIGNS];
  g_autofree char *text = NULL;

  dbk_treatment_days_count (self->days, self->days->from, counts);
  text = g_strdup_printf (_("A year of days: %d given, %d taken home or elsewhere, %d missed, %d closed"), counts[DBK_SIGN_GIVEN],
                          counts[DBK_SIGN_TAKE_HOME], counts[DBK_SIGN_MISSED], counts[DBK_SIGN_CLOSED]);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

void
dbk_day_map_set_days (DbkDayMap        *self,
                      DbkTreatmentDays *days)
{
  g_return_if_fail (days == NULL || days->to - days->from + 1 == DBK_DAY_MAP_WEEKS * WEEK);

  g_clear_pointer (&self->days, dbk_treatment_days_free);
  self->days = days;
  if (days == NULL)
    {
      gtk_accessible_reset_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL);
      gtk_accessible_reset_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
      gtk_widget_queue_draw (GTK_WIDGET (self));
      return;
    }
  say_summary (self);
  set_focus_day (self, days->today);
}

/* ---- the widget ---- */

static void
dbk_day_map_finalize (GObject *object)
{
  g_clear_pointer (&DBK_DAY_MAP (object)->days, dbk_treatment_days_free);
  G_OBJECT_CLASS (dbk_day_map_parent_class)->finalize (object);
}

static void
dbk_day_map_class_init (DbkDayMapClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = dbk_day_map_finalize;
  widget_class->snapshot = dbk_day_map_snapshot;
  widget_class->measure = dbk_day_map_measure;
  widget_class->get_request_mode = dbk_day_map_get_request_mode;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "day-map");
}

static void
dbk_day_map_init (DbkDayMap *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *keys = gtk_event_controller_key_new (), *motion = gtk_event_controller_motion_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_widget_set_focusable (widget, TRUE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed_cb), self);
  g_signal_connect (motion, "motion", G_CALLBACK (on_motion_cb), self);
  g_signal_connect_swapped (focus, "enter", G_CALLBACK (gtk_widget_queue_draw), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (gtk_widget_queue_draw), self);
  gtk_widget_add_controller (widget, keys);
  gtk_widget_add_controller (widget, motion);
  gtk_widget_add_controller (widget, focus);
}
