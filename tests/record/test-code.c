/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes on paper: what they carry, how they may be typed, and that no single slip of hand or eye goes unnoticed. */
#include "db/record/dbk-code.h"

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
static const DbkCodeKind kinds[] = { DBK_CODE_CARD, DBK_CODE_DOSE, DBK_CODE_ROW, DBK_CODE_BADGE, DBK_CODE_TEST };

static void
fill_payload (guint8 payload[DBK_CODE_PAYLOAD_SIZE],
              guint  seed)
{
  GRand *rand = g_rand_new_with_seed (seed);

  for (guint i = 0; i < DBK_CODE_PAYLOAD_SIZE; i++)
    payload[i] = seed == 0 ? 0 : seed == 1 ? 0xff : (guint8) g_rand_int_range (rand, 0, 256);
  g_rand_free (rand);
}

static void
test_there_and_back (void)
{
  for (guint seed = 0; seed < 200; seed++)
    {
      guint8 payload[DBK_CODE_PAYLOAD_SIZE], read[DBK_CODE_PAYLOAD_SIZE];
      DbkCodeKind wanted = kinds[seed % G_N_ELEMENTS (kinds)], kind = DBK_CODE_TEST;
      g_autofree char *code = NULL, *canonical = NULL, *id = NULL;
      g_autoptr(GError) error = NULL;

      fill_payload (payload, seed);
      code = dbk_code_new (wanted, payload);
      id = dbk_id_encode (payload);
      g_assert_cmpuint (strlen (code), ==, DBK_CODE_LENGTH);
      g_assert_cmpuint (strspn (code + 1, alphabet), ==, DBK_CODE_LENGTH - 1);
      g_assert_cmpint (code[0], ==, (char) wanted);
      g_assert_cmpint (code[1], ==, '1');
      g_assert_true (strncmp (code + 2, id, DBK_ID_LENGTH) == 0);
      g_assert_true (dbk_id_is_valid (id));
      g_assert_true (dbk_code_parse (code, &kind, read, &canonical, &error));
      g_assert_no_error (error);
      g_assert_cmpint (kind, ==, wanted);
      g_assert_true (memcmp (read, payload, sizeof read) == 0);
      g_assert_cmpstr (canonical, ==, code);
      g_assert_true (dbk_code_looks_like_one (code));
    }
}

static gboolean
is_code (const char *text)
{
  DbkCodeKind kind;

  return dbk_code_parse (text, &kind, NULL, NULL, NULL);
}

/* Each place, each other character of the alphabet. */
static void
test_wrong_character (void)
{
  for (guint seed = 0; seed < 20; seed++)
    {
      guint8 payload[DBK_CODE_PAYLOAD_SIZE];
      g_autofree char *code = NULL;

      fill_payload (payload, seed);
      code = dbk_code_new (kinds[seed % G_N_ELEMENTS (kinds)], payload);
      for (guint at = 0; at < DBK_CODE_LENGTH; at++)
        for (const char *other = alphabet; *other != '\0'; other++)
          {
            g_autofree char *wrong = g_strdup (code);

            wrong[at] = *other;
            if (wrong[at] != code[at] && is_code (wrong))
              g_test_fail_printf ("%s is taken for %s", wrong, code);
          }
    }
}

static void
test_swapped_neighbours (void)
{
  for (guint seed = 0; seed < 300; seed++)
    {
      guint8 payload[DBK_CODE_PAYLOAD_SIZE];
      g_autofree char *code = NULL;

      fill_payload (payload, seed);
      code = dbk_code_new (kinds[seed % G_N_ELEMENTS (kinds)], payload);
      for (guint at = 0; at + 1 < DBK_CODE_LENGTH; at++)
        {
          g_autofree char *wrong = g_strdup (code);

          wrong[at] = code[at + 1];
          wrong[at + 1] = code[at];
          if (wrong[at] != code[at] && is_code (wrong))
            g_test_fail_printf ("%s is taken for %s", wrong, code);
        }
    }
}

static void
test_typed (void)
{
  static const guint8 payload[DBK_CODE_PAYLOAD_SIZE] = { 0x00, 0x44, 0x32, 0x14, 0xc7, 0x42, 0x54, 0xb6, 0x35, 0xcf };
  g_autofree char *code = dbk_code_new (DBK_CODE_CARD, payload);
  g_autofree char *lower = g_ascii_strdown (code, -1);
  g_autofree char *grouped = g_strdup_printf (" %.4s-%.4s %.4s\t%.4s--%.4s\n", code, code + 4, code + 8, code + 12, code + 16);
  g_autofree char *looks = g_strdup (code);
  g_autofree char *canonical = NULL;
  DbkCodeKind kind;

  for (char *p = looks; *p != '\0'; p++)
    *p = *p == '0' ? 'o' : *p == '1' ? (p == looks + 1 ? 'l' : 'I') : *p;
  g_assert_nonnull (strchr (looks, 'o'));
  g_assert_true (is_code (lower));
  g_assert_true (is_code (grouped));
  g_assert_true (dbk_code_parse (looks, &kind, NULL, &canonical, NULL));
  g_assert_cmpstr (canonical, ==, code);
}

static void
test_refused (void)
{
  static const guint8 payload[DBK_CODE_PAYLOAD_SIZE] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 };
  g_autofree char *code = dbk_code_new (DBK_CODE_CARD, payload);
  g_autofree char *shorter = g_strndup (code, DBK_CODE_LENGTH - 1);
  g_autofree char *longer = g_strconcat (code, "0", NULL);
  g_autofree char *endless = g_strnfill (100000, '0');
  g_autofree char *kind_x = g_strconcat ("X", code + 1, NULL);
  g_autofree char *version_2 = g_strconcat ("M2", code + 2, NULL);
  g_autofree char *with_u = g_strconcat ("M1U", code + 3, NULL);
  g_autofree char *wide = g_strconcat ("Ｍ", code + 1, NULL);
  const char *const rows[] = { shorter, longer, endless, kind_x, version_2, with_u, wide, "", "3301060421", "\xff\xff", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *canonical = NULL;
      DbkCodeKind kind;

      g_assert_false (dbk_code_parse (rows[i], &kind, NULL, &canonical, &error));
      g_assert_error (error, DBK_RECORD_ERROR, DBK_RECORD_ERROR_INVALID);
      g_assert_null (canonical);
    }
}

/* "A mistyped card" and "a patient number" are told apart. */
static void
test_frame (void)
{
  static const struct
  {
    const char *text;
    gboolean    looks;
  } rows[] = {
    { "M1ABCDEFGHJKMNPQRSTV", TRUE }, { "m1abcd-efgh-jkmn-pqrstv", TRUE }, { "D1ABCDEFGHJKMNPQRSTV", TRUE }, { "M9ABCDEFGHJKMNPQRSTV", TRUE },
    { "X1ABCDEFGHJKMNPQRSTV", FALSE }, { "M1ABCDEFGHJKMNPQRST", FALSE }, { "M1ABCDEFGHJKMNPQRSTVW", FALSE }, { "3301060421", FALSE },
    { "33010604210000000000", FALSE }, { "", FALSE }, { "王小明", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (dbk_code_looks_like_one (rows[i].text), ==, rows[i].looks);
}

static void
test_ids (void)
{
  static const char *const wrong[] = { "", "0", "000000000000000", "00000000000000000", "00000000000000O0", "000000000000000i", "abcdefghjkmnpqrs", NULL };

  g_assert_true (dbk_id_is_valid ("0000000000000000"));
  g_assert_true (dbk_id_is_valid ("ZZZZZZZZZZZZZZZZ"));
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (dbk_id_is_valid (wrong[i]));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/code/there-and-back", test_there_and_back);
  g_test_add_func ("/record/code/wrong-character", test_wrong_character);
  g_test_add_func ("/record/code/swapped-neighbours", test_swapped_neighbours);
  g_test_add_func ("/record/code/typed", test_typed);
  g_test_add_func ("/record/code/refused", test_refused);
  g_test_add_func ("/record/code/frame", test_frame);
  g_test_add_func ("/record/code/ids", test_ids);
  return g_test_run ();
}
