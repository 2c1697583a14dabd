/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Makes @store hold @items (of GObject) and replaces only the stretch that differs, so that whoever is reading the list keeps their place.
 * @equal: whether two items show the same. */
void dbk_list_update (GListStore *store, GPtrArray *items, GEqualFunc equal);

G_END_DECLS
