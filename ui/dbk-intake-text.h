/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a site file brings, in sentences. Each is the caller's. */
#pragma once

#include "ui/dbk-exchange-work.h"

G_BEGIN_DECLS

/* When it was made and by whom, that it was proven, and of which days what is new is. */
char *dbk_intake_about_text     (const DbkIntakeView *view, const char *zone_name);
char *dbk_intake_collision_text (const DbkCollision *collision, const char *number);
char *dbk_intake_conflict_title (const DbkConflict *conflict, const char *number);
/* Both values side by side, and which holds now. */
char *dbk_intake_conflict_text  (const DbkConflict *conflict);
/* … where one of them can be chosen, and after it was. */
char *dbk_intake_choice_text    (const DbkConflict *conflict);
char *dbk_intake_kept_text      (const DbkConflict *conflict);
char *dbk_intake_missing_text   (const DbkMissingTip *missing);

/* "26-Nov-2026 07:05" where @zone_name is. */
char *dbk_moment_text (const char *zone_name, gint64 ms);

/* Like dbk_error_text(), of a file and not of the record. */
char *dbk_site_file_error_text (const GError *error);

G_END_DECLS
