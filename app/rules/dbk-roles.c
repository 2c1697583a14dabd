/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-roles"

#include "app/rules/dbk-roles.h"

/* Y: may. The columns in the order of DbkRole. Who gives doses does not sign orders, and who runs the computer does neither. */
#define Y TRUE
#define n FALSE
static const struct
{
  const char *word;
  gboolean    may[DBK_N_ROLES];
} acts[] = {
  /*                                                  nurse phys. pharm. outr. admin. */
  [DBK_ACT_GIVE_DOSE]        = { "give-dose",        { Y,    n,    Y,    Y,    n } },
  [DBK_ACT_REVERSE_DOSE]     = { "reverse-dose",     { Y,    n,    Y,    Y,    n } },
  [DBK_ACT_RECORD_NOT_GIVEN] = { "record-not-given", { Y,    n,    Y,    Y,    n } },
  [DBK_ACT_RECORD_CONTACT]   = { "record-contact",   { Y,    Y,    Y,    Y,    n } },
  [DBK_ACT_BACK_ENTRY]       = { "back-entry",       { Y,    n,    Y,    Y,    n } },
  [DBK_ACT_REGISTER_PATIENT] = { "register-patient", { Y,    Y,    Y,    n,    Y } },
  [DBK_ACT_READ_PATIENT]     = { "read-patient",     { Y,    Y,    Y,    Y,    Y } },
  [DBK_ACT_ISSUE_CARD]       = { "issue-card",       { Y,    n,    Y,    n,    Y } },
  [DBK_ACT_SIGN_ORDER]       = { "sign-order",       { n,    Y,    n,    n,    n } },
  [DBK_ACT_PLACE_HOLD]       = { "place-hold",       { Y,    Y,    Y,    Y,    n } },
  [DBK_ACT_LIFT_HOLD]        = { "lift-hold",        { n,    Y,    n,    n,    n } },
  [DBK_ACT_PLAN_ABSENCE]     = { "plan-absence",     { Y,    Y,    Y,    n,    n } },
  [DBK_ACT_CLOSE_CLINIC]     = { "close-clinic",     { n,    n,    n,    n,    Y } },
  [DBK_ACT_RECEIVE_LOT]      = { "receive-lot",      { n,    n,    Y,    n,    Y } },
  [DBK_ACT_OPEN_LOT]         = { "open-lot",         { Y,    n,    Y,    Y,    Y } },
  [DBK_ACT_SEND_LOT]         = { "send-lot",         { Y,    n,    Y,    n,    Y } },
  [DBK_ACT_WITNESS]          = { "witness",          { Y,    Y,    Y,    Y,    Y } },
  [DBK_ACT_PRINT]            = { "print",            { Y,    Y,    Y,    Y,    Y } },
  [DBK_ACT_MANAGE_STAFF]     = { "manage-staff",     { n,    n,    n,    n,    Y } },
  [DBK_ACT_ADOPT_POLICY]     = { "adopt-policy",     { n,    n,    n,    n,    Y } },
  [DBK_ACT_IMPORT]           = { "import",           { n,    n,    n,    n,    Y } },
  [DBK_ACT_BACKUP]           = { "backup",           { n,    n,    n,    n,    Y } },
  [DBK_ACT_RESTORE]          = { "restore",          { n,    n,    n,    n,    Y } },
  [DBK_ACT_EXPORT]           = { "export",           { Y,    n,    Y,    Y,    Y } },
  [DBK_ACT_TAKE_SITE_FILE]   = { "take-site-file",   { Y,    Y,    Y,    Y,    Y } },
  [DBK_ACT_ENROL_SITE]       = { "enrol-site",       { n,    n,    n,    n,    Y } },
  [DBK_ACT_ACCEPT_FACTS]     = { "accept-facts",     { n,    Y,    n,    n,    n } },
  [DBK_ACT_GRANT_LEASE]      = { "grant-lease",      { Y,    Y,    Y,    n,    n } },
  [DBK_ACT_RETURN_LEASE]     = { "return-lease",     { Y,    Y,    Y,    Y,    n } },
  [DBK_ACT_BREAK_LEASE]      = { "break-lease",      { n,    Y,    n,    n,    n } },
  [DBK_ACT_CLOSE_COLLISION]  = { "close-collision",  { n,    Y,    n,    n,    n } },
};
#undef Y
#undef n
G_STATIC_ASSERT (G_N_ELEMENTS (acts) == DBK_N_ACTS);
G_STATIC_ASSERT (DBK_ROLE_NURSE == 0 && DBK_ROLE_PHYSICIAN == 1 && DBK_ROLE_PHARMACIST == 2 && DBK_ROLE_OUTREACH == 3 &&
                 DBK_ROLE_ADMINISTRATOR == 4);

gboolean
dbk_role_may (DbkRole role,
              DbkAct  act)
{
  g_return_val_if_fail ((guint) role < DBK_N_ROLES && (guint) act < DBK_N_ACTS, FALSE);
  return acts[act].may[role];
}

const char *
dbk_act_to_word (DbkAct act)
{
  g_return_val_if_fail ((guint) act < DBK_N_ACTS, NULL);
  return acts[act].word;
}
