/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The record's coded words, said to a person in the language of the program. Every coded word of a list has a text; an unknown one (from a
 * newer program) is shown as it is. Texts are constant or, where said, the caller's. */
#pragma once

#include "app/rules/dbk-policy.h"
#include "db/record/dbk-dose.h"
#include "db/record/dbk-language.h"
#include "db/record/dbk-patient.h"
#include "db/record/dbk-staff.h"

G_BEGIN_DECLS

/* The language that dates and amounts are shown in: that of the translation in use. */
DbkLanguage dbk_text_language (void);

/* Reasons of orders, holds, absences, reversals, of doses not given and revoked cards, and outcomes of contacts: they share one table. */
const char *dbk_reason_text (const char *word);

/* The name; of a guest, whose name this record does not know, that it is one. */
const char *dbk_patient_name_text (const DbkPatient *patient);

const char *dbk_role_text  (DbkRole role);
const char *dbk_state_text (DbkPatientState state);
const char *dbk_sex_text   (DbkSex sex);
const char *dbk_dose_kind_text (DbkDoseKind kind);

/* "half of the last dose", "the lower of half and 40 mg": the caller's. */
char *dbk_action_text (DbkAction action, gint64 bound_ug);

G_END_DECLS
