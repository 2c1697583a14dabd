/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A picture from outside becomes a patient's photo: upright, 3:4, 480 x 640, JPEG, nothing else in it. Pure; any thread. */
#pragma once

#include "app/dbk-app-error.h"

G_BEGIN_DECLS

#define DBK_PHOTO_WIDTH       480
#define DBK_PHOTO_HEIGHT      640
#define DBK_PHOTO_INPUT_MOST  (40 * 1024 * 1024)

/* INVALID with a sentence if @picture is too large or not a picture. */
GBytes *dbk_photo_prepare (GBytes *picture, GError **error);

G_END_DECLS
