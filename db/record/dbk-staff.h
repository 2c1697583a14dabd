/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A person who acts. Plain value; the owner of the struct owns its strings. */
#pragma once

#include "db/record/dbk-day.h"

G_BEGIN_DECLS

typedef enum
{
  DBK_ROLE_NURSE,
  DBK_ROLE_PHYSICIAN,
  DBK_ROLE_PHARMACIST,
  DBK_ROLE_OUTREACH,
  DBK_ROLE_ADMINISTRATOR
} DbkRole;
#define DBK_N_ROLES 5

typedef struct
{
  char    *id;
  char    *login;    /* 2-32 of a-z 0-9 . - _ */
  char    *name;
  DbkRole  role;
  gboolean ended;    /* may no longer sign in; what they did stays theirs */
} DbkStaff;

DbkStaff *dbk_staff_new  (void);
DbkStaff *dbk_staff_copy (const DbkStaff *self);
void      dbk_staff_free (DbkStaff *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkStaff, dbk_staff_free)

const char *dbk_role_to_word (DbkRole role); /* "nurse" "physician" "pharmacist" "outreach" "administrator" */
gboolean    dbk_role_from_word (const char *word, DbkRole *role, GError **error);
gboolean    dbk_login_check (const char *login, GError **error);

G_END_DECLS
