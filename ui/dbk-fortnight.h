/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The last 14 days at a glance: given, taken home, missed, not due. Signs differ by shape, a screen reader gets a sentence. */
#pragma once

#include <gtk/gtk.h>

#include "app/dbk-counter.h"

G_BEGIN_DECLS

#define DBK_TYPE_FORTNIGHT (dbk_fortnight_get_type ())
G_DECLARE_FINAL_TYPE (DbkFortnight, dbk_fortnight, DBK, FORTNIGHT, GtkWidget)

void dbk_fortnight_set_view (DbkFortnight *self, const DbkCounterView *view);

G_END_DECLS
