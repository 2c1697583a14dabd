/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The language of dates and amounts. Passed in, never read from the locale: the same record is read
 * aloud in two languages at one counter, and paper may be in another language than the screen. */
typedef enum
{
  DBK_LANGUAGE_ENGLISH,
  DBK_LANGUAGE_CHINESE
} DbkLanguage;

G_END_DECLS
