/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demonstration clinic: a record of its own with people who do not exist, 400 days of history, and one of each thing that can stand in
 * the way at the counter. Everything in it is marked. */
#pragma once

#include "app/dbk-clinic.h"

G_BEGIN_DECLS

#define DBK_DEMO_PATIENTS 120
#define DBK_DEMO_DAYS     400

/* The logins; each has the PIN below, which the sign-in page of the demonstration shows. */
#define DBK_DEMO_NURSE  "nurse.demo"
#define DBK_DEMO_DOCTOR "doctor.demo"
#define DBK_DEMO_ADMIN  "admin.demo"
#define DBK_DEMO_PIN    "135790"

/* @now_ms: 0 for now. The morning is half over in it: some have been dosed. NULL with an error leaves nothing behind. */
gboolean dbk_demo_make (const char *path, guint n_patients, guint n_days, gint64 now_ms, GError **error);

G_END_DECLS
