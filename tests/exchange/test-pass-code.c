/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The code on a slip or voucher: what was written is read, and nothing else is believed. */

#include <sodium.h>
#include <string.h>

#include "db/exchange/dbk-pass-code.h"

static void
make_keys (DbkKeys *keys)
{
  g_assert_cmpint (sodium_init (), >=, 0);
  g_assert_cmpint (crypto_sign_keypair (keys->public_key, keys->secret_key), ==, 0);
}

static DbkPass
sample (void)
{
  return (DbkPass) { .id = (char *) "P0000000000000A1", .kind = DBK_PASS_VOUCHER, .patient = (char *) "Q0000000000000A1", .number = (char *) "0421",
                     .site = (char *) "S0000000000000B2", .from = 20500, .to = 20506, .dose_ug = 62500 };
}

static void
assert_refused (const char    *code,
                const DbkKeys *keys)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (dbk_pass_code_read (code, keys->public_key, &error));
  g_assert_error (error, DBK_DB_ERROR, DBK_DB_ERROR_CORRUPT);
}

static void
test_read_back (void)
{
  const DbkPassKind kinds[] = { DBK_PASS_SLIP, DBK_PASS_VOUCHER };
  DbkKeys keys = { NULL };

  make_keys (&keys);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      DbkPass pass = sample ();
      g_autofree char *code = NULL;
      g_autoptr(DbkPass) read = NULL;

      pass.kind = kinds[i];
      code = dbk_pass_code_write (&pass, &keys, NULL);
      g_assert_cmpuint (strlen (code), ==, DBK_PASS_CODE_LENGTH);
      g_assert_true (dbk_pass_code_looks_like_one (code));
      read = dbk_pass_code_read (code, keys.public_key, NULL);
      g_assert_nonnull (read);
      g_assert_cmpint (read->kind, ==, pass.kind);
      g_assert_cmpstr (read->id, ==, pass.id);
      g_assert_cmpstr (read->patient, ==, pass.patient);
      g_assert_cmpstr (read->site, ==, pass.site);
      g_assert_cmpstr (read->number, ==, pass.number);
      g_assert_cmpint (read->from, ==, pass.from);
      g_assert_cmpint (read->to, ==, pass.to);
      g_assert_cmpint (read->dose_ug, ==, pass.dose_ug);
    }
}

/* Every character, turned into another one. */
static void
test_altered (void)
{
  DbkKeys keys = { NULL }, others = { NULL };
  const DbkPass pass = sample ();
  g_autofree char *code = NULL;

  make_keys (&keys);
  make_keys (&others);
  code = dbk_pass_code_write (&pass, &keys, NULL);
  for (guint i = 0; i < DBK_PASS_CODE_LENGTH; i++)
    {
      g_autofree char *altered = g_strdup (code);

      altered[i] = altered[i] == '7' ? '3' : '7';
      assert_refused (altered, &keys);
    }
  assert_refused (code, &others);
}

static void
test_no_code (void)
{
  const DbkPass pass = sample ();
  DbkKeys keys = { NULL };
  g_autofree char *code = NULL, *longer = NULL, *shorter = NULL, *lower = NULL;

  make_keys (&keys);
  code = dbk_pass_code_write (&pass, &keys, NULL);
  longer = g_strconcat (code, "0", NULL);
  shorter = g_strndup (code, DBK_PASS_CODE_LENGTH - 1);
  lower = g_ascii_strdown (code, -1);
  assert_refused (longer, &keys);
  assert_refused (shorter, &keys);
  assert_refused (lower, &keys);
  assert_refused ("", &keys);
  assert_refused ("P1", &keys);
  g_assert_false (dbk_pass_code_looks_like_one ("M1ABCDEFGHJKMNPQRSTV"));
}

static void
assert_unsaid (const DbkPass *pass,
               const DbkKeys *keys)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (dbk_pass_code_write (pass, keys, &error));
  g_assert_error (error, DBK_DB_ERROR, DBK_DB_ERROR_CONSTRAINT);
}

static void
test_bounds (void)
{
  DbkKeys keys = { NULL };
  DbkPass pass = sample ();
  g_autofree char *code = NULL;

  make_keys (&keys);
  pass.to = pass.from + 30;
  pass.number = (char *) "123456789012345678";
  code = dbk_pass_code_write (&pass, &keys, NULL);
  g_assert_nonnull (code);
  pass.to = pass.from + 31;
  assert_unsaid (&pass, &keys);
  pass = sample ();
  pass.to = pass.from - 1;
  assert_unsaid (&pass, &keys);
  pass = sample ();
  pass.number = (char *) "1234567890123456789";
  assert_unsaid (&pass, &keys);
  pass = sample ();
  pass.dose_ug = 0;
  assert_unsaid (&pass, &keys);
  pass.dose_ug = (gint64) G_MAXUINT32 + 1;
  assert_unsaid (&pass, &keys);
  pass = sample ();
  pass.site = (char *) "no id";
  assert_unsaid (&pass, &keys);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pass-code/read-back", test_read_back);
  g_test_add_func ("/pass-code/altered", test_altered);
  g_test_add_func ("/pass-code/no-code", test_no_code);
  g_test_add_func ("/pass-code/bounds", test_bounds);
  return g_test_run ();
}
