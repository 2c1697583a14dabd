/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-chart"

#include "config.h"

#include "ui/dbk-dose-chart.h"

#include <glib/gi18n.h>

#include "app/dbk-coded-text.h"
#include "db/record/dbk-quantity.h"
#include "ui/dbk-day-signs.h"

#define UG_PER_MG 1000
#define STEPS_MOST 5
#define PLOT_HEIGHT 150
#define WIDTH_LEAST 320
#define GAP 6.0
#define POINT_MOST 3.5
#define POINT_LEAST 1.5
#define LATEST_POINT 5.5
#define LATEST_SCALE 1.35
#define SMALL_SCALE 0.85
#define GRID_ALPHA 0.14f
#define PAGE_DAYS 30

struct _DbkDoseChart
{
  GtkWidget parent_instance;

  DbkTreatmentDays *days;
  DbkDay            focus;    /* the day that is read */
  gboolean          hovered;
};

G_DEFINE_FINAL_TYPE (DbkDoseChart, dbk_dose_chart, GTK_TYPE_WIDGET)

/* Where things are. */
typedef struct
{
  double left;
  double right;
  double top;
  double bottom;
  double per_day;
  double line;      /* height of one of text */
  gint64 most_ug;
  gint64 step_ug;
} Plot;

static void
choose_scale (DbkDoseChart *self,
              Plot         *plot)
{
  static const gint64 steps_mg[] = { 5, 10, 20, 50, 100, 200, 500, 1000 };
  gint64 most_ug = 0;

  for (DbkDay day = self->days->from; day <= self->days->to; day++)
    {
      const DbkTreatmentDay *mark = dbk_treatment_days_get (self->days, day);

      most_ug = MAX (most_ug, MAX (mark->given_ug, mark->ordered_ug));
    }
  for (guint i = 0; i < G_N_ELEMENTS (steps_mg); i++)
    {
      plot->step_ug = steps_mg[i] * UG_PER_MG;
      if (most_ug <= STEPS_MOST * plot->step_ug)
        break;
    }
  plot->most_ug = MAX (1, (most_ug + plot->step_ug - 1) / plot->step_ug) * plot->step_ug;
}

static char *
latest_text (DbkDoseChart *self)
{
  DbkDay latest = dbk_treatment_days_latest (self->days);

  return latest != DBK_DAY_NONE ? dbk_dose_format (dbk_treatment_days_get (self->days, latest)->given_ug) : NULL;
}

static void
lay_out (DbkDoseChart *self,
         Plot         *plot)
{
  GtkWidget *widget = GTK_WIDGET (self);
  g_autofree char *latest = latest_text (self), *most = NULL;
  int label_width, latest_width = 0, line;

  choose_scale (self, plot);
  most = dbk_dose_format (plot->most_ug);
  dbk_sign_measure (widget, most, SMALL_SCALE, FALSE, &label_width, &line);
  if (latest != NULL)
    dbk_sign_measure (widget, latest, LATEST_SCALE, TRUE, &latest_width, NULL);
  plot->line = line;
  plot->left = label_width + GAP;
  plot->right = gtk_widget_get_width (widget) - latest_width - 2 * GAP;
  plot->top = 2 * plot->line;
  plot->bottom = gtk_widget_get_height (widget) - plot->line - GAP;
  plot->per_day = (plot->right - plot->left) / (self->days->to - self->days->from + 1);
}

static double
x_of (DbkDoseChart *self,
      const Plot   *plot,
      DbkDay        day)
{
  return plot->left + (day - self->days->from + 0.5) * plot->per_day;
}

static double
y_of (const Plot *plot,
      gint64      dose_ug)
{
  return plot->bottom - (double) dose_ug / (double) plot->most_ug * (plot->bottom - plot->top);
}

static DbkDay
day_at (DbkDoseChart *self,
        double        x)
{
  Plot plot;

  lay_out (self, &plot);
  return CLAMP (self->days->from + (DbkDay) ((x - plot.left) / plot.per_day), self->days->from, self->days->to);
}

/* ---- drawing ---- */

static void
draw_scale (DbkDoseChart         *self,
            cairo_t              *cr,
            const Plot           *plot,
            const DbkSignColours *colours)
{
  GdkRGBA grid = colours->text;

  grid.alpha *= GRID_ALPHA;
  cairo_set_line_width (cr, 1);
  for (gint64 dose_ug = 0; dose_ug <= plot->most_ug; dose_ug += plot->step_ug)
    {
      double y = (int) y_of (plot, dose_ug) + 0.5;
      g_autofree char *label = dose_ug > 0 ? dbk_dose_format (dose_ug) : g_strdup ("0");

      gdk_cairo_set_source_rgba (cr, &grid);
      cairo_move_to (cr, plot->left, y);
      cairo_line_to (cr, plot->right, y);
      cairo_stroke (cr);
      dbk_sign_write (GTK_WIDGET (self), cr, label, &colours->dim, plot->left - GAP, y - plot->line / 2, 1, SMALL_SCALE, FALSE);
    }
}

/* The first day of each month, where there is room for its name. */
static void
draw_months (DbkDoseChart         *self,
             cairo_t              *cr,
             const Plot           *plot,
             const DbkSignColours *colours)
{
  double free_from = plot->left;

  for (DbkDay day = self->days->from; day <= self->days->to; day++)
    {
      double x = x_of (self, plot, day);
      g_autofree char *label = NULL;
      int day_of_month, width;

      dbk_day_to_ymd (day, NULL, NULL, &day_of_month);
      if (day_of_month != 1)
        continue;
      gdk_cairo_set_source_rgba (cr, &colours->dim);
      cairo_set_line_width (cr, 1);
      cairo_move_to (cr, (int) x + 0.5, plot->bottom);
      cairo_line_to (cr, (int) x + 0.5, plot->bottom + GAP);
      cairo_stroke (cr);
      label = dbk_day_format_short (day, dbk_text_language ());
      dbk_sign_measure (GTK_WIDGET (self), label, SMALL_SCALE, FALSE, &width, NULL);
      if (x - width / 2.0 < free_from || x + width / 2.0 > gtk_widget_get_width (GTK_WIDGET (self)))
        continue;
      dbk_sign_write (GTK_WIDGET (self), cr, label, &colours->dim, x, plot->bottom + GAP, 0.5, SMALL_SCALE, FALSE);
      free_from = x + width / 2.0 + GAP;
    }
}

static void
draw_orders (DbkDoseChart         *self,
             cairo_t              *cr,
             const Plot           *plot,
             const DbkSignColours *colours)
{
  gint64 before_ug = 0;

  gdk_cairo_set_source_rgba (cr, &colours->dim);
  cairo_set_line_width (cr, 1.5);
  for (DbkDay day = self->days->from; day <= self->days->to; day++)
    {
      gint64 ordered_ug = dbk_treatment_days_get (self->days, day)->ordered_ug;
      double begin = x_of (self, plot, day) - plot->per_day / 2, y = y_of (plot, ordered_ug);

      if (ordered_ug > 0 && before_ug > 0)
        cairo_line_to (cr, begin, y);
      else if (ordered_ug > 0)
        cairo_move_to (cr, begin, y);
      if (ordered_ug > 0)
        cairo_line_to (cr, begin + plot->per_day, y);
      before_ug = ordered_ug;
    }
  cairo_stroke (cr);
}

static void
draw_days (DbkDoseChart         *self,
           cairo_t              *cr,
           const Plot           *plot,
           const DbkSignColours *colours)
{
  double radius = CLAMP (plot->per_day * 0.45, POINT_LEAST, POINT_MOST);
  DbkSignColours points = *colours;

  points.signs[DBK_SIGN_GIVEN] = points.signs[DBK_SIGN_TAKE_HOME] = colours->accent;
  for (DbkDay day = self->days->from; day <= self->days->to; day++)
    {
      const DbkTreatmentDay *mark = dbk_treatment_days_get (self->days, day);

      if (mark->given_ug > 0)
        dbk_sign_draw (cr, mark->sign, &points, x_of (self, plot, day), y_of (plot, mark->given_ug), radius);
      else if (mark->sign == DBK_SIGN_MISSED)
        dbk_sign_draw (cr, mark->sign, &points, x_of (self, plot, day), plot->bottom - GAP, MAX (radius, POINT_MOST));
    }
}

static void
draw_latest (DbkDoseChart         *self,
             cairo_t              *cr,
             const Plot           *plot,
             const DbkSignColours *colours)
{
  DbkDay latest = dbk_treatment_days_latest (self->days);
  g_autofree char *text = latest_text (self);
  DbkSignColours points = *colours;
  double x, y;
  int height;

  if (latest == DBK_DAY_NONE)
    return;
  points.signs[DBK_SIGN_GIVEN] = colours->accent;
  x = x_of (self, plot, latest);
  y = y_of (plot, dbk_treatment_days_get (self->days, latest)->given_ug);
  dbk_sign_draw (cr, DBK_SIGN_GIVEN, &points, x, y, LATEST_POINT);
  dbk_sign_measure (GTK_WIDGET (self), text, LATEST_SCALE, TRUE, NULL, &height);
  dbk_sign_write (GTK_WIDGET (self), cr, text, &colours->text, plot->right + 1.5 * GAP, y - height / 2.0, 0, LATEST_SCALE, TRUE);
}

static void
draw_focus (DbkDoseChart         *self,
            cairo_t              *cr,
            const Plot           *plot,
            const DbkSignColours *colours)
{
  const DbkTreatmentDay *mark = dbk_treatment_days_get (self->days, self->focus);
  double x = (int) x_of (self, plot, self->focus) + 0.5;

  dbk_sign_write (GTK_WIDGET (self), cr, mark->text, &colours->text, plot->left, 0, 0, 1, FALSE);
  if (!self->hovered && !gtk_widget_has_focus (GTK_WIDGET (self)))
    return;
  gdk_cairo_set_source_rgba (cr, &colours->accent);
  cairo_set_line_width (cr, 1);
  cairo_move_to (cr, x, plot->top - GAP);
  cairo_line_to (cr, x, plot->bottom);
  cairo_stroke (cr);
}

static void
dbk_dose_chart_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  DbkDoseChart *self = DBK_DOSE_CHART (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  DbkSignColours colours;
  cairo_t *cr;
  Plot plot;

  if (self->days == NULL || width <= 0 || height <= 0)
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  dbk_sign_colours (widget, &colours);
  lay_out (self, &plot);
  draw_scale (self, cr, &plot, &colours);
  draw_months (self, cr, &plot, &colours);
  draw_orders (self, cr, &plot, &colours);
  draw_focus (self, cr, &plot, &colours);
  draw_days (self, cr, &plot, &colours);
  draw_latest (self, cr, &plot, &colours);
  cairo_destroy (cr);
}

static void
dbk_dose_chart_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  int line;

  dbk_sign_measure (widget, "0", SMALL_SCALE, FALSE, NULL, &line);
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH_LEAST : PLOT_HEIGHT + 3 * line + (int) GAP;
}

/* ---- reading ---- */

static void
set_focus_day (DbkDoseChart *self,
               DbkDay        day)
{
  if (self->days == NULL)
    return;
  self->focus = CLAMP (day, self->days->from, self->days->to);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  dbk_treatment_days_get (self->days, self->focus)->text, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
on_key_pressed_cb (GtkEventControllerKey *keys,
                   guint                  keyval,
                   guint                  keycode,
                   GdkModifierType        state,
                   DbkDoseChart          *self)
{
  if (self->days == NULL || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  switch (keyval)
    {
    case GDK_KEY_Left:
      set_focus_day (self, self->focus - 1);
      return TRUE;
    case GDK_KEY_Right:
      set_focus_day (self, self->focus + 1);
      return TRUE;
    case GDK_KEY_Page_Up:
      set_focus_day (self, self->focus - PAGE_DAYS);
      return TRUE;
    case GDK_KEY_Page_Down:
      set_focus_day (self, self->focus + PAGE_DAYS);
      return TRUE;
    case GDK_KEY_Home:
      set_focus_day (self, self->days->from);
      return TRUE;
    case GDK_KEY_End:
      set_focus_day (self, self->days->to);
      return TRUE;
    default:
      return FALSE;
    }
}

static void
on_motion_cb (GtkEventControllerMotion *motion,
              double                    x,
              double                    y,
              DbkDoseChart             *self)
{
  self->hovered = TRUE;
  if (self->days != NULL)
    set_focus_day (self, day_at (self, x));
}

static void
on_leave_cb (GtkEventControllerMotion *motion,
             DbkDoseChart             *self)
{
  self->hovered = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
say_summary (DbkDoseChart *self)
{
  DbkDay latest = dbk_treatment_days_latest (self->days);
  gint counts[DBK_N_SIGNS];
  g_autofree char *dose = latest_text (self), *day = dbk_day_format (latest, dbk_text_language ()), *text = NULL;

  dbk_treatment_days_count (self->days, self->days->from, counts);
  text = g_strdup_printf (_("Doses of %d days: %d with a dose, %d missed. Latest %s, %s"), self->days->to - self->days->from + 1,
                          counts[DBK_SIGN_GIVEN] + counts[DBK_SIGN_TAKE_HOME], counts[DBK_SIGN_MISSED],
                          dose != NULL ? dose : "—", day);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

void
dbk_dose_chart_set_days (DbkDoseChart     *self,
                         DbkTreatmentDays *days)
{
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
  set_focus_day (self, MIN (days->today, days->to));
}

/* ---- the widget ---- */

static void
dbk_dose_chart_finalize (GObject *object)
{
  g_clear_pointer (&DBK_DOSE_CHART (object)->days, dbk_treatment_days_free);
  G_OBJECT_CLASS (dbk_dose_chart_parent_class)->finalize (object);
}

static void
dbk_dose_chart_class_init (DbkDoseChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = dbk_dose_chart_finalize;
  widget_class->snapshot = dbk_dose_chart_snapshot;
  widget_class->measure = dbk_dose_chart_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "dose-chart");
}

static void
dbk_dose_chart_init (DbkDoseChart *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *keys = gtk_event_controller_key_new (), *motion = gtk_event_controller_motion_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_widget_set_focusable (widget, TRUE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed_cb), self);
  g_signal_connect (motion, "motion", G_CALLBACK (on_motion_cb), self);
  g_signal_connect (motion, "leave", G_CALLBACK (on_leave_cb), self);
  g_signal_connect_swapped (focus, "enter", G_CALLBACK (gtk_widget_queue_draw), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (gtk_widget_queue_draw), self);
  gtk_widget_add_controller (widget, keys);
  gtk_widget_add_controller (widget, motion);
  gtk_widget_add_controller (widget, focus);
}
