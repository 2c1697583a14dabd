/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A patient as the record knows them now: the winning value of each attribute. Plain value; the owner of the
 * struct owns every string. NULL is "not recorded". */
#pragma once

#include "db/record/dbk-day.h"

G_BEGIN_DECLS

typedef enum
{
  DBK_SEX_UNKNOWN,
  DBK_SEX_FEMALE,
  DBK_SEX_MALE,
  DBK_SEX_OTHER
} DbkSex;

typedef enum
{
  DBK_PATIENT_ACTIVE,
  DBK_PATIENT_DISCHARGED,
  DBK_PATIENT_TRANSFERRED,
  DBK_PATIENT_DECEASED
} DbkPatientState;

typedef struct
{
  char           *id;         /* 16 characters, never shown */
  char           *number;     /* what the clinic calls them by; unique in the record, digits or letters */
  char           *name;       /* as the patient writes it */
  char           *pinyin;     /* "Wang Xiaoming"; derived on registration, editable; NULL for none */
  DbkDay          born;       /* DBK_DAY_NONE: not recorded */
  DbkSex          sex;
  char           *phone;
  char           *allergies;  /* NULL: not recorded; "": none known */
  DbkPatientState state;
  DbkDay          enrolled;   /* day of registration */
  DbkDay          photo_taken; /* DBK_DAY_NONE: no photo */
} DbkPatient;

DbkPatient *dbk_patient_new  (void);
DbkPatient *dbk_patient_copy (const DbkPatient *self);
void        dbk_patient_free (DbkPatient *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkPatient, dbk_patient_free)

/* Stable words of the record and of --json: "f" "m" "other" "unknown"; "active" "discharged" … The parsers
 * answer FALSE with INVALID for anything else. */
const char *dbk_sex_to_word (DbkSex sex);
gboolean    dbk_sex_from_word (const char *word, DbkSex *sex, GError **error);
const char *dbk_patient_state_to_word (DbkPatientState state);
gboolean    dbk_patient_state_from_word (const char *word, DbkPatientState *state, GError **error);

/* Whether the fields can be stored: a number of 1-20 ASCII letters and digits, a name of 1-80 characters of
 * valid UTF-8 without control characters, a birth day before @today and after 1900, a phone of at most 20
 * characters of digits, +, - and blanks; besides, pinyin of at most 320 characters and allergies in one line of at
 * most 800. INVALID names the field in its message. */
gboolean dbk_patient_check (const DbkPatient *self, DbkDay today, GError **error);

/* "330 106 0421": digits in groups of 3-3-4 from the right (further ones by three) for 7 digits and more, else as it
 * is. */
char *dbk_patient_number_format (const char *number);

/* "••••4471": all but the last four digits hidden, of four and fewer all. NULL for NULL. */
char *dbk_phone_mask (const char *phone);

G_END_DECLS
