/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dialogs in front of a window, and those in front of them, taken together: the lock puts them away and keeps what is in them. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void dbk_front_dialogs_set_visible  (GtkWindow *window, gboolean visible);
/* Not to be seen, but there: until somebody is back at the computer. */
void dbk_front_dialogs_set_readable (GtkWindow *window, gboolean readable);
void dbk_front_dialogs_close        (GtkWindow *window);

G_END_DECLS
