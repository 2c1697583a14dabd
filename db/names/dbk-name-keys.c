/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-names"

#include "db/names/dbk-name-keys.h"

#include <string.h>
#include <unicode/utrans.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

#define LATIN_MAX 16 /* UTF-16 units that one of a name becomes, at most: "zhuang" and a blank, and room for the steps between */
#define READINGS_MAX 16
#define DIAERESIS 0x0308

/* ---- transliteration ---- */

/* Tones go, ü stays a letter of its own ("v"): people type lu and lv for it. */
static const char rules[] = "Han-Latin/Names; Any-Latin; NFD; [\\u0304\\u0301\\u030C\\u0300] Remove; NFC; Lower;";

typedef struct
{
  GMutex          lock;
  UTransliterator *names;
} Transliterator;

static gpointer
open_transliterator (gpointer unused)
{
  Transliterator *self = g_new0 (Transliterator, 1);
  UErrorCode status = U_ZERO_ERROR;
  UChar id[sizeof rules];
  int32_t length = 0;

  g_mutex_init (&self->lock);
  u_strFromUTF8 (id, G_N_ELEMENTS (id), &length, rules, -1, &status);
  self->names = utrans_openU (id, length, UTRANS_FORWARD, NULL, 0, NULL, &status);
  if (U_FAILURE (status))
    g_critical ("ICU has no transliterator for names: %s", u_errorName (status));
  return self;
}

static char *
to_latin (const char  *text,
          GError     **error)
{
  static GOnce once = G_ONCE_INIT;
  Transliterator *self;
  UErrorCode status = U_ZERO_ERROR;
  int32_t capacity = (int32_t) (strlen (text) + 1) * LATIN_MAX;
  g_autofree UChar *wide = g_new (UChar, (gsize) capacity);
  g_autofree char *narrow = g_malloc (3 * (gsize) capacity);
  int32_t length = 0, limit;

  g_once (&once, open_transliterator, NULL);
  self = once.retval;
  u_strFromUTF8 (wide, capacity, &length, text, -1, &status);
  limit = length;
  if (U_SUCCESS (status) && self->names != NULL)
    {
      g_mutex_lock (&self->lock);
      utrans_transUChars (self->names, wide, &length, capacity, 0, &limit, &status);
      g_mutex_unlock (&self->lock);
    }
  u_strToUTF8 (narrow, 3 * capacity, NULL, wide, length, &status);
  if (U_SUCCESS (status))
    return g_steal_pointer (&narrow);
  g_set_error (error, DBK_RECORD_ERROR, DBK_RECORD_ERROR_INVALID, "The name cannot be read (%s)", u_errorName (status));
  return NULL;
}

static gboolean
is_han (gunichar c)
{
  UErrorCode status = U_ZERO_ERROR;

  return uscript_getScript ((UChar32) c, &status) == USCRIPT_HAN;
}

static gboolean
is_separator (gunichar c)
{
  return g_unichar_isspace (c) || c == 0x00b7 || c == 0x2022 || c == 0x30fb || c == 0x2027 || c == '-' || c == '\'' || c == '.' || c == 0x2019;
}

/* ---- syllables ---- */

/* lü, lǚ: the two dots come behind the u, before any tone. */
static gboolean
ends_in_dotted_u (const GString *plain)
{
  return plain->len >= 2 && plain->str[plain->len - 1] == 'u' && (plain->str[plain->len - 2] == 'l' || plain->str[plain->len - 2] == 'n');
}

/* Plain a-z of one syllable or word: diacritics off, lü to lv and nü to nv. */
static char *
plain_letters (const char *text)
{
  g_autofree char *decomposed = g_utf8_normalize (text, -1, G_NORMALIZE_NFKD);
  g_autoptr(GString) plain = g_string_new ("");

  for (const char *p = decomposed; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_unichar_tolower (g_utf8_get_char (p));

      if (c < 128 && g_ascii_isalnum ((char) c))
        g_string_append_c (plain, (char) c);
      else if (c == DIAERESIS && ends_in_dotted_u (plain))
        plain->str[plain->len - 1] = 'v';
    }
  return g_string_free (g_steal_pointer (&plain), FALSE);
}

static GPtrArray *
split_words (const char *latin)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GString) word = g_string_new ("");

  for (const char *p = latin;; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == 0 || is_separator (c))
        {
          g_autofree char *plain = plain_letters (word->str);

          if (*plain != '\0')
            g_ptr_array_add (words, g_steal_pointer (&plain));
          g_string_truncate (word, 0);
        }
      if (c == 0)
        return words;
      if (!is_separator (c))
        g_string_append_unichar (word, c);
    }
}

/* ---- keys ---- */

static void
add_once (GPtrArray  *keys,
          const char *key)
{
  if (*key != '\0' && !g_ptr_array_find_with_equal_func (keys, key, g_str_equal, NULL) && keys->len < READINGS_MAX)
    g_ptr_array_add (keys, g_strdup (key));
}

static char *
join_words (GPtrArray *words,
            guint      from)
{
  g_autoptr(GString) joined = g_string_new ("");

  for (guint i = from; i < words->len; i++)
    g_string_append (joined, g_ptr_array_index (words, i));
  return g_string_free (g_steal_pointer (&joined), FALSE);
}

static char *
join_initials (GPtrArray *words,
               guint      from)
{
  g_autoptr(GString) joined = g_string_new ("");

  for (guint i = from; i < words->len; i++)
    g_string_append_c (joined, *(const char *) g_ptr_array_index (words, i));
  return g_string_free (g_steal_pointer (&joined), FALSE);
}

/* lü is found by lu and by lv. */
static void
add_with_both_u (GPtrArray  *keys,
                 const char *key)
{
  g_autofree char *with_u = g_strdup (key);

  add_once (keys, key);
  for (char *p = with_u; *p != '\0'; p++)
    if (*p == 'v' && p > with_u && (p[-1] == 'l' || p[-1] == 'n'))
      *p = 'u';
  add_once (keys, with_u);
}

typedef struct
{
  GPtrArray *full;
  GPtrArray *initials;
} Readings;

static void
add_reading (Readings  *readings,
             GPtrArray *words)
{
  g_autofree char *full = join_words (words, 0);
  g_autofree char *initials = join_initials (words, 0);

  add_with_both_u (readings->full, full);
  add_once (readings->initials, initials);
}

/* The initials of "yuchi" are y and c: a double surname counts twice. */
static void
add_surname_reading (Readings   *readings,
                     GPtrArray  *words,
                     const char *surname,
                     guint       n_surname_words)
{
  g_autofree char *rest = join_words (words, n_surname_words);
  g_autofree char *rest_initials = join_initials (words, n_surname_words);
  g_autofree char *full = g_strconcat (surname, rest, NULL);
  g_autofree char *initials = g_strdup_printf ("%c%s", *surname, rest_initials);

  add_with_both_u (readings->full, full);
  if (n_surname_words == 1)
    add_once (readings->initials, initials);
}

static const char *const *
find_surname (const char *name,
              guint      *n_characters)
{
  for (*n_characters = 2; *n_characters >= 1; --*n_characters)
    {
      g_autofree char *surname = g_utf8_strlen (name, -1) > (glong) *n_characters ? g_utf8_substring (name, 0, *n_characters) : NULL;
      const char *const *found = surname != NULL ? dbk_surname_readings (surname) : NULL;

      if (found != NULL)
        return found;
    }
  return NULL;
}

static char *
capitalize (const char *word)
{
  char *text = g_strdup (word);

  if (*text != '\0')
    *text = g_ascii_toupper (*text);
  return text;
}

static char *
show_v (const char *text)
{
  g_auto(GStrv) parts = g_strsplit (text, "v", -1);

  return g_strjoinv ("ü", parts);
}

/* "Maimaiti Aili": a name written in parts is shown in these parts. NULL if its characters are not one word each. */
static char *
join_parts (const char *name,
            GPtrArray  *words)
{
  g_autoptr(GString) shown = g_string_new ("");
  gboolean begins = TRUE;
  guint n = 0;

  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    {
      g_autofree char *word = NULL;

      if (is_separator (g_utf8_get_char (p)))
        {
          begins = TRUE;
          continue;
        }
      if (n >= words->len)
        return NULL;
      word = begins ? capitalize (g_ptr_array_index (words, n)) : g_strdup (g_ptr_array_index (words, n));
      g_string_append_printf (shown, "%s%s", begins && shown->len > 0 ? " " : "", word);
      begins = FALSE;
      n++;
    }
  return n == words->len ? show_v (shown->str) : NULL;
}

static gboolean
is_in_parts (const char *name)
{
  const char *end = name + strlen (name);
  const char *p = name;

  while (p < end && !is_separator (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  return p > name && p < end;
}

static char *
make_display (const char        *name,
              GPtrArray         *words,
              const char *const *surname_readings,
              guint              n_surname)
{
  guint n = surname_readings != NULL ? MIN (n_surname, words->len) : MIN (1, words->len);
  g_autofree char *first = NULL, *rest = NULL, *given = NULL, *both = NULL;
  g_autofree char *in_parts = surname_readings == NULL && is_in_parts (name) ? join_parts (name, words) : NULL;
  g_autoptr(GString) surname = g_string_new (surname_readings != NULL ? surname_readings[0] : "");

  if (in_parts != NULL)
    return g_steal_pointer (&in_parts);
  for (guint i = 0; surname_readings == NULL && i < n; i++)
    g_string_append (surname, g_ptr_array_index (words, i));
  first = capitalize (surname->str);
  rest = join_words (words, n);
  given = capitalize (rest);
  both = *given != '\0' ? g_strconcat (first, " ", given, NULL) : g_strdup (first);
  return show_v (both);
}

static char *
fold_characters (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_NFKC);
  g_autofree char *lower = normal != NULL ? g_utf8_casefold (normal, -1) : NULL;
  g_autoptr(GString) folded = g_string_new ("");

  for (const char *p = lower; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    if (!is_separator (g_utf8_get_char (p)))
      g_string_append_unichar (folded, g_utf8_get_char (p));
  return g_string_free (g_steal_pointer (&folded), FALSE);
}

static int
compare_words (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static char *
make_similar (GPtrArray *words)
{
  g_autoptr(GPtrArray) sorted = g_ptr_array_new ();

  for (guint i = 0; i < words->len; i++)
    g_ptr_array_add (sorted, g_ptr_array_index (words, i));
  g_ptr_array_sort (sorted, compare_words);
  return join_words (sorted, 0);
}

static char **
end_keys (GPtrArray *keys)
{
  g_ptr_array_add (keys, NULL);
  return (char **) g_ptr_array_free (keys, FALSE);
}

static gboolean
has_han (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (is_han (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

static gboolean
begins_with_han (const char *name)
{
  return is_han (g_utf8_get_char (name));
}

DbkNameKeys *
dbk_name_keys_new (const char  *name,
                   const char  *typed_pinyin,
                   GError     **error)
{
  g_autoptr(GPtrArray) words = NULL;
  g_autofree char *latin = NULL;
  Readings readings = { g_ptr_array_new (), g_ptr_array_new () };
  const char *const *surname = NULL;
  guint n_surname = 0;
  DbkNameKeys *self;

  g_return_val_if_fail (name != NULL, NULL);
  latin = g_utf8_validate (name, -1, NULL) ? to_latin (name, error) : NULL;
  if (latin == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, DBK_RECORD_ERROR, DBK_RECORD_ERROR_INVALID, "The name is not UTF-8");
      g_ptr_array_free (readings.full, TRUE);
      g_ptr_array_free (readings.initials, TRUE);
      return NULL;
    }
  words = split_words (latin);
  if (begins_with_han (name))
    surname = find_surname (name, &n_surname);
  if (typed_pinyin != NULL && *typed_pinyin != '\0')
    {
      g_autofree char *lower = g_utf8_strdown (typed_pinyin, -1);
      g_autoptr(GPtrArray) typed = split_words (lower);

      add_reading (&readings, typed);
    }
  for (guint i = 0; surname != NULL && surname[i] != NULL; i++)
    add_surname_reading (&readings, words, surname[i], n_surname);
  add_reading (&readings, words);

  self = g_new0 (DbkNameKeys, 1);
  /* A character that ICU cannot read would be missing in the banner, unseen: then somebody has to type it. */
  self->pinyin = begins_with_han (name) && !has_han (latin) ? make_display (name, words, surname, n_surname) : NULL;
  self->folded = fold_characters (name);
  self->similar = make_similar (words);
  self->full = end_keys (readings.full);
  self->initials = end_keys (readings.initials);
  return self;
}

void
dbk_name_keys_free (DbkNameKeys *self)
{
  if (self == NULL)
    return;
  g_free (self->pinyin);
  g_free (self->folded);
  g_free (self->similar);
  g_strfreev (self->full);
  g_strfreev (self->initials);
  g_free (self);
}

char *
dbk_name_query_fold (const char       *typed,
                     DbkNameQueryKind *kind)
{
  g_autofree char *folded = NULL;
  g_autofree char *plain = NULL;

  g_return_val_if_fail (typed != NULL && kind != NULL, NULL);
  if (!g_utf8_validate (typed, -1, NULL))
    return NULL;
  folded = fold_characters (typed);
  *kind = DBK_NAME_QUERY_CHARACTERS;
  if (has_han (folded))
    return g_steal_pointer (&folded);
  plain = plain_letters (folded);
  *kind = *plain != '\0' && strspn (plain, "0123456789") == strlen (plain) ? DBK_NAME_QUERY_DIGITS : DBK_NAME_QUERY_LETTERS;
  /* Scripts without a Latin form are searched as they are. */
  return *plain != '\0' ? g_steal_pointer (&plain) : g_steal_pointer (&folded);
}
