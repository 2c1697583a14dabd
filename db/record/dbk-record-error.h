/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a value can be refused for. Callers tell UNIT apart to say "that is a volume, not a dose". */
typedef enum
{
  DBK_RECORD_ERROR_INVALID, /* not a value of that kind at all */
  DBK_RECORD_ERROR_RANGE,   /* well formed, but outside what can be stored or dosed */
  DBK_RECORD_ERROR_UNIT     /* another unit than the field takes; never converted */
} DbkRecordError;

#define DBK_RECORD_ERROR (dbk_record_error_quark ())
GQuark dbk_record_error_quark (void);

G_END_DECLS
