/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-idle"

#include "config.h"

#include "ui/dbk-idle.h"

#define WARN_SECONDS 15
#define US_PER_SECOND G_USEC_PER_SEC

struct _DbkIdle
{
  GObject parent_instance;

  GSettings *settings;
  guint      timer;
  guint      ticks;
  gint64     touched_us;
  gboolean   running;
  gboolean   hidden;
  gboolean   warned;
};

enum { SIGNAL_PRIVACY, SIGNAL_BACK, SIGNAL_LOCK_SOON, SIGNAL_LOCK, SIGNAL_MINUTE, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DbkIdle, dbk_idle, G_TYPE_OBJECT)

static void
touch (DbkIdle *self)
{
  gboolean was_hidden = self->hidden;

  self->touched_us = g_get_monotonic_time ();
  self->hidden = FALSE;
  self->warned = FALSE;
  if (was_hidden)
    g_signal_emit (self, signals[SIGNAL_BACK], 0);
}

static gboolean
on_event_cb (GtkEventControllerLegacy *controller,
             GdkEvent                 *event,
             DbkIdle                  *self)
{
  GdkEventType type = gdk_event_get_event_type (event);

  if (type == GDK_KEY_PRESS || type == GDK_BUTTON_PRESS || type == GDK_TOUCH_BEGIN || type == GDK_SCROLL || type == GDK_MOTION_NOTIFY)
    touch (self);
  return GDK_EVENT_PROPAGATE;
}

static void
judge (DbkIdle *self)
{
  gint64 idle = (g_get_monotonic_time () - self->touched_us) / US_PER_SECOND;
  gint64 privacy = g_settings_get_uint (self->settings, "privacy-seconds"), lock = g_settings_get_uint (self->settings, "lock-seconds");

  if (idle >= lock)
    {
      g_signal_emit (self, signals[SIGNAL_LOCK], 0);
      return;
    }
  if (idle >= lock - WARN_SECONDS && !self->warned)
    {
      self->warned = TRUE;
      g_signal_emit (self, signals[SIGNAL_LOCK_SOON], 0);
    }
  if (idle >= privacy && !self->hidden)
    {
      self->hidden = TRUE;
      g_signal_emit (self, signals[SIGNAL_PRIVACY], 0);
    }
}

static gboolean
tick_cb (gpointer user_data)
{
  DbkIdle *self = user_data;

  if (++self->ticks % 60 == 0)
    g_signal_emit (self, signals[SIGNAL_MINUTE], 0);
  if (self->running)
    judge (self);
  return G_SOURCE_CONTINUE;
}

void
dbk_idle_start (DbkIdle *self)
{
  touch (self);
  self->running = TRUE;
}

void
dbk_idle_stop (DbkIdle *self)
{
  self->running = FALSE;
}

static void
dbk_idle_dispose (GObject *object)
{
  DbkIdle *self = DBK_IDLE (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (dbk_idle_parent_class)->dispose (object);
}

static guint
add_signal (DbkIdleClass *klass,
            const char   *name)
{
  return g_signal_new (name, G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dbk_idle_class_init (DbkIdleClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dbk_idle_dispose;
  signals[SIGNAL_PRIVACY] = add_signal (klass, "privacy");
  signals[SIGNAL_BACK] = add_signal (klass, "back");
  signals[SIGNAL_LOCK_SOON] = add_signal (klass, "lock-soon");
  signals[SIGNAL_LOCK] = add_signal (klass, "lock");
  signals[SIGNAL_MINUTE] = add_signal (klass, "minute");
}

static void
dbk_idle_init (DbkIdle *self)
{
  touch (self);
  self->timer = g_timeout_add_seconds (1, tick_cb, self);
}

/* A dialog in front has the keyboard to itself: whoever types there is there. */
static void
listen_to (DbkIdle   *self,
           GtkWindow *window)
{
  GtkEventController *events = gtk_event_controller_legacy_new ();

  gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
  g_signal_connect_object (events, "event", G_CALLBACK (on_event_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (window), events);
}

static void
on_windows_changed_cb (GListModel *windows,
                       guint       position,
                       guint       removed,
                       guint       added,
                       DbkIdle    *self)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr(GtkWindow) window = g_list_model_get_item (windows, i);

      listen_to (self, window);
    }
}

DbkIdle *
dbk_idle_new (GSettings *settings)
{
  DbkIdle *self = g_object_new (DBK_TYPE_IDLE, NULL);
  GListModel *windows = gtk_window_get_toplevels ();

  self->settings = g_object_ref (settings);
  on_windows_changed_cb (windows, 0, 0, g_list_model_get_n_items (windows), self);
  g_signal_connect_object (windows, "items-changed", G_CALLBACK (on_windows_changed_cb), self, 0);
  return self;
}
