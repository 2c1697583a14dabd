/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* AdwComboRow cuts what it shows after 20 characters. From now on the words of @row, whose model is a GtkStringList, are shown whole. */
void dbk_show_whole_text (AdwComboRow *row);

G_END_DECLS
