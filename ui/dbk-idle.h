/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long nobody has touched key or pointer, in any window of the program. Signals: "privacy" (hide the patient), "back" (somebody is there
 * again), "lock-soon" (15 seconds before), "lock", and "minute" every minute. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DBK_TYPE_IDLE (dbk_idle_get_type ())
G_DECLARE_FINAL_TYPE (DbkIdle, dbk_idle, DBK, IDLE, GObject)

/* @settings: privacy-seconds and lock-seconds of this computer. */
DbkIdle *dbk_idle_new   (GSettings *settings);
void     dbk_idle_start (DbkIdle *self);
void     dbk_idle_stop  (DbkIdle *self);

G_END_DECLS
