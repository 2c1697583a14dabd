/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/rules/dbk-missed.h"

G_BEGIN_DECLS

/* Whether @dose speaks for a patient's last day rather than @than (NULL: always): the later day, of one day the first part. A total order:
 * the answer is the same in whatever order doses come. */
gboolean _dbk_dose_tells_more (const DbkDose *dose,
                               const DbkDose *than);

G_END_DECLS
