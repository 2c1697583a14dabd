/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-patient"

#include "db/record/dbk-patient.h"

#include <string.h>

#include "db/record/dbk-words-private.h"

#define NUMBER_MAX 20
#define NAME_MAX_LENGTH 80
#define PINYIN_MAX 320
#define ALLERGIES_MAX 800
#define PHONE_MAX 20
#define PHONE_SHOWN 4
#define HIDDEN "••••"
#define FIRST_BIRTH_YEAR 1901
#define GROUPED_FROM 7 /* digits a number must have to be written in groups */
#define LAST_GROUP 4

static const char *const sex_words[] = { "unknown", "f", "m", "other", NULL };
static const char *const state_words[] = { "active", "discharged", "transferred", "deceased", NULL };
G_STATIC_ASSERT (G_N_ELEMENTS (sex_words) == DBK_SEX_OTHER + 2);
G_STATIC_ASSERT (G_N_ELEMENTS (state_words) == DBK_PATIENT_DECEASED + 2);

DbkPatient *
dbk_patient_new (void)
{
  DbkPatient *self = g_new0 (DbkPatient, 1);

  self->born = DBK_DAY_NONE;
  self->enrolled = DBK_DAY_NONE;
  self->photo_taken = DBK_DAY_NONE;
  return self;
}

DbkPatient *
dbk_patient_copy (const DbkPatient *self)
{
  DbkPatient *copy;

  g_return_val_if_fail (self != NULL, NULL);
  copy = g_memdup2 (self, sizeof *self);
  copy->id = g_strdup (self->id);
  copy->number = g_strdup (self->number);
  copy->name = g_strdup (self->name);
  copy->pinyin = g_strdup (self->pinyin);
  copy->phone = g_strdup (self->phone);
  copy->allergies = g_strdup (self->allergies);
  return copy;
}

void
dbk_patient_free (DbkPatient *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->number);
  g_free (self->name);
  g_free (self->pinyin);
  g_free (self->phone);
  g_free (self->allergies);
  g_free (self);
}

const char *
dbk_sex_to_word (DbkSex sex)
{
  return _dbk_words_to (sex_words, sex);
}

gboolean
dbk_sex_from_word (const char  *word,
                   DbkSex      *sex,
                   GError     **error)
{
  guint value;

  if (!_dbk_words_from (sex_words, "sex", word, &value, error))
    return FALSE;
  *sex = (DbkSex) value;
  return TRUE;
}

const char *
dbk_patient_state_to_word (DbkPatientState state)
{
  return _dbk_words_to (state_words, state);
}

gboolean
dbk_patient_state_from_word (const char       *word,
                             DbkPatientState  *state,
                             GError          **error)
{
  guint value;

  if (!_dbk_words_from (state_words, "state of a patient", word, &value, error))
    return FALSE;
  *state = (DbkPatientState) value;
  return TRUE;
}

/* ---- checking ---- */

static gboolean
fail (const char  *message,
      GError     **error)
{
  g_set_error_literal (error, DBK_RECORD_ERROR, DBK_RECORD_ERROR_INVALID, message);
  return FALSE;
}

static gboolean
is_number (const char *text)
{
  gsize length = text != NULL ? strlen (text) : 0;

  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isalnum (text[i]))
        return FALSE;
    }
  return length >= 1 && length <= NUMBER_MAX;
}

static gboolean
is_plain_text (const char *text,
               glong       at_most)
{
  if (!g_utf8_validate (text, -1, NULL) || g_utf8_strlen (text, -1) > at_most)
    return FALSE;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (g_unichar_iscntrl (g_utf8_get_char (p)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_name (const char *text)
{
  const char *p = text;

  if (text == NULL || !is_plain_text (text, NAME_MAX_LENGTH))
    return FALSE;
  while (g_unichar_isspace (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  return *p != '\0';
}

static gboolean
is_phone (const char *text)
{
  return strlen (text) <= PHONE_MAX && strspn (text, "0123456789+- ") == strlen (text);
}

gboolean
dbk_patient_check (const DbkPatient  *self,
                   DbkDay             today,
                   GError           **error)
{
  g_return_val_if_fail (self != NULL && today != DBK_DAY_NONE, FALSE);

  if (!is_number (self->number))
    return fail ("number: 1 to 20 letters and digits", error);
  if (!is_name (self->name))
    return fail ("name: 1 to 80 characters", error);
  if (self->pinyin != NULL && !is_plain_text (self->pinyin, PINYIN_MAX))
    return fail ("pinyin: at most 320 characters", error);
  if (self->born != DBK_DAY_NONE && (self->born < dbk_day_from_ymd (FIRST_BIRTH_YEAR, 1, 1) || self->born >= today))
    return fail ("born: a day after 1900 and before today", error);
  if (self->phone != NULL && !is_phone (self->phone))
    return fail ("phone: at most 20 digits, +, - and blanks", error);
  if (self->allergies != NULL && !is_plain_text (self->allergies, ALLERGIES_MAX))
    return fail ("allergies: one line of at most 800 characters", error);
  return TRUE;
}

/* ---- showing ---- */

char *
dbk_patient_number_format (const char *number)
{
  g_autoptr(GString) text = NULL;
  gsize length, head;

  g_return_val_if_fail (number != NULL, NULL);
  length = strlen (number);
  if (length < GROUPED_FROM || strspn (number, "0123456789") != length)
    return g_strdup (number);
  head = length - LAST_GROUP;
  text = g_string_new ("");
  for (gsize i = 0; i < length; i++)
    {
      if (i > 0 && i <= head && (head - i) % 3 == 0)
        g_string_append_c (text, ' ');
      g_string_append_c (text, number[i]);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
dbk_phone_mask (const char *phone)
{
  g_autoptr(GString) digits = NULL;

  if (phone == NULL)
    return NULL;
  digits = g_string_new ("");
  for (const char *p = phone; *p != '\0'; p++)
    {
      if (g_ascii_isdigit (*p))
        g_string_append_c (digits, *p);
    }
  /* Of four digits and fewer nothing would be hidden. */
  return g_strconcat (HIDDEN, digits->len > PHONE_SHOWN ? digits->str + digits->len - PHONE_SHOWN : "", NULL);
}
