/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-code"

#include "db/record/dbk-code.h"

#include <string.h>

#define N_PAYLOAD_CHARACTERS 16
#define N_CHECKED (2 + N_PAYLOAD_CHARACTERS)
#define CHECK_MODULUS 1021
#define CODE_VERSION '1'
#define TYPED_MAX (DBK_CODE_LENGTH + 2) /* a character more than a code has is enough to know that it is none */

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
static const char kinds[] = "MDRST";

static gboolean
fail (const char  *message,
      GError     **error)
{
  g_set_error_literal (error, DBK_RECORD_ERROR, DBK_RECORD_ERROR_INVALID, message);
  return FALSE;
}

static int
value_of (char c)
{
  const char *at = c != '\0' ? strchr (alphabet, c) : NULL;

  return at != NULL ? (int) (at - alphabet) : -1;
}

char *
dbk_id_encode (const guint8 payload[DBK_CODE_PAYLOAD_SIZE])
{
  char *text = g_malloc (N_PAYLOAD_CHARACTERS + 1);

  for (guint i = 0; i < N_PAYLOAD_CHARACTERS; i++)
    {
      guint bit = i * 5;
      guint window = (guint) payload[bit / 8] << 8;

      if (bit / 8 + 1 < DBK_CODE_PAYLOAD_SIZE)
        window |= payload[bit / 8 + 1];
      text[i] = alphabet[(window >> (11 - bit % 8)) & 31];
    }
  text[N_PAYLOAD_CHARACTERS] = '\0';
  return text;
}

static void
decode_payload (const char *text,
                guint8      payload[DBK_CODE_PAYLOAD_SIZE])
{
  guint window = 0, bits = 0, n = 0;

  for (guint i = 0; i < N_PAYLOAD_CHARACTERS; i++)
    {
      window = (window << 5) | (guint) value_of (text[i]);
      bits += 5;
      if (bits >= 8)
        {
          bits -= 8;
          payload[n++] = (guint8) (window >> bits);
        }
    }
}

gboolean
dbk_id_is_valid (const char *id)
{
  if (id == NULL || strlen (id) != DBK_ID_LENGTH)
    return FALSE;
  for (const char *p = id; *p != '\0'; p++)
    {
      if (value_of (*p) < 0)
        return FALSE;
    }
  return TRUE;
}

void
dbk_id_decode (const char *id,
               guint8      payload[DBK_CODE_PAYLOAD_SIZE])
{
  g_return_if_fail (dbk_id_is_valid (id));
  decode_payload (id, payload);
}

static guint
checksum (const char *code)
{
  guint sum = 0;

  for (guint i = 0; i < N_CHECKED; i++)
    sum = (sum * 32 + (guint) value_of (code[i])) % CHECK_MODULUS;
  return sum;
}

char *
dbk_code_new (DbkCodeKind  kind,
              const guint8 payload[DBK_CODE_PAYLOAD_SIZE])
{
  g_autofree char *id = NULL;
  char *code;
  guint sum;

  g_return_val_if_fail (kind != 0 && strchr (kinds, (int) kind) != NULL && payload != NULL, NULL);
  id = dbk_id_encode (payload);
  code = g_malloc (DBK_CODE_LENGTH + 1);
  code[0] = (char) kind;
  code[1] = CODE_VERSION;
  memcpy (code + 2, id, N_PAYLOAD_CHARACTERS);
  sum = checksum (code);
  code[N_CHECKED] = alphabet[sum / 32];
  code[N_CHECKED + 1] = alphabet[sum % 32];
  code[DBK_CODE_LENGTH] = '\0';
  return code;
}

char *
dbk_code_from_id (DbkCodeKind kind,
                  const char *id)
{
  guint8 payload[DBK_CODE_PAYLOAD_SIZE];

  g_return_val_if_fail (dbk_id_is_valid (id), NULL);
  decode_payload (id, payload);
  return dbk_code_new (kind, payload);
}

char *
dbk_code_dup_id (const char *canonical)
{
  g_return_val_if_fail (strlen (canonical) == DBK_CODE_LENGTH, NULL);
  return g_strndup (canonical + 2, DBK_ID_LENGTH);
}

/* Upper case, without blanks and dashes, and with the letters that look like digits as those digits. */
static gsize
fold_typed (const char *text,
            char        folded[TYPED_MAX])
{
  gsize n = 0;

  for (const char *p = text; *p != '\0' && n < TYPED_MAX - 1; p++)
    {
      char c = g_ascii_toupper (*p);

      if (g_ascii_isspace (c) || c == '-')
        continue;
      if (c == 'O')
        c = '0';
      if (c == 'I' || c == 'L')
        c = '1';
      folded[n++] = c;
    }
  folded[n] = '\0';
  return n;
}

gboolean
dbk_code_looks_like_one (const char *text)
{
  char folded[TYPED_MAX];

  g_return_val_if_fail (text != NULL, FALSE);
  return fold_typed (text, folded) == DBK_CODE_LENGTH && strchr (kinds, folded[0]) != NULL;
}

gboolean
dbk_code_parse (const char   *text,
                DbkCodeKind  *kind,
                guint8        payload[DBK_CODE_PAYLOAD_SIZE],
                char        **canonical,
                GError      **error)
{
  char folded[TYPED_MAX];
  guint sum;

  if (text == NULL || fold_typed (text, folded) != DBK_CODE_LENGTH)
    return fail ("A code has 20 characters", error);
  if (strchr (kinds, folded[0]) == NULL || folded[1] != CODE_VERSION)
    return fail ("This is not one of our codes", error);
  for (guint i = 0; i < DBK_CODE_LENGTH; i++)
    {
      if (value_of (folded[i]) < 0)
        return fail ("A code has no such character", error);
    }
  sum = checksum (folded);
  if (folded[N_CHECKED] != alphabet[sum / 32] || folded[N_CHECKED + 1] != alphabet[sum % 32])
    return fail ("The code is mistyped: its check characters do not agree", error);
  if (kind != NULL)
    *kind = (DbkCodeKind) folded[0];
  if (payload != NULL)
    decode_payload (folded + 2, payload);
  if (canonical != NULL)
    *canonical = g_strdup (folded);
  return TRUE;
}
