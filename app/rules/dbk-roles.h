/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may do what: one readable table. Pure. */
#pragma once

#include "db/record/dbk-staff.h"

G_BEGIN_DECLS

typedef enum
{
  DBK_ACT_GIVE_DOSE,
  DBK_ACT_REVERSE_DOSE,
  DBK_ACT_RECORD_NOT_GIVEN,
  DBK_ACT_RECORD_CONTACT,
  DBK_ACT_BACK_ENTRY,
  DBK_ACT_REGISTER_PATIENT,
  DBK_ACT_READ_PATIENT,
  DBK_ACT_ISSUE_CARD,
  DBK_ACT_SIGN_ORDER,
  DBK_ACT_PLACE_HOLD,
  DBK_ACT_LIFT_HOLD,
  DBK_ACT_PLAN_ABSENCE,
  DBK_ACT_CLOSE_CLINIC,
  DBK_ACT_RECEIVE_LOT,
  DBK_ACT_OPEN_LOT,
  DBK_ACT_SEND_LOT,          /* to a dosing point */
  DBK_ACT_WITNESS,           /* be the second person */
  DBK_ACT_PRINT,
  DBK_ACT_MANAGE_STAFF,
  DBK_ACT_ADOPT_POLICY,
  DBK_ACT_IMPORT,
  DBK_ACT_BACKUP,
  DBK_ACT_RESTORE,
  DBK_ACT_EXPORT,            /* write a site file */
  DBK_ACT_TAKE_SITE_FILE,
  DBK_ACT_ENROL_SITE,        /* a dosing point's computer, or its revocation */
  DBK_ACT_ACCEPT_FACTS,      /* of a revoked computer */
  DBK_ACT_GRANT_LEASE,
  DBK_ACT_RETURN_LEASE,
  DBK_ACT_BREAK_LEASE,
  DBK_ACT_CLOSE_COLLISION
} DbkAct;
#define DBK_N_ACTS (DBK_ACT_CLOSE_COLLISION + 1)

gboolean    dbk_role_may (DbkRole role, DbkAct act);
const char *dbk_act_to_word (DbkAct act);

G_END_DECLS
