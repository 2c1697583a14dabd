/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-exchange"

#include "db/exchange/dbk-pass-code.h"

#include <string.h>

#include "db/record/dbk-code.h"

#define PASS_DOMAIN "dosebook pass 1"
#define MOST_DAYS 31
#define NUMBER_SIZE 18
#define SIGNED_SIZE 56
#define CODE_SIZE (SIGNED_SIZE + DBK_SIGNATURE_SIZE)
#define N_GROUPS (CODE_SIZE / DBK_CODE_PAYLOAD_SIZE)

enum { AT_ID = 0, AT_PATIENT = 10, AT_SITE = 20, AT_FROM = 30, AT_DAYS = 32, AT_KIND = 33, AT_DOSE = 34, AT_NUMBER = 38 };

G_STATIC_ASSERT (AT_NUMBER + NUMBER_SIZE == SIGNED_SIZE);
G_STATIC_ASSERT (CODE_SIZE % DBK_CODE_PAYLOAD_SIZE == 0 && N_GROUPS * DBK_ID_LENGTH + 2 == DBK_PASS_CODE_LENGTH);

static gboolean
fail (const char  *message,
      GError     **error)
{
  g_set_error_literal (error, DBK_DB_ERROR, DBK_DB_ERROR_CORRUPT, message);
  return FALSE;
}

static void
put (guint8 *bytes,
     guint   at,
     guint   size,
     guint64 value)
{
  for (guint i = 0; i < size; i++)
    bytes[at + i] = (guint8) (value >> (8 * i));
}

static guint64
get (const guint8 *bytes,
     guint         at,
     guint         size)
{
  guint64 value = 0;

  for (guint i = 0; i < size; i++)
    value |= (guint64) bytes[at + i] << (8 * i);
  return value;
}

static char *
encode (const guint8 bytes[CODE_SIZE])
{
  GString *code = g_string_new ("P1");

  for (guint i = 0; i < N_GROUPS; i++)
    {
      g_autofree char *group = dbk_id_encode (bytes + i * DBK_CODE_PAYLOAD_SIZE);

      g_string_append (code, group);
    }
  return g_string_free (code, FALSE);
}

gboolean
dbk_pass_code_looks_like_one (const char *text)
{
  return strlen (text) == DBK_PASS_CODE_LENGTH && text[0] == 'P' && text[1] == '1';
}

static gboolean
decode (const char  *code,
        guint8       bytes[CODE_SIZE],
        GError     **error)
{
  if (!dbk_pass_code_looks_like_one (code))
    return fail ("This is no slip or voucher of ours", error);
  for (guint i = 0; i < N_GROUPS; i++)
    {
      g_autofree char *group = g_strndup (code + 2 + i * DBK_ID_LENGTH, DBK_ID_LENGTH);

      if (!dbk_id_is_valid (group))
        return fail ("This slip was misread; scan it again", error);
      dbk_id_decode (group, bytes + i * DBK_CODE_PAYLOAD_SIZE);
    }
  return TRUE;
}

static gboolean
can_be_said (const DbkPass  *pass,
             GError        **error)
{
  gboolean ids = dbk_id_is_valid (pass->id) && dbk_id_is_valid (pass->patient) && dbk_id_is_valid (pass->site);

  if (ids && pass->number != NULL && strlen (pass->number) <= NUMBER_SIZE && pass->from >= 0 && pass->from <= G_MAXUINT16 && pass->to >= pass->from &&
      pass->to - pass->from < MOST_DAYS && pass->dose_ug > 0 && pass->dose_ug <= G_MAXUINT32)
    return TRUE;
  g_set_error_literal (error, DBK_DB_ERROR, DBK_DB_ERROR_CONSTRAINT, "This does not fit on a slip");
  return FALSE;
}

char *
dbk_pass_code_write (const DbkPass  *pass,
                     const DbkKeys  *keys,
                     GError        **error)
{
  guint8 bytes[CODE_SIZE] = { 0 };

  if (!can_be_said (pass, error))
    return NULL;
  dbk_id_decode (pass->id, bytes + AT_ID);
  dbk_id_decode (pass->patient, bytes + AT_PATIENT);
  dbk_id_decode (pass->site, bytes + AT_SITE);
  put (bytes, AT_FROM, 2, (guint64) pass->from);
  put (bytes, AT_DAYS, 1, (guint64) (pass->to - pass->from + 1));
  put (bytes, AT_KIND, 1, pass->kind);
  put (bytes, AT_DOSE, 4, (guint64) pass->dose_ug);
  memcpy (bytes + AT_NUMBER, pass->number, strlen (pass->number));
  dbk_keys_sign (keys, PASS_DOMAIN, bytes, SIGNED_SIZE, bytes + SIGNED_SIZE);
  return encode (bytes);
}

DbkPass *
dbk_pass_code_read (const char    *code,
                    const guint8   key[DBK_PUBLIC_KEY_SIZE],
                    GError       **error)
{
  g_autoptr(DbkPass) pass = dbk_pass_new ();
  guint8 bytes[CODE_SIZE];
  guint64 kind;

  if (!decode (code, bytes, error))
    return NULL;
  if (!dbk_keys_verify (key, PASS_DOMAIN, bytes, SIGNED_SIZE, bytes + SIGNED_SIZE))
    {
      fail ("This slip was not signed by the clinic, or was altered", error);
      return NULL;
    }
  pass->id = dbk_id_encode (bytes + AT_ID);
  pass->patient = dbk_id_encode (bytes + AT_PATIENT);
  pass->site = dbk_id_encode (bytes + AT_SITE);
  pass->from = (DbkDay) get (bytes, AT_FROM, 2);
  pass->to = pass->from + (DbkDay) get (bytes, AT_DAYS, 1) - 1;
  kind = get (bytes, AT_KIND, 1);
  pass->kind = kind == DBK_PASS_SLIP ? DBK_PASS_SLIP : DBK_PASS_VOUCHER;
  pass->dose_ug = (gint64) get (bytes, AT_DOSE, 4);
  pass->number = g_strndup ((const char *) bytes + AT_NUMBER, NUMBER_SIZE);
  /* The clinic signed it; all the same nothing else reads on from what no clinic would have signed. */
  if (kind <= DBK_PASS_VOUCHER && pass->to >= pass->from && pass->to - pass->from < MOST_DAYS && pass->dose_ug > 0 && g_utf8_validate (pass->number, -1, NULL))
    return g_steal_pointer (&pass);
  fail ("This slip says what no slip can say", error);
  return NULL;
}
