/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A drawn face for an invented person: nobody's. Pure; any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A picture that dbk_photo_prepare() takes. NULL with an error. */
GBytes *dbk_demo_portrait (guint n, guint32 seed, GError **error);

G_END_DECLS
