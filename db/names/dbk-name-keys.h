/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a name is found by: characters, full pinyin, initials, and what sounds alike. ICU's surname-aware transliteration, with a
 * table of the surnames it reads otherwise than people do; every reading stays findable. Any thread; strings are the owner's. */
#pragma once

#include "db/record/dbk-record-error.h"

G_BEGIN_DECLS

typedef struct
{
  char  *pinyin;   /* "Wang Xiaoming", for the banner; NULL if the name has no Han characters */
  char **full;     /* without tones and blanks: "wangxiaoming", every reading; both lu and lv where the sound is lü */
  char **initials; /* "wxm", every reading */
  char  *folded;   /* case-folded characters without blanks and middle dots */
  char  *similar;  /* equal for names of the same syllables, tones and order aside */
} DbkNameKeys;

/* @typed_pinyin: what stands in the editable pinyin field, NULL or "" for nothing; it becomes the first reading. */
DbkNameKeys *dbk_name_keys_new  (const char *name, const char *typed_pinyin, GError **error);
void         dbk_name_keys_free (DbkNameKeys *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkNameKeys, dbk_name_keys_free)

typedef enum
{
  DBK_NAME_QUERY_CHARACTERS,
  DBK_NAME_QUERY_LETTERS,
  DBK_NAME_QUERY_DIGITS
} DbkNameQueryKind;

/* What somebody typed into a search field, in the form of the keys: full-width forms plain, lower case, without tones, blanks and middle
 * dots. NULL if it is not UTF-8. */
char *dbk_name_query_fold (const char *typed, DbkNameQueryKind *kind);

/* Other readings of a surname than ICU's: NULL if the table has none. The first is the usual one. Static. */
const char *const *dbk_surname_readings (const char *surname);

G_END_DECLS
