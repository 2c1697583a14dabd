/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Invented people for the demonstration clinic. Pure. */
#pragma once

#include "db/record/dbk-patient.h"

G_BEGIN_DECLS

/* The @n-th invented patient (from 0): the same for the same @n and @seed. Names repeat after some thousands. */
DbkPatient *dbk_demo_patient (guint n, guint32 seed, DbkDay today);

G_END_DECLS
