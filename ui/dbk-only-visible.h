/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* GTK 4.8 offers a screen reader every page of a stack, also those that nobody sees, and with them the patient behind the lock. From now on
 * only the visible page of @stack is offered. */
void dbk_only_visible (GtkStack *stack);

G_END_DECLS
