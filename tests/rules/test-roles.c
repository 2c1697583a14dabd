/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may do what, written once more the other way round: for each role all it may, and nothing else. */
#include "app/rules/dbk-roles.h"

static const struct
{
  DbkRole     role;
  const char *may[DBK_N_ACTS + 1];
} rows[] = {
  { DBK_ROLE_NURSE,
    { "give-dose", "reverse-dose", "record-not-given", "record-contact", "back-entry", "register-patient", "read-patient", "issue-card",
      "place-hold", "plan-absence", "open-lot", "send-lot", "witness", "print", "export", "take-site-file", "grant-lease", "return-lease" } },
  { DBK_ROLE_PHYSICIAN,
    { "record-contact", "register-patient", "read-patient", "sign-order", "place-hold", "lift-hold", "plan-absence", "witness", "print",
      "take-site-file", "grant-lease", "return-lease", "break-lease", "close-collision", "accept-facts" } },
  { DBK_ROLE_PHARMACIST,
    { "give-dose", "reverse-dose", "record-not-given", "record-contact", "back-entry", "register-patient", "read-patient", "issue-card",
      "place-hold", "plan-absence", "receive-lot", "open-lot", "send-lot", "witness", "print", "export", "take-site-file", "grant-lease", "return-lease" } },
  { DBK_ROLE_OUTREACH,
    { "give-dose", "reverse-dose", "record-not-given", "record-contact", "back-entry", "read-patient", "place-hold", "open-lot", "witness",
      "print", "export", "take-site-file", "return-lease" } },
  { DBK_ROLE_ADMINISTRATOR,
    { "register-patient", "read-patient", "issue-card", "close-clinic", "receive-lot", "open-lot", "send-lot", "witness", "print", "manage-staff",
      "adopt-policy", "import", "backup", "restore", "export", "take-site-file", "enrol-site" } },
};
G_STATIC_ASSERT (G_N_ELEMENTS (rows) == DBK_N_ROLES);

static void
test_table (gconstpointer data)
{
  guint n = GPOINTER_TO_UINT (data);
  guint n_may = 0;

  for (guint act = 0; act < DBK_N_ACTS; act++)
    {
      gboolean expected = g_strv_contains (rows[n].may, dbk_act_to_word ((DbkAct) act));

      g_assert_cmpint (dbk_role_may (rows[n].role, (DbkAct) act), ==, expected);
      n_may += expected ? 1 : 0;
    }
  /* No word of the row was misspelt. */
  g_assert_cmpuint (n_may, ==, g_strv_length ((char **) rows[n].may));
}

static void
test_words (void)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint act = 0; act < DBK_N_ACTS; act++)
    {
      const char *word = dbk_act_to_word ((DbkAct) act);

      g_assert_nonnull (word);
      g_assert_true (g_hash_table_add (seen, (gpointer) word));
    }
}

/* Every act has somebody, and whoever gives a dose has not ordered it. */
static void
test_separation (void)
{
  for (guint act = 0; act < DBK_N_ACTS; act++)
    {
      gboolean anybody = FALSE;

      for (guint role = 0; role < DBK_N_ROLES; role++)
        anybody = anybody || dbk_role_may ((DbkRole) role, (DbkAct) act);
      g_assert_true (anybody);
    }
  for (guint role = 0; role < DBK_N_ROLES; role++)
    {
      g_assert_false (dbk_role_may ((DbkRole) role, DBK_ACT_GIVE_DOSE) && dbk_role_may ((DbkRole) role, DBK_ACT_SIGN_ORDER));
      g_assert_false (dbk_role_may ((DbkRole) role, DBK_ACT_GIVE_DOSE) && dbk_role_may ((DbkRole) role, DBK_ACT_LIFT_HOLD));
      g_assert_false (dbk_role_may ((DbkRole) role, DBK_ACT_GIVE_DOSE) && dbk_role_may ((DbkRole) role, DBK_ACT_ADOPT_POLICY));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/roles/table/", dbk_role_to_word (rows[i].role), NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_table);
    }
  g_test_add_func ("/roles/words", test_words);
  g_test_add_func ("/roles/separation", test_separation);
  return g_test_run ();
}
