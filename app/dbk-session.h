/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is signed in. An immutable value; copies travel with each act, so that a fact always has the person who pressed the key. */
#pragma once

#include "app/dbk-app-error.h"
#include "app/rules/dbk-roles.h"

G_BEGIN_DECLS

typedef struct
{
  char   *staff; /* id */
  char   *login;
  char   *name;
  DbkRole role;
} DbkSession;

DbkSession *dbk_session_new  (const DbkStaff *staff);
DbkSession *dbk_session_copy (const DbkSession *self);
void        dbk_session_free (DbkSession *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkSession, dbk_session_free)

/* FALSE with NOT_ALLOWED if this person's role may not do @act. Every use case asks it first. */
gboolean dbk_session_require (const DbkSession *self, DbkAct act, GError **error);

G_END_DECLS
